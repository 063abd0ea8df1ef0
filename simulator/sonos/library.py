"""The music library on a network share, as the directory lists it: by artist, album, genre, composer and track."""

from collections.abc import Sequence
from dataclasses import dataclass
import re
from typing import Final
from urllib.parse import quote, unquote

from .didl import container
from .soap import NO_SUCH_OBJECT, UPnPFault
from .tracks import SonosTrack

SHARE: Final = "//nas/music"
_TRACKS: Final = 12
_GENRES: Final = ("Folk", "Jazz")
_IMPORTED: Final = {"Evening.m3u": (3, 0, 7), "Kitchen party.m3u": (1, 4)}
"""Playlists that lie on the share, as places in the library."""

_LEVELS: Final[dict[str, tuple[str, ...]]] = {
    "ARTIST": ("artist", "album"),
    "ALBUMARTIST": ("artist", "album"),
    "ALBUM": ("album",),
    "GENRE": ("genre", "artist", "album"),
    "COMPOSER": ("composer", "album"),
    "TRACKS": (),
}
_CLASSES: Final = {
    "artist": "object.container.person.musicArtist",
    "album": "object.container.album.musicAlbum",
    "genre": "object.container.genre.musicGenre",
    "composer": "object.container.person.composer",
}


@dataclass(frozen=True, slots=True)
class LibraryTrack:
    """A track with what it is filed under."""

    track: SonosTrack
    genre: str
    composer: str

    def filed(self, level: str) -> str:
        """Return what the track is filed under at a level."""
        match level:
            case "artist":
                return self.track.artist
            case "album":
                return self.track.album
            case "genre":
                return self.genre
        return self.composer


class Library:
    """A dozen tracks. Object ids are those of Sonos: `A:ALBUMARTIST/Band%201:needle`, names escaped."""

    def __init__(self) -> None:
        """Fill the share."""
        self._filed = [_library_track(number) for number in range(1, _TRACKS + 1)]
        self.tracks = [one.track for one in self._filed]

    def by_uri(self, uri: str) -> list[SonosTrack]:
        """Return what a URI of the library stands for: a track, or all of a container (`x-rincon-playlist:`)."""
        if found := re.match(r"x-rincon-playlist:\w+#(.+)", uri):
            return self.tracks_of(found.group(1))
        if found := re.fullmatch(r"x-file-cifs:(.+)/([^/]+\.m3u)", uri):
            places = _IMPORTED.get(unquote(found.group(2)), ())
            return [self.tracks[place] for place in places]
        return [track for track in self.tracks if track.uri == uri]

    def tracks_of(self, object_id: str) -> list[SonosTrack]:
        """Return all tracks below an object, at whatever depth; fault 701 if there is no such object."""
        levels, names, needle = _parsed(object_id)
        return [one.track for one in self._below(levels, names, needle)]

    def children(self, object_id: str, uid: str) -> list[str]:
        """Return the children of an object as XML; fault 701 if there is none. `uid` is that of who lists them."""
        if object_id == "A:":
            return [
                container(f"A:{name}", "A:", name.capitalize(), "object.container")
                for name in (*_LEVELS, "PLAYLISTS")
            ]
        if object_id == "A:PLAYLISTS":
            return [_imported(name) for name in _IMPORTED]
        if object_id == "S:":
            return [container(f"S:{SHARE}", "S:", SHARE, "object.container")]
        if object_id == f"S:{SHARE}":
            return _items(self.tracks, object_id)
        if object_id.endswith(".m3u"):
            path = object_id.removeprefix("S:")
            return _items(self.by_uri(f"x-file-cifs:{path}"), object_id)
        levels, names, needle = _parsed(object_id)
        if len(names) >= len(levels):
            below = self._below(levels, names, needle)
            return _items([one.track for one in below], object_id)
        level = levels[len(names)]
        below = self._below(levels, names, "")
        titles = sorted({one.filed(level) for one in below})
        parent = object_id.partition(":")[2].partition(":")[0]
        return [
            _filed_container(f"A:{parent}", title, level, uid)
            for title in titles
            if needle in title.lower()
        ]

    def _below(
        self, levels: Sequence[str], names: Sequence[str], needle: str
    ) -> list[LibraryTrack]:
        """Return the tracks under these names (an empty one stands for all), narrowed to a title at the end."""
        searched = needle if len(names) >= len(levels) else ""
        return [
            one
            for one in self._filed
            if all(
                name in ("", one.filed(level))
                for level, name in zip(levels, names, strict=False)
            )
            and searched in one.track.title.lower()
        ]


def _parsed(object_id: str) -> tuple[tuple[str, ...], list[str], str]:
    """Return the levels of an object's tree, the names down to it, and what is searched for."""
    found = re.fullmatch(r"A:([A-Z]+)((?:/[^/:]*)*)(?::(.*))?", object_id)
    if found is None or found.group(1) not in _LEVELS:
        raise UPnPFault(NO_SUCH_OBJECT)
    names = [unquote(name) for name in found.group(2).split("/")[1:]]
    return _LEVELS[found.group(1)], names, unquote(found.group(3) or "").lower()


def _items(tracks: Sequence[SonosTrack], parent: str) -> list[str]:
    return [
        track.item(f"S:{SHARE}/{quote(track.title)}.flac", parent) for track in tracks
    ]


def _filed_container(parent: str, title: str, level: str, uid: str) -> str:
    object_id = f"{parent}/{quote(title, safe='')}"
    uri = f"x-rincon-playlist:{uid}#{object_id}"
    return container(
        object_id,
        parent,
        title,
        _CLASSES[level],
        f'<res protocolInfo="x-rincon-playlist:*:*:*">{uri}</res>',
    )


def _imported(name: str) -> str:
    path = f"{SHARE}/{quote(name)}"
    return container(
        f"S:{path}",
        "A:PLAYLISTS",
        name.removesuffix(".m3u"),
        "object.container.playlistContainer",
        f'<res protocolInfo="x-file-cifs:*:audio/mpegurl:*">x-file-cifs:{path}</res>',
    )


def _library_track(number: int) -> LibraryTrack:
    track = SonosTrack(
        uri=f"x-file-cifs:{SHARE}/Band%20{number}/{number:02d}%20Song.flac",
        title=f"Song {number}",
        artist=f"Band {number}",
        album=f"Album {number % 3}",
        duration_s=150 + number,
        art=f"/getaa?u=x-file-cifs%3a%2f%2fnas%2fmusic%2f{number}&v=1",
        protocol="x-file-cifs:*:audio/flac:*",
    )
    return LibraryTrack(track, _GENRES[number % 2], f"Composer {number % 4}")
