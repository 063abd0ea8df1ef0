"""What a speaker can play: tracks of Spotify and of the music library, and how Sonos describes them."""

from dataclasses import dataclass, replace
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

    def as_stream(self) -> SonosTrack:
        """Return the same without an end, as a radio station is."""
        return replace(self, duration_s=0, upnp_class=PLAIN_ITEM)

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


def library_track(number: int) -> SonosTrack:
    """Return one track of the music library on a network share."""
    return SonosTrack(
        uri=f"x-file-cifs://nas/music/Band%20{number}/{number:02d}%20Song.flac",
        title=f"Song {number}",
        artist=f"Band {number}",
        album=f"Album {number % 3}",
        duration_s=150 + number,
        art=f"/getaa?u=x-file-cifs%3a%2f%2fnas%2fmusic%2f{number}&v=1",
        protocol="x-file-cifs:*:audio/flac:*",
    )
