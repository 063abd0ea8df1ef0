"""Random parameters for any question of the registry, drawn by what they are declared to be."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
import random
from typing import Any, Final, NamedTuple

from custom_components.encore.history.model import Window
from custom_components.encore.history.time_ranges.local_clock import Clock
from custom_components.encore.questions.base.parameters import Form, Parameter
from custom_components.encore.questions.base.question import Question

DAY_S: Final = 86_400
WHOLE: Final = "all_time"

type Values = dict[str, Any]


@dataclass(frozen=True)
class Known:
    """What can be asked about: who, where and on what was heard, and what."""

    clock: Clock
    recorded: Window
    """From the first play to now."""
    listeners: Sequence[str]
    rooms: Sequence[str]
    devices: Sequence[str]
    things: Mapping[str, Sequence[str]]
    """Names of what was heard, by what they are: tracks, artists, albums and shows."""


class Span(NamedTuple):
    """A window in UTC milliseconds, at whole seconds."""

    start: int
    end: int

    @property
    def values(self) -> Values:
        """The window as a question is given it."""
        return {"start_time": _iso(self.start), "end_time": _iso(self.end)}


class Drawing:
    """Draws what questions are asked with, the same for the same seed."""

    def __init__(self, known: Known, seed: int) -> None:
        """Draw from what is known."""
        self._known = known
        self._chance = random.Random(seed)

    def values(self, question: Question[Any, Any]) -> Values:
        """Return values for a question, as a door would hand them over."""
        parameters = {each.name: each for each in question.parameters}
        values: Values = {}
        if "window" in parameters:
            values |= self.window()
        for name, parameter in parameters.items():
            if parameter.described.form is Form.TIME or name == "window":
                continue
            often = _OFTEN.get(parameter.described.form, 0.5)
            if parameter.required or self._chance.random() < often:
                values[name] = self._value(parameter)
        if hook := HOOKS.get(question.key):
            hook(self, values)
        return values

    def window(self) -> Values:
        """Return a window from a day to all of history, which every fourth is."""
        if self._chance.random() < 0.25:
            return {"window": WHOLE}
        return self.span().values

    def span(self) -> Span:
        """Return a window from a day to all of history; as many up to ten days as of a hundred to a thousand."""
        first, after = (
            self._known.recorded.start // 1000,
            self._known.recorded.end // 1000,
        )
        days = (after - first) / DAY_S
        seconds = int(DAY_S * days ** self._chance.random())
        start = self._chance.randint(first, after - seconds)
        return Span(start * 1000, (start + seconds) * 1000)

    def moment(self) -> str:
        """Return a moment of the history."""
        recorded = self._known.recorded
        return _iso(self._chance.randrange(recorded.start, recorded.end))

    def one_of(self, *values: object) -> object:
        """Return one of some values."""
        return self._chance.choice(values)

    def thing(self, of: str | None = None) -> str:
        """Return the name of something that was heard: a track, an artist, an album or a show."""
        of = of or self._chance.choice(list(self._known.things))
        return self._chance.choice(self._known.things[of])

    def _value(self, parameter: Parameter) -> object:
        described, known = parameter.described, self._known
        match described.form:
            case Form.CHOICE | Form.FILTER:
                return self._chance.choice(parameter.choices)
            case Form.COUNT:
                most = max(described.least, min(described.most, 50))
                return self._chance.randint(described.least, most)
            case Form.MOMENT:
                return self.moment()
            case Form.LISTENER:
                return self._some(known.listeners)
            case Form.ROOM:
                return self._some(known.rooms)
            case Form.DEVICE:
                return self._chance.choice(known.devices)
            case Form.THING:
                return self.thing()
            case _:
                return described.example

    def _some(self, names: Sequence[str]) -> list[str]:
        return self._chance.sample(names, self._chance.randint(1, min(2, len(names))))


_OFTEN: Final = {
    Form.LISTENER: 0.4,
    Form.ROOM: 0.15,
    Form.DEVICE: 0.05,
    Form.FILTER: 0.15,
    Form.COUNT: 0.3,
}
"""How often an optional parameter is given."""


def _two_windows(drawing: Drawing, values: Values) -> None:
    values["compared_with"] = drawing.one_of("last_month", "last_year", "2019", WHOLE)


def _any_day(drawing: Drawing, values: Values) -> None:
    values["date"] = drawing.moment()[:10]


def _any_year(drawing: Drawing, values: Values) -> None:
    values["year"] = int(drawing.moment()[:4])


HOOKS: Final[dict[str, Callable[[Drawing, Values], None]]] = {
    "comparison": _two_windows,
    "on_this_day": _any_day,
    "year": _any_year,
}
"""For questions with parameters of their own meaning, or that depend on each other: what gives them values that fit."""


def _iso(moment: int) -> str:
    return datetime.fromtimestamp(moment / 1000, UTC).isoformat(timespec="seconds")
