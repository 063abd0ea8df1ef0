"""How long Home Assistant shows what is no longer so: from a change that a person made elsewhere to the state that has it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Any, Final, final

from custom_components.encore.spotify.tracking.usual_hours import UsualHours
from homeassistant.core import (
    CALLBACK_TYPE,
    Event,
    EventStateChangedData,
    HomeAssistant,
    callback,
)
from homeassistant.helpers.event import async_track_state_change_event
from simulator.clock import SimulatedClock
from simulator.spotify.player import Player

_HANDS: Final = {"play", "pause", "resume", "next", "previous", "transfer"}
"""What a person does that changes what is shown. A jump within a track does not."""

_MINUTE_MS: Final = 60_000
_BRIEF_MS: Final = 60_000
"""Who begins again after a shorter silence changed what plays; that is no start."""

type Shown = tuple[bool, str | None, str | None]
"""Whether something plays; and if so, its URI and its device."""


class Change(StrEnum):
    """What was changed."""

    PLAYING = "playing"
    """Something else, or nothing, in the place of what played."""
    START = "start"
    """Something after silence, in an hour in which this listener usually listens."""
    START_ELSE = "start_else"
    """The same in any other hour."""


@final
class Staleness:
    """Follows one person's player and its entity; how long each change took is in `took`, in ms."""

    def __init__(
        self, player: Player, clock: SimulatedClock, usual: UsualHours | None
    ) -> None:
        """`usual` tells what is usual; all is where it is None."""
        self.took: defaultdict[Change, list[int]] = defaultdict(list)
        self._player = player
        self._clock = clock
        self._usual = usual
        self._waiting: list[tuple[int, Change]] = []
        self._shown: Shown | None = None
        self._sounded_at = 0

    def hands(self) -> Any:
        """Return the player as the person has it in hand: what they do with it counts."""
        return _Hands(self._player, self._done)

    @callback
    def follow(self, hass: HomeAssistant, entity_id: str) -> CALLBACK_TYPE:
        """Follow what Home Assistant shows, until the returned function is called."""

        @callback
        def changed(event: Event[EventStateChangedData]) -> None:
            state = event.data["new_state"]
            if state is None:
                return
            playing = state.state == "playing"
            content = state.attributes.get("media_content_id")
            source = state.attributes.get("source")
            self._shown = (True, content, source) if playing else (False, None, None)
            self._compare()

        return async_track_state_change_event(hass, entity_id, changed)

    def _done(self, sounded: bool) -> None:
        """Take note of something that a person did; `sounded` tells whether anything played before.

        What is changed before a start has shown is late as part of that start, and counted with it.
        """
        now = self._clock.now_ms()
        if any(change is not Change.PLAYING for _, change in self._waiting):
            self._compare()
            return
        if sounded or now - self._ended_at(now) < _BRIEF_MS:
            change = Change.PLAYING
        elif self._usual is None or self._usual.at(now):
            change = Change.START
        else:
            change = Change.START_ELSE
        if sounded:
            self._sounded_at = now
        self._waiting.append((now, change))
        self._compare()

    def _ended_at(self, now: int) -> int:
        """Return when the player fell silent, as the ledger has it or a pause told."""
        rows = self._player._ledger.played(self._player.person.key)  # noqa: SLF001 - nobody else asks
        return max(self._sounded_at, min(rows[-1].ended_at, now) if rows else 0)

    def _compare(self) -> None:
        """End what waits where Home Assistant shows what is so."""
        if self._waiting and self._shown == self._so():
            now = self._clock.now_ms()
            for since, change in self._waiting:
                self.took[change].append(now - since)
            self._waiting = []

    def _so(self) -> Shown:
        state = self._player.state
        if state is None or not state.is_playing:
            return False, None, None
        return True, state.item.uri, state.device.name


class _Hands:
    """Passes everything on to a player, and tells of what is done with it."""

    def __init__(self, player: Player, done: Callable[[bool], None]) -> None:
        self._player = player
        self._done = done

    def __getattr__(self, name: str) -> Any:
        passed_on = getattr(self._player, name)
        if name not in _HANDS:
            return passed_on

        def does(*args: Any, **arguments: Any) -> None:
            state = self._player.state
            sounded = state is not None and state.is_playing
            passed_on(*args, **arguments)
            self._done(sounded)

        return does


def staleness_figures(
    followed: Iterable[Staleness],
) -> dict[str, float | int]:
    """Return how many changes there were, how many of them showed within a minute, and the median and p95 of how long they took, in seconds."""
    found: dict[str, float | int] = {}
    everybody = list(followed)
    for change in Change:
        took = sorted(ms for each in everybody for ms in each.took[change])
        found[f"changes_{change}"] = len(took)
        found[f"stale_{change}_within_a_minute"] = sum(ms <= _MINUTE_MS for ms in took)
        for name, part in (("median", 0.5), ("p95", 0.95)):
            found[f"stale_{change}_{name}_s"] = round(_part(took, part) / 1000, 1)
    return found


def _part(ordered: Sequence[int], part: float) -> int:
    """Return the value that a part of the values does not exceed; 0 where there is none."""
    if not ordered:
        return 0
    return ordered[min(int(len(ordered) * part), len(ordered) - 1)]
