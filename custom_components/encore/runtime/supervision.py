"""Supervises background tasks: an unforeseen error is logged once, and the task restarts.

Such an error is a bug of Encore. It must not freeze a room, end a schedule, or keep an entry from unloading.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
import time
from traceback import extract_tb
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN, LOGGER

FIRST_RETRY_S: Final = 1
LONGEST_RETRY_S: Final = 300
_HEALTHY_AFTER_S: Final = 600
"""Work that went on for so long begins its back-off again."""

type _ErrorKind = tuple[str, str, int | None]
"""The class of an error, and the file and line that raised it."""

DATA_LOGGED: HassKey[set[_ErrorKind]] = HassKey(f"{DOMAIN}_unforeseen_errors")


def log_unforeseen(hass: HomeAssistant, what: str, error: BaseException) -> None:
    """Log an error with its traceback the first time that an error of its kind comes, and for debugging from then on.

    `what` says in a log what was being done. What fails while Home Assistant stops is for debugging alone: the executor and
    other integrations may have ended before.
    """
    if hass.is_stopping:
        LOGGER.debug("While stopping: %s: %s", what, type(error).__name__)
        return
    raised = extract_tb(error.__traceback__)[-1:]
    place = (raised[0].filename, raised[0].lineno) if raised else ("", None)
    kind = (type(error).__name__, *place)
    logged = hass.data.setdefault(DATA_LOGGED, set())
    if kind in logged:
        LOGGER.debug("Again an unforeseen error: %s: %s", what, type(error).__name__)
        return
    logged.add(kind)
    LOGGER.error(
        "An unforeseen error, which is a bug of Encore: please report it. It is logged once: %s",
        what,
        exc_info=error,
    )


@contextmanager
def unforeseen_logged(hass: HomeAssistant, what: str) -> Iterator[None]:
    """Suppress any error in the block, and log it once: for callbacks that come again by themselves."""
    try:
        yield
    except Exception as err:  # noqa: BLE001  whatever it is, what follows goes on
        log_unforeseen(hass, what, err)


async def async_attempt(
    hass: HomeAssistant, what: str, work: Callable[[], Awaitable[object]]
) -> None:
    """Do work once, and log an unforeseen error once: for work that a timer or the next change begins again anyway."""
    with unforeseen_logged(hass, what):
        await work()


async def async_supervise(
    hass: HomeAssistant, what: str, work: Callable[[], Awaitable[object]]
) -> None:
    """Do work until it returns; after an unforeseen error begin it again, after a pause that grows to five minutes.

    A cancelled future that `work` waits for is such an error too, unless the task itself is cancelled.
    """
    retry_s: float = FIRST_RETRY_S
    while True:
        began = time.monotonic()
        try:
            await work()
        except asyncio.CancelledError as err:
            task = asyncio.current_task()
            if task is None or task.cancelling():
                raise
            log_unforeseen(hass, what, err)
        except Exception as err:  # noqa: BLE001  whatever it is, the work goes on
            log_unforeseen(hass, what, err)
        else:
            return
        if time.monotonic() - began >= _HEALTHY_AFTER_S:
            retry_s = FIRST_RETRY_S
        await asyncio.sleep(retry_s)
        retry_s = min(2 * retry_s, LONGEST_RETRY_S)


@callback
def attend(
    hass: HomeAssistant,
    what: str,
    work: Callable[[], Awaitable[object]],
    entry: ConfigEntry | None = None,
    *,
    again: bool = False,
    eager_start: bool = True,
) -> asyncio.Task[None]:
    """Do work in a background task of an entry, or of Home Assistant: `again` after an unforeseen error, or once."""
    doing = (async_supervise if again else async_attempt)(hass, what, work)
    if entry is None:
        return hass.async_create_background_task(doing, what, eager_start)
    return entry.async_create_background_task(hass, doing, what, eager_start)


async def async_cancel(*tasks: asyncio.Task[Any] | None) -> None:
    """Cancel tasks and wait for their end; what they raise concerns nobody any more."""
    there = [task for task in tasks if task is not None]
    for task in there:
        task.cancel()
    await asyncio.gather(*there, return_exceptions=True)
