"""`media_player.play_media` of an account's player.

Given are URIs, share links, ids with their type, lists of these, folders of Encore's own, and what its media source has.
"""

from collections.abc import Mapping
import re
from typing import Any, Final, final

from homeassistant.components.media_player.const import MediaPlayerEnqueue

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
from ..spotify.api.items import KINDS
from ..spotify.api.share_links import Link, NotALink, link_of
from .account_browser import FOLDER, MediaBrowser
from .household_media import is_house_media

_BETWEEN: Final = re.compile(r"[\s,;]+")
_ID: Final = re.compile(r"[0-9A-Za-z]{22}")
_KIND_OF_TYPE: Final = {
    "music": "track",
    "podcast": "show",
    **{kind: kind for kind in KINDS},
}


@final
class MediaPlayback:
    """Plays and queues on an account's player."""

    def __init__(self, account: SpotifyAccount, browser: MediaBrowser) -> None:
        """Command an account's player; `browser` knows what its folders hold for whoever calls."""
        self._account = account
        self._coordinator = account.coordinator
        self._browser = browser

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
        to_play = await self._async_read(media_type, media_id, queued=queued)
        if queued:
            gateway = self._coordinator.gateway
            await async_queue(gateway, to_play.uris, self._async_play)
            return
        if position_ms is None:
            position_ms = await async_left_at(self._account, to_play)
        await self._async_play(to_play, position_ms)

    async def _async_play(
        self, to_play: ToPlay, position_ms: int | None = None
    ) -> None:
        await self._coordinator.async_play(
            uris=list(to_play.uris) or None,
            context_uri=to_play.context_uri,
            position_ms=position_ms,
        )

    async def _async_read(
        self, media_type: str, media_id: str, *, queued: bool
    ) -> ToPlay:
        """Return what was asked for; to be queued, as singles."""
        if media_id.startswith(FOLDER):
            folder = media_id.removeprefix(FOLDER)
            most = most_at_once(queued=queued)
            things = await self._browser.async_things(folder, most)
            to_play = singles_to_play([thing.uri for thing in things], queued=queued)
        elif is_house_media(media_id):
            things = await self._browser.async_house_things(media_id)
            links = [Link(thing.kind, thing.id) for thing in things]
            to_play = ToPlay()
            if links:
                to_play = await async_to_play(self._account, links, queued=queued)
        else:
            links = links_in(media_type, media_id)
            to_play = await async_to_play(self._account, links, queued=queued)
        if to_play == ToPlay():
            raise NothingToPlay(media_id=media_id)
        return to_play


def links_in(media_type: str, media_id: str) -> list[Link]:
    """Read one or more URIs, share links or ids. Raises NotALink and ShortLink for anything else."""
    parts = [part for part in _BETWEEN.split(media_id) if part]
    if not parts:
        raise NothingToPlay(media_id=media_id)
    try:
        first = _link(media_type, parts[0])
    except NotALink:
        # Words, not a list in which one is wrong.
        raise NotALink(media_id) from None
    return [first, *(_link(media_type, part) for part in parts[1:])]


def _link(media_type: str, text: str) -> Link:
    kind = _KIND_OF_TYPE.get(media_type)
    if kind is not None and _ID.fullmatch(text):
        return Link(kind, text)
    return link_of(text)


def position_in(extra: Mapping[str, Any]) -> int | None:
    """Read where to begin (seconds) as ms; None when nothing was said. Raises BadPosition."""
    if (position := extra.get(EXTRA_POSITION)) is None:
        return None
    if isinstance(position, bool) or not isinstance(position, int | float):
        raise BadPosition
    if not 0 <= position < 1e6:
        raise BadPosition
    return round(position * 1000)
