"""What a question may be asked with: parameters that every door derives its own schema from.

A question declares them as fields of a frozen dataclass, described where they stand:

    @dataclass(frozen=True, slots=True, kw_only=True)
    class TopParameters:
        of: Annotated[TopOf, OF]
        window: Annotated[str | None, WINDOW] = None

Values are what JSON can carry: texts, whole numbers, the values of a StrEnum, and of listeners and rooms lists of texts.
"""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from typing import Annotated, Any, Final, get_args, get_origin, get_type_hints

from .errors import BadParameter

LONGEST_TEXT: Final = 200
"""Characters; longer names name nothing, and are not worth searching for."""


class Form(StrEnum):
    """What a value stands for, in the order in which interfaces ask for it."""

    CHOICE = "choice"
    THING = "thing"
    MOMENT = "moment"
    WINDOW = "window"
    TIME = "time"
    LISTENER = "listener"
    ROOM = "room"
    DEVICE = "device"
    FILTER = "filter"
    COUNT = "count"


CHOSEN: Final = frozenset({Form.CHOICE, Form.FILTER})
"""What takes one of some values."""
SEVERAL: Final = frozenset({Form.LISTENER, Form.ROOM})
"""What takes one name, or a list of them."""
MOST_NAMES: Final = 50
"""How many names such a list may have."""


@dataclass(frozen=True, slots=True)
class Described:
    """What a parameter stands for, and the English that explains it in every interface."""

    form: Form
    title: str
    description: str
    example: str | int
    most: int = 0
    """Highest number, for a count."""
    least: int = 1


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a question, as its doors see it."""

    name: str
    described: Described
    required: bool
    choices: tuple[str, ...] = ()


def parameters_of(declared: type) -> tuple[Parameter, ...]:
    """Return the parameters that a dataclass declares, in the order of their forms."""
    hints = get_type_hints(declared, include_extras=True)
    declares = (
        _parameter(field.name, hints[field.name], required=field.default is MISSING)
        for field in fields(declared)
    )
    order = list(Form)
    return tuple(sorted(declares, key=lambda each: order.index(each.described.form)))


def read[P](declared: type[P], values: Mapping[str, object]) -> P:
    """Return a question's parameters from what a door was given.

    Raises BadParameter for a value that cannot be, one that is missing, or one too many.
    """
    known = {parameter.name: parameter for parameter in parameters_of(declared)}
    hints = get_type_hints(declared)
    read_values: dict[str, Any] = {}
    for name, value in values.items():
        if name not in known:
            raise BadParameter(name)
        if value is not None:
            read_values[name] = _read(known[name], hints[name], value)
    for parameter in known.values():
        if parameter.required and parameter.name not in read_values:
            raise BadParameter(parameter.name)
    return declared(**read_values)


def _parameter(name: str, hint: Any, *, required: bool) -> Parameter:
    if get_origin(hint) is not Annotated:
        raise TypeError(f"The parameter {name} lacks a description")
    kind, described = get_args(hint)
    choices = tuple(_choice(kind)) if described.form in CHOSEN else ()
    return Parameter(name, described, required, tuple(str(each) for each in choices))


def _read(parameter: Parameter, kind: Any, value: object) -> object:
    described = parameter.described
    match described.form:
        case Form.COUNT:
            if isinstance(value, bool) or not isinstance(value, int):
                raise BadParameter(parameter.name)
            if not described.least <= value <= described.most:
                raise BadParameter(parameter.name)
            return value
        case Form.CHOICE | Form.FILTER:
            if value not in parameter.choices:
                raise BadParameter(parameter.name)
            return _choice(kind)(value)
        case Form.LISTENER | Form.ROOM if isinstance(value, (list, tuple)):
            if not 0 < len(value) <= MOST_NAMES:
                raise BadParameter(parameter.name)
            return tuple(_text(parameter, each) for each in value)
        case _:
            return _text(parameter, value)


def _text(parameter: Parameter, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BadParameter(parameter.name)
    return value.strip()[:LONGEST_TEXT]


def _choice(kind: Any) -> type[StrEnum]:
    """Return the StrEnum of a hint that may also be None."""
    (choice,) = (
        each
        for each in (*get_args(kind), kind)
        if isinstance(each, type) and issubclass(each, StrEnum)
    )
    return choice


WINDOW: Final = Described(
    Form.WINDOW,
    "Window",
    "When: a name such as last_night, yesterday_evening, this_week, july, 2019, 2026-07 or last_90_days.",
    "last_night",
)
START: Final = Described(
    Form.TIME,
    "From",
    "Instead of a window: its first moment, as a date or a date with a time.",
    "2026-07-01",
)
END: Final = Described(
    Form.TIME,
    "To",
    "Instead of a window: its end, as a date (which is included) or a date with a time (which is not).",
    "2026-07-14 20:00",
)
MOMENT: Final = Described(
    Form.MOMENT,
    "Moment",
    "The moment: an hour such as 8 pm, a window and an hour such as yesterday 20:00, 10_minutes_ago, or a date with a time.",
    "yesterday 20:00",
)
LISTENER: Final = Described(
    Form.LISTENER,
    "Listener",
    "Whose listening: a name, several, or me for whoever asks. Everyone's if left out.",
    "Alva",
)
ROOM: Final = Described(
    Form.ROOM,
    "Room",
    "Only what sounded in this room, or one of several: an area or its name, or here for where the asker is.",
    "kitchen",
)
DEVICE: Final = Described(
    Form.DEVICE,
    "Player",
    "Only what sounded on the player of this name.",
    "Living room speaker",
)
KIND: Final = Described(
    Form.FILTER, "Kind", "Only music, podcasts or audiobooks.", "music"
)
SOURCE: Final = Described(
    Form.FILTER,
    "Source",
    "Only what this source has witnessed: Spotify's player as it was watched, its recently played list, an export, account data, Sonos, or another player.",
    "export",
)
MINIMUM_PLAYED: Final = Described(
    Form.COUNT,
    "Minimum played",
    "Only what sounded for at least so many seconds; 30 if left out, as at Spotify.",
    30,
    most=86_400,
    least=0,
)
BY: Final = Described(
    Form.CHOICE, "By", "What counts: plays, or minutes played.", "plays"
)
LIMIT: Final = Described(
    Form.COUNT,
    "Limit",
    "How many to name. Left out, up to ten are returned and up to three are spoken.",
    5,
    most=100,
)
LISTED: Final = 10
"""How many are returned unless asked otherwise."""
SPOKEN: Final = 3
"""How many are spoken unless asked otherwise."""
