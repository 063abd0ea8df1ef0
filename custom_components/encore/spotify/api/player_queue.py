"""The queue of an account's player."""

from dataclasses import dataclass

from ..call_purpose import Priority, Purpose
from .gateway import due
from .items import SpotifyThing, read_thing
from .player_calls import SpotifyGateway
from .response_fields import list_of, object_of


@dataclass(frozen=True, slots=True)
class Queue:
    """What is on, and what comes, in its order. Advertisements and removed items are left out."""

    on: SpotifyThing | None = None
    coming: tuple[SpotifyThing, ...] = ()


async def async_queue(gateway: SpotifyGateway) -> Queue:
    """Read the queue for a person who waits; it is empty where no player is on. Raises SpotifyError."""
    answer = await gateway.async_call(
        lambda client: client.queue(),
        purpose=Purpose.QUEUE,
        priority=Priority.PERSON,
        key="queue",
    )
    if answer is None:
        return Queue()
    queue = object_of(due(answer))
    coming = (read_thing(row) for row in list_of(queue.get("queue")))
    return Queue(
        read_thing(queue.get("currently_playing")),
        tuple(thing for thing in coming if thing is not None),
    )
