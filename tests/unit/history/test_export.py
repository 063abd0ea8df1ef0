"""A history that is exported and imported: the same plays in an empty house, nothing new in its own."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from hypothesis import given, settings, strategies as st
import msgspec

from custom_components.encore.history.exports.spotify_zip import _row
from custom_components.encore.history.exports.witnesses import Witnesses, pages_of
from custom_components.encore.history.imports.own import OwnRow, retold
from custom_components.encore.history.intake import DUPLICATE
from custom_components.encore.history.model import (
    HOUSEHOLD,
    Listener,
    Observation,
    Play,
    Source,
)
from custom_components.encore.history.retold import take_retold

from .living import (
    BRASS,
    FLUT,
    TIDE,
    Sounded,
    account_row,
    export_row,
    import_rows,
    lived,
    lives,
    offline_row,
    polled_late,
    skews,
)
from .telling import (
    ALVA,
    BEN,
    DAY,
    HOUR,
    HOUSE,
    KITCHEN,
    NOON,
    PHONE,
    STUDY,
    Memory,
    Room,
    Shelf,
    content,
    live,
    sonos,
    span,
)
from .test_lives import Arrival, some_of, tell

few = settings(max_examples=60, deadline=None)
seen = st.lists(st.booleans(), min_size=9, max_size=9)


def exported(store: Memory, listener: Listener = ALVA) -> list[bytes]:
    """Return the rows of an export as they are in its files."""
    with store._begun():
        witnesses = Witnesses(store.connection, listener)
        return [
            msgspec.json.encode(_row(one))
            for page in pages_of(store.connection, listener)
            for one in witnesses.of(page)
        ]


def imported(
    store: Memory, rows: list[bytes], listener: Listener = ALVA
) -> list[int]:
    """Import rows of an export as the importer does, and return the fate of each."""
    plays, skipped = retold([msgspec.json.decode(row, type=OwnRow) for row in rows])
    assert not skipped
    with store._begun():
        fates = take_retold(store.connection, store.intake, listener, plays)
    store.settle()
    return fates


def whole(plays: list[Play]) -> list[tuple[Any, ...]]:
    """Return all that plays say, items and names included, without their row ids."""
    return [
        (play.item, play.device, play.rooms, *one)
        for play, one in zip(
            sorted(plays, key=lambda p: (p.listener.key, p.started_at, p.item.uri)),
            content(plays),
            strict=True,
        )
    ]


def whispered(one: Sounded) -> Observation:
    """Return what a speaker in the study says, which does not know who listens."""
    rooms = (span(STUDY, one.start, one.end),)
    return Observation(
        Source.SONOS, HOUSE, one.item, one.start + 800, one.end + 900, one.ms, rooms=rooms
    )


@few
@given(lives(), seen, seen, seen, seen, seen, skews, st.booleans())
def test_what_is_exported_comes_back_the_same(
    shelf: Shelf,
    life: list[Sounded],
    watched: list[bool],
    polled: list[bool],
    rows: list[bool],
    account: list[bool],
    overheard: list[bool],
    skew: int,
    without_network: bool,
) -> None:
    """In an empty house all plays of the listener are identical; in its own nothing changes.

    Speakers that could not tell who listens are among the witnesses, as far as their plays are the listener's.
    """
    synced = life[-1].end + 3 * HOUR
    arrivals: list[Arrival] = [
        *map(lived, some_of(life, watched)),
        *(polled_late(one, skew) for one in some_of(life, polled)),
        *(
            offline_row(one, skew, synced) if without_network else export_row(one, skew)
            for one in some_of(life, rows)
        ),
        *(account_row(one, skew) for one in some_of(life, account)),
        *map(whispered, some_of(life, overheard)),
    ]
    with shelf.memory() as store:
        tell(store, arrivals)
        before = whole(store.plays())
        hers = whole([play for play in store.plays() if play.listener == ALVA])
        told = exported(store)
        fates = imported(store, told)
        assert whole(store.plays()) == before
        assert store.rebuild() == 0
        assert set(fates) <= {DUPLICATE}
    with shelf.memory() as empty:
        imported(empty, told)
        assert whole(empty.plays()) == hers
        assert empty.rebuild() == 0
        assert exported(empty) == told
