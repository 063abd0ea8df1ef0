"""The texts of the other languages are those of English, but for the descriptions of actions, which are English everywhere."""

from collections.abc import Iterator, Mapping
import json
from typing import Any, Final

import pytest

from .texts import INTEGRATION, TEXTS, gaps_in

ENGLISH_ALONE: Final = "services"
LANGUAGES: Final = sorted(
    path.stem
    for path in (INTEGRATION / "translations").glob("*.json")
    if path.stem != "en"
)


def leaves(tree: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    """Return all texts with where they stand."""
    for key, value in tree.items():
        where = f"{path}.{key}" if path else key
        if isinstance(value, Mapping):
            yield from leaves(value, where)
        else:
            yield where, value


ENGLISH: Final = {
    path: text
    for path, text in leaves(TEXTS)
    if not path.startswith(f"{ENGLISH_ALONE}.")
}


def texts_of(language: str) -> dict[str, str]:
    """Return the texts of a language."""
    path = INTEGRATION / "translations" / f"{language}.json"
    return dict(leaves(json.loads(path.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_there_and_no_other(language: str) -> None:
    """Who adds a text adds it in each language."""
    assert texts_of(language).keys() == ENGLISH.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_has_the_gaps_of_the_english_one(language: str) -> None:
    """What is filled in is filled in everywhere."""
    texts = texts_of(language)
    assert {path: gaps_in(texts[path]) for path in texts} == {
        path: gaps_in(text) for path, text in ENGLISH.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_is_translated(language: str) -> None:
    """What is left in English is a name: few and short."""
    texts = texts_of(language)
    same = [path for path, text in ENGLISH.items() if texts[path] == text]
    assert all(len(ENGLISH[path].split()) <= 4 for path in same)
    assert len(same) < len(ENGLISH) / 8
