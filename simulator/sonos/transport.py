"""A speaker's transport: what it plays, from where, and how far it has come."""

from collections.abc import Callable
from typing import Final, Protocol

from ..clock import Appointment, SimulatedClock
from .soap import (
    ILLEGAL_SEEK_TARGET,
    INVALID_ARGUMENTS,
    PLAY_MODE_UNKNOWN,
    TRANSITION_UNAVAILABLE,
    UPnPFault,
)
from .tracks import SonosTrack

STOPPED: Final = "STOPPED"
PLAYING: Final = "PLAYING"
PAUSED: Final = "PAUSED_PLAYBACK"
TRANSITIONING: Final = "TRANSITIONING"

PLAY_MODES: Final = (
    "NORMAL",
    "REPEAT_ALL",
    "REPEAT_ONE",
    "SHUFFLE",
    "SHUFFLE_NOREPEAT",
    "SHUFFLE_REPEAT_ONE",
)
_REPEATING: Final = ("REPEAT_ALL", "SHUFFLE")

QUEUE_SCHEME: Final = "x-rincon-queue:"
TV_SCHEME: Final = "x-sonos-htastream:"
LINE_IN_SCHEME: Final = "x-rincon-stream:"


class DirectControl(Protocol):
    """A session on a speaker that another service controls, such as Spotify Connect."""

    def pause(self) -> None:
        """Pause the session."""

    def resume(self) -> None:
        """Go on with it."""

    def next(self) -> None:
        """Skip to the next track."""

    def previous(self) -> None:
        """Go back a track."""

    def seek(self, position_ms: int) -> None:
        """Jump inside the track."""

    def end(self) -> None:
        """Leave the speaker."""


class Transport:
    """The transport of one speaker; `changed` is called after each change that events report."""

    def __init__(
        self,
        clock: SimulatedClock,
        uid: str,
        transition_ms: int,
        changed: Callable[[], None],
    ) -> None:
        """Prepare a stopped transport on an empty queue."""
        self.clock = clock
        self.uid = uid
        self.queue: list[SonosTrack] = []
        self.queue_version = 1
        self._transition_ms = transition_ms
        self._changed = changed
        self._end_of_track: Appointment | None = None
        self._settling: Appointment | None = None
        self.clear()

    def clear(self) -> None:
        """Stop, and forget everything but the queue."""
        self._forget(self._end_of_track, self._settling)
        self.uri = f"{QUEUE_SCHEME}{self.uid}#0"
        self.metadata = ""
        self.enqueued_uri = ""
        self.enqueued_metadata = ""
        self.state = STOPPED
        self.index = 0
        self.stream: SonosTrack | None = None
        self.direct: DirectControl | None = None
        self.direct_track: SonosTrack | None = None
        self.mode = "NORMAL"
        self.crossfade = False
        self.sleep_until_ms: int | None = None
        self.sleep_generation = 0
        self._position_ms = 0
        self._position_at_ms = self.clock.now_ms()

    # What is playing

    @property
    def on_queue(self) -> bool:
        """Whether the transport plays from its queue."""
        return self.uri.startswith(QUEUE_SCHEME)

    @property
    def on_input(self) -> bool:
        """Whether the transport plays the TV or a line-in."""
        return self.uri.startswith((LINE_IN_SCHEME, TV_SCHEME))

    @property
    def track(self) -> SonosTrack | None:
        """What is loaded now."""
        if self.direct is not None:
            return self.direct_track
        if self.on_queue:
            return self.queue[self.index] if self.index < len(self.queue) else None
        return self.stream

    @property
    def next_track(self) -> SonosTrack | None:
        """What the queue plays next."""
        if self.on_queue and self.index + 1 < len(self.queue):
            return self.queue[self.index + 1]
        return None

    @property
    def track_uri(self) -> str:
        """The URI of what is loaded; a direct session shows its own, which names no track."""
        if self.direct is not None:
            return self.uri
        if (track := self.track) is not None:
            return track.uri
        return "" if self.on_queue else self.uri

    @property
    def track_metadata(self) -> str:
        """DIDL-Lite of what is loaded."""
        if (track := self.track) is None:
            return ""
        if self.direct is not None and track.spotify_uri is not None:
            return track.connect_document()
        return track.document()

    @property
    def position_s(self) -> float:
        """How far the track has come."""
        position = self._position_ms
        if self.state == PLAYING:
            position += self.clock.now_ms() - self._position_at_ms
        track = self.track
        if track is not None and track.duration_s:
            position = min(position, round(track.duration_s * 1000))
        return position / 1000

    @property
    def actions(self) -> str:
        """What the transport allows now."""
        if self.direct is not None:
            return "Set, Stop, Pause, Play, X_DLNA_SeekTime, Next, Previous"
        if self.on_queue:
            return "Set, Stop, Pause, Play, X_DLNA_SeekTime, Next, Previous, X_DLNA_SeekTrackNr"
        return "Set, Stop, Play"

    # Controls, as a coordinator does them

    def play(self) -> None:
        """Start or go on. A transport is TRANSITIONING for a moment first."""
        if self.direct is not None:
            self.direct.resume()
            return
        if self.track is None:
            raise UPnPFault(TRANSITION_UNAVAILABLE)
        if self.state == PLAYING:
            return
        self._enter(TRANSITIONING)
        self._changed()
        self._settling = self.clock.at(
            self.clock.now_ms() + self._transition_ms, self._settle
        )

    def pause(self) -> None:
        """Pause what plays."""
        if self.state not in (PLAYING, TRANSITIONING):
            raise UPnPFault(TRANSITION_UNAVAILABLE)
        if self.direct is not None:
            self.direct.pause()
            return
        self._enter(PAUSED)
        self._changed()

    def stop(self) -> None:
        """Stop, at the start of the track."""
        if self.direct is not None:
            self.direct.pause()
        self._enter(STOPPED)
        self._jump(0)
        self._changed()

    def skip(self) -> None:
        """Go to the next track."""
        if self.direct is not None:
            self.direct.next()
            return
        if not self.on_queue:
            raise UPnPFault(TRANSITION_UNAVAILABLE)
        if self.index + 1 < len(self.queue):
            self.index += 1
        elif self.mode in _REPEATING:
            self.index = 0
        else:
            raise UPnPFault(ILLEGAL_SEEK_TARGET)
        self._jump(0)
        self._changed()

    def go_back(self) -> None:
        """Go to the previous track."""
        if self.direct is not None:
            self.direct.previous()
            return
        if not self.on_queue:
            raise UPnPFault(TRANSITION_UNAVAILABLE)
        if self.index == 0:
            raise UPnPFault(ILLEGAL_SEEK_TARGET)
        self.index -= 1
        self._jump(0)
        self._changed()

    def seek_track(self, number: int) -> None:
        """Go to a track of the queue, counted from 1."""
        if not self.on_queue or not 1 <= number <= len(self.queue):
            raise UPnPFault(ILLEGAL_SEEK_TARGET)
        self.index = number - 1
        self._jump(0)
        self._changed()

    def seek_time(self, seconds: float) -> None:
        """Jump inside the track."""
        track = self.track
        if track is None or not track.duration_s:
            raise UPnPFault(TRANSITION_UNAVAILABLE)
        if seconds > track.duration_s:
            raise UPnPFault(ILLEGAL_SEEK_TARGET)
        if self.direct is not None:
            self.direct.seek(max(0, round(seconds * 1000)))
            return
        self._jump(max(0, round(seconds * 1000)))
        self._changed()

    def set_mode(self, mode: str) -> None:
        """Set shuffle and repeat, which only a queue or a direct session has."""
        if mode not in PLAY_MODES:
            raise UPnPFault(INVALID_ARGUMENTS)
        if not self.on_queue and self.direct is None:
            raise UPnPFault(PLAY_MODE_UNKNOWN)
        self.mode = mode
        self._changed()

    def sleep(self, seconds: int | None) -> None:
        """Set or clear the sleep timer."""
        self.sleep_until_ms = (
            None if seconds is None else self.clock.now_ms() + seconds * 1000
        )
        self.sleep_generation += 1
        self._changed()

    @property
    def sleep_left_s(self) -> int | None:
        """What is left of the sleep timer."""
        if self.sleep_until_ms is None:
            return None
        return max(0, (self.sleep_until_ms - self.clock.now_ms()) // 1000)

    # What is loaded

    def load_queue(self, uri: str, metadata: str) -> None:
        """Play from the queue."""
        self._unload()
        self.uri, self.metadata = uri, metadata

    def load_input(self, uri: str, upnp_class: str) -> None:
        """Play the TV or a line-in, which starts at once."""
        self._unload()
        self.uri = uri
        self.stream = SonosTrack(uri, title=" ", upnp_class=upnp_class)
        self._enter(PLAYING)

    def load_stream(self, uri: str, metadata: str, track: SonosTrack) -> None:
        """Play one URI, such as a radio station."""
        self._unload()
        self.uri, self.metadata, self.stream = uri, metadata, track
        self.enqueued_uri, self.enqueued_metadata = uri, metadata

    def load_nothing(self) -> None:
        """Play nothing."""
        self._unload()
        self.uri = ""

    def follow(self, coordinator_uid: str) -> None:
        """Become a member: the URI names the coordinator."""
        self.clear()
        self.uri = f"x-rincon:{coordinator_uid}"

    def take_over(self, other: Transport) -> None:
        """Go on with what another speaker played when it left the group that it led."""
        self.queue, other.queue = other.queue, []
        self.index, self.mode, self.crossfade = other.index, other.mode, other.crossfade
        self.stream, self.direct = other.stream, other.direct
        self.direct_track = other.direct_track
        self.enqueued_uri = other.enqueued_uri
        self.enqueued_metadata = other.enqueued_metadata
        self.uri = other.uri.replace(other.uid, self.uid)
        self.metadata = other.metadata
        state = PLAYING if other.state == TRANSITIONING else other.state
        position_ms = round(other.position_s * 1000)
        other.direct = None
        other.clear()
        self.state = state
        self._jump(position_ms)
        self.queue_version += 1
        other.queue_version += 1

    def show_direct(
        self,
        session: DirectControl,
        uri: str,
        metadata: str,
        track: SonosTrack | None,
        *,
        playing: bool,
        position_ms: int,
    ) -> None:
        """Show what a direct session plays; the session keeps the time and ends its tracks."""
        self._forget(self._settling)
        self.stream = None
        self.uri = self.enqueued_uri = uri
        self.metadata = self.enqueued_metadata = metadata
        self.direct, self.direct_track = session, track
        self.state = PLAYING if playing else PAUSED
        self._jump(position_ms)
        self._changed()

    def end_direct(self) -> None:
        """Return to the own queue after a direct session."""
        if (session := self.direct) is None:
            return
        self.direct = self.direct_track = None
        self.uri = f"{QUEUE_SCHEME}{self.uid}#0"
        self.metadata = self.enqueued_uri = self.enqueued_metadata = ""
        self._enter(STOPPED)
        self._jump(0)
        session.end()
        self._changed()

    # The queue

    def enqueue(self, tracks: list[SonosTrack], position: int, *, as_next: bool) -> int:
        """Insert tracks at a place counted from 1 (0: at the end, or next); return the place."""
        at = len(self.queue) if not 0 < position <= len(self.queue) else position - 1
        if as_next and position == 0:
            at = min(self.index + 1, len(self.queue))
        had_tracks = bool(self.queue)
        self.queue[at:at] = tracks
        if self.on_queue and had_tracks and at <= self.index:
            self.index += len(tracks)
        self._queue_changed()
        return at + 1

    def remove(self, start: int, count: int) -> None:
        """Take tracks out of the queue; `start` counts from 0."""
        del self.queue[start : start + count]
        if self.index >= start + count:
            self.index -= count
        elif self.index >= start:
            self.index = min(start, max(0, len(self.queue) - 1))
            self._jump(0)
        if not self.queue and self.on_queue:
            self._enter(STOPPED)
            self._jump(0)
        self._queue_changed()

    def reorder(self, start: int, count: int, before: int) -> None:
        """Move tracks of the queue; places count from 0, the current track plays on."""
        current = self.track
        block = self.queue[start : start + count]
        rest = self.queue[:start] + self.queue[start + count :]
        at = before if before <= start else before - count
        self.queue = rest[:at] + block + rest[at:]
        for place, track in enumerate(self.queue):
            if track is current:
                self.index = place
        self._queue_changed()

    # Inside

    def _unload(self) -> None:
        if self.direct is not None:
            self.end_direct()
        self.state = STOPPED
        self.stream = None
        self.metadata = ""
        self.index = 0
        self._jump(0)

    def _settle(self) -> None:
        if self.state == TRANSITIONING:
            self._enter(PLAYING)
            self._changed()

    def _enter(self, state: str) -> None:
        position_ms = round(self.position_s * 1000)
        self.state = state
        self._jump(position_ms)

    def _jump(self, position_ms: int) -> None:
        self._position_ms = position_ms
        self._position_at_ms = self.clock.now_ms()
        self._forget(self._end_of_track)
        track = self.track
        if (
            self.state == PLAYING
            and self.direct is None
            and track is not None
            and track.duration_s
        ):
            left_ms = max(10, round(track.duration_s * 1000) - position_ms)
            self._end_of_track = self.clock.at(
                self._position_at_ms + left_ms, self._track_ended
            )

    def _track_ended(self) -> None:
        if "REPEAT_ONE" in self.mode:
            self._jump(0)
        elif self.next_track is not None:
            self.index += 1
            self._jump(0)
        elif self.on_queue and self.queue and self.mode in _REPEATING:
            self.index = 0
            self._jump(0)
        else:
            self.state = STOPPED
            self.index = 0
            self._jump(0)
        self._changed()

    @staticmethod
    def _forget(*appointments: Appointment | None) -> None:
        for appointment in appointments:
            if appointment is not None:
                appointment.cancel()

    def _queue_changed(self) -> None:
        self.queue_version += 1
        self._changed()
