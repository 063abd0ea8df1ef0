"""What a speaker can play: tracks of Spotify and of the music library, and how Sonos describes them."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from .didl import clock_time, didl, quoted

MUSIC_TRACK: Final = "object.item.audioItem.musicTrack"
BROADCAST: Final = "object.item.audioItem.audioBroadcast"
LINE_IN: Final = "object.item.audioItem.linein"
PLAIN_ITEM: Final = "object.item"


@dataclass(frozen=True, slots=True)
class SonosTrack:
    """One thing that a speaker plays. A duration of 0 s means a stream without end."""

    uri: str
    title: str = ""
    artist: str = ""
    album: str = ""
    duration_s: float = 0
    art: str = ""
    protocol: str = ""
    upnp_class: str = MUSIC_TRACK
    spotify_uri: str | None = None

    def body(self) -> str:
        """Return what stands inside the item of a DIDL-Lite document."""
        duration = (
            f' duration="{clock_time(self.duration_s)}"' if self.duration_s else ""
        )
        parts = [
            f'<res protocolInfo="{quoted(self.protocol)}"{duration}>{quoted(self.uri)}</res>'
        ]
        if self.art:
            parts.append(f"<upnp:albumArtURI>{quoted(self.art)}</upnp:albumArtURI>")
        parts.append(
            f"<dc:title>{quoted(self.title)}</dc:title><upnp:class>{self.upnp_class}</upnp:class>"
        )
        if self.artist:
            parts.append(f"<dc:creator>{quoted(self.artist)}</dc:creator>")
        if self.album:
            parts.append(f"<upnp:album>{quoted(self.album)}</upnp:album>")
        return "".join(parts)

    def item(self, item_id: str = "-1", parent_id: str = "-1") -> str:
        """Return the track as an item of a listing."""
        return f'<item id="{quoted(item_id)}" parentID="{quoted(parent_id)}" restricted="true">{self.body()}</item>'

    def document(self) -> str:
        """Return the track as the metadata of a transport."""
        return didl(self.item())

    def connect_document(self) -> str:
        """Return the track as a Spotify Connect session shows it.

        The shape was recorded: no `restricted`, no protocolInfo, and the track's id
        unencoded in `res`, since the transport's own URI names the session only.
        """
        return didl(
            f'<item id="-1" parentID="-1"><res duration="{clock_time(self.duration_s)}">'
            f"x-sonos-spotify:{self.spotify_uri}?sid=9&amp;flags=0&amp;sn=1</res>"
            f"<upnp:albumArtURI>{quoted(self.art)}</upnp:albumArtURI>"
            f"<upnp:class>{MUSIC_TRACK}</upnp:class><dc:title>{quoted(self.title)}</dc:title>"
            f"<dc:creator>{quoted(self.artist)}</dc:creator><upnp:album>{quoted(self.album)}</upnp:album></item>"
        )


def station_document(uri: str, content: str, show: str) -> str:
    """Return the metadata of a station: its title is its URI, and the song is in the stream's content.

    The shape was recorded with a station of TuneIn.
    """
    return didl(
        '<item id="-1" parentID="-1" restricted="true">'
        f'<res protocolInfo="sonos.com-http:*:*:*">{quoted(uri)}</res>'
        f"<r:streamContent>{quoted(content)}</r:streamContent><r:radioShowMd>{quoted(show)}</r:radioShowMd>"
        f"<upnp:albumArtURI>/getaa?s=1&amp;u={quote(uri, safe='')}</upnp:albumArtURI>"
        f"<dc:title>{quoted(uri)}</dc:title><upnp:class>{PLAIN_ITEM}</upnp:class></item>"
    )


def tv_document(uri: str, signal: int) -> str:
    """Return the metadata of the TV input: `r:streamInfo` is what arrives there, 0 for nothing (homebridge-zp reads it)."""
    return didl(
        '<item id="-1" parentID="-1" restricted="true">'
        f'<res protocolInfo="spdif">{quoted(uri)}</res><dc:title> </dc:title>'
        f"<upnp:class>{PLAIN_ITEM}</upnp:class><r:streamInfo>{signal}</r:streamInfo></item>"
    )


def spotify_track(
    spotify_uri: str,
    *,
    title: str,
    artist: str,
    album: str,
    duration_s: float,
    service_id: int,
) -> SonosTrack:
    """Return a track of Spotify as it lies in a queue; `service_id` is 9 in Europe and 12 elsewhere."""
    uri = f"x-sonos-spotify:{quote(spotify_uri, safe='')}?sid={service_id}&flags=8232&sn=1"
    return SonosTrack(
        uri=uri,
        title=title,
        artist=artist,
        album=album,
        duration_s=duration_s,
        art=f"/getaa?s=1&u={quote(uri, safe='')}",
        protocol="sonos.com-spotify:*:audio/x-spotify:*",
        spotify_uri=spotify_uri,
    )
