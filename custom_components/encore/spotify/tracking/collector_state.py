"""State of a collector that outlives a restart: the active play, observations not stored yet, pauses."""

from dataclasses import dataclass, field
from typing import Any, Final, final

import msgspec

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store

from ...const import DOMAIN, LOGGER
from ...history.model import Observation
from ...history.time_ranges.intervals import Span
from .playback_tracker import TrackerState
from .played_at import PlayedAtConvention

STORE_VERSION: Final = 1

MOST_PAUSES: Final = 500
"""Of older ones no play stands in recently played any more."""


@dataclass(slots=True)
class CollectorState:
    """While `paused`, since `paused_at`, nothing was to be recorded, nor fetched later.

    `pauses` are those that are over, `record_from` was the end of the last one in an earlier version. All in UTC ms.
    """

    watch: TrackerState = field(default_factory=TrackerState)
    unsaved: list[Observation] = field(default_factory=list)
    record_from: int | None = None
    paused: bool = False
    paused_at: int | None = None
    pauses: list[Span] = field(default_factory=list)
    linking: bool = False
    """Whether what was played before the account was linked is not fetched in full yet."""
    known: list[tuple[str, int]] = field(default_factory=list)
    """The rows of recently played that are known: what is listed, and when by Spotify's clock."""
    dating: PlayedAtConvention = field(default_factory=PlayedAtConvention)

    def resumed(self, now: int) -> None:
        """Say that the pause is over."""
        if self.paused:
            start = now if self.paused_at is None else min(self.paused_at, now)
            self.pauses = [*self.pauses, (start, now)][-MOST_PAUSES:]
        self.paused, self.paused_at = False, None

    def withheld(self, moment: int) -> bool:
        """Whether nothing that ended at a moment (UTC ms) is to be fetched."""
        if self.record_from is not None and moment <= self.record_from:
            return True
        return any(start < moment <= end for start, end in self.pauses)

    @property
    def record_since(self) -> int | None:
        """When the last pause ended (UTC ms), if there was one."""
        if self.pauses:
            return self.pauses[-1][1]
        return self.record_from


@final
class CollectorStateStore:
    """Where it is kept for one account."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Prepare to read and write it."""
        self._title = entry.title
        self._store: Store[dict[str, Any]] = Store(
            hass, STORE_VERSION, f"{DOMAIN}.spotify.{entry.entry_id}", private=True
        )

    async def async_load(self) -> CollectorState:
        """Return what was kept; what cannot be read is not worth a failed start."""
        try:
            return msgspec.convert(await self._store.async_load() or {}, CollectorState)
        except msgspec.ValidationError:
            LOGGER.debug("What was kept of %s cannot be read", self._title)
            return CollectorState()

    async def async_save(self, kept: CollectorState) -> None:
        """Write it, at once."""
        await self._store.async_save(msgspec.to_builtins(kept))

    async def async_remove(self) -> None:
        """Forget it, because the account is removed."""
        await self._store.async_remove()
