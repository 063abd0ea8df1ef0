"""Which active plays are in the history already."""

from ..merge.same_song import song_keys
from ..model import HOUSEHOLD, Play, Window


def around(play: Play) -> Window:
    """Return in which window the history's play would have started; one that was polled counts back from its end."""
    return Window(play.started_at - (play.item.duration_ms or 0), play.ended_at + 1)


def is_same(one: Play, other: Play) -> bool:
    """Whether two plays are one: a listener plays the same song twice only one after the other.

    A speaker reports music, not people: a play of the household may be anybody's.
    """
    named = {one.listener.key, other.listener.key} - {HOUSEHOLD}
    if len(named) > 1:
        return False
    if not {*song_keys(one.item)} & {*song_keys(other.item)}:
        return False
    common = min(one.ended_at, other.ended_at) - max(one.started_at, other.started_at)
    shorter = min(one.ended_at - one.started_at, other.ended_at - other.started_at)
    return common > shorter / 2
