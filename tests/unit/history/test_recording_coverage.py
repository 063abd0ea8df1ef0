"""Coverage: which part of a window's time was recorded, or is spanned by an export, and why not the rest."""

from itertools import pairwise
from random import Random

from hypothesis import given, settings, strategies as st

from custom_components.encore.history.database.key_tables import Registers
from custom_components.encore.history.history import History
from custom_components.encore.history.model import Listener, Source, Window
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.history.records.recording_coverage import (
    EXPORTS,
    Coverage,
    Gap,
    GapReason,
    Recorded,
    Unrecorded,
)
from custom_components.encore.history.records.recordings import coverage, note

from .memory import ALVA, BEN, SECOND, Shelf, note_recorded

LIFE = 60
"""Generated lives are this long, in ms: time enough for everything to meet."""

moments = st.integers(1, LIFE)
intervals = st.tuples(moments, moments).map(lambda two: (min(two), max(two)))
listeners = st.sampled_from([ALVA, BEN])
recorded = st.lists(
    st.builds(
        lambda listener, source, interval: Recorded(listener, source, *interval),
        listeners,
        st.sampled_from(Source),
        intervals,
    ),
    max_size=8,
)
unrecorded = st.lists(
    st.builds(
        lambda listener, reason, interval: Unrecorded(listener, reason, *interval),
        listeners,
        st.sampled_from(GapReason),
        intervals,
    ),
    max_size=8,
)
windows = intervals.map(lambda interval: Window(*interval))


def covers(
    moment: int,
    listener: Listener,
    recordings: list[Recorded],
    gaps: list[Unrecorded],
) -> bool:
    """Say by the definition whether a moment of a listener is covered."""
    sources = {
        each.source
        for each in recordings
        if each.listener == listener and each.start <= moment < each.end
    }
    reasons = reasons_at(moment, [gap for gap in gaps if gap.listener == listener])
    withheld = reasons & {GapReason.PAUSED, GapReason.PRIVATE}
    told_by = sources & EXPORTS if withheld else sources
    return bool(told_by) and GapReason.FORGOTTEN not in reasons


def reasons_at(moment: int, gaps: list[Unrecorded]) -> set[GapReason]:
    """Return what was noted of a moment."""
    return {gap.reason for gap in gaps if gap.start <= moment < gap.end}


@given(recorded, unrecorded, windows, moments)
def test_a_window_is_covered_where_it_was_recorded_and_by_its_past_alone(
    recordings: list[Recorded], gaps: list[Unrecorded], window: Window, now: int
) -> None:
    """Moment by moment, as the definition says; and each other moment is in one gap, with the weightiest reason."""
    covered = Coverage(recordings, gaps).within(window, now)
    past = range(window.start, min(window.end, now))
    inside = {
        moment
        for moment in past
        if any(covers(moment, each, recordings, gaps) for each in (ALVA, BEN))
    }
    assert covered.length == len(past)
    assert covered.covered == len(inside)
    assert covered.complete is (0 < len(past) == len(inside))
    explained = [
        (moment, gap.reason)
        for gap in covered.gaps
        for moment in range(gap.start, gap.end)
    ]
    assert explained == [
        (moment, min(reasons_at(moment, gaps), default=GapReason.NOT_RECORDING))
        for moment in past
        if moment not in inside
    ]
    assert all(
        a.end < b.start or a.reason != b.reason for a, b in pairwise(covered.gaps)
    )


@given(recorded, unrecorded, moments)
def test_a_moment_is_covered_like_a_window_of_its_length(
    recordings: list[Recorded], gaps: list[Unrecorded], moment: int
) -> None:
    """The shortest window there is."""
    whole = Coverage(recordings, gaps)
    shortest = whole.within(Window(moment, moment + 1), LIFE + 1)
    assert (moment in whole) is shortest.complete


@given(recorded, unrecorded)
def test_coverage_of_some_is_what_was_noted_of_them_alone(
    recordings: list[Recorded], gaps: list[Unrecorded]
) -> None:
    """Of one listener, and of one source."""
    whole = Coverage(recordings, gaps)
    assert (
        whole.of([ALVA.key]).spans
        == Coverage(
            [each for each in recordings if each.listener == ALVA],
            [each for each in gaps if each.listener == ALVA],
        ).spans
    )
    for source, spans in whole.by_source().items():
        assert Coverage(whole.of(sources=[source]).recorded).spans == spans


@settings(deadline=None)
@given(recorded, unrecorded, st.randoms())
def test_it_does_not_matter_how_stretches_are_noted(
    shelf: Shelf,
    recordings: list[Recorded],
    gaps: list[Unrecorded],
    chance: Random,
) -> None:
    """In any order, in parts, and twice: the store says the same, and keeps no two stretches that meet."""
    with shelf.memory() as memory:
        connection = memory.connection
        registers = Registers(connection)
        parts = [part for each in recordings for part in halves(each)] * 2
        chance.shuffle(parts)
        for part in parts:
            note(connection, registers, [part])
        note(connection, registers, (), gaps)
        stored = coverage(connection)
        assert stored.spans == Coverage(recordings, gaps).spans
        assert coverage(connection, [BEN.key]).spans == stored.of([BEN.key]).spans
        for source, spans in stored.by_source().items():
            for listener in (ALVA, BEN):
                rows = sorted(
                    (each.start, each.end)
                    for each in stored.recorded
                    if each.source is source and each.listener == listener
                )
                assert all(a[1] < b[0] for a, b in pairwise(rows))
            assert spans == Coverage(recordings).by_source()[source]


def halves(whole: Recorded) -> list[Recorded]:
    """Return a stretch in two."""
    middle = (whole.start + whole.end) // 2
    return [
        Recorded(whole.listener, whole.source, whole.start, middle),
        Recorded(whole.listener, whole.source, middle, whole.end),
    ]


def test_a_window_from_the_beginning_of_time_counts_from_the_first_recording() -> None:
    """Nobody asks why 1970 is missing."""
    known = Coverage([Recorded(ALVA, Source.LIVE, 100, 200)])
    assert known.within(Window(0, 400), now=200).complete
    assert known.within(Window(0, 400), now=300).share == 0.5
    assert not Coverage().within(Window(0, 400), now=300).complete


def test_an_export_brings_what_was_not_recorded_and_forgetting_takes_it_again() -> None:
    """Recently played must not fill a pause; an export has what was played in it."""
    paused = Unrecorded(ALVA, GapReason.PAUSED, 20, 40)
    polled = Recorded(ALVA, Source.POLLED, 0, 100)
    export = Recorded(ALVA, Source.EXPORT, 0, 60)
    window = Window(1, 101)
    assert Coverage([polled], [paused]).within(window, 100).gaps == (
        Gap(20, 40, GapReason.PAUSED),
    )
    assert Coverage([polled, export], [paused]).within(window, 100).complete
    forgotten = Unrecorded(ALVA, GapReason.FORGOTTEN, 30, 50)
    assert Coverage([polled, export], [paused, forgotten]).within(window, 100).gaps == (
        Gap(30, 50, GapReason.FORGOTTEN),
    )


def test_what_is_noted_can_be_asked_for_at_once(history: History) -> None:
    """Through the writer, and out of a reader."""
    note_recorded(
        history,
        [Recorded(ALVA, Source.LIVE, 0, 10 * SECOND)],
        [Unrecorded(ALVA, GapReason.OUT_OF_REACH, 10 * SECOND, 20 * SECOND)],
    )
    known = history.ask(
        lambda queries: queries.coverage([ALVA.key]), hidden=NOBODY_HIDDEN
    ).result()
    assert known.within(Window(0, 20 * SECOND), 40 * SECOND).gaps == (
        Gap(10 * SECOND, 20 * SECOND, GapReason.OUT_OF_REACH),
    )
    assert known.listeners == (ALVA,)
