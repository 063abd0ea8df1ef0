"""What each person likes and when they listen: the habits that their past years are made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from itertools import accumulate
from random import Random

from .catalogue import Catalog
from .music import Artist

WEEKDAYS = frozenset(range(5))
WEEKEND = frozenset((5, 6))
EVERY_DAY = WEEKDAYS | WEEKEND

PHONE, COMPUTER, TV = 0, 1, 2
"""Places in `people.devices_of`."""


class Way(Enum):
    """A way to listen."""

    ALBUM = auto()
    """An album from front to back."""
    PLAYLIST = auto()
    """One of one's playlists, shuffled."""
    ARTIST = auto()
    """What is best known of an artist."""
    COLLECTION = auto()
    """One's saved tracks, shuffled."""
    OBSESSION = auto()
    """One track again and again."""
    PODCAST = auto()
    BOOK = auto()


@dataclass(frozen=True, slots=True)
class Occasion:
    """A time of the week when a person listens."""

    days: frozenset[int]
    """0 is Monday."""
    minute: int
    """Minute of the local day around which it begins."""
    spread: int
    """By how many minutes its beginning varies."""
    chance: float
    items: float
    """How many items it has on average."""
    device: int
    ways: Mapping[Way, float]
    certain: bool = False
    """Never missed in the days before the simulator starts."""


@dataclass(frozen=True, slots=True)
class Taste:
    """A person's taste and habits."""

    scenes: Mapping[str, float]
    """How much of what they hear belongs to a scene."""
    occasions: tuple[Occasion, ...]
    days: int
    """How far back their past goes."""
    skips: float = 0.18
    private: float = 0.015
    """How often a session is private."""
    offline: float = 0.05
    """How often a session on the phone is offline."""


_MUSIC = {
    Way.ALBUM: 34,
    Way.PLAYLIST: 30,
    Way.ARTIST: 14,
    Way.COLLECTION: 17,
    Way.OBSESSION: 5,
}
_TALK = {Way.PODCAST: 1}
_NIGHT = {Way.BOOK: 1}


def _at(hour: float) -> int:
    return int(hour * 60)


TASTES: Mapping[str, Taste] = {
    "alva": Taste(
        scenes={
            "norden": 30,
            "indie": 24,
            "jazz": 14,
            "folk": 12,
            "classical": 8,
            "electronic": 6,
            "nederpop": 4,
            "chanson": 2,
        },
        occasions=(
            Occasion(WEEKDAYS, _at(7.2), 25, 0.7, 1, PHONE, _TALK),
            Occasion(WEEKDAYS, _at(9.4), 50, 0.75, 15, COMPUTER, _MUSIC),
            Occasion(WEEKDAYS, _at(17.3), 30, 0.5, 7, PHONE, _MUSIC),
            Occasion(
                EVERY_DAY, _at(20.2), 40, 0.88, 13, COMPUTER, _MUSIC, certain=True
            ),
            Occasion(WEEKEND, _at(9.8), 60, 0.8, 12, PHONE, _MUSIC, certain=True),
            Occasion(WEEKEND, _at(15.0), 80, 0.6, 12, COMPUTER, _MUSIC),
            Occasion(EVERY_DAY, _at(22.9), 20, 0.25, 1, PHONE, _NIGHT),
        ),
        days=1900,
    ),
    "ben": Taste(
        scenes={
            "hiphop": 34,
            "soul": 22,
            "electronic": 20,
            "rock": 8,
            "indie": 8,
            "latin": 6,
            "jazz": 2,
        },
        occasions=(
            Occasion(WEEKDAYS, _at(6.9), 20, 0.55, 1, PHONE, _TALK),
            Occasion(WEEKDAYS, _at(8.2), 20, 0.8, 9, PHONE, _MUSIC, certain=True),
            Occasion(WEEKDAYS, _at(13.5), 70, 0.45, 10, COMPUTER, _MUSIC),
            Occasion(EVERY_DAY, _at(17.6), 35, 0.6, 14, PHONE, _MUSIC),
            Occasion(EVERY_DAY, _at(21.0), 50, 0.8, 12, TV, _MUSIC, certain=True),
            Occasion(WEEKEND, _at(11.5), 60, 0.7, 14, COMPUTER, _MUSIC),
            Occasion(frozenset((4, 5)), _at(23.6), 30, 0.4, 14, PHONE, _MUSIC),
        ),
        days=1700,
        skips=0.22,
    ),
    "cleo": Taste(
        scenes={
            "chanson": 36,
            "latin": 22,
            "soul": 12,
            "deutsch": 12,
            "folk": 10,
            "japan": 8,
        },
        occasions=(
            Occasion(WEEKDAYS, _at(8.0), 30, 0.6, 6, PHONE, _MUSIC),
            Occasion(EVERY_DAY, _at(19.4), 60, 0.7, 9, PHONE, _MUSIC, certain=True),
            Occasion(WEEKEND, _at(13.0), 90, 0.5, 9, COMPUTER, _MUSIC),
        ),
        days=1100,
        offline=0.0,
    ),
    "dara": Taste(
        scenes={"japan": 40, "rock": 26, "electronic": 22, "classical": 12},
        occasions=(
            Occasion(WEEKDAYS, _at(10.0), 60, 0.5, 12, COMPUTER, _MUSIC),
            Occasion(EVERY_DAY, _at(21.5), 60, 0.6, 8, PHONE, _MUSIC, certain=True),
        ),
        days=700,
    ),
}


@dataclass(frozen=True, slots=True)
class Favourites:
    """Artists with how likely each is heard, for `random.choices`."""

    artists: tuple[Artist, ...]
    cumulative: tuple[float, ...]

    def pick(self, rng: Random) -> Artist:
        """Return an artist by chance."""
        return rng.choices(self.artists, cum_weights=self.cumulative)[0]

    def most_liked(self, count: int) -> list[Artist]:
        """Return the artists liked best."""
        weights = dict(zip(self.artists, _differences(self.cumulative), strict=True))
        return sorted(self.artists, key=lambda artist: -weights[artist])[:count]


def _differences(cumulative: tuple[float, ...]) -> list[float]:
    return [
        later - earlier
        for earlier, later in zip((0.0, *cumulative), cumulative, strict=False)
    ]


def favourites(key: str, catalogue: Catalog, season: str = "") -> Favourites:
    """Return a person's favourites; a season (`2026-3`, a quarter) lifts a few of them above the rest."""
    taste = TASTES[key]
    lasting = Random(f"favourites {catalogue.seed} {key}")
    artists: list[Artist] = []
    weights: list[float] = []
    for scene, share in taste.scenes.items():
        members = [
            artist for artist in catalogue.artists.values() if artist.scene == scene
        ]
        lasting.shuffle(members)
        harmonic = sum(1 / rank for rank in range(1, len(members) + 1))
        artists += members
        weights += [share / rank / harmonic for rank in range(1, len(members) + 1)]
    if season:
        passing = Random(f"season {catalogue.seed} {key} {season}")
        for place in passing.sample(range(len(artists)), k=min(6, len(artists))):
            weights[place] += 2.5
    return Favourites(tuple(artists), tuple(accumulate(weights)))
