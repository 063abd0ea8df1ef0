"""Keeps what a group of rooms plays, and lets it go on: after an announcement, or whenever somebody wants it back.

What Sonos plays by itself is loaded again. A Spotify Connect session cannot be, so Spotify is told to play the same there
(`connect_session`). Blocking calls run in the executor; all else belongs to the event loop.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from homeassistant.core import HomeAssistant

from ..const import LOGGER
from .asking import ask_transport
from .calls import ENQUEUE_TIMEOUT_S
from .connect_session import ConnectSession, async_resume, async_session_on
from .directory import Listed, list_all
from .enqueuing import add_many, clear, document_of, load, play, play_from_queue
from .errors import SonosError
from .library import SoCoUPnPException
from .model import Repeat, Source, Transport
from .reading import read_duration
from .sounding import MODES, QUEUE_SCHEME, read_playback

if TYPE_CHECKING:
    from .household import Household
    from .soco_speaker import SpeakerSoCo

QUEUE_ID: Final = "Q:0"
MOST_KEPT: Final = 1000
"""So many tracks of a queue are kept; a Sonos queue may have 40,000."""
_INSTANCE: Final = ("InstanceID", 0)
_MODE_OF: Final = {meaning: mode for mode, meaning in MODES.items()}


@dataclass(frozen=True, slots=True)
class RoomVolume:
    """How loud a room was, in percent; None for what it did not tell."""

    uid: str
    percent: int | None
    muted: bool | None


@dataclass(frozen=True, slots=True)
class Queued:
    """One place of a queue: its URI, and the DIDL-Lite that a speaker wants with it."""

    uri: str
    metadata: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a group played, as plain data.

    `rooms` are its members, the coordinator first. `source` is None when nothing was loaded. `uri` and `metadata` are
    what the transport had loaded. `queue` is None when it was not kept: then it is taken for unchanged.
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
    queue: tuple[Queued, ...] | None = None
    connect: ConnectSession | None = None

    @property
    def leader(self) -> str:
        """The uid of the speaker that led the group."""
        return self.rooms[0].uid

    def as_data(self) -> dict[str, Any]:
        """Return the snapshot as JSON can carry it."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Return the snapshot that `as_data` made data of. Raises KeyError, TypeError or ValueError for other data."""
        queue, connect = data["queue"], data["connect"]
        changed = {
            "rooms": tuple(RoomVolume(**room) for room in data["rooms"]),
            "source": Source(data["source"]) if data["source"] else None,
            "repeat": Repeat(data["repeat"]),
            "queue": None if queue is None else tuple(Queued(**each) for each in queue),
            "connect": ConnectSession(**connect) if connect else None,
        }
        return cls(**{**data, **changed})


@dataclass(frozen=True, slots=True)
class _Kept:
    """What was asked of a coordinator: its variables and its queue."""

    said: dict[str, str]
    queue: tuple[Queued, ...] | None


async def async_take(
    hass: HomeAssistant, household: Household, uid: str, *, with_queue: bool = True
) -> Snapshot:
    """Return what the group of a zone plays now. Raises SonosError.

    `with_queue` keeps the tracks of the queue too, for when it may be another by then. A Connect session is looked for
    in the linked accounts; of one that belongs to none of them the track is kept.
    """
    await household.grouping.async_settled()
    members = household.topology.group_of(uid)
    kept = await household.async_call_within(
        members[0], ENQUEUE_TIMEOUT_S, None, _keep, with_queue
    )
    playback = read_playback(kept.said)
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
        rooms=tuple(_volume(household, member) for member in members),
        source=sounding.source if sounding else None,
        playing=playback.transport in {Transport.PLAYING, Transport.TRANSITIONING},
        uri=kept.said["AVTransportURI"],
        metadata=kept.said["AVTransportURIMetaData"],
        title=sounding.title or sounding.station if sounding else None,
        position_ms=_position(
            kept.said["RelTime"], sounding.duration_ms if sounding else None
        ),
        queue_position=playback.queue_position,
        shuffle=playback.shuffle,
        repeat=playback.repeat,
        crossfade=playback.crossfade,
        queue=kept.queue,
        connect=connect,
    )


async def async_restore(
    hass: HomeAssistant,
    household: Household,
    snapshot: Snapshot,
    *,
    regroup: bool = False,
    volumes: bool = True,
) -> bool:
    """Let a group play what it played, from where it was; return whether all of it came back.

    `regroup` makes the rooms the same group again first; otherwise it goes to the group that the coordinator of then is
    in. What did not play is loaded and does not start. An AirPlay session cannot come back: the phone has to begin it.
    Volumes are set first, and rooms that are away are left out. Raises SonosError and SpotifyError.
    """
    if regroup:
        await _async_regroup(household, snapshot)
    if volumes:
        await async_restore_volumes(household, snapshot)
    await household.grouping.async_settled()
    leader = household.topology.coordinator_of(snapshot.leader)
    if snapshot.source is Source.AIRPLAY:
        return False
    if snapshot.source is Source.SPOTIFY_CONNECT:
        return await _async_restore_connect(hass, household, leader, snapshot)
    back = await household.async_call_within(
        leader, ENQUEUE_TIMEOUT_S, None, _load_again, snapshot
    )
    await household.async_refresh(leader)
    return back


async def async_restore_volumes(household: Household, snapshot: Snapshot) -> None:
    """Make every room as loud as it was, and as muted. A room that does not answer is left as it is."""
    for room in snapshot.rooms:
        zone = household.zones.get(room.uid)
        if zone is None or not zone.available:
            continue
        try:
            await household.async_call(room.uid, set_volume, room.percent, room.muted)
            await household.async_refresh(room.uid)
        except SonosError as err:
            LOGGER.debug("The volume of %s is as it was: %s", zone.name, err)


def set_volume(soco: SpeakerSoCo, percent: int | None, muted: bool | None) -> None:
    """Set volume and mute of one speaker; None leaves it."""
    send = soco.renderingControl.send_command
    channel = ("Channel", "Master")
    if percent is not None:
        send("SetVolume", [_INSTANCE, channel, ("DesiredVolume", percent)])
    if muted is not None:
        send("SetMute", [_INSTANCE, channel, ("DesiredMute", int(muted))])


async def _async_regroup(household: Household, snapshot: Snapshot) -> None:
    """Let the rooms that are there play together as they did, and no others with them."""
    there = [
        room.uid
        for room in snapshot.rooms
        if room.uid in household.zones and household.zones[room.uid].available
    ]
    if not there:
        return
    strangers = set(household.topology.group_of(there[0])) - set(there)
    await household.grouping.async_unjoin(strangers)
    if household.topology.group_of(there[0])[0] != there[0] or len(there) > 1:
        await household.grouping.async_join(there[0], there[1:])


async def _async_restore_connect(
    hass: HomeAssistant, household: Household, leader: str, snapshot: Snapshot
) -> bool:
    if not snapshot.playing:
        # It cannot be loaded without a sound; in the Spotify app it is still there.
        return True
    if snapshot.connect is None:
        return False
    zone = household.zones[leader]
    return await async_resume(
        hass, snapshot.connect, zone.name, snapshot.position_ms or 0
    )


def _keep(soco: SpeakerSoCo, with_queue: bool) -> _Kept:
    said = ask_transport(soco)
    if not with_queue:
        return _Kept(said, None)
    listed = list_all(soco, QUEUE_ID, MOST_KEPT)
    return _Kept(said, tuple(_queued(each) for each in listed))


def _queued(listed: Listed) -> Queued:
    return Queued(listed.uri, document_of(listed))


def _load_again(soco: SpeakerSoCo, snapshot: Snapshot) -> bool:
    """Load what was loaded, go where it was, and play if it played; return whether it got there."""
    if snapshot.uri.startswith(QUEUE_SCHEME):
        return _load_queue(soco, snapshot)
    load(soco, snapshot.uri, snapshot.metadata)
    if not snapshot.playing:
        return True
    play(soco)
    if snapshot.position_ms and snapshot.source in {Source.SERVICE, Source.LIBRARY}:
        return _seek(soco, snapshot.position_ms)
    return True


def _load_queue(soco: SpeakerSoCo, snapshot: Snapshot) -> bool:
    send = soco.avTransport.send_command
    if snapshot.queue is not None:
        now = [each.uri for each in list_all(soco, QUEUE_ID, MOST_KEPT)]
        if now != [each.uri for each in snapshot.queue]:
            clear(soco)
            add_many(soco, [(each.uri, each.metadata) for each in snapshot.queue])
    if snapshot.queue_position is None or snapshot.queue == ():
        load(soco, f"{QUEUE_SCHEME}{soco.uid}#0")
        return True
    mode = _MODE_OF[snapshot.shuffle, snapshot.repeat]
    try:
        play_from_queue(soco, snapshot.queue_position, start=False)
    except SoCoUPnPException:
        # Somebody has emptied it since.
        return False
    send("SetPlayMode", [_INSTANCE, ("NewPlayMode", mode)])
    send("SetCrossfadeMode", [_INSTANCE, ("CrossfadeMode", int(snapshot.crossfade))])
    got_there = not snapshot.position_ms or _seek(soco, snapshot.position_ms)
    if snapshot.playing:
        play(soco)
        # Some tracks cannot be searched in before they sound.
        if not got_there and snapshot.position_ms:
            got_there = _seek(soco, snapshot.position_ms)
    return got_there


def _seek(soco: SpeakerSoCo, ms: int) -> bool:
    seconds = ms // 1000
    target = f"{seconds // 3600}:{seconds % 3600 // 60:02d}:{seconds % 60:02d}"
    try:
        soco.avTransport.send_command(
            "Seek", [_INSTANCE, ("Unit", "REL_TIME"), ("Target", target)]
        )
    except SoCoUPnPException:
        return False
    return True


def _position(told: str, duration_ms: int | None) -> int | None:
    """Return how far it was; a Connect session may say that it is behind its end."""
    ms = read_duration(told)
    return min(ms, duration_ms) if ms is not None and duration_ms else ms


def _volume(household: Household, uid: str) -> RoomVolume:
    zone = household.zones.get(uid)
    if zone is None:
        return RoomVolume(uid, None, None)
    return RoomVolume(uid, zone.sound.volume, zone.sound.muted)
