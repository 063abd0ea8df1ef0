"""Browses the sections of an account's library, and what is inside of items.

Each method makes one call, but that for an artist, who is named by another one than their albums.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final, final

from homeassistant.util import dt as dt_util

from ..api.call_purpose import Priority, Purpose
from ..api.gateway import SpotifyGateway, due
from ..api.items import SpotifyThing, read_thing, read_things
from ..api.pages import A_PAGE
from ..api.response_fields import count_of, list_of, object_of, text_of
from ..budget.response_cache import KEPT_S
from ..errors import Unavailable

if TYPE_CHECKING:
    import spotipy

ALBUMS_OF_AN_ARTIST: Final = 10
"""The same for the albums of an artist, since February 2026."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A part of a list. `more` is where the next part begins, None at the end."""

    things: tuple[SpotifyThing, ...]
    more: str | None = None
    whole: SpotifyThing | None = None
    """What the list is in: the album of tracks, the artist of albums."""
    stale_from: int | None = None
    """When Spotify said so (UTC ms), where it can not be asked anew now."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """An answer of Spotify's, and since when it stands where it can not be asked anew."""

    body: Mapping[str, Any]
    stale_from: int | None = None


@dataclass(frozen=True, slots=True)
class _Inside:
    """How a thing and what is inside of it are asked for."""

    get: str
    """spotipy's method for the thing, whose answer has the first part of the list."""
    items: tuple[str, ...]
    """Where in that answer the list stands, the newest word first."""
    list: str
    """spotipy's method for a later part."""
    purpose: Purpose
    row: tuple[str, ...] = ()
    """Where in a row of the list the thing stands, the newest word first; none for the row itself."""
    arguments: Mapping[str, object] = field(default_factory=dict)


_INSIDE: Final = {
    "album": _Inside("album", ("tracks",), "album_tracks", Purpose.METADATA),
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

_SAVED: Final[Mapping[str, tuple[Purpose, str]]] = {
    "tracks": (Purpose.LIBRARY, "track"),
    "albums": (Purpose.LIBRARY, "album"),
    "shows": (Purpose.PODCASTS, "show"),
    "episodes": (Purpose.PODCASTS, "episode"),
    "audiobooks": (Purpose.PODCASTS, "audiobook"),
}


@final
class LibraryBrowser:
    """What a person can take from; each method raises a SpotifyError when it fails, ScopeMissing among them."""

    def __init__(
        self, gateway: SpotifyGateway, priority: Priority = Priority.PERSON
    ) -> None:
        """Ask through an account's gateway, at a priority."""
        self._gateway = gateway
        self._priority = priority

    async def async_saved(self, what: str, more: str | None = None) -> Shown:
        """Return saved `tracks`, `albums`, `shows`, `episodes` or `audiobooks`, the newest first."""
        purpose, name = _SAVED[what]
        offset = _offset(more)
        answer = await self._async_read(
            # spotipy has no method for audiobooks; the others are the same call.
            lambda client: client._get(  # noqa: SLF001 - see above
                f"me/{what}", limit=A_PAGE, offset=offset
            ),
            purpose,
            ("saved", what, offset),
        )
        return _shown(answer, offset, name)

    async def async_playlists(self, more: str | None = None) -> Shown:
        """Return the playlists that the person made or follows."""
        offset = _offset(more)
        answer = await self._async_read(
            lambda client: client.current_user_playlists(limit=A_PAGE, offset=offset),
            Purpose.PLAYLISTS,
            ("playlists shown", offset),
        )
        return _shown(answer, offset)

    async def async_followed_artists(self, more: str | None = None) -> Shown:
        """Return the artists that the person follows."""
        answer = await self._async_read(
            lambda client: client.current_user_followed_artists(
                limit=A_PAGE, after=more
            ),
            Purpose.LIBRARY,
            ("followed artists", more),
        )
        artists = object_of(answer.body.get("artists"))
        after = text_of(object_of(artists.get("cursors")).get("after"))
        things = tuple(read_things(artists))
        return Shown(things, after, stale_from=answer.stale_from)

    async def async_top(self, what: str) -> Shown:
        """Return the 50 `tracks` or `artists` that Spotify has on top, of about the last half year."""
        answer = await self._async_read(
            lambda client: getattr(client, f"current_user_top_{what}")(limit=A_PAGE),
            Purpose.TOP,
            ("top", what),
        )
        things = tuple(read_things(answer.body))
        return Shown(things, stale_from=answer.stale_from)

    async def async_inside(
        self, kind: str, thing_id: str, more: str | None = None
    ) -> Shown:
        """Return what is in an album, playlist, show or audiobook, or an artist's albums. Raises KeyError for other kinds."""
        if kind == "artist":
            return await self._async_artist(thing_id, more)
        inside = _INSIDE[kind]
        offset = _offset(more)
        if offset:
            answer = await self._async_read(
                lambda client: getattr(client, inside.list)(
                    thing_id, limit=A_PAGE, offset=offset, **inside.arguments
                ),
                inside.purpose,
                ("inside", kind, thing_id, offset),
            )
            return _shown(answer, offset, *inside.row)
        answer = await self._async_read(
            lambda client: getattr(client, inside.get)(thing_id, **inside.arguments),
            inside.purpose,
            ("inside", kind, thing_id),
        )
        whole = read_thing(answer.body)
        lists = (object_of(answer.body.get(word)) for word in inside.items)
        items = _Answer(next(filter(None, lists), {}), answer.stale_from)
        shown = _shown(items, 0, *inside.row)
        image_url = whole.image_url if whole else None
        # The tracks of an album come without an image.
        things = tuple(_with_image(one, image_url) for one in shown.things)
        return replace(shown, things=things, whole=whole)

    async def async_resume_point(self, episode_id: str) -> int | None:
        """Return where the person stopped in an episode (ms); 0 once it was heard to its end, None where that is not told.

        It is told to who was granted `user-read-playback-position`.
        """
        # It moves while the person listens, elsewhere too: an answer from before is none.
        answer = await self._gateway.async_call(
            lambda client: client.episode(episode_id),
            purpose=Purpose.PODCASTS,
            priority=self._priority,
            key=("resume point", episode_id),
        )
        point = object_of(due(answer).get("resume_point"))
        if point.get("fully_played") is True:
            return 0
        return count_of(point.get("resume_position_ms"))

    async def _async_artist(self, artist_id: str, more: str | None) -> Shown:
        offset = _offset(more)
        whole = None
        if not offset:
            artist = await self._async_read(
                lambda client: client.artist(artist_id),
                Purpose.METADATA,
                ("artist", artist_id),
            )
            whole = read_thing(artist.body)
        answer = await self._async_read(
            lambda client: client.artist_albums(
                artist_id, limit=ALBUMS_OF_AN_ARTIST, offset=offset
            ),
            Purpose.METADATA,
            ("inside", "artist", artist_id, offset),
        )
        shown = _shown(answer, offset)
        return replace(shown, whole=whole)

    async def _async_read(
        self,
        call: Callable[[spotipy.Spotify], object],
        purpose: Purpose,
        key: tuple[object, ...],
    ) -> _Answer:
        answered = await self._gateway.async_read(
            call, purpose=purpose, priority=self._priority, key=key
        )
        age_s = dt_util.utcnow().timestamp() - answered.as_of / 1000
        stale = answered.from_cache and age_s > KEPT_S[purpose]
        return _Answer(due(answered.value), answered.as_of if stale else None)


def _shown(answer: _Answer, offset: int, *names: str) -> Shown:
    """Return a part of a list that begins at `offset`; each thing stands below one of `names` in its row."""
    things = tuple(read_things(answer.body, *names))
    reached = offset + len(list_of(answer.body.get("items")))
    total = count_of(answer.body.get("total"))
    ended = reached == offset or (
        reached >= total if total is not None else answer.body.get("next") is None
    )
    return Shown(things, None if ended else str(reached), stale_from=answer.stale_from)


def _with_image(thing: SpotifyThing, image_url: str | None) -> SpotifyThing:
    return replace(thing, image_url=thing.image_url or image_url)


def _offset(more: str | None) -> int:
    """Read where a part begins, as an earlier part said. Raises Unavailable for what no part said."""
    if more is None:
        return 0
    if not more.isdecimal():
        raise Unavailable("a list has no such part")
    return int(more)
