"""The invented catalogue: everything that can be looked up, played or found."""

from collections.abc import Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that `invention.invent_catalogue(seed)` made. Never changes; playlists live elsewhere.

    The mappings are by id. Look-ups raise `UnknownThing`.
    """

    seed: int
    artists: dict[str, Artist]
    albums: dict[str, Album]
    tracks: dict[str, Track]
    shows: dict[str, Show]
    episodes: dict[str, Episode]
    audiobooks: dict[str, Audiobook]
    chapters: dict[str, Chapter]

    def thing(self, uri: str) -> Thing:
        """Return what a `spotify:…` URI names; `spotify:show:` may be an audiobook, `spotify:episode:` a chapter."""
        raise NotImplementedError

    def playable(self, uri: str) -> Playable:
        """Return the track, episode or chapter of a URI."""
        raise NotImplementedError

    def tracks_of(self, album: Album) -> list[Track]:
        """Return an album's tracks in order."""
        raise NotImplementedError

    def albums_of(self, artist: Artist) -> list[Album]:
        """Return an artist's releases, newest first."""
        raise NotImplementedError

    def popular_of(self, artist: Artist) -> list[Track]:
        """Return an artist's tracks, best known first: what plays for an artist context."""
        raise NotImplementedError

    def episodes_of(self, show: Show) -> list[Episode]:
        """Return a show's episodes, newest first."""
        raise NotImplementedError

    def chapters_of(self, audiobook: Audiobook) -> list[Chapter]:
        """Return a book's chapters in order."""
        raise NotImplementedError

    def releases_of(self, isrc: str) -> list[Track]:
        """Return every release of one recording."""
        raise NotImplementedError

    def search(self, query: str, kinds: Sequence[Kind]) -> dict[Kind, list[Thing]]:
        """Find by words (prefixes, without regard to case and diacritics), best first, all matches.

        Understands `artist:`, `album:`, `track:`, `year:1990-1999`, `isrc:` filters. Playlists are not here:
        `world.search` finds them too.
        """
        raise NotImplementedError
