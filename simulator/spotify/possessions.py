"""What each person owns at first: saved music, followed artists and shows, playlists of their own and of others."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from .catalogue import Catalog
from .invention import fill, invent_catalogue, new_id, new_image_id
from .music import Track
from .names import SCENES
from .people import Library, Person
from .playlists import Playlist, PlaylistEntry
from .taste import TASTES, favourites

DAY_MS = 86_400_000
COLLECTED_FROM_MS = 1_577_836_800_000
"""2020: when the first of it was saved."""
COLLECTED_UNTIL_MS = 1_790_000_000_000
"""September 2026: when the last of it was."""

_NAMES = (
    "Sunday Morning",
    "Hardlopen 🏃",
    "Keuken",
    "Focus",
    "Roadtrip ’24",
    "Dinner w/ friends",
    "Throwback",
    "Nieuw & goed",
    "Rain",
)
_STRANGERS = (
    ("nachtradio", "Nachtradio"),
    ("31hq6vlowpreqb7sxzmc4yk2adue", "Joëlle & co"),
    ("fieldnoterecs", "Fieldnote"),
)


@dataclass(frozen=True, slots=True)
class Possessions:
    """Ids in the order they were saved, newest first."""

    track_ids: tuple[str, ...]
    album_ids: tuple[str, ...]
    artist_ids: tuple[str, ...]
    show_ids: tuple[str, ...]
    episode_ids: tuple[str, ...]
    audiobook_ids: tuple[str, ...]
    playlists: tuple[Playlist, ...]
    """Their own, a collaborative one, and followed ones of others. Copy before changing."""


@lru_cache(maxsize=16)
def _possessions(person: Person, seed: int) -> Possessions:
    catalogue = invent_catalogue(seed)
    rng = Random(f"possessions {seed} {person.key}")
    liked = favourites(person.key, catalogue)
    tracks: dict[str, Track] = {}
    while len(tracks) < 180:
        known = catalogue.popular_by_artist[liked.pick(rng).id]
        track = known[min(int(rng.expovariate(0.4)), len(known) - 1)]
        tracks[track.id] = track
    albums = {
        rng.choice(catalogue.albums_by_artist[liked.pick(rng).id]).id for _ in range(40)
    }
    shows = rng.sample(sorted(catalogue.shows), k=5)
    return Possessions(
        track_ids=tuple(tracks),
        album_ids=tuple(sorted(albums)),
        artist_ids=tuple(artist.id for artist in liked.most_liked(25)),
        show_ids=tuple(shows),
        episode_ids=tuple(
            catalogue.shows[show_id].episode_ids[rng.randrange(20)]
            for show_id in shows[:4]
        ),
        audiobook_ids=tuple(rng.sample(sorted(catalogue.audiobooks), k=3)),
        playlists=tuple(_playlists(person, catalogue, list(tracks.values()), rng)),
    )


def possessions_of(person: Person, catalogue: Catalog) -> Possessions:
    """Return what a person owns at first; always the same."""
    return _possessions(person, catalogue.seed)


def library_of(person: Person, catalogue: Catalog) -> Library:
    """Return a person's library as it is at first."""
    own = possessions_of(person, catalogue)
    rng = Random(f"library {catalogue.seed} {person.key}")
    return Library(
        tracks=_dated(own.track_ids, rng),
        albums=_dated(own.album_ids, rng),
        shows=_dated(own.show_ids, rng),
        episodes=_dated(own.episode_ids, rng),
        audiobooks=_dated(own.audiobook_ids, rng),
        artists=_dated(own.artist_ids, rng),
        playlists=_dated((playlist.id for playlist in own.playlists), rng),
        audiobook_ids=catalogue.audiobooks.keys(),
    )


def _dated(ids: Iterable[str], rng: Random) -> dict[str, int]:
    ids = list(ids)
    moments = sorted(
        (
            rng.randrange(COLLECTED_FROM_MS, COLLECTED_UNTIL_MS) // 1000 * 1000
            for _ in ids
        ),
        reverse=True,
    )
    return dict(zip(ids, moments, strict=True))


def _playlists(
    person: Person, catalogue: Catalog, saved: list[Track], rng: Random
) -> list[Playlist]:
    """Make four playlists of one's own, a collaborative one, and two of somebody else."""
    liked = favourites(person.key, catalogue)
    playlists = []
    names = rng.sample(_NAMES, k=5)
    for number, name in enumerate(names):
        collaborative = number == 4
        tracks = rng.sample(saved, k=rng.randint(12, 30))
        tracks += [
            rng.choice(catalogue.popular_by_artist[liked.pick(rng).id])
            for _ in range(rng.randint(10, 50))
        ]
        playlists.append(
            _playlist(
                person.id,
                person.display_name,
                name,
                tracks,
                rng,
                public=not collaborative and number != 1,
                collaborative=collaborative,
            )
        )
    for owner_id, owner_name in rng.sample(_STRANGERS, k=2):
        scene = rng.choice(tuple(TASTES[person.key].scenes))
        of_scene = [
            track
            for track in catalogue.tracks.values()
            if track.artists[0].scene == scene
        ]
        name = fill(rng.choice(SCENES[scene].titles), SCENES[scene].words, rng)
        playlists.append(
            _playlist(
                owner_id,
                owner_name,
                name,
                rng.sample(of_scene, k=50),
                rng,
                public=True,
                collaborative=False,
            )
        )
    return playlists


def _playlist(
    owner_id: str,
    owner_name: str,
    name: str,
    tracks: list[Track],
    rng: Random,
    *,
    public: bool,
    collaborative: bool,
) -> Playlist:
    unique = list(dict.fromkeys(tracks))
    first = (
        rng.randrange(COLLECTED_FROM_MS, COLLECTED_UNTIL_MS - 400 * DAY_MS)
        // 1000
        * 1000
    )
    return Playlist(
        id=new_id(rng),
        name=name,
        owner_id=owner_id,
        owner_name=owner_name,
        description=rng.choice(("", "", "for later", "alles door elkaar")),
        public=public,
        collaborative=collaborative,
        image_id=new_image_id(rng),
        entries=[
            PlaylistEntry(track, first + place * 3 * DAY_MS, owner_id)
            for place, track in enumerate(unique)
        ],
    )
