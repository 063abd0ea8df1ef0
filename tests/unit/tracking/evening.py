"""An evening of players, told look by look in seconds, and the plays that came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Self

import msgspec

from custom_components.encore.history.model import (
    HOUSEHOLD,
    Device,
    Item,
    Kind,
    Listener,
    Observation,
    Room,
    Source,
)
from custom_components.encore.tracking.group import Group, Transport
from custom_components.encore.tracking.group_tracker import (
    GroupTracker,
    GroupTrackerState,
)

EVE: Final = 1_760_000_000_000
"""When evenings begin (UTC ms)."""

THE_HOUSEHOLD: Final = Listener(HOUSEHOLD, "Household")
PLAYING, PAUSED, STOPPED, TRANSITIONING = (
    Transport.PLAYING,
    Transport.PAUSED,
    Transport.STOPPED,
    Transport.TRANSITIONING,
)

type Plays = list[tuple[str, str, int, int, int]]


def song(name: str, seconds: int | None = 200) -> Item:
    """Return a song."""
    duration = None if seconds is None else seconds * 1000
    return Item(
        f"spotify:track:{name}", Kind.TRACK, name, ("Ilse Vann",), "Low", duration
    )


def station(name: str) -> Item:
    """Return a radio station."""
    return Item(f"radio:{name}", Kind.RADIO, name, ())


def room(name: str) -> Room:
    """Return the room of a player."""
    return Room(name.lower(), name)


def group(
    players: str,
    item: Item | None = None,
    position: float | None = None,
    transport: Transport = PLAYING,
    *,
    repeats_one: bool = False,
    withheld: bool = False,
    volumes: Mapping[str, int] | None = None,
) -> Group:
    """Return players that sound together, the coordinator first, each in a room of its name."""
    names = players.split()
    return Group(
        Device(names[0].lower(), names[0]),
        tuple(room(name) for name in sorted(names)),
        transport,
        item,
        None if position is None else round(position * 1000),
        tuple(name.lower() for name in names),
        repeats_one=repeats_one,
        withheld=withheld,
        volumes=tuple(
            (name.lower(), percent) for name, percent in (volumes or {}).items()
        ),
    )


def idle(players: str) -> Group:
    """Return players that have nothing on."""
    return group(players, transport=STOPPED)


@dataclass
class Evening:
    """The home, and what it has told."""

    house: GroupTracker = field(
        default_factory=lambda: GroupTracker(Source.SONOS, THE_HOUSEHOLD)
    )
    seen: list[Observation] = field(default_factory=list)

    def look(self, at: float, *groups: Group) -> Self:
        """See what all groups do, so many seconds into the evening."""
        self.seen += self.house.see(EVE + round(at * 1000), groups)
        return self

    def wait(self, at: float) -> Self:
        """Let time pass."""
        self.seen += self.house.tick(EVE + round(at * 1000))
        return self

    def restart(self) -> Self:
        """Store the state as JSON, and go on from that."""
        stored = msgspec.json.decode(
            msgspec.json.encode(self.house.state), type=GroupTrackerState
        )
        self.house = GroupTracker(Source.SONOS, THE_HOUSEHOLD, stored)
        return self

    def over(self, at: float) -> Self:
        """End the evening."""
        self.seen += self.house.stop(EVE + round(at * 1000))
        return self

    def plays(self) -> Plays:
        """Return what was heard: title, player, start, end and length in seconds, by start."""
        return sorted(
            (
                (
                    one.item.title,
                    one.device.name if one.device else "",
                    (one.started_at - EVE) // 1000,
                    (one.ended_at - EVE) // 1000,
                    one.ms_played // 1000,
                )
                for one in self.seen
            ),
            key=lambda play: (play[2], play[1]),
        )

    def volumes(self, title: str) -> list[tuple[str, int, int]]:
        """Return how loud rooms were while something was heard: room, from when on in seconds, percent."""
        return [
            (one.room.name, (one.at - EVE) // 1000, one.percent)
            for seen in self.seen
            if seen.item.title == title
            for one in seen.volumes
        ]

    def rooms(self, title: str) -> list[tuple[str, int, int]]:
        """Return where something was heard: room, from and to in seconds."""
        return [
            (span.room.name, (span.start - EVE) // 1000, (span.end - EVE) // 1000)
            for one in self.seen
            if one.item.title == title
            for span in one.rooms
        ]
