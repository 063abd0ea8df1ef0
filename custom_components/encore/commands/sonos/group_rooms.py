"""The commands that group and ungroup Sonos rooms, and those of group presets: named sets of rooms with volumes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Final, Self, override

from ...access.policy import AccessLevel
from ...dispatch.command import (
    Command,
    NoParameters,
    ReadCommand,
    Result,
    SupervisedCommand,
)
from ...dispatch.request_context import RequestContext
from ...questions.base.operation import NO_ACTION
from ...questions.base.parameters import Described, Form, Parameters
from ...questions.base.response import called
from ...runtime.named_storage import HOUSEHOLD, Stored, async_group_presets
from ...sonos.errors import SpeakerUnreachable
from ...sonos.playback.controls import Controls
from ..errors import BadVolumes, PresetExists, UnknownPreset, VolumeOfAnother
from .sonos_rooms import (
    ROOMS,
    RoomParameters,
    async_known,
    household_of,
    names_of,
    of_one_household,
    room_of,
    rooms_of,
)

OTHERS: Final = Described(
    Form.ROOM,
    "Which rooms join: areas, names of speakers or players of Encore's. Left out, all of the household do: a party.",
    "bedroom",
)


class GroupParameters(RoomParameters):
    """Which room leads, and who joins it."""

    others: Annotated[tuple[str, ...] | None, OTHERS] = None


class UngroupParameters(Parameters):
    """Who is to play alone."""

    rooms: Annotated[tuple[str, ...], ROOMS]


class GroupedResult(Result):
    """Who plays together now, the leader first, and who could not join because it is away."""

    rooms: tuple[str, ...]
    left_out: tuple[str, ...] = field(default=(), metadata=called("skipped"))


class GroupRooms(SupervisedCommand[GroupParameters, GroupedResult]):
    """The same in several rooms."""

    description = "Lets Sonos rooms join another one and play what it plays; all of them, if none is named."
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


MOST: Final = 100

NAME: Final = Described(Form.TEXT, "The name of the preset.", "Dinner", longest=100)
VOLUMES: Final = Described(
    Form.ASKED,
    "The volume of each room in percent, by its name. Default: the current volume.",
    {"kitchen": 25},
)
REPLACE: Final = Described(
    Form.FLAG, "Replaces an existing preset with that name.", example=True
)


class PresetParameters(Parameters):
    """Which preset."""

    name: Annotated[str, NAME]


class SavePresetParameters(PresetParameters):
    """What it is called, which rooms it has, and how loud they are. The first room leads."""

    rooms: Annotated[tuple[str, ...], ROOMS]
    volumes: Annotated[Mapping[str, Any] | None, VOLUMES] = None
    replace: Annotated[bool, REPLACE] = False


@dataclass(frozen=True, slots=True)
class PresetRoom:
    """A room of a preset, and how loud it is made, in percent."""

    room: str
    volume: int | None


class PresetResult(Result):
    """A preset, as it is kept or was."""

    name: str
    rooms: tuple[PresetRoom, ...]

    @classmethod
    def of(cls, preset: Stored) -> Self:
        """Return a preset that is kept."""
        rooms = (PresetRoom(each["name"], each["volume"]) for each in preset["rooms"])
        return cls(preset["name"], tuple(rooms))


class PresetsResult(Result):
    """All presets, by name."""

    presets: tuple[PresetResult, ...]


class AppliedResult(Result):
    """Who plays together by a preset now, and whom it names that is not there."""

    name: str
    rooms: tuple[str, ...]
    left_out: tuple[str, ...] = field(metadata=called("skipped"))


class GroupPresets(ReadCommand[NoParameters, PresetsResult]):
    """Which presets there are."""

    action = "get_group_presets"
    description = "Returns the group presets: named sets of Sonos rooms with volumes."
    stays_home = True

    @override
    async def async_run(
        self, asked: NoParameters, context: RequestContext
    ) -> PresetsResult:
        stored = await async_group_presets(context.hass).async_all()
        return PresetsResult(
            tuple(PresetResult.of(stored[key]) for key in sorted(stored))
        )


class SaveGroupPreset(SupervisedCommand[SavePresetParameters, PresetResult]):
    """Rooms to come back to."""

    description = "Saves Sonos rooms with their volumes as a preset. The first room is the coordinator."
    stays_home = True

    @override
    async def async_run(
        self, asked: SavePresetParameters, context: RequestContext
    ) -> PresetResult:
        presets = async_group_presets(context.hass)
        if (known := await presets.async_named(asked.name)) is not None:
            if not asked.replace:
                raise PresetExists(name=known["name"])
            # A new one takes nothing away; this does.
            context.caller.require(AccessLevel.AUTONOMOUS)
        rooms = rooms_of(context, asked.rooms)
        household = of_one_household(rooms)
        volumes = _volumes(context, asked.volumes or {})
        for uid in volumes.keys() - {room.zone.uid for room in rooms}:
            raise VolumeOfAnother(room=household.zones[uid].name, name=asked.name)
        preset: Stored = {
            "name": asked.name,
            HOUSEHOLD: household.id,
            "rooms": [
                {
                    "uid": room.zone.uid,
                    "name": room.name,
                    "volume": volumes.get(room.zone.uid, room.zone.sound.volume),
                }
                for room in rooms
            ],
        }
        await presets.async_put(asked.name, preset, MOST)
        return PresetResult.of(preset)


class ApplyGroupPreset(SupervisedCommand[PresetParameters, AppliedResult]):
    """The rooms as they were kept."""

    description = "Groups the Sonos rooms of a preset and sets their volumes. Rooms that are unavailable are skipped."
    repeatable = True
    stays_home = True

    @override
    async def async_run(
        self, asked: PresetParameters, context: RequestContext
    ) -> AppliedResult:
        presets = async_group_presets(context.hass)
        preset = await async_known(presets, asked.name, UnknownPreset)
        household = household_of(context.hass, preset)
        there, left_out = [], []
        for room in preset["rooms"]:
            zone = household.zones.get(room["uid"])
            if zone is not None and zone.available:
                there.append(room)
            else:
                left_out.append(room["name"])
        if not there:
            raise SpeakerUnreachable(speaker=", ".join(left_out))
        uids = [room["uid"] for room in there]
        for room in there:
            if room["volume"] is not None:
                controls = Controls(household, room["uid"])
                await controls.async_set_volume(room["volume"])
        await household.grouping.async_group(uids)
        members = household.topology.group_of(uids[0])
        return AppliedResult(
            preset["name"], tuple(names_of(household, members)), tuple(left_out)
        )


class RemoveGroupPreset(Command[PresetParameters, PresetResult]):
    """A preset less."""

    action = "delete_group_preset"
    description = "Removes a group preset. The rooms stay as they are."
    access_level = AccessLevel.AUTONOMOUS
    repeatable = True
    stays_home = True

    @override
    async def async_run(
        self, asked: PresetParameters, context: RequestContext
    ) -> PresetResult:
        presets = async_group_presets(context.hass)
        preset = await async_known(presets, asked.name, UnknownPreset)
        await presets.async_remove(asked.name)
        return PresetResult.of(preset)


def _volumes(context: RequestContext, asked: Mapping[str, Any]) -> dict[str, int]:
    """Return volumes by the uids of rooms. Raises BadVolumes and what names of rooms raise."""
    found: dict[str, int] = {}
    for named, percent in asked.items():
        if isinstance(percent, bool) or not isinstance(percent, int):
            raise BadVolumes(room=named)
        if not 0 <= percent <= 100:
            raise BadVolumes(room=named)
        found.update((room.zone.uid, percent) for room in rooms_of(context, [named]))
    return found
