"""The invented catalogue: everything that can be looked up, played or found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .errors import UnknownThing
from .music import (
    Album,
    Artist,
    Audiobook,
    Chapter,
    Episode,
    Kind,
    Playable,
    Show,
    Thing,
    Track,
)
from .search import SearchIndex


@dataclass(frozen=True, slots=True)
class Catalog:
    """All that `invention.invent_catalogue(seed)` made. Never changes; playlists live elsewhere.

    The mappings are by id. Look-ups by URI raise `UnknownThing`.
    """

    seed: int
    artists: Mapping[str, Artist]
    albums: Mapping[str, Album]
    tracks: Mapping[str, Track]
    shows: Mapping[str, Show]
    episodes: Mapping[str, Episode]
    audiobooks: Mapping[str, Audiobook]
    chapters: Mapping[str, Chapter]
    albums_by_artist: Mapping[str, list[Album]]
    popular_by_artist: Mapping[str, list[Track]]
    releases_by_isrc: Mapping[str, list[Track]]
    _index: list[SearchIndex] = field(default_factory=list)

    def thing(self, uri: str) -> Thing:
        """Return what a `spotify:…` URI names; `spotify:show:` may be an audiobook, `spotify:episode:` a chapter."""
        _, _, rest = uri.partition("spotify:")
        word, _, thing_id = rest.partition(":")
        shelves: dict[str, tuple[Mapping[str, Thing], ...]] = {
            "artist": (self.artists,),
            "album": (self.albums,),
            "track": (self.tracks,),
            "show": (self.shows, self.audiobooks),
            "audiobook": (self.audiobooks,),
            "episode": (self.episodes, self.chapters),
            "chapter": (self.chapters,),
        }
        for shelf in shelves.get(word, ()):
            if thing_id in shelf:
                return shelf[thing_id]
        raise UnknownThing(uri)

    def playable(self, uri: str) -> Playable:
        """Return the track, episode or chapter of a URI."""
        thing = self.thing(uri)
        if isinstance(thing, Track | Episode | Chapter):
            return thing
        raise UnknownThing(uri)

    def tracks_of(self, album: Album) -> list[Track]:
        """Return an album's tracks in order."""
        return [self.tracks[track_id] for track_id in album.track_ids]

    def albums_of(self, artist: Artist) -> list[Album]:
        """Return an artist's releases, newest first."""
        return list(self.albums_by_artist.get(artist.id, ()))

    def popular_of(self, artist: Artist) -> list[Track]:
        """Return an artist's tracks, best known first: what plays for an artist context."""
        return list(self.popular_by_artist.get(artist.id, ()))

    def episodes_of(self, show: Show) -> list[Episode]:
        """Return a show's episodes, newest first."""
        return [self.episodes[episode_id] for episode_id in show.episode_ids]

    def chapters_of(self, audiobook: Audiobook) -> list[Chapter]:
        """Return a book's chapters in order."""
        return [self.chapters[chapter_id] for chapter_id in audiobook.chapter_ids]

    def releases_of(self, isrc: str) -> list[Track]:
        """Return every release of one recording."""
        return list(self.releases_by_isrc.get(isrc, ()))

    def search(self, query: str, kinds: Sequence[Kind]) -> dict[Kind, list[Thing]]:
        """Find by words (prefixes, without regard to case and diacritics), best first, all matches.

        Understands the filters `artist:`, `album:`, `track:`, `year:1990-1999` and `isrc:`. Playlists are
        not here: `world.search` finds them too.
        """
        if not self._index:  # built on the first search, kept with the catalogue
            self._index.append(
                SearchIndex(
                    (
                        self.artists,
                        self.albums,
                        self.tracks,
                        self.shows,
                        self.episodes,
                        self.audiobooks,
                    ),
                )
            )
        return self._index[0].find(query, kinds)
