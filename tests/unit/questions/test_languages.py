"""Every language says all that English says, word for word as it was read by eye."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from typing import Final

from jinja2 import Environment, nodes
import pytest

from custom_components.encore.history.errors import InvalidWindow
from custom_components.encore.history.history import History
from custom_components.encore.history.model import Room
from custom_components.encore.language.speech import (
    ANSWERS,
    COMMANDS_DONE,
    DEFAULT_LANGUAGE,
    SENTENCES,
    languages,
    say_error,
)
from custom_components.encore.questions.all_questions import QUESTIONS
from custom_components.encore.questions.errors import QuestionError
from custom_components.encore.questions.query_context import QueryContext

from .house import ask
from .spoken_houses import (
    HOUSES,
    Spoken,
    asking_in,
    spoken,
    spoken_languages,
    spoken_rooms,
)

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
OTHERS: Final = sorted(languages() - {DEFAULT_LANGUAGE})


def _template(template: str, language: str) -> nodes.Template:
    path = SENTENCES / template.format(language)
    assert path.exists(), f"{path.name} of {language} is missing"
    return Environment().parse(path.read_text(encoding="utf-8"))


def _called(template: str, language: str) -> dict[str, tuple[str, ...]]:
    """Return the macros that are called with an answer, an error or a result, and their parameters."""
    macros = _template(template, language).find_all(nodes.Macro)
    named = {macro.name: tuple(each.name for each in macro.args) for macro in macros}
    return {name: given for name, given in named.items() if given in CALLED_WITH}


@pytest.mark.parametrize("template", [ANSWERS, COMMANDS_DONE])
@pytest.mark.parametrize("language", OTHERS)
def test_a_language_says_what_english_says(language: str, template: str) -> None:
    """Whatever English has a macro for that is called with an answer, an error or a result."""
    wanted = _called(template, DEFAULT_LANGUAGE)
    missing = wanted.items() - _called(template, language).items()
    assert wanted
    assert sorted(name for name, _ in missing) == []


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
    assert used - known <= {"clock", "loop", "namespace"}


@pytest.fixture(scope="module")
def history_in(new_store: Callable[[], str]) -> Iterator[Callable[[str], History]]:
    """Give the histories of the houses, each opened once."""
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
    """Each sentence of `spoken/`, in that language and that house."""
    circumstances = asking_in(each.house, language)
    assert _said(history_in(each.house), each, circumstances) == each.said


@pytest.mark.parametrize("language", spoken_languages())
def test_every_question_was_read(language: str) -> None:
    """A language with sentences to be read has some of each question."""
    read = {each.question for each in spoken(language)}
    assert {question.key for question in QUESTIONS} - read == set()


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
