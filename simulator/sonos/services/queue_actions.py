"""AVTransport's queues: the speaker's own, and the saved ones (Sonos playlists)."""

from typing import TYPE_CHECKING

from ..actions import action
from ..soap import ILLEGAL_SEEK_TARGET, INVALID_ARGUMENTS, Arguments, Results, UPnPFault
from ..tracks import SonosTrack
from .av_transport import SERVICE

if TYPE_CHECKING:
    from ..speaker import Speaker

_MOST_AT_ONCE = 16
_DIDL_END = "</DIDL-Lite>"


def _enqueued(
    speaker: Speaker, tracks: list[SonosTrack], position: int, *, as_next: bool
) -> Results:
    place = speaker.transport.enqueue(tracks, position, as_next=as_next)
    return {
        "FirstTrackNumberEnqueued": place,
        "NumTracksAdded": len(tracks),
        "NewQueueLength": len(speaker.transport.queue),
    }


@action(SERVICE, "AddURIToQueue", coordinator_only=True)
def add_to_queue(speaker: Speaker, arguments: Arguments) -> Results:
    """Enqueue a track, or all of an album or playlist."""
    uri, metadata = arguments["EnqueuedURI"], arguments["EnqueuedURIMetaData"]
    tracks = speaker.household.resolve(uri, metadata)
    if not tracks:
        raise UPnPFault(INVALID_ARGUMENTS)
    position = int(arguments["DesiredFirstTrackNumberEnqueued"])
    results = _enqueued(
        speaker, tracks, position, as_next=arguments["EnqueueAsNext"] == "1"
    )
    speaker.transport.queued_from = uri, metadata
    speaker.transport.enqueued_uri = uri
    speaker.transport.enqueued_metadata = metadata
    return results


@action(SERVICE, "AddMultipleURIsToQueue", coordinator_only=True)
def add_many_to_queue(speaker: Speaker, arguments: Arguments) -> Results:
    """Enqueue up to 16 URIs, each with its own DIDL-Lite document."""
    uris = arguments["EnqueuedURIs"].split(" ")
    if len(uris) > _MOST_AT_ONCE:
        raise UPnPFault(INVALID_ARGUMENTS)
    documents = [
        document.strip() + _DIDL_END
        for document in arguments["EnqueuedURIsMetaData"].split(_DIDL_END)
        if document.strip()
    ]
    documents += [""] * (len(uris) - len(documents))
    tracks = [
        track
        for uri, metadata in zip(uris, documents, strict=False)
        for track in speaker.household.resolve(uri, metadata)
    ]
    position = int(arguments["DesiredFirstTrackNumberEnqueued"])
    return _enqueued(speaker, tracks, position, as_next=False) | {
        "NewUpdateID": speaker.transport.queue.version
    }


@action(SERVICE, "RemoveTrackFromQueue", coordinator_only=True)
def remove_from_queue(speaker: Speaker, arguments: Arguments) -> None:
    """Remove one track, named `Q:0/<number>`."""
    start = int(arguments["ObjectID"].split("/")[1]) - 1
    if not 0 <= start < len(speaker.transport.queue):
        raise UPnPFault(ILLEGAL_SEEK_TARGET)
    speaker.transport.remove(start, 1)


@action(SERVICE, "RemoveTrackRangeFromQueue", coordinator_only=True)
def remove_range_from_queue(speaker: Speaker, arguments: Arguments) -> Results:
    """Remove several tracks in a row."""
    start, count = int(arguments["StartingIndex"]) - 1, int(arguments["NumberOfTracks"])
    if start < 0 or start + count > len(speaker.transport.queue):
        raise UPnPFault(INVALID_ARGUMENTS)
    speaker.transport.remove(start, count)
    return {"NewUpdateID": speaker.transport.queue.version}


@action(SERVICE, "RemoveAllTracksFromQueue", coordinator_only=True)
def clear_queue(speaker: Speaker, arguments: Arguments) -> None:
    """Empty the queue."""
    speaker.transport.remove(0, len(speaker.transport.queue))


@action(SERVICE, "ReorderTracksInQueue", coordinator_only=True)
def reorder_queue(speaker: Speaker, arguments: Arguments) -> None:
    """Move tracks inside the queue."""
    speaker.transport.reorder(
        int(arguments["StartingIndex"]) - 1,
        int(arguments["NumberOfTracks"]),
        int(arguments["InsertBefore"]) - 1,
    )


@action(SERVICE, "CreateSavedQueue")
def create_saved_queue(speaker: Speaker, arguments: Arguments) -> Results:
    """Make an empty Sonos playlist."""
    object_id = speaker.household.shelf.save_queue(arguments["Title"], [])
    return {
        "NumTracksAdded": 0,
        "NewQueueLength": 0,
        "AssignedObjectID": object_id,
        "NewUpdateID": 1,
    }


@action(SERVICE, "SaveQueue", coordinator_only=True)
def save_queue(speaker: Speaker, arguments: Arguments) -> Results:
    """Keep the queue as a Sonos playlist."""
    tracks = list(speaker.transport.queue.tracks)
    return {
        "AssignedObjectID": speaker.household.shelf.save_queue(
            arguments["Title"], tracks
        )
    }


@action(SERVICE, "AddURIToSavedQueue")
def add_to_saved_queue(speaker: Speaker, arguments: Arguments) -> Results:
    """Add to a Sonos playlist."""
    shelf = speaker.household.shelf
    saved = shelf.named(arguments["ObjectID"])
    tracks = speaker.household.resolve(
        arguments["EnqueuedURI"], arguments["EnqueuedURIMetaData"]
    )
    saved.tracks += tracks
    saved.version += 1
    shelf.saved_queues_changed()
    return {
        "NumTracksAdded": len(tracks),
        "NewQueueLength": len(saved.tracks),
        "NewUpdateID": saved.version,
    }


@action(SERVICE, "ReorderTracksInSavedQueue")
def reorder_saved_queue(speaker: Speaker, arguments: Arguments) -> Results:
    """Move tracks of a Sonos playlist; an empty new position removes the track."""
    shelf = speaker.household.shelf
    saved = shelf.named(arguments["ObjectID"])
    numbered = list(enumerate(saved.tracks))
    moved = list(numbered)
    numbers = [int(number) for number in arguments["TrackList"].split(",") if number]
    positions = arguments["NewPositionList"].split(",")
    positions += [""] * (len(numbers) - len(positions))
    for number, position in zip(numbers, positions, strict=False):
        if number >= len(numbered):
            raise UPnPFault(INVALID_ARGUMENTS)
        moved.remove(numbered[number])
        if position:
            moved.insert(int(position), numbered[number])
    change = len(moved) - len(saved.tracks)
    saved.tracks = [track for _number, track in moved]
    saved.version += 1
    shelf.saved_queues_changed()
    return {
        "QueueLengthChange": change,
        "NewQueueLength": len(moved),
        "NewUpdateID": saved.version,
    }
