"""The ZoneGroupState document: every speaker of a household, by group and room, and the missed ones."""

from .didl import quoted
from .groups import Groups
from .member import Member


def zone_group_state[S: Member](groups: Groups[S]) -> str:
    """Return the document as a household's speakers agree on it now."""
    rooms = "".join(
        f'<ZoneGroup Coordinator="{group.coordinator}" ID="{group.id}">'
        + "".join(_room(groups, groups.known(uid)) for uid in group.members)
        + "</ZoneGroup>"
        for group in groups
    )
    missed = "".join(
        f'<Device UUID="{uid}" ZoneName="{quoted(groups.known(uid).name)}" Reason="{quoted(reason)}"/>'
        for uid, reason in groups.vanished.items()
    )
    return (
        f"<ZoneGroupState><ZoneGroups>{rooms}</ZoneGroups>"
        f"<VanishedDevices>{missed}</VanishedDevices></ZoneGroupState>"
    )


def _room[S: Member](groups: Groups[S], speaker: S) -> str:
    """Return a visible speaker and those bonded to it: satellites inside it, the other of a pair beside it."""
    bond = groups.bond_of(speaker)
    hidden = [
        one for one in groups.hidden_of(speaker) if one.uid not in groups.vanished
    ]
    if bond is None or not bond.is_theatre:
        return "".join(
            f"<ZoneGroupMember {_attributes(groups, one)}/>"
            for one in (speaker, *hidden)
        )
    satellites = "".join(f"<Satellite {_attributes(groups, one)}/>" for one in hidden)
    return f"<ZoneGroupMember {_attributes(groups, speaker)}>{satellites}</ZoneGroupMember>"


def _attributes[S: Member](groups: Groups[S], speaker: S) -> str:
    visible = groups.visible_of(speaker)
    bond = groups.bond_of(speaker)
    attributes = {
        "UUID": speaker.uid,
        "Location": f"{speaker.location}/xml/device_description.xml",
        "ZoneName": quoted(visible.name),
        "Icon": "",
        "Configuration": 1,
        "SoftwareVersion": "97.1-80312",
        "SWGen": 2,
        "MinCompatibleVersion": "96.0-00000",
        "LegacyCompatibleVersion": "58.0-00000",
        "BootSeq": speaker.boot_sequence,
        "TVConfigurationError": 0,
        "HdmiCecAvailable": 0,
        "WirelessMode": 1,
        "WirelessLeafOnly": 0,
        "ChannelFreq": 5180,
        "BehindWifiExtender": 0,
        "WifiEnabled": 1,
        "EthLink": 0,
        "Orientation": 0,
        "RoomCalibrationState": 4,
        "SecureRegState": 3,
        "VoiceConfigState": 0,
        "MicEnabled": 0,
        "AirPlayEnabled": 1,
        "IdleState": int(speaker.coordinator.transport.state != "PLAYING"),
        "MoreInfo": quoted(speaker.more_info),
        "SSLPort": 1443,
        "HHSSLPort": 1843,
    }
    if visible is not speaker:
        attributes["Invisible"] = 1
    if bond is not None:
        name = "HTSatChanMapSet" if bond.is_theatre else "ChannelMapSet"
        attributes[name] = bond.channel_map_of(speaker.uid)
    return " ".join(f'{name}="{value}"' for name, value in attributes.items())
