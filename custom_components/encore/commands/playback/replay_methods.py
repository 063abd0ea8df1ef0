"""The two ways to replay: a queue of Sonos rooms, or a Spotify Connect device."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar, Final, final

from homeassistant.components.media_player.const import MediaPlayerEnqueue as Enqueue

from ...const import LOGGER
from ...history.model import Kind
from ...sonos.errors import SonosNotNow, SonosRefused, SpotifyNotLinkedInSonos
from ...sonos.playback.controls import Controls
from ...sonos.playback.media import RoomMedia, Shared, Thing, as_thing
from ...sonos.playback.room_volumes import set_volume
from ...spotify.account import SpotifyAccount
from ...spotify.api.playback import ConnectDevice
from ...spotify.errors import CommandRefused, SpotifyError
from ...spotify.playback_transfer import async_start
from ..sonos.sonos_rooms import SonosRoom
from .past_playback import Missing, ReplayItem
from .play import Way
from .queue_items import as_played

SEEKS_AFTER_S: Final = (0.0, 0.5, 1.5)
"""Waits before a speaker is told where in a track to begin, in seconds: some cannot search before it sounds."""


@dataclass(frozen=True, slots=True)
class RoomAgain:
    """A room in which it is heard again: how loud it is made, and how loud it was (percent), None for as it is or unknown."""

    name: str
    percent: int | None = None
    then: int | None = None


@final
@dataclass(frozen=True, slots=True)
class OnSpeakers:
    """Sonos rooms of one household, the first of which leads.

    `together` lets exactly these rooms play together, each as loud as its room says.
    """

    way: ClassVar = Way.SONOS
    speakers: tuple[SonosRoom, ...]
    rooms: tuple[RoomAgain, ...]
    together: bool

    @property
    def _uid(self) -> str:
        return self.speakers[0].zone.uid

    def preview(self, things: Sequence[ReplayItem]) -> tuple[ReplayItem, ...]:
        """Return things; a station is found among the favourites of the household, and plays alone."""
        stations = [each for each in things if self._station(each) is not None]
        alone = {each.play.item.uri for each in stations}
        if len(alone) != 1 or any(each.missing is None for each in things):
            return tuple(things)
        return tuple(
            replace(each, missing=None) if each in stations else each for each in things
        )

    async def async_play(self, things: Sequence[ReplayItem]) -> tuple[ReplayItem, ...]:
        """Let the rooms play things in their order, in place of what is queued.

        What a speaker refuses is left out. Raises SonosError: SpotifyNotLinkedInSonos, or where none is taken.
        """
        await self._async_be_together()
        done: list[ReplayItem] = []
        refused: SonosRefused | None = None
        media = RoomMedia(self.speakers[0].household, self._uid)
        if things[0].begin_ms and await _async_went_on(media, things[0]):
            return tuple(things)
        for each in self.preview(things):
            if each.missing is not None:
                done.append(each)
                continue
            begun = any(one.missing is None for one in done)
            station = self._station(each)
            if begun and station is not None:
                # The station goes on.
                done.append(each)
                continue
            thing = station or Shared(as_played(each.link).uri, each.play.item.title)
            try:
                await media.async_put(
                    [thing], Enqueue.ADD if begun else Enqueue.REPLACE
                )
            except SpotifyNotLinkedInSonos:
                raise
            except SonosRefused as err:
                LOGGER.debug("One thing is not heard again: %s", err)
                refused = err
                done.append(replace(each, missing=Missing.REFUSED, begin_ms=0))
                continue
            done.append(await self._async_began(each) if not begun else each)
        if refused is not None and all(each.missing is not None for each in done):
            raise refused
        return tuple(done)

    async def _async_be_together(self) -> None:
        """Let the rooms play together, as loud as they shall be: quiet first, then together."""
        household = self.speakers[0].household
        uids = [speaker.zone.uid for speaker in self.speakers]
        for speaker, room in zip(self.speakers, self.rooms, strict=True):
            if room.percent is not None:
                uid, muted = speaker.zone.uid, False if room.percent else None
                await household.async_call(
                    uid, partial(set_volume, percent=room.percent, muted=muted)
                )
                await household.async_refresh(uid)
        if self.together:
            await household.grouping.async_group(uids)
        elif len(uids) > 1:
            await household.grouping.async_join(uids[0], uids[1:])

    async def _async_began(self, first: ReplayItem) -> ReplayItem:
        """Let what plays first begin where it was, and the rest follow in order; return it as it began."""
        household = self.speakers[0].household
        controls = Controls(household, self._uid)
        leader = household.topology.coordinator_of(self._uid)
        if household.zones[leader].playback.shuffle and first.play.item.kind is not Kind.RADIO:  # fmt: skip
            await controls.async_set_mode(shuffle=False)
        if not first.begin_ms:
            return first
        for wait in SEEKS_AFTER_S:
            await asyncio.sleep(wait)
            try:
                await controls.async_seek(first.begin_ms)
            except SonosNotNow:
                continue
            return first
        return replace(first, begin_ms=0)

    def _station(self, each: ReplayItem) -> Thing | None:
        """Return what plays a station that the household has among its favourites."""
        if each.play.item.kind is not Kind.RADIO:
            return None
        title = each.play.item.title.casefold()
        for favourite in self.speakers[0].household.favourites.known:
            if favourite.title.casefold() == title:
                return as_thing(favourite)
        return None


async def _async_went_on(media: RoomMedia, thing: ReplayItem) -> bool:
    """Whether something goes on within what it was played from: the queue as it still is, or an album or playlist."""
    uri = as_played(thing.link).uri
    try:
        return await media.async_go_on(uri, thing.begin_ms, thing.list_uri)
    except SpotifyNotLinkedInSonos:
        raise
    except SonosRefused as err:
        # A list that Spotify made for somebody, for one.
        LOGGER.debug("It goes on without its list: %s", err)
        return False


@final
@dataclass(frozen=True, slots=True)
class OnDevice:
    """A device that Spotify Connect sees."""

    way: ClassVar = Way.CONNECT
    account: SpotifyAccount
    device: ConnectDevice
    rooms: tuple[RoomAgain, ...]

    def preview(self, things: Sequence[ReplayItem]) -> tuple[ReplayItem, ...]:
        """Return things as they are."""
        return tuple(things)

    async def async_play(self, things: Sequence[ReplayItem]) -> tuple[ReplayItem, ...]:
        """Let Spotify play things in their order on the device. Raises SpotifyError."""
        await self.account.coordinator.async_command(self._async_start(things))
        return tuple(things)

    async def _async_start(self, things: Sequence[ReplayItem]) -> None:
        gateway = self.account.gateway
        able = [each for each in things if each.missing is None]
        if not (able[0].begin_ms and await self._async_went_on(able[0])):
            await async_start(
                gateway,
                self.device,
                uris=[as_played(each.link).uri for each in able],
                position_ms=able[0].begin_ms or None,
            )
            await gateway.async_set_shuffle(False)
        percent = self.rooms[0].percent
        if percent is not None and self.device.supports_volume:
            try:
                await gateway.async_set_volume(percent)
            except SpotifyError as err:
                LOGGER.debug("A device is as loud as it was: %s", err)

    async def _async_went_on(self, thing: ReplayItem) -> bool:
        """Whether something goes on within the album or playlist that it was played from."""
        if (played_from := thing.list_uri) is None:
            return False
        try:
            await async_start(
                self.account.gateway,
                self.device,
                context_uri=played_from,
                begin_with=as_played(thing.link).uri,
                position_ms=thing.begin_ms,
            )
        except CommandRefused as err:
            # A list that Spotify made for somebody, or one that the track has left since.
            LOGGER.debug("It goes on without its list: %s", err)
            return False
        return True


type ReplayWay = OnSpeakers | OnDevice
"""How and where it is heard again."""
