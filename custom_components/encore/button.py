"""The button of an account that fetches recently played now."""

from typing import final, override

from homeassistant.components.button import ButtonEntity
from homeassistant.const import EntityCategory
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .access.policy import Interface, async_caller
from .commands.parameters import AccountParameters
from .commands.sync_now import SyncNow
from .const import CONF_ACCOUNT_ID
from .dispatch.caller_context import async_query_context
from .dispatch.dispatcher import async_run
from .dispatch.request_context import RequestContext
from .entities.base_entities import SpotifyAccountEntity
from .runtime.error_translation import translated_errors
from .spotify.account import SpotifyAccount, SpotifyConfigEntry

PARALLEL_UPDATES = 1


async def async_setup_entry(
    hass: HomeAssistant,
    entry: SpotifyConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the button of an account."""
    async_add_entities([SyncButton(entry.runtime_data)])


@final
class SyncButton(SpotifyAccountEntity, ButtonEntity):
    """Looks at the player and fetches recently played, instead of when it is due."""

    _attr_translation_key = "sync_now"
    _attr_entity_category = EntityCategory.DIAGNOSTIC

    def __init__(self, account: SpotifyAccount) -> None:
        """Place the button on the account's device."""
        super().__init__(account.coordinator)
        self._account_id = account.coordinator.config_entry.data[CONF_ACCOUNT_ID]
        self._attr_unique_id = f"{self._account_id}_sync_now"

    @property
    @override
    def available(self) -> bool:
        """It is pressed just when Spotify seems to be out of reach."""
        return True

    @override
    async def async_press(self) -> None:
        """Give the command on behalf of whoever pressed; raises Unauthorized, and why Spotify does not answer."""
        context = self._context or Context()
        caller = await async_caller(self.hass, context, Interface.ENTITY)
        query_context = async_query_context(self.hass, caller)
        with translated_errors():
            await async_run(
                SyncNow(),
                AccountParameters(listener=self._account_id),
                RequestContext(self.hass, caller, query_context),
            )
