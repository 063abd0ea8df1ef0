"""Device and service descriptions, as a speaker serves them under /xml."""

from typing import TYPE_CHECKING

from .actions import ACTIONS
from .didl import quoted
from .services import SERVICE_PATHS
from .services.device_properties import SOFTWARE_VERSION, mac_address, serial_number

if TYPE_CHECKING:
    from .speaker import Speaker

_XML = '<?xml version="1.0" encoding="utf-8" ?>'


def device_description(speaker: Speaker) -> str:
    """Return what a speaker says of itself; SoCo insists on the serial number."""
    services = "".join(
        f"<service><serviceType>urn:schemas-upnp-org:service:{name}:1</serviceType>"
        f"<serviceId>urn:upnp-org:serviceId:{name}</serviceId><controlURL>{path}/Control</controlURL>"
        f"<eventSubURL>{path}/Event</eventSubURL><SCPDURL>/xml/{name}1.xml</SCPDURL></service>"
        for path, name in SERVICE_PATHS.items()
    )
    return (
        f'{_XML}<root xmlns="urn:schemas-upnp-org:device-1-0"><specVersion><major>1</major><minor>0</minor></specVersion>'
        "<device><deviceType>urn:schemas-upnp-org:device:ZonePlayer:1</deviceType>"
        f"<friendlyName>{speaker.address} - {quoted(speaker.model)} - {speaker.uid}</friendlyName>"
        "<manufacturer>Sonos, Inc.</manufacturer><manufacturerURL>http://www.sonos.com</manufacturerURL>"
        f"<modelNumber>{speaker.model_number}</modelNumber><modelDescription>{quoted(speaker.model)}</modelDescription>"
        f"<modelName>{quoted(speaker.model)}</modelName><softwareVersion>{SOFTWARE_VERSION}</softwareVersion><swGen>2</swGen>"
        f"<hardwareVersion>1.38.1.10-2.1</hardwareVersion><serialNum>{serial_number(speaker)}</serialNum>"
        f"<MACAddress>{mac_address(speaker)}</MACAddress><UDN>uuid:{speaker.uid}</UDN>"
        "<iconList><icon><id>0</id><mimetype>image/png</mimetype><width>48</width><height>48</height><depth>24</depth>"
        f"<url>/img/icon-{speaker.model_number}.png</url></icon></iconList><displayVersion>18.8</displayVersion>"
        f"<roomName>{quoted(speaker.name)}</roomName><displayName>{quoted(speaker.model.removeprefix('Sonos '))}</displayName>"
        f"<zoneType>9</zoneType><serviceList>{services}</serviceList></device></root>"
    )


def service_description(service: str) -> str | None:
    """Return the actions of a service by name, or None if there is no such service."""
    if service not in SERVICE_PATHS.values():
        return None
    actions = "".join(
        f"<action><name>{name}</name><argumentList></argumentList></action>"
        for owner, name in ACTIONS
        if owner == service
    )
    return (
        f'{_XML}<scpd xmlns="urn:schemas-upnp-org:service-1-0"><specVersion><major>1</major><minor>0</minor></specVersion>'
        '<serviceStateTable><stateVariable sendEvents="yes"><name>LastChange</name><dataType>string</dataType>'
        f"</stateVariable></serviceStateTable><actionList>{actions}</actionList></scpd>"
    )
