"""The command that pauses the recording of a listener."""

from typing import override

from ..access.policy import AccessLevel
from ..dispatch.command import Command
from ..dispatch.request_context import RequestContext
from .accounts import own_account_of
from .parameters import AccountParameters
from .recording import RecordingResult


class Pause(Command[AccountParameters, RecordingResult]):
    """From now on nothing is remembered."""

    key = "pause"
    action = "pause_recording"
    title = "Pause recording"
    description = "Records nothing of a listener from now on, until it is resumed. What is played meanwhile is not fetched later."
    icon = "mdi:record-circle-outline"
    declares = AccountParameters
    access_level = AccessLevel.SUPERVISED
    repeatable = True
    stays_home = True

    @override
    async def async_run(
        self, asked: AccountParameters, context: RequestContext
    ) -> RecordingResult:
        account = own_account_of(context, asked.listener)
        before = account.collector.paused
        await account.collector.async_pause()
        return RecordingResult(
            account.listener.name, recording=False, changed=not before
        )
