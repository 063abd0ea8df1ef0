"""Shield a future without logging its late errors."""

import asyncio


async def async_wait_uncancelled[T](work: asyncio.Future[T]) -> T:
    """Return what work comes to; raises what it raises.

    Who is cancelled while they wait leaves it to go on. `asyncio.shield` would do the same, but since Python 3.14 it
    reports what the work raises afterwards to the event loop, as an error of Home Assistant.
    """
    try:
        await asyncio.wait((work,))
    except asyncio.CancelledError:
        work.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
        raise
    return work.result()
