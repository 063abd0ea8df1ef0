"""Sentences from which the reader learns: the banks of phrasings and ordinary talk; what else an example is made with."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import yaml

from custom_components.encore.language.understood import Names

ROOT: Final = Path(__file__).parent.parent
BANKS: Final = ROOT / "tests" / "phrasings"
NAMES: Final = ROOT / "script" / "reader_names.txt"
NONE: Final = "none"
"""The meaning of a sentence that is not ours."""
AGAIN: Final = "again"


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence, what it means, and which names there are."""

    text: str
    meaning: str
    values: Mapping[str, Any]
    names: Names
    things: frozenset[str] = frozenset()
    """The names of what was heard that it has, in lower case."""
    source: str = "bank"
    follows: bool = False

    def is_name(self, text: str) -> bool:
        """Return whether something that was heard is called so."""
        return text.casefold() in self.things


def bank_examples(path: Path, *, source: str = "bank") -> list[Example]:
    """Return the sentences of a bank, those of its dialogues, and those that are not ours."""
    read: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader)
    given = read.get("names", {})
    names = Names(
        **{
            kind: tuple(given.get(kind, {}).items())
            for kind in ("listeners", "rooms", "devices")
        }
    )
    things = frozenset(each.casefold() for each in given.get("things", ()))
    examples = [
        Example(text, key, numbered(values), names, things, source)
        for key, entries in (read.get("phrasings") or {}).items()
        for entry in entries or ()
        for text, values in entry.items()
    ]
    for dialogue in read.get("dialogues") or ():
        before: tuple[str, Mapping[str, Any]] | None = None
        for turn in dialogue:
            for text, (key, values) in turn.items():
                values = numbered(values)
                example = Example(text, key, values, names, things, source)
                if before is not None:
                    example = _following(example, before)
                examples.append(example)
                if key not in {"play_it", "make_playlist"}:
                    before = (key, values)
    examples += [
        Example(text, NONE, {}, names, things, source)
        for text in read.get("not_ours") or ()
    ]
    return examples


def spoken_examples(language: str) -> list[Example]:
    """Return the sentences of the two banks of a language that may be learned from."""
    paths = (BANKS / f"{language}.yaml", BANKS / "spoken" / f"{language}.yaml")
    return [
        each
        for path in paths
        if path.exists()
        for each in bank_examples(
            path, source="spoken" if path.parent.name == "spoken" else "bank"
        )
    ]


def _following(example: Example, before: tuple[str, Mapping[str, Any]]) -> Example:
    """Return a sentence of a dialogue as what it says by itself."""
    key, values = example.meaning, example.values
    if key == "play_it" or (
        key == "make_playlist" and values.get("question") == before[0]
    ):
        said = {name: values[name] for name in ("room", "name") if name in values}
        return replace(
            example,
            meaning=f"{key}/it" if key == "make_playlist" else key,
            values=said,
            follows=True,
        )
    if key != before[0]:
        return example
    new = {
        name: value for name, value in values.items() if before[1].get(name) != value
    }
    return replace(example, meaning=AGAIN, values=new, follows=True)


def numbered(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values with numbers where a bank's texts stand for some."""
    return {
        name: int(value)
        if name in {"limit", "year", "gap", "at_least", "quiet_days", "rank"}
        else numbered(value)
        if isinstance(value, dict)
        else value
        for name, value in values.items()
    }


def ordinary_examples(
    language: str, names: Names, folder: Path = BANKS / "ordinary"
) -> list[Example]:
    """Return ordinary talk that has nothing to do with listening."""
    path = folder / f"{language}.yaml"
    if not path.exists():
        return []
    read = yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader)
    texts = read if isinstance(read, list) else list(_texts(read))
    return [Example(text, NONE, {}, names, source="ordinary") for text in texts]


def _texts(read: Any) -> Iterator[str]:
    if isinstance(read, str):
        yield read
    elif isinstance(read, list):
        for each in read:
            yield from _texts(each)
    elif isinstance(read, dict):
        for name, each in read.items():
            if name not in {"language", "names"}:
                yield from _texts(each)


def thing_names(language: str) -> list[str]:
    """Return names of songs, artists, albums and podcasts, with those of a language after those of all."""
    names: list[str] = []
    section = "all"
    for line in NAMES.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            section = line[2:].strip()
        elif line.strip() and section in {"all", language}:
            names.append(line.strip())
    return names
