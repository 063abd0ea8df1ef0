"""Who stops waiting neither ends what they waited for, nor makes its failure an error of Home Assistant."""

import asyncio
from typing import Any

import pytest

from custom_components.encore.runtime.wait_uncancelled import async_wait_uncancelled


async def test_who_waits_learns_what_it_came_to() -> None:
    """Its result, or what it raised, also where it is over already."""
    done: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    done.set_result(7)
    assert await async_wait_uncancelled(done) == 7
    failed: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    failed.set_exception(LookupError("nobody"))
    with pytest.raises(LookupError, match="nobody"):
        await async_wait_uncancelled(failed)


async def test_a_failure_that_nobody_waits_for_is_reported_to_nobody() -> None:
    """It goes on when its only caller is cancelled, and then fails."""
    loop = asyncio.get_running_loop()
    reported: list[dict[str, Any]] = []
    before = loop.get_exception_handler()
    loop.set_exception_handler(lambda _, context: reported.append(context))
    try:
        work: asyncio.Future[int] = loop.create_future()
        caller = asyncio.ensure_future(async_wait_uncancelled(work))
        await asyncio.sleep(0)
        caller.cancel()
        with pytest.raises(asyncio.CancelledError):
            await caller
        assert not work.done()
        work.set_exception(LookupError("nobody"))
        await asyncio.sleep(0)
        del work
        await asyncio.sleep(0)
    finally:
        loop.set_exception_handler(before)
    assert reported == []
