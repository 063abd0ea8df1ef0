"""What people do in the Sonos app and at the speakers, as hooks: by the same actions, with the same faults."""

from typing import TYPE_CHECKING, Any, Final
import uuid

from .actions import perform
from .didl import clock_time, didl, quoted
from .direct import AirPlay
from .loaded import NO_INPUT, STEREO
from .radio import NO_SONGS, STATIONS, Station
from .soap import NO_SUCH_OBJECT, Arguments, Results, UPnPFault
from .sound import EQUALISER
from .tracks import BROADCAST, SonosTrack

if TYPE_CHECKING:
    from collections.abc import Callable

    from .speaker import Speaker

type Parameters = dict[str, Any]

_AV: Final = "AVTransport"
_SOUND: Final = "RenderingControl"


def _do(speaker: Speaker, service: str, name: str, **arguments: object) -> Results:
    texts: Arguments = {key: str(value) for key, value in arguments.items()}
    return perform(speaker, service, name, texts)


def _leader(speaker: Speaker) -> Speaker:
    return speaker.coordinator


def _play(speaker: Speaker, parameters: Parameters) -> None:
    """Go on, or go to a place of the queue: `queue` counts from 1."""
    leader = _leader(speaker)
    if "queue" in parameters:
        _load(leader, f"x-rincon-queue:{leader.uid}#0")
        _do(leader, _AV, "Seek", Unit="TRACK_NR", Target=parameters["queue"])
    _do(leader, _AV, "Play")


def _pause(speaker: Speaker, parameters: Parameters) -> None:
    _do(_leader(speaker), _AV, "Pause")


def _stop(speaker: Speaker, parameters: Parameters) -> None:
    _do(_leader(speaker), _AV, "Stop")


def _skip(speaker: Speaker, parameters: Parameters) -> None:
    _do(_leader(speaker), _AV, "Next")


def _back(speaker: Speaker, parameters: Parameters) -> None:
    _do(_leader(speaker), _AV, "Previous")


def _seek(speaker: Speaker, parameters: Parameters) -> None:
    """Jump to a second of the track: `secs`."""
    target = clock_time(float(parameters["secs"]))
    _do(_leader(speaker), _AV, "Seek", Unit="REL_TIME", Target=target)


def _mode(speaker: Speaker, parameters: Parameters) -> None:
    """Shuffle and repeat: `mode` as UPnP calls it."""
    _do(_leader(speaker), _AV, "SetPlayMode", NewPlayMode=parameters["mode"])


def _load(speaker: Speaker, uri: str, metadata: str = "") -> None:
    _do(speaker, _AV, "SetAVTransportURI", CurrentURI=uri, CurrentURIMetaData=metadata)


def _radio(speaker: Speaker, parameters: Parameters) -> None:
    """Play a station by its `title`, the first one without."""
    station = _station(parameters.get("title", STATIONS[0].title))
    metadata = didl(
        f'<item id="{station.item_id}" parentID="R:0/0" restricted="true">'
        f"<dc:title>{quoted(station.title)}</dc:title><upnp:class>{BROADCAST}</upnp:class></item>"
    )
    leader = _leader(speaker)
    _load(leader, station.uri, metadata)
    _do(leader, _AV, "Play")


def _station(title: str) -> Station:
    for station in STATIONS:
        if station.title == title:
            return station
    raise UPnPFault(NO_SUCH_OBJECT)


def _stream_title(speaker: Speaker, parameters: Parameters) -> None:
    """Let the station that is on tell `content`, or what is told instead of a song: `instead`."""
    if (radio := _leader(speaker).transport.radio) is None:
        raise UPnPFault(NO_SUCH_OBJECT)
    radio.announce(
        NO_SONGS[parameters["instead"]]
        if "instead" in parameters
        else parameters["content"]
    )


def _tv(speaker: Speaker, parameters: Parameters) -> None:
    """Switch the TV on, or with `on` false off: the soundbar stays on its input, and PLAYING.

    `signal` is what arrives there then, a code of `HTAudioIn`; with `told` false no event tells of it.
    """
    on, transport = parameters.get("on", True), speaker.transport
    transport.tv_signal = int(parameters.get("signal", STEREO if on else NO_INPUT))
    transport.tv_reported = bool(parameters.get("told", True))
    if on and not transport.on_tv:
        _load(speaker, f"x-sonos-htastream:{speaker.uid}:spdif")
    elif transport.on_tv and transport.tv_reported:
        speaker.transport_changed()


def _line_in(speaker: Speaker, parameters: Parameters) -> None:
    """Play what is plugged into the speaker, or into the one of room `of`."""
    source = _room(speaker, parameters["of"]) if "of" in parameters else speaker
    leader = _leader(speaker)
    _load(leader, f"x-rincon-stream:{source.uid}")


def _airplay(speaker: Speaker, parameters: Parameters) -> None:
    """Begin an AirPlay session."""
    uri = f"x-sonos-vli:{speaker.uid}:1,airplay:{uuid.uuid4().hex}"
    track = SonosTrack(uri, "AirPlay Song", "AirPlay Artist", "AirPlay Album", 180)
    speaker.coordinator.transport.show_direct(
        AirPlay(), uri, "", track, playing=True, position_ms=0
    )


def _spotify(speaker: Speaker, parameters: Parameters) -> None:
    """Play `uri` of Spotify from the queue, as the Sonos app does with the account that is linked in it."""
    leader = _leader(speaker)
    _do(leader, _AV, "RemoveAllTracksFromQueue")
    _enqueue(leader, parameters)
    _play(leader, {"queue": 1})


def _enqueue(speaker: Speaker, parameters: Parameters) -> None:
    """Put `uri` at the end of the queue."""
    _do(
        _leader(speaker),
        _AV,
        "AddURIToQueue",
        EnqueuedURI=parameters["uri"],
        EnqueuedURIMetaData="",
        DesiredFirstTrackNumberEnqueued=0,
        EnqueueAsNext=0,
    )


def _clear_queue(speaker: Speaker, parameters: Parameters) -> None:
    _do(_leader(speaker), _AV, "RemoveAllTracksFromQueue")


def _join(speaker: Speaker, parameters: Parameters) -> None:
    """Join the group of the room `to`."""
    _load(speaker, f"x-rincon:{_room(speaker, parameters['to']).coordinator.uid}")


def _leave(speaker: Speaker, parameters: Parameters) -> None:
    _do(speaker, _AV, "BecomeCoordinatorOfStandaloneGroup")


def _party(speaker: Speaker, parameters: Parameters) -> None:
    """Let every room join this one."""
    for room in speaker.household.rooms:
        if room not in speaker.members:
            _load(room, f"x-rincon:{_leader(speaker).uid}")


def _room(speaker: Speaker, name: str) -> Speaker:
    for room in speaker.household.rooms:
        if room.name == name:
            return room
    raise UPnPFault(NO_SUCH_OBJECT)


def _volume(speaker: Speaker, parameters: Parameters) -> None:
    """Turn the volume at the speaker: `volume` in percent."""
    _do(
        speaker,
        _SOUND,
        "SetVolume",
        Channel="Master",
        DesiredVolume=parameters["volume"],
    )


def _group_volume(speaker: Speaker, parameters: Parameters) -> None:
    """Turn the volume of the group: `volume` in percent."""
    leader = _leader(speaker)
    _do(leader, "GroupRenderingControl", "SnapshotGroupVolume")
    _do(
        leader,
        "GroupRenderingControl",
        "SetGroupVolume",
        DesiredVolume=parameters["volume"],
    )


def _mute(speaker: Speaker, parameters: Parameters) -> None:
    """Mute, or with `on` false unmute."""
    muted = int(parameters.get("on", True))
    _do(speaker, _SOUND, "SetMute", Channel="Master", DesiredMute=muted)


def _sound(speaker: Speaker, parameters: Parameters) -> None:
    """Set `bass`, `treble`, `loudness` and what a soundbar has, such as `NightMode` and `DialogLevel`."""
    for name, value in parameters.items():
        if name in EQUALISER:
            _do(speaker, _SOUND, "SetEQ", EQType=name, DesiredValue=int(value))
        else:
            wanted = {f"Desired{name.capitalize()}": int(value)}
            _do(speaker, _SOUND, f"Set{name.capitalize()}", **wanted)


def _crossfade(speaker: Speaker, parameters: Parameters) -> None:
    """Crossfade, or with `on` false not."""
    crossfade = int(parameters.get("on", True))
    _do(_leader(speaker), _AV, "SetCrossfadeMode", CrossfadeMode=crossfade)


def _sleep(speaker: Speaker, parameters: Parameters) -> None:
    """Set the sleep timer to `secs`; 0 clears it."""
    seconds = int(parameters["secs"])
    _leader(speaker).transport.sleep(seconds or None)


def _alarm(speaker: Speaker, parameters: Parameters) -> None:
    """Let the alarm with `id` ring."""
    speaker.household.alarms.ring(str(parameters["id"]))


def _rename(speaker: Speaker, parameters: Parameters) -> None:
    """Call the room `name`."""
    _do(
        speaker,
        "DeviceProperties",
        "SetZoneAttributes",
        DesiredZoneName=parameters["name"],
    )


def _pair(speaker: Speaker, parameters: Parameters) -> None:
    """Make a stereo pair of the speaker, left, and that of room `with`, right."""
    right = _room(speaker, parameters["with"])
    channels = f"{speaker.uid}:LF,LF;{right.uid}:RF,RF"
    _do(speaker, "DeviceProperties", "AddBondedZones", ChannelMapSet=channels)


def _separate(speaker: Speaker, parameters: Parameters) -> None:
    """Undo a stereo pair."""
    _do(speaker, "DeviceProperties", "RemoveBondedZones", ChannelMapSet="")


APP_HOOKS: Final[dict[str, Callable[[Speaker, Parameters], None]]] = {
    "play": _play,
    "pause": _pause,
    "stop": _stop,
    "skip": _skip,
    "back": _back,
    "seek": _seek,
    "mode": _mode,
    "radio": _radio,
    "stream_title": _stream_title,
    "tv": _tv,
    "line_in": _line_in,
    "airplay": _airplay,
    "spotify": _spotify,
    "enqueue": _enqueue,
    "clear_queue": _clear_queue,
    "join": _join,
    "leave": _leave,
    "party": _party,
    "volume": _volume,
    "group_volume": _group_volume,
    "mute": _mute,
    "sound": _sound,
    "crossfade": _crossfade,
    "sleep": _sleep,
    "alarm": _alarm,
    "rename": _rename,
    "pair": _pair,
    "separate": _separate,
}
"""By the name under which a test, the demo or a person posts it."""
