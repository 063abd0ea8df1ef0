"""Counts API calls by account, purpose and hour, in the history."""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection
from typing import Final, final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback

from ...const import LOGGER
from ...history.errors import HistoryError
from ...history.model import Listener
from ...history.records.api_calls import HOUR_MS, ApiCalls, add_calls
from ...runtime.moments import now_ms
from ...runtime.store.history_service import DATA_HISTORY
from ...runtime.store.write_buffer import WriteBuffer
from ..call_purpose import Purpose
from .background_share import Made

SAVED_EVERY_S: Final = 60
IN_MEMORY_MS: Final = 49 * HOUR_MS
"""A local day with a change of clocks, and the day before."""
DAY_MS: Final = 24 * HOUR_MS

type _Slot = tuple[str, int, str]
"""The key of a listener, the beginning of an hour (UTC ms), and a purpose."""


@final
class Usage:
    """Calls of the last two days in memory, and those of 90 days in the history."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Begin with nothing counted."""
        self._hass = hass
        self._counted: Counter[_Slot] = Counter()
        self._lately: defaultdict[str, deque[Made]] = defaultdict(deque)
        """Calls of the last hour by the key of their listener, in order."""
        self._unsaved = WriteBuffer[ApiCalls](hass, "What was counted", add_calls)
        self._loaded = False
        self._subscribers: list[Callable[[], None]] = []

    async def async_load(self) -> None:
        """Take up what was counted before this start; the history is open."""
        if self._loaded:
            return
        self._loaded = True
        now = now_ms()
        since = now - IN_MEMORY_MS
        try:
            known = await self._hass.data[DATA_HISTORY].async_look_up(
                lambda queries: queries.api_calls(since)
            )
        except HistoryError as err:
            self._loaded = False
            LOGGER.debug("What was counted before cannot be read: %s", err)
            return
        for listener, hour, purpose, calls in known:
            self._counted[listener.key, hour, purpose] += calls
            # Only their hour is known: they are taken to be as late in it as can be.
            if (at := min(hour + HOUR_MS, now)) > now - HOUR_MS:
                self._lately[listener.key].append(Made(at, purpose, calls))
        for lately in self._lately.values():
            ordered = sorted(lately)
            lately.clear()
            lately.extend(ordered)

    @callback
    def count(self, listener: Listener | None, purpose: Purpose, calls: int) -> None:
        """Count calls that were made now; those of no account yet stay in memory only."""
        if not calls:
            return
        now = now_ms()
        hour, key = now // HOUR_MS * HOUR_MS, listener.key if listener else ""
        if (key, hour, purpose) not in self._counted:
            self._drop_old(now)
        self._counted[key, hour, purpose] += calls
        self._lately[key].append(Made(now, purpose, calls))
        self._forget(key, now)
        if listener is not None and self._loaded:
            record = ApiCalls(listener, hour, purpose, calls)
            self._unsaved.add(record, SAVED_EVERY_S)
        self.notify()

    def calls_of(self, key: str, since: int) -> dict[str, int]:
        """Return the calls of a listener (by key) by purpose, in hours that were not over at a moment (UTC ms).

        At most two days back.
        """
        found: Counter[str] = Counter()
        for (listener_key, hour, purpose), calls in self._counted.items():
            if listener_key == key and hour + HOUR_MS > since:
                found[purpose] += calls
        return dict(found.most_common())

    def within_an_hour(self, key: str, now: int) -> tuple[Made, ...]:
        """Return the calls of a listener (by key) in the hour before `now` (UTC ms), in order.

        Those from before a restart count as made at the end of their hour, or at the start of Home Assistant.
        """
        self._forget(key, now)
        return tuple(self._lately[key])

    def within_a_day(self, now: int, untold: Collection[str] = ()) -> int:
        """Return the calls of everybody but the `untold` listeners (by key) in the 24 hours before `now` (UTC ms), to the hour."""
        return sum(
            calls
            for (listener_key, hour, _), calls in self._counted.items()
            if hour > now - DAY_MS and listener_key not in untold
        )

    def lately(self, now: int, ms: int, listeners: Collection[str]) -> int:
        """Return the calls of some listeners (by key) in some ms, an hour at the most, before `now` (UTC ms)."""
        return sum(
            made.calls
            for key in listeners
            for made in self._lately.get(key, ())
            if made.at > now - ms
        )

    def room_at(self, now: int, calls: int) -> int:
        """Return when (UTC ms) fewer than a number of calls lie within 24 hours, if none is made until then."""
        left, room_at = self.within_a_day(now), now
        for (_, hour, _), made in sorted(self._counted.items(), key=_hour_of):
            if left < calls:
                break
            if hour > now - DAY_MS:
                left -= made
                room_at = hour + DAY_MS
        return room_at

    @callback
    def subscribe(self, subscriber: Callable[[], None]) -> CALLBACK_TYPE:
        """Call something whenever a call was counted, or a notice about calls changed."""
        self._subscribers.append(subscriber)
        return lambda: self._subscribers.remove(subscriber)

    @callback
    def notify(self) -> None:
        """Notify all subscribers."""
        for subscriber in tuple(self._subscribers):
            subscriber()

    async def async_save(self) -> None:
        """Store what is not stored yet; what cannot be stored now is tried again with the next."""
        await self._unsaved.async_save()

    def _forget(self, key: str, now: int) -> None:
        lately = self._lately[key]
        while lately and lately[0].at <= now - HOUR_MS:
            lately.popleft()

    def _drop_old(self, now: int) -> None:
        oldest = now - IN_MEMORY_MS
        for slot in [slot for slot in self._counted if slot[1] < oldest]:
            del self._counted[slot]


def _hour_of(item: tuple[_Slot, int]) -> int:
    return item[0][1]
