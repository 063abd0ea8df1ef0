"""Calls to one speaker: in the executor, one at a time, given up in time, with errors that have names."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Concatenate, Final

from homeassistant.core import HomeAssistant

from .errors import (
    FAILURES,
    SonosError,
    SonosRefused,
    SpeakerUnreachable,
    as_sonos_error,
)
from .soco_speaker import TIMEOUT_S, SpeakerSoCo

ENQUEUE_TIMEOUT_S: Final = 30
"""For what may take a speaker long, such as enqueuing a long playlist or leaving a group."""
PING_TIMEOUT_S: Final = 1


class Calls:
    """The one way to a speaker. What is called gets SoCo's object, and must not keep it."""

    def __init__(self, hass: HomeAssistant, soco: SpeakerSoCo, name: str) -> None:
        """Take SoCo's object; `name` is what errors call the speaker."""
        self._hass = hass
        self._lock = asyncio.Lock()
        self.soco = soco
        self.name = name

    async def async_call[**P, T](
        self,
        call: Callable[Concatenate[SpeakerSoCo, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Return what `call` returns. Raises SonosError."""
        return await self.async_within(TIMEOUT_S, None, call, *args, **kwargs)

    async def async_within[**P, T](
        self,
        timeout_s: float,
        refusals: Mapping[str, type[SonosRefused]] | None,
        call: Callable[Concatenate[SpeakerSoCo, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Return what `call` returns, each request of which has `timeout_s`; `refusals` as in `as_sonos_error`."""
        async with self._lock:
            soco = self.soco

            def run() -> T:
                soco.timeout_s = timeout_s
                return call(soco, *args, **kwargs)

            try:
                return await self._hass.async_add_executor_job(run)
            except (SonosError, *FAILURES) as err:
                raise as_sonos_error(err, self.name, refusals) from err


def is_unreachable(err: SonosError) -> bool:
    """Whether the speaker itself did not answer."""
    return isinstance(err, SpeakerUnreachable)
