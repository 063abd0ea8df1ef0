"""Conditions: something is playing, was played lately, or was played for a while.

They know what is shared with the household. Home Assistant cannot wait for a condition, so its answer is kept at hand.
"""

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final, Unpack, final, override

import probatio

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.condition import (
    Condition,
    ConditionCheckParams,
    ConditionConfig,
)
from homeassistant.util import dt as dt_util

from .access.visibility import hidden_listeners
from .dispatch.cached_answer import CachedAnswer, async_ask_as_home
from .dispatch.caller_context import active_plays
from .entities.play_filter import (
    CONF_ARTIST,
    CONF_KIND,
    CONF_LISTENER,
    CONF_ROOM,
    FILTERS,
    PlayFilter,
    WithOptions,
    a_name,
)
from .history.errors import FutureWindow, UnknownBirthday, UnknownWindow
from .history.model import COUNTED_FROM_MS, HOUSEHOLD, Play
from .history.time_ranges.local_clock import Clock
from .history.time_ranges.ranges import resolve_window
from .questions.base.active_plays import STILL_MS, sounded_at
from .questions.base.parameters import read
from .questions.base.scope import WindowParameters
from .questions.listening_time import ListeningTime
from .questions.naming.names import folded
from .questions.plays import Plays, PlaysParameters
from .questions.when_heard import FirstAndLastPlay, FirstAndLastPlayParameters
from .runtime.moments import now_ms
from .runtime.number_validation import whole_number

CONF_WITHIN: Final = "within"
CONF_MINUTES: Final = "minutes"
CONF_TIME_RANGE: Final = "time_range"


def _window(name: Any) -> str:
    """Return the name of a window. Raises Invalid for what is none."""
    asked = a_name(name)
    clock = Clock(now_ms(), dt_util.get_default_time_zone())
    # A year may be yet to come, and a birthday to be told.
    with suppress(FutureWindow, UnknownBirthday):
        try:
            resolve_window(asked, clock)
        except UnknownWindow as err:
            raise probatio.Invalid(f"'{asked}' is no window") from err
    return asked


_WAS_PLAYED_OPTIONS: Final[dict[Any, Any]] = {
    probatio.Required(CONF_WITHIN): cv.positive_time_period,
    **FILTERS,
}
_LISTENED: Final[dict[Any, Any]] = {
    probatio.Required(CONF_MINUTES): whole_number(1, 5_000_000),
    probatio.Optional(CONF_TIME_RANGE, default="today"): _window,
    **{key: value for key, value in FILTERS.items() if key != CONF_ARTIST},
}
_LATEST: Final = 100
"""So many plays are looked through for one that is no television's, which counts only if it is asked for."""
_ASKED: Final = (CONF_LISTENER, CONF_ROOM, CONF_KIND)
"""The options that questions have, too."""


class PlayCondition(WithOptions, Condition):
    """A condition about plays."""

    def __init__(self, hass: HomeAssistant, config: ConditionConfig) -> None:
        """Read the options."""
        super().__init__(hass, config)
        self.chosen: Mapping[str, Any] = config.options or {}
        self._filter = PlayFilter.of(self.chosen)

    @property
    def asked(self) -> dict[str, object]:
        """What a question is given for the options."""
        return {
            name: tuple(value) if isinstance(value, list) else value
            for name in _ASKED
            if (value := self.chosen.get(name))
        }

    @callback
    def under_way(self) -> Iterator[Play]:
        """Yield what is under way of what it is about, sounding or paused; of rooms in which it sounded by now."""
        hidden = hidden_listeners(self._hass, None)
        for play in active_plays(self._hass, now_ms()):
            is_visible = play.listener.key not in hidden
            if is_visible and self._filter.passes(self._hass, play):
                yield play

    @callback
    def is_playing(self) -> bool:
        """Whether something that it is about sounds now."""
        now = now_ms()
        return any(
            sounded_at(play, now, None)
            and self._filter.passes(self._hass, _where_it_sounds(play, now))
            for play in self.under_way()
        )


@final
class IsPlaying(PlayCondition):
    """Something is playing."""

    @override
    def _async_check(self, **kwargs: Unpack[ConditionCheckParams]) -> bool:
        return self.is_playing()


class AnsweredCondition[T](PlayCondition):
    """A condition about the history, whose answer is cached."""

    def __init__(self, hass: HomeAssistant, config: ConditionConfig) -> None:
        """Ask for nothing yet."""
        super().__init__(hass, config)
        self._answer = CachedAnswer(hass, self._async_answer)

    @abstractmethod
    async def _async_answer(self) -> T | None:
        """Ask the history. Raises HistoryError and Unauthorized."""

    @override
    async def _async_setup(self) -> None:
        await self._answer.async_start()

    @override
    def _async_unload(self) -> None:
        self._answer.stop()


@final
class WasPlayed(AnsweredCondition[datetime]):
    """Something was heard not long ago, or is playing."""

    options = _WAS_PLAYED_OPTIONS

    @override
    def _async_check(self, **kwargs: Unpack[ConditionCheckParams]) -> bool:
        if self.is_playing():
            return True
        now = dt_util.utcnow()
        # A play that is paused is in the history once it is over. Of one that only a speaker tells by then, the history
        # may know that it is private.
        anybodys = not hidden_listeners(self._hass, None)
        ends = [
            dt_util.utc_from_timestamp(play.ended_at / 1000)
            for play in self.under_way()
            if play.ms_played >= COUNTED_FROM_MS
            and (anybodys or play.listener.key != HOUSEHOLD)
        ]
        if self._answer.value is not None:
            ends.append(self._answer.value)
        within: timedelta = self.chosen[CONF_WITHIN]
        return any(now - end <= within for end in ends)

    @override
    async def _async_answer(self) -> datetime | None:
        """Return when a play that counts was over last, None for never."""
        artists: list[str] = self.chosen.get(CONF_ARTIST, [])
        if not artists:
            values = {"window": "all_time", "limit": _LATEST, **self.asked}
            answer = await async_ask_as_home(
                self._hass, Plays(), read(PlaysParameters, values)
            )
            ends: list[int] = [
                play.ended_at
                for play in (answer.plays if answer else ())
                if play.kind != "television" or CONF_KIND in self.chosen
            ]
        else:
            ends = [
                end
                for artist in artists
                for kind in ("artist", "show")
                if (end := await self._async_last_of(artist, kind)) is not None
            ]
        return dt_util.utc_from_timestamp(max(ends) / 1000) if ends else None

    async def _async_last_of(self, artist: str, kind: str) -> int | None:
        """Return when an artist or a show was last heard (UTC ms), None for never."""
        values = {"thing": artist, "type": kind, **self.asked}
        answer = await async_ask_as_home(
            self._hass, FirstAndLastPlay(), read(FirstAndLastPlayParameters, values)
        )
        # A question takes what comes near a name, an automation what it is.
        if answer is None or folded(answer.named.thing.name) != folded(artist):
            return None
        return answer.last.ended_at if answer.last else None


@final
class HasListened(AnsweredCondition[tuple[int, int]]):
    """Somebody listened for so many minutes, or something was on for so long."""

    options = _LISTENED

    @override
    def _async_check(self, **kwargs: Unpack[ConditionCheckParams]) -> bool:
        if (answer := self._answer.value) is None:
            return False
        minutes, until = answer
        # A window that was not over when it was asked about is another one by then.
        if self._answer.asked_at < until <= now_ms():
            return False
        return minutes >= int(self.chosen[CONF_MINUTES])

    @override
    async def _async_answer(self) -> tuple[int, int] | None:
        """Return how many minutes a window has, and when it ends (UTC ms)."""
        values = {"window": self.chosen[CONF_TIME_RANGE], **self.asked}
        answer = await async_ask_as_home(
            self._hass, ListeningTime(), read(WindowParameters, values)
        )
        if answer is None:
            return None
        return round(answer.total.ms_played / 60_000), answer.when.window.end


CONDITIONS: Final[dict[str, type[Condition]]] = {
    "is_playing": IsPlaying,
    "was_heard": WasPlayed,
    "has_listened": HasListened,
}


async def async_get_conditions(hass: HomeAssistant) -> dict[str, type[Condition]]:
    """Return the conditions by what follows `encore.` in their names."""
    return CONDITIONS


def _where_it_sounds(play: Play, now: int) -> Play:
    """Return a play under way with those of its rooms alone in which it sounds now (UTC ms)."""
    rooms = [span for span in play.rooms if span.start <= now <= span.end + STILL_MS]
    return replace(play, rooms=tuple(rooms))
