"""Plays announcements in rooms, then resumes what played before."""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from functools import partial
from typing import Final, final

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from ...const import LOGGER
from ...runtime.supervision import async_attempt
from ...runtime.wait_uncancelled import async_wait_uncancelled
from ..calls import ENQUEUE_TIMEOUT_S
from ..errors import NotRestored, SonosError
from ..household_speakers import HouseholdSpeakers
from ..model import Zone
from ..polling import ask_transport_state
from ..soco_speaker import SpeakerSoCo
from .enqueue import load, play
from .room_volumes import async_restore_volumes, set_volume
from .snapshots import Snapshot, async_restore, async_take

GATHERED_WITHIN_S: Final = 0.2
"""The same announcement to rooms of one group within this time plays in them together."""
LONGEST_S: Final = 300
_LOOK_EVERY_S: Final = 1


@dataclass(slots=True, eq=False)
class _Announcement:
    """An announcement that waits, or is played.

    `volumes` says by which rooms, and how loud in percent; None as loud as the room is. `over` is done once what was
    interrupted goes on; it carries the error, if one prevented the announcement (`error`) or the music from sounding.
    """

    what: str
    uri: str
    metadata: str
    over: asyncio.Future[None]
    volumes: dict[str, int | None] = field(default_factory=dict)
    error: HomeAssistantError | None = None

    def end(self, failure: HomeAssistantError | None) -> None:
        """Release who waits for it; `failure` is what prevents the music from going on."""
        error = self.error or failure
        if error is None:
            self.over.set_result(None)
        else:
            self.over.set_exception(error)


@final
class Announcing:
    """The announcements of a household: one after another in each group, and what the first interrupts goes on at the end."""

    def __init__(self, hass: HomeAssistant, household: HouseholdSpeakers) -> None:
        """Take the household."""
        self._hass = hass
        self._household = household
        self._waiting: dict[str, deque[_Announcement]] = {}
        """By the leader of the group. A key is there as long as something is announced in the group."""

    async def async_announce(
        self, uid: str, what: str, uri: str, metadata: str, percent: int | None
    ) -> None:
        """Play a URI in a room, and return once its group goes on with what it played.

        `what` says which announcement it is: while it waits, the same for another room of the group joins it. Rooms of
        the group that are not addressed are silent for as long. Those that arrive while one plays follow it, and the
        music goes on after the last. Raises SonosError, and SpotifyError where Spotify refuses to go on.
        """
        await self._household.async_settled()
        leader = self._household.topology.coordinator_of(uid)
        waiting = self._waiting.get(leader, ())
        announcement = next((each for each in waiting if each.what == what), None)
        if announcement is None:
            over = self._hass.loop.create_future()
            announcement = _Announcement(what, uri, metadata, over)
            self._add(leader, announcement)
        announcement.volumes[uid] = percent
        # Who goes away does not end it: what was interrupted has to go on.
        await async_wait_uncancelled(announcement.over)

    def _add(self, leader: str, announcement: _Announcement) -> None:
        if (waiting := self._waiting.get(leader)) is not None:
            waiting.append(announcement)
            return
        self._waiting[leader] = deque([announcement])
        what = "encore: announcements"
        self._hass.async_create_task(
            async_attempt(self._hass, what, partial(self._async_carry_out, leader)),
            what,
            # Its rooms are noted first.
            eager_start=False,
        )

    async def _async_carry_out(self, leader: str) -> None:
        """Play what waits for one group, until nothing does."""
        waiting = self._waiting[leader]
        played: list[_Announcement] = []
        try:
            while waiting:
                failure = await self._async_in_a_row(leader, waiting, played)
                for each in played:
                    each.end(failure)
                played.clear()
        finally:
            del self._waiting[leader]
            for announcement in (*played, *waiting):
                announcement.over.cancel()

    async def _async_in_a_row(
        self,
        leader: str,
        waiting: deque[_Announcement],
        played: list[_Announcement],
    ) -> HomeAssistantError | None:
        """Play what waits while the group stays the same, and go on once with what it played before.

        What was played is added to `played`. Returns the error that prevents the music from going on.
        """
        snapshot: Snapshot | None = None
        failure: HomeAssistantError | None = None
        try:
            while waiting:
                members = self._household.topology.group_of(leader)
                if snapshot is None and len(members) > 1:
                    await asyncio.sleep(GATHERED_WITHIN_S)
                elif snapshot is not None and not _is_of(snapshot, members):
                    break
                announcement = waiting.popleft()
                if self._moved_on(leader, announcement):
                    continue
                played.append(announcement)
                try:
                    again = snapshot is not None
                    if snapshot is None:
                        snapshot = await async_take(
                            self._hass, self._household, leader, with_queue=False
                        )
                    await self._async_set_volumes(snapshot, announcement, again=again)
                    taken_over = await self._async_sound(leader, announcement)
                except HomeAssistantError as err:
                    announcement.error = err
                    continue
                if taken_over:
                    await async_restore_volumes(self._household, snapshot.rooms)
                    snapshot = None
        finally:
            if snapshot is not None:
                failure = await self._async_go_on(snapshot)
        return failure

    def _moved_on(self, leader: str, announcement: _Announcement) -> bool:
        """Leave an announcement to another group, if its rooms are led by another speaker by now."""
        now = self._household.topology.coordinator_of(next(iter(announcement.volumes)))
        if now == leader:
            return False
        self._add(now, announcement)
        return True

    async def _async_set_volumes(
        self, snapshot: Snapshot, announcement: _Announcement, *, again: bool
    ) -> None:
        """Set the rooms to the announcement's volume; `again` where another may have made them louder before."""
        volumes = announcement.volumes
        for room in snapshot.rooms:
            addressed = room.uid in volumes
            percent = volumes.get(room.uid)
            if percent is None and again:
                percent = room.percent
            try:
                set_it = partial(set_volume, percent=percent, muted=not addressed)
                await self._household.async_call(room.uid, set_it)
            except SonosError as err:
                if addressed and len(volumes) == 1:
                    raise
                LOGGER.debug("A room is as loud as it was: %s", err)

    async def _async_sound(self, leader: str, announcement: _Announcement) -> bool:
        """Play it to its end; return whether somebody played something else meanwhile."""

        def begin(soco: SpeakerSoCo) -> None:
            load(soco, announcement.uri, announcement.metadata)
            play(soco)

        changed = asyncio.Event()

        def listener(before: Zone | None, after: Zone) -> None:
            if after.uid == leader:
                changed.set()

        ends = self._household.async_listen(listener)
        try:
            await self._household.async_call(leader, begin, ENQUEUE_TIMEOUT_S)
            return await self._async_played_out(leader, announcement.uri, changed)
        finally:
            ends()

    async def _async_played_out(
        self, leader: str, uri: str, changed: asyncio.Event
    ) -> bool:
        until = dt_util.utcnow().timestamp() + LONGEST_S
        began = False
        while dt_util.utcnow().timestamp() < until:
            playback = self._household.zones[leader].playback
            is_ours = playback.sounding is not None and playback.sounding.uri == uri
            sounds = playback.sounds
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

    async def _async_go_on(self, snapshot: Snapshot) -> HomeAssistantError | None:
        """Continue what the group played; return the error that prevents it."""
        try:
            await async_restore(self._hass, self._household, snapshot)
        except NotRestored as err:
            LOGGER.info("What an announcement interrupted does not go on: %s", err)
        except HomeAssistantError as err:
            return err
        return None


def _is_of(snapshot: Snapshot, members: tuple[str, ...]) -> bool:
    return {room.uid for room in snapshot.rooms} == set(members)
