"""Reads a file of an export in batches."""

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from ..errors import ImportRefused, Refusal
from ..ingest.export_columns import ExportColumns, FirstNamed, Numbered, first_named
from ..ingest.play_with_sources import ExportedPlay
from ..records.import_report import Skipped
from .formats import OWN, Row, understood
from .own_format import exported_plays
from .package import ExportFile
from .slices import Slice, slices

SLICES_AT_ONCE: Final = 20
"""How many slices share a batch, and so a transaction: some 7,500 rows."""


class Batch(msgspec.Struct, frozen=True, tag="batch", array_like=True):
    """Rows of a file: how many, what they say, how many are skipped and why."""

    rows: int
    columns: ExportColumns
    first_names: list[FirstNamed]
    """What they name that no row before them named, in the order of its numbers."""
    skipped: dict[Skipped, int]
    position: int
    """How many bytes of the file were read with them."""


class OwnBatch(msgspec.Struct, frozen=True, tag="own", array_like=True):
    """The same of a file that Encore itself wrote."""

    rows: int
    plays: list[ExportedPlay]
    skipped: dict[Skipped, int]
    position: int


def batches(
    file: ExportFile, first: int, numbered: Numbered
) -> Iterator[Batch | OwnBatch]:
    """Yield what the rows of a file say, from a row on; `numbered` takes note of what they name.

    Raises ImportRefused where the file is not what it should be; what lies before that place was
    yielded.
    """
    read = _from_row(slices(file), first)
    if file.form is OWN:
        yield from map(_own_batch, read)
        return
    lists = _in_lists(read)
    # What is read on from a row was found to be Spotify's before.
    for rows, position in lists if first else _of_spotify(file, lists):
        columns, first_names, skipped = understood(file.form, rows, numbered)
        yield Batch(
            len(rows), columns, [*map(first_named, first_names)], skipped, position
        )


def _own_batch(some: Slice) -> OwnBatch:
    read: Any = [row for row in some.rows if row is not None]
    plays, skipped = exported_plays(read)
    if unread := len(some.rows) - len(read):
        skipped[Skipped.WRONG_TYPE] = unread
    return OwnBatch(len(some.rows), plays, skipped, some.position)


def _of_spotify(file: ExportFile, lists: Iterator[Slice]) -> Iterator[Slice]:
    """Yield the rows of a file. Raises ImportRefused where none of the first readable rows has a time."""
    unread: list[Slice] = []
    for some in lists:
        if any(map(_timed, some.rows)):
            yield from unread
            yield some
            yield from lists
            return
        if any(some.rows):
            break
        unread.append(some)
    else:
        if not unread:
            return
    raise ImportRefused(Refusal.NOT_SPOTIFY, file.name, "no row has a time")


def _timed(row: Row | None) -> bool:
    """Whether a row has a time, as all of Spotify's have."""
    return row is not None and bool(row.ts or row.ms_played is not None)


def _in_lists(read: Iterator[Slice]) -> Iterator[Slice]:
    """Yield slices that follow each other as one; what came before a refusal is yielded before it is raised."""
    rows: list[Row | None] = []
    number = position = 0
    try:
        for one in read:
            rows += one.rows
            position = one.position
            number += 1
            if number == SLICES_AT_ONCE:
                yield Slice(rows, position)
                rows, number = [], 0
    except ImportRefused:
        if rows:
            yield Slice(rows, position)
        raise
    if rows:
        yield Slice(rows, position)


def _from_row(read: Iterator[Slice], first: int) -> Iterator[Slice]:
    """Yield slices without the rows before a number."""
    for rows, position in read:
        if first < len(rows):
            yield Slice(rows[first:], position)
        first = max(0, first - len(rows))
