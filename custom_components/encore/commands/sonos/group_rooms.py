"""The commands that group and ungroup Sonos rooms."""

from dataclasses import dataclass, field
from typing import Annotated, Final, override

from ...dispatch.command import Result, SupervisedCommand
from ...dispatch.request_context import RequestContext
from ...questions.base.operation import NO_ACTION
from ...questions.base.parameters import Described, Form
from ...questions.base.response import called
from .sonos_rooms import (
    ROOMS,
    RoomParameters,
    names_of,
    of_one_household,
    room_of,
    rooms_of,
)

OTHERS: Final = Described(
    Form.ROOM,
    "Others",
    "Which rooms join: areas, names of speakers or players of Encore's. Left out, all of the household do: a party.",
    "bedroom",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupParameters(RoomParameters):
    """Which room leads, and who joins it."""

    others: Annotated[tuple[str, ...] | None, OTHERS] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UngroupParameters:
    """Who is to play alone."""

    rooms: Annotated[tuple[str, ...], ROOMS]


@dataclass(frozen=True, slots=True)
class GroupedResult(Result):
    """Who plays together now, the leader first, and who could not join because it is away."""

    rooms: tuple[str, ...]
    left_out: tuple[str, ...] = field(default=(), metadata=called("skipped"))


class GroupRooms(SupervisedCommand[GroupParameters, GroupedResult]):
    """The same in several rooms."""

    description = "Lets Sonos rooms join another one and play what it plays; all of them, if none is named."
    icon = "mdi:speaker-multiple"
    interfaces = NO_ACTION
    repeatable = True
    stays_home = True
    everyday = True

    @override
    async def async_run(
        self, asked: GroupParameters, context: RequestContext
    ) -> GroupedResult:
        leader = room_of(context, asked.room)
        household = leader.household
        if asked.others is None:
            zones = list(household.zones.values())
            joining = [zone.uid for zone in zones if zone.available]
            left_out = tuple(zone.name for zone in zones if not zone.available)
        else:
            others = rooms_of(context, asked.others)
            of_one_household([leader, *others])
            joining, left_out = [room.zone.uid for room in others], ()
        uid = leader.zone.uid
        await household.grouping.async_join(uid, [one for one in joining if one != uid])
        members = household.topology.group_of(uid)
        return GroupedResult(tuple(names_of(household, members)), left_out)


class UngroupRooms(SupervisedCommand[UngroupParameters, GroupedResult]):
    """Each room for itself."""

    description = "Lets Sonos rooms leave their groups; who stays in one plays on."
    icon = "mdi:speaker"
    interfaces = NO_ACTION
    repeatable = True
    stays_home = True
    everyday = True

    @override
    async def async_run(
        self, asked: UngroupParameters, context: RequestContext
    ) -> GroupedResult:
        rooms = rooms_of(context, asked.rooms)
        for household in {room.household.id: room.household for room in rooms}.values():
            uids = [room.zone.uid for room in rooms if room.household is household]
            await household.grouping.async_unjoin(uids)
        return GroupedResult(tuple(room.name for room in rooms))
