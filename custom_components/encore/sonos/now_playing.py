"""Reads what a group plays from its coordinator's variables."""

import re
from typing import Final
from urllib.parse import unquote

from .model import Container, Kind, NowPlaying, Playback, Repeat, Source, Transport
from .xml_reading import Description, Variables, read_didl, read_duration, read_number

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

MODE_OF: Final = {meaning: mode for mode, meaning in MODES.items()}

AUDIO_IN: Final = "HTAudioIn"
"""The variable that says what arrives at the TV input: it is asked, as no event has it (homebridge-zp#88).

Where events report the same, it is in `r:streamInfo` of the track, a number (homebridge-zp).
"""
_SILENT_SIGNALS: Final = frozenset({0, 21, 22, 33554454})
"""Codes of it that are no sound: no input, not listened to, silence, silent PCM (SoCo's `AUDIO_INPUT_FORMATS`).

A television in standby may send silence for ever (home-assistant/core#83457)."""

QUEUE_SCHEME: Final = "x-rincon-queue:"
TV_SCHEME: Final = "x-sonos-htastream:"
_SCHEMES: Final = (
    (TV_SCHEME, Source.TV),
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
_TYPED: Final = re.compile(r"(?:^|\|)TYPE=(\w*)")
_TIMES: Final = re.compile(
    r"\(?\b\d{1,2}:[0-5]\d\s*(?:-|–|to|bis|tot|à)\s*\d{1,2}:[0-5]\d\b\)?", re.ASCII
)
"""From when to when a programme is: `16:00 - 16:30`."""
_TIME: Final = re.compile(r"\d{1,2}:[0-5]\d", re.ASCII)
_IHEART: Final = re.compile(r'\b(text|song_spot)="([^"]*)"')
"""What iHeart's stations write into their streams: `Artist - text="Title" song_spot="M" …`."""
_SONGS_OF_IHEART: Final = frozenset({"M", "F", ""})
_ADVERT: Final = re.compile(
    r"(live365 - )?(advert(isement|ising)?|spot block|ad[ _-]?(break|trigger))([ _-]*(start|stop|end|trigger))*"
    r"|(ad-trigger - )?ad-trigger|(start|stop)_ad_break|adwtag_.*|adw_ad=.*",
    re.IGNORECASE,
)
"""What stations send instead of a song while they advertise, as a whole."""


def read_playback(variables: Variables) -> Playback:
    """Return what a coordinator plays; the position is not among what it says by itself.

    A soundbar is PLAYING for as long as it is on its TV input, also while the television is off (node-sonos-http-api#587,
    homebridge-zp#148): it is stopped then.
    """
    shuffle, repeat = MODES.get(variables.get("CurrentPlayMode", ""), MODES["NORMAL"])
    on_queue = variables.get("AVTransportURI", "").startswith(QUEUE_SCHEME)
    transport = _TRANSPORTS.get(variables.get("TransportState", ""), Transport.STOPPED)
    if is_on_tv(variables) and has_tv_sound(variables) is False:
        transport = Transport.STOPPED
    return Playback(
        transport=transport,
        in_transition=transport is Transport.TRANSITIONING,
        sounding=read_sounding(variables),
        shuffle=shuffle,
        repeat=repeat,
        crossfade=variables.get("CurrentCrossfadeMode") == "1",
        queue_position=read_number(variables.get("CurrentTrack")) or None
        if on_queue
        else None,
        queue_length=read_number(variables.get("NumberOfTracks")) if on_queue else None,
        container=_container(variables),
        actions=frozenset(
            action.strip()
            for action in variables.get("CurrentTransportActions", "").split(",")
            if action.strip()
        ),
    )


def is_on_tv(variables: Variables) -> bool:
    """Whether a soundbar is on its TV input, and not stopped."""
    on_it = variables.get("CurrentTrackURI", "").startswith(TV_SCHEME)
    return on_it and variables.get("TransportState") == "PLAYING"


def has_tv_sound(variables: Variables) -> bool | None:
    """Whether something sounds on the TV input; None where that is not known. A code that nobody has seen yet is sound."""
    signal = read_number(variables.get(AUDIO_IN))
    return None if signal is None else signal not in _SILENT_SIGNALS


def with_audio_in(known: Variables, news: Variables) -> Variables:
    """Return what is known after `news`, of the TV input too: the metadata of the track says what arrives there."""
    known = {**known, **news}
    if not known.get("CurrentTrackURI", "").startswith(TV_SCHEME):
        # What arrives there later nobody knows.
        known.pop(AUDIO_IN, None)
    elif AUDIO_IN not in news:
        track = read_didl(news.get("CurrentTrackMetaData"))
        if track is not None and track.tv_signal is not None:
            known[AUDIO_IN] = str(track.tv_signal)
    return known


def read_sounding(variables: Variables) -> NowPlaying | None:
    """Return what is loaded; None for nothing, and for a member, which only names its coordinator."""
    uri = variables.get("CurrentTrackURI") or ""
    loaded = variables.get("AVTransportURI") or ""
    if not uri and not loaded.startswith(QUEUE_SCHEME):
        uri = loaded
    if not uri or uri.startswith("x-rincon:"):
        return None
    track = read_didl(variables.get("CurrentTrackMetaData")) or Description()
    whole = (
        read_didl(variables.get("EnqueuedTransportURIMetaData"))
        or read_didl(variables.get("AVTransportURIMetaData"))
        or Description()
    )
    source = _source(uri, loaded, track, whole)
    match source:
        case Source.TV:
            return NowPlaying(Kind.TV, source, uri)
        case Source.LINE_IN:
            return NowPlaying(Kind.LINE_IN, source, uri, title=_named(track.title, uri))
        case Source.RADIO:
            return _radio(uri, track, whole)
    spotify_uri = (
        spotify_uri_in(track.resource) or spotify_uri_in(uri)
        if source in {Source.SPOTIFY, Source.SPOTIFY_CONNECT}
        else None
    )
    is_episode = spotify_uri is not None and not spotify_uri.startswith("spotify:track")
    return NowPlaying(
        kind=Kind.EPISODE if is_episode else Kind.TRACK,
        source=source,
        uri=uri,
        spotify_uri=spotify_uri,
        title=track.title,
        artist=track.artist,
        album=track.album,
        duration_ms=read_duration(variables.get("CurrentTrackDuration"))
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


def _radio(uri: str, track: Description, whole: Description) -> NowPlaying:
    """Return a station with the song that its stream reports, if any."""
    station = whole.title or _named(track.title, uri)
    artist, title, album = _of_stream(track.stream)
    if title is None and track.artist and _is_empty_stream(track.stream or ""):
        # Some services describe the song in the usual fields.
        artist, title, album = track.artist, _named(track.title, uri), track.album
    return NowPlaying(
        kind=Kind.RADIO,
        source=Source.RADIO,
        uri=uri,
        title=title,
        artist=artist,
        album=album,
        art=track.art or whole.art,
        station=station,
        show=_show(track, station),
    )


def _show(track: Description, station: str | None) -> str | None:
    """Return the programme, from `r:radioShowMd` (`HeuckZeug,p270647`), else from a stream that reports its times."""
    show: str | None = (track.show or "").partition(",")[0].strip() or None
    if show is None and track.stream and _TIMES.search(track.stream):
        tags = _tags(track.stream)
        show = tags.get("ARTIST") or (None if tags else track.stream)
    if show is not None:
        show = _TIMES.sub("", show).strip(" -–|,") or None
    return show if show != station else None


def _is_empty_stream(stream: str) -> bool:
    """Whether a stream reports neither a song nor that there is none."""
    return not any(
        (
            " - " in stream,
            _TYPED.search(stream),
            _TIMES.search(stream),
            _ADVERT.fullmatch(stream),
        )
    )


def _tags(stream: str) -> dict[str, str]:
    """Return the fields of `TYPE=…|TITLE …|ARTIST …`; none where it is not so written."""
    if not _TYPED.search(stream):
        return {}
    return {name: value.strip() for name, value in _TAGGED.findall(stream)}


def _of_stream(stream: str | None) -> tuple[str | None, str | None, str | None]:
    """Return artist, title and album from a stream's own text; none for what is no song.

    A song is `Artist - Title`, or `TYPE=SNG|TITLE …|ARTIST …|ALBUM …` (Apple Music, SiriusXM as `BR P|TYPE=SNG|…`), or
    `Artist - text="Title" song_spot="M"` (iHeart). No song is `ZPSTR_BUFFERING` while it begins; another `TYPE`; an
    advert (`TITLE Advertisement_Stop` of RadioApp, openhab-addons#13208; `song_spot="T"`); and a programme with its
    times (`TITLE …|ARTIST Artworks 16:00 - 16:30` of BBC Sounds).
    """
    if not stream or stream.startswith("ZPSTR_") or _TIMES.search(stream):
        return None, None, None
    if typed := _TYPED.search(stream):
        tags = _tags(stream) if typed[1] == "SNG" else {}
        artist, title = tags.get("ARTIST"), tags.get("TITLE")
    else:
        tags = {}
        artist, dash, title = (part.strip() for part in stream.partition(" - "))
        if not dash:
            return None, None, None
        if attributes := dict(_IHEART.findall(title)):
            is_song = attributes.get("song_spot", "") in _SONGS_OF_IHEART
            title = attributes.get("text", "") if is_song else ""
    if (
        not title
        or _ADVERT.fullmatch(stream)
        or _ADVERT.fullmatch(title)
        or _TIME.fullmatch(artist or "")
    ):
        return None, None, None
    return artist or None, title, tags.get("ALBUM") or None


def _named(title: str | None, uri: str) -> str | None:
    """Return a title, unless it is only a part of the address."""
    if title is None or title in uri or title in unquote(uri):
        return None
    return title


def _container(variables: Variables) -> Container | None:
    uri = variables.get("EnqueuedTransportURI") or ""
    if not uri:
        return None
    whole = read_didl(variables.get("EnqueuedTransportURIMetaData"))
    return Container(uri, whole.title if whole else None)
