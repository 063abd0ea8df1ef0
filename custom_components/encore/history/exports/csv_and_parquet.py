"""Histories as CSV and as Parquet, and what each format is written as: pages of plays into a file."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import suppress
import csv
from datetime import UTC, datetime, tzinfo
import importlib
import io
from typing import IO, Any, Final, NamedTuple, get_type_hints, override

from ..model import Play
from .exported_items import source_name


class Sheet(ABC):
    """Writes plays in a format."""

    @abstractmethod
    def write(self, plays: Sequence[Play]) -> None:
        """Write a page of plays, which follow those before them."""

    @abstractmethod
    def finish(self) -> None:
        """Write what comes after the last play."""

    def abandon(self) -> None:
        """Detach the stream instead, which may be full; raises nothing."""
        with suppress(OSError):
            self.finish()


class PlayRow(NamedTuple):
    """A play in a table. Its fields are the columns, by these names."""

    started_local: datetime
    """By the listener's clock, with its offset, as the next one."""
    ended_local: datetime
    started_utc: datetime
    ended_utc: datetime
    title: str
    artists: list[str]
    album: str
    kind: str
    uri: str
    listener: str
    rooms: list[str]
    device: str | None
    seconds: float
    skipped: bool | None
    sources: list[str]


def play_row(play: Play, zone: tzinfo) -> PlayRow:
    """Return a play as a row, with local times of a zone."""
    started = datetime.fromtimestamp(play.started_at / 1000, UTC)
    ended = datetime.fromtimestamp(play.ended_at / 1000, UTC)
    return PlayRow(
        started.astimezone(zone),
        ended.astimezone(zone),
        started,
        ended,
        play.item.title,
        list(play.item.artists),
        play.item.album,
        play.item.kind.name.lower(),
        play.item.uri,
        play.listener.name,
        list(dict.fromkeys(span.room.name for span in play.rooms)),
        play.device.name if play.device else None,
        play.ms_played / 1000,
        play.skipped,
        [source_name(source) for source in sorted(play.sources)],
    )


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
        """Detach the stream."""
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


class ParquetSheet(Sheet):
    """Writes plays as Parquet, a page in a row group."""

    def __init__(self, stream: IO[bytes], zone: tzinfo) -> None:
        """Write to a stream, with local times of a zone. Raises ImportError without pyarrow."""
        # Too large for a home that has no use for it, so it is not among the requirements.
        arrow: Any = importlib.import_module("pyarrow")
        parquet: Any = importlib.import_module("pyarrow.parquet")
        self._table = arrow.Table.from_pylist
        self._schema = _schema(arrow)
        self._file = parquet.ParquetWriter(stream, self._schema, compression="zstd")
        self._zone = zone

    @override
    def write(self, plays: Sequence[Play]) -> None:
        """Write a page of plays. Local times are as clocks showed them, without a zone."""
        rows = [play_row(one, self._zone) for one in plays]
        shown = [
            row._replace(
                started_local=row.started_local.replace(tzinfo=None),
                ended_local=row.ended_local.replace(tzinfo=None),
            )._asdict()
            for row in rows
        ]
        self._file.write_table(self._table(shown, schema=self._schema))

    @override
    def finish(self) -> None:
        """Write where everything is."""
        self._file.close()


def _schema(arrow: Any) -> Any:
    texts = arrow.list_(arrow.string())
    of = {
        str: arrow.string(),
        str | None: arrow.string(),
        list[str]: texts,
        float: arrow.float64(),
        bool | None: arrow.bool_(),
    }
    clock, moment = arrow.timestamp("ms"), arrow.timestamp("ms", tz="UTC")
    return arrow.schema(
        {
            name: of[kind]
            if kind is not datetime
            else (clock if name.endswith("_local") else moment)
            for name, kind in get_type_hints(PlayRow).items()
        }
    )
