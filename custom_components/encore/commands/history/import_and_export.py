"""The commands that import an export, write a history into a file, and rebuild all plays from the observations."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Final, override

from homeassistant.util import dt as dt_util

from ...access.account_listener import async_listener
from ...dispatch.command import Data, DataCommand, NoParameters
from ...dispatch.request_context import RequestContext
from ...history.exports.exporter import ExportFormat, ToExport
from ...history.model import Listener
from ...history.queries.history_queries import HistoryQueries
from ...history.records.import_report import FileReport, ImportReport
from ...listeners.linked_listeners import listener_zones, visible_accounts
from ...listeners.listener_groups import refuse_group
from ...questions.base.errors import BadParameter
from ...questions.base.parameters import Described, Form, Parameters
from ...questions.base.query_context import QueryContext
from ...questions.base.scope import WindowParameters, scope_of
from ...runtime.jobs import DATA_JOBS
from ...runtime.store.history_service import DATA_HISTORY
from ...settings.allowed_paths import async_require_allowed
from ..errors import ExportAmbiguous, NotAnAccount

LONGEST_PATH: Final = 65_536
"""Characters; the system says of shorter ones that they are too long."""

ENTRY: Final = Described(
    Form.ENTRY,
    "The account to import for.",
    "01J0ACCOUNT",
    title="Account",
)
PATH: Final = Described(
    Form.TEXT,
    "The path of the ZIP file, in the media folder or a folder of allowlist_external_dirs.",
    "/media/my_spotify_data.zip",
    longest=LONGEST_PATH,
)


class ImportParameters(Parameters):
    """Which file, and for whom."""

    config_entry_id: Annotated[str, ENTRY]
    path: Annotated[str, PATH]


class ImportHistory(DataCommand[ImportParameters]):
    """What Spotify exported of an account."""

    description = "Imports the extended streaming history that Spotify sends on request, as a ZIP file or a folder. Known plays are not counted twice. For administrators."
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


OF_ENTRY: Final = replace(ENTRY, description="The account whose history is exported.")
LISTENER: Final = Described(
    Form.TEXT,
    "A listener by name instead of an account, such as one whose account was removed.",
    "Alva",
)
EXPORT_PATH: Final = Described(
    Form.TEXT,
    "The path of the file, in the media folder or a folder of allowlist_external_dirs. It ends in .zip, .csv or .parquet.",
    "/media/alva.zip",
    longest=LONGEST_PATH,
)
FORMAT: Final = Described(
    Form.FILTER,
    "The file format. Default: ZIP with JSON. Parquet needs the library pyarrow.",
    "json",
    list_name="export_format",
)
OVERWRITE: Final = Described(Form.FLAG, "Replaces an existing file.", example=False)


class ExportParameters(Parameters):
    """Whose history, and where to write it in which format."""

    config_entry_id: Annotated[str | None, OF_ENTRY] = None
    listener: Annotated[str | None, LISTENER] = None
    path: Annotated[str, EXPORT_PATH]
    format: Annotated[ExportFormat, FORMAT] = ExportFormat.JSON
    overwrite: Annotated[bool, OVERWRITE] = False


class ExportHistory(DataCommand[ExportParameters]):
    """A listener's plays in a file."""

    description = "Writes the whole history of a listener to a file: ZIP, which Encore can import again without loss, CSV or Parquet. For administrators."

    @override
    async def async_run(self, asked: ExportParameters, context: RequestContext) -> Data:
        hass = context.hass
        await async_require_allowed(hass, asked.path)
        listener = await _async_listener(asked, context)
        exported = await hass.data[DATA_JOBS].async_export(
            ToExport(
                listener,
                Path(asked.path),
                asked.format,
                dict(listener_zones(hass)).get(listener, dt_util.DEFAULT_TIME_ZONE),
                overwrite=asked.overwrite,
            )
        )
        return Data(
            {
                "path": asked.path,
                "play_count": exported.plays,
                "bytes": exported.bytes,
                "cancelled": exported.cancelled,
            }
        )


async def _async_listener(asked: ExportParameters, context: RequestContext) -> Listener:
    """Return the listener of an account, or of a name: the history may reach further than the accounts."""
    if asked.listener is None:
        return listener_of_entry(context, asked.config_entry_id)
    if asked.config_entry_id is not None:
        raise BadParameter("listener")
    name, query_context = asked.listener, context.query_context
    history = context.hass.data[DATA_HISTORY]
    async with history.async_held():
        return await history.async_ask(
            lambda queries: _named(queries, name, query_context),
            hidden=query_context.hidden,
        )


def _named(queries: HistoryQueries, name: str, query_context: QueryContext) -> Listener:
    scope = scope_of(queries, WindowParameters(listener=name), query_context)
    refuse_group(scope)
    if len(scope.listeners) != 1 or scope.assumed:
        raise ExportAmbiguous
    return scope.listeners[0]


class RebuildHistory(DataCommand[NoParameters]):
    """All plays are derived again, and those that changed are counted."""

    description = "Recalculates all plays from the stored sources, while recording continues. Useful after an update that says so. For administrators."
    repeatable = True

    @override
    async def async_run(self, asked: NoParameters, context: RequestContext) -> Data:
        rebuilt = await context.hass.data[DATA_JOBS].async_rebuild()
        return Data(
            {
                "observations": rebuilt.observations,
                "changed": rebuilt.changed,
                "cancelled": rebuilt.cancelled,
            }
        )
