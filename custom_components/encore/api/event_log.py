"""The event log: events of Encore itself, stored for 30 days and sent to administrators over WebSocket.

Most of it is known to Home Assistant anyway: entries that come, go and fail, logins that are lost, and notices on the
repairs page. The rest is said by whom it concerns (`happened.py`).
"""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any, Final

import probatio

from homeassistant.components.websocket_api import async_register_command
from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
    ConfigEntryState,
)
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.helpers import config_validation as cv, issue_registry as ir
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..access.policy import AccessLevel
from ..const import DOMAIN
from ..dispatch.audit import async_audited
from ..dispatch.request_context import RequestContext
from ..history.queries.operational_queries import OperationalQueries
from ..history.records.audit_log import DAY_MS, RequestType
from ..history.records.deletion_rules import Forgetting
from ..history.records.job_records import Job
from ..history.records.logged_events import (
    RETENTION_MS,
    EventKind,
    LoggedEvent,
    drop_events,
    note_events,
)
from ..listeners.removed_accounts import ISSUE_ACCOUNT_REMOVED
from ..runtime.event_log_signals import async_listen_log_events, async_log_event
from ..runtime.moments import iso
from ..runtime.number_validation import json_number
from ..runtime.store.history_service import DATA_HISTORY
from ..runtime.store.write_buffer import WriteBuffer
from ..spotify.issues import BY_DAY
from .websocket import replies

REAUTH: Final = f"config_entry_reauth_{DOMAIN}_"
"""How Home Assistant's own notices of a lost login begin; the entry's id follows."""
_MOST_JOBS: Final = 1_000
_FAILING: Final = frozenset(
    {
        ConfigEntryState.SETUP_ERROR,
        ConfigEntryState.SETUP_RETRY,
        ConfigEntryState.MIGRATION_ERROR,
        ConfigEntryState.FAILED_UNLOAD,
    }
)

MOST_EVENTS: Final = 1_000
MOST_DAYS: Final = RETENTION_MS // DAY_MS


class EventLog:
    """Takes note of what happens, and keeps it until the history has it."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Begin with nothing noted."""
        self._hass = hass
        self._unstored = WriteBuffer[LoggedEvent](hass, "What happened", note_events)
        self._failing: set[str] = set()

    @callback
    def async_open(self) -> None:
        """Take note from now on, as long as Home Assistant runs."""
        hass = self._hass
        async_listen_log_events(hass, self._unstored.add)
        async_dispatcher_connect(hass, SIGNAL_CONFIG_ENTRY_CHANGED, self._entry_changed)
        hass.bus.async_listen(
            ir.EVENT_REPAIRS_ISSUE_REGISTRY_UPDATED, self._notice_changed
        )

    async def async_save(self) -> None:
        """Store what waits; what cannot be stored now is tried again with the next."""
        await self._unstored.async_save()

    @callback
    def _entry_changed(self, change: ConfigEntryChange, entry: ConfigEntry) -> None:
        if entry.domain != DOMAIN:
            return
        happened = partial(async_log_event, self._hass, EventKind.ENTRY)
        if change is not ConfigEntryChange.UPDATED:
            self._failing.discard(entry.entry_id)
            happened(str(change), entry.title)
        elif entry.state in _FAILING and entry.entry_id not in self._failing:
            self._failing.add(entry.entry_id)
            happened("failing", entry.title, entry.reason or str(entry.state.value))
        elif entry.state is ConfigEntryState.LOADED and entry.entry_id in self._failing:
            self._failing.discard(entry.entry_id)
            happened("working", entry.title)

    @callback
    def _notice_changed(self, event: Event[ir.EventIssueRegistryUpdatedData]) -> None:
        data = event.data
        if data["action"] not in {"create", "remove"}:
            return
        raised = data["action"] == "create"
        if data["domain"] == DOMAIN:
            name, about = self._notice(data["issue_id"])
            what = "raised" if raised else "withdrawn"
            by_day = raised and name in BY_DAY
            kind = EventKind.NOTICE
            async_log_event(self._hass, kind, what, about, name, by_day=by_day)
        elif data["issue_id"].startswith(REAUTH):
            entry_id = data["issue_id"].removeprefix(REAUTH)
            entry = self._hass.config_entries.async_get_entry(entry_id)
            what = "lost" if raised else "renewed"
            if entry is not None:
                async_log_event(self._hass, EventKind.LOGIN, what, entry.title)

    def _notice(self, issue_id: str) -> tuple[str, str | None]:
        """Return the name of a notice, and the title of the entry that it is about."""
        for entry in self._hass.config_entries.async_entries(DOMAIN):
            if issue_id.endswith(f"_{entry.entry_id}"):
                return issue_id.removesuffix(f"_{entry.entry_id}"), entry.title
        if issue_id.startswith(ISSUE_ACCOUNT_REMOVED):
            # The rest is the key of its listener.
            return ISSUE_ACCOUNT_REMOVED, None
        return issue_id, None


DATA_EVENT_LOG: Final[HassKey[EventLog]] = HassKey(f"{DOMAIN}_event_log")


@callback
def async_open_event_log(hass: HomeAssistant) -> None:
    """Begin to take note, and register what tells it."""
    hass.data[DATA_EVENT_LOG] = log = EventLog(hass)
    log.async_open()
    async_register_command(hass, async_events)
    async_register_command(hass, async_purge_events)


@replies(
    "events",
    {
        probatio.Optional("kind"): [probatio.Coerce(EventKind)],
        probatio.Optional("days", default=MOST_DAYS): json_number(1, MOST_DAYS),
        probatio.Optional("text"): probatio.All(str, probatio.Length(max=200)),
        probatio.Optional("limit", default=100): json_number(1, MOST_EVENTS),
    },
)
async def async_events(
    message: dict[str, Any], context: RequestContext
) -> dict[str, Any]:
    """Return what happened to Encore, the newest first."""
    hass, query_context = context.hass, context.query_context
    memory = hass.data[DATA_HISTORY]
    context.caller.require_administrator()
    since = query_context.clock.now - message["days"] * DAY_MS
    async with memory.async_held():
        await hass.data[DATA_EVENT_LOG].async_save()
        found = await memory.async_look_up(
            partial(_all_events, since, query_context.hidden)
        )
    kinds = frozenset(message.get("kind", EventKind))
    text = message.get("text", "")
    chosen = [one for one in found if one.kind in kinds and one.mentions(text)]
    return {
        "count": len(chosen),
        "events": [
            {**asdict(one), "at": iso(one.at)} for one in chosen[: message["limit"]]
        ],
    }


@replies(
    "purge_events", {probatio.Optional("before"): cv.datetime}, reads=lambda _: False
)
async def async_purge_events(
    message: dict[str, Any], context: RequestContext
) -> dict[str, Any]:
    """Drop what happened before a moment, or all of it."""
    before: datetime | None = message.get("before")
    hass, query_context = context.hass, context.query_context
    memory = hass.data[DATA_HISTORY]
    until = query_context.clock.now + 1
    if before is not None:
        local = before.replace(tzinfo=before.tzinfo or dt_util.get_default_time_zone())
        # No more than all of it, and no moment before those that a calendar can write.
        until = min(until, max(0, round(local.timestamp() * 1000)))
    async with (
        async_audited(
            hass,
            context.caller,
            needs=AccessLevel.AUTONOMOUS,
            administrator=True,
            request_type=RequestType.COMMAND,
            what="purge_events",
            values={"before": iso(until)},
        ),
        memory.async_held(),
    ):
        await hass.data[DATA_EVENT_LOG].async_save()
        dropped = await memory.async_write(
            lambda connection, _: drop_events(connection, until)
        )
    return {"dropped": dropped}


def _all_events(
    since: int, hidden: frozenset[str], queries: OperationalQueries
) -> list[LoggedEvent]:
    """Return what was noted together with what jobs and forgettings tell, the newest first."""
    found = [
        *queries.events(since),
        *(
            event
            for job in queries.jobs(_MOST_JOBS, hidden=hidden)
            for event in _of_job(job)
        ),
        *(
            event
            for deletion in queries.forgettings(hidden=hidden)
            if deletion.rule.listener not in hidden
            for event in _of_forgetting(deletion)
        ),
    ]
    since_then = [one for one in found if one.at >= since]
    return sorted(since_then, key=lambda one: -one.at)


def _of_job(job: Job) -> Iterator[LoggedEvent]:
    """Yield how a job ended; one that goes on is returned by `encore.get_jobs`."""
    if job.ended_at is not None:
        about = f"{job.work.kind}: {job.work.about}" if job.work.about else None
        yield LoggedEvent(
            at=job.ended_at,
            kind=EventKind.JOB,
            what=str(job.state),
            about=about or str(job.work.kind),
            detail=job.error,
        )


def _of_forgetting(deletion: Forgetting) -> Iterator[LoggedEvent]:
    """Yield when something was forgotten and what became of that, without what it was."""
    for what, moment in (
        ("asked", deletion.asked_at),
        ("undone", deletion.undone_at),
        ("lifted", deletion.lifted_at),
        ("removed", deletion.purged_at),
    ):
        if moment is not None:
            yield LoggedEvent(
                at=moment,
                kind=EventKind.FORGETTING,
                what=what,
                about=str(deletion.id),
                detail=str(deletion.why),
            )
