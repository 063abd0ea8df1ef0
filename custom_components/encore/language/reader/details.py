"""The values of a question's or command's parameters: from the slots, the name, and what was learned to be said beside them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
import re
from typing import Any, Final

from ...questions.all_questions import QUESTIONS
from ..slots import moment_of, values_of, window_before, window_of
from .masking import Masked
from .slot_finder import Found, Kind

NOTHING: Final = "-"
"""That a detail is not said."""
DETAILS: Final = (
    "listener",
    "of",
    "one",
    "which",
    "type",
    "kind",
    "by",
    "step",
    "per",
    "moment",
    "window",
    "enqueue",
    "rank",
)
"""What is learned by itself; `one` is a limit of one."""
LISTENER, ONE = "listener", "one"
WHO: Final = "who"
"""That the listeners are those who are named."""
_COMMANDS: Final[Mapping[str, frozenset[str]]] = {
    "play_again": frozenset({"room", "heard_by", "heard_in", "moment", "enqueue"}),
    "play_it": frozenset({"room", "question", "asked", "enqueue", "rank"}),
    "play_forgotten": frozenset({"room", "heard_by"}),
    "play_for_now": frozenset({"room", "heard_by"}),
    "make_playlist": frozenset({"question", "asked", "name"}),
    "pause": frozenset({"listener", "room", "window", "until", "for"}),
    "resume": frozenset({"listener", "room"}),
    "leave_out": frozenset(
        {"listener", "room", "device", "kind", "thing", "moment", "window"}
    ),
}
"""Commands that can be spoken, and what is said of each."""
_NAMED: Final = ("thing", "text", "name")
_NEEDED: Final = {"thing", "text"}
_DIGITS: Final = re.compile(r"\d{1,3}")
_MOST: Final = 100
_LISTS: Final = frozenset(
    {
        "plays",
        "top",
        "discoveries",
        "forgotten_favourites",
        "repeat_rate",
        "search",
        "sessions",
    }
)
"""Questions that may ask for so many."""
_OF_KINDS: Final = frozenset(
    {
        "plays",
        "listening_time",
        "timeline",
        "streaks",
        "sessions",
        "heatmap",
        "comparison",
    }
)
"""Questions in which a kind is not what is ranked."""
_DAYS_AGO: Final = {"yesterday": 1, "day_before_yesterday": 2, "last_week": 7}
_DAYS: Final = {"day": 1, "week": 7}
_THIS: Final = {
    "morning": "this_morning",
    "afternoon": "this_afternoon",
    "evening": "this_evening",
    "night": "last_night",
}
"""What a part of a day is without a day."""
_TIMES: Final = (Kind.WHEN, Kind.DAY)
_EVES: Final = frozenset({"december_24", "december_31", "october_31"})
"""Days whose evening is meant."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a sentence says beside what it asks."""

    masked: Masked
    name: str | None = None
    """What was heard, by name."""
    place: tuple[int, int] = (0, 0)
    """Which words the name takes."""
    details: Mapping[str, str] = field(default_factory=dict)
    """By detail, what was learned to be said."""
    until: frozenset[str] = frozenset()
    """Words before an end."""
    same_before: bool = False
    """Whether the time range before one is named without its name."""
    this_time: bool = False
    """Whether this hour is meant, of another day."""
    called: str | None = None
    """What something new shall be called."""
    kind: str | None = None
    """Which kind of what was heard is named, such as podcasts."""
    type: str | None = None
    """What the name is said to be, such as an album."""
    lasting: str | None = None
    """How long something shall last."""
    me: bool = False
    """Whether the asker speaks of himself."""
    me_too: bool = False
    """Whether he names himself beside others: "me and Priya"."""


def parameters_of(key: str) -> frozenset[str]:
    """Return which parameters a question or command has, by its key."""
    if key in QUESTIONS:
        return frozenset(each.name for each in QUESTIONS[key].parameters)
    return _COMMANDS.get(key, frozenset())


def takes_a_name(key: str) -> bool:
    """Whether a question or command is about something that has a name."""
    return not _NEEDED.isdisjoint(parameters_of(key))


def needs_a_name(key: str) -> bool:
    """Whether it cannot be asked without one."""
    if key not in QUESTIONS:
        return False
    return any(
        each.required and each.name in _NEEDED for each in QUESTIONS[key].parameters
    )


def values_said(meaning: str, said: Said) -> dict[str, Any]:
    """Return the values of the parameters of a question or command.

    `meaning` is its key, or with a slash also the question that it is about the answer of.
    """
    key, _, question = meaning.partition("/")
    if question and question != "it":
        asked = values_said(question, said)
        values: dict[str, Any] = {"question": question, "asked": asked}
        values |= _command_values(key, said)
        if "room" in values:
            asked.pop("room", None)
        return values
    if key in _COMMANDS:
        return _command_values(key, said)
    return _question_values(key, said)


def _question_values(key: str, said: Said) -> dict[str, Any]:
    parameters = parameters_of(key)
    values: dict[str, Any] = {}
    values |= _time_values(key, said)
    values |= _place_values(said)
    values |= _detail_values(said, parameters)
    limit = _limit(said) if key in _LISTS else None
    if limit is not None:
        values["limit"] = limit
    elif said.details.get(ONE) == "1" and key in _LISTS:
        values["limit"] = 1
    if key in _OF_KINDS and said.kind:
        values["kind"] = said.kind
    if said.name and said.type:
        values["type"] = said.type
    if said.name:
        values["text" if "text" in parameters else "thing"] = said.name
    if (listener := _listener(key, said)) is not None:
        values[LISTENER] = listener
    return {name: value for name, value in values.items() if name in parameters}


def _command_values(key: str, said: Said) -> dict[str, Any]:
    parameters = _COMMANDS[key]
    values: dict[str, Any] = {}
    places = said.masked.of(Kind.ROOM, Kind.DEVICE)
    if key == "play_again":
        values |= _again_places(said, places)
    elif places:
        rooms = tuple(dict.fromkeys(_room(each) for each in places))
        values["room"] = rooms if len(rooms) > 1 and key == "pause" else rooms[-1]
        if key == "leave_out" and places[0].kind is Kind.DEVICE:
            values["device"] = values.pop("room")
    values |= _detail_values(said, parameters)
    if key == "pause":
        values |= _ahead(said)
    elif key in {"play_again", "leave_out"}:
        values |= _time_values(key, said)
    if said.name:
        values |= dict.fromkeys(("thing", "name"), said.name)
    if (listener := _listener(key, said)) is not None:
        values |= {"heard_by": listener, LISTENER: listener}
    if key in {"pause", "resume"} and not said.masked.of(Kind.WHO):
        values.pop(LISTENER, None)
    if key == "leave_out" and values.get("moment") == "now":
        values.pop(LISTENER, None)
    if key == "play_it" and "question" in values:
        del values["question"]
    return {name: value for name, value in values.items() if name in parameters}


def _detail_values(said: Said, parameters: Iterable[str]) -> dict[str, Any]:
    return {
        name: int(value) if name == "rank" else value
        for name, value in said.details.items()
        if name in parameters
        and value != NOTHING
        and name not in {LISTENER, "moment", "window", "kind"}
    }


def _listener(key: str, said: Said) -> Any:
    """Return the listeners that are meant: those who are named, or the asker or everyone."""
    named = tuple(
        dict.fromkeys(
            one
            for slot in said.masked.of(Kind.WHO)
            for one in _several(slot.slots["listener"])
        )
    )
    learned = said.details.get(LISTENER, NOTHING)
    if named:
        if said.me_too or (
            key == "comparison" and said.me and len(said.masked.of(*_TIMES)) < 2
        ):
            named = ("me", *named)
        return named[0] if len(named) == 1 else named
    return None if learned in {NOTHING, WHO} else learned


def _several(value: Any) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,)


def _place_values(said: Said) -> dict[str, Any]:
    rooms = tuple(
        dict.fromkeys(each.slots["room"] for each in said.masked.of(Kind.ROOM))
    )
    devices = [each.slots["device"] for each in said.masked.of(Kind.DEVICE)]
    values: dict[str, Any] = {}
    if rooms:
        values["room"] = rooms if len(rooms) > 1 else rooms[0]
    if devices:
        values["device"] = devices[-1]
    return values


def _room(place: Found) -> str:
    return str(place.slots.get("room", place.slots.get("device")))


def _again_places(said: Said, places: Sequence[Found]) -> dict[str, Any]:
    """Return where something was heard, which is said before the moment or right after what was heard, and where to play it."""
    if not places:
        return {}
    times = [each.first for each in said.masked.of(Kind.AT, Kind.AGO, *_TIMES)]
    if len(places) > 1:
        heard, play = places[0], places[-1]
        if (
            times
            and heard.first < times[0]
            and play.first < times[0] - 1
            and heard.first < 3
        ):
            heard, play = play, heard
        return {"heard_in": _room(heard), "room": _room(play)}
    (place,) = places
    if times and (place.first < times[0] and place.first > 2):
        return {"heard_in": _room(place)}
    if not times and said.details.get(LISTENER, NOTHING) != NOTHING:
        return {"heard_in": _room(place)}
    return {"room": _room(place)}


def _limit(said: Said) -> int | None:
    """Return a number that belongs to no slot and no name."""
    first, after = said.place
    for number, token in enumerate(said.masked.tokens):
        if first <= number < after or not _DIGITS.fullmatch(token.text):
            continue
        if 0 < (limit := int(token.text)) <= _MOST:
            return limit
    return None


def _merged(slots: Iterable[Found]) -> dict[str, Any]:
    """Return time slots that stand apart as one; what was said first counts."""
    merged: dict[str, Any] = {}
    for slot in slots:
        merged = {**slot.slots, **merged}
    return merged


def _time_values(key: str, said: Said) -> dict[str, Any]:
    masked = said.masked
    whens = masked.of(*_TIMES)
    rest = masked.of(Kind.AT, Kind.AGO, Kind.HOURS, Kind.PART)
    if key == "comparison":
        return _compared(said, whens)
    if key in {"playing_at", "play_again"} or (
        key == "leave_out" and masked.of(Kind.AT, Kind.AGO)
    ):
        return _moment_values(key, said, [*rest, *whens])
    slots = _merged([*whens, *rest])
    if set(slots) == {"part"} and key in {"plays", "listening_time", "top", "count"}:
        slots = {"window": _THIS[slots["part"]]}
    if (
        key == "leave_out"
        and not slots
        and said.details.get("moment", NOTHING) != NOTHING
    ):
        return {"moment": said.details["moment"]}
    if "hour" in slots or "time" in slots:
        slots = {
            name: value
            for name, value in slots.items()
            if name not in {"hour", "time", "minute", "offset", "half"}
        }
    values = values_of(
        "" if key == "on_this_day" and not masked.of(Kind.DAY) else key, slots
    )
    if "window" not in values and "year" not in values and not slots:
        if (window := said.details.get("window", NOTHING)) != NOTHING:
            values["window"] = window
    return {
        name: value
        for name, value in values.items()
        if name in {"window", "year", "date", "compared_with"}
    }


def _moment_values(key: str, said: Said, slots: Sequence[Found]) -> dict[str, Any]:
    merged = _merged(slots)
    if said.this_time and (ago := _days_ago(said.masked.of(Kind.WHEN))):
        return {"moment": ago}
    if said.masked.of(Kind.AGO):
        merged = _merged(said.masked.of(Kind.AGO))
    if (merged.get("time") == "0:00") and (part := _evening(merged)):
        merged |= part
    moment = moment_of(merged) if merged else None
    if moment is None:
        if merged.get("window") and key == "leave_out":
            return {"window": window_of(merged)}
        learned = said.details.get("moment", NOTHING)
        if learned != NOTHING:
            moment = learned
        elif key == "playing_at":
            moment = "now"
    return {} if moment is None else {"moment": moment}


def _days_ago(whens: Sequence[Found]) -> str | None:
    """Return this time of a day that is named."""
    for when in whens:
        days = _DAYS_AGO.get(str(when.slots.get("window")))
        if "back" in when.slots and when.slots.get("unit") in _DAYS:
            days = int(when.slots["count"]) * _DAYS[when.slots["unit"]]
        if days:
            return f"{days}_days_ago"
    return None


def _evening(slots: Mapping[str, Any]) -> dict[str, Any]:
    """Return the night in place of an evening: midnight is its end, or nothing where no evening is meant."""
    if slots.get("part") == "evening":
        return {"part": "night"}
    night = {"yesterday_evening": "last_night", "this_evening": "tonight"}
    window = str(slots.get("window"))
    if window in _EVES:
        return {"part": "night"}
    return {"window": night[window]} if window in night else {}


def _compared(said: Said, whens: Sequence[Found]) -> dict[str, Any]:
    if not whens:
        return {}
    window = window_of(whens[0].slots)
    values = {"window": window}
    if len(whens) > 1:
        values["compared_with"] = window_of(whens[1].slots)
    elif (said.same_before or said.masked.of(Kind.EARLIER)) and window:
        values["compared_with"] = window_before(window)
    return {name: value for name, value in values.items() if value is not None}


def _ahead(said: Said) -> dict[str, Any]:
    """Return a time that lies ahead: when a pause ends, or how long it lasts."""
    values: dict[str, Any] = {"for": said.lasting} if said.lasting else {}
    tokens = said.masked.tokens
    parts = said.masked.of(Kind.PART)
    for slot in said.masked.of(Kind.WHEN, Kind.AT, Kind.PART, Kind.HOURS):
        before = tokens[slot.first - 1].text if slot.first else ""
        words = slot.text.split()
        ends = before in said.until or words[0] in said.until
        if slot.kind is Kind.AT:
            moment = moment_of(slot.slots)
            if moment:
                values["until"] = moment
        elif slot.kind is Kind.PART:
            if said.masked.of(Kind.WHEN):
                continue
            values["until" if ends else "window"] = f"this_{slot.slots['part']}"
        elif (
            "count" in slot.slots and "unit" in slot.slots and "back" not in slot.slots
        ):
            values["for"] = f"{slot.slots['count']}_{slot.slots['unit']}s"
        elif (window := window_of({**slot.slots, **_merged(parts)})) is not None:
            ahead = {"last_night": "tonight"}.get(window, window)
            values["until" if ends else "window"] = ahead
    return values
