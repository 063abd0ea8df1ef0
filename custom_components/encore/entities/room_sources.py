"""The source list of a room: inputs, favorites, playlists."""

from collections.abc import Iterator
from typing import Final

from ..sonos.errors import UnknownSonosSource
from ..sonos.household import Household
from ..sonos.model import Container, NowPlaying, Source, Zone
from ..sonos.playback.controls import Controls
from ..sonos.playback.directory import Listed

TV: Final = "TV"
LINE_IN: Final = "Line-in"

BY_ITSELF: Final = {
    Source.TV: TV,
    Source.LINE_IN: LINE_IN,
    Source.SPOTIFY_CONNECT: "Spotify Connect",
    Source.AIRPLAY: "AirPlay",
}
"""What plays without having been chosen from a list."""
_LINE_IN_URI: Final = "x-rincon-stream:"
_STARTED_ELSEWHERE: Final = (Source.SPOTIFY_CONNECT, Source.AIRPLAY)


def source_names(household: Household, zone: Zone) -> list[str]:
    """Return what can be chosen in a room, and what is on that was begun elsewhere."""
    info = household.info(zone.uid)
    names = [TV] if info and info.has_tv else []
    names += [name for name, _ in _line_ins(household, zone)]
    # Some stand for a place in the Sonos app, which no speaker can play.
    names += [each.title for each in household.favourites.known if each.uri]
    names += [each.title for each in household.favourites.playlists]
    if zone.sounding is not None and zone.sounding.source in _STARTED_ELSEWHERE:
        names.append(BY_ITSELF[zone.sounding.source])
    return list(dict.fromkeys(names))


def source_of(household: Household, zone: Zone) -> str | None:
    """Return the input, service, favourite or playlist that plays in a room; None for anything else."""
    sounding = zone.sounding
    if sounding is None:
        return None
    if sounding.source is Source.LINE_IN:
        of = sounding.uri.removeprefix(_LINE_IN_URI)
        return _line_in_name(household, zone, of)
    if (name := BY_ITSELF.get(sounding.source)) is not None:
        return name
    return _favourite_on(household, sounding, zone.playback.container)


async def async_select(
    household: Household, zone: Zone, controls: Controls, name: str
) -> None:
    """Play an input, a favourite or a playlist in a room. Raises SonosError, UnknownSonosSource for what is none."""
    inputs = dict(_line_ins(household, zone))
    info = household.info(zone.uid)
    if name == TV and info and info.has_tv:
        await controls.async_play_tv()
    elif name in inputs:
        await controls.async_play_line_in(inputs[name])
    elif name == source_of(household, zone) and zone.sounding is not None:
        # It is on already; paused, it goes on.
        if not zone.is_playing:
            await controls.async_play()
    else:
        await controls.async_play_favourite(_favourite_named(household, zone, name))


def _favourite_named(household: Household, zone: Zone, title: str) -> Listed:
    """Return the favorite, else the Sonos playlist, of a title. Raises UnknownSonosSource unless exactly one has it."""
    favourites = household.favourites
    named = [one for one in favourites.known if one.title == title and one.uri]
    named = named or [one for one in favourites.playlists if one.title == title]
    if len(named) != 1:
        names = ", ".join(source_names(household, zone)) or "–"
        raise UnknownSonosSource(source=title, sources=names)
    return named[0]


def _line_ins(household: Household, zone: Zone) -> Iterator[tuple[str, str]]:
    """Yield the name of each line-in of the household with the uid of its speaker, the room's own first."""
    others = sorted(household.zones.values(), key=lambda other: other.name.casefold())
    for other in sorted(others, key=lambda other: other.uid != zone.uid):
        info = household.info(other.uid)
        if info and info.has_line_in and other.available:
            yield _line_in_name(household, zone, other.uid), other.uid


def _line_in_name(household: Household, zone: Zone, uid: str) -> str:
    other = household.zones.get(uid)
    if uid == zone.uid or other is None:
        return LINE_IN
    return f"{LINE_IN}: {other.name}"


def _favourite_on(
    household: Household, sounding: NowPlaying, container: Container | None
) -> str | None:
    """Return the favourite that plays: a station by its name, an album or playlist by its address."""
    favourites = household.favourites
    for favourite in (*favourites.known, *favourites.playlists):
        if sounding.station is not None and favourite.title == sounding.station:
            return favourite.title
        if container is not None and favourite.uri == container.uri:
            return favourite.title
    return None
