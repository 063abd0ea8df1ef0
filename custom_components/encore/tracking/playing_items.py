"""Items from what players report: tracks by id or names, stations, television and line-in."""

import re
from typing import Final
from urllib.parse import quote, unquote

from ..history.merge.same_song import local_uri
from ..history.model import RADIO, TELEVISION_URI, Item, Kind

LINE_IN: Final = "line-in:"
"""How the URIs of what is connected begin; the name follows, quoted."""

TELEVISION: Final = Item(TELEVISION_URI, Kind.TELEVISION, "TV", ())

_SPOTIFY: Final = re.compile(
    r"spotify(?:--\w+)?(?:\.com)?(?::|://|/)(?:intl-\w+/)?(track|episode)[:/]([0-9A-Za-z]{22})\b"
)


def spotify_uri_in(text: str | None) -> str | None:
    """Return the Spotify URI of a track or episode that an address names in any way, if it does.

    Forms are `spotify:track:…`, also quoted and within other addresses (`x-sonos-spotify:spotify%3atrack%3a…?sid=9`),
    `https://open.spotify.com/track/…`, and Music Assistant's `spotify--abc://track/…`.
    """
    found = _SPOTIFY.search(unquote(text)) if text else None
    return f"spotify:{found[1]}:{found[2]}" if found else None


def named(
    title: str | None,
    artist: str | None,
    album: str | None = None,
    duration_ms: int | None = None,
    *,
    uri: str | None = None,
    episode: bool = False,
) -> Item | None:
    """Return a track or an episode, whose show `artist` is then; None where not even a title is reported.

    Without a URI of Spotify's it has a local one, which meets the real track by its names. A duration of 0 is none.
    """
    episode = episode or (uri or "").startswith("spotify:episode:")
    kind = Kind.EPISODE if episode else Kind.TRACK
    title, artist, album = title or "", artist or "", album or ""
    if uri is None and not title:
        return None
    return Item(
        uri or local_uri(kind, artist, title, album),
        kind,
        title,
        (artist,) if artist else (),
        album if artist else "",
        duration_ms or None,
    )


def station(name: str | None) -> Item:
    """Return a radio station."""
    name = name or "Radio"
    return Item(f"{RADIO}{quote(name, safe='')}", Kind.RADIO, name, ())


def line_in(name: str | None) -> Item:
    """Return what is connected to a speaker, by its name."""
    name = name or "Line-in"
    return Item(f"{LINE_IN}{quote(name, safe='')}", Kind.LINE_IN, name, ())


def on_air(
    name: str | None, title: str | None, artist: str | None, album: str | None = None
) -> tuple[Item, str]:
    """Return what a station plays, and the URI of the station: its track where the stream reports one."""
    itself = station(name)
    track = named(title, artist, album) if title and artist else None
    return track or itself, itself.uri
