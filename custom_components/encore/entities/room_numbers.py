"""Numbers of a room: group volume, sound settings and the sleep timer of its group."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Final, final, override

from homeassistant.components.number import NumberEntity, NumberEntityDescription
from homeassistant.components.number.const import DOMAIN as NUMBER_DOMAIN, NumberMode
from homeassistant.const import PERCENTAGE, EntityCategory, UnitOfTime
from homeassistant.core import callback
from homeassistant.util import dt as dt_util

from ..runtime.planned_call import PlannedCall
from ..sonos.household import Household
from ..sonos.model import Zone
from ..sonos.playback.controls import LONGEST_SLEEP_MINUTES, Controls
from .optional_room_entity import RoomDescription, RoomDetail, Value


@dataclass(frozen=True, kw_only=True)
class RoomNumberDescription(NumberEntityDescription, RoomDescription):
    """A number that a room has."""

    set_to: Callable[[Controls, int], Coroutine[Any, Any, None]]


def group_volume(household: Household, zone: Zone) -> int | None:
    """Return the mean volume of a zone's group, in percent, as Sonos reckons it."""
    members = (household.zones.get(uid) for uid in zone.members)
    volumes = [
        one.sound.volume for one in members if one and one.sound.volume is not None
    ]
    return round(sum(volumes) / len(volumes)) if volumes else None


_MINUTE_MS: Final = 60_000

GROUP_VOLUME: Final = RoomNumberDescription(
    key="group_volume",
    translation_key="group_volume",
    native_unit_of_measurement=PERCENTAGE,
    native_min_value=0,
    native_max_value=100,
    mode=NumberMode.SLIDER,
    value=group_volume,
    set_to=Controls.async_set_group_volume,
)


def _setting(
    key: str,
    lowest: int,
    highest: int,
    set_to: Callable[[Controls, int], Coroutine[Any, Any, None]],
    value: Value[int] | None = None,
    *,
    enabled: bool = True,
) -> RoomNumberDescription:
    """Return a setting of a speaker's sound; unless `value` reads it, it is the field of its key."""
    return RoomNumberDescription(
        key=key,
        translation_key=key,
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=enabled,
        native_min_value=lowest,
        native_max_value=highest,
        value=value or (lambda _, zone: getattr(zone.sound, key)),
        set_to=set_to,
    )


OF_THE_SPEAKER: Final = (
    _setting("bass", -10, 10, Controls.async_set_bass),
    _setting("treble", -10, 10, Controls.async_set_treble),
    # One speaker alone is in the middle of the room.
    _setting("balance", -100, 100, Controls.async_set_balance, enabled=False),
    _setting(
        "subwoofer_gain",
        -15,
        15,
        lambda controls, value: controls.async_set_equaliser("SubGain", value),
        lambda household, zone: (
            zone.sound.subwoofer_gain if household.has_subwoofer(zone) else None
        ),
    ),
    # Set once, if ever.
    _setting(
        "audio_delay",
        0,
        5,
        lambda controls, value: controls.async_set_equaliser("AudioDelay", value),
        enabled=False,
    ),
)


class RoomNumber(RoomDetail[int], NumberEntity):
    """One number of a room."""

    domain = NUMBER_DOMAIN
    entity_description: RoomNumberDescription

    @property
    @override
    def native_value(self) -> int | None:
        """What it is now."""
        return self.current

    @override
    async def async_set_native_value(self, value: float) -> None:
        """Set it."""
        controls = Controls(self.household, self.uid)
        set_to = self.entity_description.set_to
        await self._async_command(set_to(controls, round(value)))


@final
class GroupVolume(RoomNumber):
    """The volume of all rooms that play together."""

    @override
    def _is_news(self, before: Zone | None, after: Zone) -> bool:
        # That a room came or went is told by a change of this one.
        return after.uid in self.zone.members and (
            before is None
            or before.members != after.members
            or before.available != after.available
            or before.sound.volume != after.sound.volume
        )


SLEEP_NUMBER: Final = RoomNumberDescription(
    key="sleep_timer",
    translation_key="sleep_timer",
    native_unit_of_measurement=UnitOfTime.MINUTES,
    native_min_value=0,
    native_max_value=LONGEST_SLEEP_MINUTES,
    mode=NumberMode.BOX,
    value=lambda _, zone: zone.sleeps_at or 0,
    set_to=Controls.async_set_sleep_timer,
)


@final
class SleepTimerNumber(RoomNumber):
    """Minutes until the group falls silent; 0 for no timer."""

    @property
    @override
    def native_value(self) -> int:
        """Minutes that are left, the last one begun."""
        now = dt_util.utcnow().timestamp() * 1000
        return max(0, -int((now - (self.zone.sleeps_at or 0)) // _MINUTE_MS))

    @override
    async def async_added_to_hass(self) -> None:
        """Count the minutes while the timer runs."""
        self._minute = PlannedCall(self.hass, self._minute_over)
        await super().async_added_to_hass()
        self.async_on_remove(self._minute.cancel)

    @override
    def _read(self) -> None:
        """Show what is left again when it is a minute less."""
        self._minute.cancel()
        if self.zone.sleeps_at is not None and (left := self.native_value):
            at = self.zone.sleeps_at - (left - 1) * _MINUTE_MS
            self._minute.plan(max(at / 1000 - dt_util.utcnow().timestamp(), 0))

    @callback
    def _minute_over(self) -> None:
        self.async_write_ha_state()
        self._read()
