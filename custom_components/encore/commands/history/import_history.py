"""The command that imports an export."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, override

from ...access.account_listener import async_listener
from ...dispatch.command import Data, DataCommand
from ...dispatch.request_context import RequestContext
from ...history.model import Listener
from ...history.records.import_report import FileReport, ImportReport
from ...listeners.linked_listeners import visible_accounts
from ...questions.base.parameters import Described, Form
from ...runtime.jobs import DATA_JOBS
from ...settings.allowed_paths import async_require_allowed
from ..errors import NotAnAccount

LONGEST_PATH: Final = 65_536
"""Characters; the system says of shorter ones that they are too long."""

ENTRY: Final = Described(
    Form.ENTRY, "Account", "The account to import for.", "01J0ACCOUNT"
)
PATH: Final = Described(
    Form.TEXT,
    "Path",
    "The path of the ZIP file, in the media folder or a folder of allowlist_external_dirs.",
    "/media/my_spotify_data.zip",
    longest=LONGEST_PATH,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportParameters:
    """Which file, and for whom."""

    config_entry_id: Annotated[str, ENTRY]
    path: Annotated[str, PATH]


class ImportHistory(DataCommand[ImportParameters]):
    """What Spotify exported of an account."""

    description = "Imports the extended streaming history that Spotify sends on request, as a ZIP file or a folder. Known plays are not counted twice. For administrators."
    icon = "mdi:database-import"
    repeatable = True

    @override
    async def async_run(self, asked: ImportParameters, context: RequestContext) -> Data:
        listener = listener_of_entry(context, asked.config_entry_id)
        await async_require_allowed(context.hass, asked.path)
        report = await context.hass.data[DATA_JOBS].async_import(
            Path(asked.path), listener
        )
        return Data(_report_data(report))


def listener_of_entry(context: RequestContext, entry_id: str | None) -> Listener:
    """Return the listener of the account of a config entry. Raises NotAnAccount for one that the caller may not know of, too."""
    hass, user_id = context.hass, context.caller.user_id
    for entry in visible_accounts(hass, user_id):
        if entry.entry_id == entry_id:
            return async_listener(hass, entry)
    raise NotAnAccount


def _report_data(report: ImportReport) -> dict[str, Any]:
    return {
        **counts_of(report),
        "seconds": round(report.seconds, 3),
        "cancelled": report.cancelled,
        "files": [
            {
                "name": file.name,
                **counts_of(file),
                "refused": str(file.refused) if file.refused else None,
            }
            for file in report.files
        ],
    }


def counts_of(of: ImportReport | FileReport) -> dict[str, Any]:
    """Return what became of rows: each is stored, a duplicate, merged or skipped."""
    return {
        "rows": of.rows,
        "stored": of.stored,
        "duplicates": of.duplicates,
        "merged": {source.name.lower(): rows for source, rows in of.merged.items()},
        "skipped": {str(reason): rows for reason, rows in of.skipped.items()},
    }
