"""A store of version 1 knows when it was recording, as far as its observations tell."""

from collections.abc import Callable
from typing import Any

from custom_components.encore.history.model import Source
from custom_components.encore.history.records.recordings import coverage

from .older import brought_from_version_1
from .telling import ALVA, BEN, SONG

SAID = (
    (1, Source.LIVE, 100_000, 300_000),
    (1, Source.LIVE, 700_000, 900_000),
    (1, Source.EXPORT, 200_000, 400_000),
    (2, Source.LIVE, 500_000, 600_000),
)
ROWS: dict[str, list[tuple[Any, ...]]] = {
    "listener": [(1, ALVA.key, ALVA.name), (2, BEN.key, BEN.name)],
    "track": [(1, SONG.uri, 1, SONG.title, None, 1, None, None, None, 3)],
    "observation": [
        (who, end, 1, int(source), end - start, 0, start, *8 * [None], number)
        for number, (who, source, start, end) in enumerate(SAID, 1)
    ],
}


def test_each_source_counts_from_its_first_to_its_last(
    new_store: Callable[[], str],
) -> None:
    """What was recorded before anybody noted it is not lost to coverage."""
    with (
        brought_from_version_1(new_store(), ROWS) as connection,
        connection.begin(),
    ):
        known = coverage(connection)
    assert {
        (each.listener.key, each.source): (each.start, each.end)
        for each in known.recorded
    } == {
        (ALVA.key, Source.LIVE): (100_000, 900_000),
        (ALVA.key, Source.EXPORT): (200_000, 400_000),
        (BEN.key, Source.LIVE): (500_000, 600_000),
    }
