"""The action that returns a queue: a Spotify account's, or a Sonos room's."""

from dataclasses import dataclass, replace
from typing import Annotated, Any, override

from ...access.policy import AccessLevel
from ...dispatch.command import Choice, Command, part_of
from ...sonos.playback.directory import A_PAGE
from ..parameters import AccountParameters
from ..playback.queue import ReadQueue
from .room_queue import LIMIT, START, RoomQueue, RoomQueueParameters
from .sonos_rooms import ROOM


@dataclass(frozen=True, slots=True, kw_only=True)
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
    icon = "mdi:playlist-play"
    access_level = AccessLevel.INTERN
    reads = True
    everyday = True

    @override
    def chosen(self, asked: QueueParameters) -> tuple[Command[Any, Any], object]:
        if asked.room is None:
            return ReadQueue(), part_of(AccountParameters, asked)
        return RoomQueue(), part_of(RoomQueueParameters, asked)
