"""Features of a sentence for linear models: hashed n-grams of its words and letters, and of what stands around a word."""

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
import re
from typing import Final
import zlib

import numpy as np
from numpy.typing import NDArray

from .tokens import Token

SIZE: Final = 1 << 16
"""How many features there are: n-grams with the same hash share one."""
_LETTERS: Final = (3, 4)
GROUP: Final = "%"
"""With which the mark of a group begins."""
OTHER: Final = "%other"
"""The group of words that have nothing to do with listening."""
_LONGEST_GROUPED: Final = 5
"""Words."""
_UNKNOWN: Final = "<?>"
_NUMBER: Final = re.compile(r"\d+")

type Groups = Mapping[str, tuple[str, ...]]
"""By words, the groups of words that mean much the same which they belong to; the first is the likeliest."""
type Features = tuple[NDArray[np.int32], NDArray[np.float32]]
"""Which features a sentence has, and how much of each."""


def of_sentence(
    tokens: Sequence[Token], vocabulary: Container[str], groups: Groups
) -> Features:
    """Return n-grams of words and of their groups, and of letters within words, log-damped and of length one.

    Words outside the vocabulary are one: that there is one says something.
    """
    grams = (*_grams(tokens, vocabulary), *_grams_of_groups(tokens, groups))
    counts = Counter(map(_hashed, grams))
    places = np.fromiter(counts, np.int32, len(counts))
    values = 1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))
    norm = float(np.linalg.norm(values)) or 1.0
    return places, (values / norm).astype(np.float32)


def of_meaning(meaning: str) -> int:
    """Return which feature a sentence has that means something; a command about an answer has that of the question."""
    return _hashed(f"means {meaning.rpartition('/')[2]}")


def given(features: Features, meaning: str) -> Features:
    """Return the features of a sentence that means something, which count as much as all of its words."""
    places, values = features
    return (
        np.append(places, np.int32(of_meaning(meaning))),
        np.append(values, np.float32(1)),
    )


def of_words(tokens: Sequence[Token]) -> list[NDArray[np.int32]]:
    """Return for each word which features it has: it and its neighbors."""
    words = [word_of(token) for token in tokens]
    padded = ["^^", "^", *words, "$", "$$"]
    return [
        np.fromiter((_hashed(gram) for gram in _around(padded, at + 2)), np.int32)
        for at in range(len(words))
    ]


def of_places(
    tokens: Sequence[Token],
) -> list[tuple[NDArray[np.int32], NDArray[np.int32]]]:
    """Return for each place between two words which features what stands before it has, and which what follows."""
    words = ["^^", "^", *map(word_of, tokens), "$", "$$"]
    return [
        (
            np.array(
                [
                    _hashed(f"< {words[at - 1]}"),
                    _hashed(f"<< {words[at - 2]} {words[at - 1]}"),
                ],
                np.int32,
            ),
            np.array(
                [
                    _hashed(f"> {words[at]}"),
                    _hashed(f">> {words[at]} {words[at + 1]}"),
                ],
                np.int32,
            ),
        )
        for at in range(2, len(words) - 1)
    ]


def _grams(tokens: Sequence[Token], vocabulary: Container[str]) -> Iterator[str]:
    said = [word_of(token) for token in tokens]
    words = [
        word if word in vocabulary or word[0] in "<#" else _UNKNOWN for word in said
    ]
    unknown = words.count(_UNKNOWN)
    yield f"unknown {min(unknown, 3)}"
    yield f"words {min(len(words) // 2, 6)}"
    yield f"first {words[0]}" if words else "nothing"
    for length in (1, 2, 3):
        for at in range(len(words) - length + 1):
            yield " ".join(words[at : at + length])
    for word in said:
        if not word.startswith("<"):
            yield from _letters(word)
    for token in tokens:
        if token.exact != token.text:
            yield f"={token.exact}"
    # Which slots there are, wherever they stand.
    yield from (f"has {slot}" for slot in sorted(set(words)) if slot[0] == "<")


def _grams_of_groups(tokens: Sequence[Token], groups: Groups) -> Iterator[str]:
    """Yield n-grams in which words stand for their group, and which groups and slots there are, in any order."""
    grouped = grouped_words([word_of(token) for token in tokens], groups)
    first = [each[0] for each in grouped]
    for length in (1, 2, 3):
        for at in range(len(first) - length + 1):
            gram = first[at : at + length]
            if any(each[0] == GROUP for each in gram):
                yield " ".join(gram)
    for each in grouped:
        yield from (f"also {other}" for other in each[1:])
    marks = sorted({each for each in first if each[0] in "%<"})
    yield from (f"{one} & {other}" for one, other in combinations(marks, 2))
    yield f"other {min(first.count(OTHER), 3)}"


def grouped_words(words: Sequence[str], groups: Groups) -> list[tuple[str, ...]]:
    """Return the words, the longest that belong to a group as one: the group and others that they belong to."""
    result: list[tuple[str, ...]] = []
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST_GROUPED, len(words) - at), 0, -1):
            found = groups.get(" ".join(words[at : at + length]))
            if found:
                result.append(found)
                at += length
                break
        else:
            result.append((words[at],))
            at += 1
    return result


@lru_cache(maxsize=4096)
def _letters(word: str) -> tuple[str, ...]:
    edged = f" {word} "
    return tuple(
        f"~{edged[at : at + length]}"
        for length in _LETTERS
        for at in range(len(edged) - length + 1)
    )


def _around(words: Sequence[str], at: int) -> Iterator[str]:
    before2, before, word, after, after2 = words[at - 2 : at + 3]
    yield f"0 {word}"
    yield f"-1 {before}"
    yield f"+1 {after}"
    yield f"-2 {before2}"
    yield f"+2 {after2}"
    yield f"-1 0 {before} {word}"
    yield f"0 +1 {word} {after}"
    yield f"-2 -1 {before2} {before}"
    yield f"+1 +2 {after} {after2}"
    yield f"-1 +1 {before} {after}"
    yield f"-2 0 {before2} {before} {word}"
    yield f"s {word[-3:]}"
    yield f"n {len(word)}"


def word_of(token: Token) -> str:
    """Return a word as it is learned: numbers are all one."""
    return _NUMBER.sub("#", token.text)


@lru_cache(maxsize=16384)
def _hashed(gram: str) -> int:
    return zlib.crc32(gram.encode()) % SIZE
