"""DeviceProperties: what a speaker is called and what it is."""

import re
from typing import TYPE_CHECKING, Final

from ..actions import action
from ..groups import bond_from
from ..soap import Arguments, Results

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
        "CurrentZoneName": speaker.household.groups.visible_of(speaker).name,
        "CurrentIcon": "",
        "CurrentConfiguration": 1,
        "CurrentTargetRoomName": "",
    }


@action(SERVICE, "SetZoneAttributes")
def set_zone_attributes(speaker: Speaker, arguments: Arguments) -> None:
    """Change the name."""
    speaker.household.groups.visible_of(speaker).name = arguments["DesiredZoneName"]
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
        "HTAudioIn": speaker.audio_in,
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
    """Report whether the speaker stands behind another one."""
    return {"CurrentInvisible": int(not speaker.is_visible)}


@action(SERVICE, "AddBondedZones", "CreateStereoPair")
def add_bonded_zones(speaker: Speaker, arguments: Arguments) -> None:
    """Make a stereo pair, whose left speaker apps go on to show."""
    bond = bond_from(arguments["ChannelMapSet"], is_theatre=False)
    speaker.household.groups.bond(bond)
    speaker.household.topology_changed()


@action(SERVICE, "RemoveBondedZones", "SeparateStereoPair")
def remove_bonded_zones(speaker: Speaker, arguments: Arguments) -> None:
    """Make two rooms of a stereo pair."""
    speaker.household.groups.separate(speaker)
    speaker.household.topology_changed()


@action(SERVICE, "AddHTSatellite")
def add_satellites(speaker: Speaker, arguments: Arguments) -> None:
    """Let speakers play the rear channels, or the bass, of a soundbar."""
    wanted = arguments.get("HTSatChanMapSet") or arguments["ChannelMapSet"]
    speaker.household.groups.bond(bond_from(wanted, is_theatre=True))
    speaker.household.topology_changed()


@action(SERVICE, "RemoveHTSatellite")
def remove_satellite(speaker: Speaker, arguments: Arguments) -> None:
    """Make a satellite a room of its own."""
    groups = speaker.household.groups
    groups.remove_satellite(groups.known(arguments["SatRoomUUID"]))
    speaker.household.topology_changed()


@action(SERVICE, "GetAutoplayRoomUUID")
def autoplay_room(speaker: Speaker, arguments: Arguments) -> Results:
    """Report which room plays when the TV is switched on; "" when none does."""
    return {"RoomUUID": speaker.autoplay_room}


@action(SERVICE, "SetAutoplayRoomUUID")
def set_autoplay_room(speaker: Speaker, arguments: Arguments) -> None:
    """Choose the room that plays when the TV is switched on."""
    speaker.autoplay_room = arguments["RoomUUID"]


@action(SERVICE, "GetAutoplayLinkedZones")
def autoplay_group(speaker: Speaker, arguments: Arguments) -> Results:
    """Report whether the room's group plays the TV too."""
    return {"IncludeLinkedZones": int(speaker.autoplay_group)}


@action(SERVICE, "SetAutoplayLinkedZones")
def set_autoplay_group(speaker: Speaker, arguments: Arguments) -> None:
    """Choose whether the room's group plays the TV too."""
    speaker.autoplay_group = arguments["IncludeLinkedZones"] == "1"
