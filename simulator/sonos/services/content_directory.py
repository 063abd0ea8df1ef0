"""ContentDirectory: browsing the queue, saved queues, favourites and the music library."""

from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

from ..didl import container, didl, quoted
from ..soap import NO_SUCH_OBJECT, Arguments, Results, UPnPFault, action

if TYPE_CHECKING:
    from ..speaker import Speaker

SERVICE: Final = "ContentDirectory"

_EMPTY: Final = frozenset(
    {"R:0/0", "R:0/1", "S:", "A:PLAYLISTS", "A:GENRE", "A:COMPOSER"}
)


@action(SERVICE, "Browse")
def browse(speaker: Speaker, arguments: Arguments) -> Results:
    """List the children of an object, or describe it."""
    object_id = arguments["ObjectID"]
    children, version = _children(speaker, object_id)
    if arguments["BrowseFlag"] == "BrowseMetadata":
        described = (
            f'<container id="{quoted(object_id)}" parentID="Q:" restricted="true" childCount="{len(children)}">'
            "<dc:title>x</dc:title><upnp:class>object.container.playlistContainer</upnp:class></container>"
        )
        return {
            "Result": didl(described),
            "NumberReturned": 1,
            "TotalMatches": 1,
            "UpdateID": version,
        }
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


def _children(speaker: Speaker, object_id: str) -> tuple[list[str], int]:
    """Return the children of an object as XML, and the version of the list; fault 701 if unknown."""
    shelf = speaker.household.shelf
    if object_id == "Q:0":
        queue = speaker.transport.queue
        items = [track.item(f"Q:0/{n}", "Q:0") for n, track in enumerate(queue, 1)]
        return items, speaker.transport.queue_version
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
    if object_id in _EMPTY:
        return [], 1
    return _library(speaker, object_id), 1


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


def _library(speaker: Speaker, object_id: str) -> list[str]:
    library = speaker.household.shelf.library
    kind, _, rest = object_id.partition("/")
    if kind.startswith("A:TRACKS"):
        wanted = unquote(kind.removeprefix("A:TRACKS").removeprefix(":")).lower()
        return [
            track.item(f"S://nas/music/{n}", object_id)
            for n, track in enumerate(library)
            if wanted in track.title.lower()
        ]
    if kind in ("A:ARTIST", "A:ALBUMARTIST"):
        return [
            container(
                f"{kind}/{quote(name)}",
                kind,
                name,
                "object.container.person.musicArtist",
            )
            for name in sorted({track.artist for track in library})
        ]
    if kind == "A:ALBUM" and rest:
        return [
            track.item(f"S://nas/music/{n}", object_id)
            for n, track in enumerate(library)
            if track.album == unquote(rest)
        ]
    if kind == "A:ALBUM":
        return [
            container(
                f"A:ALBUM/{quote(name)}",
                kind,
                name,
                "object.container.album.musicAlbum",
                f'<res protocolInfo="x-rincon-playlist:*:*:*">x-rincon-playlist:{speaker.uid}#A:ALBUM/{quote(name)}</res>',
            )
            for name in sorted({track.album for track in library})
        ]
    raise UPnPFault(NO_SUCH_OBJECT)
