"""What is said: every answer and refusal of the house, word for word, to be read by eye."""

from dataclasses import replace
from pathlib import Path
import re
from typing import Any

from jinja2 import Environment
import pytest

from custom_components.encore.history.errors import InvalidWindow
from custom_components.encore.history.history import History
from custom_components.encore.history.model import Item, Room
from custom_components.encore.language.sentence_files import languages, spoken_source
from custom_components.encore.language.speech import language_of, say_error, say_phrase
from custom_components.encore.questions.all_questions import QUESTIONS
from custom_components.encore.questions.base.errors import BadParameter, QuestionError
from custom_components.encore.questions.base.parameters import LONGEST_TEXT
from custom_components.encore.questions.base.query_context import Expected

from .house import (
    ALVA,
    BEN,
    EMBER,
    KITCHEN,
    NEWS,
    NOW,
    PAST,
    ask,
    at,
    heard,
    history_of,
    query_context,
    song,
)
from .spoken_houses import loved

type Values = dict[str, Any]


PLAYS: list[tuple[Values, str]] = [
    (
        {"window": "last_night", "listener": "me"},
        "You played four tracks last night, 13 minutes in all. Most often Aurora Vale; the latest was “Ember” by Kite Season.",
    ),
    (
        {"window": "last_night"},
        "Five tracks were played last night, 17 minutes in all. Most often Aurora Vale and Kite Season; the latest was “Glass” by The Harbours and Aurora Vale.",
    ),
    (
        {"window": "yesterday", "listener": "Alva"},
        "You played four tracks and episodes yesterday, 25 minutes in all. Most often Aurora Vale; the latest was “Glass” by The Harbours and Aurora Vale.",
    ),
    (
        {"window": "yesterday", "listener": "Alva", "limit": 5},
        "You played four tracks and episodes yesterday, 25 minutes in all. The latest: “Glass” by The Harbours and Aurora Vale, “River Light” by Aurora Vale and the episode “Tuesday” of The Morning Post.",
    ),
    (
        {"window": "yesterday_morning", "listener": "me"},
        "You played one episode yesterday morning: “Tuesday” of The Morning Post, at 7 am.",
    ),
    (
        {"window": "today", "listener": "Ben"},
        "Ben played one track so far today: “Ember” by Kite Season, at 9 am.",
    ),
    (
        {"window": "today", "listener": "me"},
        "You played two tracks so far today: “<b>Robert'); DROP TABLE play;--</b>” by Ünï çødé & Söhne and “Ember” by Kite Season.",
    ),
    (
        {"listener": "me"},
        "You played five tracks in the last 24 hours, 17 minutes in all. Most often Aurora Vale; the latest was “<b>Robert'); DROP TABLE play;--</b>” by Ünï çødé & Söhne.",
    ),
    (
        {"window": "this_week", "listener": "Ben"},
        "Ben played at least three tracks so far this week, ten minutes in all. It was “Ember” by Kite Season each time. Ben’s history begins on Monday.",
    ),
    (
        {"window": "this_week"},
        "Nine tracks and episodes were played so far this week, 42 minutes in all. Most often Kite Season and Aurora Vale; the latest was “<b>Robert'); DROP TABLE play;--</b>” by Ünï çødé & Söhne.",
    ),
    ({"window": "last_week"}, "As far as I know, nothing was played last week."),
    (
        {"window": "last_week", "listener": "Ben"},
        "Ben’s history begins on Monday, so I can’t tell what Ben played last week.",
    ),
    (
        {"window": "2019"},
        "At least one track was played in 2019: “Ember” by Kite Season, at noon on March 9, 2019. The history begins on March 9, 2019.",
    ),
    (
        {"window": "2018"},
        "The history begins on March 9, 2019, so I can’t tell what was played in 2018.",
    ),
    (
        {"window": "august"},
        "One track was played in August 2025: “Ember” by Kite Season, at noon on August 3, 2025.",
    ),
    (
        {"window": "june", "room": "Kitchen"},
        "As far as I know, nothing was played in the Kitchen in June.",
    ),
    (
        {"window": "yesterday", "room": "kitchen"},
        "Four tracks and episodes were played in the Kitchen yesterday, 25 minutes in all. Most often Aurora Vale; the latest was “Glass” by The Harbours and Aurora Vale.",
    ),
    (
        {"window": "yesterday", "room": "den"},
        "As far as I know, nothing was played on Den speaker yesterday.",
    ),
    (
        {"window": "monday", "room": "den"},
        "One track was played on Den speaker on Monday: “Ember” by Kite Season, at 8 pm.",
    ),
    (
        {"window": "last_night", "room": "Alva's study"},
        "One track was played in Alva's study last night: “Ember” by Kite Season, at 12:30 am.",
    ),
    (
        {"window": "yesterday", "room": "bathroom"},
        "As far as I know, nothing was played in the Bathroom yesterday.",
    ),
    (
        {"window": "this_week", "device": "web player"},
        "Two tracks were played on Web Player so far this week, seven minutes in all. It was “Ember” by Kite Season each time.",
    ),
    (
        {"window": "all_time", "listener": "me"},
        "You have played eleven tracks and episodes since March 9, 2019, 48 minutes in all. Most often Kite Season and Aurora Vale; the latest was “<b>Robert'); DROP TABLE play;--</b>” by Ünï çødé & Söhne.",
    ),
    (
        {"window": "all_time", "listener": "Cleo"},
        "I don’t know of anything that Cleo played yet.",
    ),
    (
        {"window": "last_90_days", "listener": "me"},
        "You played nine tracks and episodes in the last 90 days, 42 minutes in all. Most often Aurora Vale and Kite Season; the latest was “<b>Robert'); DROP TABLE play;--</b>” by Ünï çødé & Söhne.",
    ),
    (
        {"window": "last_hour", "listener": "me"},
        "You played one track in the last hour: “<b>Robert'); DROP TABLE play;--</b>” by Ünï çødé & Söhne, at 2 pm today.",
    ),
    (
        {
            "start_time": "2026-07-14 19:00",
            "end_time": "2026-07-14 21:00",
            "listener": "me",
        },
        "You played three tracks between 7 pm and 9 pm yesterday, ten minutes in all. Most often Aurora Vale; the latest was “Glass” by The Harbours and Aurora Vale.",
    ),
    (
        {"start_time": "2026-06-01", "end_time": "2026-06-30"},
        "Three tracks were played from June 1 to June 30, ten minutes in all. Most often Kite Season; the latest was “Glass” by The Harbours and Aurora Vale.",
    ),
    (
        {"start_time": "2026-07-14"},
        "Eight tracks and episodes have been played since yesterday, 38 minutes in all. Most often Aurora Vale and Kite Season; the latest was “<b>Robert'); DROP TABLE play;--</b>” by Ünï çødé & Söhne.",
    ),
    (
        {"end_time": "2026-06-30"},
        "Five tracks were played until the end of June 30, 17 minutes in all. Most often Kite Season; the latest was “Glass” by The Harbours and Aurora Vale.",
    ),
    (
        {"window": "monday_evening"},
        "One track was played on Monday evening: “Ember” by Kite Season, at 8 pm.",
    ),
    (
        {"window": "2026-06-20"},
        "Three tracks were played on June 20, ten minutes in all. Most often Kite Season; the latest was “Glass” by The Harbours and Aurora Vale.",
    ),
    (
        {"window": "tuesday_night", "listener": "Ben"},
        "Ben played one track last night: “Ember” by Kite Season, at 8:01 pm.",
    ),
    (
        {"window": "since_monday", "listener": "me"},
        "You have played six tracks and episodes since Monday, 32 minutes in all. Most often Aurora Vale; the latest was “<b>Robert'); DROP TABLE play;--</b>” by Ünï çødé & Söhne.",
    ),
    (
        {"window": "since_yesterday", "device": "den"},
        "As far as I know, nothing has been played on Den speaker since yesterday.",
    ),
    (
        {"window": "2_days_ago"},
        "One track was played on Monday: “Ember” by Kite Season, at 8 pm.",
    ),
    (
        {"window": "june_20_evening"},
        "As far as I know, nothing was played on the evening of June 20.",
    ),
]


@pytest.mark.parametrize(("values", "speech"), PLAYS)
def test_what_was_played(history: History, values: Values, speech: str) -> None:
    """Says how much was played in a window, and a few names of it."""
    assert ask(history, "plays", **values).speech == speech


TOP: list[tuple[Values, str]] = [
    (
        {"of": "artists", "window": "this_year", "listener": "me", "limit": 1},
        "Your top artist so far this year is Aurora Vale with four plays.",
    ),
    (
        {"of": "artists", "window": "this_year", "listener": "me"},
        "Your top three artists so far this year are Aurora Vale with four plays, Kite Season with three and The Harbours with two.",
    ),
    (
        {"of": "artists", "listener": "me"},
        "Your top three artists since March 9, 2019 are Kite Season with five plays, Aurora Vale with four and The Harbours with two.",
    ),
    (
        {"of": "tracks", "window": "this_week"},
        "The top three tracks so far this week are “Ember” by Kite Season with four plays, “River Light” by Aurora Vale with two and “<b>Robert'); DROP TABLE play;--</b>” by Ünï çødé & Söhne with one.",
    ),
    (
        {"of": "tracks", "window": "this_month", "listener": "Ben"},
        "Ben’s top track so far this month is “Ember” by Kite Season with three plays. Ben’s history begins on Monday.",
    ),
    (
        {"of": "albums", "window": "june", "listener": "me", "limit": 5},
        "Your top two albums in June were “Hollow” by Kite Season with two plays and “Tides” by The Harbours with one.",
    ),
    (
        {"of": "albums", "window": "yesterday_morning", "listener": "me"},
        "As far as I know, you didn’t play any music yesterday morning, only podcasts.",
    ),
    (
        {"of": "tracks", "window": "last_night", "room": "kitchen", "listener": "Alva"},
        "Your top two tracks in the Kitchen last night were “River Light” by Aurora Vale with two plays and “Glass” by The Harbours with one.",
    ),
    (
        {"of": "tracks", "window": "last_week", "listener": "me"},
        "As far as I know, you didn’t play anything last week.",
    ),
    (
        {"of": "tracks", "window": "today", "listener": "me"},
        "You haven’t played any track more than once so far today; “<b>Robert'); DROP TABLE play;--</b>” by Ünï çødé & Söhne and “Ember” by Kite Season had one play each.",
    ),
    (
        {"of": "artists", "window": "2017", "listener": "me"},
        "Your history begins on March 9, 2019, so I can’t tell what you played in 2017.",
    ),
]


@pytest.mark.parametrize(("values", "speech"), TOP)
def test_the_top_of_a_window(history: History, values: Values, speech: str) -> None:
    """Says what was played most, and how often, in the tense of the window."""
    assert ask(history, "top", **values).speech == speech


PLAYING_AT: list[tuple[Values, str]] = [
    (
        {"moment": "yesterday 20:03"},
        "At 8:03 pm yesterday, you were playing “Glass” by The Harbours and Aurora Vale in the Kitchen and Ben was playing “Ember” by Kite Season on Web Player.",
    ),
    (
        {"moment": "yesterday 20:03", "listener": "me"},
        "At 8:03 pm yesterday, you were playing “Glass” by The Harbours and Aurora Vale in the Kitchen.",
    ),
    (
        {"moment": "yesterday 20:03", "listener": "Ben"},
        "At 8:03 pm yesterday, Ben was playing “Ember” by Kite Season on Web Player.",
    ),
    (
        {"moment": "yesterday 20:03", "room": "kitchen"},
        "At 8:03 pm yesterday, you were playing “Glass” by The Harbours and Aurora Vale in the Kitchen.",
    ),
    (
        {"moment": "last_night 12:31?"},
        "At 12:31 am today, you were playing “Ember” by Kite Season in Alva's study.",
    ),
    (
        {"moment": "yesterday 7:05"},
        "At 7:05 am yesterday, you were playing the episode “Tuesday” of The Morning Post in the Kitchen.",
    ),
    (
        {"moment": "yesterday 21:00", "listener": "me"},
        "As far as I know, you weren’t playing anything at 9 pm yesterday. The last before was “River Light” by Aurora Vale, until 8:09 pm.",
    ),
    (
        {"moment": "yesterday 21:00"},
        "As far as I know, nothing was playing at 9 pm yesterday. The last before was “River Light” by Aurora Vale, until 8:09 pm.",
    ),
    (
        {"moment": "yesterday 12:00", "listener": "Ben"},
        "As far as I know, Ben wasn’t playing anything at noon yesterday.",
    ),
    (
        {"moment": "12:00"},
        "As far as I know, nothing was playing at noon today. The last before was “Ember” by Kite Season, until 9:03 am.",
    ),
    (
        {"moment": "2026-07-01 20:00", "listener": "Ben"},
        "Ben’s history begins on Monday, so I can’t tell what was playing at 8 pm on July 1.",
    ),
    (
        {"moment": "2026-07-01 20:00", "listener": "Cleo"},
        "I don’t know of anything that Cleo played yet.",
    ),
    (
        {"moment": "yesterday 20:03", "room": "bathroom"},
        "As far as I know, nothing was playing in the Bathroom at 8:03 pm yesterday.",
    ),
    (
        {"moment": "yesterday 20:03", "device": "web player"},
        "At 8:03 pm yesterday, Ben was playing “Ember” by Kite Season on Web Player.",
    ),
    (
        {"moment": "1_minutes_ago", "room": "kitchen"},
        "As far as I know, nothing was playing in the Kitchen at 2:29 pm today. The last before was “River Light” by Aurora Vale, until 8:09 pm yesterday.",
    ),
    (
        {"moment": "30_minutes_ago"},
        "At 2 pm today, you were playing “<b>Robert'); DROP TABLE play;--</b>” by Ünï çødé & Söhne on Phone.",
    ),
]


@pytest.mark.parametrize(("values", "speech"), PLAYING_AT)
def test_what_was_playing(history: History, values: Values, speech: str) -> None:
    """Says what was playing, for whom and where, or what had been playing before."""
    assert ask(history, "playing_at", **values).speech == speech


SUGGESTED: list[tuple[str, Values, Expected, str]] = [
    (
        "when_heard",
        {"thing": "glass", "listener": "Ben"},
        Expected.YES,
        "No, not that I know of: Ben hasn’t played “Glass” by The Harbours since Monday.",
    ),
    (
        "when_heard",
        {"thing": "ember", "which": "last", "listener": "me"},
        Expected.YES,
        "Yes, you last played “Ember” by Kite Season at 12:30 am today, in Alva's study on Phone.",
    ),
    (
        "count",
        {"thing": "ember", "window": "today", "listener": "Ben"},
        Expected.YES,
        "Yes, Ben played “Ember” by Kite Season once so far today, at 9 am today.",
    ),
    (
        "plays",
        {"window": "last_week"},
        Expected.YES,
        "No, not that I know of: nothing was played last week.",
    ),
    (
        "plays",
        {"window": "yesterday_morning", "listener": "me", "kind": "music"},
        Expected.YES,
        "No, not that I know of: you didn’t play any music yesterday morning, only podcasts.",
    ),
    (
        "comparison",
        {"listener": "me"},
        Expected.YES,
        "Yes, more: six so far, three last month.",
    ),
    (
        "comparison",
        {"listener": "me"},
        Expected.LESS,
        "No, more: six so far, three last month.",
    ),
    (
        "comparison",
        {"listener": "Ben", "window": "monday", "compared_with": "today"},
        Expected.YES,
        "No, as much for Ben: one on Monday, one so far today. Ben’s history begins on Monday.",
    ),
]


@pytest.mark.parametrize(("question", "values", "expected", "speech"), SUGGESTED)
def test_a_yes_or_no_question_is_answered_with_yes_or_no(
    history: History, question: str, values: Values, expected: Expected, speech: str
) -> None:
    """As the question suggests, or not."""
    suggests = replace(query_context(), expected=expected)
    assert ask(history, question, suggests, **values).speech == speech


LOVED: list[tuple[Values, str]] = [
    (
        {"listener": "me"},
        "You used to love “River Light” by Aurora Vale, “Glass” by The Harbours and “Ember” by Kite Season but haven’t played them for six months or more.",
    ),
    (
        {"listener": "me", "at_least": 12},
        "You used to love “River Light” by Aurora Vale but haven’t played it since January 2025.",
    ),
    (
        {"at_least": 9, "limit": 1},
        "“River Light” by Aurora Vale was a favorite, but hasn’t been played since January 2025. There are three more.",
    ),
]


@pytest.mark.parametrize(("values", "speech"), LOVED)
def test_what_was_loved_and_forgotten(
    tmp_path: Path, values: Values, speech: str
) -> None:
    """What it is, and since when it was not played."""
    with history_of(tmp_path, loved()) as history:
        assert ask(history, "forgotten_favourites", **values).speech == speech


REFUSED: list[tuple[str, Values, str]] = [
    (
        "plays",
        {"window": "tomorrow"},
        "Tomorrow hasn’t come yet, and I only know what was played. Try last night, this week or July.",
    ),
    (
        "plays",
        {"window": "june_31"},
        "I don’t know when “june 31” is. Try last night, this week, July or 2019.",
    ),
    (
        "plays",
        {"window": "2027-12"},
        "December 2027 hasn’t come yet, and I only know what was played. Try last night, this week or July.",
    ),
    (
        "plays",
        {"window": "2026-06-31"},
        "I don’t know when “31 June 2026” is. Try last night, this week, July or 2019.",
    ),
    (
        "playing_at",
        {"moment": "yesterday_evening 3:00 ?"},
        "I don’t know when “yesterday evening 3:00” is. Try last night, this week, July or 2019.",
    ),
    (
        "playing_at",
        {"moment": "today 11:00 pm"},
        "Today 11:00 pm hasn’t come yet, and I only know what was played. Try last night, this week or July.",
    ),
    (
        "plays",
        {"start_time": "2026-07-14", "end_time": "2026-07-01"},
        "That time period ends before it begins. Try it the other way around.",
    ),
    (
        "plays",
        {"start_time": "2026-07-14", "window": "today"},
        "That names the time period twice, once by name and once by its start or end. One of them is enough.",
    ),
    (
        "plays",
        {"listener": "Bob"},
        "I don’t know anyone called “Bob”. I know Alva Lind, Ben and Cleo.",
    ),
    (
        "plays",
        {"room": "bath tub"},
        "I don’t know a room called “bath tub”. I know Alva's study, Bathroom and Kitchen.",
    ),
    (
        "plays",
        {"device": "gramophone"},
        "I don’t know a player called “gramophone”. I know Den speaker, Phone and Web Player.",
    ),
    (
        "count",
        {"thing": "nonsense river words"},
        "I found nothing called “nonsense river words” in the history. Did you mean River Light?",
    ),
    (
        "when_heard",
        {"thing": "Amber", "type": "artist"},
        "I found nothing called “Amber” in the history.",
    ),
    (
        "count",
        {"thing": "spotify:track:unheard"},
        "I found nothing called “spotify:track:unheard” in the history.",
    ),
    ("plays", {"room": "here"}, "I can’t tell which room you are in. Try naming it."),
    (
        "top",
        {"of": "shoes"},
        "The value for “of” is missing or I don’t understand it.",
    ),
    (
        "top",
        {"limit": 1000},
        "The value for “limit” is missing or I don’t understand it.",
    ),
    (
        "dance",
        {},
        "I don’t know that question. You can ask what was playing, what was played most, and how often or when. Try “what did I listen to last night”, “who was my top artist this year” or “when did I first hear” a song.",
    ),
    (
        "playing_at",
        {},
        "The value for “moment” is missing or I don’t understand it.",
    ),
]


@pytest.mark.parametrize(("question", "values", "speech"), REFUSED)
def test_a_refusal_says_why_and_what_would_work(
    history: History, question: str, values: Values, speech: str
) -> None:
    """Bad input is answered by a sentence that says what was wrong with it."""
    assert say_error(_refusal(history, question, values), query_context()) == speech


def _refusal(
    history: History, question: str, values: Values
) -> QuestionError | InvalidWindow:
    """Return the error that a question ends in."""
    try:
        answered = ask(history, question, **values)
    except (QuestionError, InvalidWindow) as err:
        return err
    raise AssertionError(f"This was answered: {answered.speech}")


def test_somebody_unknown_hears_of_the_whole_home(history: History) -> None:
    """Who says "I" and is no known listener is answered for everyone, and told so."""
    answered = ask(
        history, "plays", query_context(me=()), window="last_night", listener="me"
    )
    assert answered.speech.startswith(
        "Five tracks were played by everyone at home last night"
    )
    assert answered.data["assumed"] == ["everyone"]


def test_here_is_where_the_asker_is(history: History) -> None:
    """A question from a room's satellite may say "here"."""
    answered = ask(
        history, "plays", query_context(here=KITCHEN), window="last_night", room="here"
    )
    assert answered.speech.startswith(
        "Three tracks were played in the Kitchen last night"
    )


def test_two_accounts_of_one_person_are_one_asker(history: History) -> None:
    """Somebody with two accounts is told of both as "you"."""
    answered = ask(
        history,
        "plays",
        query_context(me=(ALVA, BEN)),
        window="last_night",
        listener="me",
    )
    assert answered.speech.startswith("You played five tracks last night")


@pytest.mark.parametrize("listener", ["me", "Ben", "everyone", None])
def test_an_empty_history_says_so(tmp_path: Path, listener: str | None) -> None:
    """Before anything was recorded, every question is answered by that."""
    with history_of(tmp_path, []) as history:
        asked: list[tuple[str, Values]] = [
            ("plays", {"window": "last_night"}),
            ("top", {}),
            ("playing_at", {"moment": "8?"}),
        ]
        for question, values in asked:
            speech = ask(history, question, listener=listener, **values).speech
            assert speech.startswith("I don’t know of anything ")
            assert speech.endswith(" played yet.")


def test_what_there_is_none_of_is_said(tmp_path: Path) -> None:
    """Where no player is known at all, a refusal does not list any."""
    with (
        history_of(tmp_path, []) as history,
        pytest.raises(QuestionError) as refused,
    ):
        ask(history, "plays", device="gramophone")
    assert say_error(refused.value, query_context()) == (
        "I don’t know a player called “gramophone”. I don’t know of any player yet."
    )


@pytest.mark.parametrize("length", [LONGEST_TEXT, 10_000])
def test_a_long_name_is_not_repeated_at_length(history: History, length: int) -> None:
    """As long as a text may be, or ten thousand characters: it is answered in one sentence."""
    with pytest.raises((InvalidWindow, BadParameter)) as refused:
        ask(history, "plays", window="x" * length)
    assert isinstance(refused.value, InvalidWindow | BadParameter)
    assert len(say_error(refused.value, query_context())) < 150


@pytest.mark.parametrize("phrase", ["help", "failed", "not_allowed"])
@pytest.mark.parametrize("language", sorted(languages()))
def test_every_language_has_the_fixed_phrases(phrase: str, language: str) -> None:
    """Help, failure and refusal can be said in every language that is shipped."""
    assert say_phrase(phrase, replace(query_context(), language=language))
    source = spoken_source(f"{language}.jinja")
    assert source is not None
    assert Environment().parse(source)


def test_english_says_every_question_and_error() -> None:
    """English, which stands in for the others, has a macro for each question and for each error."""
    source = spoken_source("en.jinja")
    assert source is not None
    macros = set(re.findall(r"macro (\w+)\(", source))
    assert {question.key for question in QUESTIONS} <= macros
    errors = {error.key for error in _all_errors(QuestionError)} - {QuestionError.key}
    windows = {"unknown_window", "future_window", "inverted_window"}
    assert {f"error_{key}" for key in errors | windows} <= macros


def _all_errors(error: type[QuestionError]) -> set[type[QuestionError]]:
    return {error}.union(*(_all_errors(each) for each in error.__subclasses__()))


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [("en", "en"), ("en-GB", "en"), ("en_US", "en"), ("xx", "en"), ("*", "en")],
)
def test_who_speaks_another_language_is_answered_in_english(
    asked: str, spoken: str
) -> None:
    """A dialect is its language; a language that is not shipped is English."""
    assert language_of(asked) == spoken


def test_a_weekend_under_way_is_this_weekend(history: History) -> None:
    """On a Saturday the weekend is not over yet."""
    for now, said in (
        ("2026-07-18 10:00", "has been played so far this weekend."),
        ("2026-07-20 10:00", "was played over the weekend."),
    ):
        circumstances = query_context(clock=type(NOW)(at(now), NOW.zone))
        speech = ask(history, "plays", circumstances, window="weekend").speech
        assert speech == f"As far as I know, nothing {said}"


@pytest.mark.parametrize(
    ("window", "said"),
    [
        ("last_summer", "last summer"),
        ("summer", "so far in the summer"),
        ("this_summer", "so far this summer"),
        ("autumn", "in the autumn of 2025"),
        ("winter_2024", "in the winter of 2024"),
    ],
)
def test_a_season_is_said_as_people_say_it(
    history: History, window: str, said: str
) -> None:
    """One of another year is told with its year, and one under way that it is not over."""
    speech = ask(history, "plays", listener="me", window=window).speech
    assert f" {said}" in speech


def test_a_record_that_began_today_says_when(tmp_path: Path) -> None:
    """On the first day, the hour at which the record begins is told."""
    with history_of(tmp_path, PAST[-1:]) as history:
        speech = ask(history, "plays", listener="me", window="today").speech
    assert speech.endswith("Your history begins at 2 pm today.")
    assert "at least one track" in speech


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([EMBER] * 12, "You played twelve tracks yesterday"),
        ([NEWS] * 12, "You played twelve episodes yesterday"),
        ([NEWS, *[EMBER] * 11], "You played twelve tracks and episodes yesterday"),
        ([EMBER] * 2, "You played two tracks yesterday"),
        ([NEWS, EMBER], "You played one track and one episode yesterday"),
    ],
)
def test_what_is_counted_is_called_what_it_is(
    tmp_path: Path, items: list[Item], said: str
) -> None:
    """Tracks are tracks and episodes episodes, also beyond those that are listed."""
    past = [
        heard(ALVA, item, f"2026-07-14 {hour:02}:00")
        for hour, item in enumerate(items, start=1)
    ]
    with history_of(tmp_path, past) as history:
        speech = ask(history, "plays", listener="me", window="yesterday").speech
    assert speech.startswith(said.replace("You played", "You played at least"))


def test_one_thing_over_and_over_is_said_once(tmp_path: Path) -> None:
    """A song on repeat is named once."""
    past = [heard(ALVA, song("Loop"), f"2026-07-14 0{hour}:00") for hour in range(1, 5)]
    with history_of(tmp_path, past) as history:
        speech = ask(
            history,
            "plays",
            listener="me",
            start_time="2026-07-14 01:00",
            end_time="2026-07-14 06:00",
        ).speech
    assert speech == (
        "You played four tracks between 1 am and 6 am yesterday, 13 minutes in all. "
        "It was “Loop” each time."
    )


def test_a_renamed_area_is_found_by_its_new_name(tmp_path: Path) -> None:
    """Rooms are called what the home calls them now."""
    past = [heard(ALVA, EMBER, "2026-07-14 12:00", room=Room("kitchen", "Pantry"))]
    with history_of(tmp_path, past) as history:
        data = ask(history, "plays", window="yesterday", room="Kitchen").data
    assert data["total"] == {"play_count": 1, "minutes": 3}


def test_the_days_between_are_named(history: History) -> None:
    """The same window is said differently as it recedes."""
    said = []
    for now in (
        "2026-07-14 23:00",
        "2026-07-15 08:00",
        "2026-07-18 08:00",
        "2027-02-01 08:00",
    ):
        clock = type(NOW)(at(now), NOW.zone)
        window: Values = {"start_time": "2026-07-14", "end_time": "2026-07-14"}
        speech = ask(history, "plays", query_context(clock=clock), **window).speech
        said.append(
            speech.split(" minutes in all")[0]
            .rsplit(",", 1)[0]
            .split("were played ")[1]
        )
    assert said == ["today", "yesterday", "on Tuesday", "on July 14, 2026"]
