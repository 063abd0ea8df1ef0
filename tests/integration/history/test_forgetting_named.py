"""Forgetting plays that are named one by one: these go, with all that is said of them, and no others."""

from hypothesis import given, strategies as st
import pytest

from custom_components.encore.history.errors import ForgettingRefused
from custom_components.encore.history.model import Observation, Source
from custom_components.encore.history.records import recordings
from custom_components.encore.history.records.deletion_rules import Why
from custom_components.encore.history.records.recording_coverage import Recorded
from tests.unit.history.memory import (
    ALVA,
    BEN,
    DAY,
    KITCHEN,
    MINUTE,
    NOON,
    OTHER,
    SECOND,
    Memory,
    Shelf,
    content,
    exported,
    live,
    polled,
    sonos,
    span,
)

from .test_forgetting_laws import merge_rows
from .test_merge_laws import few, known_by, observations, said

AGAIN = NOON + 5 * MINUTE
PAST = (
    live(NOON),
    live(AGAIN),
    live(NOON, listener=BEN),
    live(NOON - DAY, item=OTHER),
)


@pytest.fixture
def reported(store: Memory) -> Memory:
    """Give a store with one song twice within minutes, also heard by somebody else, and another song."""
    store.append(*PAST)
    return store


def ends(store: Memory) -> list[tuple[str, int]]:
    """Return whose plays there are, and when they ended."""
    return [(play.listener.key, play.ended_at) for play in store.plays()]


def test_only_what_is_named_goes(reported: Memory) -> None:
    """Not the same song minutes later, and not what somebody else heard at that time."""
    before = reported.plays()
    [named] = [one for one in before if ends_at(one, NOON)]
    deleted = reported.forget_plays([named])
    assert (deleted.taken.plays, deleted.taken.ms_played) == (1, named.ms_played)
    assert deleted.why is Why.NAMED
    assert content(reported.plays()) == content([one for one in before if one != named])


def ends_at(play: object, moment: int) -> bool:
    """Whether a play is Alva's, and ended at a moment."""
    return (play.listener.key, play.ended_at) == (ALVA.key, moment)  # type: ignore[attr-defined]


def test_it_is_brought_back_as_it_was(reported: Memory) -> None:
    """With its row id."""
    before = reported.plays()
    deleted = reported.forget_plays(before[:2])
    assert len(reported.plays()) == len(before) - 2
    reported.undo(deleted.id)
    assert reported.plays() == before
    with pytest.raises(ForgettingRefused):
        reported.undo(deleted.id)


@pytest.mark.parametrize("purged", [False, True])
def test_what_others_say_of_it_later_goes_with_it(
    reported: Memory, purged: bool
) -> None:
    """An export rounds its end, and a speaker knows its room; before it is removed, and after."""
    [named] = [one for one in reported.plays() if ends_at(one, NOON)]
    left = content([one for one in reported.plays() if one != named])
    reported.forget_plays([named])
    if purged:
        reported.purge()
    reported.append(exported(NOON + 7 * SECOND, ms=199_000))
    reported.append(sonos(NOON - SECOND, rooms=(span(KITCHEN, NOON - MINUTE, NOON),)))
    reported.append(live(NOON))
    reported.append(polled(NOON))
    assert content(reported.plays()) == left
    reported.rebuild()
    assert content(reported.plays()) == left


def test_where_it_is_not_blocked_it_comes_again(reported: Memory) -> None:
    """Once it was removed."""
    before = content(reported.plays())
    reported.forget_plays(reported.plays(), keep_away=False)
    reported.append(*PAST)
    assert reported.plays() == []
    reported.purge()
    reported.append(*PAST)
    assert content(reported.plays()) == before


def test_numbers_that_are_free_again_mean_nothing(reported: Memory) -> None:
    """What is stored after the removal is not hidden, whatever row id it gets."""
    reported.forget_plays(reported.plays())
    reported.purge()
    reported.append(*(live(NOON + day * DAY) for day in range(1, 9)))
    assert len(reported.plays()) == 8
    reported.rebuild()
    assert len(reported.plays()) == 8


def test_what_is_recorded_stays_recorded(reported: Memory) -> None:
    """It is no window that was forgotten: nothing but the play is missing."""
    recorded = Recorded(ALVA, Source.LIVE, NOON - DAY, NOON + DAY)
    with reported.writing() as connection:
        recordings.note(connection, reported.ingest.registers, [recorded], [])
    reported.forget_plays(reported.plays())
    reported.purge()
    coverage = reported.queries().coverage([ALVA.key])
    assert [(one.start, one.end) for one in coverage.recorded] == [
        (NOON - DAY, NOON + DAY)
    ]


def test_what_is_gone_already_is_not_counted(reported: Memory) -> None:
    """Somebody else was quicker."""
    plays = reported.plays()
    reported.forget_plays(plays[:1])
    assert reported.forget_plays(plays).taken.plays == len(plays) - 1


def test_what_sounds_on_is_not_forgotten(reported: Memory) -> None:
    """A play under way is none of those that were named."""
    plays = reported.plays()
    reported.forget_plays(plays)
    assert reported.queries().visible_under_way(plays) == plays


@few
@given(said, st.data())
def test_it_goes_with_what_it_rests_on_whatever_arrives(
    shelf: Shelf, observed: list[Observation], data: st.DataObject
) -> None:
    """At once nothing else goes; what rests on it stays away; undone, all is as if nobody had asked."""
    later = data.draw(st.lists(observations(), max_size=6, unique_by=known_by))
    with shelf.memory() as store:
        store.append(*observed)
        before = store.plays()
        named = [one for one in before if data.draw(st.booleans())]
        resting = merge_rows(store)
        removed = {merge_row for one in named for merge_row in resting[one.id]}
        deleted = store.forget_plays(named)
        assert content(store.plays()) == content(
            [one for one in before if one not in named]
        )
        store.append(*observed)
        assert content(store.plays()) == content(
            [one for one in before if one not in named]
        )
        store.append_each(later)
        shown = merge_rows(store)
        for one in store.plays():
            assert not shown[one.id] & removed
        store.rebuild()
        for one in store.plays():
            assert not merge_rows(store)[one.id] & removed
        store.undo(deleted.id)
        undone = content(store.plays())
    with shelf.memory() as store:
        store.append(*observed)
        store.append_each(later)
        assert undone == content(store.plays())
