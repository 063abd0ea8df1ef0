"""Virtual time: an event loop that jumps to its next timer whenever nothing is left to do, and clocks that follow it."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future as ThreadFuture
from contextlib import contextmanager
from contextvars import Context, ContextVar
from datetime import datetime, timedelta
from math import ceil
import selectors
import threading
import time
from typing import Any, Final, override
from unittest.mock import patch
from weakref import WeakKeyDictionary

import freezegun
from freezegun.api import FrozenDateTimeFactory
from pytest_homeassistant_custom_component import patch_time

_LOOPBACK_S: Final = 0.001
"""So long what was sent over the loopback may still be under way on a busy machine."""
_REAL_WAIT_S: Final = 0.05
_MICRO: Final = 1_000_000

_REAL_SLEEP: Final = time.sleep

PROCESS: Final[ContextVar[object]] = ContextVar("process", default=None)
"""What would be a process of its own, were it not simulated: set in the context of all that it does."""


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """A loop whose time stands still while anything is at work, and then jumps to the next timer.

    At work is what can run in the loop, what arrives at a socket, and what the loop waits for in a thread. A thread
    that sleeps, sleeps virtually. From `shutdown_default_executor` on, time stands still for good.
    """

    def __init__(self, move: Callable[[timedelta], object]) -> None:
        """`move` moves the clocks of the process, by as much as the loop's time."""
        self._move = move
        self._now_us = 0
        self._in_threads: set[asyncio.Future[Any]] = set()
        self._asleep = 0
        self._thread = threading.local()
        self._over = False
        self._timers: WeakKeyDictionary[asyncio.TimerHandle, object] = (
            WeakKeyDictionary()
        )
        self.jumps = 0
        """How often time jumped."""
        super().__init__(_JumpingSelector(self))

    @override
    def time(self) -> float:
        """Return the virtual time since the loop began (s)."""
        return self._now_us / _MICRO

    def jump(self, seconds: float) -> None:
        """Let time pass, at least so much."""
        micros = ceil(seconds * _MICRO)
        self._now_us += micros
        self.jumps += 1
        self._move(timedelta(microseconds=micros))

    @override
    def call_at[*Ts](
        self,
        when: float,
        callback: Callable[[*Ts], object],
        *args: *Ts,
        context: Context | None = None,
    ) -> asyncio.TimerHandle:
        """Call back at a virtual time, unless the process that wants it has ended by then."""
        timer = super().call_at(when, callback, *args, context=context)
        if (process := PROCESS.get()) is not None:
            self._timers[timer] = process
        return timer

    async def end(self, process: object) -> None:
        """Let a process end: its tasks and timers are gone with it."""
        for timer, owner in [*self._timers.items()]:
            if owner is process:
                timer.cancel()
        left = [
            task
            for task in asyncio.all_tasks(self)
            if task.get_context().get(PROCESS) is process
            and task is not asyncio.current_task()
        ]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    @property
    def waits_for_threads(self) -> bool:
        """Whether a thread is at work for the loop and not asleep."""
        return self._over or len(self._in_threads) > self._asleep

    def awaited[T](self, future: asyncio.Future[T]) -> asyncio.Future[T]:
        """Take account of a future that a thread is to set."""
        self._in_threads.add(future)
        future.add_done_callback(self._in_threads.discard)
        return future

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let no time pass while a thread that the loop does not know of is waited for."""
        future = self.awaited(self.create_future())
        try:
            yield
        finally:
            future.set_result(None)

    @override
    def run_in_executor(  # type: ignore[override]
        self, executor: Any, func: Callable[..., Any], *args: Any
    ) -> asyncio.Future[Any]:
        """Run a function in a thread, while time stands still."""

        def at_work() -> Any:
            self._thread.at_work = True
            try:
                return func(*args)
            finally:
                self._thread.at_work = False

        return self.awaited(super().run_in_executor(executor, at_work))

    def sleep_in_thread(self, seconds: float) -> None:
        """Sleep virtually in a thread that is at work for the loop, and really in any other."""
        if not getattr(self._thread, "at_work", False):
            _REAL_SLEEP(seconds)
            return
        rested = threading.Event()
        self.call_soon_threadsafe(self._fall_asleep, seconds, rested)
        rested.wait()

    @override
    async def shutdown_default_executor(self, timeout: float | None = None) -> None:
        """Wait for the threads, however long it really takes."""
        self._over = True
        await super().shutdown_default_executor(timeout)

    def _fall_asleep(self, seconds: float, rested: threading.Event) -> None:
        self._asleep += 1
        self.call_later(seconds, self._wake, rested)

    def _wake(self, rested: threading.Event) -> None:
        self._asleep -= 1
        rested.set()


class _JumpingSelector(selectors.DefaultSelector):
    """Waits for sockets as long as something is at work; else it lets the loop's time jump instead."""

    def __init__(self, loop: VirtualTimeLoop) -> None:
        super().__init__()
        self._loop = loop

    @override
    def select(
        self, timeout: float | None = None
    ) -> list[tuple[selectors.SelectorKey, int]]:
        if ready := super().select(0):
            return ready
        if timeout is not None and timeout <= 0:
            return ready
        if timeout is None or self._loop.waits_for_threads:
            return super().select(_REAL_WAIT_S)
        if ready := super().select(_LOOPBACK_S):
            return ready
        self._loop.jump(timeout)
        return []


def run_in_virtual_time[T](
    main: Callable[[], Coroutine[Any, Any, T]], start: datetime
) -> T:
    """Run a coroutine function in a loop of its own, with all clocks of the process at `start` (UTC), and return its result.

    `asyncio.wrap_future` and `time.sleep` in threads follow the loop while it runs.
    """
    with frozen(start) as clocks:

        def new_loop() -> VirtualTimeLoop:
            return VirtualTimeLoop(clocks.tick)

        with asyncio.Runner(loop_factory=new_loop) as runner:
            loop = runner.get_loop()
            assert isinstance(loop, VirtualTimeLoop)
            wrap = asyncio.wrap_future

            def awaited(
                future: ThreadFuture[Any], **options: Any
            ) -> asyncio.Future[Any]:
                return loop.awaited(wrap(future, **options))

            with (
                patch("asyncio.wrap_future", awaited),
                patch("time.sleep", loop.sleep_in_thread),
            ):
                return runner.run(main())


@contextmanager
def frozen(start: datetime) -> Iterator[FrozenDateTimeFactory]:
    """Let all clocks of the process stand at `start`; what is given moves them.

    Home Assistant's datetimes need its own tests' changes to freezegun, which pytest makes by itself.
    """
    api = "freezegun.api"
    with (
        patch(f"{api}.FakeDate", patch_time.HAFakeDate),
        patch(f"{api}.FakeDatetime", patch_time.HAFakeDatetime),
        patch(
            f"{api}.datetime_to_fakedatetime", patch_time.ha_datetime_to_fakedatetime
        ),
        patch(f"{api}._get_module_attributes", patch_time.ha_get_module_attributes),
        patch(
            f"{api}._get_module_attributes_hash",
            patch_time.ha_get_module_attributes_hash,
        ),
        patch(f"{api}._should_use_real_time", patch_time.ha_should_use_real_time),
        patch(f"{api}.get_current_time", patch_time.ha_get_current_time),
        freezegun.freeze_time(start) as clocks,
    ):
        assert isinstance(clocks, FrozenDateTimeFactory)
        yield clocks


async def until(moment_ms: int, now_ms: Callable[[], int]) -> None:
    """Sleep until a moment (UTC ms) by a clock."""
    while (left := moment_ms - now_ms()) > 0:
        await asyncio.sleep(left / 1000)
