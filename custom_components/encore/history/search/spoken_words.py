"""How numbers, single letters and leetspeak are pronounced."""

from collections.abc import Iterator
from functools import cache, lru_cache
import re
from typing import Final

from unicode_rbnf import RbnfEngine

from .normalization import words_of

LANGUAGES: Final = ("en", "de", "nl", "fr", "es")
"""In which numbers are said, the first first."""

_SPOKEN: Final = {
    "b": "bee", "c": "see", "d": "dee", "e": "ee", "f": "ef", "g": "jee", "h": "aitch", "j": "jay", "k": "kay",
    "l": "el", "m": "em", "n": "en", "o": "oh", "p": "pee", "q": "cue", "r": "ar", "s": "ess", "t": "tee", "u": "you",
    "v": "vee", "w": "doubleyou", "x": "ex", "y": "why", "z": "zee",
    "ii": "two", "iii": "three", "iv": "four", "vi": "six", "vii": "seven", "viii": "eight", "ix": "nine",
    "xi": "eleven", "xii": "twelve",
}  # fmt: skip
"""Letters, and Roman numbers that are no letter."""
_VOWEL: Final = re.compile("[aeiouy]")
_RUNS: Final = re.compile(r"\d+|[a-z]+")
_AS_LETTERS: Final = str.maketrans("013457", "oieast")
_MOST_DIGITS: Final = 4
"""Of a number that is said as one."""
_MOST_EVERYWHERE: Final = 100
"""The highest number that is said in all languages."""
_SPELLED_LETTERS: Final = 2
"""How many letters beside digits are said one by one."""
_MOST_CACHED: Final = 4096
"""Numbers with cached words."""


def spoken(word: str) -> tuple[str, ...]:
    """Return the ways in which a folded word is said, in words, the most usual first; none for one in other letters."""
    if not word.isascii():
        return ()
    if word.isdigit():
        return _number(word) if len(word) <= _MOST_DIGITS else ()
    if not word.isalnum():
        return ()
    if not word.isalpha():
        return tuple(_mixed(word))
    if word == "and":
        return word, "an"
    if word in _SPOKEN:
        return (_SPOKEN[word],)
    if not _VOWEL.search(word):
        return word, " ".join(_SPOKEN[letter] for letter in word)
    return (word,)


def _mixed(word: str) -> Iterator[str]:
    """Yield how letters with digits are said: letter by letter as in U2, in one as in Sk8er, or letters alone as in Deadmau5."""
    runs = _RUNS.findall(word)
    if all(len(run) <= _MOST_DIGITS for run in runs if run.isdigit()):
        first, *rest = [_number(run)[0] if run.isdigit() else run for run in runs]
        if runs[0].isalpha() and len(first) <= _SPELLED_LETTERS:
            yield " ".join((*(_SPOKEN.get(letter, letter) for letter in first), *rest))
        yield " ".join((first, *rest))
    if (letters := word.translate(_AS_LETTERS)).isalpha():
        yield letters


@lru_cache(_MOST_CACHED)
def _number(digits: str) -> tuple[str, ...]:
    """Return how a number is said: as one, in pairs as years are, and digit by digit; a low one in all languages."""
    number = int(digits)
    languages = LANGUAGES if number <= _MOST_EVERYWHERE else LANGUAGES[:1]
    as_one = [_spoken_in(language, number) for language in languages]
    pairs = [
        _spoken_in(LANGUAGES[0], int(digits[max(end - 2, 0) : end]))
        for end in range(len(digits), 0, -2)
    ]
    each = [_spoken_in(LANGUAGES[0], int(digit)) for digit in digits]
    ways = [*as_one, " ".join(reversed(pairs)), " ".join(each)]
    return tuple(dict.fromkeys(ways))


@lru_cache(_MOST_CACHED)
def _spoken_in(language: str, number: int) -> str:
    """Return a number in words of a-z."""
    text = _engine(language).format_number(number).text
    return " ".join(part for words in words_of(text) for part in words)


_engine = cache(RbnfEngine.for_language)
