"""A store of version 1 gets the tables of forgetting, and forgets like a new one."""

from collections.abc import Callable

from .older import brought_from_version_1
from .telling import NOON, Memory, live


def test_a_store_of_version_1_learns_to_forget(new_store: Callable[[], str]) -> None:
    """What is forgotten is hidden, in the tables that a later step holds against new ones."""
    with brought_from_version_1(new_store(), {}) as connection:
        store = Memory(connection)
        store.append(live(NOON))
        store.forget(artist="Tor")
        assert store.plays() == []
        assert store.count("hidden_play") == 1
