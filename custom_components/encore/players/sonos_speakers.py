"""Sonos speakers as a source: groups that play."""

from collections.abc import Callable, Iterable, Mapping

from ..history.model import Device, Item, Room
from ..sonos.model import Kind, NowPlaying, Playback, Repeat, Zone
from ..tracking.group import Group, Transport
from ..tracking.playing_items import TELEVISION, line_in, named, on_air

type RoomOf = Callable[[Zone], Room]
"""Names the room of a zone."""


def groups_of(zones: Mapping[str, Zone], room_of: RoomOf, now: int) -> list[Group]:
    """Return what the groups of a household do `now` (UTC ms), of those whose coordinator can be reached.

    Of a group that its leader just left, nobody knows for a moment who goes on with what sounded; and of a track that just
    began there, nobody knows for a moment whether it began at its start.
    """
    return [
        _group(zone, _members(zone, zones), room_of, now)
        if zone.settled and not zone.playback.position_polled
        else Group(Device(zone.uid, zone.name), (), Transport.STOPPED, unknown=True)
        for zone in zones.values()
        if zone.available and (zone.is_coordinator or not zone.settled)
    ]


def _members(zone: Zone, zones: Mapping[str, Zone]) -> list[Zone]:
    members = (zones.get(uid) for uid in zone.members)
    return [each for each in members if each is not None and each.available]


def _group(zone: Zone, members: Iterable[Zone], room_of: RoomOf, now: int) -> Group:
    playback = zone.playback
    item, context_uri = _playing(playback)
    members = [*members]
    rooms = {(room := room_of(each)).key: room for each in members}
    return Group(
        Device(zone.uid, zone.name),
        tuple(rooms[key] for key in sorted(rooms)),
        Transport(playback.transport.value),
        item,
        _position_ms(playback, now),
        zone.members,
        context_uri,
        playback.shuffle,
        playback.repeat is Repeat.ONE,
        volumes=_volumes(members, room_of),
    )


def _volumes(members: Iterable[Zone], room_of: RoomOf) -> tuple[tuple[str, int], ...]:
    """Return how loud rooms are (percent), by their keys: where several speakers stand in one, as loud as the loudest."""
    loudest: dict[str, int] = {}
    for zone in members:
        sound = zone.sound
        if sound.volume is not None and not sound.volume_fixed:
            percent = 0 if sound.muted else sound.volume
            key = room_of(zone).key
            loudest[key] = max(percent, loudest.get(key, 0))
    return tuple(sorted(loudest.items()))


def _position_ms(playback: Playback, now: int) -> int | None:
    if (position := playback.position) is None:
        return None
    playing = playback.transport.value == Transport.PLAYING
    return position.ms + (max(now - position.at, 0) if playing else 0)


def _playing(playback: Playback) -> tuple[Item | None, str | None]:
    """Return what is on, and what it is played from."""
    on = playback.sounding
    if on is None:
        return None, None
    match on.kind:
        case Kind.TV:
            return TELEVISION, None
        case Kind.LINE_IN:
            return line_in(on.title), None
        case Kind.RADIO:
            return on_air(on.station, on.title, on.artist, on.album)
        case _:
            return _track(on), None


def _track(on: NowPlaying) -> Item | None:
    return named(
        on.title,
        on.artist,
        on.album,
        on.duration_ms,
        uri=on.spotify_uri,
        episode=on.kind is Kind.EPISODE,
    )
