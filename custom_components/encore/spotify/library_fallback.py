"""The library as Spotify has it; as it was stored, with its age, while Spotify is out of reach."""

from contextlib import suppress

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
    try:
        return await LibraryReader(account.gateway).async_part(section, more)
    except RateLimited, Unavailable:
        hass, stored = account.coordinator.hass, None
        with suppress(HistoryError):
            stored = await async_saved_part(
                hass, account.listener, section, more, hidden=hidden
            )
        if stored is None:
            raise
        return stored


async def async_contents_part(
    account: SpotifyAccount, link: Link, more: str | None = None, *, hidden: Hidden
) -> ListPart:
    """Return a part of what is in an album, playlist, show, audiobook or artist; of shows and books it may be stored.

    Raises SpotifyError.
    """
    try:
        return await async_contents(account.gateway, link, more)
    except RateLimited, Unavailable:
        hass, stored = account.coordinator.hass, None
        if link.kind in {"show", AUDIOBOOK}:
            with suppress(HistoryError):
                stored = await async_stored_episodes(
                    hass, account.listener, link, more, hidden=hidden
                )
        if stored is None:
            raise
        return stored


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
