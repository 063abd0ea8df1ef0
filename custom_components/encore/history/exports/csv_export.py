"""A history as CSV (RFC 4180, UTF-8): a play in a row, for spreadsheets, which compute nothing that a title says."""

from collections.abc import Sequence
from contextlib import suppress
import csv
from datetime import datetime, tzinfo
import io
from typing import IO, Final, override

from ..model import Play
from .export_file import PlayRow, Sheet, play_row

BETWEEN: Final = "; "
"""What stands between artists, rooms or sources."""

FORMULA_BEGINS: Final = ("=", "+", "-", "@", "\t", "\r")
"""With what a spreadsheet takes a cell for a formula (OWASP, CSV injection)."""


class CsvSheet(Sheet):
    """Writes plays as CSV, with the names of the columns in the first line."""

    def __init__(self, stream: IO[bytes], zone: tzinfo) -> None:
        """Write to a stream, with local times of a zone."""
        self._text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
        self._rows = csv.writer(self._text)
        self._rows.writerow(PlayRow._fields)
        self._zone = zone

    @override
    def write(self, plays: Sequence[Play]) -> None:
        """Write a page of plays."""
        self._rows.writerows(
            [_cell(value) for value in play_row(one, self._zone)] for one in plays
        )

    @override
    def abandon(self) -> None:
        """Let go of the stream."""
        with suppress(OSError):
            self._text.close()

    @override
    def finish(self) -> None:
        """Hand on what is left."""
        self._text.detach()


def _cell(value: datetime | str | list[str] | bool | float | None) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case datetime():
            return value.isoformat(timespec="milliseconds")
        case float():
            return f"{value:.3f}"
        case list():
            return _plain(BETWEEN.join(value))
        case _:
            return _plain(value)


def _plain(text: str) -> str:
    """Return a text that no spreadsheet computes: an apostrophe before it keeps a formula a text."""
    return f"'{text}" if text.startswith(FORMULA_BEGINS) else text
