"""A store of version 1 gets the table of calls, and counts like a new one."""

from collections.abc import Callable

from custom_components.encore.history.records.api_calls import (
    ApiCalls,
    add_calls,
    api_calls,
)

from .older import brought_from_version_1
from .telling import ALVA, NOON, Memory


def test_a_store_of_version_1_learns_to_count_calls(
    new_store: Callable[[], str],
) -> None:
    """Twice the same hour is one count, and who is removed takes theirs along."""
    with brought_from_version_1(new_store(), {}) as connection:
        store = Memory(connection)
        for _ in range(2):
            with connection.begin():
                counted = [ApiCalls(ALVA, NOON, "player", 3)]
                add_calls(connection, store.intake.registers, counted)
        with connection.begin():
            assert api_calls(connection, 0) == [ApiCalls(ALVA, NOON, "player", 6)]
            connection.exec_driver_sql("DELETE FROM listener")
            assert api_calls(connection, 0) == []
