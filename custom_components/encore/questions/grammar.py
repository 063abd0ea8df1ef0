"""Understands a sentence: which question it is and with what, by a language's grammar.

`sentences/<language>.yaml` is a hassil grammar whose intents are named by the questions' keys, with the `triggers` that
say which sentences are ours at all. Slots of the questions' parameters mean themselves. The others are put together here,
so that no language needs code:

    window                        a canonical name of `history.windows`
    since                         since_monday, with any of these
    last, weekday, part           last_monday_evening
    count, unit, back, part       2_days_ago_evening
    day, month, year              2026-07-14, july_14, 2026-07, july, 2026
    last, month                   last_july
    season, year                  summer_2025
    count, unit                   last_90_days; in a moment: 10_minutes_ago
    hour, minute, offset, half    a clock time; `offset` are minutes past or, below zero, to the hour
    time, ago                     a clock time, or a moment, as `history.moments` has it

A `thing` may be any words. Where a sentence can be read in several ways, `Understood.meant` chooses by what there is.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
import re
from typing import Any, Final

from hassil import Intents, RecognizeResult, recognize_all
from hassil.intents import SlotList, TextSlotList, WildcardSlotList
import yaml

from ..history.windows import MONTHS
from .speech import SENTENCES

type Slots = Mapping[str, Any]

_PARAMETERS: Final = (
    "text",
    "listener",
    "room",
    "device",
    "thing",
    "type",
    "which",
    "of",
    "by",
    "limit",
)
_TEMPLATE_SYNTAX: Final = re.compile(r"[\[\](){}<>|;:@\\]")
_GUESSED: Final = ((), ("listener", "room"), ("any_device",))
"""What may be anything, added in turn until a sentence is understood: names that nothing has."""
_LONGEST_SENTENCE: Final = 300
"""Characters; nobody asks at greater length, and matching takes longer with each."""


@dataclass(frozen=True, slots=True)
class Names:
    """What may be mentioned by name: what is heard, and what is meant by it."""

    listeners: tuple[tuple[str, str], ...] = ()
    rooms: tuple[tuple[str, str], ...] = ()
    devices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """A question and what it was asked with, as a door would give it."""

    question: str
    values: dict[str, object]
    instead: tuple[Understood, ...] = field(default=(), compare=False)
    """Other readings: "Dancing in the Kitchen" may be what was heard, or "Dancing" what was heard there."""

    def meant(self, is_name: Callable[[str], bool]) -> Understood:
        """Return the reading that is meant: of those whose thing has that very name, the one with the longest."""
        for reading in sorted((self, *self.instead), key=_length):
            if is_name(str(reading.values.get("thing", ""))):
                return reading
        return self


@cache
def grammars() -> frozenset[str]:
    """Return the languages that are understood. Reads the disk once."""
    return frozenset(path.stem for path in SENTENCES.glob("*.yaml"))


def triggers(language: str, listeners: Iterable[str]) -> list[str]:
    """Return the templates of the sentences that are ours, with the listeners' names in them.

    Reads the disk once. Names that look like a template are left out.
    """
    grammar = _read(language)
    names = [name for name in listeners if name and not _TEMPLATE_SYNTAX.search(name)]
    rules = {
        "names": "".join(f"|{name}" for name in names),
        "possessives": "".join(f"|{name}'s" for name in names),
    }
    for rule, body in grammar["trigger_rules"].items():
        rules[rule] = _replaced(body, rules)
    return [_replaced(template, rules) for template in grammar["triggers"]]


def understand(text: str, language: str, names: Names) -> Understood | None:
    """Return what a sentence asks, or None where it is not understood.

    Reads the disk once for a language. A name that nothing has is understood too, for the question
    to say so.
    """
    if len(text) > _LONGEST_SENTENCE:
        return None
    lists: dict[str, SlotList] = {
        "listener": _slot_list("listener", names.listeners),
        "room": _slot_list("room", names.rooms),
        "device": _slot_list("device", names.devices),
        "any_device": _slot_list("any_device", ()),
        "text": WildcardSlotList("text"),
        "thing": WildcardSlotList("thing"),
    }
    for guessed in _GUESSED:
        lists |= {name: WildcardSlotList(name) for name in guessed}
        heard = recognize_all(
            text, _intents(language), slot_lists=lists, language=language
        )
        whole = [each for each in heard if _has_whole_words(each, text)]
        if whole:
            best, *others = _readings(sorted(whole, key=_looseness))
            return (
                replace(best, instead=tuple(others)) if "thing" in best.values else best
            )
    return None


def _readings(heard: Iterable[RecognizeResult]) -> list[Understood]:
    """Return what a sentence was recognized as, each once."""
    readings: list[Understood] = []
    for each in heard:
        slots = {name: slot.value for name, slot in each.entities.items()}
        reading = Understood(each.intent.name, _values(each.intent.name, slots))
        if reading not in readings:
            readings.append(reading)
    return readings


def _length(reading: Understood) -> int:
    return -len(str(reading.values.get("thing", "")))


def _has_whole_words(heard: RecognizeResult, text: str) -> bool:
    """Whether no guessed name ends within a word, as hassil allows: "on my ph" and "one"."""
    plain = text.replace("’", "'")
    return all(
        re.search(rf"(?<!\w){re.escape(slot.text.strip())}(?!\w)", plain, re.IGNORECASE)
        for slot in heard.entities_list
        if slot.is_wildcard
    )


def _looseness(heard: RecognizeResult) -> tuple[int, int, int]:
    """Return how much of a sentence was guessed: names, words that are not literal, letters."""
    guessed = [slot.text for slot in heard.entities_list if slot.is_wildcard]
    return len(guessed), -heard.text_chunks_matched, sum(map(len, guessed))


def _values(question: str, slots: Slots) -> dict[str, object]:
    values: dict[str, object] = {
        name: slots[name] for name in _PARAMETERS if name in slots
    }
    if "limit" in values:
        values["limit"] = int(slots["limit"])
    if question == "playing_at":
        values["moment"] = _moment(slots)
    elif question == "year":
        values |= {"year": int(slots["year"])} if "year" in slots else {}
    elif question == "on_this_day" and "day" in slots:
        values["date"] = _dated({name: slots[name] for name in ("day", "month")}, "")
        if "window" in slots:
            values["window"] = slots["window"]
    elif (window := _window(slots)) is not None:
        values["window"] = window
    return values


def _window(slots: Slots) -> str | None:
    """Return the canonical name of the window that is meant."""
    window = _named_window(slots)
    return f"since_{window}" if window and "since" in slots else window


def _named_window(slots: Slots) -> str | None:
    last = "last_" if "last" in slots else ""
    part = f"_{slots['part']}" if "part" in slots else ""
    if "window" in slots:
        return f"{slots['window']}{part}"
    if "weekday" in slots:
        return f"{last}{slots['weekday']}{part}"
    if "month" in slots:
        return _dated(slots, last)
    if "season" in slots:
        return f"{slots['season']}_{int(slots['year'])}"
    if "year" in slots:
        return f"{int(slots['year'])}"
    if "back" in slots:
        return f"{int(slots['count'])}_{slots['unit']}s_ago{part}"
    if "unit" in slots:
        count = int(slots.get("count", 1))
        return f"last_{count}_{slots['unit']}{'' if count == 1 else 's'}"
    return None


def _dated(slots: Slots, last: str) -> str:
    month = slots["month"]
    if "year" not in slots:
        return f"{month}_{int(slots['day'])}" if "day" in slots else f"{last}{month}"
    date = f"{int(slots['year'])}-{MONTHS.index(month) + 1:02}"
    return f"{date}-{int(slots['day']):02}" if "day" in slots else date


def _moment(slots: Slots) -> str:
    """Return the moment that is meant, as `history.moments` reads it."""
    if "ago" in slots:
        return str(slots["ago"])
    if "hour" not in slots and "time" not in slots:
        return f"{int(slots['count'])}_{slots['unit']}s_ago"
    clock = str(slots["time"]) if "time" in slots else _clock_time(slots)
    within = _window(slots)
    return f"{within} {clock}" if within else clock


def _clock_time(slots: Slots) -> str:
    hour, minute = int(slots["hour"]), int(slots.get("minute", 0))
    minute += int(slots.get("offset", 0))
    if minute < 0:
        hour, minute = (hour - 1) if hour > 1 else 12 if hour == 1 else 23, minute + 60
    half = slots.get("half") or ("?" if 1 <= hour <= 12 else "")
    return f"{hour}:{minute:02} {half}".rstrip()


def _slot_list(name: str, values: Iterable[tuple[str, str]]) -> TextSlotList:
    return TextSlotList.from_tuples(
        ((heard, meant) for heard, meant in values if heard.strip()),
        allow_template=False,
        name=name,
    )


def _replaced(template: str, rules: Mapping[str, str]) -> str:
    return re.sub(r"<(\w+)>", lambda rule: rules[rule[1]], template)


@cache
def _read(language: str) -> dict[str, Any]:
    text = (SENTENCES / f"{language}.yaml").read_text(encoding="utf-8")
    grammar: dict[str, Any] = yaml.safe_load(text)
    return grammar


@cache
def _intents(language: str) -> Intents:
    grammar = _read(language)
    return Intents.from_dict(
        {name: body for name, body in grammar.items() if not name.startswith("trigger")}
    )
