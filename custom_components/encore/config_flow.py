"""Config flow: what can be added, and which options each kind of entry has."""

import logging
from typing import Any, override

from homeassistant.config_entries import ConfigEntry, ConfigFlowResult, OptionsFlow
from homeassistant.core import callback

from .const import CONF_KIND, DOMAIN, KIND_HISTORY, KIND_SONOS, KIND_SPOTIFY, LOGGER
from .flows.account_flow import AccountFlow
from .flows.options_flow import AccountOptions, HistoryOptions
from .flows.sonos_flow import HouseholdOptions, SonosFlow
from .flows.store_flow import StoreFlow
from .settings.history_entry import async_history_title
from .settings.options import UserInput


class EncoreFlow(AccountFlow, SonosFlow, StoreFlow, domain=DOMAIN):
    """Sets up what Encore listens to; the History entry comes with the first of it."""

    DOMAIN = DOMAIN
    VERSION = 1
    MINOR_VERSION = 4

    @staticmethod
    @callback
    @override
    def async_get_options_flow(config_entry: ConfigEntry) -> OptionsFlow:
        """Return the options of an entry of its kind."""
        kinds: dict[str, type[OptionsFlow]] = {
            KIND_HISTORY: HistoryOptions,
            KIND_SONOS: HouseholdOptions,
            KIND_SPOTIFY: AccountOptions,
        }
        return kinds[config_entry.data[CONF_KIND]]()

    @property
    @override
    def logger(self) -> logging.Logger:
        """Return Encore's logger."""
        return LOGGER

    @override
    async def async_step_user(self, user_input: UserInput = None) -> ConfigFlowResult:
        """Ask what to add."""
        return self.async_show_menu(step_id="user", menu_options=["spotify", "sonos"])

    async def async_step_system(self, data: dict[str, Any]) -> ConfigFlowResult:
        """Make the History entry, once."""
        await self.async_set_unique_id(KIND_HISTORY)
        self._abort_if_unique_id_configured(error="history_exists")
        return self.async_create_entry(
            title=await async_history_title(self.hass), data={CONF_KIND: KIND_HISTORY}
        )

    async def async_step_reconfigure(
        self, user_input: UserInput = None
    ) -> ConfigFlowResult:
        """Let the person change what Encore may do, where the history is, or where a speaker is."""
        data = self._get_reconfigure_entry().data
        if data[CONF_KIND] == KIND_HISTORY:
            return await self.async_step_store()
        if data[CONF_KIND] == KIND_SONOS:
            return await self.async_step_household()
        return await self.async_step_account(user_input)
