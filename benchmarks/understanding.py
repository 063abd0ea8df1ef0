"""How well sentences are understood that nobody tuned to: the banks in tests/phrasings/held_out/, in numbers alone."""

import argparse
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
import statistics
import time
from typing import Final

from rapidfuzz import fuzz

from custom_components.encore.history.search.phonetics import coarse, sounds_of
from custom_components.encore.language.understanding import understood_surely
from custom_components.encore.language.understood import Names, Understood
from tests.unit.questions.phrasings import FOLDER, Phrasing, meaning
from tests.unit.questions.spoken_banks import SpokenBank, read_ordinary

HELD_OUT: Final = FOLDER / "held_out"


@dataclass(frozen=True, slots=True)
class Understanding:
    """How many sentences of a bank were understood."""

    language: str
    sentences: int
    right_question: int
    right: int
    """The right question with the right values."""
    wrong: int
    """Another question, or other values."""
    missed: int
    dialogue_turns: int
    right_turns: int
    ordinary: int
    ordinary_taken: int
    median_ms: float
    """Of reading one sentence."""


def main() -> None:
    """Print a line for each language."""
    parser = argparse.ArgumentParser(
        prog="script/bench understanding", description=__doc__
    )
    parser.add_argument(
        "--tuned-to", action="store_true", help="the banks that the reader learned from"
    )
    folder = FOLDER if parser.parse_args().tuned_to else HELD_OUT
    for path in sorted((folder / "spoken").glob("*.yaml")):
        print(line(understanding(path, folder / "ordinary" / path.name)))


def line(of: Understanding) -> str:
    """Return figures as a line."""
    share = 100 / max(of.sentences, 1)
    return (
        f"{of.language}: right question {of.right_question * share:.1f} %, with slots {of.right * share:.1f} %, "
        f"wrong {of.wrong * share:.1f} %, missed {of.missed * share:.1f} % of {of.sentences}; "
        f"turns {of.right_turns} of {of.dialogue_turns}; "
        f"ordinary talk taken {of.ordinary_taken} of {of.ordinary}; {of.median_ms:.1f} ms a sentence"
    )


def understanding(spoken: Path, ordinary: Path) -> Understanding:
    """Return how well the sentences of two files are understood."""
    bank = SpokenBank(spoken)
    counted: Counter[str] = Counter()
    took: list[float] = []
    grammar = _Grammar(bank, took)
    for phrasing in bank.phrasings:
        counted[grammar.verdict(phrasing, None)] += 1
    turns = right_turns = 0
    for dialogue in bank.dialogues:
        before: Understood | None = None
        for phrasing in dialogue:
            turns += 1
            right_turns += grammar.verdict(phrasing, before) == "right"
            before = Understood(phrasing.question, dict(phrasing.values))
    talk = read_ordinary(ordinary) if ordinary.exists() else []
    taken = sum(grammar.understood(each, None) is not None for each in talk)
    return Understanding(
        bank.language,
        len(bank.phrasings),
        counted["right"] + counted["values"],
        counted["right"],
        counted["values"] + counted["question"],
        counted["missed"],
        turns,
        right_turns,
        len(talk),
        taken,
        statistics.median(took) * 1000,
    )


class _Grammar:
    """Reads the sentences of a bank, with its names."""

    def __init__(self, bank: SpokenBank, took: list[float]) -> None:
        self._bank = bank
        self._names = Names(
            tuple(bank.listeners.items()),
            tuple(bank.rooms.items()),
            tuple(bank.devices.items()),
        )
        self._things = {thing.casefold() for thing in bank.things}
        self._took = took

    def understood(self, sentence: str, before: Understood | None) -> Understood | None:
        begun = time.perf_counter()
        found = understood_surely(
            sentence, self._bank.language, self._names, before, self._is_name
        )
        self._took.append(time.perf_counter() - begun)
        return found if isinstance(found, Understood) else None

    def verdict(self, phrasing: Phrasing, before: Understood | None) -> str:
        understood = self.understood(phrasing.sentence, before)
        if understood is None:
            return "missed"
        if understood.question != phrasing.question:
            return "question"
        wished = self._bank.wished(phrasing.question)
        said, meant = (
            {
                name: value
                for name, value in _resolved(values, self._found).items()
                if name not in wished or name in understood.values
            }
            for values in (understood.values, phrasing.values)
        )
        return (
            "right"
            if meaning(phrasing.question, said) == meaning(phrasing.question, meant)
            else "values"
        )

    def _is_name(self, text: str) -> bool:
        name, by, artist = text.casefold().partition(f" {self._bank.by} ")
        return text.casefold() in self._things or bool(
            by and name in self._things and artist in self._things
        )

    def _found(self, name: str) -> str:
        """Return the thing of a name, or of one that it sounds like."""
        wanted = name.casefold()
        if self._is_name(wanted):
            return wanted
        return max(self._things, key=lambda thing: _likeness(wanted, thing))


def _likeness(said: str, thing: str) -> float:
    one, other = (coarse(each) for each in sounds_of([said, thing]))
    spelt = fuzz.ratio(said.replace(" ", ""), thing.replace(" ", ""))
    return max(spelt, fuzz.ratio(one, other) if one and other else 0)


def _resolved(values: object, found: Callable[[str], str]) -> dict[str, object]:
    assert isinstance(values, dict)
    return {
        name: found(value)
        if name == "thing" and isinstance(value, str)
        else tuple(value)
        if isinstance(value, list)
        else _resolved(value, found)
        if isinstance(value, dict)
        else value
        for name, value in values.items()
    }


if __name__ == "__main__":
    main()
