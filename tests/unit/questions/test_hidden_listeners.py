"""Who may not hear of a listener is answered as if that listener had never been there, by every question."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import pytest

from custom_components.encore.history.errors import InvalidWindow
from custom_components.encore.history.history import History
from custom_components.encore.history.model import (
    HOUSEHOLD,
    UNDER_WAY,
    Listener,
    Play,
    RoomSpan,
    Source,
)
from custom_components.encore.history.queries.history_queries import HistoryQueries
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.language.answering import Response
from custom_components.encore.questions.all_questions import QUESTIONS
from custom_components.encore.questions.base.errors import QuestionError
from custom_components.encore.questions.base.query_context import QueryContext
from custom_components.encore.questions.naming.listener_groups import Group

from .house import (
    ALVA,
    BEN,
    CLEO,
    EMBER,
    KITCHEN,
    PAST,
    STUDY,
    answered as house_answers,
    at,
    heard,
    history_of,
    query_context,
    song,
)
from .own_tests import NEEDED

SECRET = song("Confession", "Hidden Name", album="Kept")
DEN_TOO = replace(KITCHEN, key="cellar", name="Cellar")

WITH_BEN: Final = [
    *PAST,
    heard(BEN, SECRET, "2026-07-14 20:30", room=DEN_TOO),
    heard(BEN, SECRET, "2025-07-15 12:00", room=KITCHEN),
    heard(BEN, SECRET, "2026-05-01 12:00"),
]
WITHOUT_BEN: Final = [one for one in WITH_BEN if one.listener != BEN]

ASKED: Final[dict[str, list[dict[str, object]]]] = {
    "playing_at": [{"moment": "yesterday 20:31"}, {"moment": "yesterday 20:03"}],
    "top": [
        {"of": of, "window": window, "limit": 100}
        for of in ("tracks", "artists", "albums", "shows", "rooms", "sources")
        for window in ("this_week", "2026", "last_10_years")
    ],
    "count": [{"thing": "Confession"}, {"thing": "Ember"}],
    "when_heard": [{"thing": "Confession"}, {"thing": "Ember"}],
    "search": [{"text": "Confession"}, {"text": "Hidden"}, {"text": "Ember"}],
    "comparison": [{"window": "this_week", "compared_with": "last_week"}],
    "timeline": [{"step": "day", "window": "this_week"}, {"window": "2026"}],
    **{key: [needed] for key, needed in NEEDED.items()},
}
"""With what questions are asked that cannot go without, or are worth more than one."""

WHERE: Final[list[dict[str, object]]] = [
    {},
    {"listener": "everyone"},
    {"listener": "Ben"},
    {"listener": "Alva Lind"},
    {"listener": "the kids"},
    {"listener": "the two"},
    {"listener": ("the two", "Cleo")},
    {"listener": "the secret ones"},
    {"room": "Kitchen"},
    {"room": "Cellar"},
    {"device": "Den speaker"},
    {"device": "Web Player"},
]


@pytest.fixture(scope="module")
def withheld(tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    """Return a history in which Ben is."""
    with history_of(tmp_path_factory.mktemp("with"), WITH_BEN) as history:
        yield history


@pytest.fixture(scope="module")
def never_there(tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    """Return the same history without Ben."""
    with history_of(tmp_path_factory.mktemp("without"), WITHOUT_BEN) as history:
        yield history


WITH_BEN_IN: Final = (
    Group("the kids", (BEN.key, CLEO.key)),
    Group("the two", (BEN.key, ALVA.key)),
    Group("the secret ones", (BEN.key,)),
)
"""Groups in which Ben is: with somebody who never played anything, with somebody who did, and alone."""
WITHOUT_BEN_IN: Final = (
    Group("the kids", (CLEO.key,)),
    Group("the two", (ALVA.key,)),
)


def asker(groups: tuple[Group, ...] = WITH_BEN_IN) -> QueryContext:
    """Return the circumstances of who may not hear of Ben."""
    return replace(
        query_context(),
        listeners=(ALVA, CLEO),
        groups=groups,
        hidden=frozenset({BEN.key}),
        rooms=(STUDY,),
    )


def answer(
    history: History,
    question: str,
    values: dict[str, object],
    groups: tuple[Group, ...] = WITH_BEN_IN,
) -> object:
    """Return what a question answers in data and words, or how it is refused."""
    circumstances = asker(groups)
    told = circumstances.hidden

    def ask(queries: HistoryQueries) -> object:
        return house_answers(queries, question, values, circumstances)

    try:
        return history.ask(ask, hidden=told).result()
    except (QuestionError, InvalidWindow) as err:
        return type(err), str(err), getattr(err, "words", None)


@pytest.mark.parametrize("question", [each.key for each in QUESTIONS])
def test_the_answer_is_that_of_a_home_without_the_listener(
    withheld: History, never_there: History, question: str
) -> None:
    """In data, in speech and in refusals, for any listener, room and player that is asked for."""
    known = {parameter.name for parameter in QUESTIONS[question].parameters}
    asked = answered = 0
    for values in ASKED.get(question, [{}]):
        for where in WHERE:
            if not where.keys() <= known:
                continue
            given = {**values, **where}
            told = answer(withheld, question, given)
            assert told == answer(never_there, question, given, WITHOUT_BEN_IN), given
            asked += 1
            answered += isinstance(told, Response)
    assert asked
    assert answered


def test_what_a_paused_speaker_shows_may_be_a_listeners(withheld: History) -> None:
    """The history has by now whose it was; the speaker still shows the household's."""
    began = at("2026-07-14 20:30")
    paused = Play(
        UNDER_WAY,
        Listener(HOUSEHOLD, "Household"),
        SECRET,
        began,
        began + 120_000,
        120_000,
        frozenset({Source.SONOS}),
        rooms=(RoomSpan(KITCHEN, began, began + 120_000),),
    )
    others = replace(paused, item=EMBER)
    for hidden, told in (
        (frozenset[str](), [paused, others]),
        (frozenset({BEN.key}), [others]),
    ):
        found = withheld.ask(
            lambda queries: queries.visible_under_way([paused, others]), hidden=hidden
        ).result()
        assert found == told


def test_a_viewer_of_the_listener_gets_more(withheld: History) -> None:
    """What is compared above would be the same for a listener who never played anything."""
    [plays] = [
        withheld.ask(
            lambda queries: house_answers(
                queries, "search", {"text": "Confession"}, query_context()
            ),
            hidden=NOBODY_HIDDEN,
        ).result()
    ]
    assert plays.data["found"]
    assert answer(withheld, "search", {"text": "Confession"}) != plays
