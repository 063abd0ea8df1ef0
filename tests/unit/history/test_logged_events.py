"""What happened to Encore: kept, told, and dropped when it is old or somebody wants that."""

from dataclasses import replace

import pytest

from custom_components.encore.history.records.logged_events import (
    MOST_EVENTS,
    RETENTION_MS,
    EventKind,
    LoggedEvent,
    drop_events,
    note_events,
)

from .memory import NOON, Memory

GONE = LoggedEvent(
    at=NOON, kind=EventKind.SPEAKER, what="gone", about="Küche", detail="Timed out"
)
BACK = replace(GONE, at=NOON + 1000, what="back", detail=None)


def noted(store: Memory, *events: LoggedEvent) -> None:
    """Keep events."""
    with store.writing() as connection:
        note_events(connection, store.ingest.registers, events)


def test_events_come_back_as_they_were_the_newest_first(store: Memory) -> None:
    """Also those of one moment, in the order in which they were noted."""
    noted(store, GONE)
    noted(store, BACK, replace(BACK, what="gone"))
    assert store.operational().events(0) == [replace(BACK, what="gone"), BACK, GONE]
    assert store.operational().events(NOON + 1001) == []


def test_they_are_stored_for_thirty_days(store: Memory) -> None:
    """A newer one lets go of those that are older."""
    noted(store, GONE, BACK)
    late = replace(GONE, at=NOON + RETENTION_MS + 500)
    noted(store, late)
    assert store.operational().events(0) == [late, BACK]


def test_there_are_not_too_many(store: Memory) -> None:
    """The latest are kept, however soon they came one after the other."""
    many = [replace(GONE, at=NOON + number) for number in range(MOST_EVENTS)]
    noted(store, *many)
    noted(store, BACK)
    stored = store.operational().events(0)
    assert len(stored) == MOST_EVENTS
    assert BACK in stored
    assert many[0] not in stored


def test_what_is_before_a_moment_can_be_dropped(store: Memory) -> None:
    """And no more."""
    noted(store, GONE, BACK)
    with store.writing() as connection:
        assert drop_events(connection, BACK.at) == 1
    assert store.operational().events(0) == [BACK]


def test_nothing_is_noted_for_nothing(store: Memory) -> None:
    """An empty list lets go of nothing either."""
    noted(store, GONE)
    noted(store)
    assert store.operational().events(0) == [GONE]


@pytest.mark.parametrize("text", ["", "KÜCHE", "gone", "timed OUT", "speaker"])
def test_a_text_is_looked_for_in_all_that_is_reported(text: str) -> None:
    """Whatever its case."""
    assert GONE.mentions(text)
    assert not GONE.mentions(f"{text}!")
