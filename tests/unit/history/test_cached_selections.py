"""What other questions counted of the same plays is taken over, and is what would be counted anew."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings, strategies as st
import numpy as np
import pytest

from custom_components.encore.history.columns import cached_selections
from custom_components.encore.history.columns.cached_selections import (
    MOST_CACHED,
    CachedSelections,
)
from custom_components.encore.history.columns.column_reading import load
from custom_components.encore.history.columns.columns import Columns
from custom_components.encore.history.columns.filtered_plays import Narrowing
from custom_components.encore.history.columns.selection import Selection
from custom_components.encore.history.columns.timelines import Step
from custom_components.encore.history.database.store import store_at
from custom_components.encore.history.model import Kind, TopOf, Window
from custom_components.encore.history.queries.highlights import (
    artists_first_played,
    most_in_a_day,
)

from .memory import Shelf
from .years import FIRST, LAST, years

HOME = ZoneInfo("Europe/Amsterdam")

COUNTED: dict[str, Callable[[Selection], Any]] = {
    "total": Selection.total,
    "by kind": Selection.by_kind,
    "skips": Selection.skips,
    "by track": lambda plays: plays.by_track,
    "days": lambda plays: plays.by_step(Step.DAY, HOME),
    "hours": lambda plays: plays.hours_of_week(HOME),
    "hours elsewhere": lambda plays: plays.hours_of_week(ZoneInfo("Asia/Tokyo")),
    "artists": lambda plays: plays.by(TopOf.ARTISTS, (Kind.TRACK,)),
    "tracks": lambda plays: plays.by(TopOf.TRACKS),
    "music": lambda plays: plays.by(TopOf.TRACKS, [Kind.TRACK]),
    "rooms": lambda plays: plays.by(TopOf.ROOMS),
    "sources": lambda plays: plays.by(TopOf.SOURCES),
    "songs": lambda plays: plays.by_song((Kind.TRACK,)),
    "most in a day": lambda plays: most_in_a_day(plays, HOME),
    "first heard": artists_first_played,
    "first and last": Selection.ends_by_track,
    "last of artists": lambda plays: plays.last_of(
        TopOf.ARTISTS, np.flatnonzero(plays.by(TopOf.ARTISTS).plays).tolist()[:5]
    ),
    "starts": lambda plays: plays.starts,
    "newest": lambda plays: plays.ends(7),
}


@pytest.fixture(scope="module")
def columns(
    quiet_database: None, new_store: Callable[[], str]
) -> Iterator[tuple[Columns, Columns]]:
    """Give columns of some years, and the same with more plays."""
    with (
        store_at(new_store()).writing() as connection,
        Shelf(connection).memory() as memory,
    ):
        plays = years(1_500)
        memory.append(*plays[:1_200])
        before = load(connection, 1)
        memory.append(*plays[1_200:])
        yield before, load(connection, 2)


@pytest.fixture(autouse=True)
def few_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep selections of few plays, too."""
    monkeypatch.setattr(cached_selections, "FROM", 1)


WINDOWS = st.sampled_from(
    [Window(0, 1 << 50), Window(FIRST, LAST), Window(FIRST, (FIRST + LAST) // 2)]
)
NARROWINGS = st.builds(
    Narrowing,
    listeners=st.sampled_from([None, (), (1,), (1, 2)]),
    rooms=st.sampled_from([None, (1,), (1, 2)]),
    kinds=st.sampled_from([None, (Kind.TRACK,)]),
    min_ms=st.sampled_from([0, 30_000]),
)
ASKED = st.lists(
    st.tuples(
        st.booleans(),
        st.sampled_from([(), (1,), (2,), (1, 2)]),
        WINDOWS,
        NARROWINGS,
        st.sampled_from(sorted(COUNTED)),
    ),
    min_size=2,
    max_size=40,
)


@settings(deadline=None, max_examples=60)
@given(ASKED)
def test_what_was_counted_before_is_what_is_counted_now(
    columns: tuple[Columns, Columns],
    asked: list[tuple[bool, tuple[int, ...], Window, Narrowing, str]],
) -> None:
    """Whatever was asked before, of these columns or of others, for the same viewer or for others."""
    stored = CachedSelections()
    for later, hidden, window, narrowing, what in asked:
        of = stored.scope(columns[later], hidden)
        found = stored.selection(of, window, narrowing)
        shown = narrowing.listeners or (1, 2, 3)
        if narrowing.listeners == ():
            shown = ()
        visible = tuple(each for each in shown if each not in hidden)
        anew = Selection.of_window(
            columns[later], window, replace(narrowing, listeners=visible)
        )
        assert found.columns is of
        assert not np.isin(of.plays.listener, hidden).any()
        assert len(found) == len(anew)
        assert same(COUNTED[what](found), COUNTED[what](anew)), what


def test_a_track_was_first_and_last_played_when_it_was(
    columns: tuple[Columns, Columns],
) -> None:
    """As one finds who looks through the plays."""
    plays = Selection.of_window(columns[1], Window(0, LAST), Narrowing(min_ms=60_000))
    played: dict[int, list[int]] = {}
    for track, start in zip(plays.track.tolist(), plays.starts.tolist(), strict=True):
        played.setdefault(track, []).append(start)
    first, last = plays.ends_by_track()
    assert {
        track: (int(first[track]), int(last[track]))
        for track in np.flatnonzero(last).tolist()
    } == {track: (min(starts), max(starts)) for track, starts in played.items()}
    some = [number for number in played if number % 3 == 0]
    assert plays.last_of(TopOf.TRACKS, some) == {
        number: max(
            start
            for track, starts in played.items()
            if columns[1].tracks.song[track] == columns[1].tracks.song[number]
            for start in starts
        )
        for number in some
    }


def test_the_same_plays_are_counted_once(columns: tuple[Columns, Columns]) -> None:
    """Also where the window ends later and there is nothing more in it; what others count is theirs."""
    stored = CachedSelections()
    of, _ = columns
    first = stored.selection(of, Window(0, LAST + 1_000), Narrowing())
    counted = first.by_track
    again = stored.selection(of, Window(0, LAST + 60_000), Narrowing())
    assert again is not first
    assert again.by_track is counted
    other = stored.selection(of, Window(0, LAST + 1_000), Narrowing(min_ms=0))
    assert other.by_track is not counted


def test_other_columns_begin_again(columns: tuple[Columns, Columns]) -> None:
    """And older ones, which a question still has, leave nothing behind."""
    stored = CachedSelections()
    before, after = columns
    counted = stored.selection(before, Window(0, LAST), Narrowing()).by_track
    newer = stored.selection(after, Window(0, LAST), Narrowing())
    assert newer.by_track is not counted
    older = stored.selection(before, Window(0, LAST), Narrowing())
    assert older.by_track is not counted
    assert (
        stored.selection(after, Window(0, LAST), Narrowing()).by_track is newer.by_track
    )


def test_few_are_stored(columns: tuple[Columns, Columns]) -> None:
    """The one that was not asked about for longest goes."""
    stored, (of, _) = CachedSelections(), columns
    counted = [
        stored.selection(of, Window(0, LAST), Narrowing(min_ms=number)).by_track
        for number in range(MOST_CACHED + 1)
    ]
    again = [
        stored.selection(of, Window(0, LAST), Narrowing(min_ms=number)).by_track
        for number in (MOST_CACHED, 1, 0)
    ]
    assert again[0] is counted[MOST_CACHED]
    assert again[1] is counted[1]
    assert again[2] is not counted[0]


def same(one: Any, other: Any) -> bool:
    """Whether two things that were counted are equal, whatever holds their numbers."""
    if isinstance(one, np.ndarray):
        return np.array_equal(one, other)
    if isinstance(one, tuple):
        return all(map(same, one, other))
    if is_dataclass(one) and not isinstance(one, type):
        return all(
            same(getattr(one, each.name), getattr(other, each.name))
            for each in fields(one)
        )
    return bool(one == other)
