"""The actions about jobs: rebuild the history, read progress, cancel."""

from collections.abc import Mapping
from typing import Any, Final

import probatio

from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import ServiceValidationError

from ..access.policy import AccessLevel, Caller
from ..access.visibility import hidden_listeners
from ..const import DOMAIN
from ..dispatch.audit import async_audited, audited_action
from ..history.imports.file_results import ToldFile
from ..history.records.audit_log import RequestType
from ..history.records.job_records import Job, JobKind, JobState
from ..questions.query_context import QueryContext
from ..runtime.error_translation import translated_errors
from ..runtime.job_errors import kept, told
from ..runtime.jobs import DATA_JOBS
from ..runtime.moments import iso
from ..runtime.number_validation import whole_number
from ..runtime.running_job import RunningJob
from ..runtime.store.history_service import DATA_HISTORY

ACTION_REBUILD: Final = "rebuild_history"
ACTION_JOBS: Final = "jobs"
ACTION_CANCEL: Final = "cancel_job"

ATTR_JOB: Final = "job"
ATTR_KIND: Final = "kind"
ATTR_LIMIT: Final = "limit"
ATTR_STATE: Final = "state"

_USUAL: Final = 10
_MOST: Final = 100

JOBS_FIELDS: Final[dict[str | probatio.Marker, Any]] = {
    probatio.Optional(ATTR_LIMIT, default=_USUAL): whole_number(1, _MOST),
    probatio.Optional(ATTR_KIND): probatio.Coerce(JobKind),
    probatio.Optional(ATTR_STATE): probatio.Coerce(JobState),
}


@callback
def async_register_job_actions(hass: HomeAssistant) -> None:
    """Register the actions about long work."""
    hass.services.async_register(
        DOMAIN,
        ACTION_REBUILD,
        audited_action(ACTION_REBUILD, AccessLevel.AUTONOMOUS, _async_rebuild),
        schema=probatio.Schema({}),
        supports_response=SupportsResponse.OPTIONAL,
    )
    hass.services.async_register(
        DOMAIN,
        ACTION_JOBS,
        audited_action(
            ACTION_JOBS, AccessLevel.AUTONOMOUS, _async_jobs, RequestType.QUESTION
        ),
        schema=probatio.Schema(JOBS_FIELDS),
        supports_response=SupportsResponse.ONLY,
    )
    hass.services.async_register(
        DOMAIN,
        ACTION_CANCEL,
        audited_action(ACTION_CANCEL, AccessLevel.AUTONOMOUS, _async_cancel),
        schema=probatio.Schema({probatio.Required(ATTR_JOB): whole_number(0)}),
    )


async def _async_rebuild(call: ServiceCall) -> ServiceResponse:
    """Derive all plays anew, and say how many are not as before."""
    with translated_errors():
        rebuilt = await call.hass.data[DATA_JOBS].async_rebuild()
    if not call.return_response:
        return None
    return {
        "observations": rebuilt.observations,
        "changed": rebuilt.changed,
        "cancelled": rebuilt.cancelled,
    }


async def _async_jobs(call: ServiceCall) -> ServiceResponse:
    with translated_errors():
        return await _async_read(call.hass, call.data, call.context.user_id)


async def async_jobs_for(
    hass: HomeAssistant,
    given: Mapping[str, Any],
    query_context: QueryContext,
    caller: Caller,
) -> dict[str, Any]:
    """Return what the action `jobs` does, on behalf of a caller; `given` has passed `JOBS_FIELDS`.

    Raises Unauthorized and HistoryError.
    """
    async with async_audited(
        hass,
        caller,
        needs=AccessLevel.AUTONOMOUS,
        deed=RequestType.QUESTION,
        what=ACTION_JOBS,
        given=given,
        reads=True,
    ):
        return await _async_read(hass, given, caller.user_id)


async def _async_read(
    hass: HomeAssistant, given: Mapping[str, Any], user_id: str | None
) -> dict[str, Any]:
    """Return the newest records of long work that a user may know of; those that go on, as far as they are now."""
    withheld = hidden_listeners(hass, user_id)
    memory, jobs = hass.data[DATA_HISTORY], hass.data[DATA_JOBS]
    limit: int = given[ATTR_LIMIT]
    kind: JobKind | None = given.get(ATTR_KIND)
    state: JobState | None = given.get(ATTR_STATE)
    async with memory.async_held():
        found = await memory.async_look_up(
            lambda queries: queries.jobs(limit, kind, state, hidden=withheld)
        )
    return {"jobs": [_job_data(job, jobs.running(job.id)) for job in found]}


async def _async_cancel(call: ServiceCall) -> None:
    """Stop a job after the part under way; one that the caller may not know of is none."""
    number: int = call.data[ATTR_JOB]
    jobs = call.hass.data[DATA_JOBS]
    running = jobs.running(number)
    listener = running.work.listener if running else None
    is_told = listener is None or listener.key not in hidden_listeners(
        call.hass, call.context.user_id
    )
    if not is_told or not jobs.cancel(number):
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="no_such_job",
            translation_placeholders={"job": str(number)},
        )


def _job_data(job: Job, running: RunningJob | None) -> dict[str, Any]:
    error = told(job.error)
    return {
        "job": job.id,
        "kind": str(job.work.kind),
        "state": str(running.state if running else job.state),
        "about": job.work.about,
        "listener": job.work.listener.name if job.work.listener else None,
        "asked": iso(job.asked_at),
        "started": iso(job.started_at),
        "ended": iso(job.ended_at),
        "rows": running.rows if running else job.rows,
        "percent": running.percent if running else job.percent,
        "seconds_left": running.seconds_left if running else None,
        "retries": job.retries,
        "counts": dict(job.counts),
        "error": error.words,
        "error_key": error.key,
        "files": [_file_data(file) for file in job.files],
    }


def _file_data(file: ToldFile) -> dict[str, Any]:
    """Return what became of a file's rows; one that was refused says why, by name and in words."""
    error = told(kept(file.error) if file.error else None)
    return {
        "name": file.name,
        "rows": file.rows,
        "stored": file.stored,
        "duplicates": file.duplicates,
        "merged": file.merged,
        "skipped": file.skipped,
        "error": error.words,
        "error_key": error.key,
    }
