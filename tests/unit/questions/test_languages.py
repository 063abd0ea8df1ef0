"""English says everything, and every other language what it says word for word as it was read by eye."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Final

from jinja2 import Environment, nodes
import pytest

from custom_components.encore.commands.all_commands import COMMANDS
from custom_components.encore.dispatch.command import Choice
from custom_components.encore.history.errors import InvalidWindow
from custom_components.encore.history.history import History
from custom_components.encore.history.model import Room
from custom_components.encore.language.sentence_files import (
    ANSWERS,
    COMMANDS_DONE,
    DEFAULT_LANGUAGE,
    grammars,
    languages,
    spoken_source,
)
from custom_components.encore.language.speech import say_error
from custom_components.encore.questions.all_questions import QUESTIONS
from custom_components.encore.questions.base.errors import QuestionError
from custom_components.encore.questions.base.query_context import QueryContext
from script.untranslated import asked_in, called_macros

from .house import ask
from .spoken_houses import (
    HOUSES,
    Spoken,
    asking_in,
    spoken,
    spoken_languages,
    spoken_rooms,
)

BY_PREFIX: Final = ("error_", "statistic_", "session_summary", "session_description")
"""Macros that Python calls by a name that it makes."""
OTHERS: Final = sorted(languages() - {DEFAULT_LANGUAGE})


def _template(template: str, language: str) -> nodes.Template:
    source = spoken_source(template.format(language))
    assert source is not None, f"{template} of {language} is missing"
    return Environment().parse(source)


@pytest.mark.parametrize("template", [ANSWERS, COMMANDS_DONE])
@pytest.mark.parametrize("language", OTHERS)
def test_a_language_says_nothing_that_english_does_not(
    language: str, template: str
) -> None:
    """What a language says of its own would never be said: English has a macro for all that is called."""
    english = called_macros(template, DEFAULT_LANGUAGE)
    said = called_macros(template, language)
    assert english and said
    assert {
        name for name in english if said.get(name, english[name]) != english[name]
    } == set()
    keys = {each.key for each in (*QUESTIONS, *COMMANDS)}
    called = {name for name in said if name in keys or name.startswith(BY_PREFIX)}
    assert called <= english.keys()


@pytest.mark.parametrize("language", sorted(grammars() - {DEFAULT_LANGUAGE}))
def test_a_language_asks_nothing_that_english_does_not(language: str) -> None:
    """A question or command that English has no sentences for is there in no language."""
    assert asked_in(language) <= asked_in(DEFAULT_LANGUAGE)
    assert asked_in(language) <= {each.key for each in (*QUESTIONS, *COMMANDS)}


def test_english_says_every_question_and_command() -> None:
    """English stands in for all other languages, and none for it."""
    answers = called_macros(ANSWERS, DEFAULT_LANGUAGE)
    done = called_macros(COMMANDS_DONE, DEFAULT_LANGUAGE)
    asked = asked_in(DEFAULT_LANGUAGE)
    keys = {question.key for question in QUESTIONS}
    assert keys <= answers.keys() & asked
    assert {
        each.key
        for each in COMMANDS
        if each.has_speech and not isinstance(each, Choice)
    } <= done.keys()


@pytest.mark.parametrize("template", [ANSWERS, COMMANDS_DONE])
@pytest.mark.parametrize("language", sorted(languages()))
def test_a_template_uses_no_name_that_there_is_not(
    language: str, template: str
) -> None:
    """A misspelt macro would be noticed only by who hears that very sentence."""
    parsed = _template(template, language)
    names = list(parsed.find_all(nodes.Name))
    known = {each.name for each in names if each.ctx != "load"}
    known |= {macro.name for macro in parsed.find_all(nodes.Macro)}
    for taken in parsed.find_all(nodes.FromImport):
        known |= {str(name) for name in taken.names}
    used = {each.name for each in names if each.ctx == "load"}
    own = [macro.name for macro in parsed.find_all(nodes.Macro)]
    own += [
        each.target.name
        for each in parsed.body
        if isinstance(each, nodes.Assign) and isinstance(each.target, nodes.Name)
    ]
    assert len(own) == len(set(own)), "a question's own file takes a name that is taken"
    assert used - known <= {"clock", "expects", "loop", "namespace"}


@pytest.fixture(scope="module")
def history_in(new_store: Callable[[], str]) -> Iterator[Callable[[str], History]]:
    """Give the histories of the homes, each opened once."""
    opened: dict[str, History] = {}
    with ExitStack() as stack:

        def opened_in(house: str) -> History:
            if house not in opened:
                opened[house] = stack.enter_context(HOUSES[house](new_store()))
            return opened[house]

        yield opened_in


def _said(history: History, each: Spoken, circumstances: QueryContext) -> str:
    try:
        return ask(history, each.question, circumstances, **each.values).speech
    except (QuestionError, InvalidWindow) as err:
        return say_error(err, circumstances)


@pytest.mark.parametrize(
    ("language", "each"),
    [
        pytest.param(language, each, id=f"{language} {each}")
        for language in spoken_languages()
        for each in spoken(language)
    ],
)
def test_an_answer_is_said_as_it_was_read(
    history_in: Callable[[str], History], language: str, each: Spoken
) -> None:
    """Each sentence of `spoken/`, in that language and that home."""
    circumstances = each.circumstances(language)
    assert _said(history_in(each.house), each, circumstances) == each.said


@pytest.mark.parametrize("language", spoken_languages())
def test_every_question_was_read(language: str) -> None:
    """A language with sentences to be read has some of each question that it says."""
    read = {each.question for each in spoken(language)}
    said = called_macros(ANSWERS, language).keys()
    assert {question.key for question in QUESTIONS} & said - read == set()


@pytest.mark.parametrize(
    ("language", "room", "said"),
    [
        (language, room, said)
        for language in spoken_languages()
        for room, said in spoken_rooms(language).items()
    ],
)
def test_a_room_is_said_with_its_preposition(
    history_in: Callable[[str], History], language: str, room: str, said: str
) -> None:
    """As people say it where the word is known, and in a way that is right for any name where it is not."""
    circumstances = replace(
        asking_in("house", language), rooms=(Room("that-room", room),)
    )
    answered = ask(
        history_in("house"),
        "plays",
        circumstances,
        window="yesterday",
        room="that-room",
    )
    assert f" {said} " in answered.speech
