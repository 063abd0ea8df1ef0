"""Plays the tracks of an answer."""

from collections.abc import Iterable
from typing import Final

from ...questions.base.answer import AnsweredTrack
from ...spotify.api.items import SpotifyThing
from ...spotify.api.share_links import read_link
from ...spotify.library.search_ranking import FoundIn
from ..errors import NothingInAnswer
from .media_resolution import Wanted
from .play import Playing, PlayResult
from .playback_targets import Place

AT_ONCE: Final = 10
"""How many are played, one after the other: about as long as somebody asks for "something"."""


async def async_put_tracks(
    playing: Playing, tracks: Iterable[AnsweredTrack], place: Place | None
) -> PlayResult:
    """Play the first tracks that Spotify knows, in their order. Raises NothingInAnswer, and as `Playing.async_put`."""
    first, *more = _wanted(tracks)[:AT_ONCE] or (None,)
    if first is None:
        raise NothingInAnswer
    return await playing.async_put(first, place, [each for each in more if each])


def _wanted(tracks: Iterable[AnsweredTrack]) -> list[Wanted]:
    """Return what Spotify knows of them, each once."""
    found: dict[str, Wanted] = {}
    for track in tracks:
        link = read_link(track.uri) if track.uri else None
        if link is not None and link.is_single:
            makers = (track.by,) if track.by else ()
            thing = SpotifyThing(
                link.kind, link.uri, track.title, track.by, makers=makers
            )
            found.setdefault(link.uri, Wanted(thing, FoundIn.HISTORY))
    return list(found.values())
