"""The commands that take and restore a snapshot of Sonos rooms."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Final, override

from msgspec import convert, to_builtins

from ...dispatch.command import Result, SupervisedCommand
from ...dispatch.request_context import RequestContext
from ...questions.base.parameters import Described, Form, Parameters
from ...runtime.error_translation import async_translated
from ...runtime.named_storage import HOUSEHOLD, Stored, async_snapshots
from ...sonos.errors import (
    NotRestored,
    RestoreRoomsAway,
    SonosError,
    SpeakerUnreachable,
)
from ...sonos.household import Household
from ...sonos.playback.snapshots import Snapshot, async_restore, async_take
from ...spotify.errors import SpotifyError
from ..errors import UnknownSnapshot, WhichHousehold, listed
from .sonos_rooms import (
    ROOMS,
    async_known,
    exposed_rooms,
    household_of,
    names_of,
    of_one_household,
    rooms_of,
)

MOST: Final = 20
LAST: Final = "last"

NAME: Final = Described(
    Form.TEXT, "The name of the snapshot. Default: last.", "Before dinner", longest=100
)
SNAPSHOT_ROOMS: Final = replace(
    ROOMS,
    description="The Sonos rooms, with their groups. Default: all.",
)


class RestoreParameters(Parameters):
    """Which snapshot."""

    name: Annotated[str, NAME] = LAST


class SnapshotParameters(RestoreParameters):
    """What it is called, and of which rooms."""

    rooms: Annotated[tuple[str, ...] | None, SNAPSHOT_ROOMS] = None


@dataclass(frozen=True, slots=True)
class Part:
    """One group of a snapshot; `problem` says in the home's language why it does not play as it did, if so."""

    rooms: tuple[str, ...]
    title: str | None
    source: str | None
    playing: bool
    problem: str | None = None


class SnapshotResult(Result):
    """The groups of a snapshot."""

    name: str
    groups: tuple[Part, ...]

    @property
    def playing(self) -> list[Part]:
        """Those that played."""
        return [part for part in self.groups if part.playing]

    @property
    def problems(self) -> list[Part]:
        """Those that do not play as they did."""
        return [part for part in self.groups if part.problem]


class TakeSnapshot(SupervisedCommand[SnapshotParameters, SnapshotResult]):
    """What plays where, for later."""

    key = "snapshot"
    action = "create_snapshot"
    description = "Saves what Sonos rooms are playing, with position, volumes, groups and queues, to restore it later."
    stays_home = True

    @override
    async def async_run(
        self, asked: SnapshotParameters, context: RequestContext
    ) -> SnapshotResult:
        rooms = (
            rooms_of(context, asked.rooms) if asked.rooms else exposed_rooms(context)
        )
        if not asked.rooms and len({room.household.id for room in rooms}) > 1:
            raise WhichHousehold(rooms=listed({room.name for room in rooms}))
        household = of_one_household(rooms)
        there = [
            room.zone.uid for room in rooms if household.zones[room.zone.uid].available
        ]
        if not there:
            raise SpeakerUnreachable(speaker=listed({room.name for room in rooms}))
        leaders = dict.fromkeys(household.topology.coordinator_of(uid) for uid in there)
        taken = [
            await async_take(context.hass, household, leader) for leader in leaders
        ]
        stored: Stored = {
            HOUSEHOLD: household.id,
            "taken_at": context.query_context.clock.now,
            "groups": [to_builtins(snapshot) for snapshot in taken],
        }
        await async_snapshots(context.hass).async_put(asked.name, stored, MOST)
        parts = tuple(_part(household, snapshot) for snapshot in taken)
        return SnapshotResult(asked.name, parts)


class Restore(SupervisedCommand[RestoreParameters, SnapshotResult]):
    """What played goes on."""

    action = "restore_snapshot"
    description = "Restores a snapshot of Sonos rooms: groups, volumes, queues and the track at its position. What came from the Spotify app continues through Spotify."
    repeatable = True

    @override
    async def async_run(
        self, asked: RestoreParameters, context: RequestContext
    ) -> SnapshotResult:
        hass, snapshots = context.hass, async_snapshots(context.hass)
        stored = await async_known(snapshots, asked.name, UnknownSnapshot)
        household = household_of(hass, stored)
        parts, failures = [], []
        for data in stored["groups"]:
            snapshot = convert(data, Snapshot)
            part = _part(household, snapshot)
            try:
                await async_restore(hass, household, snapshot, regroup=True)
            except (SonosError, SpotifyError) as err:
                if isinstance(err, RestoreRoomsAway) or not isinstance(
                    err, NotRestored
                ):
                    failures.append(err)
                problem = (await async_translated(hass, err)).rstrip(".")
                part = replace(part, problem=problem)
            parts.append(part)
        if failures and len(failures) == len(parts):
            raise failures[0]
        return SnapshotResult(stored["name"], tuple(parts))


def _part(household: Household, snapshot: Snapshot) -> Part:
    uids: Sequence[str] = [room.uid for room in snapshot.rooms]
    return Part(
        tuple(names_of(household, uids)),
        snapshot.title,
        str(snapshot.source) if snapshot.source else None,
        snapshot.playing,
    )
