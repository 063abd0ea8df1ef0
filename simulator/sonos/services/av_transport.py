"""AVTransport: what plays, and the group it plays in."""

import re
from typing import TYPE_CHECKING, Final

from ..actions import action
from ..didl import clock_time, seconds_of
from ..loaded import LINE_IN_SCHEME, QUEUE_SCHEME, TV_SCHEME
from ..radio import station_of
from ..soap import (
    ILLEGAL_TYPE,
    INVALID_ARGUMENTS,
    SEEK_MODE_UNKNOWN,
    TRANSITION_UNAVAILABLE,
    Arguments,
    Results,
    UPnPFault,
)
from ..tracks import SonosTrack

if TYPE_CHECKING:
    from ..speaker import Speaker

SERVICE: Final = "AVTransport"

_NOT_IMPLEMENTED: Final = "NOT_IMPLEMENTED"
_PLAYABLE: Final = re.compile(
    r"(https?|x-rincon-mp3radio|x-sonosapi-\w+|x-sonosapi-hls-static|aac|hls-radio|x-file-cifs|x-sonos-\w+|x-rincon-buzzer):"
)
_ENDLESS: Final = re.compile(
    r"(x-rincon-mp3radio|x-sonosapi-(stream|radio|hls)|aac|hls-radio):"
)
_LONGEST_SLEEP_S: Final = 86_399


@action(SERVICE, "Play", coordinator_only=True)
def play(speaker: Speaker, arguments: Arguments) -> None:
    """Start or go on."""
    speaker.transport.play()
    speaker.household.web_files.open(speaker.transport, speaker.fetched)


@action(SERVICE, "Pause", coordinator_only=True)
def pause(speaker: Speaker, arguments: Arguments) -> None:
    """Pause."""
    speaker.transport.pause()


@action(SERVICE, "Stop", coordinator_only=True)
def stop(speaker: Speaker, arguments: Arguments) -> None:
    """Stop."""
    speaker.transport.stop()


@action(SERVICE, "Next", coordinator_only=True)
def skip(speaker: Speaker, arguments: Arguments) -> None:
    """Go to the next track."""
    speaker.transport.skip()


@action(SERVICE, "Previous", coordinator_only=True)
def go_back(speaker: Speaker, arguments: Arguments) -> None:
    """Go to the previous track."""
    speaker.transport.go_back()


@action(SERVICE, "Seek", coordinator_only=True)
def seek(speaker: Speaker, arguments: Arguments) -> None:
    """Jump to a track of the queue, a time, or by a time."""
    unit, target = arguments["Unit"], arguments["Target"]
    if unit == "TRACK_NR":
        speaker.transport.seek_track(int(target))
    elif unit == "REL_TIME":
        speaker.transport.seek_time(seconds_of(target))
    elif unit == "TIME_DELTA":
        sign = -1 if target.startswith("-") else 1
        delta = sign * seconds_of(target.lstrip("+-"))
        speaker.transport.seek_time(speaker.transport.position_s + delta)
    else:
        raise UPnPFault(SEEK_MODE_UNKNOWN)


@action(SERVICE, "SetAVTransportURI")
def set_uri(speaker: Speaker, arguments: Arguments) -> None:
    """Load a queue, an input, a stream or one track, or join a group (`x-rincon:`)."""
    uri, metadata = arguments["CurrentURI"], arguments["CurrentURIMetaData"]
    household, transport = speaker.household, speaker.transport
    if uri.startswith("x-rincon:"):
        household.groups.join(speaker, uri.removeprefix("x-rincon:"))
        household.topology_changed()
        return
    if uri.startswith(TV_SCHEME) and not speaker.is_soundbar:
        raise UPnPFault(ILLEGAL_TYPE)
    if uri and not uri.startswith((QUEUE_SCHEME, LINE_IN_SCHEME, TV_SCHEME)):
        if not _PLAYABLE.match(uri):
            raise UPnPFault(ILLEGAL_TYPE)
    was_member = not speaker.is_coordinator
    if was_member:
        household.groups.leave(speaker)
    if uri.startswith(QUEUE_SCHEME):
        transport.load_queue(uri, metadata)
    elif uri.startswith((LINE_IN_SCHEME, TV_SCHEME)):
        transport.load_input(uri)
    elif _ENDLESS.match(uri):
        transport.load_station(uri, metadata, station_of(uri))
    elif uri:
        transport.load_track(uri, metadata, _only_track(speaker, uri, metadata))
    else:
        transport.load_nothing()
    if was_member:
        household.topology_changed()
    speaker.transport_changed()


def _only_track(speaker: Speaker, uri: str, metadata: str) -> SonosTrack:
    tracks = speaker.household.resolve(uri, metadata)
    if not tracks:
        raise UPnPFault(ILLEGAL_TYPE)
    return tracks[0]


@action(SERVICE, "BecomeCoordinatorOfStandaloneGroup")
def leave_group(speaker: Speaker, arguments: Arguments) -> Results:
    """Leave the group; a leader's next member goes on with what it played, and is named."""
    led = speaker.is_coordinator
    left = [one for one in speaker.members if one is not speaker]
    speaker.household.groups.leave(speaker)
    speaker.household.topology_changed()
    return {
        "DelegatedGroupCoordinatorID": left[0].uid if led and left else "",
        "NewGroupID": speaker.household.groups.of(speaker).id,
    }


@action(SERVICE, "DelegateGroupCoordinationTo", coordinator_only=True)
def hand_over(speaker: Speaker, arguments: Arguments) -> None:
    """Let another member lead."""
    rejoin = arguments.get("RejoinGroup") in ("1", "true")
    if not speaker.household.groups.hand_over(
        speaker, arguments["NewCoordinator"], rejoin=rejoin
    ):
        raise UPnPFault(TRANSITION_UNAVAILABLE)
    speaker.household.topology_changed()


@action(SERVICE, "GetTransportInfo")
def transport_info(speaker: Speaker, arguments: Arguments) -> Results:
    """Report the state, which members share with their coordinator."""
    return {
        "CurrentTransportState": speaker.coordinator.transport.state,
        "CurrentTransportStatus": "OK",
        "CurrentSpeed": "1",
    }


@action(SERVICE, "GetPositionInfo")
def position_info(speaker: Speaker, arguments: Arguments) -> Results:
    """Report the track and the position in it."""
    return _position(speaker) | {
        "AbsTime": _NOT_IMPLEMENTED,
        "RelCount": 2147483647,
        "AbsCount": 2147483647,
    }


def _position(speaker: Speaker) -> Results:
    transport = speaker.transport
    track = transport.track
    if not speaker.is_coordinator:
        return {
            "Track": 1,
            "TrackDuration": "0:00:00",
            "TrackMetaData": "",
            "TrackURI": f"x-rincon:{speaker.coordinator.uid}",
            "RelTime": "0:00:00",
        }
    if track is None or transport.on_input:
        return {
            "Track": int(track is not None),
            "TrackDuration": _NOT_IMPLEMENTED,
            "TrackMetaData": _NOT_IMPLEMENTED,
            "TrackURI": "" if track is None else transport.uri,
            "RelTime": _NOT_IMPLEMENTED,
        }
    return {
        "Track": 0 if transport.direct is not None else transport.queue.index + 1,
        "TrackDuration": clock_time(track.duration_s),
        "TrackMetaData": transport.track_metadata,
        "TrackURI": transport.track_uri,
        "RelTime": clock_time(0 if transport.is_new_leader else transport.position_s),
    }


@action(SERVICE, "GetMediaInfo")
def media_info(speaker: Speaker, arguments: Arguments) -> Results:
    """Report what is loaded."""
    transport = speaker.transport
    return {
        "NrTracks": len(transport.queue)
        if transport.on_queue
        else int(transport.track is not None),
        "MediaDuration": _NOT_IMPLEMENTED,
        "CurrentURI": transport.uri,
        "CurrentURIMetaData": transport.metadata,
        "NextURI": "",
        "NextURIMetaData": "",
        "PlayMedium": "NETWORK",
        "RecordMedium": _NOT_IMPLEMENTED,
        "WriteStatus": _NOT_IMPLEMENTED,
    }


@action(SERVICE, "GetTransportSettings")
def transport_settings(speaker: Speaker, arguments: Arguments) -> Results:
    """Report shuffle and repeat."""
    return {
        "PlayMode": speaker.transport.queue.mode,
        "RecQualityMode": _NOT_IMPLEMENTED,
    }


@action(SERVICE, "SetPlayMode", coordinator_only=True)
def set_play_mode(speaker: Speaker, arguments: Arguments) -> None:
    """Set shuffle and repeat."""
    speaker.transport.set_mode(arguments["NewPlayMode"])


@action(SERVICE, "GetCrossfadeMode")
def crossfade(speaker: Speaker, arguments: Arguments) -> Results:
    """Report crossfade."""
    return {"CrossfadeMode": int(speaker.transport.crossfade)}


@action(SERVICE, "SetCrossfadeMode", coordinator_only=True)
def set_crossfade(speaker: Speaker, arguments: Arguments) -> None:
    """Set crossfade."""
    speaker.transport.crossfade = arguments["CrossfadeMode"] == "1"
    speaker.transport_changed()


@action(SERVICE, "GetCurrentTransportActions")
def transport_actions(speaker: Speaker, arguments: Arguments) -> Results:
    """Report what can be done now."""
    return {
        "Actions": speaker.transport.actions if speaker.is_coordinator else "Stop, Play"
    }


@action(SERVICE, "EndDirectControlSession")
def end_direct_control(speaker: Speaker, arguments: Arguments) -> None:
    """Throw a Spotify Connect or AirPlay session off the speaker."""
    speaker.transport.end_direct()


@action(SERVICE, "ConfigureSleepTimer", coordinator_only=True)
def set_sleep_timer(speaker: Speaker, arguments: Arguments) -> None:
    """Set the sleep timer, or clear it with an empty duration."""
    duration = arguments["NewSleepTimerDuration"]
    if not duration:
        speaker.transport.sleep(None)
        return
    if not re.fullmatch(r"\d+:\d\d:\d\d", duration):
        raise UPnPFault(INVALID_ARGUMENTS)
    if (seconds := seconds_of(duration)) > _LONGEST_SLEEP_S:
        raise UPnPFault(INVALID_ARGUMENTS)
    speaker.transport.sleep(seconds)


@action(SERVICE, "GetRemainingSleepTimerDuration")
def sleep_timer(speaker: Speaker, arguments: Arguments) -> Results:
    """Report what is left of the sleep timer."""
    left = speaker.transport.sleep_timer.left_s
    return {
        "RemainingSleepTimerDuration": ""
        if left is None
        else f"{left // 3600:02d}:{left % 3600 // 60:02d}:{left % 60:02d}",
        "CurrentSleepTimerGeneration": speaker.transport.sleep_timer.generation,
    }
