"""Extra polls after a command or a sign from elsewhere that Spotify plays."""

from collections.abc import Callable
from datetime import datetime
from typing import Final, final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later

AFTER_COMMAND_S: Final = (1, 5)
"""Spotify shows what a command did a moment later, and on some devices not at once."""

AFTER_WAKE_S: Final = 2
BETWEEN_WAKES_S: Final = 20
"""The age in seconds of a look that is recent enough: some sources report often."""

VAIN_TWICE: Final = 3
LONGEST_BETWEEN_WAKES_S: Final = 600
"""After this many reports in a row without a change, reports lead to polls less often, down to this."""


@final
class ExtraPolls:
    """Calls back when such a look is due."""

    def __init__(self, hass: HomeAssistant, look: Callable[[bool], None]) -> None:
        """`look` polls now; its parameter is whether that is to see what a command did."""
        self._hass = hass
        self._look = look
        self._due: list[CALLBACK_TYPE] = []
        self._vain = 0

    @callback
    def after_command(self) -> None:
        """Look a moment after a command, for the person who gave it; commands in a row share the looks."""
        self.cancel()
        self._due = [
            self._later(delay, after_command=True) for delay in AFTER_COMMAND_S
        ]

    @callback
    def wake(self, ago_s: float) -> None:
        """Look soon, because something else says that Spotify plays; the last look was so long ago."""
        if self._due:
            return
        doubled = max(self._vain - VAIN_TWICE, 0)
        between = min(BETWEEN_WAKES_S << min(doubled, 8), LONGEST_BETWEEN_WAKES_S)
        wait = max(AFTER_WAKE_S, between - max(ago_s, 0))
        self._due = [self._later(wait, after_command=False)]

    def _later(self, delay_s: float, *, after_command: bool) -> CALLBACK_TYPE:
        @callback
        def due(_now: datetime) -> None:
            self._due = self._due[1:]
            self._vain += not after_command
            self._look(after_command)

        return async_call_later(self._hass, delay_s, due)

    @callback
    def found(self) -> None:
        """Say that a look saw something new: who reports is to be believed."""
        self._vain = 0

    @callback
    def cancel(self) -> None:
        """Look no more for reasons that there were."""
        for cancel in self._due:
            cancel()
        self._due = []
