"""DeviceProperties: what a speaker is called and what it is."""

import re
from typing import TYPE_CHECKING, Final

from ..soap import Arguments, Results, action

if TYPE_CHECKING:
    from ..speaker import Speaker

SERVICE: Final = "DeviceProperties"
SOFTWARE_VERSION: Final = "97.1-80312"


def serial_number(speaker: Speaker) -> str:
    """Return the serial number, which SoCo insists on."""
    return "-".join(re.findall("..", speaker.mac)) + ":1"


def mac_address(speaker: Speaker) -> str:
    """Return the hardware address."""
    return ":".join(re.findall("..", speaker.mac))


@action(SERVICE, "GetHouseholdID")
def household_id(speaker: Speaker, arguments: Arguments) -> Results:
    """Report the household."""
    return {"CurrentHouseholdID": speaker.household.id}


@action(SERVICE, "GetZoneAttributes")
def zone_attributes(speaker: Speaker, arguments: Arguments) -> Results:
    """Report the name."""
    return {
        "CurrentZoneName": speaker.name,
        "CurrentIcon": "",
        "CurrentConfiguration": 1,
        "CurrentTargetRoomName": "",
    }


@action(SERVICE, "SetZoneAttributes")
def set_zone_attributes(speaker: Speaker, arguments: Arguments) -> None:
    """Change the name."""
    speaker.name = arguments["DesiredZoneName"]
    speaker.notify("DeviceProperties")
    speaker.household.topology_changed()


@action(SERVICE, "GetZoneInfo")
def zone_info(speaker: Speaker, arguments: Arguments) -> Results:
    """Report versions and addresses."""
    return {
        "SerialNumber": serial_number(speaker),
        "SoftwareVersion": SOFTWARE_VERSION,
        "DisplaySoftwareVersion": "18.8",
        "HardwareVersion": "1.38.1.10-2.1",
        "IPAddress": speaker.address,
        "MACAddress": mac_address(speaker),
        "CopyrightInfo": "",
        "ExtraInfo": "",
        "HTAudioIn": 0,
        "Flags": 0,
    }


@action(SERVICE, "GetLEDState")
def led(speaker: Speaker, arguments: Arguments) -> Results:
    """Report the status light."""
    return {"CurrentLEDState": speaker.led}


@action(SERVICE, "SetLEDState")
def set_led(speaker: Speaker, arguments: Arguments) -> None:
    """Switch the status light."""
    speaker.led = arguments["DesiredLEDState"]


@action(SERVICE, "GetButtonLockState")
def button_lock(speaker: Speaker, arguments: Arguments) -> Results:
    """Report whether the buttons are locked."""
    return {"CurrentButtonLockState": speaker.button_lock}


@action(SERVICE, "SetButtonLockState")
def set_button_lock(speaker: Speaker, arguments: Arguments) -> None:
    """Lock or unlock the buttons."""
    speaker.button_lock = arguments["DesiredButtonLockState"]


@action(SERVICE, "GetInvisible")
def invisible(speaker: Speaker, arguments: Arguments) -> Results:
    """Report that the speaker is a room of its own."""
    return {"CurrentInvisible": 0}
