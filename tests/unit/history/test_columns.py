"""The columns say what the store says, and follow it."""

from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import fields
import random
import threading
from typing import Any

from hypothesis import given, settings, strategies as st
import numpy as np
import pytest

from custom_components.encore.history.columns import column_cache
from custom_components.encore.history.columns.column_cache import (
    AT_ONCE,
    EVERY_S,
    ColumnCache,
)
from custom_components.encore.history.columns.column_reading import follow, load
from custom_components.encore.history.columns.columns import Columns
from custom_components.encore.history.database.changes import Changes
from custom_components.encore.history.database.store import store_at
from custom_components.encore.history.history import History
from custom_components.encore.history.model import (
    By,
    Kind,
    Play,
    Source,
    TopOf,
    Total,
    Window,
)
from custom_components.encore.history.queries.filters import Filters
from custom_components.encore.history.queries.history_queries import HistoryQueries
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.history.time_ranges.intervals import merged

from . import sql_totals
from .memory import ALL, BEN, NOON, SONG, Memory, Shelf, live
from .years import DEVICES, EDGES, FIRST, LAST, LISTENERS, ROOMS, years


@pytest.fixture(scope="module")
def full(quiet_database: None, new_store: Callable[[], str]) -> Iterator[Memory]:
    """Give a store with years of plays, to which nothing is added."""
    with (
        store_at(new_store()).writing() as connection,
        Shelf(connection).memory() as memory,
    ):
        memory.append(*years(1_500))
        connection.begin()
        yield memory


@pytest.fixture(scope="module")
def queries(full: Memory) -> HistoryQueries:
    """Give the read side of the full store, which reads its columns once."""
    columns = load(full.connection)
    return HistoryQueries(full.connection, NOBODY_HIDDEN, lambda: columns)


def keys(of: Any) -> Any:
    """Return keys to filter by, one that nothing has among them."""
    known = [each.key for each in of]
    return st.none() | st.lists(st.sampled_from([*known, "nobody"]), max_size=3)


WINDOWS = st.tuples(
    st.sampled_from([0, *EDGES]) | st.integers(FIRST, LAST),
    st.sampled_from([*EDGES, 1 << 50]) | st.integers(FIRST, LAST),
).map(lambda ends: Window(min(ends), max(ends)))
FILTERS = st.builds(
    Filters,
    listeners=keys(LISTENERS),
    rooms=keys(ROOMS),
    devices=keys(DEVICES),
    sources=st.none() | st.lists(st.sampled_from(Source), max_size=2),
    kinds=st.none() | st.lists(st.sampled_from(Kind), max_size=2, unique=True),
    min_ms=st.sampled_from([0, 30_000, 30_001, 150_000]),
)


@settings(deadline=None, max_examples=150)
@given(
    window=WINDOWS,
    filters=FILTERS,
    of=st.sampled_from([*sql_totals.RANKED_IN_SQL]),
    by=st.sampled_from(By),
    limit=st.sampled_from([1, 3, 10, 1_000]),
)
def test_columns_answer_as_the_store_does(
    full: Memory,
    queries: HistoryQueries,
    window: Window,
    filters: Filters,
    of: TopOf,
    by: By,
    limit: int,
) -> None:
    """Total, kinds and each top list are the same from both, for any window and filters.

    Of rooms, what counts is the time in which a play sounded in any of them.
    """
    chosen = queries.select(window, **filters)
    every = queries.plays(window, newest_first=by is By.PLAYS, **filters)
    some = queries.plays(window, newest_first=by is By.PLAYS, limit=limit, **filters)
    assert some == every[:limit]
    assert chosen.kinds() == sql_totals.kinds(full.connection, window, filters)
    if (rooms := filters.get("rooms")) is not None:
        played = [(play.item.uri, sounded_in(play, rooms)) for play in every]
        assert chosen.total() == Total(len(every), sum(ms for _, ms in played))
        tracks = queries.ranked(TopOf.TRACKS, chosen.by(TopOf.TRACKS), by, 1_000)
        assert {each.uri: each.total for each in tracks} == {
            uri: Total(len(times), sum(times))
            for uri in dict(played)
            for times in ([ms for each, ms in played if each == uri],)
        }
        return
    assert chosen.total() == sql_totals.total(full.connection, window, filters)
    assert queries.ranked(of, chosen.by(of), by, limit) == sql_totals.top(
        full.connection, window, filters, of, by=by, limit=limit
    )


def sounded_in(play: Play, rooms: Collection[str]) -> int:
    """Return how long a play sounded in any of some rooms (ms)."""
    spans = [(span.start, span.end) for span in play.rooms if span.room.key in rooms]
    return min(play.ms_played, sum(end - start for start, end in merged(spans)))


@settings(deadline=None, max_examples=50)
@given(
    window=WINDOWS,
    kinds=st.lists(st.sampled_from(Kind), unique=True),
    of=st.sampled_from([*sql_totals.RANKED_IN_SQL, TopOf.SHOWS]),
)
def test_things_of_some_kinds_are_counted_as_if_only_those_were_selected(
    queries: HistoryQueries, window: Window, kinds: list[Kind], of: TopOf
) -> None:
    """Leaving out kinds comes to the same before and after counting."""
    after = queries.select(window).by(of, kinds)
    before = queries.select(window, kinds=kinds).by(of)
    assert np.array_equal(after.plays, before.plays)
    assert np.array_equal(after.ms_played, before.ms_played)


def test_a_window_is_cut_to_the_millisecond(store: Memory) -> None:
    """The start belongs to a window, the end does not."""
    store.append(live(NOON), live(NOON + 1, listener=BEN))
    queries = HistoryQueries(store.connection, NOBODY_HIDDEN)
    start = NOON - 200_000
    for first, after, plays in ((0, 1, 1), (0, 2, 2), (1, 2, 1), (2, 999, 0)):
        window = Window(start + first, start + after)
        assert queries.select(window).total().plays == plays


@pytest.mark.parametrize("seed", range(5))
def test_following_changes_comes_to_what_reading_again_does(
    store: Memory, seed: int
) -> None:
    """Plays that come, go and change, in any order, and tracks that are described anew."""
    chance = random.Random(seed)
    reported = years(300, seed)
    chance.shuffle(reported)
    columns = load(store.connection)
    while reported:
        some, reported = (
            reported[: (size := chance.choice((1, 7, 60)))],
            reported[size:],
        )
        store.append(*some)
        before = [getattr(columns.plays, each.name) for each in fields(columns.plays)]
        copies = [column.copy() for column in before]
        columns = follow(store.connection, columns, store.ingest.changes.taken())
        assert_same(columns, load(store.connection))
        for column, copy in zip(before, copies, strict=True):
            assert np.array_equal(column, copy), "a published state was changed"


def test_many_plays_in_a_row_are_followed(store: Memory) -> None:
    """As an import writes them; others among them changed at other times."""
    reported = years(400, 9)
    store.append(*reported[:20])
    store.ingest.changes.taken()
    columns = load(store.connection)
    store.append(*reported[20:])
    changes = store.ingest.changes.taken()
    assert len(changes.plays) > 300
    assert_same(follow(store.connection, columns, changes), load(store.connection))


def test_a_rebuild_is_followed(store: Memory) -> None:
    """Where everything changed, everything is read anew."""
    store.append(*years(50))
    columns = load(store.connection)
    store.rebuild()
    followed = follow(store.connection, columns, Changes(everything=True))
    assert_same(followed, load(store.connection))
    assert followed.generation == columns.generation + 1


def test_a_play_takes_few_bytes(full: Memory) -> None:
    """About 22 for the play itself."""
    plays = load(full.connection).plays
    assert sum(getattr(plays, each.name).itemsize for each in fields(plays)) == 22


def test_an_append_is_in_the_next_answer(history: History) -> None:
    """However soon it is asked."""
    for count in range(1, 5):
        history.append([live(NOON + count * 300_000, item=SONG)]).result()
        total = history.ask(
            lambda queries: queries.total(ALL), hidden=NOBODY_HIDDEN
        ).result()
        assert total.plays == count
    history.rebuild().result()
    assert (
        history.ask(lambda queries: queries.total(ALL), hidden=NOBODY_HIDDEN)
        .result()
        .plays
        == 4
    )


def test_a_play_that_was_committed_is_in_all_parts_of_an_answer(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the store has it already, and the columns have not been told of it."""
    committed, asked = threading.Event(), threading.Event()
    note = ColumnCache.note

    def slowly(cache: ColumnCache, changes: Changes) -> None:
        committed.set()
        # Who does not wait is done by then.
        asked.wait(0.5)
        note(cache, changes)

    def ask(queries: HistoryQueries) -> tuple[int, int]:
        stored = len(queries.plays(ALL))
        return stored, queries.total(ALL).plays

    assert history.ask(ask, hidden=NOBODY_HIDDEN).result() == (0, 0)
    monkeypatch.setattr(ColumnCache, "note", slowly)
    appended = history.append([live(NOON)])
    assert committed.wait(20)
    answer = history.ask(ask, hidden=NOBODY_HIDDEN)
    answer.add_done_callback(lambda _: asked.set())
    appended.result()
    assert answer.result() == (1, 1)


def test_who_asks_beside_another_has_the_newest_play_too(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Few changes are waited for while somebody else has begun to follow them."""
    cache = ColumnCache(history._store)
    cache.columns()
    history.append([live(NOON)]).result()
    begun, go_on = threading.Event(), threading.Event()

    def slowly(*asked: Any) -> Columns:
        begun.set()
        assert go_on.wait(20)
        return follow(*asked)

    monkeypatch.setattr(column_cache, "follow", slowly)
    cache.note(Changes(plays={1}))
    with ThreadPoolExecutor(2) as readers:
        first = readers.submit(cache.columns)
        assert begun.wait(20)
        second = readers.submit(cache.columns)
        # Who does not wait is done by then.
        wait([second], timeout=0.5)
        go_on.set()
        assert len(first.result().plays) == len(second.result().plays) == 1
    cache.stop()


def test_an_answer_does_not_wait_for_many_changes(history: History) -> None:
    """Beside an import the state before answers, and a thread follows at its pace."""
    now = [0.0]
    cache = ColumnCache(history._store, clock=lambda: now[0])
    try:
        first = cache.columns()
        assert cache.columns() is first
        now[0] = EVERY_S
        many = Changes(plays=set(range(1, AT_ONCE + 2)))
        history.append([live(NOON)]).result()
        with cache._reading:  # the thread cannot begin
            cache.note(many)
            assert cache.columns() is first
        cache.follow()
        assert len(cache.columns().plays) == 1
        assert cache.columns().generation > first.generation
        assert len(first.plays) == 0
    finally:
        cache.stop()


def assert_same(one: Columns, other: Columns) -> None:
    """Compare all columns; the order of rooms and credits, and of plays of one moment, does not matter."""
    for name, order in (
        ("plays", ("millis", "seconds")),
        ("rooms", ()),
        ("tracks", ()),
    ):
        mine, others = getattr(one, name), getattr(other, name)
        if name == "tracks":
            for column in ("kind", "album", "artist"):
                assert np.array_equal(getattr(mine, column), getattr(others, column))
            assert rows(mine, "credited_track", "credited_artist") == rows(
                others, "credited_track", "credited_artist"
            )
            continue
        names = [each.name for each in fields(mine)]
        assert rows(mine, *names) == rows(others, *names)
        for column in order:
            assert np.array_equal(getattr(mine, column), getattr(others, column))


def rows(of: Any, *names: str) -> list[tuple[int, ...]]:
    """Return columns as sorted rows."""
    return sorted(zip(*(getattr(of, name).tolist() for name in names), strict=True))
