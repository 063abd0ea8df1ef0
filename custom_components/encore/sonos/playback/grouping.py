"""Groups and ungroups rooms, one after another. Raises SonosError."""

from collections.abc import Iterable, Sequence
from typing import Final, final

from ..calls import ENQUEUE_TIMEOUT_S
from ..errors import GroupingFailed, SpeakerUnreachable
from ..household_speakers import HouseholdSpeakers
from ..topology import Topology
from .enqueue import load

_EVENT_WITHIN_S: Final = 2
"""Events report a group sooner; after that it is polled."""
_DONE_WITHIN_S: Final = 10


@final
class Grouping:
    """Changes the groups of a household. Each step waits until the household has seen the one before."""

    def __init__(self, household: HouseholdSpeakers) -> None:
        """Take the household."""
        self._household = household

    async def async_join(self, leader: str, others: Iterable[str]) -> None:
        """Let zones join the group of another, which leads it from then on; who is in it already stays."""
        async with self._household.grouping_lock:
            if self._household.topology.coordinator_of(leader) != leader:
                await self._async_leave(leader)
            for uid in others:
                if uid not in self._household.topology.group_of(leader):
                    await self._async_join(uid, leader)

    async def async_group(self, uids: Sequence[str]) -> None:
        """Let zones play together, the first of which leads, and no others with them."""
        strangers = set(self._household.topology.group_of(uids[0])) - set(uids)
        await self.async_unjoin(strangers)
        await self.async_join(uids[0], uids[1:])

    async def async_unjoin(self, uids: Iterable[str]) -> None:
        """Let zones play alone, members before coordinators: the heir of a coordinator takes its queue."""
        async with self._household.grouping_lock:
            is_reached = sorted(
                uids,
                key=lambda uid: self._household.topology.coordinator_of(uid) == uid,
            )
            for uid in is_reached:
                if len(self._household.topology.group_of(uid)) > 1:
                    await self._async_leave(uid)

    async def _async_join(self, uid: str, leader: str) -> None:
        self._require_available(uid)
        self._require_available(leader)
        await self._household.async_call(
            uid, lambda soco: load(soco, f"x-rincon:{leader}"), ENQUEUE_TIMEOUT_S
        )
        await self._async_until(uid, leader)

    async def _async_leave(self, uid: str) -> None:
        self._require_available(uid)
        await self._household.async_call(
            uid,
            lambda soco: soco.transport("BecomeCoordinatorOfStandaloneGroup"),
            ENQUEUE_TIMEOUT_S,
        )
        await self._async_until(uid, uid)

    def _require_available(self, uid: str) -> None:
        zone = self._household.zones.get(uid)
        if zone is not None and not zone.available:
            raise SpeakerUnreachable(speaker=zone.name)

    async def _async_until(self, uid: str, leader: str) -> None:
        """Wait until a zone is led by another, or by itself alone. Raises GroupingFailed."""

        def is_reached(topology: Topology) -> bool:
            group = topology.group_of(uid)
            return group[0] == leader and (uid != leader or len(group) == 1)

        for within_s in (_EVENT_WITHIN_S, _DONE_WITHIN_S - _EVENT_WITHIN_S):
            if await self._household.async_wait_for_topology(is_reached, within_s):
                return
            await self._household.async_refresh_topology()
        if not is_reached(self._household.topology):
            raise GroupingFailed(speaker=self._household.zones[uid].name)
