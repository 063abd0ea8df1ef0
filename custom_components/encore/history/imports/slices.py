"""A JSON list of rows, read a slice at a time: memory stays bounded however long the list is."""

from collections.abc import Iterator, Sequence
from functools import cache
import re
from typing import Any, Final, NamedTuple
from zipfile import BadZipFile
import zlib

import msgspec

from ..database.nul import without_nul
from ..errors import ImportRefused, Refusal
from ..ingest.export_columns import ExportColumns, FirstNamed, Numbered, first_named
from ..ingest.play_with_sources import ExportedPlay
from ..records.import_report import Skipped
from .formats import Row
from .own_format import exported_plays
from .package import ExportFile

SLICE_BYTES: Final = 256 * 1024

_LONGEST_ROW: Final = 1024 * 1024
_MOST_TRIES: Final = 1_000
_WHITE: Final = b" \t\r\n"
_AT_BYTE: Final = re.compile(r"\(byte (\d+)\)$")

_ESCAPED: Final = b"\\u"
"""How a character begins that is written by its number, which Spotify hardly does."""

_HALF_BEGINS: Final = (b"\\ud", b"\\uD")
_HALF: Final = re.compile(
    rb"(?P<whole>\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    rb"|\\u[dD][89a-fA-F][0-9a-fA-F]{2}"
)
"""Half of a character that JSON writes as two, or what may look like one and is none."""

_pieces_in = msgspec.json.Decoder(list[msgspec.Raw]).decode


class _Decoders(NamedTuple):
    """What reads many rows of a type at once, and one."""

    rows: msgspec.json.Decoder[list[Row | None]]
    row: msgspec.json.Decoder[Row]


@cache
def _decoders(row: Any) -> _Decoders:
    return _Decoders(msgspec.json.Decoder(list[row]), msgspec.json.Decoder(row))


class Slice(NamedTuple):
    """Some rows, None for one that has a wrong type in it, and how many bytes were read so far."""

    rows: list[Row | None]
    position: int


def slices(file: ExportFile) -> Iterator[Slice]:
    """Yield the rows of a file, slice by slice.

    Raises ImportRefused, naming the file and the byte, where it is not what it should be; the
    slices before that place were yielded.
    """
    name, decoders = file.name, _decoders(file.form.row)
    position = 0
    rest = b""
    begun = False
    for read in _pieces(file):
        position += len(read)
        rest += read
        if not begun:
            rest = rest.removeprefix(b"\xef\xbb\xbf").lstrip(_WHITE)
            if rest and not rest.startswith(b"["):
                raise ImportRefused(Refusal.WRONG_JSON, name, "not a list of rows")
            begun = bool(rest)
            rest = rest[1:]
        rows, rest = _whole_rows(rest, decoders)
        if rows:
            yield Slice(rows, position)
        if len(rest) > _LONGEST_ROW:
            raise _wrong(name, position - len(rest))
    if rest.strip(_WHITE) != b"]":
        raise _wrong(name, position - len(rest))


def _pieces(file: ExportFile) -> Iterator[bytes]:
    """Yield the bytes of a file, piece by piece; the last one is empty."""
    position = 0
    try:
        with file.open() as stream:
            while read := stream.read(SLICE_BYTES):
                yield read
                position += len(read)
    except (BadZipFile, NotImplementedError, OSError, EOFError, zlib.error) as err:
        where = f"after byte {position}: {err}"
        raise ImportRefused(Refusal.DAMAGED, file.name, where) from err
    yield b""


def _whole_rows(text: bytes, decoders: _Decoders) -> tuple[list[Row | None], bytes]:
    """Return the rows that are whole in a slice of the list, and what is left of it."""
    text = text.lstrip(_WHITE)
    if text.startswith(b","):
        text = text[1:]
    end = text.rfind(b"}")
    for _ in range(_MOST_TRIES):
        if end < 0:
            break
        piece = b"[%b]" % text[: end + 1]
        try:
            return _decoded(piece, decoders), text[end + 1 :]
        except msgspec.DecodeError as err:
            # The brace was in a string, or something before it is wrong: look further back.
            at = _AT_BYTE.search(str(err))
            end = text.rfind(b"}", 0, min(end, int(at[1]) - 1) if at else end)
    return [], text


def _decoded(piece: bytes, decoders: _Decoders) -> list[Row | None]:
    if _ESCAPED in piece:
        piece = _without_halves(without_nul(piece))
    try:
        return decoders.rows.decode(piece)
    except msgspec.ValidationError, UnicodeDecodeError:
        return [_decoded_row(row, decoders) for row in _pieces_in(piece)]


def _without_halves(json: bytes) -> bytes:
    """Return JSON of the same length with U+FFFD for halves of characters, as a text that was cut may end in one."""
    if not any(beginning in json for beginning in _HALF_BEGINS):
        return json
    return _HALF.sub(lambda found: found["whole"] or rb"\ufffd", json)


def _decoded_row(piece: msgspec.Raw, decoders: _Decoders) -> Row | None:
    try:
        return decoders.row.decode(piece)
    except msgspec.ValidationError, UnicodeDecodeError:
        return None


def _wrong(name: str, byte: int) -> ImportRefused:
    return ImportRefused(Refusal.WRONG_JSON, name, f"at byte {byte}")


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
    if (understood := file.form.understood) is None:
        yield from map(_own_batch, read)
        return
    lists = _in_lists(read)
    # What is read on from a row was found to be Spotify's before.
    for rows, position in lists if first else _of_spotify(file, lists):
        readable, unread = _readable(rows)
        columns, new, skipped = understood(readable, numbered)
        first_names = [*map(first_named, new)]
        yield Batch(len(rows), columns, first_names, skipped | unread, position)


def _own_batch(some: Slice) -> OwnBatch:
    readable, unread = _readable(some.rows)
    plays, skipped = exported_plays(readable)
    return OwnBatch(len(some.rows), plays, skipped | unread, some.position)


def _readable(rows: Sequence[Row | None]) -> tuple[Any, dict[Skipped, int]]:
    """Return the rows that could be read, and how many others there are by the reason."""
    readable = [row for row in rows if row is not None]
    unread = len(rows) - len(readable)
    return readable, {Skipped.WRONG_TYPE: unread} if unread else {}


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
