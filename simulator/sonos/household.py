"""A Sonos household: its speakers, and what they share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
import re
from typing import Final, Protocol
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from ..clock import SimulatedClock
from ..spotify.covers import cover
from .alarms import Alarms
from .events import Deliveries
from .groups import Groups
from .member import Member
from .shelf import Shelf
from .soap import SERVICE_UNAVAILABLE, UPnPFault
from .topology import zone_group_state
from .tracks import SonosTrack
from .web_files import WebFiles

HOUSEHOLD_ID: Final = "Sonos_SimHouseholdAAAAAAAAAAAAAA"
SPOTIFY_EUROPE: Final = 2311
"""Service type of Spotify in Europe; elsewhere it is 3079. A wrong one is fault 800."""

type SpotifyLookUp = Callable[[str], Sequence[SonosTrack]]
"""From a Spotify URI of a track, album, playlist, show or an artist's top tracks to its tracks; empty when unknown."""

type CoverLookUp = Callable[[str], bytes]
"""From the URI of what plays to its cover, a PNG."""

_COVER_PX: Final = 300


def drawn(uri: str) -> bytes:
    """Return a cover that is drawn for a URI, always the same one."""
    return cover(uri, _COVER_PX)


class Herald[S: Member](Protocol):
    """Who tells the network of speakers."""

    def came(self, speaker: S) -> None:
        """Tell that a speaker is there, or there anew."""

    def went(self, speaker: S, reason: str) -> None:
        """Tell that a speaker goes, and why."""


@dataclass
class Household[S: Member]:
    """All that the speakers of one home share."""

    clock: SimulatedClock
    spotify: SpotifyLookUp
    port: int
    id: str = HOUSEHOLD_ID
    spotify_service_type: int = SPOTIFY_EUROPE
    spotify_linked: bool = True
    """Whether a Spotify account was added in the Sonos app."""
    cover: CoverLookUp = drawn
    longest_lease_s: int = 1800
    endless_leases: bool = False
    """Whether subscriptions are leased as `infinite`, which UPnP's architecture (1.0, 4.1.2) allows."""
    topology_delay_ms: int = 0
    """How long the speakers go on telling the old topology after a change."""
    transport_delay_ms: int = 0
    """How much later than they change the speakers tell what they play; who asks gets the truth at once."""
    web_track_s: float = 3
    """How long a file on the web sounds, unless it is fetched."""
    web_files: WebFiles = field(default_factory=WebFiles)
    groups: Groups[S] = field(default_factory=Groups[S])
    deliveries: Deliveries = field(default_factory=Deliveries)
    heralds: list[Herald[S]] = field(default_factory=list)
    watchers: list[Callable[[], None]] = field(default_factory=list)
    """Called after each change of what sounds where."""
    unknown_actions: set[tuple[str, str]] = field(default_factory=set)
    """What callers asked for that no speaker of this household knows; a real one might."""
    _topology: str = ""

    def __post_init__(self) -> None:
        """Fill the shelf and the alarms once the speakers are known."""
        self.shelf = Shelf(self)
        self.alarms = Alarms(self, self.groups, self.clock)

    @property
    def speakers(self) -> list[S]:
        """All speakers, hidden and missed ones too, in the order they were plugged in."""
        return self.groups.speakers

    @property
    def rooms(self) -> list[S]:
        """The speakers that apps show: one a room."""
        return [one for one in self.speakers if self.groups.visible_of(one) is one]

    @property
    def spotify_service_id(self) -> int:
        """The `sid` in Spotify's URIs, which goes with the service type."""
        return 9 if self.spotify_service_type == SPOTIFY_EUROPE else 12

    def add(self, speaker: S) -> None:
        """Plug in a speaker; it begins in a group of its own."""
        self.groups.add(speaker)
        self.topology_changed()
        self.came(speaker)

    def came(self, speaker: S) -> None:
        """Let the network know that a speaker is there, or there anew."""
        for herald in self.heralds:
            herald.came(speaker)

    def went(self, speaker: S, reason: str) -> None:
        """Let the network know that a speaker goes."""
        for herald in self.heralds:
            herald.went(speaker, reason)

    def topology_changed(self) -> None:
        """Let every subscriber know who is grouped with whom now, at once or after the delay."""
        self.sound_moved()
        if self.topology_delay_ms:
            self.clock.at(self.clock.now_ms() + self.topology_delay_ms, self._agree)
        else:
            self._agree()

    def topology(self) -> str:
        """Return the ZoneGroupState document that the speakers agreed on last."""
        return self._topology

    def _agree(self) -> None:
        self._topology = zone_group_state(self.groups)
        self.everyone("ZoneGroupTopology", "AVTransport", "GroupRenderingControl")

    def sound_moved(self) -> None:
        """Let those know who watch what sounds where."""
        for watcher in self.watchers:
            watcher()

    def everyone(self, *services: str) -> None:
        """Notify the subscribers of some services on every speaker."""
        for speaker in self.speakers:
            speaker.notify(*services)

    def resolve(self, uri: str, metadata: str) -> list[SonosTrack]:
        """Return what an enqueued URI stands for.

        Raises fault 800 when it needs a Spotify account that this household has not
        linked, or another region's service type; 714 for a playlist that is gone.
        """
        plain = unquote(uri)
        if found := re.search(
            r"spotify:(track|episode|album|playlist|show|artistTopTracks):\w+", plain
        ):
            region = re.search(r"SA_RINCON(\d+)_", metadata)
            if not self.spotify_linked or (
                region and int(region.group(1)) != self.spotify_service_type
            ):
                raise UPnPFault(SERVICE_UNAVAILABLE)
            return list(self.spotify(found.group()))
        if found := re.match(r"file:///jffs/settings/savedqueues\.rsq#(\d+)", uri):
            return self.shelf.saved_queue(f"SQ:{found.group(1)}")
        if uri.startswith(("http:", "https:")):
            return [replace(_described(uri, metadata), duration_s=self.web_track_s)]
        return self.shelf.library.by_uri(uri) or [_described(uri, metadata)]


def _described(uri: str, metadata: str) -> SonosTrack:
    """Return a track of which only what the caller says of it is known."""
    title = artist = album = art = ""
    try:
        # Written by the test's own process over loopback.
        item = ET.fromstring(metadata)[0]  # noqa: S314
    except ET.ParseError, IndexError:
        pass
    else:
        dc, upnp = (
            "{http://purl.org/dc/elements/1.1/}",
            "{urn:schemas-upnp-org:metadata-1-0/upnp/}",
        )
        title = item.findtext(f"{dc}title") or ""
        artist = item.findtext(f"{dc}creator") or ""
        album = item.findtext(f"{upnp}album") or ""
        art = item.findtext(f"{upnp}albumArtURI") or ""
    return SonosTrack(
        uri=uri,
        title=title or unquote(uri.rsplit("/", 1)[-1]),
        artist=artist,
        album=album,
        art=art,
        protocol=f"{uri.split(':', 1)[0]}:*:*:*",
    )
