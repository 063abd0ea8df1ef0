"""Merges active plays that several sources report."""

from collections.abc import Iterable
from dataclasses import replace

from ..history.merge.field_resolution import rooms_rank
from ..history.model import HOUSEHOLD, Play, Source
from .folding import is_one


def together(plays: Iterable[Play]) -> list[Play]:
    """Return plays under way of all sources, each play once: with its listener, and the rooms of the best source."""
    found: list[Play] = []
    for play in sorted(plays, key=_known_first):
        for place, other in enumerate(found):
            if _may_be_one(play, other):
                found[place] = _joined(other, play)
                break
        else:
            found.append(play)
    return found


def _may_be_one(play: Play, other: Play) -> bool:
    named = {play.listener.key, other.listener.key} - {HOUSEHOLD}
    # Among players some show what others play; of all other sources two plays are two.
    if len(named) > 1 or play.sources & other.sources - {Source.PLAYER}:
        return False
    return is_one(play, other)


def _joined(first: Play, second: Play) -> Play:
    """Return a play that two say something of; the first one names the listener if any does."""
    rooms = first.rooms
    if second.rooms and (
        not rooms or rooms_rank(second.sources) < rooms_rank(first.sources)
    ):
        rooms = second.rooms
    return replace(
        first,
        rooms=rooms,
        sources=first.sources | second.sources,
        device=first.device or second.device,
        context_uri=first.context_uri or second.context_uri,
        volumes=first.volumes or second.volumes,
    )


def _known_first(play: Play) -> tuple[bool, int, int, str]:
    key = "" if play.device is None else play.device.key
    return play.listener.key == HOUSEHOLD, min(play.sources), play.started_at, key
