"""State of speakers just after a regrouping, when events may still be of their former group.

Events of groups and of music come in no order, and intermediate states come too (home-assistant/core#71026, #159106).
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final, final

from homeassistant.core import HomeAssistant, callback

from ..const import LOGGER
from ..runtime.supervision import async_cancel, attend
from .errors import SonosError
from .speaker import Speaker
from .topology import Topology

_SETTLED_WITHIN_S: Final = 10
"""After this, a speaker's last report counts."""


@final
@dataclass(eq=False)
class Regrouped:
    """Reads what plays on speakers (by uid) of which a change of groups leaves it open.

    `settled` is called with each once it is known what it plays.
    """

    _hass: HomeAssistant
    _speakers: Mapping[str, Speaker]
    _settled: Callable[[Speaker], None]
    _open: dict[str, object] = field(default_factory=dict, init=False)
    """The last change of groups that leaves open what a speaker plays, by uid."""
    _reads: set[asyncio.Task[None]] = field(default_factory=set, init=False)

    def is_settled(self, uid: str) -> bool:
        """Whether it is known what became of what a speaker played."""
        return uid not in self._open

    @callback
    def async_finish(self, uids: frozenset[str]) -> None:
        """Begin to read what speakers play, by uid; none of them is settled until all that lead have answered."""
        present = {uid for uid in uids if uid in self._speakers}
        if not present:
            return
        change = object()
        self._open |= dict.fromkeys(present, change)
        what = "encore: what plays after a change of groups"
        task = attend(self._hass, what, lambda: self._async_read(present, change))
        self._reads.add(task)
        task.add_done_callback(self._reads.discard)

    async def async_close(self) -> None:
        """End what is under way."""
        await async_cancel(*self._reads)

    async def _async_read(self, uids: set[str], change: object) -> None:
        """Read all of them, and show them at once: only together do they show who goes on with what."""
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(_SETTLED_WITHIN_S):
                    await asyncio.gather(*map(self._async_read_one, uids))
        finally:
            for uid in uids:
                if self._open.get(uid) is change:
                    del self._open[uid]
        for uid in uids:
            self._settled(self._speakers[uid])

    async def _async_read_one(self, uid: str) -> None:
        state = self._speakers[uid].state
        if not state.leads:
            return
        try:
            await state.async_read_as_leader()
        except SonosError as err:
            LOGGER.debug("%s does not report what it plays: %s", uid, err)


def newly_led(before: Topology, now: Topology) -> frozenset[str]:
    """Return the speakers of which a change of groups leaves open what became of what they played, by uid.

    Those that lead and did not before: they go on with what their group played, or begin with nothing. And those that led
    them, wherever they are now: what they led may have gone on without them.
    """
    new = {
        uid
        for uid in (group[0] for group in now.groups)
        if uid in before.members and before.coordinator_of(uid) != uid
    }
    return frozenset(new | {before.coordinator_of(uid) for uid in new})
