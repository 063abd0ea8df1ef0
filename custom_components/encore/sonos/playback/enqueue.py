"""Loads, queues and plays media on a coordinator. Blocks; runs in the executor."""

from collections.abc import Sequence
from itertools import groupby
from typing import Final
from xml.sax.saxutils import escape

from ..now_playing import QUEUE_SCHEME
from ..soco_compat import SoCoUPnPException
from ..soco_speaker import Argument, SpeakerSoCo
from .directory import DOCUMENT, list_page

_MANY: Final = 16
"""How many AddMultipleURIsToQueue takes."""
_ITEM: Final = (
    '<item id="-1" parentID="-1" restricted="true"><dc:title>{}</dc:title>'
    "<upnp:class>{}</upnp:class></item>"
)
RADIO: Final = "object.item.audioItem.audioBroadcast"
"""The class of a station."""


def described(title: str, upnp_class: str = "object.item.audioItem.musicTrack") -> str:
    """Return DIDL-Lite of something of which only the title is known."""
    return DOCUMENT.format(_ITEM.format(escape(title), upnp_class))


def load(soco: SpeakerSoCo, uri: str, metadata: str = "") -> None:
    """Load a URI without playing it."""
    soco.transport(
        "SetAVTransportURI", ("CurrentURI", uri), ("CurrentURIMetaData", metadata)
    )


def play(soco: SpeakerSoCo) -> None:
    """Play what is loaded."""
    soco.transport("Play", ("Speed", 1))


def position(ms: int) -> tuple[Argument, Argument]:
    """Return the arguments of `Seek` to a position in what is on (ms)."""
    seconds = ms // 1000
    target = f"{seconds // 3600}:{seconds % 3600 // 60:02d}:{seconds % 60:02d}"
    return ("Unit", "REL_TIME"), ("Target", target)


def seek(soco: SpeakerSoCo, ms: int) -> bool:
    """Go to a position in what is on; return whether it is there."""
    try:
        soco.transport("Seek", *position(ms))
    except SoCoUPnPException:
        return False
    return True


def play_from(soco: SpeakerSoCo, ms: int | None) -> bool:
    """Play what is loaded, from a position; return whether it is there."""
    got_there = not ms or seek(soco, ms)
    play(soco)
    # Some tracks cannot be searched in before they sound.
    return got_there or not ms or seek(soco, ms)


def play_from_queue(soco: SpeakerSoCo, place: int, *, start: bool = True) -> None:
    """Go to a place of the queue, counted from 1, and play it."""
    load(soco, f"{QUEUE_SCHEME}{soco.uid}#0")
    soco.transport("Seek", ("Unit", "TRACK_NR"), ("Target", place))
    if start:
        play(soco)


def place_on(soco: SpeakerSoCo) -> int:
    """Return the place of the queue that is on, counted from 1; 0 where the queue is not what plays."""
    if not soco.transport("GetMediaInfo")["CurrentURI"].startswith(QUEUE_SCHEME):
        return 0
    return int(soco.transport("GetPositionInfo")["Track"] or 0)


def queue_length(soco: SpeakerSoCo) -> int:
    """Return how many tracks are queued."""
    return list_page(soco, "Q:0", 0, 1).total


def clear(soco: SpeakerSoCo) -> None:
    """Empty the queue."""
    soco.transport("RemoveAllTracksFromQueue")


def remove(soco: SpeakerSoCo, start: int, count: int) -> None:
    """Take tracks out of the queue, from a place on, counted from 1."""
    if count > 0:
        soco.transport(
            "RemoveTrackRangeFromQueue",
            ("UpdateID", 0),
            ("StartingIndex", start),
            ("NumberOfTracks", count),
        )


def add(
    soco: SpeakerSoCo, uri: str, metadata: str, place: int = 0, *, as_next: bool = False
) -> int:
    """Queue a URI at a place counted from 1, or at the end (0); return the place of the first track that came of it."""
    answer = soco.transport(
        "AddURIToQueue",
        ("EnqueuedURI", uri),
        ("EnqueuedURIMetaData", metadata),
        ("DesiredFirstTrackNumberEnqueued", place),
        ("EnqueueAsNext", int(as_next)),
    )
    return int(answer["FirstTrackNumberEnqueued"])


def add_many(soco: SpeakerSoCo, things: Sequence[tuple[str, str]]) -> None:
    """Queue many URIs with their metadata at the end."""
    # Spaces stand between the URIs, so that one with a space inside goes alone.
    for has_space, alike in groupby(things, lambda thing: " " in thing[0]):
        if has_space:
            for uri, metadata in alike:
                add(soco, uri, metadata)
        else:
            _add_at_once(soco, list(alike))


def _add_at_once(soco: SpeakerSoCo, things: Sequence[tuple[str, str]]) -> None:
    for start in range(0, len(things), _MANY):
        part = things[start : start + _MANY]
        soco.transport(
            "AddMultipleURIsToQueue",
            ("UpdateID", 0),
            ("NumberOfURIs", len(part)),
            ("EnqueuedURIs", " ".join(uri for uri, _ in part)),
            ("EnqueuedURIsMetaData", " ".join(metadata for _, metadata in part)),
            ("ContainerURI", ""),
            ("ContainerMetaData", ""),
            ("DesiredFirstTrackNumberEnqueued", 0),
            ("EnqueueAsNext", 0),
        )
