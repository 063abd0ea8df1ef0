"""The administrators' overview over WebSocket: accounts, polls, API calls, speakers, the store.

An administrator is told of every account that it is there and whether it works. What a private listener played, and how
often their account was called when, is not told.
"""

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
import time
from typing import Any, Final, NamedTuple

import probatio

from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..access.account_listener import async_listener, listener_key
from ..access.visibility import sharing_of
from ..commands.system.api_usage import calls_allowed
from ..const import CONF_ACCESS, CONF_DAILY_CALLS, KIND_SONOS
from ..dispatch.audit import async_get_audit
from ..dispatch.request_context import RequestContext
from ..history.database.size import in_whole_megabytes
from ..history.model import Source, TopOf
from ..history.queries.history_queries import HistoryQueries
from ..history.queries.operational_queries import OperationalQueries
from ..history.queries.visible_plays import EVER
from ..history.records.api_calls import ApiCalls
from ..history.records.audit_log import AuditCount
from ..history.records.job_records import Job, JobState
from ..history.records.logged_events import EventKind, LoggedEvent
from ..listeners.linked_listeners import account_entries, visible_accounts
from ..runtime.moments import iso, midnight_ms
from ..runtime.number_validation import json_number
from ..runtime.store.history_service import DATA_HISTORY
from ..runtime.store.store_opening import store_kind
from ..settings.history_entry import entries_of
from ..settings.options import retention_days
from ..sonos.household import Household
from ..sonos.speaker import Link
from ..spotify.account import SpotifyAccount
from ..spotify.auth.login_end import login_ends_at
from ..spotify.auth.permission_flow import is_login_lost
from ..spotify.auth.permissions import Permission
from ..spotify.auth.scopes import SCOPES, families_of
from ..spotify.auth.token import EXPIRES_AT
from ..spotify.budget import async_get_budget
from ..spotify.issues import async_issues_of
from .event_log import DATA_EVENT_LOG
from .websocket import replies

MOST_DAYS: Final = 30
_JOBS_LOOKED_AT: Final = 200
_UNDER_WAY: Final = (JobState.PENDING, JobState.RUNNING)


class _Known(NamedTuple):
    """What the history tells of Encore's own work."""

    jobs: list[Job]
    calls: list[ApiCalls]
    audited: list[AuditCount]
    events: list[LoggedEvent]


@replies("overview", {probatio.Optional("days", default=7): json_number(1, MOST_DAYS)})
async def async_overview(
    message: dict[str, Any], context: RequestContext
) -> dict[str, Any]:
    """Return how Encore is, and what was asked of it and of Spotify over some days."""
    days = message["days"]
    hass, caller, query_context = context.hass, context.caller, context.query_context
    caller.require_administrator()
    since = midnight_ms(1 - days)
    budget = await async_get_budget(hass)
    memory = hass.data[DATA_HISTORY]
    async with memory.async_held():
        await budget.usage.async_save()
        await async_get_audit(hass).async_save()
        await hass.data[DATA_EVENT_LOG].async_save()
        plays, observations = await memory.async_ask(
            _counted, hidden=query_context.hidden
        )
        known = await memory.async_look_up(partial(_known, since, query_context.hidden))
        size = await hass.async_add_executor_job(_size, memory.url)
    is_visible = {entry.entry_id for entry in visible_accounts(hass, caller.user_id)}
    now = query_context.clock.now
    return {
        "since": iso(since),
        "accounts": [
            _account(hass, entry, now, is_visible=entry.entry_id in is_visible)
            for entry in account_entries(hass)
        ],
        "jobs": _jobs(known.jobs),
        "api": {
            "accounts": [
                _calls(hass, entry, known.calls)
                for entry in account_entries(hass)
                if entry.entry_id in is_visible
            ],
            **calls_allowed(hass, budget, caller.user_id),
        },
        "households": [_household(entry) for entry in entries_of(hass, KIND_SONOS)],
        "store": {
            "kind": store_kind(memory.url),
            "bytes": None if size is None else in_whole_megabytes(size),
            "plays": plays,
            "observations": observations,
            "kept_days": {
                kind.name.lower(): retention
                for kind, retention in retention_days(hass).items()
            },
            "last_backup": _last_backup(known.events),
        },
        "asked": _by_day(
            (each.hour, f"{each.deed}_{each.outcome}", each.records)
            for each in known.audited
        ),
        "logins": _by_day(
            (event.at, event.what, 1)
            for event in known.events
            if event.kind is EventKind.LINK and event.at >= since
        ),
    }


def _counted(queries: HistoryQueries) -> tuple[int, dict[str, int]]:
    """Return how many plays there are, and on how many of them each source reported."""
    plays = queries.select(EVER, min_ms=0, television=True)
    by_source = plays.by(TopOf.SOURCES).plays
    return len(plays), {
        source.name.lower(): int(by_source[source])
        for source in Source
        if source < len(by_source) and by_source[source]
    }


def _known(since: int, hidden: frozenset[str], queries: OperationalQueries) -> _Known:
    return _Known(
        list(queries.jobs(_JOBS_LOOKED_AT, hidden=hidden)),
        list(queries.api_calls(since)),
        list(queries.audit_counts(since)),
        queries.events(0),
    )


def _size(url: str) -> int | None:
    """Return how many bytes the file of the store takes with what is not folded into it yet; None for another database."""
    if store_kind(url) != "sqlite":
        return None
    file = Path(url.removeprefix("sqlite:///"))
    size = 0
    for each in (file, file.with_name(f"{file.name}-wal")):
        with suppress(FileNotFoundError):  # folded in, or moved
            size += each.stat().st_size
    return size


def _account(
    hass: HomeAssistant, entry: ConfigEntry, now: int, *, is_visible: bool
) -> dict[str, Any]:
    """Return whether an account works, what it was granted, and up to when it was looked at; `is_visible` is whether the asker may hear of its listener."""
    needed = frozenset(SCOPES[entry.data[CONF_ACCESS]])
    granted = Permission(hass, entry).granted
    data: dict[str, Any] = {
        "entry_id": entry.entry_id,
        "account": entry.title,
        "listener": async_listener(hass, entry).name,
        "privacy": str(sharing_of(entry)),
        "access": entry.data[CONF_ACCESS],
        "state": str(entry.state.value),
        "reason": entry.reason,
        "token": _token(hass, entry, is_visible=is_visible),
        "permissions": None if granted is None else families_of(granted),
        "missing_scopes": None if granted is None else sorted(needed - granted),
        "notices": async_issues_of(hass, entry),
        "daily_budget": entry.options.get(CONF_DAILY_CALLS, 0) or None,
        "recording": None,
        "sync": None,
    }
    if entry.state is ConfigEntryState.LOADED:
        account: SpotifyAccount = entry.runtime_data
        data["recording"] = not account.collector.paused
        data["sync"] = _sync(account, now, is_visible=is_visible)
    return data


def _token(
    hass: HomeAssistant, entry: ConfigEntry, *, is_visible: bool
) -> dict[str, Any] | None:
    """Return how the login of an account is, without the token itself; when that was last refreshed only where `told`."""
    if (token := entry.data.get("token")) is None:
        return None
    expires_at = round(token.get(EXPIRES_AT, 0) * 1000)
    waits = is_login_lost(hass, entry)
    valid = expires_at > dt_util.utcnow().timestamp() * 1000
    return {
        "health": "login_needed" if waits else "valid" if valid else "to_be_refreshed",
        "expires_at": iso(expires_at) if expires_at and is_visible else None,
        "login_ends": iso(login_ends_at(entry)),
    }


def _sync(account: SpotifyAccount, now: int, *, is_visible: bool) -> dict[str, Any]:
    """Return up to when an account was looked at, and how often it is.

    Both show when somebody listens, who is looked at more often: of a listener who is hidden from the asker there is
    neither.
    """
    failure, interval = account.coordinator.failure, account.coordinator.update_interval
    looks = account.collector.recording(now).recorded if is_visible else ()
    watched = max((one.end for one in looks if one.source is Source.LIVE), default=None)
    polled = round(interval.total_seconds()) if interval else None
    return {
        "watched_until": iso(watched),
        "fetched_until": iso(account.collector.fetched_until) if is_visible else None,
        "looks_every_s": polled if is_visible else None,
        "problem": str(failure) if failure else None,
    }


def _jobs(jobs: Iterable[Job]) -> dict[str, Any]:
    """Return what is worked at, and what failed since it last went well."""
    seen: set[tuple[object, ...]] = set()
    under_way, failed = [], []
    for job in jobs:
        listener = job.work.listener
        about = (job.work.kind, job.work.about, listener and listener.key)
        if job.state in _UNDER_WAY:
            under_way.append(_job(job))
        elif about not in seen:
            seen.add(about)
            if job.state is JobState.FAILED:
                failed.append(_job(job))
    return {"under_way": under_way, "failed": failed}


def _job(job: Job) -> dict[str, Any]:
    return {
        "id": job.id,
        "kind": str(job.work.kind),
        "about": job.work.about or None,
        "listener": job.work.listener.name if job.work.listener else None,
        "state": str(job.state),
        "percent": job.percent,
        "retries": job.retries,
        "asked_at": iso(job.asked_at),
        "ended_at": iso(job.ended_at),
        "error": job.error,
    }


def _calls(
    hass: HomeAssistant, entry: ConfigEntry, counted: Iterable[ApiCalls]
) -> dict[str, Any]:
    """Return what an account was called for, hour by hour."""
    key = listener_key(entry)
    hours: dict[int, dict[str, int]] = {}
    for each in counted:
        if each.listener.key == key:
            hours.setdefault(each.hour, {})[each.purpose] = each.calls
    return {
        "entry_id": entry.entry_id,
        "listener": async_listener(hass, entry).name,
        "hours": [
            {"hour": iso(hour), "by_purpose": by_purpose}
            for hour, by_purpose in hours.items()
        ],
    }


@callback
def _household(entry: ConfigEntry) -> dict[str, Any]:
    """Return how the speakers of a Sonos household are heard."""
    is_visible: dict[str, Any] = {
        "entry_id": entry.entry_id,
        "name": entry.title,
        "state": str(entry.state.value),
        "reason": entry.reason,
        "speakers": [],
    }
    if entry.state is ConfigEntryState.LOADED:
        household: Household = entry.runtime_data
        is_visible["speakers"] = [
            _speaker(household, uid, link) for uid, link in household.links()
        ]
    return is_visible


def _speaker(household: Household, uid: str, link: Link) -> dict[str, Any]:
    """Return how one speaker is heard; `heard_at` is when it last sent an event or answered."""
    info, last_event = household.info(uid), household.last_event_s_ago(uid)
    now = round(time.time() * 1000)
    return {
        "room": household.zones[uid].name,
        "model": info.model if info else None,
        "software": info.software_version if info else None,
        "link": str(link.value),
        "heard_at": None if last_event is None else iso(now - round(last_event * 1000)),
    }


def _last_backup(events: Iterable[LoggedEvent]) -> str | None:
    """Return when a backup was last over, as far as the event log knows."""
    return next(
        (
            iso(one.at)
            for one in events
            if (one.kind, one.what) == (EventKind.STORE, "released")
        ),
        None,
    )


def _by_day(counted: Iterable[tuple[int, str, int]]) -> list[dict[str, Any]]:
    """Return how often there was what on each local day; `counted` holds moments (UTC ms), what it was and how often."""
    days: dict[str, Counter[str]] = {}
    for moment, what, times in counted:
        local = dt_util.as_local(dt_util.utc_from_timestamp(moment / 1000))
        days.setdefault(local.date().isoformat(), Counter())[what] += times
    return [{"day": day, **counts} for day, counts in sorted(days.items())]
