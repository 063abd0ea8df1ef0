"""Close a simulator's server safely while a client connects."""

import asyncio
from collections.abc import Iterable

from aiohttp.web_runner import BaseSite


async def stop_listening(sites: Iterable[BaseSite]) -> None:
    """Stop sites from accepting connections, and attach those that were just accepted.

    asyncio fails, and leaves the connection open, where a server is closed right after it accepted one (python/cpython#109564).
    """
    loop = asyncio.get_running_loop()
    for site in sites:
        server = site._server  # noqa: SLF001 - aiohttp does not tell
        if isinstance(server, asyncio.Server):
            for listening in server.sockets:
                loop.remove_reader(listening.fileno())
    # A connection is accepted in one turn of the loop, and served from the next on.
    await asyncio.sleep(0)
    await asyncio.sleep(0)
