"""The banks of phrasings in tests/phrasings/: how people ask, and what they mean by it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from functools import partial
from pathlib import Path
from typing import Any, Final

import yaml

from custom_components.encore.history.errors import FutureWindow, InvalidWindow
from custom_components.encore.history.time_ranges.birthdays import Birthday, Birthdays
from custom_components.encore.history.time_ranges.local_clock import Clock
from custom_components.encore.history.time_ranges.moments import resolve_moment
from custom_components.encore.history.time_ranges.ranges import resolve_window
from custom_components.encore.language.understood import Names
from custom_components.encore.questions.all_questions import QUESTIONS

from .house import BERLIN, at

type Values = Mapping[str, Any]
type Meaning = tuple[str, dict[str, object]]

FOLDER: Final = Path(__file__).parents[2] / "phrasings"
NUMBERS: Final = frozenset({"limit", "year", "gap", "at_least", "quiet_days"})
WINDOWS: Final = frozenset({"window", "compared_with", "date"})
NOT_OF_ALL_TIME: Final = frozenset(
    {"plays", "listening_time", "sessions", "discoveries", "comparison"}
)
"""The questions that are about another window where none is named."""
BIRTHDAYS: Final = Birthdays(
    theirs=Birthday(3, 30), mine=Birthday(9, 12), named=(("Ben", Birthday(2, 29)),)
)
"""Of the listener who is asked about, of who asks, and of one by name: three days, so that none is taken for another."""
CLOCKS: Final = tuple(
    Clock(at(local), BERLIN, birthdays=BIRTHDAYS)
    for local in (
        "2026-07-15 14:30",
        "2026-07-18 21:10",
        "2026-07-20 02:05",
        "2027-01-03 09:00",
    )
)
"""A Wednesday, a Saturday, the night to a Monday, a Sunday in January: two names that mean the same do so at each."""


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A sentence, and what it asks."""

    sentence: str
    question: str
    """Or the command."""
    values: Values


class Bank:
    """What people say in one language."""

    def __init__(self, language: str) -> None:
        """Read the bank. Every value is a text, whatever YAML takes it for, but for the numbers."""
        text = (FOLDER / f"{language}.yaml").read_text(encoding="utf-8")
        read: dict[str, Any] = yaml.load(text, yaml.CBaseLoader)
        self.language = read["language"]
        self.wished_windows = frozenset(read["wished"]["windows"])
        self.wished_commands = frozenset(read["wished"]["commands"])
        self.listeners: dict[str, str] = read["names"]["listeners"]
        self.names = Names(
            **{
                kind: tuple(read["names"][kind].items())
                for kind in ("listeners", "rooms", "devices")
            }
        )
        self._things = {thing.casefold() for thing in read["names"]["things"]}
        self.phrasings = [
            Phrasing(sentence, question, _with_numbers(values))
            for question, entries in read["phrasings"].items()
            for entry in entries
            for sentence, values in entry.items()
        ]
        self.dialogues = [
            [
                Phrasing(sentence, question, _with_numbers(values))
                for turn in dialogue
                for sentence, (question, values) in turn.items()
            ]
            for dialogue in read["dialogues"]
        ]
        self.not_ours: list[str] = read["not_ours"]
        self.spoken_forms: dict[str, Any] = read.get("heard_as", {})

    def is_name(self, text: str) -> bool:
        """Whether something that was heard has this name."""
        return text.casefold() in self._things

    def everything(self) -> Iterator[Phrasing]:
        """Return all that is ours, said by itself or in a dialogue."""
        yield from self.phrasings
        for dialogue in self.dialogues:
            yield from dialogue


def meaning(question: str, values: Values) -> Meaning:
    """Return what is asked in a form in which equal meanings are equal.

    Names are compared without case, windows and moments by the time that they stand for. What is so anyway is left out:
    everyone as the listener of a question, me of a command, music where nobody said what else, and a parameter's default.
    """
    meant = {name: _value(name, value) for name, value in values.items()}
    is_question = question in _questions()
    if meant.get("listener") == ("everyone" if is_question else "me"):
        del meant["listener"]
    if meant.get("kind") == "music":
        del meant["kind"]
    if is_question:
        if question not in NOT_OF_ALL_TIME and values.get("window") == "all_time":
            del meant["window"]
        for field in fields(QUESTIONS[question].declares):
            if field.default is not MISSING and field.default is not None:
                if meant.get(field.name) == str(field.default):
                    del meant[field.name]
    if question in {"make_playlist", "play_it"}:
        meant["asked"] = _asked(question, values)
    return question, meant


def _asked(command: str, values: Values) -> dict[str, object]:
    """Return what an answer that is listened to was asked with: where left out, it is mine and of tracks."""
    asked = dict(values.get("asked") or {})
    if command == "make_playlist":
        asked = {
            name: value
            for name, value in asked.items()
            if (name, value) not in (("listener", "me"), ("of", "tracks"))
        }
        if asked.get("listener") == "everyone":
            # Left out, it would be the owner of the playlist.
            _, meant = meaning(str(values["question"]), asked)
            return {**meant, "listener": "everyone"}
    return meaning(str(values["question"]), asked)[1]


def _value(name: str, value: object) -> object:
    if name in WINDOWS:
        return _time_of(partial(resolve_window, str(value)), str(value))
    if name == "moment":
        return _time_of(partial(resolve_moment, str(value)), str(value))
    if isinstance(value, list | tuple):
        return tuple(sorted(str(each).casefold() for each in value))
    return value if isinstance(value, int) else str(value).casefold()


def _time_of(resolve: Callable[[Clock], Any], name: str) -> object:
    """Return the time that a name stands for at each of the clocks, none where it is ahead, or the name where it always is."""
    times: list[object] = []
    for clock in CLOCKS:
        try:
            found = resolve(clock)
        except FutureWindow:
            times.append(None)
        except InvalidWindow:
            return name
        else:
            times.append(found if isinstance(found, int) else found.window)
    return tuple(times) if any(times) else name


def _questions() -> set[str]:
    return {question.key for question in QUESTIONS}


def _with_numbers(values: Values) -> Values:
    return {
        name: int(value)
        if name in NUMBERS
        else _with_numbers(value)
        if isinstance(value, dict)
        else value
        for name, value in values.items()
    }


BANKS: Final = {path.stem: Bank(path.stem) for path in sorted(FOLDER.glob("*.yaml"))}
