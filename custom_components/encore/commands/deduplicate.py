"""Runs a command once that arrives twice: two microphones that heard one sentence, or a button that bounced."""

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from dataclasses import dataclass
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN
from ..runtime.wait_uncancelled import async_wait_uncancelled

WITHIN_S: Final = 2.0
"""So soon after the first, in seconds, the same request is the same one."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request that is being carried out, or was a moment ago; `at` is by the event loop's clock, in seconds."""

    at: float
    task: asyncio.Task[Any]

    def stands_for(self, now: float) -> bool:
        """Whether the same request now is this one. What failed is tried again."""
        if not self.task.done():
            return True
        failed = self.task.cancelled() or self.task.exception() is not None
        return not failed and now - self.at <= WITHIN_S


DATA_ASKED: HassKey[dict[Hashable, _Asked]] = HassKey(f"{DOMAIN}_asked_once")


async def async_once[T](
    hass: HomeAssistant,
    request: Hashable,
    carry_out: Callable[[], Coroutine[Any, Any, T]],
) -> tuple[T, bool]:
    """Return what came of a request, and whether it had been asked for before: then it is not carried out again.

    Who goes away while it is under way does not end it, for somebody else may wait. Raises what `carry_out` does.
    """
    now = hass.loop.time()
    asked = {
        key: each
        for key, each in hass.data.get(DATA_ASKED, {}).items()
        if each.stands_for(now)
    }
    hass.data[DATA_ASKED] = asked
    repeated = request in asked
    if not repeated:
        task = hass.async_create_task(carry_out(), f"{DOMAIN} play")
        asked[request] = _Asked(now, task)
    result: T = await async_wait_uncancelled(asked[request].task)
    return result, repeated
