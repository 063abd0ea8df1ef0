"""Switches of a room: sound settings and crossfade."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Final, final, override

from homeassistant.components.switch import SwitchEntity, SwitchEntityDescription
from homeassistant.components.switch.const import DOMAIN as SWITCH_DOMAIN
from homeassistant.const import EntityCategory

from ..sonos.household import Household
from ..sonos.model import Zone
from ..sonos.playback.controls import Controls
from ..sonos.playback.sound_settings import Settings
from .optional_room_entity import RoomDescription, RoomDetail


@dataclass(frozen=True, kw_only=True)
class RoomSwitchDescription(SwitchEntityDescription, RoomDescription):
    """What a room can be told to do or not."""

    entity_category: EntityCategory | None = EntityCategory.CONFIG
    turn: Callable[[Household, str, bool], Coroutine[Any, Any, None]]


def _equaliser(
    kind: str,
) -> Callable[[Household, str, bool], Coroutine[Any, Any, None]]:
    return lambda household, uid, on: Settings(household, uid).async_set_equaliser(
        kind, int(on)
    )


def _speech(household: Household, zone: Zone) -> bool | None:
    sound = zone.sound
    ultra = household.is_ultra(zone.uid)
    return sound.speech_enhanced if ultra else sound.speech_enhancement


def _turn_speech(household: Household, uid: str, on: bool) -> Coroutine[Any, Any, None]:
    kind = "SpeechEnhanceEnabled" if household.is_ultra(uid) else "DialogLevel"
    return _equaliser(kind)(household, uid, on)


SWITCHES: Final = (
    RoomSwitchDescription(
        key="crossfade",
        translation_key="crossfade",
        value=lambda _, zone: zone.playback.crossfade,
        turn=lambda household, uid, on: Controls(household, uid).async_set_crossfade(
            on
        ),
    ),
    RoomSwitchDescription(
        key="loudness",
        translation_key="loudness",
        value=lambda _, zone: zone.sound.loudness,
        turn=lambda household, uid, on: Settings(household, uid).async_set_loudness(on),
    ),
    RoomSwitchDescription(
        key="night_mode",
        translation_key="night_mode",
        value=lambda _, zone: zone.sound.night_mode,
        turn=_equaliser("NightMode"),
    ),
    RoomSwitchDescription(
        key="speech_enhancement",
        translation_key="speech_enhancement",
        value=_speech,
        turn=_turn_speech,
    ),
    RoomSwitchDescription(
        key="surround",
        translation_key="surround",
        # Soundbars tell of it whether or not there are speakers behind the sofa.
        value=lambda _, zone: (
            zone.sound.surround if zone.channels & {"LR", "RR"} else None
        ),
        turn=_equaliser("SurroundEnable"),
    ),
    RoomSwitchDescription(
        key="subwoofer",
        translation_key="subwoofer",
        value=lambda household, zone: (
            zone.sound.subwoofer if household.has_subwoofer(zone) else None
        ),
        turn=_equaliser("SubEnable"),
    ),
)


@final
class RoomSwitch(RoomDetail[bool], SwitchEntity):
    """One thing that a room does or not."""

    domain = SWITCH_DOMAIN
    entity_description: RoomSwitchDescription

    @property
    @override
    def is_on(self) -> bool | None:
        """Whether it does."""
        return self.current

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
