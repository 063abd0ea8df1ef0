"""The commands that return the queue and add to it."""

from collections.abc import Mapping
from dataclasses import field
from typing import Annotated, Final, Self, override

from ...dispatch.command import ReadCommand, Result, SupervisedCommand
from ...dispatch.request_context import RequestContext
from ...questions.base.operation import PART
from ...questions.base.parameters import SPOKEN, Described, Form
from ...questions.base.response import called
from ...spotify.api.player_calls import Queue, async_queue
from ...spotify.api.share_links import link_of
from ..accounts import account_of
from ..exposure import require_exposed
from ..parameters import AccountParameters
from ..things import SpotifyItem, spotify_items
from .playback_request import ToPlay, async_queue as async_add, async_to_play
from .queue_items import QUEUED_AT_ONCE

ITEMS: Final = Described(
    Form.LINK,
    "What to add: Spotify URIs or links of tracks, episodes, albums or playlists; at most 50 tracks and episodes.",
    "spotify:track:4iV5W9uYEdYUVa79Axb7Rh",
    most=QUEUED_AT_ONCE,
)


class AddToQueueParameters(AccountParameters):
    """Whose queue, and what to add."""

    items: Annotated[tuple[str, ...], ITEMS]


class QueueResult(Result):
    """What is on, and what comes."""

    listener: str
    playing: SpotifyItem | None
    queue: tuple[SpotifyItem, ...]

    @classmethod
    def of(cls, listener: str, queue: Queue) -> Self:
        """Return the queue of a listener."""
        on = SpotifyItem.of(queue.on) if queue.on else None
        return cls(listener, on, spotify_items(queue.coming))

    @property
    def spoken(self) -> list[str]:
        """What is named of what comes."""
        return [thing.name for thing in self.queue[:SPOKEN]]


class AddedResult(Result):
    """What was added, in its order."""

    listener: str
    items: tuple[str, ...]
    """URIs."""
    plays: bool = field(metadata=called("playing"))
    """Whether they play at once, or those that are left: nothing was on that they could wait for."""

    @property
    def counts(self) -> Mapping[str, int]:
        """How many of each kind."""
        kinds = [uri.split(":")[1] for uri in self.items]
        return {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)}


class ReadQueue(ReadCommand[AccountParameters, QueueResult]):
    """What comes next."""

    key = "queue"
    description = "Tells what an account plays and what comes next: its queue, then what follows in the album or playlist."
    interfaces = PART

    @override
    async def async_run(
        self, asked: AccountParameters, context: RequestContext
    ) -> QueueResult:
        account = account_of(context, asked.listener)
        queue = await async_queue(account.gateway)
        return QueueResult.of(account.listener.name, queue)


class AddToQueue(SupervisedCommand[AddToQueueParameters, AddedResult]):
    """Things to be played next."""

    description = "Adds tracks, episodes, albums or playlists to the queue of a Spotify account. If nothing is playing, they play."
    adds = True
    everyday = True

    @override
    async def async_run(
        self, asked: AddToQueueParameters, context: RequestContext
    ) -> AddedResult:
        links = [link_of(item) for item in asked.items]
        account = account_of(context, asked.listener)
        require_exposed(context, account)
        await account.coordinator.async_require_control()
        to_play = await async_to_play(account, links, queued=True)
        plays = False

        async def play(rest: ToPlay) -> None:
            nonlocal plays
            plays = True
            await account.coordinator.async_play(uris=rest.uris)

        await account.coordinator.async_command(
            async_add(account.gateway, to_play, play)
        )
        return AddedResult(account.listener.name, tuple(to_play.uris), plays)
