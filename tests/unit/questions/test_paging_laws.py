"""The law of going on: page after page, each play comes once and in order, by any filters, also while others come in."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings, strategies as st

from custom_components.encore.history.model import Observation, as_play
from custom_components.encore.history.queries.play_ids import PlayId

from .house import (
    ALVA,
    BEN,
    BROWSERS,
    CLEO,
    DEN,
    EMBER,
    GLASS,
    KITCHEN,
    NEWS,
    PHONE,
    RIVER,
    STUDY,
    ask,
    at,
    heard,
    history_of,
)

FIRST = at("2026-07-10 12:00")
MINUTE = 60_000


def began(one: Observation, start: int) -> Observation:
    """Return what was heard as begun at a moment (UTC ms)."""
    later = start - one.started_at
    return replace(
        one,
        started_at=start,
        ended_at=one.ended_at + later,
        rooms=tuple(
            replace(span, start=span.start + later, end=span.end + later)
            for span in one.rooms
        ),
    )


PLAYS = st.builds(
    lambda who, what, seconds, device, room, minute: began(
        heard(who, what, "2026-07-10 12:00", seconds=seconds, device=device, room=room),
        FIRST + minute * MINUTE,
    ),
    st.sampled_from([ALVA, BEN, CLEO]),
    st.sampled_from([RIVER, GLASS, EMBER, NEWS]),
    st.sampled_from([5, 30, 200]),
    st.sampled_from([None, PHONE, DEN, *BROWSERS]),
    st.sampled_from([None, KITCHEN, STUDY]),
    # Few moments, so that many begin at once.
    st.one_of(st.integers(0, 3), st.integers(0, 2_000)),
)
FILTERS = st.fixed_dictionaries(
    {"window": st.sampled_from(["all_time", "2026-07", "2026-07-10", "this_year"])},
    optional={
        "listener": st.sampled_from(["Alva Lind", "Ben", "Cleo"]),
        "room": st.sampled_from(["Kitchen", "Alva's study"]),
        "device": st.sampled_from(["Phone", "Web Player"]),
        "kind": st.sampled_from(["music", "podcast"]),
        "minimum_played": st.sampled_from([0, 100]),
        "thing": st.sampled_from(["Ember", "Aurora Vale", "The Morning Post"]),
    },
)
KNOWN = [
    began(heard(who, what, "2026-07-10 12:00", device=device, room=room), FIRST - minute * MINUTE)
    for minute, (who, what, device, room) in enumerate(
        [
            (ALVA, EMBER, PHONE, KITCHEN),
            (BEN, RIVER, BROWSERS[0], STUDY),
            (CLEO, NEWS, DEN, None),
        ],
        500,
    )
]  # fmt: skip
"""So that every name is one."""


def key(one: Observation) -> PlayId:
    """Return the id of the play that one observation alone tells of."""
    return PlayId.of(as_play(one))


def each_once(
    plays: Sequence[Observation], beside: Sequence[Observation] = ()
) -> list[Observation]:
    """Return plays without those that are the same by their ids, nor those that are `beside`."""
    taken = {key(one) for one in beside}
    kept = {key(one): one for one in plays}
    return [one for known, one in kept.items() if known not in taken]


@settings(deadline=None, max_examples=25)
@given(
    past=st.lists(PLAYS, max_size=25).map(each_once),
    arriving=st.lists(st.lists(PLAYS, max_size=3), max_size=6),
    limit=st.integers(1, 7),
    filters=FILTERS,
)
def test_each_play_comes_once_while_others_come_in(
    past: list[Observation],
    arriving: list[list[Observation]],
    limit: int,
    filters: dict[str, Any],
) -> None:
    """What was there when the first page was asked for is on one of the pages; what came in meanwhile is on one at the most."""
    with (
        TemporaryDirectory() as folder,
        history_of(Path(folder), [*KNOWN, *past]) as history,
    ):
        there = ask(history, "plays", limit=100, **filters).data
        assert there["next"] is None
        told = {play["id"] for play in there["plays"]}
        assert len(told) == len(there["plays"]) == there["total"]["play_count"]
        pages, known = [], [*KNOWN, *past]
        more: dict[str, Any] = {}
        while True:
            page = ask(history, "plays", limit=limit, **more, **filters).data
            pages.append(page["plays"])
            if page["next"] is None:
                break
            assert len(page["plays"]) == limit
            more = {"before": page["next"]}
            if arriving and (came := each_once(arriving.pop(), known)):
                known += came
                history.append(came).result()
        walked = [play["id"] for page in pages for play in page]
        assert len(walked) == len({*walked})
        assert told <= {*walked}
        starts = [PlayId.read(play_id).started_at for play_id in walked]
        assert starts == sorted(starts, reverse=True)
        if len(pages) == 1:
            assert pages[0] == there["plays"]
