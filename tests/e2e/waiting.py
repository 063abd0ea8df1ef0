"""Waiting for what another process does: a condition, never a fixed time."""

import asyncio
from collections.abc import Awaitable, Callable

LOOK_EVERY_S = 0.1


async def until[T](
    look: Callable[[], Awaitable[T | None]], *, within: float = 120, what: str = ""
) -> T:
    """Return the first look that finds something (not None, not False); AssertionError after `within` seconds."""
    seen: T | None = None
    try:
        async with asyncio.timeout(within):
            while (seen := await look()) is None or seen is False:
                await asyncio.sleep(LOOK_EVERY_S)
    except TimeoutError as err:
        raise AssertionError(
            f"{what or look.__name__} did not come true within {within:.0f} s"
        ) from err
    return seen
