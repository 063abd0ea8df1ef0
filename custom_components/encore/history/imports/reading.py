"""Reads an export, one file after the other."""

from collections.abc import Generator

import msgspec

from ..errors import ImportRefused, Refusal
from ..ingest.export_columns import Numbered
from .limits import Limits
from .package import Export
from .slices import Batch, OwnBatch, batches


class ReadRequest(msgspec.Struct, frozen=True):
    """What of an export is to be read."""

    path: str
    limits: Limits
    firsts: dict[str, int]
    """The files by their names, and from which row on."""
    rows: int
    """How many rows were read of the export before."""


class Refused(msgspec.Struct, frozen=True, tag="refused", array_like=True):
    """A file, or the rest of it, cannot be read."""

    reason: Refusal
    file: str
    detail: str

    @property
    def error(self) -> ImportRefused:
        """It as an error."""
        return ImportRefused(self.reason, self.file, self.detail)


class Finished(msgspec.Struct, frozen=True, tag="finished", array_like=True):
    """A file was read to its end."""


type FileResult = Batch | OwnBatch | Refused | Finished


class Part(msgspec.Struct, frozen=True, tag="part", array_like=True):
    """The name of a file, and what came of it."""

    file: str
    result: FileResult


def read(export: Export, request: ReadRequest) -> Generator[Part]:
    """Yield what the files say that were asked for, in their order, each until it is finished or refused."""
    numbered = Numbered()
    rows = request.rows
    for file in export.files:
        if (first := request.firsts.get(file.name)) is None:
            continue
        try:
            for batch in batches(file, first, numbered):
                if rows + batch.rows > request.limits.rows:
                    if isinstance(batch, Batch):
                        numbered.take_back(len(batch.first_names))
                    raise _too_many(file.name, request.limits)
                rows += batch.rows
                yield Part(file.name, batch)
        except ImportRefused as err:
            yield Part(file.name, Refused(err.reason, err.file, err.detail))
        else:
            yield Part(file.name, Finished())


def _too_many(file: str, limits: Limits) -> ImportRefused:
    return ImportRefused(Refusal.TOO_LARGE, file, f"more than {limits.rows} rows")
