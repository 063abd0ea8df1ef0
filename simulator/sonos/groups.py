"""Who plays together in a household, and which speakers are bonded into one room."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from .member import Member
from .soap import ILLEGAL_TYPE, NOT_COORDINATOR, UPnPFault


@dataclass(slots=True)
class Group:
    """Rooms that play together, as the uids of their visible speakers. The coordinator leads."""

    coordinator: str
    members: list[str]
    id: str


@dataclass(frozen=True, slots=True)
class Bond:
    """Speakers that are one room: a stereo pair, or a soundbar with its satellites.

    `channels` goes from uid to channel, the visible speaker first, such as `{bar: "LF,RF", rear: "LR"}`.
    """

    channels: Mapping[str, str]
    is_theatre: bool

    @property
    def visible(self) -> str:
        """The uid of the one speaker that apps show."""
        return next(iter(self.channels))

    @property
    def channel_map(self) -> str:
        """The whole map as the visible speaker reports it, `uid:LF,LF;uid:RF,RF`."""
        return ";".join(f"{uid}:{channel}" for uid, channel in self.channels.items())

    def channel_map_of(self, uid: str) -> str:
        """Return the map as one speaker reports it; a satellite names the soundbar and itself only."""
        if uid == self.visible or not self.is_theatre:
            return self.channel_map
        own = {one: self.channels[one] for one in (self.visible, uid)}
        return Bond(own, is_theatre=True).channel_map


def bond_from(channel_map: str, *, is_theatre: bool) -> Bond:
    """Return the bond that a channel map asks for; fault 714 if it is none."""
    pairs = [part.partition(":") for part in channel_map.split(";") if part]
    if len(pairs) < 2 or not all(uid and channel for uid, _, channel in pairs):
        raise UPnPFault(ILLEGAL_TYPE)
    return Bond({uid: channel for uid, _, channel in pairs}, is_theatre)


@dataclass
class Groups[S: Member]:
    """All speakers of a household by their group. A bonded speaker goes where its room goes."""

    speakers: list[S] = field(default_factory=list)
    bonds: list[Bond] = field(default_factory=list)
    vanished: dict[str, str] = field(default_factory=dict)
    """Speakers that the others miss, from uid to the reason they give."""
    _groups: list[Group] = field(default_factory=list)
    _number: int = 100

    def __iter__(self) -> Iterator[Group]:
        """Go through the groups that somebody of is there."""
        return (
            group for group in self._groups if group.coordinator not in self.vanished
        )

    def add(self, speaker: S) -> None:
        """Plug in a speaker; it begins in a group of its own."""
        self.speakers.append(speaker)
        self._alone(speaker)

    def by_uid(self, uid: str) -> S | None:
        """Return the speaker with a uid."""
        return next((one for one in self.speakers if one.uid == uid), None)

    def known(self, uid: str) -> S:
        """Return the speaker with a uid; fault 714 for one of no or of another household."""
        if (speaker := self.by_uid(uid)) is None:
            raise UPnPFault(ILLEGAL_TYPE)
        return speaker

    def bond_of(self, speaker: S) -> Bond | None:
        """Return the bond that a speaker belongs to."""
        return next((bond for bond in self.bonds if speaker.uid in bond.channels), None)

    def visible_of(self, speaker: S) -> S:
        """Return the speaker that apps show for a speaker's room."""
        bond = self.bond_of(speaker)
        return speaker if bond is None else self.known(bond.visible)

    def hidden_of(self, speaker: S) -> list[S]:
        """Return the bonded speakers that stand behind a visible one."""
        bond = self.bond_of(speaker)
        if bond is None or bond.visible != speaker.uid:
            return []
        return [self.known(uid) for uid in list(bond.channels)[1:]]

    def of(self, speaker: S) -> Group:
        """Return the group that a speaker plays in."""
        uid = self.visible_of(speaker).uid
        return next(group for group in self._groups if uid in group.members)

    def members_of(self, speaker: S) -> list[S]:
        """Return the visible speakers of a speaker's group, as they joined."""
        return [self.known(uid) for uid in self.of(speaker).members]

    def sounding_with(self, speaker: S) -> list[S]:
        """Return all speakers of a speaker's group, hidden ones too."""
        return [
            one
            for member in self.members_of(speaker)
            for one in (member, *self.hidden_of(member))
        ]

    def coordinator_of(self, speaker: S) -> S:
        """Return the speaker that leads a speaker's group."""
        return self.known(self.of(speaker).coordinator)

    def leave(self, speaker: S) -> None:
        """Take a room out of its group; the next member goes on with what a leader played."""
        self._refuse_hidden(speaker)
        group = self.of(speaker)
        if len(group.members) == 1:
            return
        group.members.remove(speaker.uid)
        self._alone(speaker)
        if group.coordinator == speaker.uid:
            self._inherit(group).transport.take_over(speaker.transport)
        else:
            speaker.transport.clear()

    def join(self, speaker: S, coordinator_uid: str) -> None:
        """Put a room into another's group. Fault 714 for an unknown or vanished speaker."""
        self._refuse_hidden(speaker)
        other = self.known(coordinator_uid)
        if other.uid in self.vanished:
            raise UPnPFault(ILLEGAL_TYPE)
        group = self.of(other)
        if speaker.uid in group.members:
            return
        self.leave(speaker)
        self._groups.remove(self.of(speaker))
        speaker.transport.follow(group.coordinator)
        group.members.append(speaker.uid)

    def hand_over(self, speaker: S, heir_uid: str, *, rejoin: bool) -> bool:
        """Let another member lead; false when it is none."""
        group = self.of(speaker)
        if heir_uid not in group.members or heir_uid == speaker.uid:
            return False
        group.members.remove(heir_uid)
        group.members.insert(1, heir_uid)
        self.leave(speaker)
        if rejoin:
            self.join(speaker, heir_uid)
        return True

    def lose(self, speaker: S, reason: str) -> None:
        """Miss a speaker: what it led stops, since its queue is gone with it."""
        if self.visible_of(speaker) is speaker:
            group = self.of(speaker)
            if len(group.members) > 1:
                group.members.remove(speaker.uid)
                if group.coordinator == speaker.uid:
                    self._inherit(group).transport.clear()
                    for uid in group.members[1:]:
                        self.known(uid).transport.follow(group.coordinator)
                self._alone(speaker)
            speaker.transport.clear()
        self.vanished[speaker.uid] = reason

    def find(self, speaker: S) -> None:
        """Have a lost speaker back."""
        self.vanished.pop(speaker.uid, None)

    def bond(self, bond: Bond) -> None:
        """Make several speakers one room. Fault 714 if one is unknown, or bonded already."""
        speakers = [self.known(uid) for uid in bond.channels]
        if any(self.bond_of(speaker) for speaker in speakers):
            raise UPnPFault(ILLEGAL_TYPE)
        visible, *hidden = speakers
        for speaker in hidden:
            self.leave(speaker)
            self._groups.remove(self.of(speaker))
            speaker.sound = visible.sound
            speaker.transport.follow(visible.uid)
        self.bonds.append(bond)

    def separate(self, speaker: S) -> None:
        """Undo a speaker's bond. Fault 714 if it has none."""
        if (bond := self.bond_of(speaker)) is None:
            raise UPnPFault(ILLEGAL_TYPE)
        hidden = self.hidden_of(self.visible_of(speaker))
        self.bonds.remove(bond)
        for one in hidden:
            self._free(one)

    def remove_satellite(self, speaker: S) -> None:
        """Make a satellite a room of its own. Fault 714 if it is none."""
        bond = self.bond_of(speaker)
        if bond is None or bond.visible == speaker.uid:
            raise UPnPFault(ILLEGAL_TYPE)
        left = {uid: one for uid, one in bond.channels.items() if uid != speaker.uid}
        self.bonds.remove(bond)
        if len(left) > 1:
            self.bonds.append(replace(bond, channels=left))
        self._free(speaker)

    def _free(self, speaker: S) -> None:
        """Let a speaker that was hidden be a room."""
        speaker.sound = replace(speaker.sound, equaliser=dict(speaker.sound.equaliser))
        speaker.transport.clear()
        self._alone(speaker)

    def _refuse_hidden(self, speaker: S) -> None:
        if self.visible_of(speaker) is not speaker:
            raise UPnPFault(NOT_COORDINATOR)

    def _inherit(self, group: Group) -> S:
        """Make a group's first member its leader."""
        heir = self.known(group.members[0])
        group.coordinator = heir.uid
        group.id = self._new_id(heir)
        return heir

    def _alone(self, speaker: S) -> None:
        self._groups.append(Group(speaker.uid, [speaker.uid], self._new_id(speaker)))

    def _new_id(self, speaker: S) -> str:
        self._number += 1
        return f"{speaker.uid}:{self._number}"
