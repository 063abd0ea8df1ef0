"""The command that writes a listener's history into a file."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Final, override

from homeassistant.util import dt as dt_util

from ...dispatch.command import Data, DataCommand
from ...dispatch.request_context import RequestContext
from ...history.exports.exporter import ExportFormat, ToExport
from ...history.model import Listener
from ...history.queries.history_queries import HistoryQueries
from ...listeners.linked_listeners import listener_zones
from ...listeners.listener_groups import refuse_group
from ...questions.base.errors import BadParameter
from ...questions.base.parameters import Described, Form
from ...questions.base.query_context import QueryContext
from ...questions.base.scope import WindowParameters, scope_of
from ...runtime.jobs import DATA_JOBS
from ...runtime.store.history_service import DATA_HISTORY
from ...settings.allowed_paths import async_require_allowed
from ..errors import ExportAmbiguous
from .import_history import ENTRY, LONGEST_PATH, listener_of_entry

OF_ENTRY: Final = replace(ENTRY, description="The account whose history is exported.")
LISTENER: Final = Described(
    Form.TEXT,
    "Listener",
    "A listener by name instead of an account, such as one whose account was removed.",
    "Alva",
)
PATH: Final = Described(
    Form.TEXT,
    "Path",
    "The path of the file, in the media folder or a folder of allowlist_external_dirs. It ends in .zip, .csv or .parquet.",
    "/media/alva.zip",
    longest=LONGEST_PATH,
)
FORMAT: Final = Described(
    Form.FILTER,
    "Format",
    "The file format. Default: ZIP with JSON. Parquet needs the library pyarrow.",
    "json",
    list_name="export_format",
)
OVERWRITE: Final = Described(
    Form.FLAG,
    "Overwrite",
    "Replaces an existing file.",
    example=False,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportParameters:
    """Whose history, and where to write it in which format."""

    config_entry_id: Annotated[str | None, OF_ENTRY] = None
    listener: Annotated[str | None, LISTENER] = None
    path: Annotated[str, PATH]
    format: Annotated[ExportFormat, FORMAT] = ExportFormat.JSON
    overwrite: Annotated[bool, OVERWRITE] = False


class ExportHistory(DataCommand[ExportParameters]):
    """A listener's plays in a file."""

    description = "Writes the whole history of a listener to a file: ZIP, which Encore can import again without loss, CSV or Parquet. For administrators."
    icon = "mdi:database-export"

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
