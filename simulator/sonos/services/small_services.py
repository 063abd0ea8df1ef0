"""ZoneGroupTopology, MusicServices, SystemProperties and AudioIn: services with an action or two."""

from typing import TYPE_CHECKING

from ..actions import action
from ..soap import NOT_COORDINATOR, Arguments, Results, UPnPFault

if TYPE_CHECKING:
    from ..speaker import Speaker


@action("ZoneGroupTopology", "GetZoneGroupState")
def zone_group_state(speaker: Speaker, arguments: Arguments) -> Results:
    """Report who is grouped with whom."""
    return {"ZoneGroupState": speaker.household.topology()}


@action("ZoneGroupTopology", "GetZoneGroupAttributes")
def zone_group_attributes(speaker: Speaker, arguments: Arguments) -> Results:
    """Report this speaker's group."""
    group = speaker.household.groups.of(speaker)
    return {
        "CurrentZoneGroupName": speaker.name,
        "CurrentZoneGroupID": group.id if speaker.is_coordinator else "",
        "CurrentZonePlayerUUIDsInGroup": ",".join(group.members),
        "CurrentMuseHouseholdId": speaker.household.id,
    }


@action("MusicServices", "ListAvailableServices")
def available_services(speaker: Speaker, arguments: Arguments) -> Results:
    """Report what can be linked: radio, and Spotify under the service type of the household's region."""
    household = speaker.household
    services = (
        (254, "TuneIn", "Anonymous", 65031),
        (303, "Sonos Radio", "DeviceLink", 77575),
        (
            household.spotify_service_id,
            "Spotify",
            "AppLink",
            household.spotify_service_type,
        ),
    )
    listed = "".join(
        f'<Service Id="{number}" Name="{name}" Version="1.1" Uri="http://127.0.0.1:9/smapi" '
        'SecureUri="https://127.0.0.1:9/smapi" ContainerType="MService" Capabilities="2563">'
        f'<Policy Auth="{auth}" PollInterval="30"/></Service>'
        for number, name, auth, _kind in services
    )
    return {
        "AvailableServiceDescriptorList": f'<Services SchemaVersion="1">{listed}</Services>',
        "AvailableServiceTypeList": ",".join(str(kind) for *_, kind in services),
        "AvailableServiceListVersion": f"{speaker.uid}:1",
    }


@action("SystemProperties", "GetString")
def system_property(speaker: Speaker, arguments: Arguments) -> Results:
    """Refuse: no such variable is kept."""
    raise UPnPFault(NOT_COORDINATOR)


@action("AudioIn", "GetAudioInputAttributes")
def audio_input(speaker: Speaker, arguments: Arguments) -> Results:
    """Report the line-in's name."""
    return {"CurrentName": "Line-In", "CurrentIcon": ""}
