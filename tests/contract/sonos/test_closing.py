"""A simulated speaker goes while somebody connects to it."""

import asyncio
import socket

from aiohttp import web
import pytest

from simulator.closing import stop_listening


@pytest.mark.parametrize("turns", range(4))
async def test_a_connection_that_is_just_accepted_is_served_or_closed(
    turns: int,
) -> None:
    """However many turns of the event loop ago it came: asyncio fails for one that it has not taken over yet."""
    runner = web.AppRunner(web.Application())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    with socket.socket() as caller:
        caller.connect(runner.addresses[0])
        for _ in range(turns):
            await asyncio.sleep(0)
        failed: list[object] = []
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, context: failed.append(context))
        await stop_listening(runner.sites)
        await runner.cleanup()
        await asyncio.sleep(0)
        assert failed == []
