"""The button of an account that fetches recently played now."""

from typing import final, override

from homeassistant.components.button import ButtonEntity
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .commands.sync_now import SyncNow
from .entities.base_entities import SpotifyAccountEntity
from .runtime.error_translation import translated_errors
from .spotify.account import SpotifyConfigEntry

PARALLEL_UPDATES = 1


async def async_setup_entry(
    hass: HomeAssistant,
    entry: SpotifyConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the button of an account."""
    async_add_entities([SyncButton(entry.runtime_data.coordinator)])


@final
class SyncButton(SpotifyAccountEntity, ButtonEntity):
    """Looks at the player and fetches recently played, instead of when it is due."""

    _attr_translation_key = "sync_now"
    _attr_entity_category = EntityCategory.DIAGNOSTIC

    @override
    async def async_press(self) -> None:
        """Give the command on behalf of whoever pressed; raises Unauthorized, and why Spotify does not answer."""
        with translated_errors():
            await self._async_run(SyncNow())
