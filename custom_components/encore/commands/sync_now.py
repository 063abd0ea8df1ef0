"""The command that fetches recently played now."""

from collections.abc import Mapping
from dataclasses import field
from typing import override

from ..dispatch.command import Result, SupervisedCommand
from ..dispatch.request_context import RequestContext
from ..questions.base.operation import NO_ACTION
from ..questions.base.response import NOT_DATA
from ..spotify.tracking.recently_played_fetch import Fetched
from .accounts import account_of
from .parameters import AccountParameters


class SyncResult(Result):
    """What came of a fetch."""

    listener: str
    recording: bool
    """Where it is paused, nothing was fetched."""
    fetched: Fetched = field(metadata=NOT_DATA)

    @property
    @override
    def about(self) -> Mapping[str, object]:
        return self.fetched.counts()


class SyncNow(SupervisedCommand[AccountParameters, SyncResult]):
    """Not only when it is due."""

    description = "Looks at a listener's player and fetches recently played now, instead of when it is due."
    interfaces = NO_ACTION
    adds = True

    @override
    async def async_run(
        self, asked: AccountParameters, context: RequestContext
    ) -> SyncResult:
        account = account_of(context, asked.listener)
        recording = not account.collector.paused
        fetched = await account.collector.async_sync()
        return SyncResult(account.listener.name, recording, fetched)
