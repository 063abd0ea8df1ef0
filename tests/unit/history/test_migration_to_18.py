"""A store of version 1 clips plays of assumed length like a new one, also those that it had."""

from collections.abc import Callable

from .older import brought_from_version_1
from .telling import NOON, OTHER, SECOND, Memory, polled


def test_a_store_of_version_1_learns_that_one_thing_is_heard_at_a_time(
    new_store: Callable[[], str],
) -> None:
    """What comes now is clipped; so is what was stored unclipped, when it is merged again."""
    with brought_from_version_1(new_store(), {}) as connection:
        store = Memory(connection)
        store.append(polled(NOON), polled(NOON + 30 * SECOND, item=OTHER, ms=180_000))
        clipped = store.plays()
        assert [play.ms_played for play in clipped] == [200_000, 30_000]
        with store.writing() as writing:
            writing.exec_driver_sql(
                "UPDATE play SET ms_played = 180000, started_at = ended_at - 180000"
                " WHERE ms_played = 30000"
            )
            writing.exec_driver_sql(
                "INSERT INTO unsettled (track) SELECT id FROM track"
            )
        store.settle()
        assert store.plays() == clipped
