"""How long an event loop is kept from its work, and by what: the stacks and the processor time of all threads meanwhile.

It imports nothing but the standard library: `loop_watch` runs it inside Home Assistant.
"""

import asyncio
from collections import Counter
from contextlib import suppress
import gc
import os
from pathlib import Path
import sys
import threading
import time
from types import FrameType
from typing import Any, Final, NamedTuple, Self

BEAT_S: Final = 0.005

STALL_MS: Final = 50.0
"""From how late on the stacks are noted."""

_LOOK_S: Final = 0.01
_FRAMES: Final = 12
"""How many frames of a stack are noted, the innermost first."""
_THREADS: Final = 4
"""Of how many threads is told, the busiest first."""
_MOST_STALLS: Final = 200
_OLDEST: Final = 2
"""The generation with which all others are collected."""

type Stacks = dict[int, str]
"""By the native id of a thread."""


class _Moment(NamedTuple):
    """What each thread had used of a processor (ns), and how long the loop's had waited for one (ns)."""

    busy: dict[int, int]
    waited: int


class Heartbeat:
    """A task that wakes every 5 ms and notes how late, and a thread that looks what goes on where it is too late."""

    def __init__(self) -> None:
        """Begin without a beat."""
        self.late_ms: list[float] = []
        self.stalls: list[dict[str, Any]] = []
        """Each delay of more than 50 ms: `late_ms`, `process_ms` (processor time of the whole process meanwhile),
        `queued_ms` (how long the loop's thread waited for a processor), `gc_ms` (collections, by generation), and
        `threads`, the busiest first, each with its name, processor time and most frequent stack. Where `process_ms`
        is far below `late_ms`, the machine was busy with something else."""
        self.full_collections = 0
        """How often the garbage collector visited all objects that there are."""
        self._task: asyncio.Task[None] | None = None
        self._loop_thread = 0
        self._schedule = -1
        self._due = 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, name="heartbeat")
        self._before = _Moment({}, 0)
        self._seen: list[Stacks] = []
        self._collected: Counter[int] = Counter()
        self._collecting: tuple[int, float] | None = None
        """The generation that is collected, and since when."""

    def __enter__(self) -> Self:
        """Begin to beat, in the running loop."""
        self._loop_thread = threading.get_native_id()
        self._schedule = os.open(
            f"/proc/self/task/{self._loop_thread}/schedstat", os.O_RDONLY
        )
        self._due = time.perf_counter() + BEAT_S
        self._task = asyncio.get_running_loop().create_task(self._beat())
        gc.callbacks.append(self._note_collection)
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        """Stop."""
        assert self._task is not None
        self._task.cancel()
        gc.callbacks.remove(self._note_collection)
        self._over.set()
        self._thread.join()
        os.close(self._schedule)

    @property
    def max_ms(self) -> float:
        """How late it was at most."""
        return round(max(self.late_ms, default=0.0), 3)

    async def _beat(self) -> None:
        while True:
            self._due = time.perf_counter() + BEAT_S
            await asyncio.sleep(BEAT_S)
            late_ms = (time.perf_counter() - self._due) * 1000
            self.late_ms.append(late_ms)
            if late_ms > STALL_MS and len(self.stalls) < _MOST_STALLS:
                # Who kept the interpreter to itself all the while is still where it gave it away.
                self._seen.append(_stacks(but=self._loop_thread))
                self.stalls.append(self._stall(late_ms))
            self._seen = []
            self._collected.clear()

    def _look(self) -> None:
        """Note where the threads are, as long as the loop is late; and what they had used before."""
        while not self._over.wait(_LOOK_S):
            late_ms = (time.perf_counter() - self._due) * 1000
            if late_ms > STALL_MS:
                self._seen.append(_stacks(but=threading.get_native_id()))
            elif late_ms < _LOOK_S * 1000:
                self._before = _Moment(_busy(), self._waited())

    def _stall(self, late_ms: float) -> dict[str, Any]:
        """Return what went on since the last moment that was in time."""
        before, busy = self._before, _busy()
        self._note_collected()
        used = Counter(
            {
                thread: (now - before.busy.get(thread, 0)) / 1e6
                for thread, now in busy.items()
            }
        )
        names = {one.native_id: one.name for one in threading.enumerate()}
        waited = self._waited()
        return {
            "late_ms": round(late_ms, 1),
            "process_ms": round(sum(used.values()), 1),
            "queued_ms": round((waited - before.waited) / 1e6, 1),
            "gc_ms": {f"gen{gen}": ms for gen, ms in self._collected.items()},
            "threads": [
                {
                    "name": names.get(thread, "?"),
                    "ms": round(ms, 1),
                    "stack": self._stack_of(thread),
                }
                for thread, ms in used.most_common(_THREADS)
            ],
        }

    def _waited(self) -> int:
        """Return how long the loop's thread has waited for a processor (ns)."""
        return int(os.pread(self._schedule, 128, 0).split()[1])

    def _stack_of(self, thread: int) -> str:
        """Return where a thread was found most often."""
        found = Counter(one[thread] for one in self._seen if thread in one)
        return found.most_common(1)[0][0] if found else ""

    def _note_collection(self, phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            self._collecting = info["generation"], time.perf_counter()
        else:
            self._note_collected()
            self.full_collections += info["generation"] == _OLDEST

    def _note_collected(self) -> None:
        """Note the collection that goes on, if one does; its end may be told of only after the loop went on."""
        if self._collecting is not None:
            generation, since = self._collecting
            self._collected[generation] += round((time.perf_counter() - since) * 1000)
            self._collecting = None


def _busy() -> dict[int, int]:
    """Return what each thread has used of a processor (ns)."""
    found = {}
    for thread in threading.enumerate():
        if (number := thread.native_id) is not None:
            # The clock of a thread by its number (man clock_gettime): unlike pthread's, it may be asked of one that ended.
            with suppress(OSError):
                found[number] = time.clock_gettime_ns(~number << 3 | 6)
    return found


def _stacks(*, but: int) -> Stacks:
    """Return where all threads are but one."""
    frames = sys._current_frames()  # noqa: SLF001  there is no other way
    return {
        thread.native_id: _text(frame)
        for thread in threading.enumerate()
        if thread.native_id is not None
        and thread.native_id != but
        and (frame := frames.get(thread.ident or 0)) is not None
    }


def _text(frame: FrameType | None) -> str:
    """Return a stack in a line, the innermost frame first."""
    frames: list[str] = []
    while frame is not None and len(frames) < _FRAMES:
        code = frame.f_code
        place = "/".join(Path(code.co_filename).parts[-2:])
        frames.append(f"{place}:{frame.f_lineno} {code.co_name}")
        frame = frame.f_back
    return " < ".join(frames)
