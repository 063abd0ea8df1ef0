"""Titles of radio stations: one that disappears within moments is an announcement, not a track.

Many stations show their name, a slogan or an advertisement as “Artist - Title” between songs, or in turn with the song.
"""

from typing import Final
from urllib.parse import unquote

from ..history.model import COUNTED_FROM_MS, RADIO, Kind
from .active_play import PAUSE_ENDS_PLAY_MS, ActivePlay
from .continuation import Turn, give_way
from .group import Group
from .playing_items import station

BRIEF_MS: Final = COUNTED_FROM_MS
"""What is shown for less is no track."""


def is_retitled(play: ActivePlay, group: Group) -> bool:
    """Whether a group has the same station on as its play, which says that it plays something else now."""
    on = group.context_uri
    return (
        on is not None
        and on.startswith(RADIO)
        and on == play.context_uri
        and group.item is not None
    )


def retitle(play: ActivePlay, group: Group, at: int) -> Turn:
    """Return what becomes of a play when its station says something else at a moment (UTC ms).

    What is sure to be more than a moment's title is over once what follows it is, too.
    """
    before, play.before = play.before, None
    unseen = at - play.known_at
    if play.lost_at is None or not (play.playing and group.playing):
        after = give_way(play, group, at).play
    elif unseen < PAUSE_ENDS_PLAY_MS:
        # A station goes on while nobody looks; when its title changed, nobody knows.
        middle = play.known_at + unseen // 2
        play.sounded(play.known_at, middle, play.rooms)
        after = give_way(play, group, at).play
        after.sounded(middle, at, group.rooms)
    else:
        turn = give_way(play, group, at)
        return turn if before is None else Turn([before, *turn.over], turn.play)
    if _is_brief(play):
        if before is not None and before.is_of(group.item):
            before.absorb(play)
            before.finished, before.playing, before.known_at = None, group.playing, at
            before.take(group)
            return Turn([], before)
        before, play = _as_station(before, play)
    after.before = play
    return Turn([] if before is None else [before], after)


def sure_of(play: ActivePlay, at: int) -> list[ActivePlay]:
    """Return what is over because what followed it has sounded for long enough by a moment (UTC ms)."""
    if play.before is None or play.lost_at is not None:
        return []
    going_on = at - play.known_at if play.playing else 0
    if play.sounded_ms + going_on < BRIEF_MS:
        return []
    before, play.before = play.before, None
    return [before]


def parts_of(play: ActivePlay) -> list[ActivePlay]:
    """Return the plays that one that is over amounts to: with what its station played before, if that waited for it."""
    before, play.before = play.before, None
    on = play.context_uri
    if on is not None and on.startswith(RADIO) and _is_brief(play):
        before, play = _as_station(before, play)
    return [play] if before is None else [before, play]


def _as_station(
    before: ActivePlay | None, play: ActivePlay
) -> tuple[ActivePlay | None, ActivePlay]:
    """Take a play for one of its station itself, which is one with what the station was before."""
    assert play.context_uri is not None
    if play.item.kind is not Kind.RADIO:
        play.item = station(unquote(play.context_uri.removeprefix(RADIO)))
    if before is None or before.item.uri != play.item.uri:
        return before, play
    before.absorb(play)
    return None, before


def _is_brief(play: ActivePlay) -> bool:
    return play.sounded_ms < BRIEF_MS
