"""What there is to hear: made-up artists with tracks and albums, podcasts and books, the same for the same seed."""

import random
from typing import Final

import numpy as np
from numpy.typing import NDArray

EPISODES: Final = 4_000
SHOWS: Final = 80
CHAPTERS: Final = 200
CHAPTERS_A_BOOK: Final = 20

_SYLLABLES: Final = (
    "ka", "lo", "mi", "ra", "ven", "tor", "el", "shi", "no", "bra", "del", "fy", "ö", "un", "æ", "qui", "san",
    "jo", "ber", "lin", "mar", "tek", "é", "ow", "night", "blue", "dr", "house", "sun", "ly", "in", "gold",
)  # fmt: skip
_WORDS: Final = (
    "Love", "Night", "The", "Of", "Blue", "Fire", "Home", "Dance", "You", "Me", "Rain", "Gold", "Dream", "Summer",
    "Heart", "Light", "City", "Away", "Run", "Time", "Little", "Black", "Ghost", "River", "Sky", "Wild", "Slow",
    "Young", "Forever", "Again",
)  # fmt: skip
_DIGITS: Final = np.frombuffer(
    b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", np.uint8
)
"""Of base 62, in which Spotify writes its ids."""
_URI_LENGTH: Final = 22

_NO_TRACK: Final = {
    "master_metadata_track_name": None,
    "master_metadata_album_artist_name": None,
    "master_metadata_album_album_name": None,
    "spotify_track_uri": None,
}
_NO_EPISODE: Final = {
    "episode_name": None,
    "episode_show_name": None,
    "spotify_episode_uri": None,
}
_NO_CHAPTER: Final = {
    "audiobook_title": None,
    "audiobook_uri": None,
    "audiobook_chapter_uri": None,
    "audiobook_chapter_title": None,
}

type Names = dict[str, str | None]


class Catalogue:
    """Items by number: first the tracks, artist by artist, then episodes, chapters, and one that is nothing."""

    def __init__(self, rows: int, seed: int, tracks_an_album: int) -> None:
        """Make a catalogue that is as large as households with so many rows need."""
        self._tracks_an_album = tracks_an_album
        chance = np.random.default_rng(seed)
        scale = (rows / 1e6) ** 0.6
        artists = max(2_000, int(22_000 * scale))
        # The few have many tracks, most have one or two.
        share = np.minimum(1 + chance.pareto(1.3, artists) * 3, 400)
        wanted = max(8_000, int(160_000 * scale)) / share.sum()
        self.tracks_of = np.maximum(1, share * wanted).astype(np.int64)
        """How many tracks each artist has."""
        self.first_of = np.cumsum(self.tracks_of) - self.tracks_of
        """The first track of each artist."""
        self.tracks = int(self.tracks_of.sum())
        self.episodes = self.tracks
        self.chapters = self.episodes + EPISODES
        self.nothing = self.chapters + CHAPTERS
        self._artists = _artists(artists, random.Random(seed))
        size = self.nothing + 1
        self._words = chance.integers(0, len(_WORDS), (size, 4), np.uint8)
        self._how_many = chance.integers(1, 5, size, np.uint8)
        self._remastered = np.where(
            chance.random(size) < 0.15, chance.integers(1, 25, size), 0
        )
        self._show = np.minimum(
            chance.exponential(1 / 0.06, EPISODES).astype(np.int64), SHOWS - 1
        )
        digits = _DIGITS[chance.integers(0, len(_DIGITS), (size, _URI_LENGTH))]
        self._ids: NDArray[np.bytes_] = digits.view(f"S{_URI_LENGTH}")[:, 0]

    def names(self, item: int) -> Names:
        """Return the eleven keys of an export's row that name an item."""
        if item < self.episodes:
            return {**self._track(item), **_NO_EPISODE, **_NO_CHAPTER}
        if item < self.chapters:
            return {**_NO_TRACK, **self._episode(item), **_NO_CHAPTER}
        if item < self.nothing:
            return {**_NO_TRACK, **_NO_EPISODE, **self._chapter(item)}
        return {**_NO_TRACK, **_NO_EPISODE, **_NO_CHAPTER}

    def _track(self, item: int) -> Names:
        artist = int(np.searchsorted(self.first_of, item, "right")) - 1
        place = item - int(self.first_of[artist])
        album = item - place % self._tracks_an_album
        title = self._said(item)
        if year := self._remastered[item]:
            title += f" - Remastered 20{year:02d}"
        return {
            "master_metadata_track_name": title,
            "master_metadata_album_artist_name": self._artists[artist],
            "master_metadata_album_album_name": self._said(album, 3),
            "spotify_track_uri": f"spotify:track:{self._id(item)}",
        }

    def _episode(self, item: int) -> Names:
        number = item - self.episodes
        show = int(self._show[number])
        return {
            "episode_name": f"#{number} {self._said(item)}",
            "episode_show_name": f"{_WORDS[show % 30]} {_WORDS[show // 3]} Podcast",
            "spotify_episode_uri": f"spotify:episode:{self._id(item)}",
        }

    def _chapter(self, item: int) -> Names:
        book, chapter = divmod(item - self.chapters, CHAPTERS_A_BOOK)
        return {
            "audiobook_title": f"Book {book + 1}",
            "audiobook_uri": f"spotify:show:{book:022d}",
            "audiobook_chapter_uri": f"spotify:episode:{self._id(item)}",
            "audiobook_chapter_title": f"Chapter {chapter + 1}",
        }

    def _said(self, item: int, most: int = 4) -> str:
        words = self._words[item, : min(most, self._how_many[item])]
        return " ".join(_WORDS[word] for word in words)

    def _id(self, item: int) -> str:
        return bytes(self._ids[item]).decode()


def zipf(size: int, exponent: float) -> NDArray[np.float64]:
    """Return the cumulated chances of ranks, the first of which is the most likely."""
    weights = np.cumsum(1.0 / np.arange(1, size + 1) ** exponent)
    chances: NDArray[np.float64] = weights / weights[-1]
    return chances


def _artists(number: int, chance: random.Random) -> list[str]:
    """Return different names."""
    names: dict[str, None] = {}
    while len(names) < number:
        syllables = chance.choices(_SYLLABLES, k=chance.randint(2, 5))
        name = "".join(syllables).title()
        if chance.random() < 0.4:
            name = f"{chance.choice(_WORDS)} {name}"
        if name in names:
            name = f"{name} {len(names)}"
        names[name] = None
    return list(names)
