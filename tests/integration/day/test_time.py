"""Virtual time: hours pass at once, but never while something is at work."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import UTC, datetime
import time

from aiohttp import ClientSession, web

from benchmarks._day_time import PROCESS, VirtualTimeLoop, run_in_virtual_time, until
from homeassistant.util import dt as dt_util

START = datetime(2026, 11, 17, tzinfo=UTC)


def test_a_day_of_sleep_takes_no_time_and_all_clocks_agree() -> None:
    """The loop's time, the time of day and the monotonic clock move together."""

    async def day() -> tuple[float, float, float, datetime]:
        loop, began = asyncio.get_running_loop(), time.monotonic()
        await asyncio.sleep(86_400)
        return loop.time(), time.time(), time.monotonic() - began, dt_util.utcnow()

    begun = datetime.now(UTC)
    looped, at, passed, now = run_in_virtual_time(day, START)
    assert looped == 86_400
    assert at == START.timestamp() + 86_400
    assert passed == 86_400
    assert now == datetime(2026, 11, 18, tzinfo=UTC)
    assert (datetime.now(UTC) - begun).total_seconds() < 60


def test_timers_run_in_their_order_at_their_own_time() -> None:
    """A jump goes to the next timer, not past it."""

    async def seen() -> list[tuple[str, float]]:
        loop, reported = asyncio.get_running_loop(), list[tuple[str, float]]()
        loop.call_later(7200, lambda: reported.append(("later", loop.time())))
        loop.call_later(0.25, lambda: reported.append(("soon", loop.time())))
        await asyncio.sleep(10_000)
        return reported

    assert run_in_virtual_time(seen, START) == [("soon", 0.25), ("later", 7200)]


def test_time_stands_still_while_a_thread_works() -> None:
    """A timeout of a millisecond outlasts work that really takes longer: in the loop's threads, and in somebody else's."""

    def work() -> str:
        # Real work, which no patched sleep shortens.
        sum(range(3_000_000))
        return "done"

    async def worked() -> tuple[str, str, float]:
        with ThreadPoolExecutor(1) as own:
            async with asyncio.timeout(0.001):
                first = await asyncio.to_thread(work)
            async with asyncio.timeout(0.001):
                second = await asyncio.wrap_future(own.submit(work))
        return first, second, asyncio.get_running_loop().time()

    assert run_in_virtual_time(worked, START) == ("done", "done", 0)


def test_a_thread_that_sleeps_lets_time_pass() -> None:
    """As the retries of an HTTP library do."""

    async def slept() -> float:
        await asyncio.to_thread(time.sleep, 3600)
        return time.time() - START.timestamp()

    assert run_in_virtual_time(slept, START) == 3600


def test_an_answer_over_the_loopback_takes_no_time(loopback: None) -> None:
    """Client and server share the loop; no timeout strikes while an answer is on its way."""

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text="x" * 1_000_000)

    async def asked() -> tuple[int, float]:
        app = web.Application()
        app.router.add_get("/", answer)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            async with ClientSession() as session, asyncio.timeout(1):
                port = runner.addresses[0][1]
                async with session.get(f"http://127.0.0.1:{port}/") as response:
                    size = len(await response.read())
        finally:
            await runner.cleanup()
        return size, asyncio.get_running_loop().time()

    size, passed = run_in_virtual_time(asked, START)
    assert size == 1_000_000
    assert passed < 1


def test_until_a_moment_by_a_clock() -> None:
    """What is past is not waited for."""

    async def waited() -> list[float]:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualTimeLoop)

        def now_ms() -> int:
            return int(time.time() * 1000)

        start = now_ms()
        await until(start - 5, now_ms)
        first = loop.time()
        await until(start + 90_000, now_ms)
        return [first, loop.time()]

    assert run_in_virtual_time(waited, START) == [0, 90]


def test_a_process_that_ends_takes_its_timers_and_tasks_along() -> None:
    """As a restart does; what others planned stays."""

    async def reported() -> list[str]:
        loop, said = asyncio.get_running_loop(), list[str]()
        assert isinstance(loop, VirtualTimeLoop)

        async def work(name: str) -> None:
            loop.call_later(60, said.append, f"{name}'s timer")
            await asyncio.sleep(120)
            said.append(f"{name}'s task")

        process, inside = object(), copy_context()
        inside.run(PROCESS.set, process)
        ends = asyncio.create_task(work("its"), context=inside)
        stays = asyncio.create_task(work("ours"))
        await asyncio.sleep(30)
        await loop.end(process)
        await stays
        assert ends.cancelled()
        return said

    assert run_in_virtual_time(reported, START) == ["ours's timer", "ours's task"]
