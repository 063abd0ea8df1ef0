"""RenderingControl and GroupRenderingControl: how a speaker and its group sound."""

from typing import TYPE_CHECKING, Final

from ..actions import action
from ..soap import INVALID_ARGUMENTS, Arguments, Results, UPnPFault

if TYPE_CHECKING:
    from ..speaker import Speaker

SERVICE: Final = "RenderingControl"
GROUP_SERVICE: Final = "GroupRenderingControl"

_FULL: Final = 100
_RAMP_PER_SECOND: Final = 1.25


def _volume(text: str) -> int:
    volume = int(text)
    if not 0 <= volume <= _FULL:
        raise UPnPFault(INVALID_ARGUMENTS)
    return volume


@action(SERVICE, "GetVolume")
def volume(speaker: Speaker, arguments: Arguments) -> Results:
    """Report the volume of a channel."""
    sound = speaker.sound
    channels = {"Master": sound.volume, "LF": sound.left, "RF": sound.right}
    return {"CurrentVolume": channels[arguments["Channel"]]}


@action(SERVICE, "SetVolume")
def set_volume(speaker: Speaker, arguments: Arguments) -> None:
    """Set the volume of a channel."""
    percent = _volume(arguments["DesiredVolume"])
    match arguments["Channel"]:
        case "Master":
            speaker.change_volume(percent)
        case "LF":
            speaker.sound.left = percent
        case "RF":
            speaker.sound.right = percent
    speaker.sound_changed()


@action(SERVICE, "SetRelativeVolume")
def change_volume(speaker: Speaker, arguments: Arguments) -> Results:
    """Turn the volume up or down."""
    percent = speaker.sound.volume + int(arguments["Adjustment"])
    speaker.change_volume(max(0, min(_FULL, percent)))
    speaker.sound_changed()
    return {"NewVolume": speaker.sound.volume}


@action(SERVICE, "RampToVolume")
def ramp_to_volume(speaker: Speaker, arguments: Arguments) -> Results:
    """Set the volume and say how many seconds a real ramp takes."""
    percent = _volume(arguments["DesiredVolume"])
    distance = abs(percent - speaker.sound.volume)
    speaker.change_volume(percent)
    speaker.sound_changed()
    return {"RampTime": int(distance / _RAMP_PER_SECOND)}


@action(SERVICE, "GetMute")
def mute(speaker: Speaker, arguments: Arguments) -> Results:
    """Report whether the speaker is muted."""
    return {"CurrentMute": int(speaker.sound.mute)}


@action(SERVICE, "SetMute")
def set_mute(speaker: Speaker, arguments: Arguments) -> None:
    """Mute or unmute."""
    speaker.sound.mute = arguments["DesiredMute"] == "1"
    speaker.sound_changed()


@action(SERVICE, "GetBass")
def bass(speaker: Speaker, arguments: Arguments) -> Results:
    """Report the bass."""
    return {"CurrentBass": speaker.sound.bass}


@action(SERVICE, "SetBass")
def set_bass(speaker: Speaker, arguments: Arguments) -> None:
    """Set the bass."""
    speaker.sound.bass = int(arguments["DesiredBass"])
    speaker.sound_changed()


@action(SERVICE, "GetTreble")
def treble(speaker: Speaker, arguments: Arguments) -> Results:
    """Report the treble."""
    return {"CurrentTreble": speaker.sound.treble}


@action(SERVICE, "SetTreble")
def set_treble(speaker: Speaker, arguments: Arguments) -> None:
    """Set the treble."""
    speaker.sound.treble = int(arguments["DesiredTreble"])
    speaker.sound_changed()


@action(SERVICE, "GetLoudness")
def loudness(speaker: Speaker, arguments: Arguments) -> Results:
    """Report loudness."""
    return {"CurrentLoudness": int(speaker.sound.loudness)}


@action(SERVICE, "SetLoudness")
def set_loudness(speaker: Speaker, arguments: Arguments) -> None:
    """Set loudness."""
    speaker.sound.loudness = arguments["DesiredLoudness"] == "1"
    speaker.sound_changed()


@action(SERVICE, "GetEQ")
def equaliser(speaker: Speaker, arguments: Arguments) -> Results:
    """Report a setting that soundbars have, or one of a sub."""
    kind = arguments["EQType"]
    if kind not in speaker.sound.equaliser:
        raise UPnPFault(INVALID_ARGUMENTS)
    if not speaker.is_soundbar and not kind.startswith("Sub"):
        raise UPnPFault(INVALID_ARGUMENTS)
    return {"CurrentValue": speaker.sound.equaliser[kind]}


@action(SERVICE, "SetEQ")
def set_equaliser(speaker: Speaker, arguments: Arguments) -> None:
    """Change a setting of a soundbar."""
    kind = arguments["EQType"]
    if kind not in speaker.sound.equaliser or not speaker.is_soundbar:
        raise UPnPFault(INVALID_ARGUMENTS)
    speaker.sound.equaliser[kind] = int(arguments["DesiredValue"])
    speaker.sound_changed()


@action(SERVICE, "GetOutputFixed")
def output_fixed(speaker: Speaker, arguments: Arguments) -> Results:
    """Report that the volume can be changed."""
    return {"CurrentFixed": 0}


@action(SERVICE, "GetSupportsOutputFixed")
def supports_output_fixed(speaker: Speaker, arguments: Arguments) -> Results:
    """Report that a fixed output is not supported."""
    return {"CurrentSupportsFixed": 0}


@action(SERVICE, "GetRoomCalibrationStatus")
def room_calibration(speaker: Speaker, arguments: Arguments) -> Results:
    """Report that the room was not measured."""
    return {"RoomCalibrationEnabled": 0, "RoomCalibrationAvailable": 0}


@action(GROUP_SERVICE, "SnapshotGroupVolume", coordinator_only=True)
def snapshot_group_volume(speaker: Speaker, arguments: Arguments) -> None:
    """Note all volumes, so that they keep their proportions."""
    speaker.group_volumes = {one.uid: one.sound.volume for one in speaker.members}


@action(GROUP_SERVICE, "GetGroupVolume", coordinator_only=True)
def group_volume(speaker: Speaker, arguments: Arguments) -> Results:
    """Report the mean volume."""
    return {"CurrentVolume": speaker.group_volume}


@action(GROUP_SERVICE, "SetGroupVolume", coordinator_only=True)
def set_group_volume(speaker: Speaker, arguments: Arguments) -> None:
    """Set the mean volume."""
    speaker.set_group_volume(_volume(arguments["DesiredVolume"]))


@action(GROUP_SERVICE, "SetRelativeGroupVolume", coordinator_only=True)
def change_group_volume(speaker: Speaker, arguments: Arguments) -> Results:
    """Turn the group up or down."""
    percent = speaker.group_volume + int(arguments["Adjustment"])
    speaker.set_group_volume(max(0, min(_FULL, percent)))
    return {"NewVolume": speaker.group_volume}


@action(GROUP_SERVICE, "GetGroupMute", coordinator_only=True)
def group_mute(speaker: Speaker, arguments: Arguments) -> Results:
    """Report whether the whole group is silent."""
    return {"CurrentMute": int(speaker.group_mute)}


@action(GROUP_SERVICE, "SetGroupMute", coordinator_only=True)
def set_group_mute(speaker: Speaker, arguments: Arguments) -> None:
    """Mute or unmute the whole group."""
    for one in speaker.members:
        one.sound.mute = arguments["DesiredMute"] == "1"
        one.notify("RenderingControl")
    speaker.notify("GroupRenderingControl")
