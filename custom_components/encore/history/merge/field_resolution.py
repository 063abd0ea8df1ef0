"""Chooses each field of a play from the source that knows it best."""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from ..model import HOUSEHOLD, Source
from .merge_rows import DerivedPlay, MergeRow, fixed_order
from .same_song import is_local

TIMES_FROM: Final = (
    Source.LIVE,
    Source.SONOS,
    Source.PLAYER,
    Source.EXPORT,
    Source.POLLED,
    Source.ACCOUNT_DATA,
)
"""Whom to believe about start and end: those who watched, then those who measured."""

LENGTH_FROM: Final = (
    Source.EXPORT,
    Source.ACCOUNT_DATA,
    Source.LIVE,
    Source.SONOS,
    Source.PLAYER,
    Source.POLLED,
)
"""Whom to believe about the time played and skips: Spotify's own books first."""

ROOMS_FROM: Final = (Source.SONOS, Source.LIVE, Source.PLAYER, Source.POLLED)
"""Whom to believe about rooms: the speakers themselves first."""

ITEM_FROM: Final = (
    Source.LIVE,
    Source.POLLED,
    Source.EXPORT,
    Source.ACCOUNT_DATA,
    Source.SONOS,
    Source.PLAYER,
)
"""Whom to believe about which release it was."""

MEASURING: Final = frozenset({*LENGTH_FROM} - {Source.POLLED})
"""Who knows how long a play sounded; recently played only knows how long the track is."""

_IN_PARTS: Final = (Source.LIVE, Source.SONOS)
"""Who sees a play that is moved in parts, one for each device."""

LENGTH_TOLERANCE_MS: Final = 10_000
"""Who watched a play and Spotify's books agree on how long it sounded to within this."""

SKIPPED_BY: Final = frozenset({"fwdbtn", "backbtn"})
"""Spotify's `reason_end` of a play that somebody cut short."""

PLAYED_OUT: Final = "trackdone"

SKIPPED_MEANINGLESS: Final = (1_427_846_400_000, 1_667_260_800_000)
"""From 2015-04 to 2022-10 exports say `skipped: false` whatever happened."""


def play_alone(merge_row: MergeRow) -> DerivedPlay:
    """Derive a play from its only observation: as `play_of`, for the many of an import."""
    track, uri = merge_row.shown
    return DerivedPlay(
        merge_row.listener,
        uri,
        track,
        merge_row.sounded_from,
        merge_row.ended_at,
        merge_row.ms_played,
        merge_row.device,
        merge_row.context_uri,
        was_skipped(merge_row),
        merge_row.rooms if merge_row.source in ROOMS_FROM else (),
        (merge_row,),
    )


def rooms_rank(sources: Iterable[Source]) -> int:
    """Return the rank of the best source of rooms; 0 where the speakers themselves report them."""
    known = (ROOMS_FROM.index(each) for each in sources if each in ROOMS_FROM)
    return min(known, default=len(ROOMS_FROM))


def play_of(merge_rows: Sequence[MergeRow]) -> DerivedPlay:
    """Derive a play from its observations: field by field, the best one has it; of rows that repeat it, the last.

    What was watched on one device after the other is taken together.
    """
    by_source: dict[Source, MergeRow] = {}
    for source in _IN_PARTS:
        if parts := [one for one in merge_rows if one.source is source]:
            by_source[source] = _joined(parts)
    for merge_row in merge_rows:
        if merge_row.source in _IN_PARTS:
            continue
        known = by_source.setdefault(merge_row.source, merge_row)
        if known is not merge_row and fixed_order(merge_row) > fixed_order(known):
            by_source[merge_row.source] = merge_row

    def rows_of(order: Sequence[Source]) -> list[MergeRow]:
        return [by_source[source] for source in order if source in by_source]

    timed = rows_of(TIMES_FROM)
    measured = rows_of(LENGTH_FROM)
    if _saw_more(by_source.get(Source.SONOS), by_source.get(Source.LIVE)):
        timed.sort(key=lambda one: one.source is Source.LIVE)
        measured.sort(key=lambda one: one.source is Source.LIVE)
    identified = rows_of(ITEM_FROM)
    real = (merge_row for merge_row in identified if not is_local(merge_row.uri))
    track, uri = next(real, identified[0]).shown
    named = (w.listener for w in merge_rows if w.listener != HOUSEHOLD)
    return DerivedPlay(
        listener=next(named, HOUSEHOLD),
        uri=uri,
        track=track,
        started_at=timed[0].sounded_from,
        ended_at=timed[0].ended_at,
        ms_played=measured[0].ms_played,
        device=next((w.device for w in timed if w.device is not None), None),
        context_uri=next((w.context_uri for w in timed if w.context_uri), None),
        skipped=next((s for w in measured if (s := was_skipped(w)) is not None), None),
        rooms=next((w.rooms for w in rows_of(ROOMS_FROM) if w.rooms), ()),
        merge_rows=tuple(merge_rows),
    )


def _saw_more(speaker: MergeRow | None, live: MergeRow | None) -> bool:
    """Whether a speaker saw more of a play than the account's player, of which looks may have missed the beginning or the end."""
    if speaker is None or live is None:
        return False
    return speaker.ms_played > live.ms_played + LENGTH_TOLERANCE_MS


def _joined(watched: Sequence[MergeRow]) -> MergeRow:
    """Return what was watched on one device after the other as if on one: that on which it sounded longest."""
    if len(watched) == 1:
        return watched[0]
    pieces = sorted(watched, key=fixed_order)
    longest = max(pieces, key=lambda piece: (piece.ms_played, fixed_order(piece)))
    return msgspec.structs.replace(
        pieces[-1],
        started_at=pieces[0].started_at,
        ms_played=sum(piece.ms_played for piece in pieces),
        device=longest.device,
        context_uri=next(
            (each.context_uri for each in pieces if each.context_uri), None
        ),
        rooms=tuple(span for piece in pieces for span in piece.rooms),
    )


def was_skipped(merge_row: MergeRow) -> bool | None:
    """Return whether a source says that its play was cut short, None where it does not say."""
    return reported_skipped(
        merge_row.source, merge_row.ended_at, merge_row.skipped, merge_row.reason_end
    )


def reported_skipped(
    source: Source, ended_at: int, skipped: bool | None, reason_end: str | None
) -> bool | None:
    """Return what `skipped` and `reason_end` of an observation amount to."""
    if reason_end == PLAYED_OUT and not skipped:
        return False
    if skipped or reason_end in SKIPPED_BY:
        return True
    first, end = SKIPPED_MEANINGLESS
    if source is Source.EXPORT and first <= ended_at < end:
        return None
    return skipped
