"""A store of version 1 becomes what it would have been: names meet their tracks."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Connection

from custom_components.encore.history.merge.same_song import local_uri
from custom_components.encore.history.model import Kind, Source

from .older import brought_from_version_1
from .telling import ALVA, EPISODE, NOON, Memory, live

NAMED = local_uri(Kind.EPISODE, "Daily Dial", "The Weather, Again", "Daily Dial")
SECOND_OF_TITLE = "spotify:episode:second"


ROWS: dict[str, list[tuple[Any, ...]]] = {
    "listener": [(1, ALVA.key, ALVA.name)],
    "artist": [(1, "Daily Dial")],
    "track": [
        (number, uri, 2, EPISODE.title, None, number, None, None, None, 1)
        for number, uri in enumerate((EPISODE.uri, SECOND_OF_TITLE, NAMED), 1)
    ],
    "track_artist": [(number, 0, 1) for number in (1, 2, 3)],
    "song_key": [(EPISODE.uri, 1), (SECOND_OF_TITLE, 2), (NAMED, 3)],
    "observation": [
        (
            1,
            NOON + track,
            track,
            3,
            60_000,
            0,
            NOON + track - 60_000,
            *8 * [None],
            track,
        )
        for track in (2, 3)
    ],
    "play": [
        (track, 1, NOON + track - 60_000, track, NOON + track, 60_000, 8, *3 * [None])
        for track in (2, 3)
    ],
    "import": [(1, 1, "hash", False)],
    "import_file": [
        (1, "a", True, '{"skipped": {"named_only": 2}}'),
        (1, "b", True, '{"skipped": {}}'),
    ],
}
"""Two episodes of one title, and a row that names one of them."""


@pytest.fixture
def connection(new_store: Callable[[], str]) -> Iterator[Connection]:
    """Give a store that was brought from version 1."""
    with brought_from_version_1(new_store(), ROWS) as connection:
        yield connection


def test_what_is_spoken_meets_by_its_names(connection: Connection) -> None:
    """A row that only names an episode joins the one that was live, and no two episodes become one."""
    store = Memory(connection)
    store.settle()
    assert len(store.plays()) == 2
    store.append(live(NOON + 5_000, item=EPISODE, ms=60_000))
    plays = store.plays()
    assert {(play.item.uri, play.sources) for play in plays} == {
        (EPISODE.uri, frozenset({Source.LIVE, Source.EXPORT})),
        (SECOND_OF_TITLE, frozenset({Source.EXPORT})),
    }
    assert store.row("SELECT count(DISTINCT song) FROM song_key") == (1,)


def test_what_only_has_names_waits_to_be_merged_again(connection: Connection) -> None:
    """And is settled when the store is opened."""
    store = Memory(connection)
    assert store.row("SELECT track FROM unsettled") == (3,)
    store.settle()
    assert store.row("SELECT count(*) FROM unsettled") == (0,)


def test_an_import_that_left_podcasts_out_reads_those_files_again(
    connection: Connection,
) -> None:
    """Only the files in which there were any."""
    assert Memory(connection).row("SELECT name FROM import_file") == ("b",)
