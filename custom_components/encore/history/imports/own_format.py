"""Rows of Encore's own exports: shaped as Spotify's, with all that each source said inside.

What other programs read of such a row, the play in Spotify's keys, is not looked at here.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import msgspec

from ..ingest.play_with_sources import ExportedItem, ExportedObservation, ExportedPlay
from ..records.import_report import Skipped
from .row_times import EARLIEST, LATEST

_MOST_MS: Final = 1 << 31
"""What a store takes for a length ends below this."""


class OwnRow(msgspec.Struct, gc=False):
    """A play of an export of Encore's. Every key may be missing."""

    ts: str | None = None
    ms_played: int | None = None
    encore_item: ExportedItem | None = None
    encore_observations: tuple[ExportedObservation, ...] = ()


def exported_plays(
    rows: Sequence[OwnRow],
) -> tuple[list[ExportedPlay], dict[Skipped, int]]:
    """Return the plays that rows describe, and why some are skipped."""
    plays = []
    skipped: Counter[Skipped] = Counter()
    for row in rows:
        if row.encore_item is None or not row.encore_observations:
            skipped[Skipped.NO_ITEM] += 1
        elif _endless(row.encore_item):
            skipped[Skipped.NO_LENGTH] += 1
        elif wrong := _wrong(row.encore_observations):
            skipped[wrong] += 1
        else:
            plays.append(ExportedPlay(row.encore_item, row.encore_observations))
    return plays, dict(skipped)


def _wrong(observations: Sequence[ExportedObservation]) -> Skipped | None:
    """Return why a play cannot be, if any of what was said of it cannot."""
    for one in observations:
        moments = [one.started_at, one.ended_at]
        for span in one.rooms:
            moments += span.start, span.end
        moments += (volume.at for volume in one.volumes)
        if not all(EARLIEST <= moment < LATEST for moment in moments):
            return Skipped.IMPOSSIBLE_TIME
        if one.started_at > one.ended_at or not 0 <= one.offline_at < LATEST:
            return Skipped.IMPOSSIBLE_TIME
        item = one.item
        if not 0 <= one.ms_played < _MOST_MS or (item and _endless(item)):
            return Skipped.NO_LENGTH
    return None


def _endless(item: ExportedItem) -> bool:
    return item.duration_ms is not None and not 0 <= item.duration_ms < _MOST_MS
