"""What the catalogue is made of: artists, albums, tracks, shows, episodes, audiobooks, chapters.

All of it is invented and never changes. Ids are 22 characters of base62, as Spotify's are.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


class Kind(StrEnum):
    """The kinds of things that have a URI, by the word Spotify's API uses in `type`."""

    ARTIST = "artist"
    ALBUM = "album"
    TRACK = "track"
    PLAYLIST = "playlist"
    SHOW = "show"
    EPISODE = "episode"
    AUDIOBOOK = "audiobook"
    CHAPTER = "chapter"


@dataclass(frozen=True, slots=True)
class Artist:
    """An artist or band."""

    kind: ClassVar[Kind] = Kind.ARTIST

    id: str
    name: str
    scene: str
    """The scene it belongs to, a key of `names.SCENES`; people's taste is made of scenes."""
    image_id: str

    @property
    def uri(self) -> str:
        """`spotify:artist:…`."""
        return f"spotify:artist:{self.id}"


@dataclass(frozen=True, slots=True)
class Album:
    """An album, single or compilation. Its tracks are `catalogue.tracks_of(album)`."""

    kind: ClassVar[Kind] = Kind.ALBUM

    id: str
    name: str
    album_type: str
    """`album`, `single` or `compilation`."""
    artists: tuple[Artist, ...]
    release_date: str
    """`YYYY-MM-DD`, or shorter as `release_date_precision` says."""
    label: str
    upc: str
    image_id: str
    track_ids: tuple[str, ...]

    @property
    def uri(self) -> str:
        """`spotify:album:…`."""
        return f"spotify:album:{self.id}"

    @property
    def release_date_precision(self) -> str:
        """`day`, `month` or `year`."""
        return {4: "year", 7: "month"}.get(len(self.release_date), "day")

    @property
    def copyright(self) -> str:
        """Return the ℗ line."""
        return f"{self.release_date[:4]} {self.label}"


@dataclass(frozen=True, slots=True)
class Track:
    """A track as one release holds it; other releases of the same recording share its `isrc`."""

    kind: ClassVar[Kind] = Kind.TRACK

    id: str
    name: str
    artists: tuple[Artist, ...]
    """The main artist first, then the featured ones."""
    album: Album
    duration_ms: int
    isrc: str
    track_number: int
    disc_number: int
    explicit: bool
    uri: str
    """`spotify:track:…`."""
    artist_names: tuple[str, ...]

    @property
    def album_name(self) -> str:
        """The name of the release."""
        return self.album.name

    @property
    def image_id(self) -> str:
        """Return the cover of the release."""
        return self.album.image_id


@dataclass(frozen=True, slots=True)
class Show:
    """A podcast. Its episodes are `catalogue.episodes_of(show)`, newest first."""

    kind: ClassVar[Kind] = Kind.SHOW

    id: str
    name: str
    publisher: str
    description: str
    language: str
    explicit: bool
    image_id: str
    episode_ids: tuple[str, ...]

    @property
    def uri(self) -> str:
        """`spotify:show:…`."""
        return f"spotify:show:{self.id}"


@dataclass(frozen=True, slots=True)
class Episode:
    """One episode of a show."""

    kind: ClassVar[Kind] = Kind.EPISODE

    id: str
    name: str
    show: Show
    description: str
    duration_ms: int
    explicit: bool
    release_date: str
    image_id: str
    has_video: bool
    uri: str
    """`spotify:episode:…`."""

    @property
    def artist_names(self) -> tuple[str, ...]:
        """The show, where a track has its artists."""
        return (self.show.name,)

    @property
    def album_name(self) -> str:
        """The show, where a track has its album."""
        return self.show.name


@dataclass(frozen=True, slots=True)
class Audiobook:
    """An audiobook. Its chapters are `catalogue.chapters_of(book)`.

    Its URI looks like a show's, and its chapters' like episodes', as Spotify's do.
    """

    kind: ClassVar[Kind] = Kind.AUDIOBOOK

    id: str
    name: str
    authors: tuple[str, ...]
    narrators: tuple[str, ...]
    publisher: str
    description: str
    language: str
    edition: str
    explicit: bool
    image_id: str
    release_date: str
    chapter_ids: tuple[str, ...]

    @property
    def uri(self) -> str:
        """`spotify:show:…`."""
        return f"spotify:show:{self.id}"


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter of an audiobook."""

    kind: ClassVar[Kind] = Kind.CHAPTER

    id: str
    name: str
    audiobook: Audiobook
    chapter_number: int
    """From 0, as Spotify counts."""
    duration_ms: int
    uri: str
    """`spotify:episode:…`."""

    @property
    def artist_names(self) -> tuple[str, ...]:
        """The book, where a track has its artists."""
        return (self.audiobook.name,)

    @property
    def album_name(self) -> str:
        """The book, where a track has its album."""
        return self.audiobook.name

    @property
    def image_id(self) -> str:
        """Return the cover of the book."""
        return self.audiobook.image_id

    @property
    def explicit(self) -> bool:
        """Whether the book is."""
        return self.audiobook.explicit


type Playable = Track | Episode | Chapter
"""What a player can sound. Each has id, uri, name, duration_ms, artist_names, album_name, image_id, kind."""

type Thing = Artist | Album | Track | Show | Episode | Audiobook | Chapter
"""Everything the catalogue holds; playlists are kept by `playlists.Playlists`, because they change."""
