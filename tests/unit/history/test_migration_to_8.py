"""A store of version 1 gets the tables of libraries and podcasts, which work like those of a new one."""

from collections.abc import Callable

from custom_components.encore.history.records.saved_library import LibrarySection

from .older import brought_from_version_1
from .telling import ALVA, MINUTE, NOON, Memory
from .test_podcast_progress import NEWER, at, known, mark, read
from .test_saved_library import RIVERS, keep, library


def test_a_store_of_version_1_learns_of_libraries_and_podcasts(
    new_store: Callable[[], str],
) -> None:
    """What is kept twice is there once, and who is removed takes theirs along."""
    with brought_from_version_1(new_store(), {}) as connection:
        store = Memory(connection)
        for _ in range(2):
            keep(store, RIVERS)
            read(store, NEWER)
            mark(store, NEWER, finished=True, now=NOON)
        assert library(store).shelf(ALVA.key, LibrarySection.TRACKS) == [RIVERS]
        assert known(store, NEWER).finished
        assert read(store, at(NEWER, MINUTE), now=NOON + 1)
        with store.writing() as writing:
            writing.exec_driver_sql("DELETE FROM listener")
        for table in ("library_item", "library_shelf", "podcast_show", "podcast_episode", "episode_mark"):  # fmt: skip
            assert store.count(table) == 0
        assert store.queries().podcasts.shows(ALVA.key) == []
