"""Whether a finished play was a first: of an artist, or of a day in a streak."""

from datetime import date
from typing import Final

import numpy as np

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..history.model import COUNTED_FROM_MS, Kind, Play, TopOf, Window
from ..history.queries.history_queries import HistoryQueries
from ..history.queries.visible_plays import NOBODY_HIDDEN
from ..history.time_ranges.local_clock import DAY, Clock
from ..listeners.linked_listeners import listener_zones
from ..questions.naming.names import folded
from ..questions.streaks import streaks_of
from ..runtime.store.history_service import DATA_HISTORY

_ARTISTS: Final = 1_000
"""More artists than a play has."""


async def async_new_artists(hass: HomeAssistant, play: Play) -> tuple[str, ...]:
    """Return the artists of a play of whom its listener had heard nothing that counts before, the main one first.

    Raises HistoryError.
    """
    if play.item.kind is not Kind.TRACK or play.ms_played < COUNTED_FROM_MS:
        return ()
    mine = frozenset({play.listener.key})

    def ask(queries: HistoryQueries) -> frozenset[str]:
        now = Window(play.started_at, play.started_at + 1)
        of_now = queries.select(now, listeners=mine).by(TopOf.ARTISTS)
        before = queries.select(Window(0, play.started_at), listeners=mine)
        known = before.by(TopOf.ARTISTS).plays > 0
        new = np.ones(len(of_now.plays), np.bool_)
        # Both count all artists that the store knows, or all up to their last.
        both = min(len(new), len(known))
        new[:both] = ~known[:both]
        found = queries.ranked(TopOf.ARTISTS, of_now.where(new), limit=_ARTISTS)
        return frozenset(folded(entry.name) for entry in found)

    memory = hass.data[DATA_HISTORY]
    async with memory.async_held():
        new = await memory.async_ask(ask, hidden=NOBODY_HIDDEN)
    return tuple(artist for artist in play.item.artists if folded(artist) in new)


async def async_streak(hass: HomeAssistant, play: Play) -> tuple[date, int] | None:
    """Return the day of a play and how many days in a row its listener listened until then.

    None where it is not the first play of its day that counts. The day is the listener's own. Raises HistoryError.
    """
    if play.ms_played < COUNTED_FROM_MS or play.item.kind is Kind.TELEVISION:
        return None
    zones = {listener.key: zone for listener, zone in listener_zones(hass)}
    zone = zones.get(play.listener.key, dt_util.get_default_time_zone())
    clock = Clock(play.started_at, zone)
    day = clock.today
    mine = frozenset({play.listener.key})

    def ask(queries: HistoryQueries) -> int | None:
        earlier = Window(clock.instant(day), play.started_at)
        if queries.total(earlier, listeners=mine).plays:
            return None
        until = Window(0, clock.span(day, day + DAY).end)
        days = queries.select(until, listeners=mine).by_day(zone).starts.astype("M8[D]")
        streaks = streaks_of(days)
        return streaks[-1].days if streaks and streaks[-1].last == day else None

    memory = hass.data[DATA_HISTORY]
    async with memory.async_held():
        length = await memory.async_ask(ask, hidden=NOBODY_HIDDEN)
    return None if length is None else (day, length)
