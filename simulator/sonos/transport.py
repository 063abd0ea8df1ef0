"""A speaker's transport: it plays what is loaded, and knows how far that has come."""

from dataclasses import replace
from typing import Final, Protocol

from ..clock import Appointment, SimulatedClock
from .direct import DirectControl
from .loaded import LINE_IN_SCHEME, TV_SCHEME, Loaded
from .play_queue import PLAY_MODES
from .radio import Reception, Station
from .sleep_timer import SleepTimer
from .soap import (
    ILLEGAL_SEEK_TARGET,
    INVALID_ARGUMENTS,
    PLAY_MODE_UNKNOWN,
    TRANSITION_UNAVAILABLE,
    UPnPFault,
)
from .tracks import LINE_IN, PLAIN_ITEM, SonosTrack

STOPPED: Final = "STOPPED"
PLAYING: Final = "PLAYING"
PAUSED: Final = "PAUSED_PLAYBACK"
TRANSITIONING: Final = "TRANSITIONING"


class Changed(Protocol):
    """Whom a transport tells of its changes."""

    def __call__(self, *, queue: bool = False) -> None:
        """Take note of a change; `queue` says that its queue is another."""


class Transport(Loaded):
    """The transport of one speaker; `changed` is called after each change that events report."""

    def __init__(
        self,
        clock: SimulatedClock,
        uid: str,
        transition_ms: int,
        changed: Changed,
    ) -> None:
        """Prepare a stopped transport on an empty queue."""
        super().__init__(uid)
        self.clock = clock
        self.state = STOPPED
        self.crossfade = False
        self.alarm_running = False
        self.sleep_timer = SleepTimer(clock, self._fall_asleep)
        self.transition_ms = transition_ms
        self.leads_since_ms = 0
        """When it took over what another speaker had played."""
        self.new_leader_ms = 0
        """So long after that it tells that it is at the start."""
        self._changed = changed
        self._end_of_track: Appointment | None = None
        self._settling: Appointment | None = None
        self._position_ms = 0
        self._position_at_ms = clock.now_ms()

    def clear(self) -> None:
        """Stop, and forget everything but the queue."""
        self._forget(self._end_of_track, self._settling)
        self.sleep_timer.clear()
        self.unload()
        self.state = STOPPED
        self.queue.index = 0
        self.queue.mode = PLAY_MODES[0]
        self.crossfade = self.alarm_running = False
        self._position_ms = 0
        self._position_at_ms = self.clock.now_ms()

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
    def is_new_leader(self) -> bool:
        """Whether it does not tell yet how far the track has come that it took over."""
        return self.clock.now_ms() < self.leads_since_ms + self.new_leader_ms

    # Controls, as a coordinator does them

    def play(self) -> None:
        """Start or go on. A transport is TRANSITIONING for a moment first."""
        if self.direct is not None:
            self.direct.resume()
            return
        if self.track is None:
            raise UPnPFault(TRANSITION_UNAVAILABLE)
        if self.state in (PLAYING, TRANSITIONING):
            return
        self._begin_transition()
        self._changed()

    def pause(self) -> None:
        """Pause what plays. Radio stops instead, and a TV can do neither."""
        if self.state not in (PLAYING, TRANSITIONING) or self.uri.startswith(TV_SCHEME):
            raise UPnPFault(TRANSITION_UNAVAILABLE)
        if self.direct is not None:
            self.direct.pause()
            return
        self._enter(STOPPED if self.radio else PAUSED)
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
        if not self.queue.advance():
            raise UPnPFault(ILLEGAL_SEEK_TARGET)
        self._go_to(0)

    def go_back(self) -> None:
        """Go to the previous track."""
        if self.direct is not None:
            self.direct.previous()
            return
        if not self.on_queue:
            raise UPnPFault(TRANSITION_UNAVAILABLE)
        if not self.queue.go_back():
            raise UPnPFault(ILLEGAL_SEEK_TARGET)
        self._go_to(0)

    def seek_track(self, number: int) -> None:
        """Go to a track of the queue, counted from 1."""
        if not self.on_queue or not 1 <= number <= len(self.queue):
            raise UPnPFault(ILLEGAL_SEEK_TARGET)
        self.queue.index = number - 1
        self._go_to(0)

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
        self._go_to(max(0, round(seconds * 1000)))

    def set_mode(self, mode: str) -> None:
        """Set shuffle and repeat, which only a queue or a direct session has."""
        if mode not in PLAY_MODES:
            raise UPnPFault(INVALID_ARGUMENTS)
        if self.direct is not None:
            self.direct.set_mode(mode)
            return
        if not self.on_queue:
            raise UPnPFault(PLAY_MODE_UNKNOWN)
        self.queue.mode = mode
        self._changed()

    def sleep(self, seconds: int | None) -> None:
        """Set the sleep timer, or clear it with None; what plays ends with it."""
        self.sleep_timer.set(seconds)
        self._changed()

    # What is loaded

    def load_queue(self, uri: str, metadata: str) -> None:
        """Play from the queue."""
        self._empty()
        self.uri, self.metadata = uri, metadata
        self.enqueued_uri, self.enqueued_metadata = self.queued_from

    def load_input(self, uri: str) -> None:
        """Play the TV or a line-in, which starts at once."""
        self._empty()
        self.uri = uri
        upnp_class = LINE_IN if uri.startswith(LINE_IN_SCHEME) else PLAIN_ITEM
        self.stream = SonosTrack(uri, title=" ", upnp_class=upnp_class)
        self._enter(PLAYING)

    def load_track(self, uri: str, metadata: str, track: SonosTrack) -> None:
        """Play one track without a queue."""
        self._empty()
        self.uri, self.metadata, self.stream = uri, metadata, track
        self.enqueued_uri, self.enqueued_metadata = uri, metadata

    def load_station(self, uri: str, metadata: str, station: Station) -> None:
        """Play the radio."""
        self.load_track(uri, metadata, SonosTrack(uri, title=station.title))
        self.radio = Reception(self.clock, station, self._changed)

    def load_nothing(self) -> None:
        """Play nothing."""
        self._empty()
        self.uri = ""

    def follow(self, coordinator_uid: str) -> None:
        """Become a member: the URI names the coordinator."""
        self._end_session()
        self.clear()
        self.uri = f"x-rincon:{coordinator_uid}"

    def take_over(self, other: Transport) -> None:
        """Go on with what another speaker played when it left the group that it led; a TV stays with its soundbar."""
        if other.uri.startswith(TV_SCHEME):
            self.clear()
            self._changed()
            return
        session = other.direct
        self.clear()
        self.queue.take_over(other.queue)
        self.crossfade, self.stream = other.crossfade, other.stream
        self.radio, other.radio = other.radio, None
        if self.radio is not None:
            self.radio.changed = self._changed
        self.enqueued_uri = other.enqueued_uri
        self.enqueued_metadata = other.enqueued_metadata
        if session is None:
            # The line-in of a speaker is heard in any group.
            own = other.uri if other.on_input else other.uri.replace(other.uid, self.uid)  # fmt: skip
            self.uri = own
            self.metadata = other.metadata
            self.state = PLAYING if other.state == TRANSITIONING else other.state
        position_ms = round(other.position_s * 1000)
        self.leads_since_ms = self.clock.now_ms()
        other.clear()
        self._jump(position_ms if session is None else 0)
        self._changed(queue=True)
        if session is not None:
            session.hand_to(self.uid)

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
        if self.direct is not session:
            self._end_session()
            self.unload()
        self.uri = self.enqueued_uri = uri
        self.metadata = self.enqueued_metadata = metadata
        self.direct, self.direct_track = session, track
        self.state = PLAYING if playing else PAUSED
        self._jump(position_ms)
        self._changed()

    def end_direct(self) -> None:
        """Return to the own queue after a direct session."""
        if self.direct is None:
            return
        self._end_session()
        self._enter(STOPPED)
        self._jump(0)
        self._changed()

    def opened(self, uri: str, duration_s: float | None) -> None:
        """Take note how long the file at an address is; None stops what cannot be had."""
        if self.stream is None or self.stream.uri != uri:
            return
        if duration_s is None:
            self.stop()
            return
        self.stream = replace(self.stream, duration_s=duration_s)
        self._jump(round(self.position_s * 1000))
        self._changed()

    # The queue

    def enqueue(self, tracks: list[SonosTrack], position: int, *, as_next: bool) -> int:
        """Insert tracks at a place counted from 1 (0: at the end, or next); return the place."""
        at = len(self.queue) if not 0 < position <= len(self.queue) else position - 1
        if as_next and position == 0:
            at = min(self.queue.index + 1, len(self.queue))
        self.queue.insert(tracks, at)
        self._changed(queue=True)
        return at + 1

    def remove(self, start: int, count: int) -> None:
        """Take tracks out of the queue; `start` counts from 0."""
        lost_its_track = self.queue.remove(start, count)
        if not self.queue:
            self.queued_from = "", ""
        if self.on_queue and lost_its_track:
            if not self.queue:
                self._enter(STOPPED)
            self._jump(0)
        self._changed(queue=True)

    def reorder(self, start: int, count: int, before: int) -> None:
        """Move tracks of the queue; places count from 0, the current track plays on."""
        self.queue.reorder(start, count, before)
        self._changed(queue=True)

    # Inside

    def _empty(self) -> None:
        """Make room for something else."""
        self._end_session()
        self.unload()
        self._enter(STOPPED)
        self.queue.index = 0
        self._jump(0)

    def _end_session(self) -> None:
        if (session := self.direct) is not None:
            self.unload()
            session.end()

    def _fall_asleep(self) -> None:
        if self.state in (PLAYING, TRANSITIONING) and not self.on_input:
            self.pause()
        else:
            self.stop()

    def _go_to(self, position_ms: int) -> None:
        """Go somewhere at somebody's wish. What plays is in transition on its way there."""
        if self.state in (PLAYING, TRANSITIONING):
            self._begin_transition()
        self._jump(position_ms)
        self._changed()

    def _begin_transition(self) -> None:
        self._forget(self._settling)
        self._enter(TRANSITIONING)
        self._settling = self.clock.at(
            self.clock.now_ms() + self.transition_ms, self._settle
        )

    def _settle(self) -> None:
        if self.state == TRANSITIONING:
            self._enter(PLAYING)
            self._changed()

    def _enter(self, state: str) -> None:
        position_ms = round(self.position_s * 1000)
        self.state = state
        if state in (STOPPED, PAUSED):
            self.alarm_running = False
        if self.radio is not None and state == PLAYING:
            self.radio.begin()
        elif self.radio is not None:
            self.radio.end()
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
        repeats = "REPEAT_ONE" in self.queue.mode
        if not repeats and not (self.on_queue and self.queue.advance()):
            self.state = STOPPED
            self.queue.index = 0
        self._jump(0)
        self._changed()

    @staticmethod
    def _forget(*appointments: Appointment | None) -> None:
        for appointment in appointments:
            if appointment is not None:
                appointment.cancel()
