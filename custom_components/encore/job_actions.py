"""Long work for administrators: actions to have all plays derived anew, to read how far work is, and to stop it; and to follow it over WebSocket."""

from functools import partial
from typing import Any, Final

import probatio

from homeassistant.components.websocket_api.connection import ActiveConnection
from homeassistant.components.websocket_api.decorators import (
    async_response,
    websocket_command,
)
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv

from .api_usage import iso
from .audit import async_audited, audited_action
from .const import DOMAIN
from .history.audit import Deed
from .history.imports.told_files import ToldFile
from .history.jobs import Job, JobKind, JobState
from .history.told_recall import ToldRecall
from .job_errors import kept, told
from .jobs import DATA_JOBS
from .memory import DATA_MEMORY
from .policy import Caller, Maturity
from .privacy import withheld_from
from .questions.asking import Asking
from .running_job import RunningJob, Told, async_follow_jobs
from .translated import translated_errors
from .websocket_api import async_reply

ACTION_REBUILD: Final = "rebuild_history"
ACTION_JOBS: Final = "jobs"
ACTION_CANCEL: Final = "cancel_job"

ATTR_JOB: Final = "job"
ATTR_KIND: Final = "kind"
ATTR_LIMIT: Final = "limit"
ATTR_STATE: Final = "state"

_USUAL: Final = 10
_MOST: Final = 100


@callback
def async_register_job_actions(hass: HomeAssistant) -> None:
    """Register the actions about long work."""
    hass.services.async_register(
        DOMAIN,
        ACTION_REBUILD,
        audited_action(ACTION_REBUILD, Maturity.AUTONOMOUS, _async_rebuild),
        schema=probatio.Schema({}),
        supports_response=SupportsResponse.OPTIONAL,
    )
    hass.services.async_register(
        DOMAIN,
        ACTION_JOBS,
        audited_action(ACTION_JOBS, Maturity.AUTONOMOUS, _async_jobs, Deed.QUESTION),
        schema=probatio.Schema(
            {
                probatio.Optional(ATTR_LIMIT, default=_USUAL): probatio.All(
                    probatio.Coerce(int), probatio.Range(min=1, max=_MOST)
                ),
                probatio.Optional(ATTR_KIND): probatio.Coerce(JobKind),
                probatio.Optional(ATTR_STATE): probatio.Coerce(JobState),
            }
        ),
        supports_response=SupportsResponse.ONLY,
    )
    hass.services.async_register(
        DOMAIN,
        ACTION_CANCEL,
        audited_action(ACTION_CANCEL, Maturity.AUTONOMOUS, _async_cancel),
        schema=probatio.Schema({probatio.Required(ATTR_JOB): cv.positive_int}),
    )


@websocket_command(
    {probatio.Required("type"): f"{DOMAIN}/jobs", probatio.Optional("language"): str}
)
@async_response
async def async_jobs_followed(
    hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]
) -> None:
    """Tell of jobs when they begin and end, and how far they are, until the client follows them no more."""
    answer = partial(_async_follow, hass, connection, message["id"])
    await async_reply(hass, connection, message, answer, reads=True)


async def _async_follow(
    hass: HomeAssistant,
    connection: ActiveConnection,
    number: int,
    _asking: Asking,
    caller: Caller,
) -> dict[str, Any]:
    """Follow jobs for a connection. Raises Unauthorized."""

    @callback
    def tell(told: Told) -> None:
        connection.send_event(number, told)

    async with async_audited(
        hass,
        caller,
        needs=Maturity.AUTONOMOUS,
        deed=Deed.QUESTION,
        what=ACTION_JOBS,
        given={},
        reads=True,
    ):
        connection.subscriptions[number] = async_follow_jobs(hass, caller.user_id, tell)
    return {}


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
    """Return the newest records of long work that the caller may know of; those that go on, as far as they are now."""
    withheld = withheld_from(call.hass, call.context.user_id)
    memory, jobs = call.hass.data[DATA_MEMORY], call.hass.data[DATA_JOBS]
    limit: int = call.data[ATTR_LIMIT]
    kind: JobKind | None = call.data.get(ATTR_KIND)
    state: JobState | None = call.data.get(ATTR_STATE)
    with translated_errors():
        async with memory.async_held():
            found = await memory.async_ask(
                lambda recall: ToldRecall.of(recall, withheld).jobs(limit, kind, state)
            )
    return {"jobs": [_job_data(job, jobs.running(job.id)) for job in found]}


async def _async_cancel(call: ServiceCall) -> None:
    """Stop a job after the part under way; one that the caller may not know of is none."""
    number: int = call.data[ATTR_JOB]
    jobs = call.hass.data[DATA_JOBS]
    running = jobs.running(number)
    listener = running.work.listener if running else None
    is_told = listener is None or listener.key not in withheld_from(
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
