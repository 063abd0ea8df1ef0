"""Calls are counted by account, hour and purpose, and old counts go."""

from custom_components.encore.history.records.api_calls import (
    HOUR_MS,
    ApiCalls,
    add_calls,
    api_calls,
    drop_calls,
)

from .memory import ALVA, BEN, NOON, Memory


def counted(store: Memory, *calls: ApiCalls) -> None:
    """Add to what is stored."""
    store.connection.rollback()
    with store.connection.begin():
        add_calls(store.connection, store.ingest.registers, calls)


def stored(store: Memory, since: int = 0) -> list[ApiCalls]:
    """Return what is stored."""
    store.connection.rollback()
    with store.connection.begin():
        return list(api_calls(store.connection, since))


def test_counts_add_up(store: Memory) -> None:
    """Within an hour; hours, purposes and accounts stay apart."""
    counted(store, ApiCalls(ALVA, NOON, "player", 3), ApiCalls(BEN, NOON, "player", 1))
    counted(store, ApiCalls(ALVA, NOON, "player", 4), ApiCalls(ALVA, NOON, "queue", 1))
    counted(store, ApiCalls(ALVA, NOON + HOUR_MS, "player", 2))
    assert stored(store) == [
        ApiCalls(ALVA, NOON, "player", 7),
        ApiCalls(ALVA, NOON, "queue", 1),
        ApiCalls(BEN, NOON, "player", 1),
        ApiCalls(ALVA, NOON + HOUR_MS, "player", 2),
    ]
    assert stored(store, NOON + 1) == [ApiCalls(ALVA, NOON + HOUR_MS, "player", 2)]


def test_nothing_counted_is_nothing_stored(store: Memory) -> None:
    """An hour without a call has no row."""
    counted(store)
    assert stored(store) == []


def test_old_counts_go(store: Memory) -> None:
    """What began at the moment or later stays."""
    counted(store, ApiCalls(ALVA, NOON - 1, "player", 3), ApiCalls(ALVA, NOON, "player", 1))  # fmt: skip
    with store.connection.begin():
        drop_calls(store.connection, NOON)
    assert stored(store) == [ApiCalls(ALVA, NOON, "player", 1)]


def test_the_counts_of_a_removed_listener_go_with_them(store: Memory) -> None:
    """Their rows refer to the listener."""
    with store.writing() as connection:
        counted = [ApiCalls(ALVA, NOON, "player", 3)]
        add_calls(connection, store.ingest.registers, counted)
        assert api_calls(connection, 0) == counted
        connection.exec_driver_sql("DELETE FROM listener")
        assert api_calls(connection, 0) == []
