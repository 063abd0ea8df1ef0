"""Highlights: the longest session, the most repeated track of a day, first listens."""

from collections.abc import Collection
from datetime import date, tzinfo
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..columns.filtered_plays import counted_once
from ..columns.selection import Selection
from ..model import Kind, Total
from .listening_sessions import Per, stretches


class Stretch(NamedTuple):
    """One listener's plays without a long silence, from and until when in milliseconds of UTC."""

    start: int
    end: int
    total: Total


class Repeated(NamedTuple):
    """A track, by its row id, and what was played of it on one local day."""

    day: date
    track: int
    total: Total


def longest_stretch(
    plays: Selection, gap_s: int, listeners: Collection[int]
) -> Stretch | None:
    """Return the stretch of one of some listeners (row ids) with the most time; of equal ones the first."""
    found = stretches(plays, Per.LISTENER, gap_s, listeners)
    if not len(found):
        return None
    number = int(np.lexsort((found.starts, -found.counts.ms_played))[0])
    start, end = int(found.starts[number]), int(found.ends[number])
    return Stretch(start, end, found.counts.of(number))


@counted_once
def most_in_a_day(plays: Selection, zone: tzinfo) -> Repeated | None:
    """Return the music track that was played most often on one day, if any twice: then longest, then first."""
    size = len(plays.tracks)
    music = plays.tracks.kind[plays.track] == Kind.TRACK
    together = (plays.days(zone) * size + plays.track)[music]
    pairs, of, counts = np.unique(together, return_inverse=True, return_counts=True)
    if not len(pairs) or counts.max() < 2:
        return None
    ms = np.bincount(of, weights=plays.ms_played[music])
    number = int(np.lexsort((pairs, -ms, -counts))[0])
    day, track = divmod(int(pairs[number]), size)
    total = Total(int(counts[number]), int(ms[number]))
    return Repeated(np.datetime64(day, "D").item(), track, total)


@counted_once
def artists_first_played(plays: Selection) -> NDArray[np.int64]:
    """Return when each artist was first played, at the artist's id in milliseconds of UTC to the second; 0 is never."""
    tracks = plays.tracks
    by_track = np.zeros(len(tracks), np.uint32)
    # Of several plays of one track, the last that is written is kept.
    by_track[plays.track[::-1]] = plays.seconds[::-1]
    credited = by_track[tracks.credited_track]
    has_played = credited > 0
    size = int(tracks.credited_artist.max(initial=0)) + 1
    never = np.iinfo(np.uint32).max
    by_artist = np.full(size, never, np.uint32)
    np.minimum.at(by_artist, tracks.credited_artist[has_played], credited[has_played])
    by_artist[by_artist == never] = 0
    return by_artist.astype(np.int64) * 1000
