"""A speaker's queue: its tracks, which of them is on, and what comes after it."""

from random import Random
from typing import Final

from .tracks import SonosTrack

PLAY_MODES: Final = (
    "NORMAL",
    "REPEAT_ALL",
    "REPEAT_ONE",
    "SHUFFLE",
    "SHUFFLE_NOREPEAT",
    "SHUFFLE_REPEAT_ONE",
)
_REPEATING: Final = ("REPEAT_ALL", "SHUFFLE")


class PlayQueue:
    """Tracks in order. Places count from 0; `version` counts the changes that others are told of."""

    def __init__(self) -> None:
        """Begin empty."""
        self.tracks: list[SonosTrack] = []
        self.index = 0
        self.version = 1
        self._mode = PLAY_MODES[0]
        self._order: list[int] = []
        """The places as they are played while shuffled."""

    def __len__(self) -> int:
        """Return how many tracks there are."""
        return len(self.tracks)

    @property
    def current(self) -> SonosTrack | None:
        """The track that is on."""
        return self.tracks[self.index] if self.index < len(self.tracks) else None

    @property
    def mode(self) -> str:
        """How the queue is played, one of `PLAY_MODES`."""
        return self._mode

    @mode.setter
    def mode(self, mode: str) -> None:
        """Play otherwise; shuffle begins with the track that is on."""
        self._mode = mode
        self._shuffle()

    @property
    def following(self) -> SonosTrack | None:
        """What is played after the track that is on, unless somebody skips."""
        place = self._neighbour(1)
        return None if place is None else self.tracks[place]

    def advance(self) -> bool:
        """Go on to the next track; false at the end of a queue that is not repeated."""
        if (place := self._neighbour(1)) is None:
            return False
        self.index = place
        return True

    def go_back(self) -> bool:
        """Go to the track before; false at the start."""
        if (place := self._neighbour(-1)) is None:
            return False
        self.index = place
        return True

    def replace(self, tracks: list[SonosTrack]) -> None:
        """Hold other tracks, the first of them on."""
        self.tracks = list(tracks)
        self.index = 0
        self._changed()

    def insert(self, tracks: list[SonosTrack], at: int) -> None:
        """Put tracks in; the one that is on stays on."""
        if self.tracks and at <= self.index:
            self.index += len(tracks)
        self.tracks[at:at] = tracks
        self._changed()

    def remove(self, start: int, count: int) -> bool:
        """Take tracks out; return whether the one that was on was among them."""
        del self.tracks[start : start + count]
        was_on = start <= self.index < start + count
        if was_on:
            self.index = min(start, max(0, len(self.tracks) - 1))
        elif self.index >= start + count:
            self.index -= count
        self._changed()
        return was_on

    def reorder(self, start: int, count: int, before: int) -> None:
        """Move tracks in front of another; the one that is on stays on."""
        places = list(range(len(self.tracks)))
        block = places[start : start + count]
        rest = places[:start] + places[start + count :]
        at = before if before <= start else before - len(block)
        places = rest[:at] + block + rest[at:]
        self.index = places.index(self.index) if self.tracks else 0
        self.tracks = [self.tracks[place] for place in places]
        self._changed()

    def take_over(self, other: PlayQueue) -> None:
        """Hold what another queue held, which is empty afterwards."""
        self.tracks, other.tracks = other.tracks, []
        self.index, other.index = other.index, 0
        self._mode, other.mode = other.mode, PLAY_MODES[0]
        self._changed()
        other.version += 1

    def _neighbour(self, step: int) -> int | None:
        """Return the place that is played one step on or back, or None at the end."""
        if not self.tracks:
            return None
        order = self._order or range(len(self.tracks))
        turn = order.index(self.index) + step
        if 0 <= turn < len(order):
            return order[turn]
        if step > 0 and self._mode in _REPEATING:
            return order[0]
        return None

    def _changed(self) -> None:
        self.version += 1
        self._shuffle()

    def _shuffle(self) -> None:
        if not self._mode.startswith("SHUFFLE"):
            self._order = []
            return
        rest = [place for place in range(len(self.tracks)) if place != self.index]
        # The same at every run, so that tests know what comes.
        Random(len(self.tracks)).shuffle(rest)
        self._order = [self.index, *rest] if self.tracks else []
