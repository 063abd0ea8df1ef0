"""Switches of a room: sound settings, crossfade, alarms."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, final, override

from homeassistant.components.switch import SwitchEntity, SwitchEntityDescription
from homeassistant.components.switch.const import DOMAIN as SWITCH_DOMAIN
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from ..sonos.equipment import has_subwoofer, is_ultra
from ..sonos.household import Household, SonosConfigEntry
from ..sonos.model import Zone
from ..sonos.playback.controls import Controls
from ..sonos.playback.sound_settings import Settings
from .alarm_switch import async_add_alarm_switches
from .optional_room_entity import Offer, RoomDetail, Told, async_add_as_offered


@dataclass(frozen=True, kw_only=True)
class RoomSwitchDescription(SwitchEntityDescription):
    """What a room can be told to do or not."""

    told: Told[bool]
    turn: Callable[[Household, str, bool], Coroutine[Any, Any, None]]


def _equaliser(
    kind: str,
) -> Callable[[Household, str, bool], Coroutine[Any, Any, None]]:
    return lambda household, uid, on: Settings(household, uid).async_set_equaliser(
        kind, int(on)
    )


def _speech(household: Household, zone: Zone) -> bool | None:
    sound = zone.sound
    ultra = is_ultra(household, zone.uid)
    return sound.speech_enhanced if ultra else sound.speech_enhancement


def _turn_speech(household: Household, uid: str, on: bool) -> Coroutine[Any, Any, None]:
    kind = "SpeechEnhanceEnabled" if is_ultra(household, uid) else "DialogLevel"
    return _equaliser(kind)(household, uid, on)


SWITCHES: Final = (
    RoomSwitchDescription(
        key="crossfade",
        translation_key="crossfade",
        entity_category=EntityCategory.CONFIG,
        told=lambda _, zone: zone.playback.crossfade,
        turn=lambda household, uid, on: Controls(household, uid).async_set_crossfade(
            on
        ),
    ),
    RoomSwitchDescription(
        key="loudness",
        translation_key="loudness",
        entity_category=EntityCategory.CONFIG,
        told=lambda _, zone: zone.sound.loudness,
        turn=lambda household, uid, on: Settings(household, uid).async_set_loudness(on),
    ),
    RoomSwitchDescription(
        key="night_mode",
        translation_key="night_mode",
        entity_category=EntityCategory.CONFIG,
        told=lambda _, zone: zone.sound.night_mode,
        turn=_equaliser("NightMode"),
    ),
    RoomSwitchDescription(
        key="speech_enhancement",
        translation_key="speech_enhancement",
        entity_category=EntityCategory.CONFIG,
        told=_speech,
        turn=_turn_speech,
    ),
    RoomSwitchDescription(
        key="surround",
        translation_key="surround",
        entity_category=EntityCategory.CONFIG,
        # Soundbars tell of it whether or not there are speakers behind the sofa.
        told=lambda _, zone: (
            zone.sound.surround if zone.channels & {"LR", "RR"} else None
        ),
        turn=_equaliser("SurroundEnable"),
    ),
    RoomSwitchDescription(
        key="subwoofer",
        translation_key="subwoofer",
        entity_category=EntityCategory.CONFIG,
        told=lambda household, zone: (
            zone.sound.subwoofer if has_subwoofer(household, zone) else None
        ),
        turn=_equaliser("SubEnable"),
    ),
)


@callback
def async_add_room_switches(
    hass: HomeAssistant,
    entry: SonosConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the switches of each room and alarm there is, and of each that comes."""
    offers: list[Offer] = [
        (each, each.told, partial(RoomSwitch, description=each)) for each in SWITCHES
    ]
    async_add_as_offered(entry, async_add_entities, offers)
    async_add_alarm_switches(hass, entry, async_add_entities)


@final
class RoomSwitch(RoomDetail[bool], SwitchEntity):
    """One thing that a room does or not."""

    domain = SWITCH_DOMAIN
    entity_description: RoomSwitchDescription

    def __init__(
        self, household: Household, uid: str, description: RoomSwitchDescription
    ) -> None:
        """Show and turn what the description says."""
        super().__init__(household, uid, description, description.told)

    @property
    @override
    def is_on(self) -> bool | None:
        """Whether it does."""
        return self.told

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Let it."""
        await self._async_turn(on=True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Let it not."""
        await self._async_turn(on=False)

    async def _async_turn(self, *, on: bool) -> None:
        turn = self.entity_description.turn
        await self._async_command(turn(self.household, self.uid, on))
