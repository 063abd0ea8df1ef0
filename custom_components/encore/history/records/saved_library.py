"""What a listener has saved at Spotify, as last read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, Table, select

from ..database.bulk import insert_many, rows_of, run, upsert
from ..database.key_tables import Registers
from ..database.play_tables import listener as listener_table
from ..database.record_tables import library_item, library_shelf
from ..model import Listener
from ..search.normalization import words_of


class LibrarySection(StrEnum):
    """The parts of a library. The values are stored, so they never change."""

    TRACKS = "tracks"
    ALBUMS = "albums"
    ARTISTS = "artists"
    """Those that are followed."""
    PLAYLISTS = "playlists"
    """Those of one's own, and those that are followed."""
    SHOWS = "shows"
    EPISODES = "episodes"
    AUDIOBOOKS = "audiobooks"


@dataclass(frozen=True, slots=True)
class SavedItem:
    """One thing that is saved. `by` are its artists, its show, its authors or its owner."""

    uri: str
    name: str
    by: str = ""
    added_at: int | None = None
    """In UTC ms, where Spotify says."""
    image_url: str | None = None
    parts: int | None = None
    """How many tracks, episodes or items it holds, where Spotify says."""


@dataclass(frozen=True, slots=True)
class SectionState:
    """How well a section is known. Times are in UTC ms."""

    section: LibrarySection
    total: int
    """How many things there are at Spotify."""
    known: int
    """How many of them are stored: fewer while a long section is read in several goes."""
    checked_at: int
    """When it was last seen to be so."""

    @property
    def complete(self) -> bool:
        """Whether all of it is stored."""
        return self.known >= self.total


_COLUMNS: Final = (
    "listener, shelf, uri, place, name, by_whom, words, added_at, image_url, parts"
)


def store_section(
    connection: Connection,
    registers: Registers,
    listener: Listener,
    state: SectionState,
    items: Sequence[SavedItem] | None,
) -> None:
    """Store how a section stands, and what is in it, in order; None where that is as it was."""
    number = registers.listeners.enter(listener)
    run(
        connection,
        upsert("library_shelf", "listener, shelf", "total, known, checked_at"),
        (number, str(state.section), state.total, state.known, state.checked_at),
    )
    if items is None:
        return
    run(
        connection,
        "DELETE FROM library_item WHERE listener = ? AND shelf = ?",
        (number, str(state.section)),
    )
    each_once: dict[str, SavedItem] = {}
    for item in items:
        each_once.setdefault(item.uri, item)
    insert_many(
        connection,
        f"INSERT INTO library_item ({_COLUMNS}) VALUES",
        [
            _row(number, state.section, place, item)
            for place, item in enumerate(each_once.values())
        ],
    )


def note_saved(
    connection: Connection,
    registers: Registers,
    listener: Listener,
    section: LibrarySection,
    item: SavedItem,
) -> None:
    """Take note that a thing was saved just now: it is the first of its section."""
    number = registers.listeners.enter(listener)
    note_removed(connection, registers, listener, item.uri)
    ((first,),) = rows_of(
        connection,
        "SELECT min(place) FROM library_item WHERE listener = ? AND shelf = ?",
        (number, str(section)),
    )
    place = 0 if first is None else first - 1
    insert_many(
        connection,
        f"INSERT INTO library_item ({_COLUMNS}) VALUES",
        [_row(number, section, place, item)],
    )
    _count_again(connection, number, section, 1)


def note_removed(
    connection: Connection, registers: Registers, listener: Listener, *uris: str
) -> None:
    """Take note that things were taken out of the library just now."""
    number = registers.listeners.enter(listener)
    rows = connection.execute(
        select(library_item.c.shelf, library_item.c.uri).where(
            library_item.c.listener == number, library_item.c.uri.in_(uris)
        )
    )
    for section, uri in rows.all():
        run(
            connection,
            "DELETE FROM library_item WHERE listener = ? AND shelf = ? AND uri = ?",
            (number, section, uri),
        )
        _count_again(connection, number, LibrarySection(section), -1)


def note_renamed(
    connection: Connection,
    registers: Registers,
    listener: Listener,
    uri: str,
    name: str,
) -> None:
    """Take note that a thing in the library is called otherwise from now on."""
    number = registers.listeners.enter(listener)
    rows = rows_of(
        connection,
        "SELECT shelf, by_whom FROM library_item WHERE listener = ? AND uri = ?",
        (number, uri),
    )
    for section, by in rows:
        run(
            connection,
            "UPDATE library_item SET name = ?, words = ?"
            " WHERE listener = ? AND shelf = ? AND uri = ?",
            (name.replace("\0", ""), _words(f"{name} {by}"), number, section, uri),
        )


def drop_library(
    connection: Connection, registers: Registers, listener: Listener
) -> None:
    """Delete what is stored of a listener's library and podcasts at Spotify; what they marked themselves stays."""
    number = registers.listeners.enter(listener)
    for table in ("library_item", "library_shelf", "podcast_episode", "podcast_show"):
        run(
            connection,
            f"DELETE FROM {table} WHERE listener = ?",  # noqa: S608  our own names
            (number,),
        )


def _count_again(
    connection: Connection, listener: int, section: LibrarySection, more: int
) -> None:
    run(
        connection,
        "UPDATE library_shelf SET total = total + ?, known = known + ?"
        " WHERE listener = ? AND shelf = ?",
        (more, more, listener, str(section)),
    )


class OfListeners:
    """Queries of what is stored beside the plays of one listener at a time, from one connection."""

    def __init__(self, connection: Connection, hidden: frozenset[str]) -> None:
        """Answer from a connection that sees one state of the store; `hidden` are listeners by key."""
        self._connection = connection
        self._hidden = hidden

    def _of(
        self, table: Table, listener: str, *columns: ColumnElement[Any]
    ) -> Select[Any]:
        """Return a selection of the rows of a listener (by key), of whom nothing is found where they are hidden."""
        key = listener_table.c.key
        return (
            select(table, *columns)
            .join(listener_table, listener_table.c.id == table.c.listener)
            .where(key == listener, key.not_in(self._hidden))
        )


class LibraryQueries(OfListeners):
    """Queries of stored libraries."""

    def states(self, listener: str) -> dict[LibrarySection, SectionState]:
        """Return how well the sections of a listener (by key) are known; those never read are not among them."""
        rows = self._connection.execute(self._of(library_shelf, listener))
        return {
            LibrarySection(row.shelf): SectionState(
                LibrarySection(row.shelf), row.total, row.known, row.checked_at
            )
            for row in rows
        }

    def items(
        self,
        listener: str,
        section: LibrarySection,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[SavedItem]:
        """Return what is in a section of a listener (by key), in Spotify's order."""
        rows = self._connection.execute(
            self._of(library_item, listener)
            .where(library_item.c.shelf == str(section))
            .order_by(library_item.c.place)
            .limit(limit)
            .offset(offset)
        )
        return [_item(row) for row in rows]

    def saved(self, listener: str, uris: Collection[str]) -> set[str]:
        """Return which of some things a listener (by key) has saved, as far as is known."""
        saved = self._of(library_item, listener).where(library_item.c.uri.in_(uris))
        return {row.uri for row in self._connection.execute(saved)}

    def named(
        self, listener: str, uris: Collection[str]
    ) -> tuple[LibrarySection, SavedItem] | None:
        """Return what a listener (by key) has saved under one of some URIs, and in which section."""
        row = self._connection.execute(
            self._of(library_item, listener)
            .where(library_item.c.uri.in_(uris))
            .order_by(library_item.c.shelf)
        ).first()
        return None if row is None else (LibrarySection(row.shelf), _item(row))

    def find(
        self, listener: str, text: str, sections: Collection[LibrarySection], limit: int
    ) -> list[tuple[LibrarySection, SavedItem]]:
        """Return what a listener (by key) has saved with a text in its name or its artist's; whole names first."""
        words = _words(text)
        if not words:
            return []
        rows = self._connection.execute(
            self._of(library_item, listener)
            .where(
                library_item.c.shelf.in_([str(section) for section in sections]),
                *(
                    library_item.c.words.contains(word, autoescape=True)
                    for word in words.split()
                ),
            )
            .order_by(library_item.c.shelf, library_item.c.place)
        )
        found = sorted(rows, key=lambda row: _words(row.name) != words)[:limit]
        return [(LibrarySection(row.shelf), _item(row)) for row in found]


def _row(
    listener: int, section: LibrarySection, place: int, item: SavedItem
) -> tuple[object, ...]:
    return (
        listener,
        str(section),
        item.uri,
        place,
        # A NUL cannot be stored everywhere, and no name needs one.
        item.name.replace("\0", ""),
        item.by.replace("\0", ""),
        _words(f"{item.name} {item.by}"),
        item.added_at,
        item.image_url,
        item.parts,
    )


def _words(text: str) -> str:
    """Return the words of a text, by which it is found whatever its case and accents."""
    return " ".join(part for word in words_of(text) for part in word).replace("\0", "")


def _item(row: Any) -> SavedItem:
    return SavedItem(
        row.uri, row.name, row.by_whom, row.added_at, row.image_url, row.parts
    )
