"""The tables refuse what cannot be, and take all that can."""
# ruff: noqa: S608  numbers that the program knows

import pytest
from sqlalchemy.exc import IntegrityError

from custom_components.encore.history.ingest.catalog import RANK
from custom_components.encore.history.model import Kind, RoomSpan, Source
from custom_components.encore.history.records.recording_coverage import GapReason

from .memory import KITCHEN, NOON, Memory, live


def change(store: Memory, statement: str) -> None:
    """Run a statement in a transaction of its own."""
    store.connection.rollback()
    with store.connection.begin():
        store.connection.exec_driver_sql(statement)


@pytest.mark.parametrize(
    "wrong",
    [
        "UPDATE track SET kind = 0",
        "UPDATE track SET kind = 7",
        "UPDATE track SET duration_ms = -1",
        "UPDATE track SET told_by = 4",
        "UPDATE observation SET started_at = ended_at + 1",
        "UPDATE observation SET ms_played = -1",
        "UPDATE observation SET source = 0",
        "UPDATE observation SET source = 7",
        "UPDATE observation SET offline_at = -1",
        "UPDATE observation_room SET to_ms = from_ms - 1",
        "UPDATE play SET started_at = ended_at + 1",
        "UPDATE play SET ms_played = -1",
        "UPDATE play SET sources = 0",
        "UPDATE play SET sources = 128",
        "UPDATE play_room SET to_ms = from_ms - 1",
        "INSERT INTO recording VALUES (1, 7, 1, 2)",
        "INSERT INTO recording VALUES (1, 1, 2, 2)",
        "INSERT INTO recording_gap VALUES (1, 10, 1, 2)",
        "INSERT INTO recording_gap VALUES (1, 1, 2, 2)",
    ],
)
def test_the_tables_refuse_what_cannot_be(store: Memory, wrong: str) -> None:
    """Whatever the program does."""
    store.append(live(NOON, rooms=(RoomSpan(KITCHEN, NOON - 1_000, NOON),)))
    if "_room" not in wrong:
        # Else it would be a reference that is broken.
        change(store, "DELETE FROM observation_room")
    with pytest.raises(IntegrityError, match=r"(?i)check"):
        change(store, wrong)


def test_the_tables_take_all_that_can_be(store: Memory) -> None:
    """Every source, kind and reason that the program knows."""
    store.append(live(NOON))
    statements = [
        *(f"UPDATE track SET kind = {kind:d}" for kind in Kind),
        *(f"UPDATE track SET told_by = {rank}" for rank in {-1, *RANK.values()}),
        *(f"UPDATE play SET sources = {1 << source}" for source in Source),
        f"UPDATE play SET sources = {sum(1 << source for source in Source)}",
        *(f"UPDATE observation SET source = {source:d}" for source in Source),
        *(f"INSERT INTO recording VALUES (1, {source:d}, 1, 2)" for source in Source),
        *(
            f"INSERT INTO recording_gap VALUES (1, {reason:d}, 1, 2)"
            for reason in GapReason
        ),
    ]
    for statement in statements:
        change(store, statement)
