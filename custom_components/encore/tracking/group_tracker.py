"""Turns the states of groups over time into observations.

It is called with what all groups do, whenever that may have changed; the same state twice changes nothing.
"""

from collections.abc import Iterable
import copy
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple, final

from ..history.model import Listener, Observation, Play, Source, as_play
from .active_play import LATE_MS, PAUSE_ENDS_PLAY_MS, SLACK_MS, ActivePlay
from .continuation import begin, fall_silent, give_way, go_on, lose, split_endless
from .group import Group, Transport
from .radio_titles import is_retitled, parts_of, retitle, sure_of
from .sounded_play import OUT_OF_ORDER_MS
from .volumes import Levels, Volumes

HANDED_OVER_WITHIN_MS: Final = 60_000
"""Who coordinates a group may change within this, where no position says that it is the same play."""

MOST_REMEMBERED: Final = 64
"""How many of the last plays are remembered, so that no two of them look the same."""


class OverPlay(NamedTuple):
    """What distinguishes the observation of a play that is over, and where it sounded."""

    uri: str
    ended_at: int
    ms_played: int
    device: str
    """The key of where it sounded; empty where that is unknown."""


@dataclass(slots=True)
class GroupTrackerState:
    """All that is remembered between two looks; it can be stored and taken up again."""

    seen_at: int | None = None
    groups: list[Group] = field(default_factory=list)
    plays: list[ActivePlay] = field(default_factory=list)
    """The plays under way, one for each coordinator that has one."""
    left: list[ActivePlay] = field(default_factory=list)
    """Plays whose coordinator is none any more: another one may have taken them over."""
    volumes: dict[str, Levels] = field(default_factory=dict)
    """How loud rooms were, by their keys."""
    over: list[OverPlay] = field(default_factory=list)
    """Plays that are over and that a play under way could yet look the same as."""


@final
class GroupTracker:
    """The players of one household or home, as one source watches them."""

    def __init__(
        self,
        source: Source,
        listener: Listener,
        state: GroupTrackerState | None = None,
        *,
        since: int | None = None,
    ) -> None:
        """Begin empty, or from a stored state; nothing that sounded before `since` (UTC ms) counts."""
        self._source = source
        self._listener = listener
        self._since = since
        state = state or GroupTrackerState()
        self._seen_at = state.seen_at
        self._groups = {group.player.key: group for group in state.groups}
        self._plays = {play.player.key: play for play in state.plays}
        self._left = state.left
        self._volumes = Volumes(state.volumes)
        self._taken_up = bool(self._plays or self._left)
        if self._taken_up and self._seen_at is not None:
            for play in (*self._plays.values(), *self._left):
                lose(play, self._seen_at)
            self._groups.clear()
        self._looked_at = self._seen_at
        self._last_seen: dict[str, int] = {}
        """When players were last seen (UTC ms), by their keys: on their own or in a group."""
        self._waits_for: set[str] = set()
        """Players, by their keys, that were watched until nobody knew for a moment what they play."""
        self._places = {
            (each.uri, each.ended_at, each.ms_played): each.device
            for each in state.over
        }
        """Where plays sounded, by what distinguishes them."""

    @property
    def state(self) -> GroupTrackerState:
        """What is to be stored; it is of the last look or tick."""
        begun = min(self._beginnings(), default=None)
        return copy.deepcopy(
            GroupTrackerState(
                self._seen_at,
                [*self._groups.values()],
                [*self._plays.values()],
                self._left,
                self._volumes.state,
                [
                    OverPlay(*mark, device)
                    for mark, device in self._places.items()
                    if begun is not None and mark[1] >= begun
                ],
            )
        )

    def see(self, at: int, groups: Iterable[Group]) -> list[Observation]:
        """Take what all groups do at a moment (UTC ms), and return the plays that are over by it."""
        at = self._in_order(at)
        groups = [*groups]
        unknown = {group.player.key for group in groups if group.unknown}
        groups = [group for group in groups if not group.unknown]
        self._volumes.see(at, groups)
        over = [] if self._taken_up else self._expire(at)
        self._taken_up = False
        reported = {group.player.key: group for group in groups}
        now = {
            key: each.settled(self._groups.get(key)) for key, each in reported.items()
        }
        for key in [key for key in self._plays if key not in {*now, *unknown}]:
            play = self._plays.pop(key)
            lose(play, at)
            self._left.append(play)
        over += self._look(_in_order(now.values()), at)
        elsewhere = {member for group in now.values() for member in group.everybody}
        taken_over = [
            play
            for play in self._left
            if play.player.key in elsewhere and play.members.isdisjoint(unknown)
        ]
        for play in taken_over:
            self._left.remove(play)
            over.append(self._over(play))
        self._waits_for = {
            key
            for key in unknown
            if key in self._waits_for or self._last_seen.get(key) == self._looked_at
        }
        same = {key: each for key, each in self._groups.items() if key in unknown}
        self._groups, self._looked_at = {**now, **same}, at
        self._last_seen |= dict.fromkeys(elsewhere, at)
        observed = self._observed(over)
        self._volumes.drop_before(min(self._beginnings(), default=at))
        return observed

    def tick(self, at: int) -> list[Observation]:
        """Let time pass without a look, and return the plays that have been silent for too long."""
        if self._taken_up:
            return []
        return self._observed(self._expire(self._in_order(at)))

    def stop(self, at: int) -> list[Observation]:
        """Return the plays under way as far as they were seen, and forget them."""
        at = self._in_order(at)
        long = [
            each for play in self._plays.values() for each in split_endless(play, at)
        ]
        plays = [*self._plays.values(), *self._left]
        self._plays, self._left, self._groups = {}, [], {}
        for play in plays:
            lose(play, at)
        return self._observed([*long, *(self._over(play) for play in plays)])

    def under_way(self, at: int) -> list[Play]:
        """Return the plays under way as they would be recorded if they stopped at a moment (UTC ms)."""
        plays: list[Play] = []
        for play in (*self._plays.values(), *self._left):
            until_now = copy.deepcopy(play)
            lose(until_now, max(at, until_now.known_at))
            both = (until_now.before, until_now)
            reported = (self._observation(each) for each in both if each is not None)
            plays += [as_play(seen) for seen in reported if seen is not None]
        return plays

    def _in_order(self, at: int) -> int:
        """Return a moment as it counts: time never goes back, and a clock that does moves all that was."""
        last = self._seen_at
        if last is not None and at < last:
            if last - at <= OUT_OF_ORDER_MS:
                at = last
            else:
                for play in (*self._plays.values(), *self._left):
                    play.move(at - last)
                self._volumes.move(at - last)
                self._last_seen = dict.fromkeys(self._last_seen, at)
                self._looked_at = at
                self._since = None if self._since is None else min(self._since, at)
        self._seen_at = at
        return at

    def _look(self, groups: list[Group], at: int) -> list[ActivePlay]:
        """Take what each group does: first what goes on where it was, then what others took over, then all else."""
        over: list[ActivePlay] = []
        changed = [group for group in groups if not self._stays(group)]
        for group in groups:
            if self._stays(group):
                over += self._go_on(self._plays[group.player.key], group, at)
        ousted: dict[str, ActivePlay] = {}
        for group in changed:
            if (play := self._plays.pop(group.player.key, None)) is not None:
                ousted[group.player.key] = play
        taken = [self._taken_over(group, ousted, at) for group in changed]
        for group, play in zip(changed, taken, strict=True):
            own = ousted.get(group.player.key)
            if own is not None and (heir := _heir(own, group, groups)) is not None:
                over += give_way(own, heir, at).over
            elif play is None:
                over += self._turn_to(group, own, at)
            else:
                over += [] if own is None else give_way(own, group, at).over
                over += self._go_on(play, group, at)
        return over

    def _stays(self, group: Group) -> bool:
        """Whether a group still has on what it had."""
        play = self._plays.get(group.player.key)
        return play is not None and play.is_of(group.item)

    def _turn_to(
        self, group: Group, before: ActivePlay | None, at: int
    ) -> list[ActivePlay]:
        """Take what a group has on instead of what it had before, and return the plays that are over by it."""
        key = group.player.key
        if before is None:
            if group.item is not None:
                last = self._last_seen.get(key)
                watched = last == self._looked_at or key in self._waits_for
                silent_at = last if watched else None
                known = [each for each in (last, self._since) if each is not None]
                since = max(known, default=None)
                self._plays[key] = begin(group, at, silent_at, since)
            return []
        if group.item is not None:
            follow = retitle if is_retitled(before, group) else give_way
            turn = follow(before, group, at)
            self._plays[key] = turn.play
            return turn.over
        if group.transport in {Transport.PAUSED, Transport.STOPPED}:
            fall_silent(before, at)
        else:
            lose(before, at)
        self._plays[key] = before
        return []

    def _go_on(self, play: ActivePlay, group: Group, at: int) -> list[ActivePlay]:
        turn = go_on(play, group, at)
        turn.play.player = group.player
        self._plays[group.player.key] = turn.play
        return turn.over

    def _taken_over(
        self, group: Group, ousted: dict[str, ActivePlay], at: int
    ) -> ActivePlay | None:
        """Return the play that a group has taken over from another coordinator, if any, and let go of it there.

        What is ousted is no longer on where it was.
        """
        for plays in (ousted, self._plays):
            for key, play in plays.items():
                free = plays is ousted or not play.playing or play.lost_at is not None
                if free and _takes_over(group, play, at):
                    return plays.pop(key)
        for play in self._left:
            if _takes_over(group, play, at):
                self._left.remove(play)
                return play
        return None

    def _beginnings(self) -> list[int]:
        """Return when the plays under way began to sound (UTC ms), those too that wait for what follows them."""
        plays = [*self._plays.values(), *self._left]
        plays += [play.before for play in plays if play.before is not None]
        return [play.intervals[0][0] for play in plays if play.intervals]

    def _expire(self, at: int) -> list[ActivePlay]:
        """End the plays that have been silent or lost for too long by a moment, and those that grew too long."""
        over = [
            each
            for play in self._plays.values()
            for each in (*sure_of(play, at), *split_endless(play, at))
        ]
        for key, play in [*self._plays.items()]:
            if _too_long(play, at):
                over.append(self._over(self._plays.pop(key)))
        for play in [play for play in self._left if _too_long(play, at)]:
            self._left.remove(play)
            over.append(self._over(play))
        return over

    def _over(self, play: ActivePlay) -> ActivePlay:
        """End a play as far as it was seen."""
        play.finished = True if play.at_its_end else None
        return play

    def _observed(self, over: Iterable[ActivePlay]) -> list[Observation]:
        """Return what is to be recorded of plays that are over, no two of them alike."""
        observations: list[Observation] = []
        for play in (part for each in over for part in parts_of(each)):
            if (seen := self._observation(play)) is None:
                continue
            where = "" if seen.device is None else seen.device.key
            while self._places.get(_mark(seen), where) != where and seen.ms_played:
                seen = replace(seen, ms_played=seen.ms_played - 1)
            self._places[_mark(seen)] = where
            observations.append(seen)
        for old in [*self._places][:-MOST_REMEMBERED]:
            del self._places[old]
        return observations

    def _observation(self, play: ActivePlay) -> Observation | None:
        if not play.intervals or play.withheld:
            return None
        rooms = sorted(play.spans, key=lambda span: (span.start, span.room.key))
        return play.observed(
            self._source,
            self._listener,
            play.finished,
            ms_played=play.sounded_ms,
            device=play.device,
            rooms=rooms,
            volumes=self._volumes.during(rooms),
        )


def _in_order(groups: Iterable[Group]) -> list[Group]:
    """Return groups, those that play first."""
    return sorted(groups, key=lambda group: (not group.playing, group.player.key))


def _takes_over(group: Group, play: ActivePlay, at: int) -> bool:
    """Whether a group goes on with a play that began under another coordinator: of its own players, or sent from there."""
    together = group.player.key in play.members or play.player.key in group.everybody
    on = group.playing or (together and group.transport is Transport.PAUSED)
    if not (on and play.is_of(group.item)):
        return False
    since = play.silent_since
    if play.playing:
        since = at if play.lost_at is None else play.known_at
    position, expected = group.position, play.expected(since)
    if position is None or expected is None:
        return together and at - since <= HANDED_OVER_WITHIN_MS
    if not together and (
        position <= LATE_MS
        or play.lost_at is not None
        or play.at_its_end
        or at - since > HANDED_OVER_WITHIN_MS
    ):
        # Somebody else may have begun the same. Its middle, just left elsewhere, is where Spotify's app sent it from.
        return False
    return -SLACK_MS <= position - expected <= at - since + SLACK_MS


def _heir(play: ActivePlay, group: Group, groups: list[Group]) -> Group | None:
    """Return who leads on to something else what a group played that has nothing on any more, if anybody does."""
    if not play.playing or group.item is not None:
        return None
    heirs = (each for each in groups if each.player.key in play.members)
    return next((heir for heir in heirs if heir.playing), None)


def _too_long(play: ActivePlay, at: int) -> bool:
    """Whether a play has been silent, or not seen, for so long that it is over."""
    if play.playing:
        return play.lost_at is not None and at - play.known_at >= PAUSE_ENDS_PLAY_MS
    return at - play.silent_since >= PAUSE_ENDS_PLAY_MS


def _mark(seen: Observation) -> tuple[str, int, int]:
    """Return what distinguishes observations of one source and listener."""
    return seen.item.uri, seen.ended_at, seen.ms_played
