"""Queue: the service that newer apps read a speaker's queue by."""

from typing import TYPE_CHECKING, Final

from ..actions import action
from ..didl import didl
from ..soap import NO_SUCH_OBJECT, Arguments, Results, UPnPFault

if TYPE_CHECKING:
    from ..speaker import Speaker

SERVICE: Final = "Queue"


@action(SERVICE, "Browse")
def browse(speaker: Speaker, arguments: Arguments) -> Results:
    """List a part of the queue, which has the id 0."""
    if arguments["QueueID"] != "0":
        raise UPnPFault(NO_SUCH_OBJECT)
    queue = speaker.transport.queue
    start, count = int(arguments["StartingIndex"]), int(arguments["RequestedCount"])
    items = [track.item(f"Q:0/{n}", "Q:0") for n, track in enumerate(queue.tracks, 1)]
    page = items[start : start + count] if count else items[start:]
    return {
        "Result": didl(*page),
        "NumberReturned": len(page),
        "TotalMatches": len(queue),
        "UpdateID": queue.version,
    }


@action(SERVICE, "RemoveAllTracks", coordinator_only=True)
def remove_all(speaker: Speaker, arguments: Arguments) -> Results:
    """Empty the queue."""
    if arguments["QueueID"] != "0":
        raise UPnPFault(NO_SUCH_OBJECT)
    speaker.transport.remove(0, len(speaker.transport.queue))
    return {"NewUpdateID": speaker.transport.queue.version}
