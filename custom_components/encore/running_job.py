"""A job of this process, and how it is told: its state as an event, how far it is to those who follow it."""

from collections.abc import Callable
from dataclasses import dataclass, field
import threading
from typing import Any, Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.dispatcher import (
    async_dispatcher_connect,
    async_dispatcher_send,
)

from .const import DOMAIN
from .history.jobs import JobState, Work
from .history.model import Listener
from .privacy import withheld_from

EVENT_JOB: Final = f"{DOMAIN}_job"
"""Fired when a job is asked for, begins and ends."""

_SIGNAL: Final = f"{DOMAIN}_job"
"""Sent with each event, and about once a second while a job goes on."""

type Told = dict[str, Any]
"""What is told of a job."""


@dataclass(slots=True)
class RunningJob:
    """A job of this process that has not ended."""

    id: int
    work: Work
    state: JobState = JobState.PENDING
    rows: int = 0
    percent: int = 0
    seconds_left: int | None = None
    """How long it will take if it goes on like this; None while that cannot be told."""
    cancelled: threading.Event = field(default_factory=threading.Event)
    on_cancel: Callable[[], None] = lambda: None
    """Called once it is to stop, for what waits long between its parts."""
    told_at: float = 0.0
    """By the monotonic clock, in seconds."""


@callback
def tell_of_job(hass: HomeAssistant, job: RunningJob, **more: Any) -> None:
    """Tell the new state of a job, also as an event, which automations follow; not of one for who does not share."""
    data, listener = tell_progress(hass, job, **more), job.work.listener
    if listener is None or listener.key not in withheld_from(hass, None):
        hass.bus.async_fire(EVENT_JOB, data)


@callback
def tell_progress(hass: HomeAssistant, job: RunningJob, **more: Any) -> Told:
    """Tell those who follow jobs how far one is, and return what is told."""
    told: Told = {
        "job": job.id,
        "kind": str(job.work.kind),
        "state": str(job.state),
        "about": job.work.about,
        "rows": job.rows,
        "percent": job.percent,
        "seconds_left": job.seconds_left,
        **{key: value for key, value in more.items() if value is not None},
    }
    async_dispatcher_send(hass, _SIGNAL, job.work.listener, told)
    return told


@callback
def async_follow_jobs(
    hass: HomeAssistant, reader_id: str | None, tell: Callable[[Told], None]
) -> CALLBACK_TYPE:
    """Call back with what is told of jobs that a user may know of, until the returned function is called."""

    @callback
    def told(listener: Listener | None, data: Told) -> None:
        if listener is None or listener.key not in withheld_from(hass, reader_id):
            tell(data)

    return async_dispatcher_connect(hass, _SIGNAL, told)
