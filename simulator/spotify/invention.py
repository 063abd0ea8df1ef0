"""Invents the catalogue: a few thousand tracks by some 460 artists, with podcasts and audiobooks, by seed."""

from collections import defaultdict
from datetime import date, timedelta
from functools import cache
from random import Random
import re

from .catalogue import Catalog
from .music import Album, Artist, Audiobook, Chapter, Episode, Show, Track
from .names import LABELS, SCENES, STUDIOS, TALK
from .scene import Scene, Words

_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SLOT = re.compile(r"\{(\w+)\}")
_NEWEST = date(2026, 9, 25)
"""Nothing is released later, whatever the simulated time."""

SHOWS = 24
AUDIOBOOKS = 16
TWICE = 0.28
"""How often an artist with two releases also has one that repeats some of their recordings."""


def new_id(rng: Random) -> str:
    """Return 22 characters of base62."""
    return "".join(rng.choices(_BASE62, k=22))


def new_image_id(rng: Random) -> str:
    """Return 40 hexadecimal digits, as the paths of Spotify's images have."""
    return f"{rng.getrandbits(160):040x}"


def fill(template: str, words: Words, rng: Random) -> str:
    """Fill a template's slots with words and begin with a capital."""
    text = _SLOT.sub(lambda slot: rng.choice(words[slot[1]]), template)
    return text[:1].upper() + text[1:]


def _released(album: Album) -> date:
    """Return an album's day of release; New Year's Day where only the year is known."""
    return date.fromisoformat(
        album.release_date
        if len(album.release_date) > 4
        else f"{album.release_date}-01-01"
    )


@cache
def invent_catalogue(seed: int) -> Catalog:
    """Return the catalogue of a seed: always the same one."""
    inventor = _Inventor(Random(f"catalogue {seed}"))
    for key, scene in SCENES.items():
        inventor.add_scene(key, scene)
    for number in range(SHOWS):
        inventor.add_show(number)
    for _ in range(AUDIOBOOKS):
        inventor.add_audiobook()
    return inventor.catalogue(seed)


class _Inventor:
    """Adds one thing after the other from one stream of chance."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._names: set[str] = set()
        self._artists: dict[str, Artist] = {}
        self._albums: dict[str, Album] = {}
        self._tracks: dict[str, Track] = {}
        self._shows: dict[str, Show] = {}
        self._episodes: dict[str, Episode] = {}
        self._audiobooks: dict[str, Audiobook] = {}
        self._chapters: dict[str, Chapter] = {}

    def catalogue(self, seed: int) -> Catalog:
        """Put together what was invented, with the look-ups that everyone needs."""
        albums_of: dict[str, list[Album]] = defaultdict(list)
        for album in sorted(
            self._albums.values(), key=lambda album: album.release_date, reverse=True
        ):
            albums_of[album.artists[0].id].append(album)
        tracks_of: dict[str, list[Track]] = defaultdict(list)
        releases: dict[str, list[Track]] = defaultdict(list)
        for track in self._tracks.values():
            tracks_of[track.artists[0].id].append(track)
            releases[track.isrc].append(track)
        for artist_id, tracks in tracks_of.items():
            Random(f"popularity {seed} {artist_id}").shuffle(tracks)
        return Catalog(
            seed=seed,
            artists=self._artists,
            albums=self._albums,
            tracks=self._tracks,
            shows=self._shows,
            episodes=self._episodes,
            audiobooks=self._audiobooks,
            chapters=self._chapters,
            albums_by_artist=dict(albums_of),
            popular_by_artist=dict(tracks_of),
            releases_by_isrc=dict(releases),
        )

    def add_scene(self, key: str, scene: Scene) -> None:
        """Add a scene's artists, then their music, so that guests can come from all of the scene."""
        artists = [self._artist(key, scene) for _ in range(scene.artists)]
        for place, artist in enumerate(artists):
            self._discography(artist, scene, artists, place)

    def add_show(self, number: int) -> None:
        """Add a podcast with its episodes, newest first; the first two are daily."""
        rng = self._rng
        days = 1 if number < 2 else rng.choice((7, 7, 14))
        released = _NEWEST - timedelta(days=rng.randrange(days))
        episode_ids = tuple(
            new_id(rng) for _ in range(160 if days == 1 else rng.randint(24, 70))
        )
        show = Show(
            id=new_id(rng),
            name=self._fresh(TALK["show"], TALK),
            publisher=rng.choice(STUDIOS),
            description=f"{fill('{topic}, {topic} and {topic}', TALK, rng)}, every {'day' if days == 1 else 'week'}.",
            language=rng.choice(("en", "en", "nl", "de")),
            explicit=rng.random() < 0.1,
            image_id=new_image_id(rng),
            episode_ids=episode_ids,
        )
        self._shows[show.id] = show
        minutes = rng.choice((18, 27, 38, 55))
        words = TALK | {"n": ("",)}
        video = rng.random() < 0.3
        for place, episode_id in enumerate(episode_ids):
            template = rng.choice(TALK["episode"]).replace(
                "{n}", str(len(episode_ids) - place)
            )
            self._episodes[episode_id] = Episode(
                id=episode_id,
                name=fill(template, words, rng),
                show=show,
                description=fill(
                    "{first} {last} and {first} {last} on {topic}, {noun} and {place}.",
                    TALK,
                    rng,
                ),
                duration_ms=max(240_000, int(rng.gauss(minutes, minutes / 6) * 60_000)),
                explicit=show.explicit and rng.random() < 0.5,
                release_date=(released - timedelta(days=days * place)).isoformat(),
                image_id=show.image_id,
                has_video=video,
                uri=f"spotify:episode:{episode_id}",
            )

    def add_audiobook(self) -> None:
        """Add an audiobook with its chapters."""
        rng = self._rng
        chapter_ids = tuple(new_id(rng) for _ in range(rng.randint(12, 30)))
        book = Audiobook(
            id=new_id(rng),
            name=self._fresh(TALK["book"], TALK),
            authors=(fill("{first} {last}", TALK, rng),),
            narrators=(fill("{first} {last}", TALK, rng),),
            publisher=rng.choice(STUDIOS),
            description=fill("{first} leaves {place} and finds the {noun}.", TALK, rng),
            language="en",
            edition="Unabridged",
            explicit=False,
            image_id=new_image_id(rng),
            release_date=self._day(2009, 2024).isoformat(),
            chapter_ids=chapter_ids,
        )
        self._audiobooks[book.id] = book
        for number, chapter_id in enumerate(chapter_ids):
            self._chapters[chapter_id] = Chapter(
                id=chapter_id,
                name=f"Chapter {number + 1}",
                audiobook=book,
                chapter_number=number,
                duration_ms=rng.randint(14 * 60_000, 41 * 60_000),
                uri=f"spotify:episode:{chapter_id}",
            )

    def _fresh(self, templates: tuple[str, ...], words: Words) -> str:
        """Return a name that nobody has yet; a number tells the last ones apart."""
        for _ in range(40):
            name = fill(self._rng.choice(templates), words, self._rng)
            if name not in self._names:
                break
        else:
            name = f"{name} {len(self._names)}"
        self._names.add(name)
        return name

    def _day(self, first_year: int, last_year: int) -> date:
        """Return a release day; music comes out on Fridays."""
        day = date(
            self._rng.randint(first_year, last_year),
            self._rng.randint(1, 12),
            self._rng.randint(1, 25),
        )
        return day + timedelta(days=(4 - day.weekday()) % 7)

    def _artist(self, key: str, scene: Scene) -> Artist:
        artist = Artist(
            new_id(self._rng),
            self._fresh(scene.bands, scene.words),
            key,
            new_image_id(self._rng),
        )
        self._artists[artist.id] = artist
        return artist

    def _discography(
        self, artist: Artist, scene: Scene, peers: list[Artist], place: int
    ) -> None:
        """Add an artist's releases; the first artists of a scene are its best known and have more of them."""
        rng = self._rng
        first_year = rng.randint(scene.since, 2023)
        releases = 1 + (place < 8) + rng.randrange(2)
        long_players = []
        for number in range(releases):
            day = min(
                self._day(
                    min(first_year + number * 2, 2025),
                    min(first_year + number * 2 + 1, 2025),
                ),
                _NEWEST,
            )
            size = (
                rng.choice((1, 2, 4))
                if number and rng.random() < 0.35
                else rng.randint(7, 11)
            )
            album = self._release(artist, scene, peers, day, size)
            if size > 4:
                long_players.append(album)
        if len(long_players) >= 2 and rng.random() < TWICE:
            self._best_of(artist, long_players)
        if long_players and rng.random() < TWICE:
            self._lead_single(artist, long_players[-1])

    def _release(
        self, artist: Artist, scene: Scene, peers: list[Artist], day: date, size: int
    ) -> Album:
        rng = self._rng
        registrant = (
            f"{scene.isrc_country}{rng.choice('ABCDEFGH')}{rng.randint(10, 99)}"
        )
        remaster = (
            f" - Remastered {rng.choice((2009, 2011, 2014, 2021))}"
            if day.year < 1994 and rng.random() < 0.7
            else ""
        )
        titles: list[str] = []
        while len(titles) < size:
            title = fill(rng.choice(scene.titles), scene.words, rng)
            if title not in titles:
                titles.append(title)
        name = (
            rng.choice(titles)
            if size < 5 or rng.random() < 0.4
            else fill(rng.choice(scene.titles), scene.words, rng)
        )
        album = self._album(artist, name, "single" if size < 5 else "album", day, size)
        for number, track_id in enumerate(album.track_ids):
            guest = rng.choice(peers) if rng.random() < scene.features else artist
            title = (
                titles[number]
                + (
                    f" (feat. {guest.name})"
                    if guest is not artist and scene.features < 0.3
                    else ""
                )
                + remaster
            )
            self._track(
                track_id,
                title,
                (artist,) if guest is artist else (artist, guest),
                album,
                number + 1,
                duration_ms=max(
                    48_000, int(rng.gauss(*scene.seconds) * 1000) + rng.randrange(1000)
                ),
                isrc=f"{registrant}{day.year % 100:02d}{rng.randrange(100_000):05d}",
                explicit=rng.random() < scene.explicit,
            )
        return album

    def _best_of(self, artist: Artist, albums: list[Album]) -> None:
        """Repeat recordings of two albums on a third release: other URIs, the same ISRCs."""
        rng = self._rng
        source = [
            self._tracks[track_id] for album in albums for track_id in album.track_ids
        ]
        again = rng.sample(source, k=min(len(source), rng.randint(6, 9)))
        day = min(
            _released(albums[-1]) + timedelta(days=7 * rng.randint(60, 200)), _NEWEST
        )
        name = rng.choice(
            ("The Best of {}", "{}: Collected", "Essential {}", "{} – 20 Years")
        ).format(artist.name)
        self._repeat(self._album(artist, name, "compilation", day, len(again)), again)

    def _lead_single(self, artist: Artist, album: Album) -> None:
        """Let one track come out as a single six weeks before its album."""
        track = self._tracks[self._rng.choice(album.track_ids)]
        day = _released(album) - timedelta(weeks=6)
        self._repeat(self._album(artist, track.name, "single", day, 1), [track])

    def _repeat(self, album: Album, recordings: list[Track]) -> None:
        for number, (track_id, track) in enumerate(
            zip(album.track_ids, recordings, strict=True), start=1
        ):
            self._track(
                track_id,
                track.name,
                track.artists,
                album,
                number,
                duration_ms=track.duration_ms + self._rng.choice((0, 0, 13, -240, 800)),
                isrc=track.isrc,
                explicit=track.explicit,
            )

    def _album(
        self, artist: Artist, name: str, album_type: str, day: date, size: int
    ) -> Album:
        rng = self._rng
        album = Album(
            id=new_id(rng),
            name=name,
            album_type=album_type,
            artists=(artist,),
            release_date=str(day.year) if day.year < 1975 else day.isoformat(),
            label=rng.choice(LABELS),
            upc=f"{rng.randrange(10**13):013d}",
            image_id=new_image_id(rng),
            track_ids=tuple(new_id(rng) for _ in range(size)),
        )
        self._albums[album.id] = album
        return album

    def _track(
        self,
        track_id: str,
        name: str,
        artists: tuple[Artist, ...],
        album: Album,
        number: int,
        *,
        duration_ms: int,
        isrc: str,
        explicit: bool,
    ) -> None:
        self._tracks[track_id] = Track(
            id=track_id,
            name=name,
            artists=artists,
            album=album,
            duration_ms=duration_ms,
            isrc=isrc,
            track_number=number,
            disc_number=1,
            explicit=explicit,
            uri=f"spotify:track:{track_id}",
            artist_names=tuple(artist.name for artist in artists),
        )
