"""The commands that list jobs and imports."""

from collections.abc import Mapping
from dataclasses import field
from typing import Annotated, Final, override

from msgspec import Struct

from ..dispatch.command import ReadCommand, Result
from ..dispatch.request_context import RequestContext
from ..history.queries.operational_queries import OperationalQueries
from ..history.records.job_records import Job, JobKind, JobState
from ..questions.base.operation import NO_ACTION
from ..questions.base.parameters import SPOKEN, Described, Form, Parameters
from ..questions.base.response import NOT_DATA, Moment
from ..runtime.job_errors import read_error
from ..runtime.jobs import DATA_JOBS
from ..runtime.store.history_service import DATA_HISTORY
from .parameters import limit_of

LISTED: Final = 10
LIMIT: Final = limit_of(" of jobs, newest first", 10, 5, 100, are_spoken=True)
KIND: Final = Described(
    Form.FILTER,
    "Only imports, exports, rebuilds of the history, forgetting, refreshes of a library, fetches of what was played (sync, poll), what is asked of Spotify about tracks, or writing of long-term statistics.",
    "import",
    title="Type",
)


class JobsParameters(Parameters):
    """How many, and of which kind."""

    limit: Annotated[int | None, LIMIT] = None
    kind: Annotated[JobKind | None, KIND] = None


class VisibleJob(
    Struct,
    frozen=True,
    kw_only=True,
    rename={"asked": "requested_at", "started": "started_at", "ended": "ended_at"},
):
    """One job, as far as it is now."""

    kind: JobKind
    state: JobState
    about: str | None
    listener: str | None
    """Whose history it is about."""
    asked: Moment
    started: Moment | None
    ended: Moment | None
    rows: int
    percent: int
    seconds_left: int | None
    counts: Mapping[str, int]
    error: str | None


class JobsResult(Result):
    """The work, the newest first."""

    jobs: tuple[VisibleJob, ...]
    limit: int | None = field(metadata=NOT_DATA)

    @property
    def spoken(self) -> tuple[VisibleJob, ...]:
        """What is named."""
        return self.jobs[: self.limit or SPOKEN]


class LatestJobs(ReadCommand[JobsParameters, JobsResult]):
    """What Encore has worked at of late."""

    action = "get_latest_jobs"
    description = "Tells the latest long work of Encore (imports, exports, fetches, refreshes of a library): how far it is and how it ended."
    interfaces = NO_ACTION
    stays_home = True
    everyday = True

    @override
    async def async_run(
        self, asked: JobsParameters, context: RequestContext
    ) -> JobsResult:
        return await _async_jobs(context, asked.limit, asked.kind)


async def _async_jobs(
    context: RequestContext, limit: int | None, kind: JobKind | None
) -> JobsResult:
    """Return the latest work that the caller may know of."""
    hidden = context.query_context.hidden

    def found(queries: OperationalQueries) -> tuple[Job, ...]:
        return tuple(queries.jobs(limit or LISTED, kind, hidden=hidden))

    memory = context.hass.data[DATA_HISTORY]
    async with memory.async_held():
        jobs = await memory.async_look_up(found)
    return JobsResult(tuple(_visible_job(context, job) for job in jobs), limit)


def _visible_job(context: RequestContext, job: Job) -> VisibleJob:
    clock = context.query_context.clock
    running = context.hass.data[DATA_JOBS].running(job.id)
    work = job.work
    return VisibleJob(
        kind=work.kind,
        state=running.state if running else job.state,
        about=work.about or None,
        listener=work.listener.name if work.listener else None,
        asked=Moment.at(clock, job.asked_at),
        started=Moment.at(clock, job.started_at),
        ended=Moment.at(clock, job.ended_at),
        rows=running.rows if running else job.rows,
        percent=running.percent if running else job.percent,
        seconds_left=running.seconds_left if running else None,
        counts=job.counts,
        error=read_error(job.error).words,
    )
