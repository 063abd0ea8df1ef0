"""Open pages and cards that show an account's player: while one is open, it is polled more often."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.singleton import singleton
from homeassistant.util.hass_dict import HassKey

from ...const import DOMAIN
from ...runtime.moments import now_ms
from ...runtime.signals import Signal

EVERY_MS: Final = 10_000
"""While somebody is likely to look at the page."""
LONG_OPEN_MS: Final = 10 * 60_000
"""A page that is open for longer may hang on a wall."""
LONG_OPEN_EVERY_MS: Final = 30_000
"""The pause between looks then while something plays; unchanged while nothing does."""

_OPENED: Final = Signal[frozenset[str]](f"{DOMAIN}_view_opened")


@final
@dataclass(eq=False, frozen=True, slots=True)
class _View:
    listeners: frozenset[str]
    opened_at: int


@final
class Views:
    """All pages and cards that are open now."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Begin with none."""
        self._hass = hass
        self._open: set[_View] = set()

    @callback
    def open(self, listeners: Collection[str]) -> CALLBACK_TYPE:
        """Take note of one that shows what some listeners (by key) play now, until the returned function is called."""
        view = _View(frozenset(listeners), now_ms())
        self._open.add(view)
        _OPENED.async_send(self._hass, view.listeners)
        return lambda: self._open.discard(view)

    @callback
    def every(self, listener: str, now: int, *, playing: bool) -> int | None:
        """Return how far (ms) looks at a listener's player are apart for those who watch it `now` (UTC ms), None for nobody."""
        ages = [
            now - view.opened_at for view in self._open if listener in view.listeners
        ]
        if not ages:
            return None
        if min(ages) < LONG_OPEN_MS:
            return EVERY_MS
        return LONG_OPEN_EVERY_MS if playing else None


@callback
def async_listen_opened(
    hass: HomeAssistant, listener: str, opened: CALLBACK_TYPE
) -> CALLBACK_TYPE:
    """Call back whenever something is opened that shows what a listener (by key) plays, until the returned function is called."""

    @callback
    def pages_changed(listeners: frozenset[str]) -> None:
        if listener in listeners:
            opened()

    return _OPENED.async_listen(hass, pages_changed)


DATA_VIEWS: Final[HassKey[Views]] = HassKey(f"{DOMAIN}_views")


@callback
@singleton(DATA_VIEWS)
def async_get_views(hass: HomeAssistant) -> Views:
    """Return the open pages and cards of this instance."""
    return Views(hass)
