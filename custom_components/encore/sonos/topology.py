"""Reads groups from ZoneGroupTopology."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from lxml import etree

from .xml_reading import Unreadable, parse

SPEAKER_PORT: Final = 1400


@dataclass(frozen=True, slots=True)
class Member:
    """One speaker of the household. `host` is an address or a name; `boot` counts its restarts."""

    uid: str
    name: str
    host: str
    port: int
    boot: int
    visible: bool

    @property
    def url(self) -> str:
        """Where it is reached: `http://192.168.1.20:1400`."""
        return base_url(self.host, self.port)


def base_url(host: str, port: int) -> str:
    """Return where a speaker is reached that has an IPv4 or IPv6 address, or a name."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


type Group = tuple[str, ...]
"""Who plays together: the uids of the visible speakers, the coordinator first."""


@dataclass(frozen=True, slots=True)
class Topology:
    """The household at one moment. Every speaker reports all of it, in an order of its own."""

    members: Mapping[str, Member] = field(default_factory=dict)
    """All speakers, the hidden ones too, by uid."""
    groups: frozenset[Group] = frozenset()
    hidden: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By the uid of a visible speaker: those that are hidden behind it."""
    channels: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By the uid of a visible speaker: what those hidden behind it play, such as `RF`, `LR`, `SW`."""

    @property
    def zones(self) -> Iterator[Member]:
        """The visible speakers: one for each room."""
        return (member for member in self.members.values() if member.visible)

    def group_of(self, uid: str) -> Group:
        """Return the group of a visible speaker, the coordinator first; itself alone when it is in none."""
        for group in self.groups:
            if uid in group:
                return group
        return (uid,)

    def coordinator_of(self, uid: str) -> str:
        """Return the uid of the speaker that leads another's group."""
        return self.group_of(uid)[0]


@lru_cache(maxsize=8)
def read_topology(text: str) -> Topology:
    """Return the household that a ZoneGroupState document describes; raises Unreadable.

    A whole household repeats the same text after each change, so the last few are remembered.
    """
    root = parse(text)
    members: dict[str, Member] = {}
    groups: set[Group] = set()
    hidden: dict[str, tuple[str, ...]] = {}
    channels: dict[str, frozenset[str]] = {}
    # Firmware before 10.1 has no element ZoneGroups.
    for group in root.iter("ZoneGroup"):
        inside = [_member(element.attrib) for element in group.iter("ZoneGroupMember")]
        satellites = [_member(element.attrib) for element in group.iter("Satellite")]
        for member in inside + satellites:
            members[member.uid] = member
        seen = [member for member in inside if member.visible]
        if not seen:
            # A bridge or a Boost: it plays nothing.
            continue
        coordinator = group.get("Coordinator", "")
        seen.sort(key=lambda member: (member.uid != coordinator, member.uid))
        groups.add(tuple(member.uid for member in seen))
        for element in group.iter("ZoneGroupMember"):
            if behind := _behind(element, inside):
                uid = element.attrib["UUID"]
                hidden[uid] = behind
                channels[uid] = _channels(element, behind)
    return Topology(members, frozenset(groups), hidden, channels)


def _behind(element: etree._Element, inside: list[Member]) -> tuple[str, ...]:
    """Return who is hidden behind a visible speaker: the other of a pair, and the satellites of a soundbar."""
    if element.get("Invisible") == "1":
        return ()
    satellites = {satellite.attrib["UUID"] for satellite in element.iter("Satellite")}
    # `ChannelMapSet` of a pair: RINCON_A:LF,LF;RINCON_B:RF,RF. Both halves carry it.
    channels = element.get("ChannelMapSet", "").split(";")
    paired = {channel.partition(":")[0] for channel in channels}
    unseen = {member.uid for member in inside if not member.visible}
    return tuple(sorted(satellites | paired & unseen))


def _channels(element: etree._Element, behind: tuple[str, ...]) -> frozenset[str]:
    """Return what speakers play that are hidden behind one, by its `ChannelMapSet` or `HTSatChanMapSet`."""
    parts = ";".join(
        element.get(name, "") for name in ("ChannelMapSet", "HTSatChanMapSet")
    ).split(";")
    pairs = (part.partition(":") for part in parts)
    return frozenset(
        channel
        for uid, _, played in pairs
        if uid in behind
        for channel in played.split(",")
    )


def _member(attributes: Mapping[str, str]) -> Member:
    try:
        location = urlsplit(attributes["Location"])
        return Member(
            uid=attributes["UUID"],
            name=attributes.get("ZoneName", ""),
            host=location.hostname or "",
            port=location.port or SPEAKER_PORT,
            boot=int(attributes.get("BootSeq") or 0),
            visible=attributes.get("Invisible") != "1"
            and attributes.get("IsZoneBridge") != "1",
        )
    except (KeyError, ValueError) as err:
        raise Unreadable(str(err)) from err
