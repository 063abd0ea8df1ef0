"""The sections of a library at Spotify: where each is read, and how its rows are parsed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from ...history.model import Kind
from ...history.records.podcast_progress import Episode, Show
from ...history.records.saved_library import LibrarySection, SavedItem
from ..api.items import AUDIOBOOK, makers_of, picture_of
from ..api.pages import Page, read_page
from ..api.playlists import read_playlist
from ..api.response_fields import count_of, moment_of, object_of, text_of
from ..api.shows import read_episode, read_show
from ..auth.scopes import needed_scopes
from ..call_purpose import Purpose


def _parts_of_show(thing: Mapping[str, Any]) -> int | None:
    show = read_show(thing)
    return show.total if show else None


@dataclass(frozen=True, slots=True)
class Section:
    """How a section is read. `kind` is Spotify's word for what is in it, and for where that stands in a row."""

    kind: str
    path: str
    """Its endpoint, below `/v1/`."""
    purpose: Purpose
    parts: Callable[[Mapping[str, Any]], int | None] = lambda _: None
    """How many parts Spotify says that a thing of it has."""
    arguments: Mapping[str, object] | None = None

    @property
    def scopes(self) -> frozenset[str]:
        """The scopes without which it cannot be read."""
        return needed_scopes("GET", self.path)


SECTIONS: Final[Mapping[LibrarySection, Section]] = {
    LibrarySection.TRACKS: Section("track", "me/tracks", Purpose.LIBRARY),
    LibrarySection.ALBUMS: Section(
        "album",
        "me/albums",
        Purpose.LIBRARY,
        lambda album: count_of(album.get("total_tracks")),
    ),
    LibrarySection.ARTISTS: Section(
        "artist", "me/following", Purpose.LIBRARY, arguments={"type": "artist"}
    ),
    LibrarySection.PLAYLISTS: Section("playlist", "me/playlists", Purpose.PLAYLISTS),
    LibrarySection.SHOWS: Section("show", "me/shows", Purpose.PODCASTS, _parts_of_show),
    LibrarySection.EPISODES: Section("episode", "me/episodes", Purpose.PODCASTS),
    LibrarySection.AUDIOBOOKS: Section(
        AUDIOBOOK, "me/audiobooks", Purpose.PODCASTS, _parts_of_show
    ),
}
SECTION_OF: Final = {each.kind: section for section, each in SECTIONS.items()}
"""In which section a thing of each kind is."""
SHOW_SECTIONS: Final = {
    LibrarySection.SHOWS: Kind.EPISODE,
    LibrarySection.AUDIOBOOKS: Kind.CHAPTER,
}
"""The sections of shows and audiobooks, with the kind of their parts."""


@dataclass(frozen=True, slots=True)
class SavedRow:
    """One row of a section; a saved episode comes with its show and its resume point."""

    item: SavedItem
    episode: tuple[Show, Episode] | None = None


def saved_show(section: LibrarySection, item: SavedItem) -> Show:
    """Return a saved show or audiobook as what episodes or chapters are of."""
    kind = SHOW_SECTIONS[section]
    return Show(item.uri, item.name, kind, item.image_url, item.parts or 0)


def read_section(section: LibrarySection, answer: Mapping[str, Any]) -> Page[SavedRow]:
    """Read a page of a section; what cannot be read is left out."""
    return read_page(list_in(section, answer), partial(_read_row, section))


def list_in(section: LibrarySection, answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the list of an answer, which followed artists have one level down."""
    if section is LibrarySection.ARTISTS:
        return object_of(answer.get("artists"))
    return answer


def _read_row(section: LibrarySection, row: Mapping[str, Any]) -> SavedRow | None:
    """Read a row, in which the thing stands below its kind, or by itself, as audiobooks do at times."""
    about = SECTIONS[section]
    thing = object_of(row.get(about.kind)) or row
    uri, name = text_of(thing.get("uri")), text_of(thing.get("name"))
    parts = about.parts(thing)
    if section is LibrarySection.PLAYLISTS and (playlist := read_playlist(thing)):
        uri, name, parts = playlist.uri, playlist.name, playlist.items
    if uri is None or name is None:
        return None
    by = (
        ", ".join(makers_of(thing))
        or text_of(thing.get("publisher"))
        or text_of(object_of(thing.get("owner")).get("id"))
        or ""
    )
    added_at = moment_of(row.get("added_at"))
    item = SavedItem(uri, name, by, added_at, picture_of(thing), parts)
    if section is not LibrarySection.EPISODES:
        return SavedRow(item)
    show, episode = read_show(object_of(thing.get("show"))), read_episode(thing)
    return SavedRow(item, (show, episode) if show and episode else None)
