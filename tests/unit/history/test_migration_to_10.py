"""A store of version 1 gets the table of what was looked up, and remembers like a new one."""

from collections.abc import Callable

from custom_components.encore.history.ingest.metadata_lookups import Lookups
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN

from .older import brought_from_version_1
from .telling import NOON, SONG, Memory, exported
from .test_metadata_lookups import BARE, learnt, wanted


def test_a_store_of_version_1_learns_to_remember_what_was_looked_up(
    new_store: Callable[[], str],
) -> None:
    """What was not found, and then was, is there once."""
    with brought_from_version_1(new_store(), {}) as connection:
        store = Memory(connection)
        store.append(exported(NOON, item=BARE))
        learnt(store, None)
        assert wanted(store) == []
        learnt(store, SONG, NOON * 2)
        assert store.operational().lookups(hidden=NOBODY_HIDDEN) == Lookups(
            wanted=0, found=1, not_found=0
        )
