"""Config flow of a Sonos household: discovered, or by the address of one speaker."""

from typing import Any, Final, override
from urllib.parse import urlsplit

import probatio

from homeassistant.config_entries import (
    ConfigEntryState,
    ConfigFlowResult,
    OptionsFlowWithReload,
)
from homeassistant.const import CONF_HOST
from homeassistant.helpers.config_entry_oauth2_flow import AbstractOAuth2FlowHandler
from homeassistant.helpers.selector import (
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    TextSelector,
)
from homeassistant.helpers.service_info.ssdp import SsdpServiceInfo
from homeassistant.helpers.service_info.zeroconf import ZeroconfServiceInfo
from homeassistant.util.network import is_ipv4_address

from ..const import CONF_KIND, KIND_SONOS
from ..settings.options import UserInput, filled
from ..sonos.const import (
    CONF_HOSTS,
    CONF_HOUSEHOLD_ID,
    CONF_LISTENER_ADDRESS,
    CONF_LISTENER_PORT,
)
from ..sonos.entry import async_find_household
from ..sonos.errors import NotSonos, SonosError, SonosUpnpOff
from ..sonos.polling import FoundHousehold

_HOST: Final = probatio.Schema({probatio.Required(CONF_HOST): TextSelector()})
_SSDP_HOUSEHOLD: Final = "X-RINCON-HOUSEHOLD"
_ZEROCONF_HOUSEHOLD: Final = "hhid"

LISTENER: Final = probatio.Schema(
    {
        probatio.Optional(CONF_LISTENER_ADDRESS): TextSelector(),
        probatio.Optional(CONF_LISTENER_PORT): probatio.All(
            NumberSelector(
                NumberSelectorConfig(
                    min=1024, max=65535, step=1, mode=NumberSelectorMode.BOX
                )
            ),
            probatio.Coerce(int),
        ),
    }
)


class SonosFlow(AbstractOAuth2FlowHandler):
    """The steps of a household. The base class would take what is found on the network for a login."""

    def __init__(self) -> None:
        """Begin with nothing found."""
        super().__init__()
        self._found: FoundHousehold | None = None

    async def async_step_sonos(self, user_input: UserInput = None) -> ConfigFlowResult:
        """Ask for the address of one speaker; the others follow from it."""
        found, errors = await self._async_asked(user_input)
        if found is not None:
            await self._async_is_household(found.id)
            return self._create_household(found)
        return filled(self, "sonos", _HOST, user_input, errors)

    async def async_step_household(
        self, user_input: UserInput = None
    ) -> ConfigFlowResult:
        """Ask where a speaker of the household is now."""
        entry = self._get_reconfigure_entry()
        found, errors = await self._async_asked(user_input)
        if found is not None:
            await self.async_set_unique_id(_unique_id(found.id))
            self._abort_if_unique_id_mismatch(reason="other_household")
            return self.async_update_reload_and_abort(
                entry, data_updates={CONF_HOSTS: _hosts(found)}
            )
        known = {CONF_HOST: entry.data[CONF_HOSTS][0]}
        return filled(self, "household", _HOST, user_input or known, errors)

    @override
    async def async_step_ssdp(
        self, discovery_info: SsdpServiceInfo
    ) -> ConfigFlowResult:
        """Take a speaker that answered a search."""
        try:
            host = urlsplit(discovery_info.ssdp_location or "").hostname
        except ValueError:
            host = None
        household = (discovery_info.ssdp_headers or {}).get(_SSDP_HOUSEHOLD)
        return await self._async_discovered(host, household)

    @override
    async def async_step_zeroconf(
        self, discovery_info: ZeroconfServiceInfo
    ) -> ConfigFlowResult:
        """Take a speaker that announced itself."""
        household = discovery_info.properties.get(_ZEROCONF_HOUSEHOLD)
        # Its `host` is the word None where nothing is announced.
        host = discovery_info.host if discovery_info.ip_address else None
        return await self._async_discovered(host, household)

    async def _async_discovered(
        self, host: str | None, household: str | None
    ) -> ConfigFlowResult:
        if not host:
            return self.async_abort(reason="not_sonos")
        if household is not None:
            await self._async_is_household(household, host)
        try:
            found = await self._async_found(host)
        except SonosError as err:
            return self.async_abort(reason=_error(err))
        await self._async_is_household(found.id, host)
        self._found = found
        self.context["title_placeholders"] = {"name": _rooms(found)}
        return await self.async_step_discovered()

    async def async_step_discovered(
        self, user_input: UserInput = None
    ) -> ConfigFlowResult:
        """Ask whether to add the household that was found."""
        assert self._found is not None
        if user_input is not None:
            return self._create_household(self._found)
        self._set_confirm_only()
        return self.async_show_form(
            step_id="discovered",
            description_placeholders={"rooms": _rooms(self._found)},
        )

    async def _async_asked(
        self, asked: dict[str, Any] | None
    ) -> tuple[FoundHousehold | None, dict[str, str]]:
        """Return the household behind the address that a person gave, if any did, and what is wrong with it."""
        if asked is None:
            return None, {}
        try:
            return await self._async_found(asked[CONF_HOST]), {}
        except SonosError as err:
            return None, {CONF_HOST: _error(err)}

    async def _async_found(self, host: str) -> FoundHousehold:
        """Return the household behind an address. Raises SonosError."""
        return await async_find_household(self.hass, host.strip().strip("[]"))

    async def _async_is_household(
        self, household: str, host: str | None = None
    ) -> None:
        """Go on with a household that is not set up yet; one that waits for a speaker gets the address."""
        entry = await self.async_set_unique_id(_unique_id(household))
        if (
            entry is not None
            and host is not None
            and entry.state is ConfigEntryState.SETUP_RETRY
            and host not in entry.data[CONF_HOSTS]
        ):
            self.hass.config_entries.async_update_entry(
                entry,
                data={**entry.data, CONF_HOSTS: [host, *entry.data[CONF_HOSTS]]},
            )
            self.hass.config_entries.async_schedule_reload(entry.entry_id)
        self._abort_if_unique_id_configured(error="household_exists")

    def _create_household(self, found: FoundHousehold) -> ConfigFlowResult:
        return self.async_create_entry(
            title="Sonos",
            data={
                CONF_KIND: KIND_SONOS,
                CONF_HOUSEHOLD_ID: found.id,
                CONF_HOSTS: _hosts(found),
            },
        )


class HouseholdOptions(OptionsFlowWithReload):
    """Where the events of a household are received."""

    async def async_step_init(self, user_input: UserInput = None) -> ConfigFlowResult:
        """Begin with the only page, which has texts of its own."""
        return await self.async_step_listener(user_input)

    async def async_step_listener(
        self, user_input: UserInput = None
    ) -> ConfigFlowResult:
        """Ask for the address and port that speakers are told."""
        errors: dict[str, str] = {}
        if user_input is not None:
            address = user_input.get(CONF_LISTENER_ADDRESS)
            if address and not is_ipv4_address(address):
                errors[CONF_LISTENER_ADDRESS] = "not_ipv4"
            else:
                return self.async_create_entry(data=user_input)
        values = user_input or self.config_entry.options
        return filled(self, "listener", LISTENER, values, errors)


def _error(err: SonosError) -> str:
    if isinstance(err, SonosUpnpOff):
        return "sonos_upnp_off"
    return "not_sonos" if isinstance(err, NotSonos) else "sonos_unreachable"


def _hosts(found: FoundHousehold) -> list[str]:
    return sorted({zone.host for zone in found.topology.zones})


def _rooms(found: FoundHousehold) -> str:
    return ", ".join(sorted(zone.name for zone in found.topology.zones))


def _unique_id(household: str) -> str:
    return f"{KIND_SONOS}:{household}"
