"""Speech: renders answers and errors from templates, one file for each language.

`sentences/<language>.jinja` has a macro for each question, named by its key and called with the answer; for each
error, named `error_<key>` and called with the error; and `help`, `failed`, `not_allowed` and `not_allowed_to_do`.
`clock` is the asker's, and `expects()` what the question suggests that is answered with yes or no.
`sentences/commands/<language>.jinja` has a macro for each command, called with its result.
What a language has no macro for is said in English.
"""

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import replace
from functools import cache
import re
from typing import Any, Final

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from jinja2.runtime import Macro

from ..history.errors import InvalidWindow
from ..history.time_ranges.local_clock import Clock
from ..questions.base.answer import Answer
from ..questions.base.errors import QuestionError
from ..questions.base.query_context import Expected, QueryContext
from .sentence_files import (
    ANSWERS,
    COMMANDS_DONE,
    DEFAULT_LANGUAGE,
    languages,
    spoken_source,
)

_WHITE_SPACE: Final = re.compile(r"[^\S\u00a0\u202f]+")
"""But for the spaces that do not break, which French has within its quotation marks and before its colons."""


def warm_up(wanted: Iterable[str]) -> None:
    """Read and compile the templates of languages, so that the first answer in them need not wait for it."""
    for language in languages().intersection(wanted):
        for template in (ANSWERS, COMMANDS_DONE):
            _ = _template(template, language).module


def language_of(asked: str) -> str:
    """Return the language spoken to somebody who asked in this one: "de-AT" is "de", unknown ones English."""
    for language in (asked, asked.replace("_", "-").split("-")[0].lower()):
        if language in languages():
            return language
    return DEFAULT_LANGUAGE


def say(key: str, answer: Answer, query_context: QueryContext) -> str:
    """Return what is said to the answer of a question, by the clock of the listener that it is about."""
    by_its_clock = replace(query_context, clock=answer.scope.clock)
    return _speak(key, by_its_clock, answer)


def say_done(key: str, result: object, query_context: QueryContext) -> str:
    """Return what is said when a command was carried out. Reads the disk the first time."""
    return _speak(key, query_context, result, template=COMMANDS_DONE)


def say_error(error: QuestionError | InvalidWindow, query_context: QueryContext) -> str:
    """Return what is said to a question that cannot be answered."""
    return _speak(f"error_{error.key}", query_context, error)


def say_phrase(phrase: str, query_context: QueryContext) -> str:
    """Return one of the fixed phrases: "help", "failed", "not_allowed" or "not_allowed_to_do"."""
    return _speak(phrase, query_context)


def say_session(session: object, query_context: QueryContext) -> tuple[str, str]:
    """Return what a session of listening (`listened.Listened`) is called in a calendar, and what is told of it."""
    summary, description = (
        _speak(f"session_{part}", query_context, session)
        for part in ("summary", "description")
    )
    return summary, description


def say_statistic(measure: str, name: str, language: str) -> str:
    """Return what a statistic of a listener or a room of this name is called. Reads the disk the first time."""
    return str(_macro(ANSWERS, language, f"statistic_{measure}")(name)).strip()


def _speak(
    macro: str, query_context: QueryContext, *arguments: object, template: str = ANSWERS
) -> str:
    """Return what a macro says, its white space made single."""
    speak = _macro(template, query_context.language, macro)
    before = _clock_now.set(query_context.clock)
    expected_before = _expected.set(query_context.expected)
    try:
        return _WHITE_SPACE.sub(" ", speak(*arguments)).strip()
    finally:
        _expected.reset(expected_before)
        _clock_now.reset(before)


def _macro(template: str, asked_in: str, name: str) -> Callable[..., str]:
    """Return a macro in the language of who asked, or else in English."""
    for language in (language_of(asked_in), DEFAULT_LANGUAGE):
        macro = getattr(_template(template, language).module, name, None)
        # A language may have something else under that name.
        if isinstance(macro, Macro):
            return macro
    raise KeyError(name)


@cache
def _template(template: str, language: str) -> Template:
    return _environment().select_template(
        [template.format(language), template.format(DEFAULT_LANGUAGE)]
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(spoken_source),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["clock"] = _AskersClock()
    environment.globals["expects"] = _expected.get
    return environment


_clock_now: Final[ContextVar[Clock]] = ContextVar("clock_now")
_expected: Final[ContextVar[Expected | None]] = ContextVar("expected")


class _AskersClock:
    """The clock of whoever is answered now: macros are made once, with it, and not for each answer."""

    def __getattr__(self, name: str) -> Any:
        """Return what the clock has."""
        return getattr(_clock_now.get(), name)
