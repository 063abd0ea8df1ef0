"""Export as Parquet, one play a row. It needs pyarrow, which is never required."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, tzinfo
import importlib
from typing import IO, Any, get_type_hints, override

from ..model import Play
from .export_file import PlayRow, Sheet, play_row


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
    def abandon(self) -> None:
        """Let go of the stream."""
        with suppress(OSError):
            self._file.close()

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
