"""The pages of questions say what is: their examples are asked, their answers are the answers."""

from dataclasses import replace
import json
import re
from typing import Any

import pytest
import yaml

from custom_components.encore.history.history import History
from custom_components.encore.history.time_ranges.ranges import resolve_window
from custom_components.encore.language.grammar import understand
from custom_components.encore.language.understood import Names
from custom_components.encore.questions.all_questions import QUESTIONS
from custom_components.encore.questions.base.parameters import by_label
from script.question_pages import all_of_them, documented, question_pages

from .house import NOW, ask
from .own_tests import OWN_TESTS
from .phrasings import BIRTHDAYS, meaning
from .sentence_pool import Hearing

PAGE = all_of_them()
EXAMPLES = re.findall(
    r"```yaml\naction: encore\.(\w+)\n(.+?)```\n\n```json\n(.+?)```", PAGE, re.DOTALL
)
HEADINGS = {
    "What was played": "plays",
    "What was played most": "top",
    "What was playing": "playing_at",
    "How complete the history is": "coverage",
    "How often something was played": "count",
    "When something was played": "when_heard",
    "What was played on this day": "on_this_day",
    "What hasn’t been played for long": "forgotten_favourites",
    "How long music was on": "listening_time",
    "When music is on": "heatmap",
    "How it went from day to day": "timeline",
    "What is repeated": "repeat_rate",
    "What is new": "discoveries",
    "How two times compare": "comparison",
    "Days in a row": "streaks",
    "Sessions": "sessions",
    "What a name is in the history": "search",
    "Taste": "taste",
    "The year in music": "year",
    **{QUESTIONS[key].title: key for key in OWN_TESTS},
}
ACTIONS = {question.name: question.key for question in QUESTIONS}
SENTENCES = {
    HEADINGS[heading]: re.findall(r"^- (.+)$", section, re.MULTILINE)
    for heading, section in re.findall(
        r"^\*\*(.+)\*\*\n\n((?:- .+\n)+)", PAGE, re.MULTILINE
    )
}
NAMES = Names(
    listeners=(("Alva", "Alva"), ("Ben", "Ben")),
    rooms=(("Kitchen", "Kitchen"),),
    devices=(("Desk", "Desk"),),
)


def test_there_is_an_example_of_each_question() -> None:
    """Each question's action is shown with its answer."""
    assert {action for action, _, _ in EXAMPLES} == ACTIONS.keys()


@pytest.mark.parametrize(("action", "call", "answer"), EXAMPLES)
def test_an_example_gives_the_answer_that_is_shown(
    history: History, action: str, call: str, answer: str
) -> None:
    """What the page shows as an answer is what the home answers."""
    values: dict[str, Any] = yaml.safe_load(call)["data"]
    question = ACTIONS[action]
    labelled: dict[str, Any] = by_label(QUESTIONS[question].declares, values)
    assert ask(history, question, **labelled).data == json.loads(answer)


def test_each_list_of_sentences_stands_under_a_known_heading() -> None:
    """None is passed over."""
    assert SENTENCES.keys() == set(HEADINGS.values())


@pytest.mark.parametrize("question", SENTENCES)
def test_every_sentence_of_the_page_is_understood(question: str) -> None:
    """What the page says can be asked is taken, and means the question that it stands under."""
    hearing = Hearing("en", ["Alva", "Ben"])
    sentences = SENTENCES[question]
    assert len(sentences) >= 5
    for sentence in sentences:
        assert hearing.ours(sentence), sentence
        understood = understand(sentence, "en", NAMES)
        assert understood is not None, sentence
        assert understood.question == question


@pytest.mark.parametrize(
    ("question", "sentence", "values"),
    [
        (question, sentence, values)
        for question, own in OWN_TESTS.items()
        for sentence, values in own.SENTENCES.items()
    ],
)
def test_a_sentence_of_a_question_means_its_values(
    question: str, sentence: str, values: dict[str, Any]
) -> None:
    """With the values that people mean, whatever else the grammar could make of it."""
    understood = understand(sentence, "en", NAMES)
    assert understood is not None
    assert meaning(understood.question, understood.values) == meaning(question, values)


def test_the_pages_are_current() -> None:
    """The parts that script/generate-descriptions writes are what it would write."""
    for page in question_pages():
        text = page.read_text(encoding="utf-8")
        assert documented(text) == text


def test_the_table_of_answers_names_what_each_of_them_has() -> None:
    """Keys of every answer stand in the table that describes them, and no key that none has."""
    table = PAGE.split("Every answer has:")[1].split("Keys mean the same")[0]
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", table, re.MULTILINE)
    described = {key for row in rows for key in re.findall(r"`(\w+)`", row)}
    answers = [json.loads(answer) for _, _, answer in EXAMPLES]
    assert set.intersection(*map(set, answers)) - {"speech"} <= described
    assert described - {"speech"} <= set.union(*map(set, answers))


def test_every_window_of_the_page_exists() -> None:
    """Each name in the table of windows is one."""
    table = PAGE.split("## Time periods")[1].split("Time periods follow")[0]
    names = set(re.findall(r"`([a-z0-9][\w-]*)`", table)) - {"name"}
    assert len(names) > 25
    clock = replace(NOW, birthdays=BIRTHDAYS)
    for name in names - {"this_evening", "tonight", "this_weekend"}:  # yet to come
        assert resolve_window(name, clock).window.end
