"""Named items in Home Assistant's storage: group presets and snapshots.

They are settings of this instance and no history: backups have them, the store that may be moved does not.
"""

import asyncio
from collections.abc import Mapping
from typing import Any, Final, final

from homeassistant.core import HomeAssistant
from homeassistant.helpers.singleton import singleton
from homeassistant.helpers.storage import Store

from ..const import DOMAIN

STORE_VERSION: Final = 1
HOUSEHOLD: Final = "household"
"""Under which key what is kept says of which household it is."""

type Stored = dict[str, Any]
"""What JSON can carry, with its `name` and `household`."""


@final
class NamedStorage:
    """Things by their names, which differ by more than capitals."""

    def __init__(self, hass: HomeAssistant, what: str) -> None:
        """Read nothing yet; `what` names the file."""
        self._store: Store[dict[str, Stored]] = Store(
            hass, STORE_VERSION, f"{DOMAIN}.{what}", private=True
        )
        self._stored: dict[str, Stored] | None = None
        self._lock = asyncio.Lock()

    async def async_all(self) -> Mapping[str, Stored]:
        """Return everything, by casefolded name, as it was put in."""
        async with self._lock:
            return dict(await self._async_stored())

    async def async_named(self, name: str) -> Stored | None:
        """Return what is kept under a name."""
        async with self._lock:
            return (await self._async_stored()).get(name.casefold())

    async def async_put(self, name: str, thing: Stored, most: int) -> None:
        """Keep something under a name, in place of what was; of more than `most` the oldest goes."""
        async with self._lock:
            stored = await self._async_stored()
            stored.pop(name.casefold(), None)
            stored[name.casefold()] = {**thing, "name": name}
            while len(stored) > most:
                del stored[next(iter(stored))]
            await self._store.async_save(stored)

    async def async_remove(self, name: str) -> Stored | None:
        """Keep something no longer, and return it; None if it was not there."""
        async with self._lock:
            stored = await self._async_stored()
            if (removed := stored.pop(name.casefold(), None)) is not None:
                await self._store.async_save(stored)
            return removed

    async def async_forget_household(self, household_id: str) -> None:
        """Keep nothing more of a household, because its entry is removed."""
        async with self._lock:
            stored = await self._async_stored()
            theirs = [
                key for key, one in stored.items() if one[HOUSEHOLD] == household_id
            ]
            for key in theirs:
                del stored[key]
            if theirs:
                await self._store.async_save(stored)

    async def _async_stored(self) -> dict[str, Stored]:
        if self._stored is None:
            self._stored = await self._store.async_load() or {}
        return self._stored


@singleton(f"{DOMAIN}.group_presets")
def async_group_presets(hass: HomeAssistant) -> NamedStorage:
    """Return the group presets of the home."""
    return NamedStorage(hass, "group_presets")


@singleton(f"{DOMAIN}.snapshots")
def async_snapshots(hass: HomeAssistant) -> NamedStorage:
    """Return the snapshots of the home."""
    return NamedStorage(hass, "snapshots")


async def async_delete_stored(hass: HomeAssistant, household_id: str) -> None:
    """Forget presets and snapshots of a household."""
    for stored in (async_group_presets(hass), async_snapshots(hass)):
        await stored.async_forget_household(household_id)
