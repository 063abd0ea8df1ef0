"""The daily copy of the store."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HassJob, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later, async_track_time_interval
from homeassistant.helpers.singleton import singleton
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ...const import DOMAIN, LOGGER
from ...history.errors import CopyFailed
from ...history.recovery.copies import (
    Copies,
    copies_of,
    drop_copies,
    made_at,
    make_copy,
    size_of,
)
from ...settings.options import CONF_COPIES
from ..supervision import attend
from .history_service import DATA_HISTORY

DUE_AFTER: Final = timedelta(hours=23, minutes=30)
LOOKED_EVERY: Final = timedelta(hours=1)
FIRST_LOOK_S: Final = 600
"""A start has enough to do."""

type _Stopped = Callable[[], bool]


@callback
def async_start_copies(hass: HomeAssistant, entry: ConfigEntry) -> CALLBACK_TYPE:
    """Make a copy whenever the newest is a day old, or remove those there are where none are wanted; returns what stops that."""
    stopped = False

    async def copy() -> None:
        await _async_copy(hass, entry, lambda: stopped or hass.is_stopping)

    @callback
    def look(_now: datetime) -> None:
        attend(hass, f"{DOMAIN} copy the history", copy, entry)

    cancel_first = async_call_later(
        hass, FIRST_LOOK_S, HassJob(look, cancel_on_shutdown=True)
    )
    cancel = async_track_time_interval(
        hass, look, LOOKED_EVERY, cancel_on_shutdown=True
    )

    @callback
    def stop() -> None:
        nonlocal stopped
        stopped = True
        cancel_first()
        cancel()

    return stop


async def _async_copy(
    hass: HomeAssistant, entry: ConfigEntry, stopped: _Stopped
) -> None:
    history = hass.data[DATA_HISTORY]
    file = history.file
    # Of a store that is damaged or gone, the copies are what is left.
    if file is None:
        return
    async with _lock(hass):
        if not entry.options.get(CONF_COPIES, True):
            await hass.async_add_executor_job(drop_copies, file)
            return
        if history.at_work:
            return
        try:
            await hass.async_add_executor_job(_copy, file, dt_util.utcnow(), stopped)
        except CopyFailed as err:
            LOGGER.warning("The daily copy of the history could not be made: %s", err)


@singleton(HassKey[asyncio.Lock](f"{DOMAIN}_copying"))
def _lock(_hass: HomeAssistant) -> asyncio.Lock:
    """Return what lets one copy be made at a time: a look may come while another is still at it."""
    return asyncio.Lock()


def _copy(file: Path, now: datetime, stopped: _Stopped) -> None:
    newest = next(iter(copies_of(file)), None)
    if newest is None or now - made_at(newest) >= DUE_AFTER:
        make_copy(file, now, stopped=stopped)


async def async_copies(hass: HomeAssistant) -> Copies:
    """Return how many copies there are, and how much room they take."""
    file = hass.data[DATA_HISTORY].file
    if file is None:
        return Copies(0, 0)
    return await hass.async_add_executor_job(size_of, file)
