"""What is said to questions that count over a window, word for word."""

from pathlib import Path
from typing import Any

import pytest

from custom_components.encore.history.history import History
from custom_components.encore.questions.all_questions import QUESTIONS

from .house import ask, history_of
from .own_tests import NEEDED as OWN_NEEDED

SAID: list[tuple[str, dict[str, Any], str]] = [
    (
        "listening_time",
        {"window": "last_night", "listener": "me"},
        "You listened for 13 minutes last night, on two days; the longest was 14 July with ten minutes.",
    ),
    (
        "listening_time",
        {"window": "yesterday", "kind": "podcast", "room": ["kitchen", "Alva's study"]},
        "The house listened to podcasts for 15 minutes in the Kitchen and Alva's study yesterday.",
    ),
    (
        "heatmap",
        {"by": "minutes", "window": "this_week"},
        "The house listened most on Tuesdays from 7 am to 8 am so far this week: 15 minutes of 42 minutes.",
    ),
    (
        "heatmap",
        {"window": "this_week"},
        "The house listened most on Tuesdays from 8 pm to 9 pm so far this week: three of nine plays.",
    ),
    (
        "timeline",
        {"step": "week", "window": "this_month"},
        "The house had nine plays so far this month; the busiest week was that of 13 July with nine plays.",
    ),
    (
        "timeline",
        {"step": "hour", "window": "yesterday", "by": "minutes"},
        "The house had 28 minutes yesterday; the busiest hour was that from 7 am on 14 July with 15 minutes.",
    ),
    (
        "comparison",
        {"listener": "me", "by": "minutes"},
        "You listened for 32 minutes so far this month and for ten minutes last month: 217 percent more.",
    ),
    (
        "timeline",
        {"step": "month", "listener": ["Alva", "Ben"]},
        "Alva Lind and Ben have had 14 plays since 9 March 2019; the busiest month was July 2026 with nine plays.",
    ),
    (
        "repeat_rate",
        {"window": "monday"},
        "The house repeated nothing on Monday: there was one play.",
    ),
    (
        "repeat_rate",
        {"window": "this_year", "limit": 1},
        "58 percent of the house’s twelve plays so far this year were repeats. Repeated most: “Ember” by Kite Season with six plays.",
    ),
    (
        "discoveries",
        {"window": "this_month", "of": "artists"},
        "The house heard one new artist so far this month: Ünï çødé & Söhne with one play.",
    ),
    (
        "discoveries",
        {"window": "this_month", "listener": "Ben", "of": "tracks", "by": "minutes"},
        "Ben heard one new track so far this month: “Ember” by Kite Season with ten minutes. My record of Ben begins on Monday.",
    ),
    (
        "comparison",
        {"listener": "me"},
        "You had six plays so far this month and three plays last month: 100 percent more.",
    ),
    (
        "streaks",
        {},
        "The house has listened on six days since 9 March 2019, at most three in a row, from 13 July to 15 July, which goes on.",
    ),
    (
        "count",
        {"thing": "Ember"},
        "The house has heard “Ember” by Kite Season eight times since 9 March 2019, 27 minutes in all; first at noon on 9 March 2019, last at 9 am today. That is number 1 of 4 tracks.",
    ),
    (
        "count",
        {"thing": "ember by kite season", "listener": "Ben", "window": "today"},
        "Ben heard “Ember” by Kite Season once so far today, at 9 am today.",
    ),
    (
        "count",
        {"thing": "aurora vale", "listener": "me", "room": "kitchen"},
        "You have heard Aurora Vale three times in the Kitchen since 9 March 2019, ten minutes in all; first at 7:58 pm yesterday, last at 8:06 pm yesterday. That is number 1 of 2 artists.",
    ),
    (
        "count",
        {"thing": "Hollow", "by": "minutes", "window": "june"},
        "The house heard the album “Hollow” by Kite Season twice in June, seven minutes in all; first at noon on 20 June, last at 12:10 pm on 20 June. That is number 1 of 2 albums by time.",
    ),
    (
        "count",
        {"thing": "Ember", "window": "2020"},
        "As far as I know, the house did not hear “Ember” by Kite Season in 2020.",
    ),
    (
        "count",
        {"thing": "Glass", "listener": "Ben", "room": "kitchen"},
        "As far as I know, Ben has not heard “Glass” by The Harbours in the Kitchen since Monday.",
    ),
    (
        "count",
        {"thing": "Ember", "listener": "Ben", "window": "2020"},
        "My record of Ben begins on Monday, so I can’t tell what Ben played in 2020.",
    ),
    (
        "count",
        {"thing": "Ember", "listener": "Cleo"},
        "I don’t know of anything that Cleo played yet.",
    ),
    (
        "when_heard",
        {"thing": "Ember", "which": "first"},
        "The house first heard “Ember” by Kite Season at noon on 9 March 2019, by you.",
    ),
    (
        "when_heard",
        {"thing": "Ember", "which": "last", "listener": "me"},
        "You last heard “Ember” by Kite Season at 12:30 am today, in Alva's study on Phone.",
    ),
    (
        "when_heard",
        {"thing": "Aurora Vale", "which": "last"},
        "The house last heard Aurora Vale at 8:06 pm yesterday, with “River Light”, by you in the Kitchen on Phone.",
    ),
    (
        "when_heard",
        {"thing": "Glass", "window": "2026", "listener": "Alva"},
        "In 2026, you heard “Glass” by The Harbours twice: first at 12:20 pm on 20 June, and last at 8:02 pm yesterday, in the Kitchen on Phone.",
    ),
    (
        "when_heard",
        {"thing": "Tuesday"},
        "The house heard “Tuesday” of The Morning Post once, at 7 am yesterday, by you in the Kitchen on Phone.",
    ),
    (
        "when_heard",
        {"thing": "Glass", "listener": "Ben"},
        "As far as I know, Ben has not heard “Glass” by The Harbours since Monday.",
    ),
    (
        "sessions",
        {"listener": "me"},
        "You listened in four sessions so far this week, eight minutes each on average. The longest was between 7 am and 7:15 am yesterday with one play and 15 minutes in the Kitchen.",
    ),
    (
        "sessions",
        {"room": "kitchen", "window": "yesterday", "by": "plays"},
        "The house listened in two sessions in the Kitchen yesterday, twelve minutes each on average. The one with the most plays was yours, from 7:58 pm to 8:09 pm with three plays and ten minutes.",
    ),
    (
        "sessions",
        {"window": "monday"},
        "The house listened once on Monday, from 8 pm to 8:03 pm: one play, three minutes.",
    ),
    (
        "sessions",
        {"per": "room"},
        "The house listened in three sessions so far this week, nine minutes each on average. The longest was between 7 am and 7:15 am yesterday with one play and 15 minutes in the Kitchen.",
    ),
    (
        "sessions",
        {"per": "room", "window": "monday"},
        "As far as I know, the house played nothing in any room that I know of on Monday.",
    ),
    (
        "on_this_day",
        {},
        "As far as I know, the house played nothing on this day in earlier years.",
    ),
    (
        "on_this_day",
        {"window": "last_year", "listener": "Alva"},
        "As far as I know, you played nothing on this day last year.",
    ),
    (
        "on_this_day",
        {"date": "march_9"},
        "On 9 March, the house had one play in 2019, “Ember” by Kite Season.",
    ),
    (
        "on_this_day",
        {"date": "yesterday", "room": "kitchen"},
        "On 14 July in the Kitchen, the house had four plays in 2026, most often “River Light” by Aurora Vale.",
    ),
    (
        "on_this_day",
        {"date": "yesterday", "device": "web player"},
        "On 14 July on Web Player, the house had one play in 2026, “Ember” by Kite Season.",
    ),
    (
        "forgotten_favourites",
        {},
        "The house has played no track at least ten times since 9 March 2019.",
    ),
    (
        "forgotten_favourites",
        {"listener": "me", "of": "artists", "at_least": 2, "quiet_days": 20},
        "Nothing is forgotten: three artists that you have played at least twice since 9 March 2019 were heard again in the last 20 days.",
    ),
    (
        "forgotten_favourites",
        {"of": "shows", "at_least": 1, "quiet_days": 1},
        "One show that the house has played at least once since 9 March 2019 has been quiet for one day or more: The Morning Post with one play, last yesterday.",
    ),
    (
        "forgotten_favourites",
        {"of": "rooms", "at_least": 1, "quiet_days": 1},
        "Nothing is forgotten: two rooms that the house has played in at least once since 9 March 2019 were heard again in the last day.",
    ),
    (
        "top",
        {"of": "sources", "by": "minutes"},
        "The house’s top source since 9 March 2019 is Spotify’s player with 58 minutes.",
    ),
    (
        "top",
        {"of": "shows", "window": "yesterday"},
        "The house’s top show yesterday was The Morning Post with one play.",
    ),
    (
        "top",
        {"of": "rooms"},
        "The house’s top two rooms since 9 March 2019 are Kitchen with four plays and Alva's study with one.",
    ),
    (
        "top",
        {"of": "shows", "window": "today"},
        "As far as I know, the house played no podcasts so far today.",
    ),
]


@pytest.mark.parametrize(("question", "values", "speech"), SAID)
def test_what_is_said(
    history: History, question: str, values: dict[str, Any], speech: str
) -> None:
    """Each answer as somebody hears it."""
    assert ask(history, question, **values).speech == speech


NAMED = ("count", "when_heard")
COUNTED = [
    question.key
    for question in QUESTIONS
    if question.key not in {"playing_at", "coverage", *NAMED}
]
NEEDED: dict[str, dict[str, Any]] = {
    "comparison": {"compared_with": "2021"},
    "search": {"text": "ember"},
    **OWN_NEEDED,
}
"""What a question cannot be asked without."""


def in_2020(question: str) -> dict[str, Any]:
    """Return what a question about 2020 is asked with."""
    when = {"year": 2020} if question == "year" else {"window": "2020"}
    return when | NEEDED.get(question, {})


@pytest.mark.parametrize("question", COUNTED)
def test_nothing_is_said_to_be_nothing(history: History, question: str) -> None:
    """A window without plays, and one before the record, are told apart."""
    values = in_2020(question)
    answered = ask(history, question, listener="Alva", **values)
    assert "played nothing in 2020" in answered.speech
    answered = ask(history, question, listener="Ben", **values)
    assert "so I can’t tell" in answered.speech


@pytest.mark.parametrize("question", [*COUNTED, "coverage"])
def test_an_empty_history_answers(tmp_path: Path, question: str) -> None:
    """Before anything was played, every question has an answer."""
    with history_of(tmp_path, []) as history:
        needed = {} if question == "comparison" else NEEDED.get(question, {})
        speech = ask(history, question, **needed).speech
    assert speech == "I don’t know of anything that the house played yet."
