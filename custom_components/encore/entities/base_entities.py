"""Base entities of Spotify accounts and Sonos rooms."""

from abc import abstractmethod
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, Final, override

from homeassistant.components.switch import SwitchEntity
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import Context, callback
from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from ..access.policy import (
    AccessLevel,
    Caller,
    CallerKind,
    Interface,
    async_caller,
    current_context,
)
from ..commands.parameters import AccountParameters
from ..const import CONF_ACCOUNT_ID, CONF_DISPLAY_NAME, DOMAIN
from ..dispatch.audit import async_audited
from ..dispatch.caller_context import async_query_context
from ..dispatch.command import Command
from ..dispatch.dispatcher import async_run
from ..dispatch.request_context import RequestContext
from ..history.records.audit_log import RequestType
from ..sonos.household import Household
from ..sonos.model import Zone
from ..spotify.tracking.player_coordinator import PlayerCoordinator

HISTORY_DEVICE: Final = "history"
"""By what the device is known that stands for the home's history, and its entities."""
ACCOUNT_PAGE: Final = "https://www.spotify.com/account/overview/"


def history_device() -> DeviceInfo:
    """Return the device that stands for the home's history."""
    return DeviceInfo(
        identifiers={(DOMAIN, HISTORY_DEVICE)},
        entry_type=DeviceEntryType.SERVICE,
        manufacturer="Encore",
        translation_key=HISTORY_DEVICE,
        configuration_url=f"homeassistant://{DOMAIN}",
    )


def account_device(entry: ConfigEntry) -> DeviceInfo:
    """Return the device that stands for an account."""
    return DeviceInfo(
        identifiers={(DOMAIN, entry.data[CONF_ACCOUNT_ID])},
        entry_type=DeviceEntryType.SERVICE,
        manufacturer="Spotify",
        model="Spotify account",
        configuration_url=ACCOUNT_PAGE,
        name=entry.data[CONF_DISPLAY_NAME],
    )


class HistoryEntity(Entity):
    """An entity on the device that stands for the home's history."""

    _attr_has_entity_name = True

    def __init__(self, entry: ConfigEntry) -> None:
        """Place the entity on the device of the history."""
        self._entry = entry
        self._attr_unique_id = f"{HISTORY_DEVICE}_{self._attr_translation_key}"
        self._attr_device_info = history_device()


class CalledEntity(Entity):
    """An entity that acts and answers on behalf of the user or automation that calls it."""

    async def _async_caller(self) -> Caller:
        """Return who calls it."""
        context = self._context or Context()
        return await async_caller(self.hass, context, Interface.ENTITY)

    @asynccontextmanager
    async def _audited(
        self, *, for_all: bool = False, **values: object
    ) -> AsyncIterator[None]:
        """Carry out a command inside, if the caller may give any, and note it. Raises Unauthorized.

        What holds `for_all` needs a user to be autonomous; an automation may do it, as with accounts.
        """
        caller = await self._async_caller()
        decides = for_all and caller.kind is not CallerKind.HOUSE
        async with async_audited(
            self.hass,
            caller,
            needs=AccessLevel.AUTONOMOUS if decides else AccessLevel.SUPERVISED,
            request_type=RequestType.COMMAND,
            what=self.entity_id,
            values=values,
        ):
            yield

    async def _async_reader(self) -> Context:
        """Return the context of the caller, if they may ask. Raises Unauthorized."""
        context = current_context(self._context)
        caller = await async_caller(self.hass, context, Interface.ENTITY)
        caller.require(AccessLevel.INTERN)
        return context


class CommandSwitch(CalledEntity, SwitchEntity):
    """A switch that one command turns on and off."""

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Turn it on."""
        await self._async_turn(on=True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Turn it off."""
        await self._async_turn(on=False)

    @abstractmethod
    async def _async_turn(self, *, on: bool) -> None:
        """Carry it out. Raises Unauthorized, and what the command raises."""


class SpotifyAccountEntity(CalledEntity, CoordinatorEntity[PlayerCoordinator]):
    """An entity on the device that stands for an account."""

    _attr_has_entity_name = True

    def __init__(self, coordinator: PlayerCoordinator) -> None:
        """Place the entity on the account's device."""
        super().__init__(coordinator)
        self._account_id = coordinator.config_entry.data[CONF_ACCOUNT_ID]
        self._attr_unique_id = f"{self._account_id}_{self._attr_translation_key}"
        self._attr_device_info = account_device(coordinator.config_entry)

    @property
    @override
    def available(self) -> bool:
        """What most of them show and do does not depend on Spotify."""
        return True

    async def _async_run[P: AccountParameters](self, command: Command[P, Any]) -> None:
        """Run a command about the account on behalf of who called. Raises Unauthorized, SpotifyError and HistoryError."""
        caller = await self._async_caller()
        query_context = async_query_context(self.hass, caller)
        await async_run(
            command,
            command.declares(listener=self._account_id),
            RequestContext(self.hass, caller, query_context),
        )


class SonosZoneEntity(CalledEntity):
    """An entity on the device that stands for a room of a Sonos household."""

    _attr_has_entity_name = True
    _attr_should_poll = False

    def __init__(self, household: Household, uid: str) -> None:
        """Place the entity on the speaker's device, which belongs to the household's."""
        self.household = household
        self.uid = uid
        info = household.info(uid)
        # A device belongs to one entry, and Home Assistant's own `sonos` may have one by the same hardware address.
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, uid)},
            manufacturer="Sonos",
            name=self.zone.name,
            # A portable speaker is in no room for long.
            suggested_area=None if self.zone.battery else self.zone.name,
            model=info.model.removeprefix("Sonos ") if info else None,
            model_id=info.model_number if info else None,
            sw_version=info.software_version if info else None,
            hw_version=info.hardware_version if info else None,
            serial_number=info.serial_number if info else None,
            via_device_id=household.device_id,
        )

    @property
    def zone(self) -> Zone:
        """The room as it is now."""
        return self.household.zones[self.uid]

    @property
    @override
    def available(self) -> bool:
        """Whether the speaker is there."""
        return self.zone.available

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the room."""
        await super().async_added_to_hass()

        @callback
        def changed(before: Zone | None, after: Zone) -> None:
            if self._is_news(before, after):
                self._read()
                self.async_write_ha_state()

        self.async_on_remove(self.household.async_listen(changed))
        self._read()

    def _read(self) -> None:
        """Take over what changed, before it is shown."""

    def _is_news(self, before: Zone | None, after: Zone) -> bool:
        """Whether the change of a zone, of this room or another, changes what the entity shows."""
        return after.uid == self.uid

    async def _async_command(self, command: Coroutine[Any, Any, None]) -> None:
        """Carry out a command, if the caller may give any. Raises Unauthorized and SonosError."""
        try:
            async with self._audited(does=getattr(command, "__name__", None)):
                await command
        finally:
            # One that was not let in was never begun.
            command.close()
