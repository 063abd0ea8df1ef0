"""Titles of radio stations: one that is gone within moments is an announcement, not a track.

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


def is_retitled(run: ActivePlay, group: Group) -> bool:
    """Whether a group has the same station on as its play, which says that it plays something else now."""
    on = group.context_uri
    return (
        on is not None
        and on.startswith(RADIO)
        and on == run.context_uri
        and group.item is not None
    )


def retitle(run: ActivePlay, group: Group, at: int) -> Turn:
    """Return what becomes of a play when its station says something else at a moment (UTC ms).

    What is sure to be more than a moment's title is over once what follows it is, too.
    """
    before, run.before = run.before, None
    unseen = at - run.known_at
    if run.lost_at is None or not (run.playing and group.playing):
        after = give_way(run, group, at).run
    elif unseen < PAUSE_ENDS_PLAY_MS:
        # A station goes on while nobody looks; when its title changed, nobody knows.
        middle = run.known_at + unseen // 2
        run.sounded(run.known_at, middle, run.rooms)
        after = give_way(run, group, at).run
        after.sounded(middle, at, group.rooms)
    else:
        turn = give_way(run, group, at)
        return turn if before is None else Turn([before, *turn.over], turn.run)
    if _is_brief(run):
        if before is not None and before.is_of(group.item):
            before.absorb(run)
            before.finished, before.playing, before.known_at = None, group.playing, at
            before.take(group)
            return Turn([], before)
        before, run = _as_station(before, run)
    after.before = run
    return Turn([] if before is None else [before], after)


def sure_of(run: ActivePlay, at: int) -> list[ActivePlay]:
    """Return what is over because what followed it has sounded for long enough by a moment (UTC ms)."""
    if run.before is None or run.lost_at is not None:
        return []
    going_on = at - run.known_at if run.playing else 0
    if run.sounded_ms + going_on < BRIEF_MS:
        return []
    before, run.before = run.before, None
    return [before]


def parts_of(run: ActivePlay) -> list[ActivePlay]:
    """Return the plays that one that is over amounts to: with what its station played before, if that waited for it."""
    before, run.before = run.before, None
    on = run.context_uri
    if on is not None and on.startswith(RADIO) and _is_brief(run):
        before, run = _as_station(before, run)
    return [run] if before is None else [before, run]


def _as_station(
    before: ActivePlay | None, run: ActivePlay
) -> tuple[ActivePlay | None, ActivePlay]:
    """Take a play for one of its station itself, which is one with what the station was before."""
    assert run.context_uri is not None
    if run.item.kind is not Kind.RADIO:
        run.item = station(unquote(run.context_uri.removeprefix(RADIO)))
    if before is None or before.item.uri != run.item.uri:
        return before, run
    before.absorb(run)
    return None, before


def _is_brief(run: ActivePlay) -> bool:
    return run.sounded_ms < BRIEF_MS
