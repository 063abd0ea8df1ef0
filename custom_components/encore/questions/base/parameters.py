"""Parameters of questions and commands, from which interfaces make their schemas.

Each declares them as fields, described where they stand:

    class TopParameters(Parameters):
        of: Annotated[TopOf, OF]
        window: Annotated[str | None, WINDOW] = None

Values are what JSON can carry: texts, whole numbers, truth values, the values of a StrEnum, and of listeners, rooms and
links lists of texts.
"""

from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from enum import StrEnum
from typing import (
    Annotated,
    Any,
    ClassVar,
    Final,
    dataclass_transform,
    get_args,
    get_origin,
    get_type_hints,
    override,
)

from .errors import BadParameter, UnknownParameter

ASKED: Final = "asked"
"""The parameter that has those of a question in it."""
LONGEST_TEXT: Final = 200
"""Characters; longer names name nothing, and are not worth searching for."""


class Form(StrEnum):
    """What a value stands for, in the order in which interfaces ask for it."""

    CHOICE = "choice"
    THING = "thing"
    THINGS = "things"
    """Things by name, one or several."""
    LINK = "link"
    """Things on Spotify, one or several: URIs or share links. Read as a tuple of texts."""
    TEXT = "text"
    """Words that are kept as they are."""
    MOMENT = "moment"
    WINDOW = "window"
    TIME = "time"
    LISTENER = "listener"
    ACCOUNT = "account"
    """One linked account, by the name of its listener."""
    ROOM = "room"
    DEVICE = "device"
    FILTER = "filter"
    COUNT = "count"
    FLAG = "flag"
    """Yes or no."""
    ENTRY = "entry"
    """An account, by the id of its config entry."""
    PLAY = "play"
    """Plays, one or several, by the ids that answers give. Read as a tuple of texts."""
    ASKED = "asked"
    """What a question is asked with: an object of its parameters."""


CHOSEN: Final = frozenset({Form.CHOICE, Form.FILTER})
"""What takes one of some values."""
LISTS: Final = frozenset({Form.LINK, Form.PLAY})
"""What is always read as a tuple of texts."""
SEVERAL: Final = LISTS | {Form.THINGS, Form.LISTENER, Form.ROOM}
"""What takes one text, or a list of them."""
MOST_NAMES: Final = 50
"""How many texts such a list may have, unless the parameter says otherwise."""


PUBLIC_NAMES: Final = {
    "asked": "parameters",
    "at": "time",
    "at_least": "minimum_plays",
    "deed": "type",
    "dry_run": "preview",
    "fresh": "refresh",
    "heard_by": "played_by",
    "heard_in": "played_in",
    "keep_away": "block_reimport",
    "onto": "target_room",
    "place": "position",
    "plays": "media",
    "quiet_days": "days_without_plays",
    "span": "period",
    "thing": "item",
    "what": "item",
    "window": "time_range",
}
"""What interfaces call parameters that are labels of the trained reader, or whose names are not what people would type."""
_LABELS: Final = {
    public: name for name, public in PUBLIC_NAMES.items() if name != "what"
}
"""The names of questions' parameters by public name; no question takes a `what`."""


@dataclass(frozen=True, slots=True)
class Described:
    """What a parameter stands for, and the English that explains it in every interface."""

    form: Form
    description: str
    example: str | int | bool | Mapping[str, object] = field(hash=False)
    most: int = 0
    """Highest number, for a count; for links, how many there may be."""
    least: int = 1
    longest: int = LONGEST_TEXT
    """Characters that a text may have."""
    is_rare: bool = False
    """Whether few people need it: forms have it in a section that is closed at first."""
    title: str = ""
    """What people read as its name, where that is not its public name."""
    list_name: str = ""
    """What the list of choices is called in the translations, where that is not by the parameter; its texts there stay."""

    @property
    def most_texts(self) -> int:
        """How many texts a list may have."""
        return self.most or MOST_NAMES


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter, as interfaces see it."""

    name: str
    """How code, sentences and what was learned of them call it."""
    described: Described
    required: bool
    choices: tuple[str, ...] = ()
    default: object = None

    @property
    def public_name(self) -> str:
        """Return how actions, tools, HTTP, WebSocket, intents, errors and the audit log call it."""
        return PUBLIC_NAMES.get(self.name, self.name)

    @property
    def title(self) -> str:
        """Return what people read as its name."""
        return self.described.title or self.public_name.replace("_", " ").capitalize()


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Parameters:
    """Parameters of a question or a command: each subclass is a frozen dataclass, made by keywords."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @override
    def __init_subclass__(cls) -> None:
        """Make a dataclass of it."""
        super().__init_subclass__()
        dataclass(frozen=True, kw_only=True)(cls)


def parameters_of(declared: type) -> tuple[Parameter, ...]:
    """Return the parameters that a dataclass declares, in the order of their forms."""
    return _declared(declared)[0]


def _declared(declared: type) -> tuple[tuple[Parameter, ...], dict[str, Any]]:
    """Return the parameters of a dataclass, and their types; each is read once."""
    if (known := _KNOWN.get(declared)) is not None:
        return known
    hints = get_type_hints(declared, include_extras=True)
    declares = (
        _parameter(field.name, hints[field.name], field.default)
        for field in fields(declared)
    )
    order = list(Form)
    in_order = sorted(declares, key=lambda each: order.index(each.described.form))
    _KNOWN[declared] = found = tuple(in_order), get_type_hints(declared)
    return found


_KNOWN: Final[dict[type, tuple[tuple[Parameter, ...], dict[str, Any]]]] = {}


def read[P](declared: type[P], values: Mapping[str, object]) -> P:
    """Return the parameters of a question or a command from what an interface was given.

    Raises BadParameter for a value that cannot be or is missing, and UnknownParameter for one too many.
    """
    parameters, hints = _declared(declared)
    known = {parameter.name: parameter for parameter in parameters}
    read_values: dict[str, Any] = {}
    for name, value in values.items():
        if name not in known:
            names = (each.public_name for each in parameters)
            raise UnknownParameter(PUBLIC_NAMES.get(name, name), tuple(names))
        if value is not None:
            read_values[name] = _read(known[name], value, hints[name])
    for parameter in known.values():
        if parameter.required and parameter.name not in read_values:
            raise BadParameter(parameter.public_name)
    return declared(**read_values)


def by_label(declared: type, values: Mapping[str, object]) -> dict[str, object]:
    """Return values that an interface was given under their public names, by the names that `read` takes.

    Raises UnknownParameter for one that there is not.
    """
    names = {each.public_name: each.name for each in parameters_of(declared)}
    if unknown := next((each for each in values if each not in names), None):
        raise UnknownParameter(unknown, tuple(names))
    labelled = {names[name]: value for name, value in values.items()}
    if isinstance(asked := labelled.get(ASKED), Mapping):
        labelled[ASKED] = {_label(str(name)): each for name, each in asked.items()}
    return labelled


def by_public_name(values: Mapping[str, object]) -> dict[str, object]:
    """Return values of parameters under their public names."""
    public = {PUBLIC_NAMES.get(name, name): value for name, value in values.items()}
    if isinstance(asked := values.get(ASKED), Mapping):
        public[PUBLIC_NAMES[ASKED]] = by_public_name(asked)
    return public


def read_public[P](declared: type[P], values: Mapping[str, object]) -> P:
    """Return the parameters of a question or a command from values under their public names; raises as `read`."""
    return read(declared, by_label(declared, values))


def _label(public: str) -> str:
    """Return the name of a question's parameter inside of a command's. Raises UnknownParameter for what has another public name."""
    if public in PUBLIC_NAMES:
        raise UnknownParameter(public, (PUBLIC_NAMES[public],))
    return _LABELS.get(public, public)


def _parameter(name: str, hint: Any, default: object) -> Parameter:
    if get_origin(hint) is not Annotated:
        raise TypeError(f"The parameter {name} lacks a description")
    kind, described = get_args(hint)
    choices = tuple(_choice(kind)) if described.form in CHOSEN else ()
    required = default is MISSING
    return Parameter(
        name,
        described,
        required,
        tuple(str(each) for each in choices),
        None if required else default,
    )


def _read(parameter: Parameter, value: object, kind: Any) -> object:
    described = parameter.described
    match described.form:
        case Form.COUNT:
            return _whole_number(parameter, value)
        case Form.CHOICE | Form.FILTER:
            if value not in parameter.choices:
                raise BadParameter(parameter.public_name)
            return _choice(kind)(value)
        case Form.FLAG:
            return _yes_or_no(parameter, value)
        case Form.ASKED:
            if not isinstance(value, Mapping):
                raise BadParameter(parameter.public_name)
            return {str(name): each for name, each in value.items()}
        case form if form in SEVERAL and isinstance(value, (list, tuple)):
            if not 0 < len(value) <= described.most_texts:
                raise BadParameter(parameter.public_name)
            return tuple(_text(parameter, each) for each in value)
        case form if form in LISTS:
            return (_text(parameter, value),)
        case _:
            return _text(parameter, value)


def _whole_number(parameter: Parameter, value: object) -> int:
    """Return a whole number, also one that is written as text, as templates make them."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise BadParameter(parameter.public_name)
    try:
        number = int(value)
    except (ValueError, OverflowError) as err:
        raise BadParameter(parameter.public_name) from err
    if not parameter.described.least <= number <= parameter.described.most:
        raise BadParameter(parameter.public_name)
    return number


def _yes_or_no(parameter: Parameter, value: object) -> bool:
    """Return a truth value, also one in the words that Home Assistant takes."""
    known = _YES_OR_NO.get(value.strip().lower()) if isinstance(value, str) else value
    if not isinstance(known, (bool, int, float)):
        raise BadParameter(parameter.public_name)
    return bool(known)


_YES_OR_NO: Final = {
    **dict.fromkeys(("1", "true", "yes", "on", "enable"), True),
    **dict.fromkeys(("0", "false", "no", "off", "disable"), False),
}


def _text(parameter: Parameter, value: object) -> str:
    if not isinstance(value, (str, int, float)):
        raise BadParameter(parameter.public_name)
    text = str(value).strip()
    if not 0 < len(text) <= parameter.described.longest:
        raise BadParameter(parameter.public_name)
    return text


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
    "When: a name such as last_night, yesterday_evening, this_week, july, 2019, 2026-07 or last_90_days.",
    "last_night",
    title="Time period",
)
START: Final = Described(
    Form.TIME,
    "Start, instead of a time period: a date, or a date with a time.",
    "2026-07-01",
    title="From",
)
END: Final = Described(
    Form.TIME,
    "End, instead of a time period: a date (included), or a date with a time.",
    "2026-07-14 20:00",
    title="To",
)
MOMENT: Final = Described(
    Form.MOMENT,
    "The moment: a time such as 8 pm, a day and a time such as yesterday 20:00, 10_minutes_ago, or a date with a time.",
    "yesterday 20:00",
)
LISTENER: Final = Described(
    Form.LISTENER,
    "A listener, a listener group, or several: names, persons, or account entities; me for yourself. Default: everyone.",
    "Alva",
)
ROOM: Final = Described(
    Form.ROOM,
    "Only plays in this room or these rooms: areas, or here for the room of the voice assistant.",
    "kitchen",
)
DEVICE: Final = Described(
    Form.DEVICE,
    "Only plays on the player with this name.",
    "Living room speaker",
    is_rare=True,
    title="Player",
)
KIND: Final = Described(
    Form.FILTER,
    "Only this type. TV counts only if you select it.",
    "music",
    title="Type",
)
SOURCE: Final = Described(
    Form.FILTER,
    "Only plays that this source reported: Spotify's player, its recently played list, an export, account data, Sonos, or another player.",
    "export",
    is_rare=True,
)
MINIMUM_PLAYED: Final = Described(
    Form.COUNT,
    "Only plays of at least this many seconds. Default: 30, as on Spotify.",
    30,
    most=86_400,
    least=0,
    is_rare=True,
    title="Minimum time played",
)
BY: Final = Described(
    Form.CHOICE,
    "What counts: plays or listening time.",
    "plays",
    title="Count by",
)
LIMIT: Final = Described(
    Form.COUNT,
    "Maximum number of entries. Default: 10, of which 3 are spoken.",
    5,
    most=100,
)
LISTED: Final = 10
"""How many are returned unless asked otherwise."""
SPOKEN: Final = 3
"""How many are spoken unless asked otherwise."""
