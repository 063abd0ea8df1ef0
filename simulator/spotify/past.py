"""Invents a person's past years, day by day, up to the moment the simulator starts.

A listening day lasts from 5:00 to 5:00 local time and has its own stream of chance, so that a shorter past is the end of a
longer one.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from random import Random
from zoneinfo import ZoneInfo

from .catalogue import Catalog
from .devices import Device
from .invention import invent_catalogue
from .ledger import Played
from .music import Playable, Track
from .people import HOME_TIME_ZONE, Person, devices_of, household
from .possessions import Possessions, possessions_of
from .taste import PHONE, TASTES, Favourites, Occasion, Way, favourites

SILENCE_MS = 7 * 60_000
"""The last play of a past ends at least this long before the simulator starts."""

CERTAIN_DAYS = 3
"""So many days before the start have what people ask about: a last night, a yesterday."""

_DAY_BEGINS = timedelta(hours=5)


def invent_past(
    person_key: str, catalogue: Catalog, until_ms: int, days: int | None = None
) -> list[Played]:
    """Return what a person heard in the `days` up to a moment (UTC ms), oldest first, nothing overlapping.

    Complete plays, plays left in the middle, and skips; all within its 5:00 to 5:00 day.
    """
    zone = ZoneInfo(HOME_TIME_ZONE)
    today = (datetime.fromtimestamp(until_ms / 1000, zone) - _DAY_BEGINS).date()
    past = invented_days(
        person_key,
        catalogue.seed,
        today,
        TASTES[person_key].days if days is None else days,
    )
    latest = until_ms - SILENCE_MS
    count = len(past)
    while count and past[count - 1].ended_at > latest:
        count -= 1
    return list(past[:count])


@lru_cache(maxsize=8)
def invented_days(
    person_key: str, seed: int, today: date, days: int
) -> tuple[Played, ...]:
    """Return the days up to the end of today, also what lies ahead; kept, since tests start many simulators."""
    if days <= 0:
        return ()
    author = _Author(household(seed)[person_key], invent_catalogue(seed))
    for ago in range(days, -1, -1):
        author.live(today - timedelta(days=ago), recent=ago <= CERTAIN_DAYS)
    return tuple(author.played)


class _Author:
    """Writes one person's days in order."""

    def __init__(self, person: Person, catalogue: Catalog) -> None:
        self.played: list[Played] = []
        self._person = person
        self._catalogue = catalogue
        self._taste = TASTES[person.key]
        self._zone = ZoneInfo(HOME_TIME_ZONE)
        self._devices = devices_of(person, catalogue.seed)
        self._possessions: Possessions = possessions_of(person, catalogue)
        self._saved = [
            catalogue.tracks[track_id] for track_id in self._possessions.track_ids
        ]
        self._playlists = [
            playlist for playlist in self._possessions.playlists if playlist.entries
        ]
        self._favourites: Favourites | None = None
        self._season = ""

    def live(self, day: date, *, recent: bool) -> None:
        """Add a day; a recent one misses nothing that is certain."""
        rng = Random(f"day {self._catalogue.seed} {self._person.key} {day.toordinal()}")
        season = f"{day.year}-{(day.month - 1) // 3}"
        if self._favourites is None or season != self._season:
            self._season, self._favourites = (
                season,
                favourites(self._person.key, self._catalogue, season),
            )
        away = rng.random() < 0.03 and not recent
        country = self._country(day)
        sessions = []
        for occasion in self._taste.occasions:
            chance, shift = rng.random(), rng.uniform(-1, 1)
            if (
                day.weekday() in occasion.days
                and (chance < occasion.chance or (recent and occasion.certain))
                and not away
            ):
                sessions.append(
                    (occasion.minute + int(shift * occasion.spread), occasion)
                )
        sessions.sort(key=lambda session: session[0])
        begins, ends = (
            self._moment(day, 300),
            self._moment(day + timedelta(days=1), 300),
        )
        free_from = begins
        for minute, occasion in sessions:
            start = max(self._moment(day, minute) + rng.randrange(60_000), free_from)
            session = _Session(
                self,
                occasion,
                rng,
                start=start,
                limit=ends,
                day=day,
                country=country,
                recent=recent,
            )
            free_from = session.play() + 180_000

    def items(
        self, way: Way, rng: Random, day: date
    ) -> tuple[list[Playable], str | None, bool]:
        """Return what one sits down to hear, its context, and whether it is shuffled."""
        assert self._favourites is not None
        match way:
            case Way.PLAYLIST if self._playlists:
                playlist = rng.choice(self._playlists)
                entries = playlist.entries
                return (
                    [entry.item for entry in rng.sample(entries, k=len(entries))],
                    playlist.uri,
                    True,
                )
            case Way.COLLECTION:
                return (
                    list(rng.sample(self._saved, k=min(40, len(self._saved)))),
                    self._person.collection_uri,
                    True,
                )
            case Way.PODCAST:
                show = self._catalogue.shows[rng.choice(self._possessions.show_ids)]
                episode_id = show.episode_ids[
                    -1
                    - (day.toordinal() // (1 if len(show.episode_ids) > 100 else 7))
                    % len(show.episode_ids)
                ]
                return [self._catalogue.episodes[episode_id]], show.uri, False
            case Way.BOOK:
                evening = day.toordinal()
                book = self._catalogue.audiobooks[
                    self._possessions.audiobook_ids[
                        evening // 60 % len(self._possessions.audiobook_ids)
                    ]
                ]
                return (
                    [
                        self._catalogue.chapters[
                            book.chapter_ids[evening % 60 * len(book.chapter_ids) // 60]
                        ]
                    ],
                    book.uri,
                    False,
                )
            case Way.ARTIST:
                artist = self._favourites.pick(rng)
                return (
                    list(self._catalogue.popular_by_artist[artist.id]),
                    artist.uri,
                    rng.random() < 0.3,
                )
            case Way.OBSESSION:
                tracks = self._catalogue.popular_by_artist[
                    self._favourites.pick(rng).id
                ]
                track = tracks[min(int(rng.expovariate(0.7)), len(tracks) - 1)]
                return [track] * rng.randint(2, 5), track.album.uri, False
            case _:
                album = rng.choice(
                    self._catalogue.albums_by_artist[self._favourites.pick(rng).id]
                )
                return list(self._catalogue.tracks_of(album)), album.uri, False

    @property
    def person(self) -> Person:
        """Whose days they are."""
        return self._person

    @property
    def skips(self) -> float:
        """How often they skip."""
        return self._taste.skips

    def device(self, occasion: Occasion) -> Device:
        """Return the device of an occasion."""
        return self._devices[occasion.device]

    def chances(
        self, occasion: Occasion, rng: Random, *, recent: bool
    ) -> tuple[bool, bool]:
        """Return whether a session is private, and whether it is offline."""
        private, offline = (
            rng.random() < self._taste.private,
            rng.random() < self._taste.offline,
        )
        return private, offline and occasion.device == PHONE and not recent

    def _country(self, day: date) -> str:
        """Return where they are: abroad in some weeks."""
        year, week, _ = day.isocalendar()
        rng = Random(f"week {self._catalogue.seed} {self._person.key} {year} {week}")
        return (
            rng.choice(("SE", "FR", "ES", "GB"))
            if rng.random() < 0.06
            else self._person.country
        )

    def _moment(self, day: date, minute: int) -> int:
        """Return UTC milliseconds of a local minute, which may lie past midnight."""
        local = datetime(day.year, day.month, day.day, tzinfo=self._zone) + timedelta(
            minutes=minute
        )
        return int(local.astimezone(UTC).timestamp()) * 1000


class _Session:
    """One sitting: items in a row on one device."""

    def __init__(
        self,
        author: _Author,
        occasion: Occasion,
        rng: Random,
        *,
        start: int,
        limit: int,
        day: date,
        country: str,
        recent: bool,
    ) -> None:
        self._author, self._occasion, self._rng, self._day, self._country = (
            author,
            occasion,
            rng,
            day,
            country,
        )
        self._now, self._limit = start, limit
        self._device = author.device(occasion)
        self._private, self._offline = author.chances(occasion, rng, recent=recent)
        self._reason = "clickrow"
        self._first = len(author.played)

    def play(self) -> int:
        """Play it and return when it was over (UTC ms)."""
        rng, occasion = self._rng, self._occasion
        wanted = (
            max(1, round(rng.gauss(occasion.items, occasion.items / 3)))
            if occasion.items > 1
            else 1
        )
        ways, weights = tuple(occasion.ways), tuple(occasion.ways.values())
        while wanted > 0:
            items, context_uri, shuffled = self._author.items(
                rng.choices(ways, weights)[0], rng, self._day
            )
            for item in items[:wanted]:
                wanted -= 1
                if not self._sound(
                    item, context_uri, shuffled=shuffled, last=wanted == 0
                ):
                    wanted = 0
                    break
            self._reason = "clickrow"
        self._sync()
        return self._now

    def _sound(
        self, item: Playable, context_uri: str | None, *, shuffled: bool, last: bool
    ) -> bool:
        """Add one item; False when the day has no room left for it."""
        rng = self._rng
        full = item.duration_ms
        chance = rng.random()
        if isinstance(item, Track) and chance < self._author.skips * (
            1.3 if shuffled else 0.7
        ):
            ms = min(full - 1, 700 + int(rng.random() ** 2.6 * 0.8 * full))
            reason_end, skipped = "fwdbtn", True
        elif last and chance > 0.65:
            ms = min(full, 30_000 + int(rng.random() * full))
            reason_end, skipped = (
                ("trackdone" if ms == full else rng.choice(("endplay", "logout"))),
                False,
            )
        else:
            ms, reason_end, skipped = full, "trackdone", False
        paused = rng.randrange(20_000, 240_000) if chance > 0.985 and ms > 60_000 else 0
        end = self._now + ms + paused
        if end > self._limit:
            return False
        self._author.played.append(
            Played(
                item.uri,
                item.kind.value,
                item.name,
                item.artist_names,
                item.album_name,
                self._now,
                end,
                ms,
                self._device.id,
                self._device.name,
                context_uri,
                skipped,
                self._private,
                shuffled,
                self._reason,
                reason_end,
                self._device.platform,
                self._country,
                self._offline,
            )
        )
        self._reason = reason_end if reason_end == "fwdbtn" else "trackdone"
        self._now = end + rng.choice((0, 0, 40, 310, 900))
        return True

    def _sync(self) -> None:
        """Let what was heard offline reach Spotify at once, some time later."""
        if not self._offline:
            return
        synced_at = self._now + self._rng.randrange(10 * 60_000, 180 * 60_000)
        played = self._author.played
        for place in range(self._first, len(played)):
            played[place] = replace(played[place], synced_at=synced_at)
