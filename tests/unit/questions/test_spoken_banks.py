"""The banks of sentences that nobody tuned to are well-formed, large enough, and a fifth of them stands apart."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Final

import pytest

from custom_components.encore.commands.all_commands import COMMANDS
from custom_components.encore.history.errors import FutureWindow, InvalidWindow
from custom_components.encore.history.time_ranges.birthdays import Birthday, Birthdays
from custom_components.encore.history.time_ranges.local_clock import Clock
from custom_components.encore.history.time_ranges.moments import resolve_moment
from custom_components.encore.history.time_ranges.ranges import resolve_window
from custom_components.encore.questions.all_questions import QUESTIONS
from custom_components.encore.questions.base.parameters import read
from script.split_phrasings import banks, is_held_out, read_entries, split

from .house import BERLIN, at
from .own_tests import OWN_TESTS
from .phrasings import BANKS as FIRST_BANKS, WINDOWS, Phrasing
from .spoken_banks import BANKS, SpokenBank, read_ordinary

LANGUAGES: Final = sorted(path.stem for path in BANKS["spoken"].glob("*.yaml"))
ORDINARY: Final = sorted(path.stem for path in BANKS["ordinary"].glob("*.yaml"))
LEAST: Final = {"en": 2000}
"""Phrasings by language; of the others LEAST_ELSEWHERE."""
LEAST_ELSEWHERE: Final = 1000
LEAST_DIALOGUES: Final = {"en": 100}
LEAST_DIALOGUES_ELSEWHERE: Final = 70
LEAST_ORDINARY: Final = 1000
SPOKEN_COMMANDS: Final = {
    "play_again",
    "play_it",
    "play_forgotten",
    "play_for_now",
    "make_playlist",
    "pause",
    "resume",
    "leave_out",
}
ASKERS: Final = {"me", "everyone"}
HERE: Final = "here"
CLOCK: Final = Clock(
    at("2026-07-15 14:30"),
    BERLIN,
    birthdays=Birthdays(
        theirs=Birthday(3, 30),
        mine=Birthday(9, 12),
        named=(("Priya", Birthday(2, 29)),),
    ),
)


def spoken(language: str) -> tuple[SpokenBank, SpokenBank]:
    """Return the bank of a language to tune to, and the one that is held out."""
    first, second = (
        SpokenBank(BANKS[bank] / f"{language}.yaml")
        for bank in ("spoken", "held out, spoken")
    )
    return first, second


def ordinary(language: str) -> list[str]:
    """Return all ordinary sentences of a language."""
    return [
        sentence
        for bank in ("ordinary", "held out, ordinary")
        for sentence in read_ordinary(BANKS[bank] / f"{language}.yaml")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bank_is_large_enough_and_about_everything(language: str) -> None:
    """Each question and each command that can be spoken is asked for."""
    both = spoken(language)
    asked = Counter(each.question for bank in both for each in bank.phrasings)
    questions = {question.key for question in QUESTIONS}
    # A question with files of its own has its phrasings in its own test.
    wanted = questions | SPOKEN_COMMANDS | set(both[0].wished_commands)
    assert asked.keys() - OWN_TESTS.keys() == wanted - OWN_TESTS.keys()
    assert asked.total() >= LEAST.get(language, LEAST_ELSEWHERE)
    assert sum(len(bank.dialogues) for bank in both) >= LEAST_DIALOGUES.get(
        language, LEAST_DIALOGUES_ELSEWHERE
    )


@pytest.mark.parametrize("language", ORDINARY)
def test_there_is_enough_ordinary_talk(language: str) -> None:
    """So that a share of a few in a thousand can be told."""
    assert len(ordinary(language)) >= LEAST_ORDINARY


@pytest.mark.parametrize("language", sorted({*LANGUAGES, *ORDINARY}))
def test_nothing_stands_twice(language: str) -> None:
    """No sentence counts twice, in whatever bank it stands, and none is a question and ordinary talk."""
    first = FIRST_BANKS[language]
    said = [*(each.sentence for each in first.phrasings), *first.not_ours]
    if language in LANGUAGES:
        said += [each.sentence for bank in spoken(language) for each in bank.phrasings]
    if language in ORDINARY:
        said += ordinary(language)
    counted = Counter(each.casefold().strip("¿?¡!. ") for each in said)
    assert [each for each, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_dialogue_stands_twice(language: str) -> None:
    """Dialogues may begin alike, and then go on otherwise."""
    counted = Counter(
        tuple(each.sentence for each in dialogue)
        for bank in spoken(language)
        for dialogue in bank.dialogues
    )
    assert counted.most_common(1)[0][1] == 1
    assert min(map(len, counted)) >= 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_meant_can_be_asked(language: str) -> None:
    """Each value is one that the question or command takes, or that is wished for, and each name is one of the head's."""
    for bank in spoken(language):
        wrong = [
            f"{each.sentence}: {error!r}"
            for each in bank.everything()
            if (error := _error(bank, each)) is not None
        ]
        assert wrong == []


def test_a_fifth_stands_apart() -> None:
    """The checksum of a sentence says in which file it stands, and none is in the wrong one."""
    for path, apart in banks():
        texts = (path.read_text(encoding="utf-8"), apart.read_text(encoding="utf-8"))
        assert texts == split(*texts), path
        held_out, tuned_to = (
            sum(len(each) for each in read_entries(text)[1].values())
            for text in reversed(texts)
        )
        assert 0.12 < held_out / (held_out + tuned_to) < 0.28, path


def test_where_a_sentence_stands_is_settled_by_its_checksum() -> None:
    """One that was in the wrong file goes to the right one, with its dialogue, and comes to stand once."""
    head = "language: en"
    sentences = [f"sentence {number}" for number in range(40)]
    dialogues = "".join(f"  - - {each}: [plays, {{}}]\n    - and: [plays, {{}}]\n" for each in sentences)  # fmt: skip
    tuned_to, held_out = (
        read_entries(text)[1]["dialogues", "", ""]
        for text in split(f"{head}\n\ndialogues:\n{dialogues}", "")
    )
    assert len(tuned_to) + len(held_out) == len(sentences)
    assert all(entry.endswith("- and: [plays, {}]") for entry in tuned_to + held_out)
    assert [
        each for each in sentences if any(f"- {each}:" in one for one in held_out)
    ] == [each for each in sentences if is_held_out(each)]


def _error(bank: SpokenBank, phrasing: Phrasing) -> Exception | str | None:
    """Return what is wrong with a label, if anything is."""
    question, values = phrasing.question, dict(phrasing.values)
    try:
        wished = bank.wished(question)
        taken = {name: each for name, each in values.items() if name not in wished}
        if question in bank.wished_commands:
            if taken:
                return f"nothing takes {taken}"
        elif question in {each.key for each in QUESTIONS}:
            read(QUESTIONS[question].declares, taken)
        elif question in SPOKEN_COMMANDS:
            read(COMMANDS[question].declares, taken)
        else:
            return f"nothing is called {question}"
        if "question" in values:
            read(QUESTIONS[values["question"]].declares, values.get("asked", {}))
    except Exception as err:  # noqa: BLE001  # whatever a label raises is wrong with it
        return err
    for name, value in (*values.items(), *values.get("asked", {}).items()):
        if not _is_known(bank, name, value):
            return f"{name} is not {value}"
    return None


def _is_known(bank: SpokenBank, name: str, value: object) -> bool:
    """Whether a value is a name of the head, or a time that there is; any other value may be."""
    several = value if isinstance(value, list) else [value]
    match name:
        case "listener" | "heard_by":
            return {*several} <= ASKERS | {*bank.listeners.values()}
        case "room" | "heard_in":
            names = {HERE, *bank.rooms.values(), *bank.devices.values()}
            return {*several} <= names
        case "device":
            return value in bank.devices.values()
        case "thing":
            with_artist = {
                f"{song} {bank.by} {artist}"
                for song in bank.things
                for artist in bank.things
            }
            return {*several} <= {*bank.things} | with_artist
        case "moment":
            return _exists(partial(resolve_moment, str(value)))
        case "until":
            return _exists(partial(resolve_window, str(value))) or _exists(
                partial(resolve_moment, str(value))
            )
        case _ if name in WINDOWS:
            return _exists(partial(resolve_window, str(value)))
        case _:
            return True


def _exists(resolve: Callable[[Clock], object]) -> bool:
    try:
        resolve(CLOCK)
    except FutureWindow:
        return True
    except InvalidWindow:
        return False
    return True
