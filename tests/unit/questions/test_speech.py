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

type Values = dict[str, Any]


PLAYS: list[tuple[Values, str]] = [
    (
        {"window": "last_night", "listener": "me"},
        "You played four tracks last night, 13 minutes in all. Most often Aurora Vale; the latest was “Ember” by Kite Season.",
    ),
    (
        {"window": "last_night"},
        "The house played five tracks last night, 17 minutes in all. Most often Aurora Vale and Kite Season; the latest was “Glass” by The Harbours and Aurora Vale.",
    ),
    (
        {"window": "yesterday", "listener": "Alva"},
        "You had four plays yesterday, 25 minutes in all. Most often Aurora Vale; the latest was “Glass” by The Harbours and Aurora Vale.",
    ),
    (
        {"window": "yesterday", "listener": "Alva", "limit": 5},
        "You had four plays yesterday, 25 minutes in all. The latest: “Glass” by The Harbours and Aurora Vale, “River Light” by Aurora Vale and the episode “Tuesday” of The Morning Post.",
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
        "Ben played at least three tracks so far this week, ten minutes in all. It was “Ember” by Kite Season each time. My record of Ben begins on Monday.",
    ),
    (
        {"window": "this_week"},
        "The house had nine plays so far this week, 42 minutes in all. Most often Kite Season and Aurora Vale; the latest was “<b>Robert'); DROP TABLE play;--</b>” by Ünï çødé & Söhne.",
    ),
    ({"window": "last_week"}, "As far as I know, the house played nothing last week."),
    (
        {"window": "last_week", "listener": "Ben"},
        "My record of Ben begins on Monday, so I can’t tell what Ben played last week.",
    ),
    (
        {"window": "2019"},
        "The house played at least one track in 2019: “Ember” by Kite Season, at noon on 9 March 2019. My record begins on 9 March 2019.",
    ),
    (
        {"window": "2018"},
        "My record begins on 9 March 2019, so I can’t tell what the house played in 2018.",
    ),
    (
        {"window": "august"},
        "The house played one track in August 2025: “Ember” by Kite Season, at noon on 3 August 2025.",
    ),
    (
        {"window": "june", "room": "Kitchen"},
        "As far as I know, the house played nothing in the Kitchen in June.",
    ),
    (
        {"window": "yesterday", "room": "kitchen"},
        "The house had four plays in the Kitchen yesterday, 25 minutes in all. Most often Aurora Vale; the latest was “Glass” by The Harbours and Aurora Vale.",
    ),
    (
        {"window": "yesterday", "room": "den"},
        "As far as I know, the house played nothing on Den speaker yesterday.",
    ),
    (
        {"window": "monday", "room": "den"},
        "The house played one track on Den speaker on Monday: “Ember” by Kite Season, at 8 pm.",
    ),
    (
        {"window": "last_night", "room": "Alva's study"},
        "The house played one track in Alva's study last night: “Ember” by Kite Season, at 12:30 am.",
    ),
    (
        {"window": "yesterday", "room": "bathroom"},
        "As far as I know, the house played nothing in the Bathroom yesterday.",
    ),
    (
        {"window": "this_week", "device": "web player"},
        "The house played two tracks on Web Player so far this week, seven minutes in all. It was “Ember” by Kite Season each time.",
    ),
    (
        {"window": "all_time", "listener": "me"},
        "You have had eleven plays since 9 March 2019, 48 minutes in all. Most often Kite Season and Aurora Vale; the latest was “<b>Robert'); DROP TABLE play;--</b>” by Ünï çødé & Söhne.",
    ),
    (
        {"window": "all_time", "listener": "Cleo"},
        "I don’t know of anything that Cleo played yet.",
    ),
    (
        {"window": "last_90_days", "listener": "me"},
        "You had nine plays in the last 90 days, 42 minutes in all. Most often Aurora Vale and Kite Season; the latest was “<b>Robert'); DROP TABLE play;--</b>” by Ünï çødé & Söhne.",
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
        "The house played three tracks from 1 June to 30 June, ten minutes in all. Most often Kite Season; the latest was “Glass” by The Harbours and Aurora Vale.",
    ),
    (
        {"start_time": "2026-07-14"},
        "The house has had eight plays since yesterday, 38 minutes in all. Most often Aurora Vale and Kite Season; the latest was “<b>Robert'); DROP TABLE play;--</b>” by Ünï çødé & Söhne.",
    ),
    (
        {"end_time": "2026-06-30"},
        "The house played five tracks until the end of 30 June, 17 minutes in all. Most often Kite Season; the latest was “Glass” by The Harbours and Aurora Vale.",
    ),
    (
        {"window": "monday_evening"},
        "The house played one track on Monday evening: “Ember” by Kite Season, at 8 pm.",
    ),
    (
        {"window": "2026-06-20"},
        "The house played three tracks on 20 June, ten minutes in all. Most often Kite Season; the latest was “Glass” by The Harbours and Aurora Vale.",
    ),
    (
        {"window": "tuesday_night", "listener": "Ben"},
        "Ben played one track last night: “Ember” by Kite Season, at 8:01 pm.",
    ),
    (
        {"window": "since_monday", "listener": "me"},
        "You have had six plays since Monday, 32 minutes in all. Most often Aurora Vale; the latest was “<b>Robert'); DROP TABLE play;--</b>” by Ünï çødé & Söhne.",
    ),
    (
        {"window": "since_yesterday", "device": "den"},
        "As far as I know, the house has played nothing on Den speaker since yesterday.",
    ),
    (
        {"window": "2_days_ago"},
        "The house played one track on Monday: “Ember” by Kite Season, at 8 pm.",
    ),
    (
        {"window": "june_20_evening"},
        "As far as I know, the house played nothing on the evening of 20 June.",
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
        "Your top three artists since 9 March 2019 are Kite Season with five plays, Aurora Vale with four and The Harbours with two.",
    ),
    (
        {"of": "tracks", "window": "this_week"},
        "The house’s top three tracks so far this week are “Ember” by Kite Season with four plays, “River Light” by Aurora Vale with two and “<b>Robert'); DROP TABLE play;--</b>” by Ünï çødé & Söhne with one.",
    ),
    (
        {"of": "tracks", "window": "this_month", "listener": "Ben"},
        "Ben’s top track so far this month is “Ember” by Kite Season with three plays. My record of Ben begins on Monday.",
    ),
    (
        {"of": "albums", "window": "june", "listener": "me", "limit": 5},
        "Your top two albums in June were “Hollow” by Kite Season with two plays and “Tides” by The Harbours with one.",
    ),
    (
        {"of": "albums", "window": "yesterday_morning", "listener": "me"},
        "As far as I know, you played no music yesterday morning.",
    ),
    (
        {"of": "tracks", "window": "last_night", "room": "kitchen", "listener": "Alva"},
        "Your top two tracks in the Kitchen last night were “River Light” by Aurora Vale with two plays and “Glass” by The Harbours with one.",
    ),
    (
        {"of": "tracks", "window": "last_week", "listener": "me"},
        "As far as I know, you played nothing last week.",
    ),
    (
        {"of": "tracks", "window": "today", "listener": "me"},
        "You played no track more than once so far today; “<b>Robert'); DROP TABLE play;--</b>” by Ünï çødé & Söhne and “Ember” by Kite Season had one play each.",
    ),
    (
        {"of": "artists", "window": "2017", "listener": "me"},
        "My record of you begins on 9 March 2019, so I can’t tell what you played in 2017.",
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
        "As far as I know, you were playing nothing at 9 pm yesterday. The last before was “River Light” by Aurora Vale, until 8:09 pm.",
    ),
    (
        {"moment": "yesterday 21:00"},
        "As far as I know, nothing was playing at 9 pm yesterday. The last before was “River Light” by Aurora Vale, until 8:09 pm.",
    ),
    (
        {"moment": "yesterday 12:00", "listener": "Ben"},
        "As far as I know, Ben played nothing at noon yesterday.",
    ),
    (
        {"moment": "12:00"},
        "As far as I know, nothing was playing at noon today. The last before was “Ember” by Kite Season, until 9:03 am.",
    ),
    (
        {"moment": "2026-07-01 20:00", "listener": "Ben"},
        "My record of Ben begins on Monday, so I can’t tell what was playing at 8 pm on 1 July.",
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
        {"moment": "30_minutes_ago"},
        "At 2 pm today, you were playing “<b>Robert'); DROP TABLE play;--</b>” by Ünï çødé & Söhne on Phone.",
    ),
]


@pytest.mark.parametrize(("values", "speech"), PLAYING_AT)
def test_what_was_playing(history: History, values: Values, speech: str) -> None:
    """Says what was playing, for whom and where, or what had been playing before."""
    assert ask(history, "playing_at", **values).speech == speech


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
        "That window ends before it begins. Try it the other way round.",
    ),
    (
        "plays",
        {"start_time": "2026-07-14", "window": "today"},
        "I was given a window by its name and by its ends. One of them will do.",
    ),
    (
        "plays",
        {"listener": "Bob"},
        "I don’t know a listener called “Bob”. I know Alva Lind, Ben and Cleo.",
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
        "I don’t know anything called “nonsense river words” that was heard. Something like it: River Light.",
    ),
    (
        "when_heard",
        {"thing": "Amber", "type": "artist"},
        "I don’t know anything called “Amber” that was heard.",
    ),
    (
        "count",
        {"thing": "spotify:track:unheard"},
        "I don’t know anything called “spotify:track:unheard” that was heard.",
    ),
    ("plays", {"room": "here"}, "I can’t tell which room you are in. Try naming it."),
    (
        "top",
        {"of": "shoes"},
        "I can’t make sense of what was given for “of”, or it is missing.",
    ),
    (
        "top",
        {"limit": 1000},
        "I can’t make sense of what was given for “limit”, or it is missing.",
    ),
    (
        "dance",
        {},
        "I don’t know that question. I can tell you what was played, what was played most, what was playing at some moment, and how often or when something was heard. Try “what did I listen to last night”, “who was my top artist this year”, “what was playing at eight” or “when did I first hear” a song.",
    ),
    (
        "playing_at",
        {},
        "I can’t make sense of what was given for “moment”, or it is missing.",
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


def test_somebody_unknown_hears_of_the_whole_house(history: History) -> None:
    """Who says "I" and is no known listener is answered for everyone, and told so."""
    answered = ask(
        history, "plays", query_context(me=()), window="last_night", listener="me"
    )
    assert answered.speech.startswith("The whole house played five tracks last night")
    assert answered.data["assumed"] == ["everyone"]


def test_here_is_where_the_asker_is(history: History) -> None:
    """A question from a room's satellite may say "here"."""
    answered = ask(
        history, "plays", query_context(here=KITCHEN), window="last_night", room="here"
    )
    assert answered.speech.startswith(
        "The house played three tracks in the Kitchen last night"
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
            assert speech.startswith("I don’t know of anything that ")
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
        ("2026-07-18 10:00", "so far this weekend."),
        ("2026-07-20 10:00", "at the weekend."),
    ):
        circumstances = query_context(clock=type(NOW)(at(now), NOW.zone))
        speech = ask(history, "plays", circumstances, window="weekend").speech
        assert speech == f"As far as I know, the house played nothing {said}"


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
    assert speech.endswith("My record of you begins at 2 pm today.")
    assert "at least one track" in speech


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([EMBER] * 12, "You played twelve tracks yesterday"),
        ([NEWS] * 12, "You played twelve episodes yesterday"),
        ([NEWS, *[EMBER] * 11], "You had twelve plays yesterday"),
        ([EMBER] * 2, "You played two tracks yesterday"),
        ([NEWS, EMBER], "You had two plays yesterday"),
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
    assert speech.startswith(
        said.replace("You had", "You had at least").replace(
            "You played", "You played at least"
        )
    )


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
    """Rooms are called what the house calls them now."""
    past = [heard(ALVA, EMBER, "2026-07-14 12:00", room=Room("kitchen", "Pantry"))]
    with history_of(tmp_path, past) as history:
        data = ask(history, "plays", window="yesterday", room="Kitchen").data
    assert data["total"] == {"plays": 1, "minutes": 3}


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
        said.append(speech.split(",")[0].split("plays ")[1])
    assert said == ["today", "yesterday", "on Tuesday", "on 14 July 2026"]
