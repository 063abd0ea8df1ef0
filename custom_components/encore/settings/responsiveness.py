"""The option *Responsiveness* of an account, and how many API calls each choice allows."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, final

from homeassistant.config_entries import ConfigEntry

from ..const import CONF_RESPONSIVENESS


class Responsiveness(StrEnum):
    """The choices of an account."""

    LIVE = "live"
    """Every 30 s, playing or not, as Home Assistant's own integration."""
    BALANCED = "balanced"
    SAVER = "saver"
    """A look where something is expected to change, and else seldom."""


@final
@dataclass(frozen=True, slots=True)
class Limits:
    """Calls of one account in any hour, with all that is not free."""

    playing: int
    usual: int
    """While nothing plays, in the hours in which this listener usually listens."""
    quiet: int
    """While nothing plays, in all others."""


LIMITS: Final = {
    Responsiveness.LIVE: Limits(140, 140, 140),
    Responsiveness.BALANCED: Limits(90, 40, 10),
    Responsiveness.SAVER: Limits(40, 10, 10),
}


def chosen_responsiveness(entry: ConfigEntry) -> Responsiveness:
    """Return what is chosen for an account."""
    chosen = entry.options.get(CONF_RESPONSIVENESS, Responsiveness.BALANCED)
    return Responsiveness(chosen)
