"""A Sonos household: its speakers, who is grouped with whom, and what they share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
import re
from typing import Final
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from ..clock import SimulatedClock
from .alarms import Alarms
from .didl import quoted
from .shelf import Shelf
from .soap import ILLEGAL_TYPE, NOT_COORDINATOR, UPnPFault
from .speaker import Speaker
from .tracks import SonosTrack

HOUSEHOLD_ID: Final = "Sonos_SimHouseholdAAAAAAAAAAAAAA"
SPOTIFY_EUROPE: Final = 2311
"""Service type of Spotify in Europe; elsewhere it is 3079. A wrong one is fault 800."""

type SpotifyLookUp = Callable[[str], Sequence[SonosTrack]]
"""From a Spotify URI of a track, album, playlist or show to its tracks; empty when unknown."""


@dataclass(slots=True)
class Group:
    """Speakers that play together. The coordinator's uid leads."""

    coordinator: str
    members: list[str]
    id: str


@dataclass
class Household:
    """All that the speakers of one home share."""

    clock: SimulatedClock
    spotify: SpotifyLookUp
    port: int
    id: str = HOUSEHOLD_ID
    spotify_service_type: int = SPOTIFY_EUROPE
    longest_lease_s: int = 1800
    speakers: list[Speaker] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    unknown_actions: set[tuple[str, str]] = field(default_factory=set)
    _group_number: int = 100

    def __post_init__(self) -> None:
        """Fill the shelf and the alarms once the speakers are known."""
        self.shelf = Shelf(self)
        self.alarms = Alarms(self)

    @property
    def spotify_service_id(self) -> int:
        """The `sid` in Spotify's URIs, which goes with the service type."""
        return 9 if self.spotify_service_type == SPOTIFY_EUROPE else 12

    def add(self, speaker: Speaker) -> None:
        """Plug in a speaker; it begins in a group of its own."""
        self.speakers.append(speaker)
        self.groups.append(
            Group(speaker.uid, [speaker.uid], self._new_group_id(speaker))
        )

    def by_uid(self, uid: str) -> Speaker | None:
        """Return the speaker with a uid."""
        return next((one for one in self.speakers if one.uid == uid), None)

    def group_of(self, speaker: Speaker) -> Group:
        """Return the group that a speaker plays in."""
        return next(group for group in self.groups if speaker.uid in group.members)

    def members_of(self, speaker: Speaker) -> list[Speaker]:
        """Return all speakers of a speaker's group, as they joined."""
        members = (self.by_uid(uid) for uid in self.group_of(speaker).members)
        return [member for member in members if member is not None]

    def coordinator_of(self, speaker: Speaker) -> Speaker:
        """Return the speaker that leads a speaker's group."""
        coordinator = self.by_uid(self.group_of(speaker).coordinator)
        return speaker if coordinator is None else coordinator

    def leave(self, speaker: Speaker) -> None:
        """Take a speaker out of its group; the next member goes on with what a leader played."""
        group = self.group_of(speaker)
        if len(group.members) == 1:
            return
        group.members.remove(speaker.uid)
        heir = self.by_uid(group.members[0])
        if group.coordinator == speaker.uid and heir is not None:
            group.coordinator = heir.uid
            group.id = self._new_group_id(heir)
            heir.transport.take_over(speaker.transport)
        else:
            speaker.transport.clear()
        self.groups.append(
            Group(speaker.uid, [speaker.uid], self._new_group_id(speaker))
        )

    def join(self, speaker: Speaker, coordinator_uid: str) -> None:
        """Put a speaker into another's group. Raises fault 714 for an unknown speaker."""
        if (other := self.by_uid(coordinator_uid)) is None:
            raise UPnPFault(ILLEGAL_TYPE)
        group = self.group_of(other)
        if speaker.uid in group.members:
            return
        self.leave(speaker)
        self.groups.remove(self.group_of(speaker))
        speaker.transport.follow(group.coordinator)
        group.members.append(speaker.uid)

    def hand_over(self, speaker: Speaker, heir_uid: str, *, rejoin: bool) -> bool:
        """Let another member lead; false when it is none."""
        group = self.group_of(speaker)
        if heir_uid not in group.members or heir_uid == speaker.uid:
            return False
        group.members.remove(heir_uid)
        group.members.insert(1, heir_uid)
        self.leave(speaker)
        if rejoin:
            self.join(speaker, heir_uid)
        return True

    def topology_changed(self) -> None:
        """Tell every subscriber who is grouped with whom now."""
        for speaker in self.speakers:
            speaker.notify("ZoneGroupTopology", "AVTransport", "GroupRenderingControl")

    def everyone(self, *services: str) -> None:
        """Notify the subscribers of some services on every speaker."""
        for speaker in self.speakers:
            speaker.notify(*services)

    def topology(self) -> str:
        """Return the ZoneGroupState document."""
        groups = "".join(
            f'<ZoneGroup Coordinator="{group.coordinator}" ID="{group.id}">'
            + "".join(
                self._member(member)
                for uid in group.members
                if (member := self.by_uid(uid)) is not None
            )
            + "</ZoneGroup>"
            for group in self.groups
        )
        return (
            f"<ZoneGroupState><ZoneGroups>{groups}</ZoneGroups>"
            "<VanishedDevices></VanishedDevices></ZoneGroupState>"
        )

    def resolve(self, uri: str, metadata: str) -> list[SonosTrack]:
        """Return what an enqueued URI stands for.

        Raises fault 800 when it needs a Spotify account that this household has not
        linked (its service type is another region's), 714 for a playlist that is gone.
        """
        plain = unquote(uri)
        if found := re.search(
            r"spotify:(track|episode|album|playlist|show):\w+", plain
        ):
            region = re.search(r"SA_RINCON(\d+)_", metadata)
            if region and int(region.group(1)) != self.spotify_service_type:
                raise UPnPFault(NOT_COORDINATOR)
            return list(self.spotify(found.group()))
        if found := re.match(r"file:///jffs/settings/savedqueues\.rsq#(\d+)", uri):
            return self.shelf.saved_queue(f"SQ:{found.group(1)}")
        for track in self.shelf.library:
            if track.uri == uri:
                return [track]
        return [_described(uri, metadata)]

    def _member(self, speaker: Speaker) -> str:
        idle = int(self.coordinator_of(speaker).transport.state != "PLAYING")
        return (
            f'<ZoneGroupMember UUID="{speaker.uid}" '
            f'Location="http://{speaker.address}:{self.port}/xml/device_description.xml" '
            f'ZoneName="{quoted(speaker.name)}" Icon="" Configuration="1" SoftwareVersion="97.1-80312" SWGen="2" '
            'MinCompatibleVersion="96.0-00000" LegacyCompatibleVersion="58.0-00000" '
            f'BootSeq="{speaker.boot_sequence}" TVConfigurationError="0" HdmiCecAvailable="0" WirelessMode="1" '
            'WirelessLeafOnly="0" ChannelFreq="5180" BehindWifiExtender="0" WifiEnabled="1" EthLink="0" '
            'Orientation="0" RoomCalibrationState="4" SecureRegState="3" VoiceConfigState="0" MicEnabled="0" '
            f'AirPlayEnabled="1" IdleState="{idle}" MoreInfo="" SSLPort="1443" HHSSLPort="1843"/>'
        )

    def _new_group_id(self, speaker: Speaker) -> str:
        self._group_number += 1
        return f"{speaker.uid}:{self._group_number}"


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
