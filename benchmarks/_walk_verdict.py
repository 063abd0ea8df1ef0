"""Holds what Encore has of a walk against what truly sounded: one play for each thing heard, in the right rooms."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import pairwise
from typing import Final

from custom_components.encore.history.model import COUNTED_FROM_MS, HOUSEHOLD, Play
from custom_components.encore.spotify.tracking.transitions import (
    PAUSE_ENDS_PLAY_MS as OF_ACCOUNTS,
)
from custom_components.encore.tracking.active_play import PAUSE_ENDS_PLAY_MS

from ._walk_truth import Sounded, Spans, merged, total

FOREVER: Final = 1 << 60

EXACT_MS: Final = 5_000
"""Rooms are right to within this, at each beginning and each end; and so is whether something was heard for long enough."""


def wrong(
    sounded: Mapping[str, Sounded], plays: Iterable[Play], keys: Mapping[str, str]
) -> Iterator[str]:
    """Yield a line for each thing that is missing, there twice, not heard at all, somebody else's, or in wrong rooms.

    `keys` are those of listeners, by person.
    """
    of_track: defaultdict[str, list[Play]] = defaultdict(list)
    for play in plays:
        if play.ms_played >= COUNTED_FROM_MS:
            of_track[play.item.uri].append(play)
    for uri in sorted({*sounded, *of_track}, key=lambda uri: _when(uri, sounded)):
        true, recorded = sounded.get(uri), of_track[uri]
        sounded_ms = 0 if true is None else true.ms
        if sounded_ms >= COUNTED_FROM_MS + EXACT_MS and not recorded:
            yield f"lost     {_line(uri, true)}"
        # What was on no speaker was where only an account knows.
        hearings = _hearings(true, sounded.values()) if true is not None else []
        times = len(hearings) + (0 if true is None else len(true.there[1:]))
        if len(recorded) > times or (
            recorded and sounded_ms < COUNTED_FROM_MS - EXACT_MS
        ):
            yield f"doubled  {_line(uri, true)}: " + "; ".join(map(_play, recorded))
        if true is None or len(recorded) != 1:
            continue
        (play,) = recorded
        owner = HOUSEHOLD if true.person is None else keys[true.person]
        if play.listener.key != owner:
            yield f"whose    {_line(uri, true)}: {_play(play)}"
        since = max((at for at, _ in hearings if at <= play.ended_at), default=0)
        until = min((at for at, _ in hearings if at > play.ended_at), default=FOREVER)
        for room in sorted({*true.rooms, *(span.room.name for span in play.rooms)}):
            said = merged(
                (span.start, span.end) for span in play.rooms if span.room.name == room
            )
            true_spans = [
                span
                for span in true.rooms.get(room, [])
                if span[0] < until and since - EXACT_MS <= span[0]
            ]
            allowed = EXACT_MS * 2 * max(len(merged(true_spans, EXACT_MS)), 1)
            if _differ(true_spans, said) > allowed:
                yield (
                    f"rooms    {_line(uri, true)}: {room} {_spans(true_spans)}, told {_spans(said)}"
                )


def _hearings(true: Sounded, sounded: Iterable[Sounded]) -> Spans:
    """Return from when until when a track was heard, each time: what was silent for long enough is over, and so is what gave way to another track.

    Somebody who goes back in a queue hears a track again.
    """
    others = [
        start
        for other in sounded
        if other is not true and other.person == true.person is not None
        for start, _ in other.spans
    ]
    found: Spans = []
    pause = PAUSE_ENDS_PLAY_MS if true.person is None else OF_ACCOUNTS
    for start, end in merged(true.spans, pause):
        begins = start
        pieces = [span for span in sorted(true.spans) if start <= span[0] <= end]
        for before, after in pairwise(pieces):
            if any(before[1] - EXACT_MS <= other < after[0] for other in others):
                found.append((begins, before[1]))
                begins = after[0]
        found.append((begins, end))
    return found


def _differ(one: Spans, other: Spans) -> int:
    """Return for how long only one of two has something (ms)."""
    both = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)
    return total(one) + total(other) - 2 * both


def _when(uri: str, sounded: Mapping[str, Sounded]) -> int:
    return sounded[uri].spans[0][0] if uri in sounded else 0


def _line(uri: str, true: Sounded | None) -> str:
    if true is None:
        return f"{uri} never sounded"
    by = true.person or "queue"
    return f"{uri} {_clock(true.spans[0][0])} by {by}, {true.ms / 1000:.0f} s"


def _play(play: Play) -> str:
    sources = "+".join(sorted(str(source) for source in play.sources))
    rooms = ",".join(sorted({span.room.name for span in play.rooms}))
    return (
        f"{_clock(play.started_at)}–{_clock(play.ended_at)} {play.ms_played / 1000:.0f} s"
        f" of {play.listener.name} in {rooms or '–'} by {sources}"
    )


def _spans(spans: Spans) -> str:
    return " ".join(f"{_clock(start)}–{_clock(end)}" for start, end in spans) or "never"


def _clock(moment: int) -> str:
    return datetime.fromtimestamp(moment / 1000, UTC).strftime("%H:%M:%S")
