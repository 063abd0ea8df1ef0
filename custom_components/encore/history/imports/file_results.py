"""The result of each file of an import, as its job stores it."""

from collections.abc import Sequence
from typing import Final

import msgspec

from custom_components.encore.history.errors import ImportRefused, Refusal

from .report import FileReport, ImportReport

MOST_TOLD: Final = 1_000
"""Of how many files a record tells; an export of Spotify's has some dozens."""


class ToldFile(msgspec.Struct, frozen=True):
    """What became of one file: `rows` is the sum of `stored`, `duplicates`, and what is in `merged` and `skipped`."""

    name: str
    rows: int
    stored: int
    duplicates: int
    merged: dict[str, int]
    """Rows that joined a play, by the best source that had it."""
    skipped: dict[str, int]
    """Rows that became nothing, by the reason."""
    refused: Refusal | None = None
    """Why the file, or the rest of it, could not be read."""
    detail: str = ""
    """Where, and what was found there."""

    @property
    def error(self) -> ImportRefused | None:
        """Why the file was refused, as the import said it."""
        if self.refused is None:
            return None
        return ImportRefused(self.refused, self.name, self.detail)


def told_files(report: ImportReport) -> list[ToldFile]:
    """Return what became of the files of an import, of as many as a record tells of; what they come to is counted of all."""
    return [_told(file) for file in report.files[:MOST_TOLD]]


def as_text(files: Sequence[ToldFile]) -> str:
    """Return what became of files as a record keeps it."""
    return msgspec.json.encode(files).decode()


def from_text(kept: str | None) -> tuple[ToldFile, ...]:
    """Return what a record keeps; nothing of a job that read no files."""
    return () if kept is None else msgspec.json.decode(kept, type=tuple[ToldFile, ...])


def _told(file: FileReport) -> ToldFile:
    return ToldFile(
        file.name,
        file.rows,
        file.stored,
        file.duplicates,
        {source.name.lower(): rows for source, rows in file.merged.items()},
        {str(reason): rows for reason, rows in file.skipped.items()},
        file.refused.reason if file.refused else None,
        file.refused.detail if file.refused else "",
    )
