"""From a sentence to what it asks: by the grammar where nothing has to be guessed, else by what was learned.

Both read the disk once for a language; `prepare` does it beforehand.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ..questions.all_questions import QUESTIONS
from .grammar import understand, understand_exactly
from .reader.masked import IsName
from .reader.reading import Reader, reader_of
from .understood import AskBack, Names, Understood

_NAMED: Final = ("thing", "text", "name")
_SEARCH: Final = "search"
"""A sentence that says so may look for any name, known or not."""


def prepare(language: str) -> None:
    """Read what the first sentence in a language would wait for."""
    understand("", language, Names(), Understood("plays", {}))
    if (reader := reader_of(language)) is not None:
        reader.read("music", Names())


def understood_surely(
    text: str,
    language: str,
    names: Names,
    before: Understood | None,
    is_name: IsName,
) -> Understood | AskBack | None:
    """Return what a sentence surely asks, by itself or after what was understood before, or what is asked back; else None.

    `is_name` says whether something that was played is called so. Somebody who is not known is guessed at by the grammar, where the
    reader finds the same question the likeliest; so is something that was never played, where its name is no ordinary word.
    """
    reader = reader_of(language)
    if exact := understand_exactly(text, language, names, before):
        exact = exact.meant(is_name)
        if exact.question == _SEARCH:
            return exact
        if _is_known(exact, is_name):
            if before or reader is None:
                return exact
            read = reader.read(text, names, None, is_name)
            if read.is_likely_ours:
                return _with_all_said(exact, read.decided)
    if reader is None:
        return guessed(text, language, names, before, is_name)
    read = reader.read(text, names, before, is_name)
    if read.decided is not None:
        return read.decided
    guess = guessed(text, language, names, before, is_name)
    if guess is None:
        return None
    if guess.question == read.of_stranger or _is_of_strange(guess, text, reader):
        return guess
    return None


def guessed(
    text: str,
    language: str,
    names: Names,
    before: Understood | None,
    is_name: IsName,
) -> Understood | None:
    """Return what the grammar makes of a sentence, with names that nothing has; None where it is likelier somebody else's."""
    reader = reader_of(language)
    if reader and not reader.read(text, names, None, is_name).is_likely_ours:
        return None
    guess = understand(text, language, names, before)
    return guess and guess.meant(is_name)


def understood_at_once(
    text: str,
    language: str,
    names: Names,
    before: Understood | None,
    is_name: IsName,
) -> Understood | None:
    """Return what a sentence surely asks where nothing can be asked back: of two readings that are as likely the first."""
    read = understood_surely(text, language, names, before, is_name)
    return read.first if isinstance(read, AskBack) else read


def _with_all_said(exact: Understood, read: Understood | AskBack | None) -> Understood:
    """Return what the reader read, where it is the same with more values: the grammar skips words such as "my"."""
    if isinstance(read, Understood) and read.question == exact.question:
        if exact.values.items() <= read.values.items():
            return read
    return exact


def _is_known(understood: Understood, is_name: IsName) -> bool:
    """Whether all that is named in it was played."""
    return all(is_name(name) for name in _names(understood.values))


def _is_of_strange(guess: Understood, text: str, reader: Reader) -> bool:
    """Whether a question is about something whose name is no ordinary word."""
    names = [*_names(guess.values)]
    return (
        guess.question in QUESTIONS
        and bool(names)
        and all(reader.is_strange(name, text) for name in names)
    )


def _names(values: Mapping[str, Any]) -> Iterator[str]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _names(value)
        elif name in _NAMED and isinstance(value, str):
            yield value
