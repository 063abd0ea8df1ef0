"""Resumes a Spotify track at a position, within its queue or context.

All of these block, and run in the executor.
"""

from typing import TYPE_CHECKING, Final

from ..now_playing import spotify_uri_in
from .directory import list_all
from .enqueue import play_from, play_from_queue, queue_length, remove
from .queue_links import add_shared

if TYPE_CHECKING:
    from ..soco_speaker import SpeakerSoCo

_QUEUE: Final = "Q:0"
_MOST: Final = 1000
"""How many places of a queue are searched; it may have 40,000."""


def go_on_in_queue(soco: SpeakerSoCo, uri: str, ms: int) -> bool:
    """Play a track from its place in the queue, at a position in ms; return whether it stands there."""
    if not (place := _place_of(soco, uri)):
        return False
    play_from_queue(soco, place, start=False)
    play_from(soco, ms)
    return True


def go_on_in_list(soco: SpeakerSoCo, uri: str, ms: int, link: str) -> bool:
    """Queue what a link to share names, in place of all else, and go on with a track of it; return whether it has the track.

    Otherwise the queue is as it was. Raises as `add_shared`.
    """
    first = add_shared(soco, link)
    if _place_of(soco, uri, first):
        remove(soco, 1, first - 1)
        return go_on_in_queue(soco, uri, ms)
    remove(soco, first, queue_length(soco) - first + 1)
    return False


def _place_of(soco: SpeakerSoCo, uri: str, first: int = 1) -> int:
    """Return at which place of the queue a track stands, from one on and counted from 1; 0 where it does not."""
    for place, listed in enumerate(list_all(soco, _QUEUE, _MOST), 1):
        if place >= first and spotify_uri_in(listed.uri) == uri:
            return place
    return 0
