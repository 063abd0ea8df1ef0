"""A store of version 1 gets the table of pictures, and keeps them like a new one."""

from collections.abc import Callable

from .older import brought_from_version_1
from .telling import NOON, Memory, live
from .test_artist_pictures import PICTURE, learnt, wanted


def test_a_store_of_version_1_learns_to_keep_pictures_of_artists(
    new_store: Callable[[], str],
) -> None:
    """An artist is asked for, found, and not asked for again."""
    with brought_from_version_1(new_store(), {}) as connection:
        store = Memory(connection)
        store.append(live(NOON))
        learnt(store, PICTURE)
        assert wanted(store) == []
        assert store.queries().pictures(["Ilse Vann"]) == {"Ilse Vann": PICTURE}
