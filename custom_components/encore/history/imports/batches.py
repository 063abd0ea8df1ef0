"""A file of an export, read batch by batch: what the rows of some slices say."""

from collections.abc import Iterator
from functools import partial
from itertools import batched, islice
from typing import Any, Final, NamedTuple

from custom_components.encore.history.errors import ImportRefused, Refusal
from custom_components.encore.history.heard import Description, FirstTold, Heard, joined
from custom_components.encore.history.retold import Retold

from .formats import understood
from .giving_way import give_way
from .own import retold
from .package import ExportFile
from .report import Skipped
from .slices import Slice, slices

SLICES_AT_ONCE: Final = 16
"""How many slices share a batch, and so a transaction: some 6,000 rows."""

_TOLD_AT_ONCE: Final = 200


class Batch(NamedTuple):
    """Rows of a file: how many, what they say, how many are skipped and why."""

    rows: int
    heard: Heard
    first_told: list[Description]
    """What they name that no row before them named."""
    skipped: dict[Skipped, int]
    position: int
    """How many bytes of the file were read with them."""


class OwnBatch(NamedTuple):
    """The same of a file that Encore itself wrote."""

    rows: int
    plays: list[Retold]
    skipped: dict[Skipped, int]
    position: int


def own_batches(file: ExportFile, first: int) -> Iterator[OwnBatch]:
    """Yield what the rows of a file that Encore wrote tell, from a row on, as `batches` does."""
    for rows, position in _from_row(slices(file), first):
        read: Any = [row for row in rows if row is not None]
        plays, skipped = retold(read)
        if unread := len(rows) - len(read):
            skipped[Skipped.WRONG_TYPE] = unread
        yield OwnBatch(len(rows), plays, skipped, position)


def batches(file: ExportFile, first: int, told: FirstTold) -> Iterator[Batch]:
    """Yield what the rows of a file say, from a row on; `told` takes note of what they name.

    Raises ImportRefused where the file is not what it should be; what lies before that place was
    yielded.
    """
    parts = map(partial(_part, file), _from_row(slices(file), first))
    lists = _in_lists(parts)
    # What is read on from a row was found to be Spotify's before.
    for some in lists if first else _of_spotify(file, lists):
        yield _batch(file, told, some)


def _of_spotify(
    file: ExportFile, lists: Iterator[list[_Part]]
) -> Iterator[list[_Part]]:
    """Yield the parts of a file, whose first ones have a time somewhere. Raises ImportRefused."""
    for some in islice(lists, 1):
        if not any(part.timed for part in some):
            raise ImportRefused(Refusal.NOT_SPOTIFY, file.name, "no row has a time")
        yield some
    yield from lists


class _Part(NamedTuple):
    """What the rows of a slice say."""

    rows: int
    timed: bool
    """Whether any of them has a time, as all of Spotify's have."""
    heard: Heard
    skipped: dict[Skipped, int]
    position: int


def _part(file: ExportFile, one: Slice) -> _Part:
    give_way()
    timed = any(row and (row.ts or row.ms_played is not None) for row in one.rows)
    return _Part(len(one.rows), timed, *understood(file.form, one.rows), one.position)


def _batch(file: ExportFile, told: FirstTold, parts: list[_Part]) -> Batch:
    heard = joined([part.heard for part in parts])
    give_way()
    skipped: dict[Skipped, int] = {}
    for part in parts:
        for reason, number in part.skipped.items():
            skipped[reason] = skipped.get(reason, 0) + number
    first_told = []
    for some in batched(heard.told, _TOLD_AT_ONCE, strict=False):
        first_told += told.of(some, file.form.source)
        give_way()
    rows = sum(part.rows for part in parts)
    return Batch(rows, heard, first_told, skipped, parts[-1].position)


def _in_lists(read: Iterator[_Part]) -> Iterator[list[_Part]]:
    """Yield parts in lists; what came before a refusal is yielded before it is raised."""
    some: list[_Part] = []
    try:
        for one in read:
            some.append(one)
            if len(some) == SLICES_AT_ONCE:
                yield some
                some = []
    except ImportRefused:
        if some:
            yield some
        raise
    if some:
        yield some


def _from_row(read: Iterator[Slice], first: int) -> Iterator[Slice]:
    """Yield slices without the rows before a number."""
    for rows, position in read:
        if first < len(rows):
            yield Slice(rows[first:], position)
        first = max(0, first - len(rows))
