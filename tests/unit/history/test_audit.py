"""Records of who asked and commanded what: kept, told, and dropped when they are old."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from custom_components.encore.history.audit import (
    KEPT_MS,
    Audited,
    Deed,
    Outcome,
    note_audited,
)

from .older import brought_from_version_1
from .telling import NOON, Memory

ASKED = Audited(
    at=NOON,
    took_ms=12,
    caller="user",
    who="b3n",
    door="sentence",
    deed=Deed.QUESTION,
    what="top",
    given={"of": "artists", "room": ["Küche", "<b>"]},
    outcome=Outcome.DONE,
)
PAUSED = replace(
    ASKED,
    at=NOON + 1000,
    deed=Deed.COMMAND,
    what="pause",
    given={},
    outcome=Outcome.REFUSED,
    reason="supervised",
)


def noted(store: Memory, *records: Audited) -> None:
    """Keep records."""
    with store.writing() as connection:
        note_audited(connection, records)


def test_records_come_back_as_they_were_the_newest_first(store: Memory) -> None:
    """Whatever was given with them."""
    noted(store, ASKED)
    noted(store, PAUSED)
    assert store.recall().audited(0, 10) == [PAUSED, ASKED]
    assert store.recall().audited(0, 1) == [PAUSED]
    assert store.recall().audited(NOON + 1, 10) == [PAUSED]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"deed": Deed.QUESTION}, [ASKED]),
        ({"outcome": Outcome.REFUSED}, [PAUSED]),
        ({"deed": Deed.QUESTION, "outcome": Outcome.REFUSED}, []),
    ],
)
def test_they_can_be_told_by_what_they_are(
    store: Memory, asked: dict[str, object], told: list[Audited]
) -> None:
    """Refusals alone, or commands."""
    noted(store, ASKED, PAUSED)
    assert store.recall().audited(0, 10, **asked) == told  # type: ignore[arg-type]


def test_they_are_kept_for_ninety_days(store: Memory) -> None:
    """A newer one lets go of those that are older."""
    noted(store, ASKED, PAUSED)
    late = replace(ASKED, at=NOON + KEPT_MS + 500)
    noted(store, late)
    assert store.recall().audited(0, 10) == [late, PAUSED]


def test_a_store_of_version_1_learns_to_keep_them(new_store: Callable[[], str]) -> None:
    """As one that is new."""
    with brought_from_version_1(new_store(), {}) as connection:
        store = Memory(connection)
        noted(store, ASKED)
        assert store.recall().audited(0, 10) == [ASKED]
