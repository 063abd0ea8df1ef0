"""Going on from where an answer ended, and the ids that plays are given."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings, strategies as st
import pytest

from custom_components.encore.history.deletion.deletion_jobs import ForgetRequest
from custom_components.encore.history.history import History
from custom_components.encore.history.model import HOUSEHOLD, Listener, Source, as_play
from custom_components.encore.history.queries.play_ids import PlayId
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.history.records.deletion_rules import Rule
from custom_components.encore.questions.base.errors import BadParameter

from .house import (
    ALVA,
    BEN,
    CLEO,
    EMBER,
    GLASS,
    KITCHEN,
    NOW,
    PAST,
    RIVER,
    answered,
    ask,
    at,
    heard,
    history_of,
    query_context,
    song,
)

AT_ONCE = "2026-07-10 12:00"
WITH_TIES = [
    *PAST,
    *(
        heard(who, what, AT_ONCE, room=KITCHEN)
        for who in (ALVA, BEN, CLEO)
        for what in (RIVER, GLASS, EMBER)
    ),
]
TIES = 9
HOUSE = Listener(HOUSEHOLD, "Household")


@pytest.fixture(scope="module")
def tied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    """Give a history in which nine plays began in one millisecond."""
    with history_of(tmp_path_factory.mktemp("tied"), WITH_TIES) as history:
        yield history


def pages(history: History, limit: int, **values: Any) -> list[dict[str, Any]]:
    """Return all plays, asked for a page at a time."""
    found: list[dict[str, Any]] = []
    answer = ask(history, "plays", limit=limit, **values).data
    assert answer["total"] is not None
    while True:
        found += answer["plays"]
        if answer["next"] is None:
            return found
        assert len(answer["plays"]) == limit
        answer = ask(
            history, "plays", limit=limit, before=answer["next"], **values
        ).data
        assert answer["total"] is None


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    limit=st.integers(1, 30),
    values=st.fixed_dictionaries(
        {"window": st.sampled_from(["all_time", "this_month", "2026-07-10", "2019"])},
        optional={
            "listener": st.sampled_from(["Alva Lind", "Ben", "Cleo"]),
            "room": st.just("Kitchen"),
            "minimum_played": st.sampled_from([0, 30, 300]),
        },
    ),
)
def test_the_pages_are_the_whole(
    tied: History, limit: int, values: dict[str, Any]
) -> None:
    """Each play is on one of them, in the order of the whole, wherever a page ends."""
    whole = ask(tied, "plays", limit=100, **values).data
    assert whole["next"] is None
    assert pages(tied, limit, **values) == whole["plays"]


def test_a_page_can_end_among_plays_that_began_at_once(tied: History) -> None:
    """Their ids tell them apart."""
    found = pages(tied, 2, window="2026-07-10")
    assert len(found) == TIES
    assert len({play["id"] for play in found}) == TIES
    assert len({play["started_at"] for play in found}) == 1


def test_what_a_page_ended_with_may_be_gone(tied: History) -> None:
    """Then what began with it may come twice, and nothing is left out."""
    first = ask(tied, "plays", window="2026-07-10", limit=4).data
    gone = first["plays"][-1]
    forgotten = tied.forget(
        ForgetRequest(
            Rule(
                listener=ALVA.key if gone["listener"] == ALVA.name else BEN.key,
                track=gone["uri"],
                start=at(AT_ONCE),
                end=at(AT_ONCE) + 1,
            ),
            NOW.now,
        )
    ).result()
    try:
        assert forgotten.taken.plays == 1
        then = ask(
            tied, "plays", window="2026-07-10", limit=100, before=first["next"]
        ).data
        left = {play["id"] for play in first["plays"]} - {gone["id"]}
        assert len(then["plays"]) == TIES - 1
        assert left < {play["id"] for play in then["plays"]}
    finally:
        tied.undo_forget(forgotten.id, NOW.now).result()


def test_what_is_under_way_is_on_one_page(tied: History) -> None:
    """It has no id, and yet a page can end with it."""
    seen = heard(CLEO, song("Later"), "2026-07-15 14:28", seconds=100)
    circumstances = replace(query_context(), under_way=(as_play(seen),))
    plays = partial(ask, tied, "plays", circumstances, window="today")
    whole = plays(limit=100).data["plays"]
    assert (whole[0]["title"], whole[0]["id"]) == ("Later", None)
    first = plays(limit=1).data
    assert first["plays"] == whole[:1]
    assert plays(limit=100, before=first["next"]).data["plays"] == whole[1:]


def test_a_page_can_end_with_what_is_known_better_than_the_history_has_it(
    tmp_path: Path,
) -> None:
    """The history has the household's play of a speaker; whose it is shows while the account is not yet told to its end."""
    item = song("Speaker Song")
    watched = heard(HOUSE, item, "2026-07-15 14:20", room=KITCHEN)
    seen = heard(CLEO, item, "2026-07-15 14:20", seconds=190)
    past = [*PAST, replace(watched, source=Source.SONOS)]
    circumstances = replace(query_context(), under_way=(as_play(seen),))
    with history_of(tmp_path, past) as history:
        plays = partial(ask, history, "plays", circumstances, window="today")
        whole = plays(limit=100).data["plays"]
        assert (whole[0]["title"], whole[0]["listener"]) == (item.title, CLEO.name)
        first = plays(limit=1).data
        assert first["plays"] == whole[:1]
        assert plays(limit=100, before=first["next"]).data["plays"] == whole[1:]
        known = PlayId.read(whole[0]["id"])
        stored = history.ask(
            lambda queries: queries.play_of_id(known), hidden=NOBODY_HIDDEN
        ).result()
        assert stored is not None
        assert stored.item.uri == item.uri


def test_an_older_one_under_way_is_on_a_later_page(tied: History) -> None:
    """Where something that began later is over already."""
    seen = heard(CLEO, song("Long"), "2026-07-15 13:50", seconds=2_000)
    circumstances = replace(query_context(), under_way=(as_play(seen),))
    plays = partial(ask, tied, "plays", circumstances, window="today")
    first = plays(limit=1).data
    assert first["plays"][0]["title"] != "Long"
    later = plays(limit=1, before=first["next"]).data
    assert [play["title"] for play in later["plays"]] == ["Long"]


def test_going_on_from_outside_the_window(tied: History) -> None:
    """After its end, it begins with the window; before its start, there is nothing."""
    plays = partial(ask, tied, "plays", window="2026-07-10", limit=100)
    assert len(plays(before=f"{NOW.now}-00000000").data["plays"]) == TIES
    nothing = plays(before=f"{at('2026-07-09')}-00000000").data
    assert (nothing["plays"], nothing["next"]) == ([], None)
    assert nothing["speech"] == "Nothing before that."


@pytest.mark.parametrize(
    "mark", ["17", "1784061260000", "x-00000000", "1-0000000g", "1-٠٠٠٠٠٠٠٠", "-"]
)
def test_any_other_text_is_refused(tied: History, mark: str) -> None:
    """It is no id of a play."""
    with pytest.raises(BadParameter):
        ask(tied, "plays", before=mark)


@pytest.mark.parametrize(
    ("language", "speech"),
    [
        ("en", "Before that: “Glass” by The Harbours and Aurora Vale."),
        ("de", "Davor: „Glass“ von The Harbours und Aurora Vale."),
        ("fr", "Avant cela\u00a0: « Glass » de The Harbours et d’Aurora Vale."),
        ("es", "Antes de eso: «Glass» de The Harbours y Aurora Vale."),
        ("nl", "Daarvoor: “Glass” van The Harbours en Aurora Vale."),
    ],
)
def test_a_later_page_is_said_without_a_total(
    tied: History, language: str, speech: str
) -> None:
    """What was counted is not counted again."""
    circumstances = replace(query_context(), language=language)
    window = {"start_time": "2026-07-14 20:00", "end_time": "2026-07-14 20:07"}
    first = ask(tied, "plays", circumstances, limit=1, listener="me", **window).data
    later = ask(
        tied, "plays", circumstances, before=first["next"], listener="me", **window
    )
    assert (
        later.speech.replace("\u202f", " ")
        .replace("«\u00a0", "« ")
        .replace("\u00a0»", " »")
        == speech
    )


def test_ids_say_nothing_of_who_is_hidden(tied: History) -> None:
    """The plays of the others have the same, whether anybody is between them or not."""
    told = frozenset({BEN.key, CLEO.key})

    def of_alva(hidden: frozenset[str]) -> list[str]:
        answer = tied.ask(
            lambda queries: answered(
                queries,
                "plays",
                {"window": "all_time", "limit": 100},
                replace(query_context(), hidden=hidden),
            ),
            hidden=hidden,
        ).result()
        return [
            play["id"] for play in answer.data["plays"] if play["listener"] == ALVA.name
        ]

    assert of_alva(told) == of_alva(frozenset())


def test_an_id_is_read_as_it_was_given() -> None:
    """It holds the start, and stays the same for the same play."""
    play = as_play(PAST[0])
    known = PlayId.of(play)
    assert PlayId.read(known.text) == known
    assert known.started_at == play.started_at
    assert PlayId.of(replace(play, id=5, ms_played=1)) == known
    assert PlayId.of(replace(play, listener=BEN)) != known
    assert PlayId.of(replace(play, item=GLASS)) != known
