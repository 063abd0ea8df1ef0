"""Reads and restores room volumes."""

import asyncio
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from ...const import LOGGER
from ..errors import SonosError
from ..household_speakers import HouseholdSpeakers
from ..soco_speaker import MASTER, SpeakerSoCo


@dataclass(frozen=True, slots=True)
class RoomVolume:
    """How loud a room was, in percent; None for what it did not report."""

    uid: str
    percent: int | None
    muted: bool | None


async def async_volumes(
    household: HouseholdSpeakers, uids: Iterable[str]
) -> tuple[RoomVolume, ...]:
    """Return how loud rooms are: asked, since an event may be on its way yet; as it was seen where one does not answer."""
    return tuple(await asyncio.gather(*(_async_volume(household, uid) for uid in uids)))


async def _async_volume(household: HouseholdSpeakers, uid: str) -> RoomVolume:
    zone = household.zones.get(uid)
    if zone is None:
        return RoomVolume(uid, None, None)
    if not zone.available:
        return RoomVolume(uid, zone.sound.volume, zone.sound.muted)
    try:
        percent, muted = await household.async_call(uid, _ask_volume)
    except SonosError as err:
        LOGGER.debug("The volume of %s is what was seen last: %s", zone.name, err)
        return RoomVolume(uid, zone.sound.volume, zone.sound.muted)
    return RoomVolume(uid, percent, muted)


def _ask_volume(soco: SpeakerSoCo) -> tuple[int, bool]:
    volume = soco.rendering("GetVolume", MASTER)["CurrentVolume"]
    return int(volume), soco.rendering("GetMute", MASTER)["CurrentMute"] == "1"


async def async_restore_volumes(
    household: HouseholdSpeakers, rooms: Iterable[RoomVolume]
) -> None:
    """Make every room as loud as it was, and as muted. A room that does not answer is left as it is."""
    for room in rooms:
        zone = household.zones.get(room.uid)
        if zone is None or not zone.available:
            continue
        try:
            await _async_set(household, room, room.percent, room.muted)
        except SonosError as err:
            LOGGER.debug("The volume of %s is as it was: %s", zone.name, err)


async def _async_set(
    household: HouseholdSpeakers,
    room: RoomVolume,
    percent: int | None,
    muted: bool | None,
) -> None:
    call = partial(set_volume, percent=percent, muted=muted)
    await household.async_call(room.uid, call)
    await household.async_refresh(room.uid)


def set_volume(soco: SpeakerSoCo, percent: int | None, muted: bool | None) -> None:
    """Set volume and mute of one speaker; None leaves it."""
    if percent is not None:
        soco.rendering("SetVolume", MASTER, ("DesiredVolume", percent))
    if muted is not None:
        soco.rendering("SetMute", MASTER, ("DesiredMute", int(muted)))


@asynccontextmanager
async def silenced(
    household: HouseholdSpeakers, members: Iterable[str]
) -> AsyncGenerator[None]:
    """Mute rooms for as long as it takes. Raises SonosError where one cannot be."""
    before = await async_volumes(household, members)
    try:
        for room in before:
            await household.async_call(
                room.uid, partial(set_volume, percent=None, muted=True)
            )
        yield
    finally:
        for room in before:
            try:
                await _async_set(household, room, None, bool(room.muted))
            except SonosError as err:
                LOGGER.warning("A room may be muted yet: %s", err)
