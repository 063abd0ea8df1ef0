"""The commands that return and change the queue of a Sonos room's group, and the action that returns one, or an account's."""

from collections.abc import Callable
from dataclasses import field, replace
from itertools import count
from typing import Annotated, Any, Final, Self, override

from msgspec import Struct

from ...access.policy import AccessLevel
from ...dispatch.command import (
    Choice,
    Command,
    ReadCommand,
    Result,
    SupervisedCommand,
    part_of,
)
from ...dispatch.request_context import RequestContext
from ...questions.base.operation import NO_ACTION, PART
from ...questions.base.parameters import SPOKEN, Described, Form
from ...questions.base.response import called
from ...sonos.calls import ENQUEUE_TIMEOUT_S
from ...sonos.now_playing import spotify_uri_in
from ...sonos.playback.directory import A_PAGE, Listed, list_page
from ...sonos.playback.enqueue import clear, remove
from ...sonos.playback.snapshots import QUEUE_ID
from ...sonos.soco_speaker import SpeakerSoCo
from ..errors import NoSuchQueuePlace
from ..parameters import AccountParameters, limit_of
from ..playback.queue import ReadQueue
from .sonos_rooms import ROOM, RoomParameters, SonosRoom, room_of

LONGEST: Final = 40_000
"""More a queue of Sonos does not hold."""

PLACE: Final = Described(
    Form.COUNT, "The position in the queue. The first is 1.", 3, most=LONGEST
)  # fmt: skip
TO: Final = Described(
    Form.COUNT,
    "The new position of the track, or of the first of several.",
    1,
    most=LONGEST,
)
COUNT: Final = Described(
    Form.COUNT, "Number of tracks from there. Default: 1.", 2, most=LONGEST
)
START: Final = Described(
    Form.COUNT, "The first position to return. Default: 1.", 101, most=LONGEST
)
LIMIT: Final = limit_of(" of tracks", 100, 20, 1000)


class RoomQueueParameters(RoomParameters):
    """Whose queue, and which part of it."""

    start: Annotated[int, START] = 1
    limit: Annotated[int, LIMIT] = A_PAGE


class RemoveParameters(RoomParameters):
    """Whose queue, and what to take out."""

    place: Annotated[int, PLACE]
    count: Annotated[int, COUNT] = 1


class MoveParameters(RemoveParameters):
    """Whose queue, what to move, and where to."""

    to: Annotated[int, TO]


class QueuedTrack(Struct, frozen=True, rename={"place": "position"}):
    """A place of a queue, counted from 1, and what stands there."""

    place: int
    title: str
    artist: str | None
    album: str | None
    uri: str

    @classmethod
    def of(cls, place: int, item: Listed) -> Self:
        """Return what stands at a place."""
        uri = spotify_uri_in(item.uri) or item.uri
        return cls(place, item.title, item.artist, item.album, uri)


class RoomQueueResult(Result):
    """A part of a queue of `total` tracks; `playing_place` is the one that plays."""

    room: str
    total: int
    playing_place: int | None = field(metadata=called("playing_position"))
    items: tuple[QueuedTrack, ...]

    @property
    def coming(self) -> list[str]:
        """What is named of what comes."""
        on = self.playing_place or 0
        return [each.title for each in self.items if each.place > on][:SPOKEN]


class RoomQueueChange(Result):
    """What was taken out or moved (the first hundred titles of `count`), and how many are in the queue now."""

    room: str
    items: tuple[str, ...]
    count: int
    left: int


class RoomQueue(ReadCommand[RoomQueueParameters, RoomQueueResult]):
    """What a room would play."""

    description = "Tells what is in the queue of a Sonos room and its group, and which of it plays."
    interfaces = PART
    stays_home = True

    @override
    async def async_run(
        self, asked: RoomQueueParameters, context: RequestContext
    ) -> RoomQueueResult:
        room = room_of(context, asked.room)
        start = asked.start - 1

        def ask(soco: SpeakerSoCo) -> tuple[int, tuple[Listed, ...]]:
            first = list_page(soco, QUEUE_ID, start, min(asked.limit, A_PAGE))
            items = list(first.listed)
            while items and len(items) < min(asked.limit, first.total - start):
                wanted = min(asked.limit - len(items), A_PAGE)
                page = list_page(soco, QUEUE_ID, start + len(items), wanted)
                if not page.listed:
                    break
                items += page.listed
            return first.total, tuple(items)

        total, items = await _async_on_leader(room, ask)
        on = room.zone.playback.queue_position
        queued = tuple(map(QueuedTrack.of, count(asked.start), items))
        return RoomQueueResult(room.name, total, on, queued)


class RemoveFromRoomQueue(SupervisedCommand[RemoveParameters, RoomQueueChange]):
    """Something that shall not be played."""

    action = "remove_from_queue"
    title = "Remove from Sonos queue"
    description = (
        "Removes one or several tracks from the queue of a Sonos room and its group."
    )
    stays_home = True

    @override
    async def async_run(
        self, asked: RemoveParameters, context: RequestContext
    ) -> RoomQueueChange:
        room = room_of(context, asked.room)

        def take_out(soco: SpeakerSoCo) -> RoomQueueChange:
            titles, total = _named(room, soco, asked)
            remove(soco, asked.place, asked.count)
            return RoomQueueChange(room.name, titles, asked.count, total - asked.count)

        return await _async_on_leader(room, take_out)


class MoveInRoomQueue(SupervisedCommand[MoveParameters, RoomQueueChange]):
    """Another order."""

    action = "move_in_queue"
    title = "Move in Sonos queue"
    description = (
        "Moves one or several tracks within the queue of a Sonos room and its group."
    )
    stays_home = True

    @override
    async def async_run(
        self, asked: MoveParameters, context: RequestContext
    ) -> RoomQueueChange:
        room = room_of(context, asked.room)

        def move(soco: SpeakerSoCo) -> RoomQueueChange:
            titles, total = _named(room, soco, asked)
            if asked.to > (last := total - asked.count + 1):
                raise NoSuchQueuePlace(room=room.name, last=str(last))
            # UPnP names the place before which they go, reckoned before they are taken out.
            before = asked.to if asked.to <= asked.place else asked.to + asked.count
            soco.transport(
                "ReorderTracksInQueue",
                ("StartingIndex", asked.place),
                ("NumberOfTracks", asked.count),
                ("InsertBefore", before),
                ("UpdateID", 0),
            )
            return RoomQueueChange(room.name, titles, asked.count, total)

        return await _async_on_leader(room, move)


class ClearRoomQueue(SupervisedCommand[RoomParameters, RoomQueueChange]):
    """An empty queue."""

    action = "clear_queue"
    title = "Clear Sonos queue"
    description = (
        "Empties the queue of a Sonos room and its group; what plays from it ends."
    )
    interfaces = NO_ACTION
    repeatable = True
    stays_home = True

    @override
    async def async_run(
        self, asked: RoomParameters, context: RequestContext
    ) -> RoomQueueChange:
        room = room_of(context, asked.room)

        def empty(soco: SpeakerSoCo) -> RoomQueueChange:
            page = list_page(soco, QUEUE_ID)
            titles = tuple(each.title for each in page.listed)
            if titles:
                clear(soco)
            return RoomQueueChange(room.name, titles, page.total, 0)

        return await _async_on_leader(room, empty)


async def _async_on_leader[T](room: SonosRoom, call: Callable[[SpeakerSoCo], T]) -> T:
    """Return what a call to the speaker that leads a room's group returns; it may take long. Raises SonosError."""
    household = room.household
    await household.async_settled()
    leader = household.topology.coordinator_of(room.zone.uid)
    result = await household.async_call(leader, call, ENQUEUE_TIMEOUT_S)
    await household.async_refresh(leader)
    return result


def _named(
    room: SonosRoom, soco: SpeakerSoCo, asked: RemoveParameters
) -> tuple[tuple[str, ...], int]:
    """Return the titles at some places, and how many tracks there are. Raises NoSuchQueuePlace."""
    page = list_page(soco, QUEUE_ID, asked.place - 1, min(asked.count, A_PAGE))
    if asked.place + asked.count - 1 > page.total:
        raise NoSuchQueuePlace(room=room.name, last=str(page.total))
    return tuple(each.title for each in page.listed), page.total


class QueueParameters(AccountParameters):
    """Whose queue; of a room's, which part."""

    room: Annotated[
        str | None,
        replace(
            ROOM,
            description="The Sonos room: an area, a speaker or its entity. Leave empty for the queue of a Spotify account.",
        ),
    ] = None
    start: Annotated[int, START] = 1
    limit: Annotated[int, LIMIT] = A_PAGE


class GetQueue(Choice[QueueParameters]):
    """What comes next."""

    title = "Get queue"
    description = "Returns what is playing and what comes next, for a Spotify account or a Sonos room."
    access_level = AccessLevel.INTERN
    reads = True
    everyday = True

    @override
    def chosen(self, asked: QueueParameters) -> tuple[Command[Any, Any], object]:
        if asked.room is None:
            return ReadQueue(), part_of(AccountParameters, asked)
        return RoomQueue(), part_of(RoomQueueParameters, asked)
