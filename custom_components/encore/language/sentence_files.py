"""Reads the files of `sentences/`: how each question and command is asked for and said, by language.

Of a language, `<language>.yaml` is the grammar and `<language>.jinja` what is said to questions; `commands/<language>.jinja`
is what is said to commands. One question may have a file of its own, `<language>/<key>.yaml`, and one command
`commands/<language>/<key>.yaml`:

    triggers: templates of the sentences that Home Assistant hands over, as in `<language>.yaml`
    asked: templates of the sentences that are understood, with the rules and lists of `<language>.yaml`
    said: what is said, a Jinja template in which `answer` is the answer, or the result of the command

A language is added by its files alone. What it lacks is asked and said in English.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from .accents import either_way, said_either_way

SENTENCES: Final = Path(__file__).parents[1] / "sentences"
DEFAULT_LANGUAGE: Final = "en"
ANSWERS: Final = "{}.jinja"
COMMANDS_DONE: Final = "commands/{}.jinja"

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Ten times faster where PyYAML has libyaml, as Home Assistant's has."""
_PLAIN_WORDS: Final = (
    "openings",
    "endings",
    "question_words",
    "asks_whether",
    "asks_less",
)
"""The parts of a grammar that are no templates."""
_ACCENTS_LEFT_OUT: Final = "accents_left_out"
"""Whether people of a language write their words also without accents."""


@dataclass(frozen=True, slots=True)
class SentenceFile:
    """The file of one question or command in one language."""

    key: str
    triggers: list[str]
    asked: list[str]
    said: str

    @property
    def macro(self) -> str:
        """What is said, as a macro among those of its language."""
        return (
            f"\n{{%- macro {self.key}(answer) -%}}\n{self.said}\n{{%- endmacro -%}}\n"
        )


def languages() -> frozenset[str]:
    """Return the languages in which answers are spoken. Reads the disk once."""
    return _having("*.jinja")


def grammars() -> frozenset[str]:
    """Return the languages that are understood. Reads the disk once."""
    return _having("*.yaml")


@cache
def _having(files: str) -> frozenset[str]:
    return frozenset(path.stem for path in SENTENCES.glob(files))


@cache
def read_grammar(language: str) -> dict[str, Any]:
    """Return how questions and commands are asked for in a language. Reads the disk once."""
    text = (SENTENCES / f"{language}.yaml").read_text(encoding="utf-8")
    read: dict[str, Any] = yaml.load(text, _LOADER)
    for template in (ANSWERS, COMMANDS_DONE):
        for each in own_files(template, language):
            read["triggers"].extend(each.triggers)
            of = read["intents"].setdefault(each.key, {"data": []})
            of["data"].append({"sentences": each.asked})
    if read[_ACCENTS_LEFT_OUT]:
        plain = {name: either_way(read[name]) for name in _PLAIN_WORDS}
        read = {**said_either_way(read), **plain}
    return read


@cache
def english_instead(language: str) -> dict[str, Any] | None:
    """Return the part of the English grammar that a language lacks; None where it has all. Reads the disk once."""
    english = read_grammar(DEFAULT_LANGUAGE)
    lacking = english["intents"].keys() - read_grammar(language)["intents"].keys()
    if not lacking:
        return None
    return {
        **english,
        "intents": {key: english["intents"][key] for key in sorted(lacking)},
        "triggers": [
            trigger
            for template in (ANSWERS, COMMANDS_DONE)
            for each in own_files(template, DEFAULT_LANGUAGE)
            if each.key in lacking
            for trigger in each.triggers
        ],
    }


def spoken_source(name: str) -> str | None:
    """Return a template such as `en.jinja`, with what is said by files of single questions; None where there is none."""
    path = SENTENCES / name
    if not path.exists():
        return None
    template = f"{name.removesuffix(f'{path.stem}.jinja')}{{}}.jinja"
    own = (each.macro for each in own_files(template, path.stem))
    return path.read_text(encoding="utf-8") + "".join(own)


def own_files(template: str, language: str) -> Iterator[SentenceFile]:
    """Yield the files of single questions (`ANSWERS`) or commands (`COMMANDS_DONE`) in a language, by key."""
    folder = (SENTENCES / template.format(language)).with_suffix("")
    for path in sorted(folder.glob("*.yaml")):
        read: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), _LOADER)
        yield SentenceFile(path.stem, read["triggers"], read["asked"], read["said"])
