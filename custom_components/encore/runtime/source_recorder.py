"""What the collectors of all sources share: saving observations, noting recorded times, tasks, state over restarts."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final, final

import msgspec

from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.helpers.storage import Store

from ..const import DOMAIN, LOGGER
from ..history.errors import HistoryError, StoreClosed
from ..history.model import Listener, Observation, Source
from ..history.records.recordings import note
from ..tracking.recorded_time import RecordedTime
from .moments import now_ms
from .store.history_service import DATA_HISTORY
from .supervision import async_cancel, attend

STATE_VERSION: Final = 1


@final
class SourceRecorder:
    """Hands what one source reports of one listener to the history, while its collector is on."""

    def __init__(
        self, hass: HomeAssistant, source: Source, listener: Listener, name: str
    ) -> None:
        """Prepare to record; `name` says in the names of tasks whose plays they are."""
        self.listener = listener
        self.recorded_time = RecordedTime(listener, source=source)
        self.unsaved: list[Observation] = []
        """Observations that the history does not have yet."""
        self._hass = hass
        self._source = source
        self._name = name
        self._saving = asyncio.Lock()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._subscriptions: list[CALLBACK_TYPE] = []

    @property
    def is_on(self) -> bool:
        """Whether the collector is started and not stopped."""
        return bool(self._subscriptions)

    @callback
    def async_begin(
        self, unsubscribe: CALLBACK_TYPE, stop: Callable[[], Awaitable[None]]
    ) -> None:
        """Be on until `async_end`, which calls `unsubscribe`; `stop` is called when Home Assistant stops."""

        async def stopping(_event: Event) -> None:
            # A listener for one event is gone once it was called.
            self._subscriptions = self._subscriptions[:1]
            await stop()

        bus = self._hass.bus
        self._subscriptions = [
            unsubscribe,
            bus.async_listen_once(EVENT_HOMEASSISTANT_STOP, stopping),
        ]

    @callback
    def async_end(self) -> None:
        """Be off, and end the subscriptions."""
        for unsubscribe in self._subscriptions:
            unsubscribe()
        self._subscriptions = []

    async def async_seen_until(self) -> int | None:
        """Return when (UTC ms) the source was last recorded before this start. Raises HistoryError."""
        return await self._hass.data[DATA_HISTORY].async_look_up(
            lambda queries: queries.seen_until(self.listener.key, self._source)
        )

    async def async_add(self, observations: Sequence[Observation]) -> int:
        """Append observations with all that is not saved yet, and return how many were new."""
        self.unsaved += observations
        return await self.async_save()

    async def async_save(
        self, first: Callable[[], Awaitable[None]] | None = None
    ) -> int:
        """Append what is not saved yet, and return how many observations were new; `first` is awaited before, under the same lock.

        While the store closes, they stay for the next start.
        """
        async with self._saving:
            if first is not None:
                await first()
            if not (observations := self.unsaved[:]):
                return 0
            history = self._hass.data[DATA_HISTORY]
            try:
                appended = await history.async_append(observations)
            except StoreClosed:
                return 0
            # Only now: a task that is cancelled before has lost nothing, and what is
            # appended twice is one observation.
            del self.unsaved[: len(observations)]
            return appended.stored

    async def async_note(self) -> None:
        """Note when the source was recorded; what cannot be noted is tried again with the next."""
        now = now_ms()
        unnoted = self.recorded_time.unnoted(now)
        try:
            await self._hass.data[DATA_HISTORY].async_store(note, *unnoted)
        except HistoryError as err:
            LOGGER.debug("What was recorded when cannot be noted: %s", err)
        else:
            self.recorded_time.noted(unnoted, now)

    @callback
    def run(
        self, work: Callable[[], Awaitable[object]], what: str, *, again: bool = True
    ) -> None:
        """Do work in a task that ends with the collector; after an unforeseen error `again`, unless the next change begins it anyway."""
        name = f"{DOMAIN} {what} {self._name}"
        task = attend(self._hass, name, work, again=again)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def async_cancel_tasks(self) -> None:
        """End what is under way."""
        await async_cancel(*self._tasks)


@final
class CollectorStateStore[S]:
    """Stores what a collector needs over a restart: a dataclass whose fields all have defaults."""

    def __init__(self, hass: HomeAssistant, key: str, kind: type[S]) -> None:
        """Prepare to read and write a state of a kind, under a key."""
        self._kind = kind
        self._key = f"{DOMAIN}.{key}"
        self._store: Store[dict[str, Any]] = Store(
            hass, STATE_VERSION, self._key, private=True
        )

    async def async_load(self) -> S:
        """Return what was saved; a state that cannot be read is not worth a failed start."""
        try:
            return msgspec.convert(await self._store.async_load() or {}, self._kind)
        except msgspec.ValidationError:
            LOGGER.debug("The state in %s cannot be read", self._key)
            return self._kind()

    async def async_save(self, state: S) -> None:
        """Save it, at once."""
        await self._store.async_save(msgspec.to_builtins(state))

    async def async_remove(self) -> None:
        """Remove it, with the entry that it belongs to."""
        await self._store.async_remove()
