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
        "You listened for 13 minutes last night, on two days; the longest was July 14 with ten minutes.",
    ),
    (
        "listening_time",
        {"window": "yesterday", "kind": "podcast", "room": ["kitchen", "Alva's study"]},
        "15 minutes of podcasts in the Kitchen and Alva's study yesterday.",
    ),
    (
        "heatmap",
        {"by": "minutes", "window": "this_week"},
        "Most was played on Tuesdays from 7 am to 8 am so far this week: 15 minutes of 42 minutes.",
    ),
    (
        "heatmap",
        {"window": "this_week"},
        "Most was played on Tuesdays from 8 pm to 9 pm so far this week: three of nine plays.",
    ),
    (
        "timeline",
        {"step": "week", "window": "this_month"},
        "There were nine plays so far this month; the busiest week was that of July 13 with nine plays.",
    ),
    (
        "timeline",
        {"step": "hour", "window": "yesterday", "by": "minutes"},
        "28 minutes of listening yesterday; the busiest hour was that from 7 am on July 14 with 15 minutes.",
    ),
    (
        "comparison",
        {"listener": "me", "by": "minutes"},
        "More: 32 minutes so far, ten minutes last month.",
    ),
    (
        "timeline",
        {"step": "month", "listener": ["Alva", "Ben"]},
        "Alva Lind and Ben have had 14 plays since March 9, 2019; the busiest month was July 2026 with nine plays. By month: March 2019 with one play, August 2025 with one play, June 2026 with three plays and July 2026 with nine plays.",
    ),
    (
        "repeat_rate",
        {"window": "monday"},
        "Nothing was repeated on Monday: there was one play.",
    ),
    (
        "repeat_rate",
        {"window": "this_year", "limit": 1},
        "58 percent of the twelve plays so far this year were repeats. Repeated most: “Ember” by Kite Season with six plays.",
    ),
    (
        "discoveries",
        {"window": "this_month", "of": "artists"},
        "One new artist was discovered so far this month: Ünï çødé & Söhne with one play.",
    ),
    (
        "discoveries",
        {"window": "this_month", "listener": "Ben", "of": "tracks", "by": "minutes"},
        "Ben discovered one new track so far this month: “Ember” by Kite Season with ten minutes. Ben’s history begins on Monday.",
    ),
    (
        "comparison",
        {"listener": "me"},
        "More: six so far, three last month.",
    ),
    (
        "streaks",
        {},
        "Three days so far, the longest streak.",
    ),
    (
        "count",
        {"thing": "Ember"},
        "“Ember” by Kite Season has been played eight times since March 9, 2019, 27 minutes in all; first at noon on March 9, 2019, last at 9 am today. That is number 1 of 4 tracks.",
    ),
    (
        "count",
        {"thing": "ember by kite season", "listener": "Ben", "window": "today"},
        "Ben played “Ember” by Kite Season once so far today, at 9 am today.",
    ),
    (
        "count",
        {"thing": "aurora vale", "listener": "me", "room": "kitchen"},
        "You have played Aurora Vale three times in the Kitchen since March 9, 2019, ten minutes in all; first at 7:58 pm yesterday, last at 8:06 pm yesterday. That is number 1 of 2 artists.",
    ),
    (
        "count",
        {"thing": "Hollow", "by": "minutes", "window": "june"},
        "The album “Hollow” by Kite Season was played twice in June, seven minutes in all; first at noon on June 20, last at 12:10 pm on June 20. That is number 1 of 2 albums by time.",
    ),
    (
        "count",
        {"thing": "Ember", "window": "2020"},
        "As far as I know, “Ember” by Kite Season wasn’t played in 2020.",
    ),
    (
        "count",
        {"thing": "Glass", "listener": "Ben", "room": "kitchen"},
        "As far as I know, Ben hasn’t played “Glass” by The Harbours in the Kitchen since Monday.",
    ),
    (
        "count",
        {"thing": "Ember", "listener": "Ben", "window": "2020"},
        "Ben’s history begins on Monday, so I can’t tell what Ben played in 2020.",
    ),
    (
        "count",
        {"thing": "Ember", "listener": "Cleo"},
        "I don’t know of anything that Cleo played yet.",
    ),
    (
        "when_heard",
        {"thing": "Ember", "which": "first"},
        "“Ember” by Kite Season was first played at noon on March 9, 2019, by you.",
    ),
    (
        "when_heard",
        {"thing": "Ember", "which": "last", "listener": "me"},
        "You last played “Ember” by Kite Season at 12:30 am today, in Alva's study on Phone.",
    ),
    (
        "when_heard",
        {"thing": "Aurora Vale", "which": "last"},
        "Aurora Vale was last played at 8:06 pm yesterday, with “River Light”, by you in the Kitchen on Phone.",
    ),
    (
        "when_heard",
        {"thing": "Glass", "window": "2026", "listener": "Alva"},
        "In 2026, you played “Glass” by The Harbours twice: first at 12:20 pm on June 20, and last at 8:02 pm yesterday, in the Kitchen on Phone.",
    ),
    (
        "when_heard",
        {"thing": "Tuesday"},
        "“Tuesday” of The Morning Post was played once, at 7 am yesterday, by you in the Kitchen on Phone.",
    ),
    (
        "when_heard",
        {"thing": "Glass", "listener": "Ben"},
        "As far as I know, Ben hasn’t played “Glass” by The Harbours since Monday.",
    ),
    (
        "sessions",
        {"listener": "me"},
        "You had four listening sessions so far this week, eight minutes each on average. The longest was between 7 am and 7:15 am yesterday with one play and 15 minutes in the Kitchen.",
    ),
    (
        "sessions",
        {"room": "kitchen", "window": "yesterday", "by": "plays"},
        "There were two listening sessions in the Kitchen yesterday, twelve minutes each on average. The one with the most plays was yours, from 7:58 pm to 8:09 pm with three plays and ten minutes.",
    ),
    (
        "sessions",
        {"window": "monday"},
        "There was one listening session on Monday, from 8 pm to 8:03 pm: one play, three minutes.",
    ),
    (
        "sessions",
        {"per": "room"},
        "There were three listening sessions so far this week, nine minutes each on average. The longest was between 7 am and 7:15 am yesterday with one play and 15 minutes in the Kitchen.",
    ),
    (
        "sessions",
        {"per": "room", "window": "monday"},
        "I don’t know yet which rooms the music was in.",
    ),
    (
        "on_this_day",
        {},
        "As far as I know, nothing was played on this day in earlier years.",
    ),
    (
        "on_this_day",
        {"window": "last_year", "listener": "Alva"},
        "As far as I know, you didn’t play anything on this day last year.",
    ),
    (
        "on_this_day",
        {"date": "march_9"},
        "On March 9: one play in 2019, “Ember” by Kite Season.",
    ),
    (
        "on_this_day",
        {"date": "yesterday", "room": "kitchen"},
        "On July 14 in the Kitchen: four plays in 2026, most often “River Light” by Aurora Vale.",
    ),
    (
        "on_this_day",
        {"date": "yesterday", "device": "web player"},
        "On July 14 on Web Player: one play in 2026, “Ember” by Kite Season.",
    ),
    (
        "forgotten_favourites",
        {},
        "No track has been played ten times or more since March 9, 2019.",
    ),
    (
        "forgotten_favourites",
        {"listener": "me", "of": "artists", "at_least": 2, "quiet_days": 20},
        "Nothing is forgotten: all three favorite artists were played again in the last 20 days.",
    ),
    (
        "forgotten_favourites",
        {"of": "shows", "at_least": 1, "quiet_days": 1},
        "The Morning Post was a favorite, but hasn’t been played since yesterday.",
    ),
    (
        "forgotten_favourites",
        {"of": "rooms", "at_least": 1, "quiet_days": 1},
        "Nothing is forgotten: both favorite rooms were used again in the last day.",
    ),
    (
        "top",
        {"of": "sources", "by": "minutes"},
        "The top source since March 9, 2019 is Spotify’s player with 58 minutes.",
    ),
    (
        "top",
        {"of": "shows", "window": "yesterday"},
        "The top show yesterday was The Morning Post with one play.",
    ),
    (
        "top",
        {"of": "rooms"},
        "The top two rooms since March 9, 2019 are Kitchen with four plays and Alva's study with one.",
    ),
    (
        "top",
        {"of": "shows", "window": "today"},
        "As far as I know, no podcasts have been played so far today, only music.",
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
    assert "didn’t play anything in 2020" in answered.speech
    answered = ask(history, question, listener="Ben", **values)
    assert "so I can’t tell" in answered.speech


@pytest.mark.parametrize("question", [*COUNTED, "coverage"])
def test_an_empty_history_answers(tmp_path: Path, question: str) -> None:
    """Before anything was played, every question has an answer."""
    with history_of(tmp_path, []) as history:
        needed = {} if question == "comparison" else NEEDED.get(question, {})
        speech = ask(history, question, **needed).speech
    assert speech == "I don’t know of anything played yet."
