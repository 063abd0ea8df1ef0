"""Searches, taste and the year in review: how they are asked in a sentence, and what is said."""

from collections.abc import Callable
from typing import Any

import pytest

from custom_components.encore.history.history import History
from custom_components.encore.history.time_ranges.local_clock import Clock
from custom_components.encore.language.grammar import understand
from custom_components.encore.language.understood import Names

from .house import BEN, BERLIN, EMBER, GLASS, ask, at, heard, history_of, query_context
from .sentence_pool import Hearing

NAMES = Names(
    listeners=(("Alva", "Alva"), ("Ben", "Ben")), rooms=(("Kitchen", "Kitchen"),)
)
ME = {"listener": "me"}


@pytest.mark.parametrize(
    ("sentence", "question", "values"),
    [
        ("Search my history for Ember", "search", {"text": "Ember", **ME}),
        (
            "look through our listening history for Aurora Vale last week",
            "search",
            {"text": "Aurora Vale", "listener": "everyone", "window": "last_week"},
        ),
        (
            "search Alva's history for the song River Light",
            "search",
            {"text": "River Light", "listener": "Alva", "type": "track"},
        ),
        (
            "find Kite Season in my listening history",
            "search",
            {"text": "Kite Season", **ME},
        ),
        ("Sum up my taste", "taste", ME),
        (
            "describe Ben's music taste this year",
            "taste",
            {"listener": "Ben", "window": "this_year"},
        ),
        ("what is our taste in music like", "taste", {"listener": "everyone"}),
        ("How was my year in music?", "year", ME),
        ("how was Alva's year in music", "year", {"listener": "Alva"}),
        ("show me my year in review for 2023", "year", {"year": 2023, **ME}),
        ("how was my 2019 year in music", "year", {"year": 2019, **ME}),
    ],
)
def test_a_sentence_is_understood(
    sentence: str, question: str, values: dict[str, Any]
) -> None:
    """It is taken from Home Assistant, and means its question."""
    assert Hearing("en", ["Alva", "Ben"]).ours(sentence)
    understood = understand(sentence, "en", NAMES)
    assert understood is not None
    assert (understood.question, understood.values) == (question, values)


@pytest.mark.parametrize(
    "sentence", ["search for the remote", "find my phone", "how was my year"]
)
def test_what_is_not_about_music_is_left_alone(sentence: str) -> None:
    """Others may know what is meant."""
    assert not Hearing("en", ["Alva", "Ben"]).ours(sentence)


@pytest.mark.parametrize(
    ("question", "values", "speech"),
    [
        (
            "search",
            {"text": "embre", **ME},
            "You have played “Ember” by Kite Season: five plays, the first on March 9, 2019, the last today.",
        ),
        (
            "search",
            {"text": "glass", "window": "yesterday"},
            "“Glass” by The Harbours was played yesterday: one play.",
        ),
        (
            "search",
            {"text": "polka", "window": "this_week"},
            "I found nothing called “polka” in the history so far this week.",
        ),
        (
            "search",
            {"text": "vale", "window": "2012"},
            "The history begins on March 9, 2019, so I can’t tell what was played in 2012.",
        ),
        (
            "taste",
            ME,
            (
                "You listened for 45 minutes in the last twelve months. Mostly Aurora Vale, Kite Season and The Harbours,"
                " around noon and on Tuesdays; the favorite was “Ember”."
            ),
        ),
        (
            "taste",
            {"kind": "podcast", "window": "yesterday", **ME},
            (
                "You listened to podcasts for 15 minutes yesterday. Mostly The Morning Post, around 7 am and on Tuesdays;"
                " the favorite was “Tuesday”."
            ),
        ),
        (
            "year",
            {"year": 2025},
            (
                "Three minutes of listening in 2025. The top artist was Kite Season, the top track “Ember” by"
                " Kite Season and the biggest month August."
            ),
        ),
        (
            "year",
            {"year": 2012},
            "The history begins on March 9, 2019, so I can’t tell what was played in 2012.",
        ),
    ],
)
def test_an_answer_is_said(
    history: History, question: str, values: dict[str, Any], speech: str
) -> None:
    """Short enough to be listened to."""
    assert ask(history, question, **values).speech == speech


def test_several_finds_are_named_and_counted(new_store: Callable[[], str]) -> None:
    """The best of them, with how often each was heard."""
    past = [
        heard(BEN, item, f"2026-07-01 1{hour}:00")
        for hour, item in enumerate((EMBER, EMBER, GLASS))
    ]
    with history_of(new_store(), past) as history:
        speech = ask(history, "search", text="h", type="album").speech
        assert speech == (
            "The album “Hollow” by Kite Season has been played: two plays, on July 1."
        )
        speech = ask(history, "search", text="t").speech
    assert speech == (
        "I found two matches for “t” in the history:"
        " The Harbours with one play and the album “Tides” by The Harbours with one."
    )


def test_in_january_the_year_is_the_one_before(history: History) -> None:
    """Nobody looks back on a year that has just begun, unless its number is given."""
    january = query_context(clock=Clock(at("2027-01-20 12:00"), BERLIN))
    assert ask(history, "year", january).data["year"] == 2026
    assert ask(history, "year").data["year"] == 2026
    assert ask(history, "year", january, year=2027).data["total"]["play_count"] == 0


def test_a_year_under_way_is_compared_with_as_much_of_the_year_before(
    history: History,
) -> None:
    """The play of August 2025 is not yet due in July 2026."""
    before = ask(history, "year").data["before"]
    assert before["end"] == "2025-07-15T14:30:00+02:00"
    assert before["play_count"] == 0
    over = query_context(clock=Clock(at("2027-02-01 12:00"), BERLIN))
    assert ask(history, "year", over, year=2026).data["before"]["play_count"] == 1
