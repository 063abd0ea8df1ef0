"""Polls a speaker for what events do not report. Blocks; runs in the executor."""

from dataclasses import dataclass
from typing import Any, Final
from xml.etree.ElementTree import ParseError

import requests

from .errors import NotSonos
from .model import Battery, SpeakerInfo
from .now_playing import AUDIO_IN, TV_SCHEME
from .soco_compat import NotSupportedException, SoCoException, SoCoUPnPException
from .soco_speaker import MASTER, TIMEOUT_S, HouseholdView, SpeakerSoCo
from .topology import SPEAKER_PORT, Topology, read_topology
from .xml_reading import Unreadable, Variables, parse, read_duration

_DEVICE: Final = "{urn:schemas-upnp-org:device-1-0}"
_TV_MODELS: Final = ("arc", "beam", "playbar", "playbase", "ray", "ultra", "amp")
_LINE_IN_MODELS: Final = ("connect", "connect:amp", "port", "play:5", "five", "amp")
_EQUALISER: Final = {
    "NightMode": "NightMode",
    "DialogLevel": "DialogLevel",
    "SpeechEnhanceEnabled": "SpeechEnhanceEnabled",
    "SurroundEnabled": "SurroundEnable",
    "SubEnabled": "SubEnable",
    "SubGain": "SubGain",
    "AudioDelay": "AudioDelay",
}
"""How events call a setting, and what it is asked by."""


@dataclass(frozen=True, slots=True)
class FoundHousehold:
    """The household that the speaker at `host` belongs to."""

    host: str
    id: str
    topology: Topology


def find_household(host: str, port: int = SPEAKER_PORT) -> FoundHousehold:
    """Return the household of whatever answers at an address.

    `host` is an address or a name. Raises NotSonos, and what SoCo raises.
    """
    return ask_household(SpeakerSoCo.private(HouseholdView(), host, port))


def ask_household(soco: SpeakerSoCo) -> FoundHousehold:
    """Return the household of a speaker, or what is taken for one. Raises NotSonos, and what SoCo raises."""
    host = soco.host
    try:
        answer = soco.deviceProperties.send_command("GetHouseholdID", [])
    except requests.HTTPError as err:
        if err.response is not None and err.response.status_code == 403:
            raise
        raise NotSonos(speaker=host) from err
    except (SoCoException, ParseError) as err:
        # A web server of another kind, or another UPnP device.
        raise NotSonos(speaker=host) from err
    household = answer.get("CurrentHouseholdID") if isinstance(answer, dict) else None
    if not household:
        raise NotSonos(speaker=host)
    return FoundHousehold(host, household, ask_topology(soco))


def ask_topology(soco: SpeakerSoCo) -> Topology:
    """Return who is in the household and who plays with whom."""
    # An empty list of arguments keeps SoCo from fetching the description of the service first.
    answer = soco.zoneGroupTopology.send_command("GetZoneGroupState", [])
    return read_topology(answer["ZoneGroupState"])


def ask_info(soco: SpeakerSoCo) -> SpeakerInfo:
    """Return what a speaker is."""
    response = requests.get(
        f"{soco.base_url}/xml/device_description.xml", timeout=TIMEOUT_S
    )
    response.raise_for_status()
    try:
        device = parse(response.content).find(f"{_DEVICE}device")
    except Unreadable as err:
        raise NotSonos(speaker=soco.host) from err
    if device is None:
        raise NotSonos(speaker=soco.host)

    def described(name: str) -> str:
        return (device.findtext(f"{_DEVICE}{name}") or "").strip()

    model = described("modelName")
    plain = model.lower().removeprefix("sonos ")
    return SpeakerInfo(
        uid=described("UDN").removeprefix("uuid:"),
        model=model,
        model_number=described("modelNumber"),
        software_version=described("displayVersion") or described("softwareVersion"),
        hardware_version=described("hardwareVersion"),
        serial_number=described("serialNum"),
        has_tv=plain.endswith(_TV_MODELS),
        has_line_in=plain.endswith(_LINE_IN_MODELS),
    )


def ask_transport(soco: SpeakerSoCo) -> Variables:
    """Return what an AVTransport event would say, with `RelTime`, which no event says."""
    ask = soco.transport
    position, media = ask("GetPositionInfo"), ask("GetMediaInfo")
    on_tv = position["TrackURI"].startswith(TV_SCHEME)
    return {
        **(ask_audio_in(soco) if on_tv else {}),
        "TransportState": ask_transport_state(soco),
        "CurrentPlayMode": ask("GetTransportSettings")["PlayMode"],
        "CurrentCrossfadeMode": ask("GetCrossfadeMode")["CrossfadeMode"],
        "CurrentTransportActions": ask("GetCurrentTransportActions")["Actions"],
        "CurrentTrack": position["Track"],
        "CurrentTrackURI": position["TrackURI"],
        "CurrentTrackDuration": position["TrackDuration"],
        "CurrentTrackMetaData": position["TrackMetaData"],
        "RelTime": position["RelTime"],
        "NumberOfTracks": media["NrTracks"],
        "AVTransportURI": media["CurrentURI"],
        "AVTransportURIMetaData": media["CurrentURIMetaData"],
    }


def ask_audio_in(soco: SpeakerSoCo) -> Variables:
    """Return what arrives at the TV input, `HTAudioIn`; an unknown code where the speaker does not report it."""
    answer = soco.deviceProperties.send_command("GetZoneInfo", [])
    return {AUDIO_IN: answer.get(AUDIO_IN) or "-1"}


def ask_transport_state(soco: SpeakerSoCo) -> str:
    """Return the state of the transport, in UPnP's words."""
    answer = soco.transport("GetTransportInfo")
    return answer["CurrentTransportState"]


def ask_position(soco: SpeakerSoCo) -> Variables:
    """Return the track and how far it is: `CurrentTrackURI`, `CurrentTrackMetaData`, `RelTime`."""
    answer = soco.transport("GetPositionInfo")
    return {
        "CurrentTrackURI": answer["TrackURI"],
        "CurrentTrackMetaData": answer["TrackMetaData"],
        "RelTime": answer["RelTime"],
    }


def ask_sound(soco: SpeakerSoCo) -> Variables:
    """Return what a RenderingControl event would say of volume and tone."""
    ask = soco.rendering
    variables = {
        "Volume/Master": ask("GetVolume", MASTER)["CurrentVolume"],
        "Mute/Master": ask("GetMute", MASTER)["CurrentMute"],
        "Bass": ask("GetBass")["CurrentBass"],
        "Treble": ask("GetTreble")["CurrentTreble"],
        "Loudness/Master": ask("GetLoudness", MASTER)["CurrentLoudness"],
    }
    for channel in ("LF", "RF"):
        answer = ask("GetVolume", ("Channel", channel))
        variables[f"Volume/{channel}"] = answer["CurrentVolume"]
    for name, kind in _EQUALISER.items():
        try:
            answer = ask("GetEQ", ("EQType", kind))
        except SoCoUPnPException:
            # Most speakers have none of it, and soundbars not all.
            continue
        variables[name] = answer["CurrentValue"]
    return variables


def ask_sleep_timer(soco: SpeakerSoCo) -> int | None:
    """Return how many milliseconds are left of the sleep timer; None while it is not set."""
    answer = soco.transport("GetRemainingSleepTimerDuration")
    return read_duration(answer["RemainingSleepTimerDuration"])


def ping(soco: SpeakerSoCo) -> str:
    """Return the volume, which is the cheapest thing to ask."""
    return soco.rendering("GetVolume", MASTER)["CurrentVolume"]


def ask_battery(soco: SpeakerSoCo) -> Battery | None:
    """Return the battery of a speaker, None of one that has none."""
    try:
        info: dict[str, Any] = soco.get_battery_info(timeout=soco.timeout_s)
    except NotSupportedException:
        return None
    level = info.get("Level")
    if not isinstance(level, int):
        return None
    return Battery(level, info.get("PowerSource") != "BATTERY")
