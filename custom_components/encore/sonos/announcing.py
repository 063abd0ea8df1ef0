"""Lets rooms hear an announcement, and their group go on with what it played."""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, final

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..const import LOGGER
from .asking import ask_transport_state
from .calls import ENQUEUE_TIMEOUT_S
from .enqueuing import load, play
from .errors import SonosError
from .model import Transport, Zone
from .replay import (
    Snapshot,
    async_restore,
    async_restore_volumes,
    async_take,
    set_volume,
)

if TYPE_CHECKING:
    from .household import Household
    from .soco_speaker import SpeakerSoCo

GATHERED_WITHIN_S: Final = 0.2
"""Rooms of one group that are told the same within this time are told it together."""
LONGEST_S: Final = 300
_LOOK_EVERY_S: Final = 1
_SOUNDS: Final = frozenset({Transport.PLAYING, Transport.TRANSITIONING})


@dataclass(slots=True)
class _Announcement:
    """One that is about to be heard: by which rooms, and how loud (percent; None as loud as it is)."""

    volumes: dict[str, int | None]
    task: asyncio.Task[None] | None = None


@final
class Announcing:
    """The announcements of a household: one after another in each group, and what they interrupt goes on."""

    def __init__(self, hass: HomeAssistant, household: Household) -> None:
        """Take the household."""
        self._hass = hass
        self._household = household
        self._gathering: dict[tuple[str, str], _Announcement] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def async_announce(
        self, uid: str, what: str, uri: str, metadata: str, percent: int | None
    ) -> None:
        """Let a room hear a URI, and return once its group goes on with what it played.

        `what` says which announcement it is: the same for several rooms of a group is heard once. Rooms of the group
        that are not addressed are silent for as long. Raises SonosError, and SpotifyError where Spotify refuses to go on.
        """
        await self._household.grouping.async_settled()
        leader = self._household.topology.coordinator_of(uid)
        announcement = self._gathering.get((leader, what))
        if announcement is None:
            announcement = _Announcement({})
            self._gathering[leader, what] = announcement
            announcement.task = self._hass.async_create_task(
                self._async_carry_out(leader, what, uri, metadata, announcement),
                "encore: an announcement",
            )
        announcement.volumes[uid] = percent
        assert announcement.task is not None
        # Who goes away does not end it: what was interrupted has to go on.
        await asyncio.shield(announcement.task)

    async def _async_carry_out(
        self,
        leader: str,
        what: str,
        uri: str,
        metadata: str,
        announcement: _Announcement,
    ) -> None:
        try:
            if len(self._household.topology.group_of(leader)) > 1:
                await asyncio.sleep(GATHERED_WITHIN_S)
        finally:
            self._gathering.pop((leader, what), None)
        async with self._locks.setdefault(leader, asyncio.Lock()):
            snapshot = await async_take(
                self._hass, self._household, leader, with_queue=False
            )
            taken_over = False
            try:
                await self._async_set_volumes(snapshot, announcement.volumes)
                taken_over = await self._async_sound(leader, uri, metadata)
            finally:
                await self._async_go_on(snapshot, taken_over=taken_over)

    async def _async_set_volumes(
        self, snapshot: Snapshot, volumes: dict[str, int | None]
    ) -> None:
        for room in snapshot.rooms:
            addressed = room.uid in volumes
            percent = volumes.get(room.uid)
            try:
                await self._household.async_call(
                    room.uid, set_volume, percent, not addressed
                )
            except SonosError as err:
                if addressed and len(volumes) == 1:
                    raise
                LOGGER.debug("A room is as loud as it was: %s", err)

    async def _async_sound(self, leader: str, uri: str, metadata: str) -> bool:
        """Play a URI to its end; return whether somebody played something else meanwhile."""

        def begin(soco: SpeakerSoCo) -> None:
            load(soco, uri, metadata)
            play(soco)

        changed = asyncio.Event()

        def listener(before: Zone | None, after: Zone) -> None:
            if after.uid == leader:
                changed.set()

        ends = self._household.async_listen(listener)
        try:
            await self._household.async_call_within(
                leader, ENQUEUE_TIMEOUT_S, None, begin
            )
            return await self._async_heard_out(leader, uri, changed)
        finally:
            ends()

    async def _async_heard_out(
        self, leader: str, uri: str, changed: asyncio.Event
    ) -> bool:
        until = dt_util.utcnow().timestamp() + LONGEST_S
        began = False
        while dt_util.utcnow().timestamp() < until:
            playback = self._household.zones[leader].playback
            is_ours = playback.sounding is not None and playback.sounding.uri == uri
            sounds = playback.transport in _SOUNDS
            if began and not is_ours:
                return True
            if began and not sounds:
                return False
            began = began or (is_ours and sounds)
            try:
                async with asyncio.timeout(_LOOK_EVERY_S):
                    await changed.wait()
            except TimeoutError:
                state = await self._household.async_call(leader, ask_transport_state)
                if state not in {"PLAYING", "TRANSITIONING"}:
                    return False
            changed.clear()
        return False

    async def _async_go_on(self, snapshot: Snapshot, *, taken_over: bool) -> None:
        if taken_over:
            await async_restore_volumes(self._household, snapshot)
            return
        if not await async_restore(self._hass, self._household, snapshot):
            zone = self._household.zones[snapshot.leader]
            LOGGER.info(
                "%s cannot go on with what the announcement interrupted", zone.name
            )
