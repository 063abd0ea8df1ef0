"""Opens, shares, moves and closes the store; never in the event loop."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, timedelta
from typing import Final

from homeassistant.const import EVENT_HOMEASSISTANT_CLOSE
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant
from homeassistant.exceptions import ConfigEntryError, ConfigEntryNotReady
from homeassistant.helpers.event import async_call_later, async_track_time_interval

from ...const import CONF_DB_URL, DOMAIN, LOGGER
from ...history.errors import (
    HistoryError,
    StoreBroken,
    StoreBusy,
    StoreClosed,
    StoreLost,
    StoreMissing,
    StoreUnavailable,
)
from ...history.history import History
from ...history.model import Appended, Observation
from ...history.records.logged_events import EventKind
from ...history.recovery import store_move
from ..event_log_signals import async_log_event
from ..signals import async_signal_appended, async_signal_stored
from .outbox import WaitingObservations
from .store_issue import (
    async_note_store_made,
    async_report_broken,
    async_store_was_made,
    async_withdraw_broken,
)
from .store_opening import (
    async_install_driver,
    file_of,
    open_and_close,
    open_history,
    store_kind,
)

STORE_FILE: Final = "encore.db"
HOLD_TIMEOUT_S: Final = 60
REST_TIMEOUT_S: Final = 5
HELD_AT_MOST_S: Final = 3600
LOOKED_AT_EVERY: Final = timedelta(minutes=1)
"""How often an open store that nobody uses is looked at: its file may be gone."""


class StoreLifecycle:
    """One store for the instance, open as long as somebody holds it."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Prepare a store in the config folder, or where the History entry says; nothing is opened yet."""
        self._hass = hass
        self._moved_to: str | None = None
        self._moving = False
        self._history: History | None = None
        self._closing: asyncio.Future[None] | None = None
        self._holders = 0
        self._opening = asyncio.Lock()
        self._outbox = WaitingObservations(
            hass, self._async_store, self._async_reopen_lost
        )
        self._lost = False
        self._suspect = False
        self._made = False
        self._look_no_more: CALLBACK_TYPE | None = None
        self._go_on: CALLBACK_TYPE | None = None
        hass.bus.async_listen_once(EVENT_HOMEASSISTANT_CLOSE, self._async_close)

    @property
    def is_open(self) -> bool:
        """Whether questions can be asked now."""
        return self._history is not None

    @property
    def is_held(self) -> bool:
        """Whether somebody holds the store open; it stays open for who holds it, too, from now on."""
        return self._holders > 0

    @property
    def url(self) -> str:
        """Where the store is: the file in the config folder unless the History entry says otherwise."""
        chosen = self._moved_to or next(
            (
                entry.data[CONF_DB_URL]
                for entry in self._hass.config_entries.async_entries(DOMAIN)
                if entry.data.get(CONF_DB_URL)
            ),
            None,
        )
        return chosen or self.file_url

    @property
    def file_url(self) -> str:
        """The store in the config folder."""
        return f"sqlite:///{self._hass.config.path(STORE_FILE)}"

    async def async_move(self, url: str, *, copy: bool) -> None:
        """Go on in another store, with what is in this one or with what is there already.

        What is played meanwhile waits; all else that would write raises StoreBusy.
        Raises StoreBusy while long work or a backup is under way, ValueError for what is no URL,
        StoreTaken where a copy would meet another history, or why the other store cannot be opened;
        then nothing has changed.
        """
        if self._go_on is not None or self._moving:
            raise StoreBusy("A backup is being made, or the history is moving")
        self._moving = True
        try:
            for store in (self.url, url) if copy else (url,):
                await async_install_driver(self._hass, store)
            await self._async_rest()
            await self._async_hold()
            async with self._opening:
                await self._hass.async_add_executor_job(
                    store_move.copy if copy else open_and_close, self.url, url
                )
                before, self._moved_to = self._moved_to, url
                if self._history is not None or self._lost:
                    # Closing waits for the writer.
                    if self._history is not None:
                        self._history.go_on()
                    await self._async_close_history()
                    try:
                        self._history = await self._async_opened()
                        self._lost = False
                    except ConfigEntryError, ConfigEntryNotReady, StoreMissing:
                        self._moved_to = before
                        # Opened later where it cannot be opened now.
                        self._lost = True
                        self._history = await self._async_opened()
                        self._lost = False
                        raise StoreUnavailable("The store cannot be opened") from None
            what = "copied" if copy else "chosen"
            async_log_event(self._hass, EventKind.STORE, "moved", store_kind(url), what)
        finally:
            self._moving = False
            await self._async_go_on()
            if self._history is not None:
                await self._outbox.async_try_again()

    async def _async_rest(self) -> None:
        """Wait for long work that is all but over, such as what a start takes up."""
        if self._history is None or not self._history.at_work:
            return
        rest = self._history.rest()
        try:
            async with asyncio.timeout(REST_TIMEOUT_S):
                await asyncio.wrap_future(rest)
        except TimeoutError as err:
            raise StoreBusy("Long work is under way") from err
        if self._history.at_work:
            raise StoreBusy("Long work is under way")

    async def async_acquire(self) -> None:
        """Hold the store open until `async_release`.

        One that is damaged or gone is held all the same: what is played waits until a person has decided, and whoever
        who asks gets StoreLost. Raises ConfigEntryError when a newer Encore wrote it, ConfigEntryNotReady when it
        cannot be reached now.
        """
        async with self._opening:
            if self._history is None and not self._lost:
                missing: StoreMissing | None = None
                try:
                    self._history = await self._async_opened()
                except StoreMissing as err:
                    self._lost, missing = True, err
                try:
                    await self._outbox.async_load(missing)
                except BaseException:
                    await self._async_shut()
                    raise
            self._holders += 1
            if self._history is not None:
                async_note_store_made(self._hass)

    async def async_release(self) -> None:
        """Let go of the store; the last holder closes it."""
        self._holders -= 1
        if self._holders == 0:
            # A caller who is cancelled does not come back, and it goes on all the same.
            closing = self._hass.async_create_task(
                self._async_shut_unheld(), f"{DOMAIN}: close the history"
            )
            await asyncio.shield(closing)

    async def _async_shut_unheld(self) -> None:
        async with self._opening:
            if self._holders == 0:
                await self._async_shut()

    @asynccontextmanager
    async def async_held(self) -> AsyncIterator[None]:
        """Hold the store open for the length of a block."""
        await self.async_acquire()
        try:
            yield
        finally:
            await self.async_release()

    async def async_hold(self) -> None:
        """Write nothing until `async_go_on`, so that the store's file can be copied; it can be asked.

        What is played meanwhile waits in memory. Raises StoreBusy while the history moves, or when
        what is being written takes longer than HOLD_TIMEOUT_S.
        """
        if self._moving:
            raise StoreBusy("The history is moving")
        await self._async_hold()

    async def async_go_on(self) -> None:
        """Write again, first what waited; fine where nothing was held, or a move holds it."""
        if not self._moving:
            await self._async_go_on()

    async def _async_hold(self) -> None:
        if self._history is None or self._go_on is not None:
            return
        self._outbox.hold()
        self._go_on = async_call_later(
            self._hass, HELD_AT_MOST_S, self._async_forgotten
        )
        try:
            async with asyncio.timeout(HOLD_TIMEOUT_S):
                await asyncio.wrap_future(self._history.hold())
        except TimeoutError as err:
            await self._async_go_on()
            raise StoreBusy("The history is being written to") from err
        except BaseException:
            await self._async_go_on()
            raise

    async def _async_go_on(self) -> None:
        if self._go_on is None:
            return
        self._go_on()
        self._go_on = None
        if self._history is not None:
            self._history.go_on()
        if self._history is not None or self._lost:
            await self._outbox.async_go_on()

    async def _async_forgotten(self, _now: datetime) -> None:
        if self._moving:
            return
        LOGGER.warning("A backup did not say that it is over; the history goes on")
        await self.async_go_on()

    async def _async_store(self, observations: Sequence[Observation]) -> Appended:
        try:
            appended = await asyncio.wrap_future(self._opened.append(observations))
        except StoreLost as err:
            self._note_tracks(err)
            raise
        if appended.stored:
            async_signal_appended(self._hass, observations)
        return appended

    @property
    def at_work(self) -> bool:
        """Whether an import or other long work is under way, or nothing can be written now."""
        return (
            self._history is None
            or self._moving
            or self._outbox.wait
            or self._history.at_work
        )

    @property
    def _writable(self) -> History:
        """The history, for what nobody would repeat: it must not be written to a store that is being left."""
        if self._moving:
            raise StoreBusy("The history is moving")
        return self._opened

    @property
    def _opened(self) -> History:
        if self._history is None:
            if self._lost:
                raise StoreLost("The store was lost and is not open again yet")
            if self._holders:
                raise StoreClosed("The house is closing")
            raise RuntimeError("The store is asked for without being held open")
        return self._history

    def _note_tracks(self, loss: StoreLost) -> None:
        """Take note that the store was lost; it is opened again when it is next tried."""
        self._lost = True
        self._suspect |= loss.damaged

    @contextmanager
    def _noticing_loss(self) -> Iterator[None]:
        """Have the store opened again at once where the block meets that it was lost."""
        try:
            yield
        except StoreLost as err:
            if self._history is not None:
                self._note_tracks(err)
                self._outbox.failed(err)
            raise

    def in_loop[*Ts](self, progress: Callable[[*Ts], object]) -> Callable[[*Ts], None]:
        """Return what a thread calls for `progress` to be called in the event loop."""

        def report(*done: *Ts) -> None:
            self._hass.loop.call_soon_threadsafe(progress, *done)

        return report

    async def _async_result[T](self, work: Future[T] | Awaitable[T]) -> T:
        """Return what work of the history comes to; its loss is noticed."""
        with self._noticing_loss():
            waited = asyncio.wrap_future(work) if isinstance(work, Future) else work
            return await waited

    async def _async_look(self, _now: datetime) -> None:
        """See whether the store is still there; any transaction of a thread does."""
        if self._history is None or self._lost:
            return
        try:
            await self._async_result(self._history.look_up(lambda _: None))
        except HistoryError as err:
            LOGGER.debug("The history was looked at: %s", err)

    async def _async_reopen_lost(self) -> None:
        """Open a store again whose file was damaged or taken away; raises StoreUnavailable."""
        async with self._opening:
            if self._lost and self._holders:
                await self._async_open_again()

    async def _async_open_again(self, *, create: bool = False) -> None:
        await self._async_close_history()
        try:
            self._history = await self._async_opened(create=create)
        except ConfigEntryError, ConfigEntryNotReady:
            raise StoreUnavailable("The store cannot be opened") from None
        self._lost = self._suspect = False
        async_signal_stored(self._hass)

    async def _async_opened(self, *, create: bool = False) -> History:
        """Open the store; a caller who is cancelled meanwhile leaves nothing open behind.

        One that was made before is not made again, unless it is to be `create`d. Raises StoreMissing for one that is missing, or was
        found damaged and moved aside; a person is asked then.
        """
        must_exist = not create and (self._made or async_store_was_made(self._hass))
        suspect, url = self._suspect, self.url
        await async_install_driver(self._hass, url)
        # Home Assistant cancels what it knows of when it stops, also the future of a thread that goes on.
        opening = self._hass.loop.run_in_executor(
            None,
            lambda: open_history(
                url, self._changed, must_exist=must_exist, thoroughly=suspect
            ),
        )
        try:
            await asyncio.wait((opening,))
        except asyncio.CancelledError:
            # The thread goes on all the same.
            await asyncio.wait((opening,))
            if opening.exception() is None:
                await self._hass.loop.run_in_executor(None, opening.result().close)
            raise
        file = file_of(url) or store_kind(url)
        try:
            opened = opening.result()
        except StoreBroken as err:
            async_report_broken(self._hass, file, err.moved_to)
            self._made = True
            raise StoreMissing("The file is damaged, and was moved aside") from err
        except StoreMissing:
            async_report_broken(self._hass, file, None)
            raise
        async_withdraw_broken(self._hass)
        self._made = True
        self._look_no_more = async_track_time_interval(
            self._hass, self._async_look, LOOKED_AT_EVERY, cancel_on_shutdown=True
        )
        return opened

    def _changed(self) -> None:
        """Signal a commit; called in the writer's thread."""
        self._hass.loop.call_soon_threadsafe(async_signal_stored, self._hass)

    async def _async_close(self, _event: Event) -> None:
        async with self._opening:
            await self._async_shut()

    async def _async_shut(self) -> None:
        await self._async_go_on()
        await self._outbox.async_close()
        self._lost = self._suspect = self._made = False
        await self._async_close_history()

    async def _async_close_history(self) -> None:
        if self._look_no_more is not None:
            self._look_no_more()
            self._look_no_more = None
        if (history := self._history) is not None:
            self._history = None
            # Home Assistant cancels what it knows of when it stops, before a thread has begun it.
            self._closing = self._hass.loop.run_in_executor(None, history.close)
        if (closing := self._closing) is not None:
            # Who is cancelled leaves the waiting to the next.
            await asyncio.wait((closing,))
            self._closing = None
            closing.result()
