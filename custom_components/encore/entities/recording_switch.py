"""The switch that pauses the recording of the household's rooms."""

from typing import Any, final, override

from homeassistant.components.switch import SwitchEntity
from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EntityCategory
from homeassistant.core import Context

from ..access.policy import AccessLevel, CallerKind, Interface, async_caller
from ..const import CONF_RECORD_ROOMS
from ..dispatch.audit import async_audited
from ..history.records.audit_log import RequestType
from ..players.tracking_lifecycle import async_room_collectors
from .base_entities import HISTORY_DEVICE, history_device


@final
class RoomRecordingSwitch(SwitchEntity):
    """On while it is recorded what speakers and observed players play."""

    _attr_has_entity_name = True
    _attr_should_poll = False
    _attr_translation_key = "room_recording"
    _attr_entity_category = EntityCategory.CONFIG

    def __init__(self, entry: ConfigEntry) -> None:
        """Place the switch on the device that stands for the home's history."""
        self._entry = entry
        self._attr_unique_id = f"{HISTORY_DEVICE}_{self._attr_translation_key}"
        self._attr_device_info = history_device()

    @property
    @override
    def is_on(self) -> bool:
        """Whether rooms are recorded."""
        return bool(self._entry.options.get(CONF_RECORD_ROOMS, True))

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Record again from now on."""
        await self._async_choose(record=True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Record nothing from now on; what was heard until now counts."""
        await self._async_choose(record=False)

    async def _async_choose(self, *, record: bool) -> None:
        """Keep it among the options, which sets nothing up anew.

        It concerns everyone: a user needs to be autonomous; an automation may do it, as with accounts. Raises
        Unauthorized.
        """
        context = self._context or Context()
        caller = await async_caller(self.hass, context, Interface.ENTITY)
        async with async_audited(
            self.hass,
            caller,
            needs=AccessLevel.SUPERVISED
            if caller.kind is CallerKind.HOUSE
            else AccessLevel.AUTONOMOUS,
            request_type=RequestType.COMMAND,
            what=self.entity_id,
            values={CONF_RECORD_ROOMS: record},
        ):
            self.hass.config_entries.async_update_entry(
                self._entry,
                options={**self._entry.options, CONF_RECORD_ROOMS: record},
            )
            for collector in async_room_collectors(self.hass):
                collector.async_changed()
            self.async_write_ha_state()
