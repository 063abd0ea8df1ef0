"""Records of who asked and commanded what: kept, told, and dropped when they are old."""

from dataclasses import replace

import pytest

from custom_components.encore.history.records.audit_log import (
    HOUR_MS,
    RETENTION_MS,
    Audited,
    Outcome,
    RequestType,
    note_audited,
)

from .memory import NOON, Memory

ASKED = Audited(
    at=NOON,
    took_ms=12,
    caller="user",
    who="b3n",
    door="sentence",
    deed=RequestType.QUESTION,
    what="top",
    given={"of": "artists", "room": ["Küche", "<b>"]},
    outcome=Outcome.DONE,
)
PAUSED = replace(
    ASKED,
    at=NOON + 1000,
    deed=RequestType.COMMAND,
    what="pause",
    given={},
    outcome=Outcome.REFUSED,
    reason="supervised",
)


def noted(store: Memory, *records: Audited) -> None:
    """Keep records."""
    with store.writing() as connection:
        note_audited(connection, store.ingest.registers, records)


def test_records_come_back_as_they_were_the_newest_first(store: Memory) -> None:
    """Whatever was given with them."""
    noted(store, ASKED)
    noted(store, PAUSED)
    assert store.operational().audited(0, 10) == [PAUSED, ASKED]
    assert store.operational().audited(0, 1) == [PAUSED]
    assert store.operational().audited(NOON + 1, 10) == [PAUSED]


@pytest.mark.parametrize(
    ("asked", "reported"),
    [
        ({"deed": RequestType.QUESTION}, [ASKED]),
        ({"outcome": Outcome.REFUSED}, [PAUSED]),
        ({"deed": RequestType.QUESTION, "outcome": Outcome.REFUSED}, []),
    ],
)
def test_they_can_be_filtered_by_what_they_are(
    store: Memory, asked: dict[str, object], reported: list[Audited]
) -> None:
    """Refusals alone, or commands."""
    noted(store, ASKED, PAUSED)
    assert store.operational().audited(0, 10, **asked) == reported  # type: ignore[arg-type]


def test_they_are_stored_for_ninety_days(store: Memory) -> None:
    """A newer one lets go of those that are older."""
    noted(store, ASKED, PAUSED)
    late = replace(ASKED, at=NOON + RETENTION_MS + 500)
    noted(store, late)
    assert store.operational().audited(0, 10) == [late, PAUSED]


def test_what_is_counted_is_no_record(store: Memory) -> None:
    """It is added up by caller, question and hour, told after what was read later or more often, and dropped with the records."""
    read = replace(ASKED, counted=True)
    noted(store, read, replace(read, at=NOON + 1), replace(read, what="plays"))
    noted(store, read, replace(read, who=None, door="entity"))
    assert store.operational().audited(0, 10) == []
    hour = (NOON - NOON % HOUR_MS, "user")
    done = (RequestType.QUESTION, "top", Outcome.DONE)
    assert store.operational().reads(0, 10) == [
        (*hour, "b3n", "sentence", *done, 3),
        (*hour, "b3n", "sentence", RequestType.QUESTION, "plays", Outcome.DONE, 1),
        (*hour, None, "entity", *done, 1),
    ]
    noted(store, ASKED, PAUSED)
    assert [each[1:] for each in store.operational().audit_counts(0)] == [
        (RequestType.COMMAND, Outcome.REFUSED, 1),
        # What entities read nobody asked.
        (RequestType.QUESTION, Outcome.DONE, 5),
    ]
    assert store.operational().reads(0, 10, deed=RequestType.COMMAND) == []
    assert store.operational().reads(NOON + HOUR_MS, 10) == []
    noted(store, replace(PAUSED, at=NOON + RETENTION_MS + HOUR_MS))
    assert store.operational().reads(0, 10) == []
