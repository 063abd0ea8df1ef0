"""A running job, and how its state and progress are sent."""

from collections.abc import Callable
from dataclasses import dataclass, field
import threading
from typing import Any, Final, Protocol

from homeassistant.core import HomeAssistant, callback

from ..access.visibility import hidden_listeners
from ..const import DOMAIN
from ..history.records.job_records import JobState, Work
from .signals import Signal

EVENT_JOB: Final = f"{DOMAIN}_job"
"""Fired when a job is asked for, begins and ends."""

_JOBS_CHANGED: Final = Signal[()](f"{DOMAIN}_jobs")
"""Sent with each event, and about once a second while a job goes on.

Unlike the event, it is sent for jobs of private listeners, too: what is read then decides who may see which.
"""
signal_progress = _JOBS_CHANGED.async_send
async_listen_jobs = _JOBS_CHANGED.async_listen


type Progress = Callable[[int, int], None]
"""Takes how many rows are done, and how much of all that is in percent."""


class Ended(Protocol):
    """What long work comes to."""

    @property
    def cancelled(self) -> bool:
        """Whether it was stopped before its end."""


@dataclass(slots=True)
class RunningJob:
    """A job of this process that has not ended."""

    id: int
    work: Work
    state: JobState = JobState.PENDING
    rows: int = 0
    percent: int = 0
    seconds_left: int | None = None
    """How long it will take if it goes on like this; None while that is not known."""
    cancelled: threading.Event = field(default_factory=threading.Event)
    on_cancel: Callable[[], None] = lambda: None
    """Called once it is to stop, for what waits long between its parts."""
    signaled_at: float = 0.0
    """By the monotonic clock, in seconds."""


@callback
def signal_job(hass: HomeAssistant, job: RunningJob, **more: Any) -> None:
    """Signal the new state of a job, also as an event, which automations follow; not of one for who does not share."""
    signal_progress(hass)
    listener = job.work.listener
    if listener is not None and listener.key in hidden_listeners(hass, None):
        return
    hass.bus.async_fire(
        EVENT_JOB,
        {
            "job": job.id,
            "kind": str(job.work.kind),
            "state": str(job.state),
            "about": job.work.about,
            "rows": job.rows,
            "percent": job.percent,
            "seconds_left": job.seconds_left,
            **{key: value for key, value in more.items() if value is not None},
        },
    )
