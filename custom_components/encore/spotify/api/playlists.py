"""Reads and changes an account's playlists.

Shapes are those of 2026: what is in a playlist stands under `items`, and each entry's thing under `item`; before
February 2026 these were `tracks` and `track`, which are still understood.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import batched, count
from operator import methodcaller
from typing import Any, Final, final

from ...history.model import Item
from ..budget.response_cache import Answered, oldest
from ..call_purpose import Purpose
from ..errors import Unavailable
from .gateway import due
from .pages import A_PAGE, Page, read_page
from .playback import read_item
from .player_calls import TypedCalls
from .response_fields import (
    count_of,
    flag_of,
    image_of,
    list_of,
    moment_of,
    object_of,
    text_of,
)

AT_ONCE: Final = 100
"""How many items Spotify takes in one request."""


@dataclass(frozen=True, slots=True)
class Playlist:
    """A playlist. Its `snapshot_id` changes with every change; `items` is None where Spotify does not say how many."""

    id: str
    name: str
    description: str = ""
    owner: str | None = None
    public: bool | None = None
    collaborative: bool = False
    items: int | None = None
    snapshot_id: str | None = None
    image_url: str | None = None

    @property
    def uri(self) -> str:
        """`spotify:playlist:…`."""
        return f"spotify:playlist:{self.id}"


@dataclass(frozen=True, slots=True)
class PlaylistEntry:
    """One place of a playlist. What cannot be read, or was removed from Spotify, has no item."""

    place: int
    """Counted from 0, as Spotify counts."""
    item: Item | None
    added_at: int | None
    """In UTC ms."""


def read_playlist(answer: object) -> Playlist | None:
    """Read a playlist, in full or in short; None without an id. Lists have null where one was removed."""
    playlist = object_of(answer)
    playlist_id = text_of(playlist.get("id"))
    if playlist_id is None:
        return None
    owner = object_of(playlist.get("owner"))
    items = object_of(playlist.get("items") or playlist.get("tracks"))
    return Playlist(
        id=playlist_id,
        name=text_of(playlist.get("name")) or playlist_id,
        description=text_of(playlist.get("description")) or "",
        owner=text_of(owner.get("display_name")) or text_of(owner.get("id")),
        public=flag_of(playlist.get("public")),
        collaborative=playlist.get("collaborative") is True,
        items=count_of(items.get("total")),
        snapshot_id=text_of(playlist.get("snapshot_id")),
        image_url=image_of(playlist),
    )


def read_entries(answer: Mapping[str, Any], offset: int) -> Page[PlaylistEntry]:
    """Read a page of `GET /playlists/{id}/items`; its first row has the place `offset`."""
    places = count(offset)
    return read_page(
        answer,
        lambda row: PlaylistEntry(
            next(places),
            read_item(row.get("item") or row.get("track")),
            moment_of(row.get("added_at")),
        ),
    )


@final
class Playlists(TypedCalls):
    """Typed calls about one account's playlists; each raises a SpotifyError when it fails."""

    purpose = Purpose.PLAYLISTS

    async def async_get(self, playlist_id: str) -> Playlist:
        """Return a playlist; without items where they may not be read."""
        answer = await self._async_call(
            lambda client: client.playlist(
                playlist_id, additional_types=("track", "episode")
            ),
            key=("playlist", playlist_id),
        )
        return _playlist(answer)

    async def async_has(self, playlist_id: str) -> bool:
        """Whether a playlist is in the person's library; deleting one at Spotify takes it out of there and no more."""
        answer = await self._async_call(
            lambda client: client.current_user_saved_items(
                [f"spotify:playlist:{playlist_id}"]
            ),
        )
        return list_of(answer)[:1] == [True]

    async def async_entries(
        self,
        playlist_id: str,
        most: int | None = None,
        max_age_s: float | None = None,
    ) -> Answered[list[PlaylistEntry]]:
        """Return what is in a playlist, in order, the first `most` of it (at least one), not older than `max_age_s`.

        Spotify gives it only of playlists that are the person's own or that people work on together. Without
        `max_age_s` it is as old as suits; older only where Spotify can not be asked.
        """
        found: list[PlaylistEntry] = []
        answers: list[Answered[object]] = []
        while most is None or len(found) < most:
            offset = len(found)
            call = methodcaller(
                "playlist_items",
                playlist_id,
                limit=A_PAGE,
                offset=offset,
                additional_types=("track", "episode"),
            )
            key = ("playlist items", playlist_id, offset)
            answers.append(await self._async_read(call, key, max_age_s))
            page = read_entries(due(answers[-1].value), offset)
            found += page.things
            if page.ends(len(found)):
                break
        return oldest(answers, found[:most])

    async def async_create(
        self, name: str, *, description: str = "", public: bool = False
    ) -> Playlist:
        """Make an empty playlist of the person's own."""
        answer = await self._async_call(
            lambda client: client.current_user_playlist_create(
                name, public=public, description=description
            ),
        )
        return _playlist(answer)

    async def async_change(
        self,
        playlist_id: str,
        *,
        name: str | None = None,
        description: str | None = None,
        public: bool | None = None,
    ) -> None:
        """Change what a playlist is called, how it is described or who sees it; what is None stays."""
        await self._async_call(
            lambda client: client.playlist_change_details(
                playlist_id, name=name, description=description, public=public
            ),
        )

    async def async_add(
        self, playlist_id: str, uris: Sequence[str], position: int | None = None
    ) -> str | None:
        """Insert items at a place, or at the end, in their order; returns the last snapshot id."""
        snapshot: str | None = None
        place = position
        for some in batched(uris, AT_ONCE, strict=False):
            payload: dict[str, object] = {"uris": list(some)}
            if place is not None:
                payload["position"] = place
                place += len(some)
            # Its own playlist_add_items sends a bare array, which is not what Spotify describes.
            call = methodcaller(
                "_post", f"playlists/{playlist_id}/items", payload=payload
            )
            snapshot = _snapshot(await self._async_call(call))
        return snapshot

    async def async_remove(self, playlist_id: str, uris: Sequence[str]) -> str | None:
        """Remove every occurrence of items; returns the last snapshot id."""
        snapshot_id: str | None = None
        for some in batched(uris, AT_ONCE, strict=False):
            call = methodcaller(
                "playlist_remove_all_occurrences_of_items",
                playlist_id,
                some,
                snapshot_id,
            )
            snapshot_id = _snapshot(await self._async_call(call))
        return snapshot_id

    async def async_reorder(
        self,
        playlist_id: str,
        *,
        start: int,
        before: int,
        length: int = 1,
    ) -> str | None:
        """Move `length` entries from place `start` to before the place `before` of the old order; places count from 0."""
        answer = await self._async_call(
            lambda client: client.playlist_reorder_items(
                playlist_id, start, before, length
            ),
        )
        return _snapshot(answer)

    async def async_replace(self, playlist_id: str, uris: Sequence[str]) -> str | None:
        """Let a playlist hold these items, in this order, and nothing else; returns the last snapshot id."""
        first, rest = list(uris[:AT_ONCE]), uris[AT_ONCE:]
        answer = await self._async_call(
            lambda client: client.playlist_replace_items(playlist_id, first),
        )
        return await self.async_add(playlist_id, rest) or _snapshot(answer)

    async def async_unfollow(self, playlist_id: str) -> None:
        """Take a playlist out of the person's library; their own is deleted by that, as Spotify does it."""
        await self._async_call(
            # Its own current_user_unfollow_playlist calls an endpoint that is no more.
            lambda client: client._delete(  # noqa: SLF001 - see above
                "me/library", uris=f"spotify:playlist:{playlist_id}"
            ),
        )


def _playlist(answer: object) -> Playlist:
    if (playlist := read_playlist(answer)) is None:
        raise Unavailable("a playlist without an id")
    return playlist


def _snapshot(answer: object) -> str | None:
    return text_of(object_of(answer).get("snapshot_id"))
