"""Triggers: a play finished, a first play of an artist, a listening streak.

All follow what `finished_plays` tells: only what is shared with the household, and each play once.
"""

from abc import abstractmethod
from collections import OrderedDict
from collections.abc import AsyncIterator, Mapping
from datetime import date
from functools import partial
from typing import Any, Final, final, override

import probatio

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.trigger import (
    Trigger,
    TriggerActionRunner,
    TriggerConfig,
    TriggerNotTriggeredReporter,
)

from .access.visibility import hidden_listeners
from .const import DOMAIN, LOGGER
from .entities.finished_plays import async_listen_finished, finished_data
from .entities.first_plays import async_new_artists, async_streak
from .entities.play_filter import (
    CONF_ARTIST,
    CONF_KIND,
    FILTERS,
    MINIMUM_PLAYED,
    PlayFilter,
    WithOptions,
)
from .history.errors import HistoryError
from .history.model import Play
from .runtime.number_validation import whole_number
from .runtime.supervision import async_attempt

CONF_DAYS: Final = "days"
CONF_EVERY_DAY: Final = "every_day"

_WHO_AND_WHERE: Final[dict[Any, Any]] = {
    key: value for key, value in FILTERS.items() if key not in {CONF_KIND, CONF_ARTIST}
}
_WHO: Final[dict[Any, Any]] = {
    key: value for key, value in _WHO_AND_WHERE.items() if key == "listener"
}
_STREAK: Final[dict[Any, Any]] = {
    **_WHO,
    probatio.Optional(CONF_DAYS, default=7): whole_number(2, 36_500),
    probatio.Optional(CONF_EVERY_DAY, default=False): cv.boolean,
}

_REMEMBERED: Final = 1_000
"""What was told is told once, also where an earlier play of it is over later."""


class PlayTrigger(WithOptions, Trigger):
    """A trigger that follows plays which are over."""

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Read the options."""
        super().__init__(hass, config)
        self.chosen: Mapping[str, Any] = config.options or {}
        self._filter = PlayFilter.of(self.chosen)

    @override
    async def async_attach_runner(
        self,
        run_action: TriggerActionRunner,
        did_not_trigger: TriggerNotTriggeredReporter | None = None,
    ) -> CALLBACK_TYPE:
        """Follow plays until the returned function is called."""

        async def look(play: Play) -> None:
            try:
                async for more, description in self.async_found(play):
                    # What it was the first of is asked meanwhile.
                    if play.listener.key not in hidden_listeners(self._hass, None):
                        data = {**finished_data(self._hass, play), **more}
                        run_action(data, description)
            except HistoryError as err:
                LOGGER.debug("What a play was the first of is not known: %s", err)

        @callback
        def over(play: Play) -> None:
            if self._filter.passes(self._hass, play):
                name = f"{DOMAIN} trigger of a play"
                self._hass.async_create_task(
                    async_attempt(self._hass, name, partial(look, play)), name
                )

        return async_listen_finished(self._hass, over)

    @abstractmethod
    def async_found(self, play: Play) -> AsyncIterator[tuple[dict[str, Any], str]]:
        """Yield for each time that it triggers by a play what it tells beside the play, and why. Raises HistoryError."""


@final
class PlayFinished(PlayTrigger):
    """A play is over."""

    options = {**FILTERS, **MINIMUM_PLAYED}

    @override
    async def async_found(
        self, play: Play
    ) -> AsyncIterator[tuple[dict[str, Any], str]]:
        yield {}, "play finished"


@final
class NewArtistDiscovered(PlayTrigger):
    """A listener heard an artist for the first time, as far as the history knows."""

    options = _WHO_AND_WHERE

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Begin with nothing told."""
        super().__init__(hass, config)
        self._reported: OrderedDict[tuple[str, str], None] = OrderedDict()

    @override
    async def async_found(
        self, play: Play
    ) -> AsyncIterator[tuple[dict[str, Any], str]]:
        for artist in await async_new_artists(self._hass, play):
            data = play.listener.key, artist
            if data in self._reported:
                continue
            self._reported[data] = None
            if len(self._reported) > _REMEMBERED:
                self._reported.popitem(last=False)
            yield {"artist": artist}, "new artist discovered"


@final
class StreakReached(PlayTrigger):
    """A listener listened on so many days in a row; told with the first play of the day."""

    options = _STREAK

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Begin with nothing told."""
        super().__init__(hass, config)
        self._days: int = self.chosen[CONF_DAYS]
        self._every_day: bool = self.chosen[CONF_EVERY_DAY]
        self._reported: dict[str, date] = {}

    @override
    async def async_found(
        self, play: Play
    ) -> AsyncIterator[tuple[dict[str, Any], str]]:
        if (found := await async_streak(self._hass, play)) is None:
            return
        day, length = found
        reached = length >= self._days if self._every_day else length == self._days
        if reached and self._reported.get(play.listener.key) != day:
            self._reported[play.listener.key] = day
            yield {"days": length}, "streak reached"


TRIGGERS: Final[dict[str, type[Trigger]]] = {
    "play_finished": PlayFinished,
    "new_artist_discovered": NewArtistDiscovered,
    "streak_reached": StreakReached,
}


async def async_get_triggers(hass: HomeAssistant) -> dict[str, type[Trigger]]:
    """Return the triggers by what follows `encore.` in their names."""
    return TRIGGERS
