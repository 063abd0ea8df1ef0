"""The request to Spotify that plays or queues some items.

Spotify plays one context (an album, a playlist …) or a list of singles; its queue takes singles alone, one by one, and
cannot be emptied.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

from ...history.errors import HistoryError
from ...runtime.store.history_service import DATA_HISTORY
from ...spotify.account import SpotifyAccount
from ...spotify.api.player_calls import SpotifyGateway
from ...spotify.api.share_links import COLLECTION, Link
from ...spotify.api.shows import Podcasts
from ...spotify.call_purpose import Priority
from ...spotify.errors import (
    MissingScope,
    NoActiveDevice,
    NotFound,
    RateLimited,
    Unavailable,
)
from ..errors import TooManyAtOnce
from .queue_items import (
    QUEUED_AT_ONCE,
    QueuedInPart,
    as_played,
    async_queue_singles,
    async_singles,
)

EXTRA_POSITION: Final = "position"
"""In `extra` of `play_media`: where to begin, in seconds; an episode goes on where it was left otherwise."""

PLAYED_AT_ONCE: Final = 500
"""How many can be played as one list."""


@dataclass(frozen=True, slots=True)
class ToPlay:
    """One context, or singles."""

    context: Link | None = None
    singles: tuple[Link, ...] = ()

    @property
    def first(self) -> Link | None:
        """The single that comes first."""
        return self.singles[0] if self.singles else None

    @property
    def context_uri(self) -> str | None:
        """The URI of the context."""
        return self.context.uri if self.context else None

    @property
    def uris(self) -> list[str]:
        """The URIs of the singles."""
        return [single.uri for single in self.singles]


def most_at_once(*, queued: bool) -> int:
    """Return how many singles are played, or queued, for one request."""
    return QUEUED_AT_ONCE if queued else PLAYED_AT_ONCE


def singles_to_play(singles: Sequence[Link], *, queued: bool) -> ToPlay:
    """Return singles as they are played or queued. Raises TooManyAtOnce."""
    most = most_at_once(queued=queued)
    if len(singles) > most:
        raise TooManyAtOnce(count=str(len(singles)), most=str(most))
    return ToPlay(singles=tuple(singles))


async def async_to_play(
    account: SpotifyAccount, links: Sequence[Link], *, queued: bool
) -> ToPlay:
    """Return what is played for things: a context that stands alone as such, else singles; to be queued, singles.

    Raises OnlySinglesAreQueued, TooLongToQueue, TooManyAtOnce, and SpotifyError.
    """
    alone = links[0] if len(links) == 1 and not queued else None
    if alone is not None and not alone.is_single and alone.kind != COLLECTION:
        return ToPlay(as_played(alone))
    most = most_at_once(queued=queued)
    singles = [each for link in links for each in await async_singles(account, link, most)]  # fmt: skip
    return singles_to_play(singles, queued=queued)


async def async_left_at(account: SpotifyAccount, first: Link | None) -> int | None:
    """Return where the person stopped in what comes first (ms), if that is an episode, and where that is known.

    Where Spotify may not tell, the person finds a notice about that, and hears the episode from its start. Where it
    does not answer, it is what was known of the episode before.
    """
    gateway = account.gateway
    if first is None or first.kind != "episode" or not gateway.may_read_positions():
        return None
    try:
        podcasts = Podcasts(gateway, Priority.PERSON)
        return await podcasts.async_resume_point(first.id)
    except MissingScope:
        return None
    except NotFound:
        # A chapter goes by the URI of an episode and is none.
        return await _async_known_position(account, first.uri)
    except RateLimited, Unavailable:
        return await _async_known_position(account, first.uri)


async def _async_known_position(account: SpotifyAccount, uri: str) -> int | None:
    key = account.listener.key
    try:
        known = await account.coordinator.hass.data[DATA_HISTORY].async_look_up(
            lambda queries: queries.podcasts.episode(key, uri)
        )
    except HistoryError:
        return None
    if known is None:
        return None
    return 0 if known.finished else known.episode.position_ms


async def async_queue(
    gateway: SpotifyGateway,
    to_play: ToPlay,
    play: Callable[[ToPlay], Awaitable[None]],
) -> None:
    """Queue singles in their order; where the device has gone to rest meanwhile, the rest is given to `play`.

    Raises SpotifyError, and QueuedInPart when some were queued before.
    """
    queued = 0
    try:
        await async_queue_singles(gateway, to_play.uris)
    except NoActiveDevice:
        pass
    except QueuedInPart as err:
        if not isinstance(err.because, NoActiveDevice):
            raise
        queued = err.queued
    else:
        return
    await play(ToPlay(singles=to_play.singles[queued:]))
