"""Removes deleted plays when they are due, and expired ones every night."""

import asyncio
from datetime import timedelta
from functools import partial
from typing import Final

from sqlalchemy import Connection

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.singleton import singleton
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN, LOGGER
from ..history.errors import HistoryError
from ..history.history import History
from ..history.records.api_calls import RETENTION_MS as CALLS_RETENTION_MS, drop_calls
from ..history.records.audit_log import RETENTION_MS as AUDIT_RETENTION_MS, drop_audited
from ..history.records.logged_events import (
    RETENTION_MS as EVENTS_RETENTION_MS,
    drop_events,
)
from ..runtime.moments import now_ms
from ..runtime.planned_call import PlannedCall
from ..runtime.store.history_service import DATA_HISTORY
from ..runtime.supervision import attend
from ..settings.options import retention_days
from .linked_listeners import linked_listeners

NIGHTLY: Final = (3, 40)
"""Hour and minute, local: after a day is over wherever one goes to bed late."""

RETRY: Final = timedelta(hours=1)
DAY_MS: Final = 86_400_000


class Housekeeping:
    """Removes what is due, one removal at a time."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Set up the nightly tasks; nothing is scheduled yet."""
        self._hass = hass
        self._working = asyncio.Lock()
        self._removal = PlannedCall(hass, self._run)
        self._night = PlannedCall(hass, self._tonight)
        self._entry: ConfigEntry | None = None

    @callback
    def async_start(self, entry: ConfigEntry) -> CALLBACK_TYPE:
        """Remove what fell due meanwhile, and plan the rest; returns what stops that.

        What is under way when the History entry is unloaded ends with it.
        """
        self._entry = entry
        self._plan_night()
        self._run()

        @callback
        def stop() -> None:
            self._removal.cancel()
            self._night.cancel()
            self._entry = None

        return stop

    async def async_plan_purge(self) -> None:
        """Plan to remove what was forgotten as soon as it can no longer be brought back."""
        history = self._hass.data[DATA_HISTORY]
        async with history.async_held():
            due = await history.async_look_up(lambda queries: queries.next_purge())
        self._removal.cancel()
        if due is not None and self._entry is not None:
            self._removal.plan(max(due - now_ms(), 0) / 1000)

    async def async_remove_due(self, *, old: bool = False) -> None:
        """Remove what was forgotten and can no longer be brought back; with `old` also what is too old.

        A store that cannot be written now is tried again in an hour.
        """
        async with self._working:
            history = self._hass.data[DATA_HISTORY]
            now = now_ms()
            linked = {listener.key for listener in linked_listeners(self._hass)}
            try:
                async with history.async_held():
                    await history.async_run(lambda history: history.purge(now, linked))
                    if old:
                        await history.async_write(
                            lambda connection, _: _drop_old_records(connection, now)
                        )
                        for kind, days in retention_days(self._hass).items():
                            remove = partial(
                                History.remove_old,
                                kind=kind,
                                before=now - days * DAY_MS,
                                now=now,
                                linked=linked,
                            )
                            await history.async_run(remove)
                await self.async_plan_purge()
            except HistoryError as err:
                LOGGER.warning("What was forgotten cannot be removed yet: %s", err)
                self._removal.plan(RETRY.total_seconds())

    @callback
    def _tonight(self) -> None:
        self._plan_night()
        self._run(old=True)

    @callback
    def _plan_night(self) -> None:
        hour, minute = NIGHTLY
        night = dt_util.find_next_time_expression_time(
            dt_util.now() + timedelta(minutes=1), [0], [minute], [hour]
        )
        self._night.plan((night - dt_util.utcnow()).total_seconds())

    @callback
    def _run(self, *, old: bool = False) -> None:
        if self._entry is not None:
            what = f"{DOMAIN} remove what was forgotten"
            work = partial(self.async_remove_due, old=old)
            attend(self._hass, what, work, self._entry, again=True)


def _drop_old_records(connection: Connection, now: int) -> None:
    """Drop old calls, log events and audit records, also where no new ones arrive."""
    drop_calls(connection, now - CALLS_RETENTION_MS)
    drop_events(connection, now - EVENTS_RETENTION_MS)
    drop_audited(connection, now - AUDIT_RETENTION_MS)


@singleton(HassKey[Housekeeping](f"{DOMAIN}_housekeeping"))
def async_get_housekeeping(hass: HomeAssistant) -> Housekeeping:
    """Return the housekeeping of this instance."""
    return Housekeeping(hass)
