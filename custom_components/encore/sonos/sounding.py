"""Reads from a coordinator's variables what its group plays."""

import re
from typing import Final
from urllib.parse import unquote

from .model import Container, Kind, Playback, Repeat, Sounding, Source, Transport
from .reading import Description, Variables, read_didl, read_duration, read_number

_TRANSPORTS: Final = {
    "PLAYING": Transport.PLAYING,
    "PAUSED_PLAYBACK": Transport.PAUSED,
    "STOPPED": Transport.STOPPED,
    "TRANSITIONING": Transport.TRANSITIONING,
}
MODES: Final = {
    "NORMAL": (False, Repeat.OFF),
    "REPEAT_ALL": (False, Repeat.ALL),
    "REPEAT_ONE": (False, Repeat.ONE),
    "SHUFFLE_NOREPEAT": (True, Repeat.OFF),
    "SHUFFLE": (True, Repeat.ALL),
    "SHUFFLE_REPEAT_ONE": (True, Repeat.ONE),
}
"""Sonos's play modes: whether the order is random, and what is repeated."""

QUEUE_SCHEME: Final = "x-rincon-queue:"
_SCHEMES: Final = (
    ("x-sonos-htastream:", Source.TV),
    ("x-rincon-stream:", Source.LINE_IN),
    ("x-sonos-spotify:", Source.SPOTIFY),
    ("x-file-cifs:", Source.LIBRARY),
    ("x-smb:", Source.LIBRARY),
    ("x-sonosapi-stream:", Source.RADIO),
    ("x-sonosapi-radio:", Source.RADIO),
    ("x-sonosapi-hls:", Source.RADIO),
    ("x-rincon-mp3radio:", Source.RADIO),
    ("hls-radio:", Source.RADIO),
    ("aac:", Source.RADIO),
)
_BROADCAST: Final = "object.item.audioItem.audioBroadcast"
_SPOTIFY_ID: Final = re.compile(r"spotify:(track|episode|chapter):(\w+)")
_TAGGED: Final = re.compile(r"(TITLE|ARTIST|ALBUM) ([^|]*)")


def read_playback(said: Variables) -> Playback:
    """Return what a coordinator plays; the position is not among what it says by itself."""
    shuffle, repeat = MODES.get(said.get("CurrentPlayMode", ""), MODES["NORMAL"])
    on_queue = said.get("AVTransportURI", "").startswith(QUEUE_SCHEME)
    return Playback(
        transport=_TRANSPORTS.get(said.get("TransportState", ""), Transport.STOPPED),
        sounding=read_sounding(said),
        shuffle=shuffle,
        repeat=repeat,
        crossfade=said.get("CurrentCrossfadeMode") == "1",
        queue_position=read_number(said.get("CurrentTrack")) or None
        if on_queue
        else None,
        queue_length=read_number(said.get("NumberOfTracks")) if on_queue else None,
        container=_container(said),
        actions=frozenset(
            action.strip()
            for action in said.get("CurrentTransportActions", "").split(",")
            if action.strip()
        ),
    )


def read_sounding(said: Variables) -> Sounding | None:
    """Return what is loaded; None for nothing, and for a member, which only names its coordinator."""
    uri = said.get("CurrentTrackURI") or ""
    loaded = said.get("AVTransportURI") or ""
    if not uri and not loaded.startswith(QUEUE_SCHEME):
        uri = loaded
    if not uri or uri.startswith("x-rincon:"):
        return None
    track = read_didl(said.get("CurrentTrackMetaData")) or Description()
    whole = (
        read_didl(said.get("EnqueuedTransportURIMetaData"))
        or read_didl(said.get("AVTransportURIMetaData"))
        or Description()
    )
    source = _source(uri, loaded, track, whole)
    match source:
        case Source.TV:
            return Sounding(Kind.TV, source, uri)
        case Source.LINE_IN:
            return Sounding(Kind.LINE_IN, source, uri, title=_named(track.title, uri))
        case Source.RADIO:
            return _radio(uri, track, whole)
    spotify_uri = (
        spotify_uri_in(track.resource) or spotify_uri_in(uri)
        if source in {Source.SPOTIFY, Source.SPOTIFY_CONNECT}
        else None
    )
    is_episode = spotify_uri is not None and not spotify_uri.startswith("spotify:track")
    return Sounding(
        kind=Kind.EPISODE if is_episode else Kind.TRACK,
        source=source,
        uri=uri,
        spotify_uri=spotify_uri,
        title=track.title,
        artist=track.artist,
        album=track.album,
        duration_ms=read_duration(said.get("CurrentTrackDuration"))
        or track.duration_ms
        or None,
        art=track.art or whole.art,
    )


def spotify_uri_in(text: str | None) -> str | None:
    """Return the Spotify URI in a URI of Sonos, where it is encoded (queue) or not (`res` of a Connect session)."""
    found = _SPOTIFY_ID.search(unquote(text)) if text else None
    return found.group() if found else None


def _source(uri: str, loaded: str, track: Description, whole: Description) -> Source:
    if uri.startswith("x-sonos-vli:"):
        # x-sonos-vli:RINCON_…:2,spotify:<session>, and 1,airplay:<session>
        if "spotify:" in uri or whole.id == "spotify":
            return Source.SPOTIFY_CONNECT
        return Source.AIRPLAY
    for scheme, source in _SCHEMES:
        if uri.startswith(scheme):
            return source
    if _BROADCAST in (track.upnp_class, whole.upnp_class) and not loaded.startswith(
        QUEUE_SCHEME
    ):
        return Source.RADIO
    return Source.SERVICE


def _radio(uri: str, track: Description, whole: Description) -> Sounding:
    """Return a station with what its stream tells of the song, if anything."""
    station = whole.title or _named(track.title, uri)
    artist, title, album = _of_stream(track.stream)
    if title is None and track.artist:
        # Some services describe the song in the usual fields.
        artist, title, album = track.artist, _named(track.title, uri), track.album
    return Sounding(
        kind=Kind.RADIO,
        source=Source.RADIO,
        uri=uri,
        title=title,
        artist=artist,
        album=album,
        art=track.art or whole.art,
        station=station,
    )


def _of_stream(stream: str | None) -> tuple[str | None, str | None, str | None]:
    """Return artist, title and album from what a stream tells of itself.

    Either `Artist - Title`, or `TYPE=SNG|TITLE …|ARTIST …|ALBUM …`; while it begins, `ZPSTR_BUFFERING`.
    """
    if not stream or stream.startswith("ZPSTR_"):
        return None, None, None
    if "TYPE=SNG|" in stream:
        tags = {name: value.strip() for name, value in _TAGGED.findall(stream)}
        return (
            tags.get("ARTIST") or None,
            tags.get("TITLE") or None,
            tags.get("ALBUM") or None,
        )
    artist, dash, title = stream.partition(" - ")
    if not dash or not title.strip():
        return None, None, None
    return artist.strip() or None, title.strip(), None


def _named(title: str | None, uri: str) -> str | None:
    """Return a title, unless it is only a part of the address."""
    if title is None or title in uri or title in unquote(uri):
        return None
    return title


def _container(said: Variables) -> Container | None:
    uri = said.get("EnqueuedTransportURI") or ""
    if not uri:
        return None
    whole = read_didl(said.get("EnqueuedTransportURIMetaData"))
    return Container(uri, whole.title if whole else None)
