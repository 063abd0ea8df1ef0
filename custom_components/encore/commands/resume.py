"""The command that resumes the recording of a listener."""

from typing import override

from ..access.policy import AccessLevel
from ..dispatch.command import Command
from ..dispatch.request_context import RequestContext
from .accounts import own_account_of
from .parameters import AccountParameters
from .recording import RecordingResult


class Resume(Command[AccountParameters, RecordingResult]):
    """From now on it is remembered again."""

    action = "resume_recording"
    description = "Resumes the recording of a listener."
    icon = "mdi:record-circle"
    access_level = AccessLevel.SUPERVISED
    adds = True
    repeatable = True
    stays_home = True

    @override
    async def async_run(
        self, asked: AccountParameters, context: RequestContext
    ) -> RecordingResult:
        account = own_account_of(context, asked.listener)
        before = account.collector.paused
        await account.collector.async_resume()
        return RecordingResult(account.listener.name, recording=True, changed=before)
