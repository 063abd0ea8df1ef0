"""Holds what Encore remembers of a simulated day against the ledger: what is lost, what is doubled, what was told of gaps."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from custom_components.encore.history.model import Play
from custom_components.encore.history.records.recording_coverage import (
    GapReason,
    Unrecorded,
)
from simulator.spotify.ledger import Played

from ._day_answers import Owed
from ._day_plays import TruePlay, true_plays

NEAR_MS: Final = 90_000
"""A remembered play may lie so far beside what was heard."""

ASTRAY_MS: Final = 30 * 60_000
"""Where nobody could look at the player for a while, a play that began and ended meanwhile may lie so far away, and no further."""

OVERLAP_MS: Final = 5_000
"""No source knows better than this when a play began."""

GAPS: Final = frozenset(
    {
        GapReason.OVERFLOW,
        GapReason.RATE_LIMITED,
        GapReason.REFUSED,
        GapReason.OUT_OF_REACH,
        GapReason.RESTARTED,
    }
)
"""What nobody wanted."""

_WORTH_MS: Final = 1_000


@dataclass(slots=True)
class Verdict:
    """What came of one listener's day."""

    played: int = 0
    skipped: int = 0
    owed: int = 0
    remembered: int = 0
    lost: list[Played] = field(default_factory=list)
    """Owed, and not remembered."""
    doubled: list[Play] = field(default_factory=list)
    """Remembered, though what was heard is remembered already, or nothing like it was heard."""
    astray: list[tuple[Play, Played]] = field(default_factory=list)
    """Remembered once, but far from when it was heard."""
    gaps: list[Unrecorded] = field(default_factory=list)
    """What is said to be missing, and was not wanted to be, in order and apart."""
    minutes_true: float = 0
    """How long it really sounded, but for private sessions."""
    minutes_recorded: float = 0
    overlapping: list[tuple[Play, Play]] = field(default_factory=list)
    """Plays of which the second began before the first was over, though one person hears one thing at a time."""
    untold: list[Played] = field(default_factory=list)
    """Heard while Spotify told nothing of it, not remembered, and in no gap that is told of."""


def judge(
    rows: Sequence[Played],
    due: Sequence[Owed],
    plays: Iterable[Play],
    gaps: Iterable[Unrecorded],
    outages: Sequence[tuple[int, int]],
) -> Verdict:
    """Return the verdict on one listener.

    `rows` is the ledger of the day, `due` those of them that are owed, `plays` and `gaps` what Encore has of the listener
    in that time, `outages` when nobody could ask Spotify (UTC ms).
    """
    plays = sorted(plays, key=lambda play: play.started_at)
    verdict = Verdict(
        minutes_true=sum(row.ms_played for row in rows if not row.private) / 60_000,
        minutes_recorded=sum(play.ms_played for play in plays) / 60_000,
        overlapping=[
            (one, other)
            for one, other in pairwise(plays)
            if one.ended_at - other.started_at > OVERLAP_MS
        ],
        played=len(rows),
        skipped=sum(row.skipped for row in rows),
        owed=len(due),
        gaps=_merged(gap for gap in gaps if gap.reason in GAPS),
    )
    waiting: defaultdict[str, list[Play]] = defaultdict(list)
    for play in plays:
        waiting[play.item.uri].append(play)
    owed_rows = {id(each.row) for each in due}
    missing: list[Played] = []
    of_items: defaultdict[str, list[TruePlay]] = defaultdict(list)
    for true_play in true_plays(rows, due):
        of_items[true_play.uri].append(true_play)
    for uri, of_item in of_items.items():
        missing += _match(of_item, waiting.pop(uri, []), owed_rows, verdict)
    for of_no_item in waiting.values():
        verdict.doubled += of_no_item
    verdict.lost = [row for row in missing if id(row) in owed_rows]
    verdict.untold = [
        row
        for row in missing
        if id(row) not in owed_rows
        and not row.private
        and _within((row.started_at, row.ended_at), outages)
        and not any(
            gap.start <= row.ended_at and row.started_at <= gap.end
            for gap in verdict.gaps
        )
    ]
    return verdict


def _match(
    played: Sequence[TruePlay],
    plays: Sequence[Play],
    owed_rows: Collection[int],
    verdict: Verdict,
) -> list[Played]:
    """Give each play to a hearing of its item, nearest pairs first; return the rows of hearings that got none.

    First every hearing may take one that is near, then as many as it has rows. What is left may be one of which Spotify
    told nothing while it sounded, and that went astray.
    """
    taken: list[list[Play]] = [[] for _ in played]
    left = list(plays)
    for near, several in ((NEAR_MS, False), (NEAR_MS, True), (ASTRAY_MS, False)):
        pairs = sorted(
            (
                (_apart(true_play, play), number, play)
                for number, true_play in enumerate(played)
                for play in left
                if _touches(true_play, play, near)
            ),
            key=lambda pair: pair[:2],
        )
        for _, number, play in pairs:
            rows = played[number].rows
            if play not in left or len(taken[number]) >= (len(rows) if several else 1):
                continue
            if near == ASTRAY_MS:
                if any(id(row) in owed_rows for row in rows):
                    continue
                verdict.astray.append((play, rows[-1]))
            taken[number].append(play)
            left.remove(play)
    verdict.remembered += sum(map(len, taken))
    verdict.doubled += left
    return [
        row
        for true_play, by in zip(played, taken, strict=True)
        if not by
        for row in true_play.rows
    ]


def _apart(true_play: TruePlay, play: Play) -> int:
    """Return how far the ends of a play and a hearing, or of its nearest row, are apart (ms)."""
    return min(abs(play.ended_at - row.ended_at) for row in true_play.rows)


def _touches(true_play: TruePlay, play: Play, near: int) -> bool:
    """Whether a play is no further than `near` (ms) from a hearing."""
    return (
        play.ended_at >= true_play.start - near
        and play.started_at <= true_play.end + near
    )


def _within(span: tuple[int, int], spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)


def _merged(gaps: Iterable[Unrecorded]) -> list[Unrecorded]:
    """Return gaps in order, what touches taken together; those of less than a second are none."""
    merged: list[Unrecorded] = []
    for gap in sorted(gaps, key=lambda gap: gap.start):
        if merged and gap.start <= merged[-1].end:
            end = max(gap.end, merged[-1].end)
            merged[-1] = merged[-1]._replace(end=end)
        else:
            merged.append(gap)
    return [gap for gap in merged if gap.end - gap.start >= _WORTH_MS]
