"""Plays the liked songs of an account, for which Spotify has no context URI for everyone."""

from contextlib import suppress

from ...history.errors import HistoryError
from ...history.queries.visible_plays import NOBODY_HIDDEN
from ...history.records.saved_library import LibrarySection
from ..account import SpotifyAccount
from ..api.items import SpotifyThing
from ..errors import RateLimited, Unavailable
from .library_sections import LibraryBrowser
from .saved_items import SavedPart, async_saved_part


async def async_liked_songs(account: SpotifyAccount, most: int) -> list[SpotifyThing]:
    """Return up to `most` songs, the newest first: one page from Spotify, and behind it what the kept library has.

    While Spotify is out of reach it is the kept ones alone. Raises SpotifyError, ScopeMissing among them.
    """
    kept: SavedPart | None = None
    with suppress(HistoryError):
        kept = await async_saved_part(
            account.coordinator.hass,
            account.listener,
            LibrarySection.TRACKS,
            limit=most,
            hidden=NOBODY_HIDDEN,
        )
    try:
        shown = await LibraryBrowser(account.gateway).async_saved("tracks")
    except RateLimited, Unavailable:
        if kept is None:
            raise
        return list(kept.things)
    songs = {thing.uri: thing for thing in shown.things}
    if shown.more is not None and kept is not None:
        for thing in kept.things:
            songs.setdefault(thing.uri, thing)
    return list(songs.values())[:most]
