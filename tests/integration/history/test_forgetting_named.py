"""Forgetting plays that are named one by one: these go, with all that is said of them, and no others."""

from hypothesis import given, strategies as st
import pytest

from custom_components.encore.history.errors import ForgettingRefused
from custom_components.encore.history.model import Observation, Source
from custom_components.encore.history.records import recordings
from custom_components.encore.history.records.deletion_rules import Why
from custom_components.encore.history.records.recording_coverage import Recorded
from tests.unit.history.telling import (
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
def told(store: Memory) -> Memory:
    """Give a store with one song twice within minutes, also heard by somebody else, and another song."""
    store.append(*PAST)
    return store


def ends(store: Memory) -> list[tuple[str, int]]:
    """Return whose plays there are, and when they ended."""
    return [(play.listener.key, play.ended_at) for play in store.plays()]


def test_only_what_is_named_goes(told: Memory) -> None:
    """Not the same song minutes later, and not what somebody else heard at that time."""
    before = told.plays()
    [named] = [one for one in before if ends_at(one, NOON)]
    gone = told.forget_plays([named])
    assert (gone.taken.plays, gone.taken.ms_played) == (1, named.ms_played)
    assert gone.why is Why.NAMED
    assert content(told.plays()) == content([one for one in before if one != named])


def ends_at(play: object, moment: int) -> bool:
    """Whether a play is Alva's, and ended at a moment."""
    return (play.listener.key, play.ended_at) == (ALVA.key, moment)  # type: ignore[attr-defined]


def test_it_is_brought_back_as_it_was(told: Memory) -> None:
    """With its row id."""
    before = told.plays()
    gone = told.forget_plays(before[:2])
    assert len(told.plays()) == len(before) - 2
    told.undo(gone.id)
    assert told.plays() == before
    with pytest.raises(ForgettingRefused):
        told.undo(gone.id)


@pytest.mark.parametrize("purged", [False, True])
def test_what_others_say_of_it_later_goes_with_it(told: Memory, purged: bool) -> None:
    """An export rounds its end, and a speaker knows its room; before it is removed, and after."""
    [named] = [one for one in told.plays() if ends_at(one, NOON)]
    left = content([one for one in told.plays() if one != named])
    told.forget_plays([named])
    if purged:
        told.purge()
    told.append(exported(NOON + 7 * SECOND, ms=199_000))
    told.append(sonos(NOON - SECOND, rooms=(span(KITCHEN, NOON - MINUTE, NOON),)))
    told.append(live(NOON))
    told.append(polled(NOON))
    assert content(told.plays()) == left
    told.rebuild()
    assert content(told.plays()) == left


def test_where_it_is_not_blocked_it_comes_again(told: Memory) -> None:
    """Once it was removed."""
    before = content(told.plays())
    told.forget_plays(told.plays(), keep_away=False)
    told.append(*PAST)
    assert told.plays() == []
    told.purge()
    told.append(*PAST)
    assert content(told.plays()) == before


def test_numbers_that_are_free_again_mean_nothing(told: Memory) -> None:
    """What is stored after the removal is not hidden, whatever row id it gets."""
    told.forget_plays(told.plays())
    told.purge()
    told.append(*(live(NOON + day * DAY) for day in range(1, 9)))
    assert len(told.plays()) == 8
    told.rebuild()
    assert len(told.plays()) == 8


def test_what_is_recorded_stays_recorded(told: Memory) -> None:
    """It is no window that was forgotten: nothing but the play is missing."""
    recorded = Recorded(ALVA, Source.LIVE, NOON - DAY, NOON + DAY)
    with told.writing() as connection:
        recordings.note(connection, told.ingest.registers, [recorded], [])
    told.forget_plays(told.plays())
    told.purge()
    coverage = told.queries().coverage([ALVA.key])
    assert [(one.start, one.end) for one in coverage.recorded] == [
        (NOON - DAY, NOON + DAY)
    ]


def test_what_is_gone_already_is_not_counted(told: Memory) -> None:
    """Somebody else was quicker."""
    plays = told.plays()
    told.forget_plays(plays[:1])
    assert told.forget_plays(plays).taken.plays == len(plays) - 1


def test_what_sounds_on_is_not_forgotten(told: Memory) -> None:
    """A play under way is none of those that were named."""
    plays = told.plays()
    told.forget_plays(plays)
    assert told.queries().visible_under_way(plays) == plays


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
        gone = store.forget_plays(named)
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
        store.undo(gone.id)
        undone = content(store.plays())
    with shelf.memory() as store:
        store.append(*observed)
        store.append_each(later)
        assert undone == content(store.plays())
