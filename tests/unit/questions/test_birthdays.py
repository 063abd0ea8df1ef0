"""Whose birthday a question is about: the listener's, else the asker's; and nobody's who did not tell it."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from custom_components.encore.history.errors import UnknownBirthday
from custom_components.encore.history.history import History
from custom_components.encore.history.model import Listener
from custom_components.encore.history.time_ranges.birthdays import Birthday
from custom_components.encore.language.sentence_files import languages
from custom_components.encore.language.speech import say_error
from custom_components.encore.questions.base.errors import UnknownListener
from custom_components.encore.questions.base.query_context import QueryContext
from custom_components.encore.questions.naming.listener_choice import birthdays_of
from custom_components.encore.questions.naming.listener_groups import Group

from .house import ALVA, BEN, CLEO, ask, query_context

ALVAS, BENS = Birthday(7, 14), Birthday(7, 13)
ALVA_TOO = Listener("spotify:alva2", "Alva Lind")


def told(
    *birthdays: tuple[Listener, Birthday],
    me: tuple[Listener, ...] = (ALVA,),
    groups: tuple[Group, ...] = (),
) -> QueryContext:
    """Return the circumstances of somebody in a home in which these birthdays are told."""
    house = query_context(me=me)
    return replace(
        house,
        clock=replace(house.clock, birthdays=birthdays_of(me, birthdays)),
        listeners=(*house.listeners, ALVA_TOO),
        groups=groups,
        birthdays=birthdays,
    )


BOTH = told((ALVA, ALVAS), (BEN, BENS))


def day(
    history: History, house: QueryContext, window: str = "birthday", **asked: object
) -> str:
    """Return on which day a question is answered."""
    data = ask(history, "plays", house, window=window, **asked).data
    start = data["time_range"]["start"]
    assert data["time_range"]["name"] == window
    return str(start)[5:10]


@pytest.mark.parametrize(
    ("window", "listener", "expected"),
    [
        ("birthday", None, ALVAS),
        ("birthday", "everyone", ALVAS),
        ("birthday", "me", ALVAS),
        ("birthday", "Ben", BENS),
        ("birthday", "Alva", ALVAS),
        ("my_birthday", "Ben", ALVAS),
        ("my_birthday", None, ALVAS),
        ("birthday_of_ben", None, BENS),
        ("birthday_of_ben", "Alva", BENS),
        ("birthday_of_alva", "Ben", ALVAS),
    ],
)
def test_the_birthday_is_of_who_is_meant(
    history: History, window: str, listener: str | None, expected: Birthday
) -> None:
    """The listener's who is asked about, the asker's where everybody is, and anybody's by name."""
    given = {} if listener is None else {"listener": listener}
    assert day(history, BOTH, window, **given) == expected.text


def test_the_answer_reports_the_day(history: History) -> None:
    """In words, so that another day than was meant is noticed."""
    said = ask(history, "plays", BOTH, listener="Ben", window="birthday").speech
    assert said.startswith("Ben played at least one track on Monday")
    said = ask(history, "plays", BOTH, listener="me", window="birthday").speech
    assert said.startswith("You played four tracks and episodes yesterday")


@pytest.mark.parametrize(
    ("house", "window", "listener"),
    [
        (told(), "birthday", "me"),
        (told((ALVA, ALVAS)), "birthday", "Ben"),
        (told((BEN, BENS)), "birthday", "everyone"),
        (told((BEN, BENS)), "my_birthday", "Ben"),
        (told((ALVA, ALVAS)), "birthday_of_ben", "everyone"),
        (told((ALVA, ALVAS)), "birthday_of_zoe", "everyone"),
        (told((ALVA, ALVAS), me=()), "birthday", "everyone"),
        (told((ALVA, ALVAS), me=()), "my_birthday", "Alva"),
        (BOTH, "birthday", ("Alva", "Ben")),
        (told((ALVA, ALVAS)), "birthday", ("Alva", "Ben")),
        (replace(BOTH, groups=(Group("the two", (ALVA.key, BEN.key)),)), "birthday", "the two"),
    ],
)  # fmt: skip
def test_a_birthday_that_was_not_set_is_not_known(
    history: History, house: QueryContext, window: str, listener: str
) -> None:
    """Nor is the birthday of several people, and nobody's is taken for another's; every language says what to do."""
    with pytest.raises(UnknownBirthday) as error:
        ask(history, "plays", house, listener=listener, window=window)
    for language in languages():
        said = say_error(error.value, replace(house, language=language))
        assert "Spotify" in said
        assert "Ben" not in said
        assert "birthday" not in said or language == "en"


def test_who_share_a_birthday_can_be_asked_about_together(history: History) -> None:
    """Twins have one, also as a group; and it is still not the asker's."""
    twins = (BEN, BENS), (CLEO, BENS)
    house = told(
        *twins, (ALVA, ALVAS), groups=(Group("the twins", (BEN.key, CLEO.key)),)
    )
    for listener in (("Ben", "Cleo"), "the twins"):
        assert day(history, house, listener=listener) == BENS.text
        assert day(history, house, "my_birthday", listener=listener) == ALVAS.text


def test_a_person_with_two_accounts_sets_it_once(history: History) -> None:
    """On either of them; two days of one person are none."""
    both = (ALVA, ALVA_TOO)
    assert day(history, told((ALVA_TOO, ALVAS), me=both), listener="me") == ALVAS.text
    with pytest.raises(UnknownBirthday):
        day(history, told((ALVA, ALVAS), (ALVA_TOO, BENS), me=both), listener="me")


def test_a_birthday_goes_by_the_clock_of_its_listener(history: History) -> None:
    """It begins at midnight where they live."""
    tokyo = ZoneInfo("Asia/Tokyo")
    house = replace(BOTH, zones=((BEN, tokyo),))
    data = ask(history, "plays", house, listener="Ben", window="birthday").data
    assert data["time_range"]["start"] == "2026-07-13T00:00:00+09:00"


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("top", {"of": "tracks"}),
        ("listening_time", {}),
        ("comparison", {"compared_with": "my_birthday"}),
        ("coverage", {}),
        ("sessions", {}),
        ("count", {"thing": "Ember"}),
    ],
)
def test_every_question_can_be_about_a_birthday(
    history: History, question: str, asked: dict[str, object]
) -> None:
    """It is a window like others."""
    answer = ask(history, question, BOTH, listener="Ben", window="birthday", **asked)
    assert answer.speech


def test_a_moment_on_a_birthday_is_that_of_the_listener(history: History) -> None:
    """The hour of it that is past."""
    data = ask(
        history, "playing_at", BOTH, listener="Ben", moment="birthday 20:01"
    ).data
    assert data["moment"] == "2026-07-13T20:01:00+02:00"


def test_who_does_not_exist_is_said_before_a_birthday(history: History) -> None:
    """A name that nobody has has no birthday to be told."""
    with pytest.raises(UnknownListener):
        ask(history, "plays", BOTH, listener="Zoe", window="birthday")
