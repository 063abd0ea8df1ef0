"""Sensors of a listener who shares with the household, and of the account's login."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, final, override

from homeassistant.components.sensor import SensorEntity
from homeassistant.components.sensor.const import SensorDeviceClass, SensorStateClass
from homeassistant.const import EntityCategory, UnitOfTime
from homeassistant.core import callback
from homeassistant.util import dt as dt_util

from ..access.account_listener import listener_key
from ..const import CONF_ACCOUNT_ID
from ..questions.streaks import StreaksAnswer
from ..questions.top import TopAnswer
from ..settings.options import top_window
from ..spotify.account import SpotifyConfigEntry
from ..spotify.auth.login_end import login_ends_at
from .answer_sensor import (
    LAST_PLAY,
    LONGEST_STATE,
    TIME_TODAY,
    TODAY,
    AnswerSensor,
    AnswerSensorDescription,
    always,
)
from .base_entities import SpotifyAccountEntity, account_device
from .entity_answers import Asked, EntityAnswers

_PLACES: Final = 5
"""How many artists the sensor of the top artist names."""

PLAYS_TODAY: Final = AnswerSensorDescription(
    key="plays_today",
    translation_key="plays_today",
    state_class=SensorStateClass.TOTAL,
    asks=TODAY,
    shows=lambda answer: answer.total.plays,
)


def _current(answer: StreaksAnswer) -> int:
    return answer.current.days if answer.current else 0


def _streaks(answer: StreaksAnswer) -> dict[str, Any]:
    longest = next(iter(answer.streaks), None)
    return {
        "since": answer.current.first.isoformat() if answer.current else None,
        "longest": longest.days if longest else 0,
    }


STREAK: Final = AnswerSensorDescription(
    key="streak",
    translation_key="streak",
    device_class=SensorDeviceClass.DURATION,
    native_unit_of_measurement=UnitOfTime.DAYS,
    state_class=SensorStateClass.MEASUREMENT,
    asks=Asked.of("streaks", window="all_time", limit=1),
    shows=_current,
    attributes=_streaks,
)


def _top_artist(answer: TopAnswer) -> str | None:
    return answer.top[0].name[:LONGEST_STATE] if answer.top else None


def _top(answer: TopAnswer) -> dict[str, Any]:
    top = [
        {"name": entry.name, "play_count": entry.plays, "minutes": int(entry.minutes)}
        for entry in answer.top
    ]
    first = top[0] if top else {"play_count": 0, "minutes": 0}
    return {"play_count": first["play_count"], "minutes": first["minutes"], "top": top}


def _top_artist_of(window: str) -> AnswerSensorDescription:
    return AnswerSensorDescription(
        key="top_artist",
        translation_key=f"top_artist_{window}",
        asks=Asked.of("top", of="artists", window=window, limit=_PLACES),
        shows=_top_artist,
        attributes=_top,
    )


@callback
def listener_sensors(
    entry: SpotifyConfigEntry, answers: EntityAnswers
) -> list[SensorEntity]:
    """Return the sensors of the listener of an account."""
    descriptions = (
        TIME_TODAY,
        PLAYS_TODAY,
        _top_artist_of(top_window(entry)),
        STREAK,
        LAST_PLAY,
    )
    return [
        *_of_listener(entry, answers, descriptions),
        LoginEndSensor(entry.runtime_data.coordinator),
    ]


def _of_listener(
    entry: SpotifyConfigEntry,
    answers: EntityAnswers,
    descriptions: tuple[AnswerSensorDescription, ...],
) -> Iterator[AnswerSensor]:
    listener = ("listener", listener_key(entry))
    for description in descriptions:
        asked = replace(
            description.asks, arguments=(*description.asks.arguments, listener)
        )
        yield AnswerSensor(
            answers,
            description,
            always(asked),
            f"{entry.data[CONF_ACCOUNT_ID]}_{description.key}",
            account_device(entry),
        )


@final
class LoginEndSensor(SpotifyAccountEntity, SensorEntity):
    """When Spotify ends the login, and somebody has to log in again."""

    _attr_translation_key = "login_end"
    _attr_device_class = SensorDeviceClass.TIMESTAMP
    _attr_entity_category = EntityCategory.DIAGNOSTIC
    _attr_entity_registry_enabled_default = False

    @property
    @override
    def native_value(self) -> datetime:
        """Six months after somebody logged in."""
        ends_at = login_ends_at(self.coordinator.config_entry)
        return dt_util.utc_from_timestamp(ends_at // 1000)
