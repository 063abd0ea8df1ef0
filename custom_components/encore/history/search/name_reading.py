"""Reading the names from the store: all of them in batches, or those that are new or changed."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, Final

import numpy as np
from sqlalchemy import Connection

from ..database.bulk import batches, highest, rows_where_in
from .name_index import NameIndex
from .name_words import Named, NameWords

_BATCH: Final = 5_000
"""Names that are taken at once; other threads run in between."""

_NAMES: Final = {
    Named.TRACK: "SELECT id, title FROM track",
    Named.ARTIST: "SELECT id, name FROM artist",
    Named.ALBUM: "SELECT id, name FROM album",
}
_ALBUMS: Final = "SELECT id, artist FROM album"


def load_names(connection: Connection) -> NameIndex:
    """Return all names as they are in the connection's transaction."""
    albums = np.array([(0, 0), *_all(connection, _ALBUMS)], np.int32)
    by = np.zeros(albums[:, 0].max() + 1, np.int32)
    by[albums[:, 0]] = albums[:, 1]
    return NameIndex(
        NameWords(_all(connection, _NAMES[named]) for named in Named),
        NameWords([()] * len(Named)),
        np.empty(0, np.int32),
        by,
    )


def follow_names(
    connection: Connection, index: NameIndex, changed: Iterable[int], *, at_most: int
) -> NameIndex | None:
    """Return names in which changed tracks and all new names are followed, or None if they are too many."""
    base = index.base
    known = {named: base.after(named) for named in Named}
    outdated = np.union1d(
        index.outdated, [row for row in changed if row < known[Named.TRACK]]
    ).astype(np.int32)
    new = {
        named: range(known[named], highest(connection, named.name.lower()) + 1)
        for named in Named
    }
    if len(outdated) + sum(map(len, new.values())) > at_most:
        return None
    recent = NameWords(
        _some(
            connection,
            _NAMES[named],
            chain(outdated.tolist() if named is Named.TRACK else (), new[named]),
        )
        for named in Named
    )
    albums: dict[int, int] = dict(_some(connection, _ALBUMS, new[Named.ALBUM]))
    by = [albums.get(row, 0) for row in new[Named.ALBUM]]
    first = index.album_artist[: known[Named.ALBUM]]
    return NameIndex(base, recent, outdated, np.append(first, by).astype(np.int32))


def _all(connection: Connection, statement: str) -> Iterator[Any]:
    for some in batches(connection, statement, _BATCH):
        yield from some


def _some[T](
    connection: Connection, statement: str, rows: Iterable[int]
) -> Iterator[tuple[int, T]]:
    yield from rows_where_in(connection, f"{statement} WHERE id IN", rows)
