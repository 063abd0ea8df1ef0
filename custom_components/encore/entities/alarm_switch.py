"""Switches of Sonos alarms, added and removed with them."""

from dataclasses import replace
from typing import Any, Final, final, override

from homeassistant.components.switch.const import DOMAIN as SWITCH_DOMAIN
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import slugify

from ..const import DOMAIN
from ..history.time_ranges.ranges import WEEKDAYS
from ..sonos.errors import AlarmGone
from ..sonos.household import Household, SonosConfigEntry
from ..sonos.model import Zone
from ..sonos.playback.alarms import Alarm
from .base_entities import CommandSwitch, SonosZoneEntity

ATTR_ALARM_ID: Final = "alarm_id"


@callback
def async_add_alarm_switches(
    hass: HomeAssistant,
    entry: SonosConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add a switch for each alarm there is and each that comes, and take it away with its alarm."""
    household = entry.runtime_data
    registry = er.async_get(hass)
    prefix = f"{household.id}_alarm_"
    shown: dict[str, AlarmSwitch] = {}

    def look() -> None:
        alarms = household.alarms
        if not alarms.is_read:
            return
        for registered in er.async_entries_for_config_entry(registry, entry.entry_id):
            alarm_id = registered.unique_id.removeprefix(prefix)
            if alarm_id != registered.unique_id and alarm_id not in alarms.known:
                shown.pop(alarm_id, None)
                registry.async_remove(registered.entity_id)
        for alarm in alarms.known.values():
            zone = household.zones.get(alarm.uid)
            if zone is None or not zone.name:
                # Its speaker is to be seen yet.
                continue
            if (switch := shown.get(alarm.id)) is not None:
                switch.async_changed(alarm)
            else:
                shown[alarm.id] = AlarmSwitch(household, alarm)
                async_add_entities([shown[alarm.id]])

    def seen(before: Zone | None, after: Zone) -> None:
        if before is None or not before.name:
            look()

    look()
    entry.async_on_unload(household.alarms.async_listen(look))
    entry.async_on_unload(household.async_listen(seen))


@final
class AlarmSwitch(SonosZoneEntity, CommandSwitch):
    """One alarm of a room; off, it stays and does not ring."""

    _attr_translation_key = "alarm"
    _attr_entity_category = EntityCategory.CONFIG

    def __init__(self, household: Household, alarm: Alarm) -> None:
        """Name the switch after the time at which it rings."""
        super().__init__(household, alarm.uid)
        self._alarm = alarm
        self._attr_unique_id = f"{household.id}_alarm_{alarm.id}"
        self.entity_id = (
            f"{SWITCH_DOMAIN}.{slugify(f'{self.zone.name} alarm {alarm.id}')}"
        )
        self._attr_translation_placeholders = {"time": f"{alarm.at:%H:%M}"}

    @property
    @override
    def is_on(self) -> bool:
        """Whether it rings."""
        return self._alarm.enabled

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        """When it rings, how loud, for how long, and what."""
        alarm = self._alarm
        return {
            ATTR_ALARM_ID: alarm.id,
            "time": f"{alarm.at:%H:%M}",
            "recurrence": recurrence_name(alarm),
            "days": [WEEKDAYS[day] for day in sorted(alarm.days)],
            "volume": alarm.volume,
            "minutes": alarm.minutes,
            "media": alarm.title,
            "grouped": alarm.grouped,
        }

    @override
    async def _async_turn(self, *, on: bool) -> None:
        await self._async_command(self._async_enable(on=on))

    @callback
    def async_changed(self, alarm: Alarm) -> None:
        """Show what became of the alarm."""
        if alarm == self._alarm:
            return
        moved, self._alarm, self.uid = alarm.uid != self.uid, alarm, alarm.uid
        self._attr_translation_placeholders = {"time": f"{alarm.at:%H:%M}"}
        # The name that was made of the former time is kept until this is touched.
        self._attr_name = None
        del self._attr_name
        if self.hass is None or self.registry_entry is None:
            return
        registry = er.async_get(self.hass)
        if moved and (
            device := dr.async_get(self.hass).async_get_device_by_identifier(
                (DOMAIN, alarm.uid), self.household.entry.entry_id
            )
        ):
            registry.async_update_entity(self.entity_id, device_id=device.id)
        registry.async_update_entity(self.entity_id, original_name=str(self.name))
        self.async_write_ha_state()

    async def _async_enable(self, *, on: bool) -> None:
        alarms = self.household.alarms
        if (alarm := alarms.known.get(self._alarm.id)) is None:
            raise AlarmGone(speaker=self.zone.name, code="701")
        await alarms.async_change(replace(alarm, enabled=on))


def recurrence_name(alarm: Alarm) -> str:
    """Return how often an alarm rings: `once`, `daily`, `weekdays`, `weekends`, or `days` of the week."""
    name = alarm.recurrence
    return "days" if name.startswith("ON_") else name.lower()
