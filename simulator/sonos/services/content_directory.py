"""ContentDirectory: browsing the queue, saved queues, favourites, radio stations and the music library."""

from typing import TYPE_CHECKING, Final

from ..actions import action
from ..didl import container, didl, quoted
from ..radio import STATIONS, Station
from ..soap import NO_SUCH_OBJECT, Arguments, Results, UPnPFault
from ..tracks import BROADCAST

if TYPE_CHECKING:
    from ..speaker import Speaker

SERVICE: Final = "ContentDirectory"

_STATIONS: Final = "R:0/0"
_SHOWS: Final = "R:0/1"


@action(SERVICE, "Browse")
def browse(speaker: Speaker, arguments: Arguments) -> Results:
    """List the children of an object, or describe it."""
    object_id = arguments["ObjectID"]
    if arguments["BrowseFlag"] == "BrowseMetadata":
        described, version = _described(speaker, object_id)
        return {
            "Result": didl(described),
            "NumberReturned": 1,
            "TotalMatches": 1,
            "UpdateID": version,
        }
    children, version = _children(speaker, object_id)
    start, count = int(arguments["StartingIndex"]), int(arguments["RequestedCount"])
    page = children[start : start + count] if count else children[start:]
    return {
        "Result": didl(*page),
        "NumberReturned": len(page),
        "TotalMatches": len(children),
        "UpdateID": version,
    }


@action(SERVICE, "DestroyObject")
def destroy(speaker: Speaker, arguments: Arguments) -> None:
    """Remove a saved queue or a favourite."""
    speaker.household.shelf.destroy(arguments["ObjectID"])


@action(SERVICE, "GetShareIndexInProgress")
def share_index(speaker: Speaker, arguments: Arguments) -> Results:
    """Report that no index is being made."""
    return {"IsIndexing": 0}


@action(SERVICE, "GetAlbumArtistDisplayOption")
def album_artist_option(speaker: Speaker, arguments: Arguments) -> Results:
    """Report how contributing artists are listed."""
    return {"AlbumArtistDisplayOption": "NONE"}


def _described(speaker: Speaker, object_id: str) -> tuple[str, int]:
    """Return an object itself as XML, with the version of its list; fault 701 if unknown."""
    parent = object_id.rpartition("/")[0]
    if "/" in object_id and object_id not in (_STATIONS, _SHOWS):
        siblings, version = _children(speaker, parent)
        for sibling in siblings:
            if f'id="{quoted(object_id)}"' in sibling:
                return sibling, version
    children, version = _children(speaker, object_id)
    return (
        f'<container id="{quoted(object_id)}" parentID="{quoted(parent)}" restricted="true" '
        f'childCount="{len(children)}"><dc:title>{quoted(object_id)}</dc:title>'
        "<upnp:class>object.container.playlistContainer</upnp:class></container>"
    ), version


def _children(speaker: Speaker, object_id: str) -> tuple[list[str], int]:
    """Return the children of an object as XML, and the version of the list; fault 701 if unknown."""
    shelf = speaker.household.shelf
    if object_id == "Q:0":
        queue = speaker.transport.queue
        items = enumerate(queue.tracks, 1)
        return [track.item(f"Q:0/{n}", "Q:0") for n, track in items], queue.version
    if object_id == "SQ:":
        return _saved_queues(speaker), shelf.saved_queues_version
    if object_id.startswith("SQ:"):
        saved = shelf.named(object_id)
        return [
            track.item(f"{object_id}/{n}", object_id)
            for n, track in enumerate(saved.tracks, 1)
        ], saved.version
    if object_id == "FV:2":
        return [
            shelf.favourite_item(place, favourite)
            for place, favourite in enumerate(shelf.favourites)
        ], shelf.favourites_version
    if object_id == _STATIONS:
        return [_station(n, station) for n, station in enumerate(STATIONS)], 1
    if object_id == _SHOWS:
        return [], 1
    if object_id.startswith(("A:", "S:")):
        return shelf.library.children(object_id, speaker.uid), 1
    raise UPnPFault(NO_SUCH_OBJECT)


def _saved_queues(speaker: Speaker) -> list[str]:
    return [
        container(
            object_id,
            "SQ:",
            saved.title,
            "object.container.playlistContainer",
            '<res protocolInfo="file:*:audio/mpegurl:*">'
            f"file:///jffs/settings/savedqueues.rsq#{object_id.removeprefix('SQ:')}</res>",
        )
        for object_id, saved in speaker.household.shelf.saved_queues.items()
    ]


def _station(place: int, station: Station) -> str:
    return (
        f'<item id="{_STATIONS}/{place}" parentID="{_STATIONS}" restricted="false">'
        f'<res protocolInfo="x-rincon-mp3radio:*:*:*">{quoted(station.uri)}</res>'
        f"<dc:title>{quoted(station.title)}</dc:title><upnp:class>{BROADCAST}</upnp:class></item>"
    )
