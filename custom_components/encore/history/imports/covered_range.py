"""The time range that an export covers: from its first row to its last."""

from collections.abc import Iterable
from itertools import chain

from ..ingest.export_columns import ExportColumns
from ..model import Listener, Source
from ..records.import_report import FileReport
from ..records.recording_coverage import Recorded
from ..time_ranges.intervals import Span


def span_of(known: Span | None, columns: ExportColumns) -> Span | None:
    """Return from when until when (UTC ms) a file's rows were played: those known before, and some more."""
    if not len(columns):
        return known
    first = columns.ended_at.argmin()
    start = int(columns.ended_at[first] - columns.ms_played[first])
    end = int(columns.ended_at.max())
    return (start, end) if known is None else (min(start, known[0]), max(end, known[1]))


def spanned(
    listener: Listener,
    files: Iterable[tuple[Source, FileReport]],
    *,
    unread: bool,
) -> list[Recorded]:
    """Return what the files of an export span: all together, or each alone while some are `unread`.

    Nobody knows which time a file covers that could not be read.
    """
    spans: dict[Source, list[Span]] = {}
    for source, report in files:
        if report.span is not None:
            spans.setdefault(source, []).append(report.span)
    if not unread:
        spans = {
            source: [(min(chain(*some)), max(chain(*some)))]
            for source, some in spans.items()
        }
    return [
        Recorded(listener, source, start, end)
        for source, some in spans.items()
        for start, end in some
    ]
