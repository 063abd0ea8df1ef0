"""Reads what is inside of an album, playlist, show or audiobook, and the albums of an artist."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from operator import methodcaller
from typing import Any, Final

from ..api.gateway import due
from ..api.items import SpotifyThing, read_thing
from ..api.pages import A_PAGE
from ..api.player_calls import SpotifyGateway
from ..api.response_fields import object_of
from ..api.share_links import Link
from ..call_purpose import Priority, Purpose
from .library_reader import ListPart, offset_of, part_of

_ALBUMS_OF_AN_ARTIST: Final = 10
"""Spotify gives no more in one answer since February 2026."""


@dataclass(frozen=True, slots=True)
class _Inside:
    """How a thing and what is inside of it are asked for."""

    get: str
    """spotipy's method for the thing; its answer has the first part of the list."""
    items: tuple[str, ...]
    """Where in that answer the list stands, the newest word first; none where another call has it."""
    list: str
    """spotipy's method for a later part."""
    purpose: Purpose
    row: tuple[str, ...] = ()
    """Where in a row of the list the thing stands, the newest word first; none for the row itself."""
    arguments: Mapping[str, object] = field(default_factory=dict)
    limit: int = A_PAGE


_INSIDE: Final = {
    "album": _Inside("album", ("tracks",), "album_tracks", Purpose.METADATA),
    "artist": _Inside(
        "artist", (), "artist_albums", Purpose.METADATA, limit=_ALBUMS_OF_AN_ARTIST
    ),
    "playlist": _Inside(
        "playlist",
        ("items", "tracks"),
        "playlist_items",
        Purpose.PLAYLISTS,
        ("item", "track"),
        {"additional_types": ("track", "episode")},
    ),
    "show": _Inside("show", ("episodes",), "show_episodes", Purpose.PODCASTS),
    "audiobook": _Inside(
        "get_audiobook", ("chapters",), "get_audiobook_chapters", Purpose.PODCASTS
    ),
}


async def async_contents(
    gateway: SpotifyGateway, link: Link, more: str | None = None
) -> ListPart:
    """Return what is in an album, playlist, show or audiobook, or an artist's albums, for a person who waits.

    One call a part, but two for the first of an artist. Raises SpotifyError, and KeyError for other kinds.
    """
    inside = _INSIDE[link.kind]
    offset = offset_of(more)

    async def read(
        method: str, *part: object, **arguments: object
    ) -> tuple[Mapping[str, Any], int | None]:
        answered = await gateway.async_read(
            methodcaller(method, link.id, **arguments, **inside.arguments),
            purpose=inside.purpose,
            priority=Priority.PERSON,
            key=("inside", link, *part),
        )
        return due(answered.value), answered.stale_from(inside.purpose)

    whole: SpotifyThing | None = None
    if not offset:
        answer, stale_from = await read(inside.get)
        whole = read_thing(answer)
        if inside.items:
            lists = (object_of(answer.get(word)) for word in inside.items)
            rows = next(filter(None, lists), {})
            part = part_of(rows, 0, *inside.row, stale_from=stale_from)
            return _pictured(part, whole)
    answer, stale_from = await read(
        inside.list, offset, limit=inside.limit, offset=offset
    )
    part = part_of(answer, offset, *inside.row, stale_from=stale_from)
    return replace(part, whole=whole)


def _pictured(part: ListPart, whole: SpotifyThing | None) -> ListPart:
    """Return a part with the picture of the whole where things lack their own, as the tracks of an album do."""
    picture = whole.image_url if whole else None
    things = tuple(
        replace(each, image_url=each.image_url or picture) for each in part.things
    )
    return replace(part, things=things, whole=whole)
