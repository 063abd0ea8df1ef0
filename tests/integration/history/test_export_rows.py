"""Rows of an export take a short way in, and come to the same as observations that are appended."""

from typing import Any, NamedTuple

from hypothesis import given, settings, strategies as st
import numpy as np

from custom_components.encore.history.ingest.export_columns import (
    ExportColumns,
    FirstNamed,
    Named,
    Numbered,
    first_named,
    flags,
)
from custom_components.encore.history.ingest.imported_rows import (
    Entered,
    store_export_rows,
)
from custom_components.encore.history.model import Item, Listener, Observation, Source
from tests.unit.history.memory import (
    ALVA,
    HOUR,
    NOON,
    THE_HOUSEHOLD,
    Memory,
    Shelf,
    content,
)

from .test_merge_laws import ITEMS, as_reported, beliefs, observations

SOURCES = [Source.EXPORT, Source.ACCOUNT_DATA]


class Row(NamedTuple):
    """One row: what it names, and the rest of what it says."""

    item: Item
    ended_at: int
    ms_played: int
    offline_at: int = 0
    skipped: bool | None = None
    reason_end: str | None = None


@st.composite
def rows_played(draw: st.DrawFn, source: Source) -> Row:
    """Draw a row, in a space so small that rows repeat, crowd and meet what is stored."""
    return Row(
        as_reported(draw(st.sampled_from(ITEMS)), source),
        NOON + 500 * draw(st.integers(0, 1_200)) + HOUR * draw(st.integers(0, 1)) * 200,
        draw(st.sampled_from([0, 1_000, 30_000, 200_000, 20 * HOUR])),
        draw(st.sampled_from([0, 0, NOON])),
        draw(st.sampled_from([None, False, True])),
        draw(st.sampled_from([None, "trackdone", "fwdbtn"])),
    )


def as_played(rows: list[Row]) -> tuple[ExportColumns, list[FirstNamed]]:
    """Return rows in columns, and what they name."""
    reported: list[Named] = [
        (item.uri, int(item.kind), item.title, item.artists[0], item.album)
        for item in (row.item for row in rows)
    ]
    assert [first_named(one).described(Source.EXPORT).item for one in reported] == [
        row.item for row in rows
    ]
    named, first_names = Numbered().numbers(reported)
    unsaid = flags([None] * len(rows))
    words = list(dict.fromkeys([None, *(row.reason_end for row in rows)]))
    columns = ExportColumns(
        named,
        np.array([row.ended_at for row in rows], np.int64),
        np.array([row.ms_played for row in rows], np.int64),
        np.array([row.offline_at for row in rows], np.int64),
        flags(row.skipped for row in rows),
        unsaid,
        unsaid,
        unsaid,
        words,
        np.zeros(len(rows), np.int64),
        np.array([words.index(row.reason_end) for row in rows], np.int64),
    )
    return columns, [*map(first_named, first_names)]


def as_observation(row: Row, listener: Listener, source: Source) -> Observation:
    """Return the observation that a row is."""
    return Observation(
        source,
        listener,
        row.item,
        row.ended_at - row.ms_played,
        row.ended_at,
        row.ms_played,
        skipped=row.skipped,
        offline_timestamp=row.offline_at,
        reason_end=row.reason_end,
    )


def taken(
    store: Memory, listener: Listener, source: Source, rows: list[Row]
) -> list[int]:
    """Take in a slice of rows and return their fates."""
    with store._begun():
        columns, first_names = as_played(rows)
        return store_export_rows(
            store.connection,
            store.ingest,
            listener,
            source,
            columns,
            entered=Entered(store.ingest.catalog),
            first_names=first_names,
        ).fates


@settings(max_examples=150, deadline=None)
@given(
    st.lists(observations(), max_size=8),
    st.sampled_from(SOURCES),
    st.sampled_from([ALVA, THE_HOUSEHOLD]),
    st.data(),
)
def test_the_short_way_in_leads_to_the_same_plays(
    shelf: Shelf,
    before: list[Observation],
    source: Source,
    listener: Listener,
    data: Any,
) -> None:
    """Whatever is stored already: plays, witnesses and fates are those of the long way."""
    slices = data.draw(st.lists(st.lists(rows_played(source), max_size=10), max_size=3))
    with shelf.memory() as store:
        store.append_each(before)
        fates = [taken(store, listener, source, rows) for rows in slices]
        store.settle()
        plays, merge_rows = content(store.plays()), len(beliefs(store))
        store.rebuild()
        assert content(store.plays()) == plays
    with shelf.memory() as store:
        store.append_each(before)
        for rows, found in zip(slices, fates, strict=True):
            appended = store.append(
                *(as_observation(row, listener, source) for row in rows)
            )
            assert appended.duplicates == found.count(-1)
        assert content(store.plays()) == plays
        assert len(beliefs(store)) == merge_rows


def test_rows_that_are_alone_never_reach_the_merge(
    store: Memory, monkeypatch: Any
) -> None:
    """Most of an import is quick because nothing is near it."""
    merged: list[int] = []
    take = store.ingest.take

    def counted(arrivals: Any, unsettled: Any) -> Any:
        merged.append(len(arrivals))
        return take(arrivals, unsettled)

    monkeypatch.setattr(store.ingest, "take", counted)
    item = as_reported(ITEMS[0], Source.EXPORT)
    rows = [
        Row(item, end, 60_000)
        for end in (NOON, NOON, NOON + 60_000, NOON + HOUR, NOON + HOUR + 500)
    ]
    assert taken(store, ALVA, Source.EXPORT, rows) == [0, -1, 0, 0, 0]
    assert merged == [2]
