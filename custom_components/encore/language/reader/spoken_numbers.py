"""Numbers in words: "nineteen ninety nine" is 1999, in each language that is spelt out by `unicode_rbnf`."""

from collections.abc import Iterator
from functools import cache
import re
from typing import Final

from unicode_rbnf import RbnfEngine

from .tokens import Token, Tokens, folded

_MOST: Final = 99
"""The highest number that is looked up as it is; years are put together."""
_YEARS: Final = range(1950, 2040)
_LONGEST: Final = 8
"""Words of a year."""
_CENTURY: Final = {
    # What stands before the two last digits, for the 1900s and the 2000s.
    "en": (("nineteen", "nineteen hundred and"), ("twenty", "two thousand", "two thousand and")),
    "de": (("neunzehnhundert", "neunzehnhundertund"), ("zweitausend", "zweitausendund", "zwanzig")),
    "nl": (("negentienhonderd", "negentien"), ("tweeduizend", "tweeduizend en", "twintig")),
    "fr": (("mille neuf cent", "dix neuf cent"), ("deux mille",)),
    "es": (("mil novecientos",), ("dos mil",)),
}  # fmt: skip
_REGIONS: Final = {"fr": ("fr_BE", "fr_CH")}
"""Where numbers have other words."""
_PAIRS: Final = frozenset({"nineteen", "twenty", "zwanzig", "negentien", "twintig"})
"""Before which two digits make a year, and one does not."""
_BEFORE_CLOCKS: Final = {"en": "at"}
"""After which two numbers that look like a year are a clock time: "at twenty thirty"."""
_CLOCKS: Final = frozenset(
    year for year in _YEARS if year // 100 < 24 and year % 100 < 60 and year % 100 >= 10
)
_HUNDRED: Final = {
    "en": ("hundred", "a hundred", "one hundred"),
    "de": ("hundert", "einhundert"),
    "nl": ("honderd",),
    "fr": ("cent",),
    "es": ("cien",),
}


@cache
def number_words(language: str) -> dict[tuple[str, ...], int]:
    """Return the numbers from two on and the years, by their words; empty for a language that is not known."""
    if language not in _CENTURY:
        return {}
    engines = [
        RbnfEngine.for_language(each)
        for each in (language, *_REGIONS.get(language, ()))
    ]
    ways = {
        number: {
            words
            for engine in engines
            for text in engine.format_number(number).text_by_ruleset.values()
            if (words := _words(text))
        }
        for number in range(_MOST + 1)
    }
    found = {
        words: number
        for number, texts in ways.items()
        if number >= 2
        for words in texts
    }
    found |= {tuple(words.split()): 100 for words in _HUNDRED[language]}
    for year in _YEARS:
        for words in _years(language, year, ways):
            found[words] = year
    return found


def with_numbers(tokens: Tokens, language: str) -> Tokens:
    """Return the words with numbers in digits."""
    words = number_words(language)
    begins = _first_words(language)
    if all(token.text not in begins for token in tokens):
        return tokens
    result: list[Token] = []
    at = 0
    while at < len(tokens):
        if tokens[at].text not in begins:
            result.append(tokens[at])
            at += 1
            continue
        for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
            part = tokens[at : at + length]
            number = words.get(tuple(token.text for token in part))
            if number is not None:
                digits = str(number)
                before = tokens[at - 1].text if at else ""
                if number in _CLOCKS and before == _BEFORE_CLOCKS.get(language):
                    digits = f"{number // 100}:{number % 100}"
                result.append(Token(digits, digits, part[0].start, part[-1].end))
                at += length
                break
        else:
            result.append(tokens[at])
            at += 1
    return tuple(result)


@cache
def _first_words(language: str) -> frozenset[str]:
    return frozenset(words[0] for words in number_words(language))


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W\d_]+", folded(text)))


def _years(
    language: str, year: int, ways: dict[int, set[tuple[str, ...]]]
) -> Iterator[tuple[str, ...]]:
    century, rest = divmod(year, 100)
    for before in _CENTURY[language][century - 19]:
        first = tuple(before.split())
        if not rest:
            if before not in _PAIRS:
                yield first
            continue
        for words in ways[rest]:
            if rest >= 10 or before not in _PAIRS:
                yield (*first, *words)
                yield (*first[:-1], first[-1] + words[0], *words[1:])
            if rest < 10 and language == "en":
                yield (*first, "oh", *words)
