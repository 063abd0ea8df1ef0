"""State of a collector that outlives a restart: active plays and observations not stored yet."""

from dataclasses import dataclass, field
from typing import Any, Final, final

import msgspec

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store

from ..const import DOMAIN, LOGGER
from ..history.model import Observation
from ..tracking.folding import Held
from ..tracking.group_tracker import HouseState

STORE_VERSION: Final = 1


@dataclass(slots=True)
class CollectorState:
    """Plays under way, those that wait for other witnesses, and those that are to be stored."""

    house: HouseState = field(default_factory=HouseState)
    held: list[Held] = field(default_factory=list)
    unsaved: list[Observation] = field(default_factory=list)


@final
class CollectorStateStore:
    """Where it is kept for one entry."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        """Prepare to read and write it."""
        self._store: Store[dict[str, Any]] = Store(
            hass, STORE_VERSION, f"{DOMAIN}.rooms.{entry_id}", private=True
        )

    async def async_load(self) -> CollectorState:
        """Return what was kept; what cannot be read is not worth a failed start."""
        try:
            return msgspec.convert(await self._store.async_load() or {}, CollectorState)
        except msgspec.ValidationError:
            LOGGER.debug("What was kept of rooms cannot be read")
            return CollectorState()

    async def async_save(self, kept: CollectorState) -> None:
        """Write it, at once."""
        await self._store.async_save(msgspec.to_builtins(kept))

    async def async_remove(self) -> None:
        """Forget it, because the entry is removed."""
        await self._store.async_remove()
