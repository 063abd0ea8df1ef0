"""Print per language what is not translated: sentences asked, sentences said, Home Assistant's texts, the panel's texts."""

from collections.abc import Iterator
from functools import lru_cache
import json
from pathlib import Path
import sys
from typing import Any, Final

from jinja2 import Environment, nodes

from custom_components.encore.language import sentence_files
from custom_components.encore.language.sentence_files import (
    ANSWERS,
    COMMANDS_DONE,
    DEFAULT_LANGUAGE,
    read_grammar,
    spoken_source,
)

ROOT: Final = Path(__file__).parent.parent
ENCORE: Final = ROOT / "custom_components" / "encore"
PANEL: Final = ROOT / "frontend" / "src" / "texts"
CALLED_WITH: Final = (
    (),
    ("answer",),
    ("error",),
    ("done",),
    ("titled",),
    ("called",),
    ("session",),
)
"""What Python calls a macro with. Others are a language's own: it may need a case or a gender that English does not."""


def main() -> int:
    """Print the report."""
    gaps = untranslated()
    for language, missing in gaps.items():
        print(f"{language}: {len(missing) or 'nothing'} missing")
        print(*(f"  {each}" for each in missing), sep="\n", end="\n" if missing else "")
    return 0


def untranslated() -> dict[str, list[str]]:
    """Return what each language lacks that English has, by language."""
    return {language: [*_missing(language)] for language in sorted(_every_language())}


def called_macros(template: str, language: str) -> dict[str, tuple[str, ...]]:
    """Return the macros that are called with an answer, an error or a result, and their parameters."""
    source = spoken_source(template.format(language))
    return {} if source is None else {**_called(source)}


@lru_cache(maxsize=64)
def _called(source: str) -> dict[str, tuple[str, ...]]:
    macros = Environment(autoescape=False).parse(source).find_all(nodes.Macro)
    named = {macro.name: tuple(each.name for each in macro.args) for macro in macros}
    return {name: given for name, given in named.items() if given in CALLED_WITH}


def asked_in(language: str) -> set[str]:
    """Return the questions and commands that a language has sentences for."""
    path = sentence_files.SENTENCES / f"{language}.yaml"
    return set(read_grammar(language)["intents"]) if path.exists() else set()


def texts_in(language: str) -> set[str]:
    """Return the paths of the texts that Home Assistant is given in a language."""
    return set(_paths(read_texts(ENCORE / "translations" / f"{language}.json")))


def panel_texts_in(language: str) -> set[str]:
    """Return the texts of the panel in a language, each as its file and key."""
    return {
        f"{path.name} {key}"
        for path in (PANEL / language).glob("*.json")
        for key in read_texts(path)
    }


def _missing(language: str) -> Iterator[str]:
    for what, having in (
        ("asked", asked_in),
        ("said", lambda of: {*called_macros(ANSWERS, of)}),
        ("said to commands", lambda of: {*called_macros(COMMANDS_DONE, of)}),
        ("text", texts_in),
        ("panel", panel_texts_in),
    ):
        for each in sorted(having(DEFAULT_LANGUAGE) - having(language)):
            yield f"{what}: {each}"


def _every_language() -> set[str]:
    files = (
        *sentence_files.SENTENCES.glob("*.*"),
        *(ENCORE / "translations").glob("*.json"),
    )
    named = {each.stem for each in files} | {each.name for each in PANEL.iterdir()}
    return named - {DEFAULT_LANGUAGE}


def read_texts(path: Path) -> dict[str, Any]:
    """Return the texts of a JSON file; none where it does not exist."""
    if not path.exists():
        return {}
    read: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return read


def _paths(texts: dict[str, Any], at: str = "") -> Iterator[str]:
    for key, text in texts.items():
        if isinstance(text, dict):
            yield from _paths(text, f"{at}{key}.")
        elif text.strip():
            yield f"{at}{key}"


if __name__ == "__main__":
    sys.exit(main())
