"""Reads an account's library at Spotify, one page a call: saved items, playlists, followed artists."""

from collections.abc import Mapping
from dataclasses import dataclass
from operator import methodcaller
from typing import Any, final

from ...history.records.saved_library import LibrarySection
from ..api.gateway import Call, due
from ..api.items import SpotifyThing, read_things
from ..api.pages import A_PAGE, Page
from ..api.player_calls import TypedCalls
from ..api.response_fields import count_of, list_of, object_of, text_of
from ..call_purpose import Purpose
from ..errors import Unavailable
from .sections import SECTIONS, SavedRow, list_in, read_section


@dataclass(frozen=True, slots=True)
class ListPart:
    """A part of a list. `more` is where the next part begins, None at the end."""

    things: tuple[SpotifyThing, ...]
    more: str | None = None
    whole: SpotifyThing | None = None
    """What the list is in: the album of tracks, the artist of albums."""
    stale_from: int | None = None
    """When Spotify said so (UTC ms), where it cannot be asked again now."""


@final
class LibraryReader(TypedCalls):
    """The sections of one account's library. Each method raises a SpotifyError when it fails, MissingScope among them."""

    purpose = Purpose.LIBRARY

    async def async_page(
        self, section: LibrarySection, offset: int = 0, after: str | None = None
    ) -> Page[SavedRow]:
        """Read up to 50 rows from Spotify, in its order, from a place on.

        Followed artists are not counted by places: they are those after an artist (by URI).
        """
        place: object = offset
        if section is LibrarySection.ARTISTS:
            place = after.rpartition(":")[2] if after else None
        answer = await self._async_call(
            _call(section, place),
            ("section", section, place),
            SECTIONS[section].purpose,
        )
        return read_section(section, due(answer))

    async def async_part(
        self, section: LibrarySection, more: str | None = None
    ) -> ListPart:
        """Return up to 50 things as they were read a while ago at most, from where an earlier part ended.

        Raises Unavailable for what no part said.
        """
        place: object = more
        if section is not LibrarySection.ARTISTS:
            place = offset_of(more)
        about = SECTIONS[section]
        answered = await self._async_read(
            _call(section, place), ("part", section, place), purpose=about.purpose
        )
        answer = list_in(section, due(answered.value))
        stale_from = answered.stale_from(about.purpose)
        if section is LibrarySection.ARTISTS:
            after = text_of(object_of(answer.get("cursors")).get("after"))
            things = tuple(read_things(answer))
            return ListPart(things, after, stale_from=stale_from)
        wrapped = () if section is LibrarySection.PLAYLISTS else (about.kind,)
        return part_of(answer, offset_of(more), *wrapped, stale_from=stale_from)


def _call(section: LibrarySection, place: object) -> Call[Any]:
    about = SECTIONS[section]
    where = "after" if section is LibrarySection.ARTISTS else "offset"
    arguments = {**(about.arguments or {}), "limit": A_PAGE, where: place}
    # spotipy has no method for audiobooks; those for the others are this call.
    return methodcaller("_get", about.path, **arguments)


def part_of(
    answer: Mapping[str, Any],
    offset: int,
    *names: str,
    stale_from: int | None = None,
) -> ListPart:
    """Return the part of a list that begins at `offset`; each thing stands below one of `names` in its row."""
    things = tuple(read_things(answer, *names))
    reached = offset + len(list_of(answer.get("items")))
    total = count_of(answer.get("total"))
    ended = reached == offset or (
        reached >= total if total is not None else answer.get("next") is None
    )
    return ListPart(things, None if ended else str(reached), stale_from=stale_from)


def offset_of(more: str | None) -> int:
    """Read where a part begins, as an earlier part said. Raises Unavailable for what no part said."""
    if more is None:
        return 0
    if not more.isdecimal():
        raise Unavailable("a list has no such part")
    return int(more)
