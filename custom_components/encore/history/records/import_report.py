"""The report of an import: every row is accounted for."""

from dataclasses import dataclass
from enum import StrEnum

import msgspec

from ..errors import ImportRefused, Refusal
from ..model import Source
from ..time_ranges.intervals import Span


class Skipped(StrEnum):
    """Why a row of an export became no observation. The list is closed."""

    NO_ITEM = "no_item"
    """It names nothing that was played."""
    NO_TIME = "no_time"
    """It does not say when, or in no way that can be read."""
    IMPOSSIBLE_TIME = "impossible_time"
    """It lies before Spotify existed or beyond this century."""
    NO_LENGTH = "no_length"
    """It does not say how long, or a length that cannot be."""
    WRONG_TYPE = "wrong_type"
    """One of its fields holds something else than Spotify writes there."""
    FORGOTTEN = "forgotten"
    """It is of a play that was deleted, and is blocked."""


class FileReport(msgspec.Struct, omit_defaults=True):
    """What became of the rows of one file: `rows` is the sum of `stored`, `duplicates`, and what is in `merged` and `skipped`."""

    name: str
    rows: int = 0
    stored: int = 0
    """Rows that are a play of their own."""
    duplicates: int = 0
    """Rows that were stored already, from this export or an earlier one."""
    merged: dict[Source, int] = {}
    """Rows that joined a play, by the best source that had it."""
    skipped: dict[Skipped, int] = {}
    refusal: Refusal | None = None
    """Why the file, or the rest of it, could not be read."""
    detail: str = ""
    """Where, and what was found there."""
    span: Span | None = None
    """From when until when (UTC ms) its rows were played."""

    @property
    def refused(self) -> ImportRefused | None:
        """The error with which the file, or the rest of it, was refused."""
        if self.refusal is None:
            return None
        return ImportRefused(self.refusal, self.name, self.detail)


@dataclass(slots=True)
class ImportReport:
    """What became of an export, file by file."""

    files: list[FileReport]
    seconds: float
    cancelled: bool = False
    """Whether it was stopped; the same import goes on from there."""

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return sum(file.rows for file in self.files)

    @property
    def stored(self) -> int:
        """How many rows became a play of their own."""
        return sum(file.stored for file in self.files)

    @property
    def duplicates(self) -> int:
        """How many rows were known already."""
        return sum(file.duplicates for file in self.files)

    @property
    def merged(self) -> dict[Source, int]:
        """How many rows joined a play, by the best source that had it."""
        return _summed([file.merged for file in self.files])

    @property
    def skipped(self) -> dict[Skipped, int]:
        """How many rows became nothing, by the reason."""
        return _summed([file.skipped for file in self.files])

    @property
    def refused(self) -> list[ImportRefused]:
        """What could not be read, and why."""
        return [file.refused for file in self.files if file.refused is not None]


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import is: rows stored so far, and their share of its bytes."""

    rows: int
    percent: float
    file: str
    seconds_left: float | None = None
    """How long the rest takes if it goes on like this; None while that cannot be said."""


def _summed[K](counts: list[dict[K, int]]) -> dict[K, int]:
    total: dict[K, int] = {}
    for count in counts:
        for key, number in count.items():
            total[key] = total.get(key, 0) + number
    return total
