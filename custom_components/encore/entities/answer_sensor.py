"""A sensor that shows an answer."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, final, override

from homeassistant.components.sensor import SensorEntity, SensorEntityDescription
from homeassistant.components.sensor.const import SensorDeviceClass, SensorStateClass
from homeassistant.const import UnitOfTime
from homeassistant.core import callback
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from ..questions.base.answer import AnsweredPlay, WindowAnswer
from ..questions.base.response import written
from ..questions.listening_time import ListeningTimeAnswer
from ..questions.plays import PlaysAnswer
from .entity_answers import Asked, Asks, EntityAnswers

LONGEST_STATE: Final = 255
"""Characters that Home Assistant takes as a state."""

_SEVERAL: Final = 5
"""Plays that are looked through for one that is over: what goes on in a few rooms at once comes before it."""


_ATTRIBUTES: Final = (
    "title",
    "artists",
    "album",
    "kind",
    "uri",
    "image_url",
    "listener",
    "rooms",
    "device",
    "started_at",
    "ended_at",
    "seconds_played",
    "skipped",
    "context_uri",
    "station",
)
"""What of a play is told beside its end."""


@dataclass(frozen=True, kw_only=True)
class AnswerSensorDescription(SensorEntityDescription):
    """What a sensor shows of an answer."""

    asks: Asked
    """The question; whose plays and where is added to it."""
    shows: Callable[[Any], str | int | float | datetime | None]
    attributes: Callable[[Any], dict[str, Any]] | None = field(default=None)
    """Its attributes."""


def always(asked: Asked) -> Asks:
    """Return what tells one and the same question whenever it is called."""
    return lambda: asked


@final
class AnswerSensor(CoordinatorEntity[EntityAnswers], SensorEntity):
    """Shows an answer as long as the history can be asked."""

    entity_description: AnswerSensorDescription
    _attr_has_entity_name = True
    _unrecorded_attributes = frozenset(
        {
            "album",
            "context_uri",
            "device",
            "ended_at",
            "image_url",
            "kind",
            "listener",
            "seconds_played",
            "skipped",
            "started_at",
            "station",
            "top",
            "uri",
        }
    )

    def __init__(
        self,
        answers: EntityAnswers,
        description: AnswerSensorDescription,
        asked: Asks,
        unique_id: str,
        device: DeviceInfo,
        *,
        placeholders: dict[str, str] | None = None,
    ) -> None:
        """Place the sensor on a device; `asked` tells what its question is now."""
        super().__init__(answers, context=asked)
        self.entity_description = description
        self._asked = asked
        self._attr_unique_id = unique_id
        self._attr_device_info = device
        self._attr_translation_placeholders = placeholders or {}

    @property
    def _answer(self) -> WindowAnswer | None:
        return self.coordinator.data.get(self._asked())

    @property
    @override
    def available(self) -> bool:
        """Whether the history answers; what it answers is unknown until it was asked."""
        data, asked = self.coordinator.data, self._asked()
        return super().available and (asked not in data or data[asked] is not None)

    @property
    @override
    def native_value(self) -> str | int | float | datetime | None:
        """What it shows of the answer."""
        answer = self._answer
        return None if answer is None else self.entity_description.shows(answer)

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any] | None:
        """What else it tells of the answer."""
        answer, attributes = self._answer, self.entity_description.attributes
        return None if answer is None or attributes is None else attributes(answer)

    @property
    @override
    def last_reset(self) -> datetime | None:
        """When what is summed up begins: at midnight, where the listener is."""
        answer = self._answer
        if answer is None or self.state_class is not SensorStateClass.TOTAL:
            return None
        return answer.scope.clock.local(answer.when.window.start)

    @callback
    @override
    def _handle_coordinator_update(self) -> None:
        self.coordinator.async_ask_unknown()
        super()._handle_coordinator_update()


def minutes(answer: ListeningTimeAnswer) -> int:
    """Return for how many minutes something was heard."""
    return int(answer.total.minutes)


def last_ended(answer: PlaysAnswer) -> datetime | None:
    """Return when the last play of an answer that is over ended."""
    last = _last(answer)
    return None if last is None else last.ended_at.local.replace(microsecond=0)


def last_play_attributes(answer: PlaysAnswer) -> dict[str, Any]:
    """Return what the last play of an answer was that is over."""
    last = _last(answer)
    data = {} if last is None else written(last)
    return {name: data[name] for name in _ATTRIBUTES if name in data}


def _last(answer: PlaysAnswer) -> AnsweredPlay | None:
    return next((play for play in answer.plays if not play.under_way), None)


TODAY: Final = Asked.of("listening_time", window="today")

TIME_TODAY: Final = AnswerSensorDescription(
    key="listening_time_today",
    translation_key="listening_time_today",
    device_class=SensorDeviceClass.DURATION,
    native_unit_of_measurement=UnitOfTime.MINUTES,
    state_class=SensorStateClass.TOTAL,
    asks=TODAY,
    shows=minutes,
)

LAST_PLAY: Final = AnswerSensorDescription(
    key="last_play",
    translation_key="last_play",
    device_class=SensorDeviceClass.TIMESTAMP,
    asks=Asked.of("plays", window="all_time", limit=_SEVERAL),
    shows=last_ended,
    attributes=last_play_attributes,
)
