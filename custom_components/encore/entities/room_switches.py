"""Switches of a room: sound settings and crossfade."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Final, final, override

from homeassistant.components.switch import SwitchEntityDescription
from homeassistant.components.switch.const import DOMAIN as SWITCH_DOMAIN
from homeassistant.const import EntityCategory

from ..sonos.household import Household
from ..sonos.model import Zone
from ..sonos.playback.controls import Controls
from .base_entities import CommandSwitch
from .optional_room_entity import RoomDescription, RoomDetail, Value


@dataclass(frozen=True, kw_only=True)
class RoomSwitchDescription(SwitchEntityDescription, RoomDescription):
    """What a room can be told to do or not."""

    entity_category: EntityCategory | None = EntityCategory.CONFIG
    turn: Callable[[Controls, bool], Coroutine[Any, Any, None]]


def _switch(
    key: str,
    turn: str | Callable[[Controls, bool], Coroutine[Any, Any, None]],
    value: Value[bool] | None = None,
) -> RoomSwitchDescription:
    """Return a switch of a speaker's sound; unless `value` reads it, it is the field of its key.

    `turn` is a function, or UPnP's name of a setting of the equaliser.
    """
    return RoomSwitchDescription(
        key=key,
        translation_key=key,
        value=value or (lambda _, zone: getattr(zone.sound, key)),
        turn=_equaliser(turn) if isinstance(turn, str) else turn,
    )


def _equaliser(kind: str) -> Callable[[Controls, bool], Coroutine[Any, Any, None]]:
    return lambda controls, on: controls.async_set_equaliser(kind, int(on))


def _speech(household: Household, zone: Zone) -> bool | None:
    sound = zone.sound
    ultra = household.is_ultra(zone.uid)
    return sound.speech_enhanced if ultra else sound.speech_enhancement


SWITCHES: Final = (
    _switch(
        "crossfade",
        Controls.async_set_crossfade,
        lambda _, zone: zone.playback.crossfade,
    ),
    _switch("loudness", Controls.async_set_loudness),
    _switch("night_mode", "NightMode"),
    _switch("speech_enhancement", Controls.async_set_speech_enhancement, _speech),
    # Soundbars report it whether or not there are speakers behind the sofa.
    _switch(
        "surround",
        "SurroundEnable",
        lambda _, zone: zone.sound.surround if zone.channels & {"LR", "RR"} else None,
    ),
    _switch(
        "subwoofer",
        "SubEnable",
        lambda household, zone: (
            zone.sound.subwoofer if household.has_subwoofer(zone) else None
        ),
    ),
)


@final
class RoomSwitch(RoomDetail[bool], CommandSwitch):
    """One thing that a room does or not."""

    domain = SWITCH_DOMAIN
    entity_description: RoomSwitchDescription

    @property
    @override
    def is_on(self) -> bool | None:
        """Whether it does."""
        return self.current

    @override
    async def _async_turn(self, *, on: bool) -> None:
        controls = Controls(self.household, self.uid)
        await self._async_command(self.entity_description.turn(controls, on))
