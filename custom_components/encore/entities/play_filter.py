"""Filters plays for triggers and conditions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self, cast

import probatio

from homeassistant.const import CONF_OPTIONS
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.template import is_template_string
from homeassistant.helpers.typing import ConfigType

from ..access.visibility import hidden_listeners
from ..history.model import Kind, Play
from ..listeners.listener_groups import visible_groups
from ..questions.base.scope import HERE, KINDS, KindFilter
from ..questions.naming.listener_choice import ME
from ..questions.naming.listener_groups import group_called
from ..questions.naming.names import folded
from ..runtime.number_validation import whole_number

CONF_LISTENER: Final = "listener"
CONF_ROOM: Final = "room"
CONF_KIND: Final = "kind"
CONF_ARTIST: Final = "artist"
CONF_MINIMUM_PLAYED: Final = "minimum_played"

COUNTED_S: Final = 30
"""A play counts from so many seconds on, unless asked otherwise."""


def a_name(value: Any) -> str:
    """Return a name. Raises Invalid for nothing, and for a template: options are read once, when the automation is set up."""
    name = cv.string(value)
    if not name.strip():
        raise probatio.Invalid("a name is missing")
    if is_template_string(name):
        raise probatio.Invalid(
            f"'{name}' is a template, which is not rendered here: give a name, or use a template condition"
        )
    return name


def _somebody(name: str) -> str:
    """Return the name of a listener or a room. Raises Invalid for words that only mean something when somebody asks."""
    if name.casefold() in {ME, HERE}:
        raise probatio.Invalid(
            f"nobody asks here, so '{name}' means nobody and nowhere: give a name"
        )
    return name


_NAMES: Final = probatio.All(cv.ensure_list, [probatio.All(a_name, _somebody)])

FILTERS: Final[dict[Any, Any]] = {
    probatio.Optional(CONF_LISTENER): _NAMES,
    probatio.Optional(CONF_ROOM): _NAMES,
    probatio.Optional(CONF_KIND): probatio.In([str(kind) for kind in KindFilter]),
    probatio.Optional(CONF_ARTIST): probatio.All(cv.ensure_list, [a_name]),
}
"""What narrows a trigger or a condition down."""


class WithOptions:
    """A trigger or a condition whose options have a schema."""

    options: Mapping[Any, Any] = FILTERS

    @classmethod
    async def async_validate_config(
        cls, hass: HomeAssistant, config: ConfigType
    ) -> ConfigType:
        """Return the configuration, held against the schema of the options. Raises Invalid."""
        schema = probatio.Schema(
            {probatio.Required(CONF_OPTIONS, default=dict): dict(cls.options)}
        )
        return cast("ConfigType", schema(config))


MINIMUM_PLAYED: Final[dict[Any, Any]] = {
    probatio.Optional(CONF_MINIMUM_PLAYED, default=COUNTED_S): whole_number(0, 86_400)
}


@dataclass(frozen=True, slots=True)
class PlayFilter:
    """Names in the form in which equal names are equal; what is empty narrows nothing down."""

    listeners: tuple[str, ...] = ()
    rooms: frozenset[str] = frozenset()
    kind: Kind | None = None
    artists: frozenset[str] = frozenset()
    min_ms: int = 0

    @classmethod
    def of(cls, options: Mapping[str, Any]) -> Self:
        """Return the filter of options that were validated."""
        kind = options.get(CONF_KIND)
        return cls(
            tuple(options.get(CONF_LISTENER, ())),
            frozenset(folded(name) for name in options.get(CONF_ROOM, ())),
            None if kind is None else KINDS[KindFilter(kind)],
            frozenset(folded(name) for name in options.get(CONF_ARTIST, ())),
            options.get(CONF_MINIMUM_PLAYED, 0) * 1000,
        )

    @callback
    def passes(self, hass: HomeAssistant, play: Play) -> bool:
        """Whether it is about a play. A television counts only if it is asked for, as in every answer."""
        if self.kind is None and play.item.kind is Kind.TELEVISION:
            return False
        if self.kind not in {None, play.item.kind} or play.ms_played < self.min_ms:
            return False
        rooms = {
            each for span in play.rooms for each in (folded(span.room.name), span.room.key.casefold())
        }  # fmt: skip
        if self.rooms and not self.rooms & rooms:
            return False
        by = {folded(artist) for artist in play.item.artists}
        if self.artists and not self.artists & by:
            return False
        return not self.listeners or self._is_of(hass, play)

    def _is_of(self, hass: HomeAssistant, play: Play) -> bool:
        listener = play.listener
        own = {folded(listener.name), listener.key.casefold()}
        if any(folded(name) in own for name in self.listeners):
            return True
        groups = visible_groups(hass, hidden_listeners(hass, None))
        found = (group_called(name, groups) for name in self.listeners)
        return any(group and listener.key in group.members for group in found)
