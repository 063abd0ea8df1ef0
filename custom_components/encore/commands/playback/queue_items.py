"""Expands items to tracks and adds them to Spotify's queue, which takes them one by one."""

from collections.abc import Sequence
from typing import Final

from ...errors import NamedError
from ...spotify.account import SpotifyAccount
from ...spotify.api.items import AUDIOBOOK, SINGLES
from ...spotify.api.pages import A_PAGE
from ...spotify.api.player_calls import SpotifyGateway
from ...spotify.api.share_links import COLLECTION, Link
from ...spotify.errors import AccessRefused, SpotifyError, TokenRejected
from ...spotify.library.item_contents import async_contents
from ...spotify.library_fallback import async_liked_songs
from ..errors import OnlySinglesAreQueued, TooLongToQueue

QUEUED_AT_ONCE: Final = A_PAGE
"""How many tracks or episodes are queued by one call: each is a request to Spotify."""

_OPENED: Final = frozenset({"album", "playlist"})
"""What is queued, or played within a list, track by track."""
_IN_THE_PLAYER: Final = {AUDIOBOOK: "show", "chapter": "episode"}
"""The words that the player has for books, as history and exports show them."""


class QueuedInPart(NamedError):
    """Only the first `queued` of `count` were queued, because of another error."""

    def __init__(self, queued: int, count: int, because: SpotifyError) -> None:
        """Take how far it came, and what went wrong then."""
        super().__init__(queued=str(queued), count=str(count), reason=str(because))
        self.queued = queued
        self.because = because


def as_played(link: Link) -> Link:
    """Return a thing by the name that the player has for it."""
    return Link(_IN_THE_PLAYER.get(link.kind, link.kind), link.id)


async def async_singles(
    account: SpotifyAccount, link: Link, most: int = QUEUED_AT_ONCE
) -> list[Link]:
    """Return a single, what is in an album or playlist, or the `most` newest liked songs.

    Raises OnlySinglesAreQueued, TooLongToQueue and SpotifyError.
    """
    if link.kind in SINGLES:
        return [as_played(link)]
    if link.kind == COLLECTION:
        return [thing.link for thing in await async_liked_songs(account, most)]
    if link.kind not in _OPENED:
        raise OnlySinglesAreQueued
    inside = await async_contents(account.gateway, link)
    if inside.more is not None:
        raise TooLongToQueue(most=str(QUEUED_AT_ONCE))
    return [thing.link for thing in inside.things if thing.is_single]


async def async_queue_singles(gateway: SpotifyGateway, uris: Sequence[str]) -> None:
    """Queue singles in their order. Raises SpotifyError, and QueuedInPart when some were queued before."""
    for queued, uri in enumerate(uris):
        try:
            await gateway.async_add_to_queue(uri)
        except AccessRefused, TokenRejected:
            raise
        except SpotifyError as err:
            if not queued:
                raise
            raise QueuedInPart(queued, len(uris), err) from err
