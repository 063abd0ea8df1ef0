"""The commands that list jobs and cancel them."""

from typing import Annotated, Any, Final, override

from ...access.policy import AccessLevel
from ...dispatch.command import Data, DataCommand, DataQuestion
from ...dispatch.request_context import RequestContext
from ...history.records.import_report import FileReport
from ...history.records.job_records import Job, JobKind, JobState
from ...questions.base.parameters import Described, Form, Parameters
from ...runtime.job_errors import read_error, stored_error
from ...runtime.jobs import DATA_JOBS
from ...runtime.moments import iso
from ...runtime.running_job import RunningJob
from ...runtime.store.history_service import DATA_HISTORY
from ..errors import NoSuchJob
from ..history.import_and_export import counts_of
from ..parameters import limit_of

LIMIT: Final = limit_of("", 10, 10, 100)
KIND: Final = Described(
    Form.FILTER,
    "Only tasks of this type.",
    "import",
    list_name="job_kind",
    title="Type",
)
STATE: Final = Described(
    Form.FILTER, "Only tasks in this state.", "failed", list_name="job_state"
)
JOB: Final = Described(
    Form.COUNT,
    "The number of the task, from encore.get_jobs or the event encore_job.",
    12,
    most=1_000_000_000,
    title="Task",
)


class JobsParameters(Parameters):
    """Which jobs, and how many."""

    limit: Annotated[int, LIMIT] = 10
    kind: Annotated[JobKind | None, KIND] = None
    state: Annotated[JobState | None, STATE] = None


class CancelParameters(Parameters):
    """Which job."""

    job: Annotated[int, JOB]


class GetJobs(DataQuestion[JobsParameters]):
    """The newest jobs that the caller may know of; those that run, as far as they are now."""

    title = "Background tasks"
    description = "Returns the latest background tasks, such as imports, exports and library updates: progress, result and errors. Records are kept for 90 days."
    access_level = AccessLevel.INTERN

    @override
    async def async_run(self, asked: JobsParameters, context: RequestContext) -> Data:
        hass, hidden = context.hass, context.query_context.hidden
        history, jobs = hass.data[DATA_HISTORY], hass.data[DATA_JOBS]
        async with history.async_held():
            found = await history.async_look_up(
                lambda queries: queries.jobs(
                    asked.limit, asked.kind, asked.state, hidden=hidden
                )
            )
        data = [_job_data(job, jobs.running(job.id)) for job in found]
        # The names of files are for administrators.
        if context.caller.access_level >= AccessLevel.AUTONOMOUS:
            for each, job in zip(data, found, strict=True):
                each["files"] = [_file_data(file) for file in job.files]
        return Data({"jobs": data})


class CancelJob(DataCommand[CancelParameters]):
    """A job stops after the part under way."""

    title = "Cancel background task"
    description = "Stops an import, a rebuild or another background task after its current step. Its results so far are kept, and the same import continues from there. For administrators."

    @override
    async def async_run(self, asked: CancelParameters, context: RequestContext) -> Data:
        jobs = context.hass.data[DATA_JOBS]
        running = jobs.running(asked.job)
        listener = running.work.listener if running else None
        hidden = context.query_context.hidden
        if (listener and listener.key in hidden) or not jobs.cancel(asked.job):
            raise NoSuchJob(job=str(asked.job))
        return Data({})


def _job_data(job: Job, running: RunningJob | None) -> dict[str, Any]:
    error = read_error(job.error)
    return {
        "job": job.id,
        "kind": str(job.work.kind),
        "state": str(running.state if running else job.state),
        "about": job.work.about,
        "listener": job.work.listener.name if job.work.listener else None,
        "requested_at": iso(job.asked_at),
        "started_at": iso(job.started_at),
        "ended_at": iso(job.ended_at),
        "rows": running.rows if running else job.rows,
        "percent": running.percent if running else job.percent,
        "seconds_left": running.seconds_left if running else None,
        "retries": job.retries,
        "counts": dict(job.counts),
        "error": error.words,
        "error_key": error.key,
    }


def _file_data(file: FileReport) -> dict[str, Any]:
    """Return what became of a file's rows; one that was refused says why, by name and in words."""
    error = read_error(stored_error(file.refused) if file.refused else None)
    return {
        "name": file.name,
        **counts_of(file),
        "error": error.words,
        "error_key": error.key,
    }
