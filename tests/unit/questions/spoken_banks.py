"""The banks in tests/phrasings/spoken/ and ordinary/: how people ask by voice, and what they say that is nobody's question."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml

from .phrasings import FOLDER, Phrasing, Values

BANKS: Final = {
    "spoken": FOLDER / "spoken",
    "ordinary": FOLDER / "ordinary",
    "held out, spoken": FOLDER / "held_out" / "spoken",
    "held out, ordinary": FOLDER / "held_out" / "ordinary",
}
NUMBERS: Final = frozenset({"limit", "year", "rank"})


class SpokenBank:
    """What people ask and command in one language."""

    def __init__(self, path: Path) -> None:
        """Read the bank. Every value is a text, whatever YAML takes it for, but for the numbers."""
        read: dict[str, Any] = yaml.load(
            path.read_text(encoding="utf-8"), yaml.CBaseLoader
        )
        self.language: str = read["language"]
        self.wished_commands: dict[str, list[str]] = read["wished"]["commands"]
        self.wished_parameters: dict[str, list[str]] = read["wished"]["parameters"]
        names = read["names"]
        self.listeners: dict[str, str] = names["listeners"]
        self.rooms: dict[str, str] = names["rooms"]
        self.devices: dict[str, str] = names["devices"]
        self.things: list[str] = names["things"]
        self.by: str = names["by"]
        """What stands between a song and its artist."""
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

    def everything(self) -> Iterator[Phrasing]:
        """Return all that is asked, by itself or in a dialogue."""
        yield from self.phrasings
        for dialogue in self.dialogues:
            yield from dialogue

    def wished(self, question: str) -> frozenset[str]:
        """Return the parameters that a question or command does not take yet."""
        wished = self.wished_parameters | self.wished_commands
        return frozenset(wished.get(question, []))


def read_ordinary(path: Path) -> list[str]:
    """Return the sentences of a bank that are no questions or commands of Encore's."""
    read: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader)
    sentences: list[str] = read["sentences"]
    return sentences


def _with_numbers(values: Values) -> Values:
    return {
        name: int(value)
        if name in NUMBERS
        else _with_numbers(value)
        if isinstance(value, dict)
        else value
        for name, value in values.items()
    }
