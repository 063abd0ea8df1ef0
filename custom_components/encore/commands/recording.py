"""The commands that pause and resume the recording of a listener."""

from dataclasses import dataclass
from typing import Annotated, Final, override

from ..access.policy import AccessLevel
from ..dispatch.command import Command, Result
from ..dispatch.request_context import RequestContext
from ..history.time_ranges.ahead import end_ahead, moment_after, moment_ahead
from ..history.time_ranges.local_clock import Clock
from ..questions.base.errors import BadParameter
from ..questions.base.parameters import Described, Form
from ..questions.base.response import Moment
from .accounts import own_account_of
from .parameters import AccountParameters

UNTIL: Final = Described(
    Form.TEXT,
    "Until",
    "When recording resumes: a time, a date and time, tomorrow, monday. Default: when you resume it.",
    "tomorrow",
)
DURING: Final = Described(
    Form.TEXT,
    "Time period",
    "Recording resumes when this time period is over: tonight, this_evening, today, this_weekend.",
    "tonight",
)
DURATION: Final = Described(
    Form.TEXT,
    "Duration",
    "How long recording pauses: 30_minutes, 2_hours, 3_days.",
    "2_hours",
)


@dataclass(frozen=True, slots=True)
class RecordingResult(Result):
    """Whether a listener is recorded now."""

    listener: str
    recording: bool
    changed: bool
    """Whether it was otherwise before."""
    until: Moment | None = None
    """When the pause ends by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseParameters(AccountParameters):
    """Whose recording, and until when: at most one of the times."""

    until: Annotated[str | None, UNTIL] = None
    window: Annotated[str | None, DURING] = None
    duration: Annotated[str | None, DURATION] = None


class Pause(Command[PauseParameters, RecordingResult]):
    """From now on nothing is remembered."""

    action = "pause_recording"
    description = "Pauses the recording of a listener, until it is resumed or for a time. What is played meanwhile isn't fetched later."
    icon = "mdi:record-circle-outline"
    access_level = AccessLevel.SUPERVISED
    repeatable = True
    stays_home = True

    @override
    async def async_run(
        self, asked: PauseParameters, context: RequestContext
    ) -> RecordingResult:
        account = own_account_of(context, asked.listener)
        clock = context.query_context.clock
        until = _until(asked, clock)
        collector = account.collector
        before = collector.paused, collector.paused_until
        await collector.async_pause(until)
        return RecordingResult(
            account.listener.name,
            recording=False,
            changed=before != (True, until),
            until=Moment.at(clock, until),
        )


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


def _until(asked: PauseParameters, clock: Clock) -> int | None:
    """Return when (UTC ms) the pause ends. Raises BadParameter for two times, and UnknownWindow for none that lies ahead."""
    times = (asked.until, asked.window, asked.duration)
    if sum(each is not None for each in times) > 1:
        raise BadParameter("until")
    if asked.until is not None:
        return moment_ahead(asked.until, clock)
    if asked.window is not None:
        return end_ahead(asked.window, clock)
    if asked.duration is not None:
        return moment_after(asked.duration, clock)
    return None
