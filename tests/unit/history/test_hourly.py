"""What is heard each hour, and what makes rows of sums that were written into those that should be."""

from typing import NamedTuple

from hypothesis import given, strategies as st
import numpy as np

from custom_components.encore.history.model import Total, Window
from custom_components.encore.history.queries.filters import Filters
from custom_components.encore.history.queries.hourly import (
    Correction,
    Sums,
    correction,
    hourly,
    sums_of,
)
from custom_components.encore.history.queries.visible_plays import EVER

from .living import Sounded, lived, lives
from .memory import ALVA, HOUR, KITCHEN, Shelf

NOTHING = sums_of(np.zeros(0, np.int64), np.zeros(0, np.int64))

played = st.dictionaries(st.integers(0, 40), st.integers(1, 9)).map(
    lambda each: sums_of(
        np.array(sorted(each), np.int64),
        np.array([each[hour] for hour in sorted(each)], np.int64),
    )
)


class SumRow(NamedTuple):
    """What one hour (from 1970) has, and what all up to it have together."""

    hour: int
    value: int
    sum: int


def rows_of(sums: Sums, first: int = 0) -> list[SumRow]:
    """Return rows from one on."""
    columns = (sums.hours, sums.values, sums.sums)
    parts = (column[first:].tolist() for column in columns)
    return [SumRow(*row) for row in zip(*parts, strict=True)]


@st.composite
def rows(draw: st.DrawFn) -> Sums:
    """Draw rows as they may be found: also half written, adjusted by somebody, or empty."""
    found = draw(played)
    values = found.values.copy()
    sums = found.sums.copy()
    if len(found) and draw(st.booleans()):
        sums[draw(st.integers(0, len(found) - 1)) :] += draw(st.integers(-3, 3))
    if len(found) and draw(st.booleans()):
        values[draw(st.integers(0, len(found) - 1))] = draw(st.integers(0, 3))
    return Sums(found.hours, values, sums)


def written(before: Sums, needed: Correction) -> list[SumRow]:
    """Return rows after those of a correction were written over them."""
    found = {row.hour: row for row in rows_of(before)}
    found |= {row.hour: row for row in rows_of(needed.after, needed.first)}
    return [found[hour] for hour in sorted(found)]


def adjusted(before: Sums, needed: Correction) -> list[SumRow]:
    """Return rows after what changed was added to their sums, hour by hour."""
    found = {row.hour: row for row in rows_of(before)}
    after = rows_of(needed.after)
    for place, by in zip(needed.changed.tolist(), needed.by.tolist(), strict=True):
        row = after[place]
        found = {
            hour: one._replace(sum=one.sum + by * (hour >= row.hour))
            for hour, one in found.items()
        }
        found[row.hour] = row
    return [found[hour] for hour in sorted(found)]


@given(played, rows())
def test_rows_become_those_that_are_wanted(wanted: Sums, before: Sums) -> None:
    """Whatever was written: every hour has its own, the sums add up, and nothing is left to do."""
    needed = correction(wanted, before)
    after = written(before, needed)
    assert after == rows_of(needed.after)
    assert {row.hour: row.value for row in after if row.value} == dict(
        zip(wanted.hours.tolist(), wanted.values.tolist(), strict=True)
    )
    assert [row.sum for row in after] == np.cumsum(
        [row.value for row in after]
    ).tolist()
    assert not len(correction(wanted, needed.after))


@given(played, rows())
def test_adjustments_come_to_the_same(wanted: Sums, before: Sums) -> None:
    """Where they can be made at all."""
    needed = correction(wanted, before)
    if needed.adjustable:
        assert adjusted(before, needed) == rows_of(needed.after)


@given(played, played)
def test_what_was_written_whole_can_be_adjusted(wanted: Sums, before: Sums) -> None:
    """And it is known when an hour has nothing any more."""
    needed = correction(wanted, before)
    assert needed.adjustable
    assert needed.emptied == bool(
        set(before.hours.tolist()) - set(wanted.hours.tolist())
    )


def test_nothing_needs_nothing() -> None:
    """Neither rows nor changes."""
    needed = correction(NOTHING, NOTHING)
    assert not len(needed) and not len(needed.changed) and not needed.emptied


@given(lives())
def test_each_hour_has_what_its_window_has(shelf: Shelf, life: list[Sounded]) -> None:
    """Hour by hour, in SQL or in columns, for a listener as for a room."""
    with shelf.memory() as memory:
        memory.append_each([lived(one) for one in life])
        queries = memory.queries()
        everyone: tuple[Filters, ...] = (
            {"listeners": (ALVA.key,)},
            {"rooms": (KITCHEN.key,)},
        )
        for whose in everyone:
            found = hourly(queries, **whose)
            assert found.total() == queries.total(EVER, **whose)
            for number, hour in enumerate(found.hours.tolist()):
                window = Window(hour * HOUR, (hour + 1) * HOUR)
                assert queries.total(window, **whose) == Total(
                    int(found.plays[number]), int(found.ms_played[number])
                )
