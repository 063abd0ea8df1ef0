"""`media_player.play_media` of an account's player.

It takes URIs, share links, ids with their type, lists of these, folders of Encore's own, and what its media source has.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, final

from homeassistant.components.media_player.const import MediaPlayerEnqueue
from homeassistant.core import Context, HomeAssistant

from ..commands.errors import BadPosition, NothingToPlay
from ..commands.playback.playback_request import (
    EXTRA_POSITION,
    ToPlay,
    async_left_at,
    async_queue,
    async_to_play,
    most_at_once,
    singles_to_play,
)
from ..spotify.account import SpotifyAccount
from .account_browser import AccountBrowser
from .household_media import async_household_things
from .media_ids import (
    AccountFolder,
    AccountMedia,
    HouseholdMedia,
    SpotifyLinks,
    read_account_media,
)


@final
@dataclass(eq=False)
class AccountPlayback:
    """Plays and queues on an account's player, on behalf of the user of a context."""

    _hass: HomeAssistant
    _account: SpotifyAccount
    _context: Context

    async def async_play(
        self,
        media_type: str,
        media_id: str,
        enqueue: MediaPlayerEnqueue | None,
        extra: Mapping[str, Any],
    ) -> None:
        """Play what was asked for, at once or after what is on.

        Raises CommandError, NotALink or ShortLink for what cannot be played or queued so, and SpotifyError.
        """
        position_ms = position_in(extra)
        queued = enqueue in {MediaPlayerEnqueue.ADD, MediaPlayerEnqueue.NEXT}
        media = read_account_media(media_type, media_id)
        to_play = await self._async_to_play(media, queued=queued)
        if to_play == ToPlay():
            raise NothingToPlay(media_id=media_id)
        if queued:
            await async_queue(self._account.gateway, to_play, self._async_play)
            return
        if position_ms is None:
            position_ms = await async_left_at(self._account, to_play.first)
        await self._async_play(to_play, position_ms)

    async def _async_play(
        self, to_play: ToPlay, position_ms: int | None = None
    ) -> None:
        await self._account.coordinator.async_play(
            uris=to_play.uris or None,
            context_uri=to_play.context_uri,
            position_ms=position_ms,
        )

    async def _async_to_play(self, media: AccountMedia, *, queued: bool) -> ToPlay:
        """Return what is played for media; to be queued, as singles."""
        match media:
            case AccountFolder(account_id=None, name=folder):
                browser = AccountBrowser(self._hass, self._account, self._context)
                most = most_at_once(queued=queued)
                things = await browser.async_things(folder, most)
                return singles_to_play([thing.link for thing in things], queued=queued)
            case AccountFolder():
                # Rooms name accounts in their ids; this one's own have none.
                return ToPlay()
            case HouseholdMedia():
                things = await async_household_things(
                    self._hass, self._context, media, lambda: self._account
                )
                links = tuple(thing.link for thing in things)
            case SpotifyLinks(links=links):
                pass
        return await async_to_play(self._account, links, queued=queued)


def position_in(extra: Mapping[str, Any]) -> int | None:
    """Read where to begin (seconds) as ms; None when nothing was said. Raises BadPosition."""
    if (position := extra.get(EXTRA_POSITION)) is None:
        return None
    if isinstance(position, bool) or not isinstance(position, int | float):
        raise BadPosition
    if not 0 <= position < 1e6:
        raise BadPosition
    return round(position * 1000)
