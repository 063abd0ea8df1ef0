"""The words of a sentence, normalized, with where each stands in the text."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
import re
from typing import Final

from ..accents import without_accents

LONGEST_SENTENCE: Final = 300
"""Characters; nobody asks at greater length."""
_WORD: Final = re.compile(
    r"\d+(?:[:.]\d\d(?!\d)|(?:st|nd|rd|th|er|re|ere|e|ste|de|º|ª|°)\b)?"
    r"|\b(?:[cdjlmnst]|(?:jus|lors|puis|quel)?qu)'(?=[^\W\d_]|\s*$)"
    r"|(?:(?<=[^\W_])'|(?<!\w)'(?=[sntk]\b))?[^\W\d_]+|&",
    re.IGNORECASE,
)
"""A number or clock time, an elided article with its apostrophe, or a word, with its apostrophe where it is the end of one."""
_APOSTROPHES: Final = str.maketrans("’‘`´", "''''")


@dataclass(frozen=True, slots=True)
class Token:
    """One word, or a slot that stands for some."""

    text: str
    """In lower case, without accents; a slot in angle brackets."""
    exact: str
    """In lower case, with accents."""
    start: int
    """Where it begins in the text."""
    end: int

    @property
    def is_slot(self) -> bool:
        """Whether it stands for a slot."""
        return self.text.startswith("<")


_ENDING: Final = re.compile(r"[^\d:.]+$")
"""Of an ordinal number."""

type Tokens = tuple[Token, ...]


def folded(text: str) -> str:
    """Return a text in lower case, without accents."""
    return _folded(text)


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    return without_accents(text.casefold().translate(_APOSTROPHES))


def tokens_of(text: str, contractions: Mapping[str, tuple[str, ...]]) -> Tokens:
    """Return the words of a text; contractions are taken apart as a language does it."""
    return tuple(_tokens(text.translate(_APOSTROPHES), contractions))


def _tokens(text: str, contractions: Mapping[str, tuple[str, ...]]) -> Iterator[Token]:
    for found in _WORD.finditer(text):
        exact = found[0].lower()
        word = folded(exact)
        if word[0].isdecimal():
            word = _ENDING.sub("", word).replace(".", ":")
        start, end = found.span()
        for part in contractions.get(word, ()):
            yield Token(part, part, start, end)
        if word not in contractions:
            yield Token(word, exact, start, end)


def joined(tokens: Iterable[Token]) -> str:
    """Return the words with a space between them."""
    return " ".join(token.text for token in tokens)


def span_of(tokens: Tokens, start: int, end: int) -> tuple[int, int]:
    """Return which tokens lie within characters of `joined(tokens)`: the first, and the first after."""
    first = last = None
    at = 0
    for number, token in enumerate(tokens):
        after = at + len(token.text)
        if at < end and after > start:
            first = number if first is None else first
            last = number
        at = after + 1
    assert first is not None and last is not None
    return first, last + 1


def original(text: str, tokens: Tokens) -> str:
    """Return what was said where these tokens stand, without the words between them that were left out."""
    said = ""
    after: int | None = None
    for token in tokens:
        if after is not None and token.start >= after:
            gap = text[after : token.start]
            said += " " if any(map(str.isalnum, gap)) else gap
        if after is None or token.start >= after:
            said += text[token.start : token.end]
            after = token.end
    return said.strip(" '\"’?!.,;:¿¡")
