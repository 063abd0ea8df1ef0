"""The library as Spotify has it; as it was stored, with its age, while Spotify is out of reach."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial

from ..history.errors import HistoryError
from ..history.queries.visible_plays import NOBODY_HIDDEN, Hidden
from ..history.records.saved_library import LibrarySection
from .account import SpotifyAccount
from .api.items import AUDIOBOOK, SpotifyThing
from .api.share_links import Link
from .errors import RateLimited, Unavailable
from .library.item_contents import async_contents
from .library.library_reader import LibraryReader, ListPart
from .library.saved_items import async_saved_part, async_stored_episodes


async def async_section_part(
    account: SpotifyAccount,
    section: LibrarySection,
    more: str | None = None,
    *,
    hidden: Hidden,
) -> ListPart:
    """Return a part of a section, from where an earlier part ended. Raises SpotifyError, MissingScope among them."""
    return await _async_or_stored(
        LibraryReader(account.gateway).async_part(section, more),
        partial(
            async_saved_part,
            account.coordinator.hass,
            account.listener,
            section,
            more,
            hidden=hidden,
        ),
    )


async def async_contents_part(
    account: SpotifyAccount, link: Link, more: str | None = None, *, hidden: Hidden
) -> ListPart:
    """Return a part of what is in an album, playlist, show, audiobook or artist; of shows and books it may be stored.

    Raises SpotifyError.
    """
    live = async_contents(account.gateway, link, more)
    if link.kind not in {"show", AUDIOBOOK}:
        return await live
    hass = account.coordinator.hass
    stored = partial(
        async_stored_episodes, hass, account.listener, link, more, hidden=hidden
    )
    return await _async_or_stored(live, stored)


async def _async_or_stored(
    live: Awaitable[ListPart], stored: Callable[[], Awaitable[ListPart | None]]
) -> ListPart:
    """Return what Spotify has, what is stored while it cannot be asked; raises what it raises where nothing is."""
    try:
        return await live
    except RateLimited, Unavailable:
        with suppress(HistoryError):
            if (part := await stored()) is not None:
                return part
        raise


async def async_liked_songs(account: SpotifyAccount, most: int) -> list[SpotifyThing]:
    """Return up to `most` songs to play, the newest first: one page from Spotify, and behind it what is stored.

    Spotify has no context URI for them that everyone can play. Raises SpotifyError, MissingScope among them.
    """
    hass, section, stored = account.coordinator.hass, LibrarySection.TRACKS, None
    with suppress(HistoryError):
        stored = await async_saved_part(
            hass, account.listener, section, limit=most, hidden=NOBODY_HIDDEN
        )
    try:
        part = await LibraryReader(account.gateway).async_part(section)
    except RateLimited, Unavailable:
        if stored is None:
            raise
        return list(stored.things)
    songs = {thing.uri: thing for thing in part.things}
    if part.more is not None and stored is not None:
        for thing in stored.things:
            songs.setdefault(thing.uri, thing)
    return list(songs.values())[:most]
