"""Calls to the speakers of a household."""

import asyncio
from collections.abc import Callable, Mapping

from .errors import SonosRefused, SpeakerGone, SpeakerUnreachable
from .model import Zone
from .soco_speaker import TIMEOUT_S, HouseholdView, SpeakerSoCo
from .speaker import Link, Speaker
from .topology import Topology


class HouseholdCalls:
    """The way to each speaker, and to the one that leads a group."""

    def __init__(self) -> None:
        """Begin without a speaker."""
        self.grouping_lock = asyncio.Lock()
        """Held while rooms are grouped or ungrouped."""
        self._view = HouseholdView()
        self._speakers: dict[str, Speaker] = {}
        self.zones: dict[str, Zone] = {}
        """All rooms by the uid of their speaker; those that went away stay, unavailable."""

    @property
    def topology(self) -> Topology:
        """Who is in the household and who plays with whom."""
        return self._view.topology

    async def async_call[T](
        self,
        uid: str,
        call: Callable[[SpeakerSoCo], T],
        timeout_s: float = TIMEOUT_S,
        refusals: Mapping[str, type[SonosRefused]] | None = None,
    ) -> T:
        """Return what `call` returns, which gets SoCo's object for a speaker and runs in the executor. Raises SonosError.

        Each of its requests has `timeout_s`; `refusals` says what UPnP's codes mean for this call.
        """
        speaker = self._speaker(uid)
        try:
            return await speaker.calls.async_call(call, timeout_s, refusals)
        except SpeakerUnreachable:
            speaker.async_doubt()
            raise

    async def async_call_coordinator[T](
        self, uid: str, call: Callable[[SpeakerSoCo], T]
    ) -> T:
        """As `async_call`, to the speaker that leads the group of a zone, once no change of groups is under way."""
        await self.async_settled()
        return await self.async_call(self.topology.coordinator_of(uid), call)

    async def async_settled(self) -> None:
        """Wait until no change of groups is under way."""
        async with self.grouping_lock:
            return

    async def async_refresh(self, uid: str) -> None:
        """Read a speaker after a command if its events do not arrive; otherwise they say what became of it."""
        speaker = self._speaker(uid)
        if speaker.link is Link.POLLED:
            await speaker.state.async_read()
            if speaker.state.playback.in_transition:
                speaker.async_doubt()

    def _speaker(self, uid: str) -> Speaker:
        speaker = self._speakers.get(uid)
        if speaker is None or uid not in self.topology.members:
            zone = self.zones.get(uid)
            raise SpeakerGone(speaker=zone.name if zone else uid)
        return speaker
