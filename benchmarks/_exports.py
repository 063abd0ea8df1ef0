"""Seeded exports of any size, with the habits of real ones: favourites, album runs, sessions, skips, repeats.

They have what was measured on real exports: few artists and tracks that are played much (Zipf), other favourites for
each listener, hours that differ on workdays, an account that plays one thing at a time, and of the rows 18 % skips, 3 %
podcasts, 0.2 % audiobooks, 0.3 % that name nothing, and 0.5 % written twice.

A wide life is the same without favourites: it goes through the whole catalogue, so that a million rows name 150,000
tracks of 22,000 artists instead of 65,000. Each is a single, with an album of its own; and what has a picture is in a
file of its own that covers all years, as Spotify writes it, beside those of a year or so.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
import json
from pathlib import Path
from typing import Any, Final, NamedTuple
import zipfile
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from benchmarks._catalogue import CHAPTERS, EPISODES, Catalogue, zipf

ROWS_PER_FILE: Final = 14_000
ROWS_PER_LISTENER: Final = 500_000
"""That is more than four hours a day for fifteen years."""
TRACKS_AN_ALBUM: Final = 10
VIDEOS: Final = 50
"""In a wide life one row of so many is of something with a picture."""
YEARS: Final = 15
LAST_DAY: Final = date(2026, 9, 30)
HOME: Final = ZoneInfo("Europe/Amsterdam")
"""Where sessions have their hours."""

_FOLDER: Final = "Spotify Extended Streaming History"
_PLATFORMS: Final = {
    "android": 0.30,
    "ios": 0.20,
    "windows": 0.15,
    "Partner sonos_ppc Sonos;S14": 0.12,
    "web_player windows 10;chrome 120.0.0.0;desktop": 0.08,
    "cast": 0.08,
    "OS X 14.1.0 [arm 2]": 0.04,
    "Android OS 12 API 31 (samsung, SM-G991B)": 0.03,
}
_HOURS: Final = np.array(
    [
        [1, 0.5, 0.3, 0.2, 0.2, 0.5, 2, 5, 6, 5, 5, 5, 5, 5, 5, 5, 6, 7, 7, 6, 6, 6, 5, 3],
        [3, 2, 1, 0.5, 0.3, 0.3, 0.5, 1, 3, 5, 6, 7, 7, 7, 7, 7, 7, 7, 7, 6, 6, 6, 6, 5],
    ]
).cumsum(axis=1)  # fmt: skip
"""How likely a session begins up to each hour, on workdays and at weekends."""

type Row = dict[str, object]
type Numbers = NDArray[np.int64]


class Played(NamedTuple):
    """The rows of a listener in the order of their end, as columns."""

    ended: Numbers
    """Seconds of UTC."""
    ms_played: Numbers
    item: Numbers
    skipped: NDArray[np.bool_]
    shuffled: NDArray[np.bool_]
    platform: Numbers

    def taken(self, places: Any) -> Played:
        """Return the rows at some places."""
        return Played(*(column[places] for column in self))


class Household:
    """Listeners who share one catalogue, and how many rows each has in an export."""

    def __init__(self, rows: int, seed: int, *, wide: bool = False) -> None:
        """Share rows out among two listeners, or as many as they need; `wide` lives have no favourites."""
        listeners = max(2, -(-rows // ROWS_PER_LISTENER))
        self.rows = [
            rows * (number + 1) // listeners - rows * number // listeners
            for number in range(listeners)
        ]
        self._seed = seed
        self._wide = wide
        self.catalogue = Catalogue(
            rows, seed, tracks_an_album=1 if wide else TRACKS_AN_ALBUM
        )

    def played(self, listener: int) -> Played:
        """Return what a listener (by number) heard."""
        return _played(
            self.catalogue,
            self.rows[listener],
            np.random.default_rng((self._seed, listener)),
            first=listener == 0,
            wide=self._wide,
        )

    def history(self, listener: int) -> Iterator[Row]:
        """Yield the rows of a listener's export, all 23 keys each."""
        played = self.played(listener)
        texts = _Texts(self.catalogue)
        for file in _files(len(played.ended)):
            for text in texts.rows(played.taken(file)):
                yield json.loads(text)

    def write(self, path: Path, listener: int) -> None:
        """Write the export of a listener: a ZIP with files of 14,000 rows."""
        played = self.played(listener)
        texts = _Texts(self.catalogue)
        # Level 3 takes half the time of 6 and makes the file a seventh larger.
        with zipfile.ZipFile(
            path, "w", zipfile.ZIP_DEFLATED, compresslevel=3
        ) as archive:
            for name, some in self._files(played):
                archive.writestr(
                    f"{_FOLDER}/Streaming_History_{name}.json",
                    f"[{','.join(texts.rows(some))}]",
                )

    def _files(self, played: Played) -> Iterator[tuple[str, Played]]:
        """Yield the names of files and the rows that are in each."""
        video = np.arange(len(played.ended)) % VIDEOS == 0
        if self._wide:
            yield f"Video_{_years(played)}", played.taken(video)
            played = played.taken(~video)
        for number, file in enumerate(_files(len(played.ended))):
            some = played.taken(file)
            yield f"Audio_{_years(some)}_{number}", some


def write_export(path: Path, rows: int, seed: int) -> None:
    """Write the export of one listener with a number of rows."""
    household = Household(2 * rows, seed)
    assert household.rows[0] == rows, "Too many rows for one listener"
    household.write(path, 0)


class _Texts:
    """Rows as JSON, put together from texts that are made once: there are millions."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._names: dict[int, str] = {}
        self._platforms = [
            _inner({"platform": name}) + ',"ms_played":' for name in _PLATFORMS
        ]
        self._ends = [
            _inner(
                {
                    "reason_start": reason,
                    "reason_end": reason,
                    "shuffle": shuffled,
                    "skipped": skipped,
                    "offline": False,
                }
            )
            + ',"offline_timestamp":'
            for skipped, reason in ((False, "trackdone"), (True, "fwdbtn"))
            for shuffled in (False, True)
        ]

    def rows(self, played: Played) -> Iterator[str]:
        names, platforms, ends = self._names, self._platforms, self._ends
        for item in set(played.item.tolist()) - names.keys():
            names[item] = _inner(self._catalogue.names(item))
        begun = played.ended - played.ms_played // 1000
        for ended, ms, item, platform, end, began in zip(
            _iso(played.ended, "s"),
            played.ms_played.tolist(),
            played.item.tolist(),
            played.platform.tolist(),
            (2 * played.skipped + played.shuffled).tolist(),
            begun.tolist(),
            strict=True,
        ):
            yield (
                f'{{"ts":"{ended}Z",{platforms[platform]}{ms},"conn_country":"NL","ip_addr":"192.0.2.17",'
                f'{names[item]},{ends[end]}{began},"incognito_mode":false}}'
            )


def _played(
    catalogue: Catalogue,
    rows: int,
    chance: np.random.Generator,
    *,
    first: bool,
    wide: bool,
) -> Played:
    twice = int(rows * 0.005)
    size = rows - twice
    skipped = chance.random(size) < 0.18
    ms_played = np.where(
        skipped,
        chance.integers(800, 60_000, size),
        np.clip(chance.normal(215_000, 55_000, size), 31_000, 900_000).astype(np.int64),
    )
    played = Played(
        _ends(ms_played, chance),
        ms_played,
        _items(catalogue, size, chance, own_taste=not first, wide=wide),
        skipped,
        chance.random(size) < 0.4,
        # A player stays the same for some forty plays.
        np.repeat(
            chance.choice(len(_PLATFORMS), size // 40 + 1, p=[*_PLATFORMS.values()]), 40
        )[:size],
    )
    again = chance.integers(0, size, twice)
    return played.taken(np.sort(np.concatenate([np.arange(size), again])))


def _ends(ms_played: Numbers, chance: np.random.Generator) -> Numbers:
    """Return when plays end (s), that come in sessions of twelve or so, one after the other."""
    size = len(ms_played)
    lengths = chance.geometric(1 / 12, size=size // 8 + 1_000)
    sessions = int(np.searchsorted(np.cumsum(lengths), size)) + 1
    session = np.repeat(np.arange(sessions), lengths[:sessions])[:size]
    takes = ms_played // 1000 + chance.integers(0, 4, size)
    so_far = np.cumsum(takes)
    first_of = np.searchsorted(session, np.arange(sessions))
    before = (so_far - takes)[first_of]
    # A session begins when it would, or when the one before is over.
    begins = np.maximum.accumulate(_begins(sessions, chance) - before)
    return begins[session] + so_far


def _begins(sessions: int, chance: np.random.Generator) -> Numbers:
    """Return when sessions would begin (s), ascending: more in later years, by the hours of the weekday."""
    days = int(YEARS * 365.25)
    first = LAST_DAY - timedelta(days)
    # Midnights by the clock of the home, whose offset from UTC changes twice a year.
    midnights = np.array(
        [
            datetime.combine(
                first + timedelta(day), datetime.min.time(), HOME
            ).timestamp()
            for day in range(days)
        ],
        np.int64,
    )
    day = (days * chance.beta(1.6, 1.1, sessions)).astype(np.int64)
    weekend = ((day + first.weekday()) % 7 >= 5).astype(np.int64)
    hour = np.empty(sessions, np.int64)
    for kind, hours in enumerate(_HOURS):
        drawn = chance.random(sessions) * hours[-1]
        of_kind = weekend == kind
        hour[of_kind] = np.searchsorted(hours, drawn[of_kind])
    begins: Numbers = midnights[day] + hour * 3600 + chance.integers(0, 3600, sessions)
    begins.sort()
    return begins


def _items(
    catalogue: Catalogue,
    size: int,
    chance: np.random.Generator,
    *,
    own_taste: bool,
    wide: bool,
) -> Numbers:
    """Return what was heard, in turn."""
    artists = len(catalogue.tracks_of)
    rank = np.arange(artists)
    if own_taste:
        # Half of what is popular is so with others.
        chance.shuffle(rank[: artists // 2])
    # Who has no favourites hears each track as often as any other.
    likely = np.cumsum(catalogue.tracks_of[rank]) / catalogue.tracks if wide else None
    artist = rank[
        np.searchsorted(
            zipf(artists, 1.0) if likely is None else likely, chance.random(size)
        )
    ]
    goes_on = chance.random(size) < 0.35
    goes_on[0] = False
    artist = artist[np.maximum.accumulate(np.where(goes_on, 0, np.arange(size)))]
    place = (
        chance.random(size) ** (1.0 if wide else 2.2) * catalogue.tracks_of[artist]
    ).astype(np.int64)
    item = catalogue.first_of[artist] + place
    kind = chance.random(size)
    latest = (chance.random(size) ** 2 * EPISODES).astype(np.int64)
    chapter = chance.integers(0, CHAPTERS, size)
    return np.select(
        [kind < 0.03, kind < 0.032, kind < 0.035],
        [catalogue.episodes + latest, catalogue.chapters + chapter, catalogue.nothing],
        item,
    )


def _years(played: Played) -> str:
    """Return the years that rows are of."""
    return "-".join(dict.fromkeys(_iso(played.ended[[0, -1]], "Y")))


def _files(rows: int) -> Iterator[slice]:
    return (
        slice(first, min(first + ROWS_PER_FILE, rows))
        for first in range(0, rows, ROWS_PER_FILE)
    )


def _iso(seconds: Numbers, unit: str) -> list[str]:
    moments = seconds.astype("M8[s]").astype(f"M8[{unit}]")
    texts: list[str] = np.datetime_as_string(moments).tolist()
    return texts


def _inner(values: Any) -> str:
    """Return an object as JSON without its braces."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))[1:-1]
