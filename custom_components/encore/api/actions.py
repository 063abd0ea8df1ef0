"""Home Assistant actions: one for each question and command, and the import of an export."""

from functools import partial
from pathlib import Path
from typing import Any, Final

import probatio

from homeassistant.const import ATTR_CONFIG_ENTRY_ID
from homeassistant.core import (
    HomeAssistant,
    ServiceCall,
    ServiceResponse,
    SupportsResponse,
    callback,
)
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv

from ..access.account_listener import async_listener
from ..access.policy import AccessLevel, async_caller
from ..commands.all_commands import COMMANDS
from ..const import DOMAIN
from ..dispatch.ask_question import async_answer, async_asking
from ..dispatch.audit import audited_action
from ..history.imports.report import FileReport, ImportReport
from ..listeners.linked_listeners import visible_accounts
from ..questions.all_questions import QUESTIONS
from ..runtime.error_translation import translated_errors
from ..runtime.jobs import DATA_JOBS
from ..settings.allowed_paths import async_require_allowed
from .api_usage import async_register_api_usage
from .audit_actions import async_register_audit
from .deletion_actions import async_register_forgetting
from .export_actions import async_register_export
from .job_actions import async_register_job_actions
from .run_command import async_command
from .schemas import action_schema
from .unrecognized_requests import async_register_not_understood

ACTION_IMPORT: Final = "import_history"
ATTR_PATH: Final = "path"

IMPORT_SCHEMA: Final = probatio.Schema(
    {
        probatio.Required(ATTR_CONFIG_ENTRY_ID): cv.string,
        probatio.Required(ATTR_PATH): cv.string,
    }
)


@callback
def async_register_actions(hass: HomeAssistant) -> None:
    """Register an action for each question and command, the import, and what concerns jobs."""
    for question in QUESTIONS:
        if question.key in COMMANDS:
            # The command asks the question, and does more.
            continue
        hass.services.async_register(
            DOMAIN,
            question.key,
            partial(_async_answer, question.key),
            schema=action_schema(question.parameters),
            supports_response=SupportsResponse.ONLY,
        )
    for command in COMMANDS:
        hass.services.async_register(
            DOMAIN,
            command.key,
            partial(_async_carry_out, command.key),
            schema=action_schema(command.parameters),
            supports_response=SupportsResponse.ONLY
            if command.reads
            else SupportsResponse.OPTIONAL,
        )
    async_register_forgetting(hass)
    hass.services.async_register(
        DOMAIN,
        ACTION_IMPORT,
        audited_action(ACTION_IMPORT, AccessLevel.AUTONOMOUS, _async_import),
        schema=IMPORT_SCHEMA,
        supports_response=SupportsResponse.OPTIONAL,
    )
    async_register_export(hass)
    async_register_job_actions(hass)
    async_register_api_usage(hass)
    async_register_audit(hass)
    async_register_not_understood(hass)


async def _async_answer(question: str, call: ServiceCall) -> ServiceResponse:
    """Answer a question with data, and the sentence that says it."""
    caller = await async_caller(call.hass, call.context)
    query_context = async_asking(call.hass, caller)
    with translated_errors():
        answered = await async_answer(
            call.hass, question, call.data, query_context, caller
        )
    return answered.data


async def _async_carry_out(command: str, call: ServiceCall) -> ServiceResponse:
    """Carry out a command; return what came of it, and the sentence that says it."""
    caller = await async_caller(call.hass, call.context)
    query_context = async_asking(call.hass, caller)
    with translated_errors():
        done = await async_command(call.hass, command, call.data, query_context, caller)
    return done.data if call.return_response else None


async def _async_import(call: ServiceCall) -> ServiceResponse:
    """Import an export for the listener of an account, and report what became of its rows."""
    hass = call.hass
    entry_id: str = call.data[ATTR_CONFIG_ENTRY_ID]
    path: str = call.data[ATTR_PATH]
    for entry in visible_accounts(hass, call.context.user_id):
        if entry.entry_id == entry_id:
            break
    else:
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key="not_an_account"
        )
    await async_require_allowed(hass, path)
    with translated_errors():
        report = await hass.data[DATA_JOBS].async_import(
            Path(path), async_listener(hass, entry)
        )
    return _report_data(report) if call.return_response else None


def _report_data(report: ImportReport) -> dict[str, Any]:
    return {
        **_counts(report),
        "seconds": round(report.seconds, 3),
        "cancelled": report.cancelled,
        "files": [
            {
                "name": file.name,
                **_counts(file),
                "refused": str(file.refused) if file.refused else None,
            }
            for file in report.files
        ],
    }


def _counts(of: ImportReport | FileReport) -> dict[str, Any]:
    """Return what became of rows: each is stored, a duplicate, merged or skipped."""
    return {
        "rows": of.rows,
        "stored": of.stored,
        "duplicates": of.duplicates,
        "merged": {source.name.lower(): rows for source, rows in of.merged.items()},
        "skipped": {str(reason): rows for reason, rows in of.skipped.items()},
    }
