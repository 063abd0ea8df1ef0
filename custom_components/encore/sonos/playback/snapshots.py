"""Takes and restores snapshots of what a group plays.

What Sonos plays by itself is loaded again. A Spotify Connect session cannot be, so Spotify plays the same there
(`connect_session`). Blocking calls run in the executor; all else belongs to the event loop.
"""

from dataclasses import dataclass
from functools import partial
from typing import Final

from homeassistant.core import HomeAssistant

from ..calls import ENQUEUE_TIMEOUT_S
from ..errors import (
    RestoreAirplay,
    RestoreNotLinked,
    RestoreNotSought,
    RestoreQueueGone,
    RestoreRoomsAway,
)
from ..household_speakers import HouseholdSpeakers
from ..model import Repeat, Source, Transport, Zone
from ..now_playing import MODE_OF, QUEUE_SCHEME, read_playback
from ..polling import ask_transport
from ..soco_speaker import SpeakerSoCo
from ..xml_reading import Variables, read_duration
from .connect_session import (
    ConnectSession,
    async_load_paused,
    async_resume,
    async_session_on,
)
from .directory import list_all
from .enqueue import (
    add_many,
    clear,
    load,
    play_from,
    play_from_queue,
    queue_length,
    seek,
)
from .grouping import Grouping
from .media import Playable
from .room_volumes import RoomVolume, async_restore_volumes, async_volumes, silenced

QUEUE_ID: Final = "Q:0"
MOST_STORED: Final = 1000
"""How many tracks of a queue are saved; a Sonos queue may have 40,000."""
_SAME_WITHIN_MS: Final = 1_500
"""Speakers count whole seconds."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a group played, as plain data.

    `rooms` are its members, the coordinator first. `source` is None when nothing was loaded. `uri` and `metadata` are
    what the transport had loaded. `queue` is None when it was not saved: then it is assumed unchanged.
    """

    rooms: tuple[RoomVolume, ...]
    source: Source | None
    playing: bool
    uri: str = ""
    metadata: str = ""
    title: str | None = None
    position_ms: int | None = None
    queue_position: int | None = None
    """From 1; None when the queue was not what played."""
    shuffle: bool = False
    repeat: Repeat = Repeat.OFF
    crossfade: bool = False
    queue: tuple[Playable, ...] | None = None
    connect: ConnectSession | None = None


async def async_take(
    hass: HomeAssistant,
    household: HouseholdSpeakers,
    uid: str,
    *,
    with_queue: bool = True,
) -> Snapshot:
    """Return what the group of a zone plays now. Raises SonosError.

    `with_queue` saves the tracks of the queue too, in case it changes by then. A Connect session is looked for
    in the linked accounts; of one that belongs to none of them the track is saved.
    """
    await household.async_settled()
    members = household.topology.group_of(uid)
    variables, queue = await household.async_call(
        members[0], partial(_read, with_queue=with_queue), ENQUEUE_TIMEOUT_S
    )
    playback = read_playback(variables)
    sounding = playback.sounding
    connect = None
    if sounding is not None and sounding.source is Source.SPOTIFY_CONNECT:
        names = {
            household.zones[member].name
            for member in members
            if member in household.zones
        }
        connect = await async_session_on(hass, names, sounding.spotify_uri)
    return Snapshot(
        rooms=await async_volumes(household, members),
        source=sounding.source if sounding else None,
        playing=playback.sounds,
        uri=variables["AVTransportURI"],
        metadata=variables["AVTransportURIMetaData"],
        title=sounding.title or sounding.station if sounding else None,
        position_ms=_position(
            variables["RelTime"], sounding.duration_ms if sounding else None
        ),
        queue_position=playback.queue_position,
        shuffle=playback.shuffle,
        repeat=playback.repeat,
        crossfade=playback.crossfade,
        queue=queue,
        connect=connect,
    )


async def async_restore(
    hass: HomeAssistant,
    household: HouseholdSpeakers,
    snapshot: Snapshot,
    *,
    regroup: bool = False,
) -> None:
    """Let a group play what it played, from where it was.

    `regroup` makes the rooms the same group again first; otherwise it goes to the group that the coordinator of then is
    in, or the first of its rooms that is there. What did not play is loaded and does not start. Volumes are set first,
    and rooms that are away are left out. Raises NotRestored where not all of it comes back, and says why; other
    SonosErrors and SpotifyError where something failed.
    """
    there = _there(household, snapshot)
    if not there:
        names = [_name(household, room.uid) for room in snapshot.rooms]
        raise RestoreRoomsAway(speaker=", ".join(names))
    if regroup:
        await Grouping(household).async_group(there)
    await async_restore_volumes(household, snapshot.rooms)
    await household.async_settled()
    leader = household.topology.coordinator_of(there[0])
    name = _name(household, leader)
    if snapshot.source is Source.AIRPLAY:
        raise RestoreAirplay(speaker=name)
    if snapshot.source is Source.SPOTIFY_CONNECT:
        await _async_restore_connect(hass, household, leader, snapshot)
        return
    try:
        again = partial(_load_again, snapshot=snapshot, name=name)
        await household.async_call(leader, again, ENQUEUE_TIMEOUT_S)
    finally:
        await household.async_refresh(leader)


def _there(household: HouseholdSpeakers, snapshot: Snapshot) -> list[str]:
    """Return the rooms that are there, the one that led first if it is."""
    return [
        room.uid
        for room in snapshot.rooms
        if room.uid in household.zones and household.zones[room.uid].available
    ]


async def _async_restore_connect(
    hass: HomeAssistant, household: HouseholdSpeakers, leader: str, snapshot: Snapshot
) -> None:
    session, name = snapshot.connect, _name(household, leader)
    position_ms = snapshot.position_ms or 0
    if session is None:
        raise RestoreNotLinked(speaker=name)
    if snapshot.playing:
        await async_resume(hass, session, name, position_ms)
        return
    if _is_paused_there(household.zones[leader], session, position_ms):
        return
    members = household.topology.group_of(leader)
    await async_load_paused(
        hass, session, name, position_ms, partial(silenced, household, members)
    )


def _is_paused_there(zone: Zone, session: ConnectSession, position_ms: int) -> bool:
    """Whether nobody touched a paused session."""
    playback, sounding = zone.playback, zone.sounding
    return (
        sounding is not None
        and sounding.source is Source.SPOTIFY_CONNECT
        and sounding.spotify_uri == session.track_uri
        and playback.transport is Transport.PAUSED
        and playback.position is not None
        and abs(playback.position.ms - position_ms) <= _SAME_WITHIN_MS
    )


def _read(
    soco: SpeakerSoCo, with_queue: bool
) -> tuple[Variables, tuple[Playable, ...] | None]:
    """Return the variables of a coordinator, and its queue."""
    variables = ask_transport(soco)
    if not with_queue:
        return variables, None
    listed = list_all(soco, QUEUE_ID, MOST_STORED)
    return variables, tuple(Playable(each.uri, each.metadata) for each in listed)


def _load_again(soco: SpeakerSoCo, snapshot: Snapshot, name: str) -> None:
    """Load what was loaded, go where it was, and play if it played. Raises RestoreQueueGone and RestoreNotSought."""
    if snapshot.uri.startswith(QUEUE_SCHEME):
        _load_queue(soco, snapshot, name)
        return
    load(soco, snapshot.uri, snapshot.metadata)
    has_end = snapshot.source in {Source.SERVICE, Source.LIBRARY}
    _go_to(soco, snapshot, snapshot.position_ms if has_end else None, name)


def _load_queue(soco: SpeakerSoCo, snapshot: Snapshot, name: str) -> None:
    if snapshot.queue is not None:
        now = [each.uri for each in list_all(soco, QUEUE_ID, MOST_STORED)]
        if now != [each.uri for each in snapshot.queue]:
            clear(soco)
            add_many(soco, [(each.uri, each.metadata) for each in snapshot.queue])
    place = snapshot.queue_position
    if place is None or snapshot.queue == ():
        load(soco, f"{QUEUE_SCHEME}{soco.uid}#0")
        return
    if place > queue_length(soco):
        # Somebody has emptied it since.
        raise RestoreQueueGone(speaker=name)
    mode = MODE_OF[snapshot.shuffle, snapshot.repeat]
    play_from_queue(soco, place, start=False)
    soco.transport("SetPlayMode", ("NewPlayMode", mode))
    soco.transport("SetCrossfadeMode", ("CrossfadeMode", int(snapshot.crossfade)))
    _go_to(soco, snapshot, snapshot.position_ms, name)


def _go_to(soco: SpeakerSoCo, snapshot: Snapshot, ms: int | None, name: str) -> None:
    """Go to a position in what is loaded, and play if it played. Raises RestoreNotSought."""
    if snapshot.playing:
        got_there = play_from(soco, ms)
    else:
        got_there = not ms or seek(soco, ms)
    if not got_there:
        raise RestoreNotSought(speaker=name)


def _position(reported: str, duration_ms: int | None) -> int | None:
    """Return how far it was; a Connect session may say that it is behind its end."""
    ms = read_duration(reported)
    return min(ms, duration_ms) if ms is not None and duration_ms else ms


def _name(household: HouseholdSpeakers, uid: str) -> str:
    zone = household.zones.get(uid)
    return zone.name if zone else uid
