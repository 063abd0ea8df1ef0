"""The values of a question's or command's parameters: from the slots, the name, and what was learned to be said beside them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
import re
from typing import Any, Final

from ...questions.all_questions import QUESTIONS
from .masked import Masked
from .said import NOTHING, Said
from .slot_finder import Found, Kind
from .times import JUST_NOW, OF_TIME, TIMES, ahead_said, times_said

DETAILS: Final = (
    "listener",
    "heard_by",
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
LISTENER, HEARD_BY, ONE = "listener", "heard_by", "one"
WHO: Final = "who"
"""That the listeners are those who are named."""
_COMMANDS: Final[Mapping[str, frozenset[str]]] = {
    "play_again": frozenset({"room", "heard_by", "heard_in", "moment", "enqueue"}),
    "play_it": frozenset({"room", "question", "asked", "enqueue", "rank"}),
    "play_forgotten": frozenset({"room", "heard_by"}),
    "play_for_now": frozenset({"room", "heard_by"}),
    "make_playlist": frozenset({"question", "asked", "name"}),
    "pause": frozenset({"listener", "room", "window", "until", "duration"}),
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
_OF_HERE: Final = frozenset(
    {"plays", "playing_at", "top", "count", "when_heard", "listening_time"}
)
"""Questions in which "here" alone is a room, unless it is said of people who are here."""
_OF_ROOMS: Final = frozenset({"pause", "resume"})
"""Commands that may be of several rooms."""
_OF_ANYBODY: Final = frozenset({"play_forgotten", "play_for_now"})
"""Commands that are of all of the house, unless somebody says that they are his."""
_RANGES: Final = frozenset({"window", "thing", "room", "device", "kind"})
"""What may be left out of the history beside what sounded at a moment."""
_BEHIND_VERB: Final = (1, 2)
"""Where a place stands that something shall be played in, before it is said what."""
_RANKED: Final = frozenset({"top", "repeat_rate"})
"""Questions in which one that is named is the first of a list."""
_OF_KINDS: Final = frozenset(
    {
        "plays",
        "listening_time",
        "timeline",
        "streaks",
        "sessions",
        "heatmap",
        "comparison",
        "playing_at",
        "weekdays",
    }
)
"""Questions in which a kind is not what is ranked."""


def parameters_of(key: str) -> frozenset[str]:
    """Return which parameters a question or command has, by its key."""
    if key in QUESTIONS:
        return frozenset(each.name for each in QUESTIONS[key].parameters)
    return _COMMANDS.get(key, frozenset())


def learned_of(meaning: str, masked: Masked) -> frozenset[str]:
    """Return the details that make a difference to a meaning: those that no slot says."""
    key, _, question = meaning.partition("/")
    parameters = parameters_of(key) | parameters_of(question)
    if "limit" in parameters:
        parameters |= {ONE}
    if masked.of(Kind.WHO):
        parameters -= {LISTENER, HEARD_BY}
    if masked.of(*OF_TIME):
        parameters -= {"moment", "window"}
    return parameters


def takes_a_name(key: str) -> bool:
    """Whether a question or command is about something that has a name."""
    return not _NEEDED.isdisjoint(parameters_of(key))


def lacks(key: str, values: Mapping[str, Any]) -> bool:
    """Whether a question cannot be asked with these values, because one is missing."""
    return key in QUESTIONS and any(
        each.required and each.name not in values for each in QUESTIONS[key].parameters
    )


def takes_a_moment(key: str) -> bool:
    """Whether a question or command has a use for a moment, such as a clock time."""
    return key == "again" or not parameters_of(key).isdisjoint(
        {"moment", "until", "asked"}
    )


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
        of_what = _without_new_name(said) if key == "make_playlist" else said
        asked = values_said(question, of_what)
        values: dict[str, Any] = {"question": question, "asked": asked}
        values |= _command_values(key, said)
        places = said.masked.of(Kind.ROOM)
        heard, play = _heard_and_play(said, places)
        if key == "play_it" and heard:
            asked["room"] = _room(heard)
            values.pop("room", None)
            values |= {"room": _room(play)} if play else {}
        elif question == "plays" and places and _is_where_it_sounded(said, places[0]):
            values.pop("room", None)
        elif "room" in values:
            asked.pop("room", None)
        if "rank" in values and asked.get("limit") == 1:
            del asked["limit"]
        return values
    if key in _COMMANDS:
        return _command_values(key, said)
    return _question_values(key, said)


def _is_where_it_sounded(said: Said, place: Found) -> bool:
    """Whether a place beside a time is where something sounded then: "what we heard this morning in the kitchen"."""
    beside = any(
        place.first == time.after or place.after == time.first
        for time in said.masked.of(*OF_TIME)
    )
    before = {token.text for token in said.masked.tokens[: place.first]}
    return beside and not before.isdisjoint(said.relative)


def _without_new_name(said: Said) -> Said:
    """Return it without what something new shall be called, which may look like a time or something that was heard."""
    if not said.called:
        return said
    first, after = said.called
    said = replace(said, masked=said.masked.without(first, after))
    if said.name and first <= said.place[0] < after:
        return replace(said, name=None, place=(0, 0))
    return said


def _question_values(key: str, said: Said) -> dict[str, Any]:
    parameters = parameters_of(key)
    values: dict[str, Any] = {}
    values |= times_said(key, said)
    values |= _place_values(key, said)
    values |= _detail_values(said, parameters)
    if values.get("of") == "rooms":
        values["by"] = "minutes"
    limit = limit_said(said) if key in _LISTS else None
    if limit is not None:
        values["limit"] = limit
    elif _is_one(key, said):
        values["limit"] = 1
    if key == "comparison" and values.get("of") == "tracks" and not said.owner:
        # More songs are more plays: no list of songs is compared.
        del values["of"]
    if key in _OF_KINDS and said.kind:
        values["kind"] = said.kind
        if values.get("of") == "shows":
            del values["of"]
    if not said.name or said.type == "":
        # Only what has a name is said to be a song, an album or the like.
        values.pop("type", None)
    elif of_type := said.type or (said.type_with if key == "search" else None):
        values["type"] = of_type
    if said.name:
        several = key == "comparison" and len(said.names) > 1
        values["text" if "text" in parameters else "thing"] = (
            said.names if several else said.name
        )
    if (listener := _listener(key, said)) is not None:
        values[LISTENER] = listener
        if said.me_too and values.get("limit") == len(listener):
            # "The three of us, me, Alva and Ben" asks for no three songs.
            del values["limit"]
    return {name: value for name, value in values.items() if name in parameters}


def _is_one(key: str, said: Said) -> bool:
    """Whether one is asked for, such as the song that was heard most."""
    if key in _RANKED and said.details.get("of") == "rooms":
        return False
    if key in _RANKED and said.number is not None:
        return said.number == 1
    return key in _LISTS and said.details.get(ONE) == "1"


def _command_values(key: str, said: Said) -> dict[str, Any]:
    parameters = _COMMANDS[key]
    values: dict[str, Any] = {}
    places = said.masked.of(Kind.ROOM, Kind.DEVICE)
    if key == "play_again":
        values |= _again_places(said, places)
    elif places and not (key == "leave_out" and _is_bare_here(places[0])):
        rooms = tuple(dict.fromkeys(_room(each) for each in places))
        values["room"] = rooms if len(rooms) > 1 and key in _OF_ROOMS else rooms[-1]
        if key == "leave_out" and places[0].kind is Kind.DEVICE:
            values["device"] = values.pop("room")
    values |= _detail_values(said, parameters)
    if "kind" in parameters and said.kind:
        values["kind"] = said.kind
    if key == "pause":
        values |= ahead_said(said)
    elif key in {"play_again", "leave_out"}:
        values |= times_said(key, said)
    if said.name:
        values |= dict.fromkeys(("thing", "name"), said.name)
    if said.called:
        values["name"] = said.masked.said(*said.called)
    if (listener := _listener(key, said)) is not None:
        values |= {"heard_by": listener, LISTENER: listener}
    if key in {"pause", "resume"} and not said.masked.of(Kind.WHO):
        values.pop(LISTENER, None)
        if said.we and said.owner != "me":
            values[LISTENER] = "everyone"
    if key == "leave_out":
        if said.name and said.known and not said.masked.of(*OF_TIME):
            values.pop("moment", None)
        if said.was_somebody:
            values.pop(LISTENER, None)
        _name_what_is_left_out(values)
    if key == "play_it" and "question" in values:
        del values["question"]
    if key == "play_again" and values.get("moment") == JUST_NOW:
        if values.keys().isdisjoint({"heard_by", "heard_in"}):
            # What was just on is what is played again anyway.
            del values["moment"]
    return {name: value for name, value in values.items() if name in parameters}


def _name_what_is_left_out(values: dict[str, Any]) -> None:
    """Name what is playing where nothing else is named; what sounded at a moment needs no other name, and it is the asker's history."""
    if values.keys().isdisjoint(_RANGES):
        values.setdefault("moment", "now")
    if "moment" in values:
        values.pop("kind", None)
    if values.get("moment") == "now" or values.get(LISTENER) == "everyone":
        values.pop(LISTENER, None)


def _detail_values(said: Said, parameters: Iterable[str]) -> dict[str, Any]:
    return {
        name: int(value) if name == "rank" else value
        for name, value in said.details.items()
        if name in parameters
        and value != NOTHING
        and name not in {LISTENER, HEARD_BY, "moment", "window", "kind"}
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
    learned = said.details.get(
        HEARD_BY if HEARD_BY in _COMMANDS.get(key, ()) else LISTENER, NOTHING
    )
    if named:
        if said.me_too or (
            key == "comparison" and said.me and len(said.masked.of(*TIMES)) < 2
        ):
            named = ("me", *named)
        return named[0] if len(named) == 1 else named
    if key in _OF_ANYBODY and learned in {NOTHING, WHO, "me", "everyone"}:
        return said.owner or ("me" if said.me else "everyone" if said.we else None)
    if learned == "me" and said.we and not said.me:
        return "everyone"
    if learned == "everyone" and said.by_me and not said.we:
        return "me"
    if learned in {NOTHING, WHO}:
        if key in _COMMANDS:
            return None
        return said.owner or ("me" if said.by_me and not said.we else None)
    return learned


def _several(value: Any) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,)


def _place_values(key: str, said: Said) -> dict[str, Any]:
    here_counts = key in _OF_HERE and not said.we and not said.masked.of(Kind.WHO)
    rooms = tuple(
        dict.fromkeys(
            each.slots["room"]
            for each in said.masked.of(Kind.ROOM)
            if here_counts or not _is_bare_here(each)
        )
    )
    if len(rooms) > 1:
        rooms = tuple(room for room in rooms if room != "here")
    devices = [each.slots["device"] for each in said.masked.of(Kind.DEVICE)]
    values: dict[str, Any] = {}
    if rooms:
        values["room"] = rooms if len(rooms) > 1 else rooms[0]
    if devices:
        values["device"] = devices[-1]
    return values


def _is_bare_here(place: Found) -> bool:
    """Whether nothing but "here" is said, which people add to much that they ask."""
    return place.slots.get("room") == "here" and " " not in place.text


def _room(place: Found) -> str:
    return str(place.slots.get("room", place.slots.get("device")))


def _again_places(said: Said, places: Sequence[Found]) -> dict[str, Any]:
    """Return where something was heard, which is said before the moment or right after what was heard, and where to play it."""
    if not places:
        return {}
    times = [each.first for each in said.masked.of(Kind.AT, Kind.AGO, *TIMES)]
    heard, play = _heard_and_play(said, places)
    if heard:
        return {"heard_in": _room(heard)} | ({"room": _room(play)} if play else {})
    (place,) = places
    if times and (place.first < times[0] and place.first > 2):
        return {"heard_in": _room(place)}
    if not times and said.details.get(HEARD_BY, NOTHING) != NOTHING:
        return {"heard_in": _room(place)}
    return {"room": _room(place)}


def _heard_and_play(
    said: Said, places: Sequence[Found]
) -> tuple[Found | None, Found | None]:
    """Return the place in which something is said to have been heard, and that in which to play it, as far as it is clear which is which."""
    if heard := next((each for each in places if each.first in said.heard_at), None):
        others = [each for each in places if each is not heard]
        return heard, others[-1] if others else None
    if len(places) < 2:
        return None, None
    heard, play = places[0], places[-1]
    return (play, heard) if heard.first in _BEHIND_VERB else (heard, play)


def limit_said(said: Said) -> int | None:
    """Return a number above one that belongs to no slot and no name."""
    first, after = said.place
    for number, token in enumerate(said.masked.tokens):
        if first <= number < after or not _DIGITS.fullmatch(token.text):
            continue
        if token.text == said.details.get("rank"):
            continue
        if 1 < (limit := int(token.text)) <= _MOST:
            return limit
    return None
