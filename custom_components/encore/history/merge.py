"""Which observations are one play, and what that play was: pure functions of observations.

Observations that may be one play, or that would collide as plays, are linked; what is linked
transitively is a component; plays are a function of a component alone. So the order in which
observations arrive does not matter, and an arrival derives again only the components it touches.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter, itemgetter
from typing import Final

import msgspec

from .groups import Groups
from .matching import paired
from .model import HOUSEHOLD, Source
from .sameness import is_local

AGREED_MS: Final = 90_000
"""Sources that saw one play agree on its end to within this."""

MINUTE_MS: Final = 60_000
"""Account data says in which minute a play ended."""

END_TOLERANCE_MS: Final = AGREED_MS + MINUTE_MS
"""Ends further apart than this are of one play only where one of them lies within the other."""

DURATION_TOLERANCE_MS: Final = 2_000
"""Releases of one recording agree on its duration to within this."""

LONGEST_MS: Final = 12 * 3_600_000
"""No play reaches further back from its end than this, however long it was paused."""

LENGTH_TOLERANCE_MS: Final = 10_000
"""Who watched a play and Spotify's books agree on how long it sounded to within this."""

CROWD_MS: Final = 1_000
"""Starts of one song closer than this are derived together, so that no two plays get one start."""

TIMES_FROM: Final = (
    Source.LIVE,
    Source.SONOS,
    Source.PLAYER,
    Source.EXPORT,
    Source.POLLED,
    Source.ACCOUNT_DATA,
)
"""Whom to believe about start and end: those who watched, then those who measured."""

LENGTH_FROM: Final = (
    Source.EXPORT,
    Source.ACCOUNT_DATA,
    Source.LIVE,
    Source.SONOS,
    Source.PLAYER,
    Source.POLLED,
)
"""Whom to believe about the time played and skips: Spotify's own books first."""

ROOMS_FROM: Final = (Source.SONOS, Source.LIVE, Source.PLAYER, Source.POLLED)
"""Whom to believe about rooms: the speakers themselves first."""

ITEM_FROM: Final = (
    Source.LIVE,
    Source.POLLED,
    Source.EXPORT,
    Source.ACCOUNT_DATA,
    Source.SONOS,
    Source.PLAYER,
)
"""Whom to believe about which release it was."""

MEASURING: Final = frozenset({*LENGTH_FROM} - {Source.POLLED})
"""Who knows how long a play sounded; recently played only knows how long the track is."""

MATCHED_IN: Final = (
    Source.LIVE,
    Source.EXPORT,
    Source.POLLED,
    Source.ACCOUNT_DATA,
    Source.SONOS,
    Source.PLAYER,
)
"""In which order sources are matched: first those that can name the listener, the surest first."""

SKIPPED_BY: Final = frozenset({"fwdbtn", "backbtn"})
"""Spotify's `reason_end` of a play that somebody cut short."""

PLAYED_OUT: Final = "trackdone"

SKIPPED_MEANT_NOTHING: Final = (1_427_846_400_000, 1_667_260_800_000)
"""From 2015-04 to 2022-10 exports say `skipped: false` whatever happened."""


class Witness(msgspec.Struct, frozen=True, gc=False):
    """An observation as the merge sees it. `track`, `device` and rooms are row ids of the store."""

    source: Source
    listener: str
    uri: str
    track: int
    song: int
    """Tracks of one song may be releases of one recording."""
    duration_ms: int | None
    started_at: int
    ended_at: int
    ms_played: int
    offline_at: int = 0
    device: int | None = None
    context_uri: str | None = None
    skipped: bool | None = None
    reason_end: str | None = None
    rooms: tuple[tuple[int, int, int], ...] = ()
    play: int | None = None
    """The play it was part of before."""
    spoken: bool = False
    """Whether it is an episode or a chapter: those of one title are still different ones."""
    shown_as: tuple[int, str] | None = None
    """The real track, with its URI, that stands for one of which only names are known."""

    @property
    def shown(self) -> tuple[int, str]:
        """The track that its play shows, with its URI."""
        return self.shown_as or (self.track, self.uri)

    @property
    def begins_at(self) -> int:
        """When it starts, as far as the merge looks back."""
        return max(self.started_at, self.ended_at - LONGEST_MS)

    @property
    def sounded_from(self) -> int:
        """When its play is taken to have begun where nobody knows better.

        Who was told afterwards knows between which moments it sounded and for how long: it lies at their end.
        """
        if self.source is Source.POLLED:
            return max(self.begins_at, self.ended_at - self.ms_played)
        return self.begins_at

    @property
    def reach(self) -> tuple[int, int]:
        """The first and last end (UTC ms) of any observation that it could be linked with."""
        earliest = min(self.begins_at - CROWD_MS, self.ended_at - END_TOLERANCE_MS)
        return earliest, self.ended_at + LONGEST_MS + CROWD_MS


class DerivedPlay(msgspec.Struct, frozen=True, gc=False):
    """A play as it follows from its witnesses."""

    listener: str
    uri: str
    track: int
    started_at: int
    ended_at: int
    ms_played: int
    device: int | None
    context_uri: str | None
    skipped: bool | None
    rooms: tuple[tuple[int, int, int], ...]
    witnesses: tuple[Witness, ...]

    @property
    def sources(self) -> int:
        """Its sources as a set of bits, one for each number of a source."""
        return sum(1 << witness.source for witness in self.witnesses)


_ANOTHER_LENGTH_MS: Final = 2 * LONGEST_MS
"""Weighs more than how far apart the ends of one play can be."""

_ELSEWHERE_MS: Final = 2 * _ANOTHER_LENGTH_MS
"""Weighs more than any other difference: who heard it in another room heard it for somebody else, if anybody."""

_end = attrgetter("ended_at")

type Identity = tuple[str, int, str, int, int, int]


def identity(witness: Witness) -> Identity:
    """Return what makes an observation the same one when it is met again."""
    return (
        witness.listener,
        witness.ended_at,
        witness.uri,
        witness.source,
        witness.ms_played,
        witness.offline_at,
    )


def components(witnesses: Iterable[Witness]) -> Iterator[list[Witness]]:
    """Yield the components of a set of observations, each in its fixed order."""
    songs: defaultdict[int, list[Witness]] = defaultdict(list)
    for witness in witnesses:
        songs[witness.song].append(witness)
    for song in songs.values():
        if len(song) == 1:
            yield song
        else:
            yield from _components_of_song(song)


def plays_of(component: Sequence[Witness]) -> list[DerivedPlay]:
    """Return the plays that a component amounts to; each observation is part of exactly one."""
    if len(component) == 1:
        return [_play_alone(component[0])]
    plays = [
        _play_of(group) if len(group) > 1 else _play_alone(group[0])
        for group in _matched(component)
    ]
    return _apart(plays)


def _components_of_song(song: list[Witness]) -> Iterator[list[Witness]]:
    for run in _runs(song):
        if len(run) == 1:
            yield run
            continue
        run.sort(key=_order)
        groups = Groups(len(run))
        for i, j in _close_pairs(run):
            if _linked(run[i], run[j]):
                groups.join(i, j)
        for members in groups.listed():
            yield [run[i] for i in members]


def _runs(song: list[Witness]) -> Iterator[list[Witness]]:
    """Yield observations in runs between which nothing can be linked."""
    song.sort(key=_end)
    apart = _link_distance(song)
    run = song[:1]
    for witness in song[1:]:
        if witness.ended_at - run[-1].ended_at > apart:
            yield run
            run = []
        run.append(witness)
    yield run


def _matched(component: Sequence[Witness]) -> list[list[Witness]]:
    """Match a component between its sources: as many as can be, and of those the nearest ends.

    One source after the other is matched with the groups that those before it made.
    """
    apart = _link_distance(component)
    groups: list[list[Witness]] = []
    for source in MATCHED_IN:
        told = sorted((w for w in component if w.source is source), key=_order)
        near = _Near(groups, apart)
        pairs = paired([near.candidates(one) for one in told], len(groups))
        for witness, place in zip(told, pairs, strict=True):
            if place is None:
                groups.append([witness])
            else:
                groups[place].append(witness)
    return groups


class _Near:
    """Groups of witnesses of one play each, found by the ends of their members."""

    def __init__(self, groups: Sequence[Sequence[Witness]], apart: int) -> None:
        """Take groups, and how far apart ends may be at most."""
        self._groups = groups
        self._apart = apart
        self._ends = sorted(
            ((w.ended_at, place) for place, group in enumerate(groups) for w in group),
            key=itemgetter(0),
        )

    def candidates(self, witness: Witness) -> list[tuple[int, int]]:
        """Return the groups that a witness may join, each with how far apart they are.

        Any that sounded as long is nearer than one that did not: clocks differ, lengths do not. One
        in a room of its own is nearer than any in other rooms, and who knows no room is as near. Of
        two as near as each other, the one with the very same track is nearer.
        """
        end = witness.ended_at
        first = bisect_left(self._ends, end - self._apart, key=itemgetter(0))
        after = bisect_right(self._ends, end + self._apart, key=itemgetter(0))
        places = {place for _, place in self._ends[first:after]}
        return [
            (2 * apart + (witness.uri not in {w.uri for w in group}), place)
            for place in sorted(places)
            if (apart := _apart_from(witness, group := self._groups[place])) is not None
        ]


def _apart_from(witness: Witness, group: Sequence[Witness]) -> int | None:
    """Return how far apart the ends of a witness and a group are, None where it cannot join."""
    if not all(
        _same_ears(witness.listener, one.listener) and _same_item(witness, one)
        for one in group
    ):
        return None
    apart = min(
        (_ends_apart(witness, one) for one in group if _met(witness, one)),
        default=None,
    )
    if apart is None:
        return None
    if not _lengths_agree(witness, group):
        apart += _ANOTHER_LENGTH_MS
    if _elsewhere(witness, group):
        apart += _ELSEWHERE_MS
    return apart


def _elsewhere(witness: Witness, group: Sequence[Witness]) -> bool:
    """Whether a witness and a group both know rooms, and none in common."""
    rooms = {room for room, _, _ in witness.rooms}
    others = {room for one in group for room, _, _ in one.rooms}
    return bool(rooms and others) and rooms.isdisjoint(others)


def _lengths_agree(witness: Witness, group: Sequence[Witness]) -> bool:
    """Whether a witness and any of a group measured one length; who did not measure agrees with all."""
    if witness.source not in MEASURING:
        return True
    lengths = [one.ms_played for one in group if one.source in MEASURING]
    return not lengths or any(
        abs(witness.ms_played - ms) <= LENGTH_TOLERANCE_MS for ms in lengths
    )


def _play_alone(witness: Witness) -> DerivedPlay:
    """Conclude a play from its only witness: as `_play_of`, for the many of an import."""
    track, uri = witness.shown
    return DerivedPlay(
        witness.listener,
        uri,
        track,
        witness.sounded_from,
        witness.ended_at,
        witness.ms_played,
        witness.device,
        witness.context_uri,
        was_skipped(witness),
        witness.rooms if witness.source in ROOMS_FROM else (),
        (witness,),
    )


def rooms_rank(sources: Iterable[Source]) -> int:
    """Return how far others are to be believed first about rooms; 0 where the speakers themselves tell."""
    known = (ROOMS_FROM.index(each) for each in sources if each in ROOMS_FROM)
    return min(known, default=len(ROOMS_FROM))


def _play_of(witnesses: Sequence[Witness]) -> DerivedPlay:
    """Conclude a play from witnesses of different sources: field by field, the best one has it."""
    by_source = {witness.source: witness for witness in witnesses}

    def told(order: Sequence[Source]) -> list[Witness]:
        return [by_source[source] for source in order if source in by_source]

    timed = told(TIMES_FROM)
    measured = told(LENGTH_FROM)
    identified = told(ITEM_FROM)
    real = (witness for witness in identified if not is_local(witness.uri))
    track, uri = next(real, identified[0]).shown
    listener = HOUSEHOLD
    for witness in witnesses:
        listener = _named(listener, witness.listener)
    return DerivedPlay(
        listener=listener,
        uri=uri,
        track=track,
        started_at=timed[0].sounded_from,
        ended_at=timed[0].ended_at,
        ms_played=measured[0].ms_played,
        device=next((w.device for w in timed if w.device is not None), None),
        context_uri=next((w.context_uri for w in timed if w.context_uri), None),
        skipped=next((s for w in measured if (s := was_skipped(w)) is not None), None),
        rooms=next((w.rooms for w in told(ROOMS_FROM) if w.rooms), ()),
        witnesses=tuple(witnesses),
    )


def was_skipped(witness: Witness) -> bool | None:
    """Return whether a source says that its play was cut short, None where it does not say."""
    return told_skipped(
        witness.source, witness.ended_at, witness.skipped, witness.reason_end
    )


def told_skipped(
    source: Source, ended_at: int, skipped: bool | None, reason_end: str | None
) -> bool | None:
    """Return what `skipped` and `reason_end` of an observation amount to."""
    if reason_end == PLAYED_OUT and not skipped:
        return False
    if skipped or reason_end in SKIPPED_BY:
        return True
    first, end = SKIPPED_MEANT_NOTHING
    if source is Source.EXPORT and first <= ended_at < end:
        return None
    return skipped


def _apart(plays: list[DerivedPlay]) -> list[DerivedPlay]:
    """Move plays of one listener and track by a millisecond each, where they have one start."""
    plays.sort(
        key=lambda play: (
            play.listener,
            play.uri,
            play.started_at,
            _order(play.witnesses[0]),
        )
    )
    last: tuple[str, str] | None = None
    free_from = 0
    for i, play in enumerate(plays):
        if (play.listener, play.uri) != last:
            last = (play.listener, play.uri)
        elif play.started_at < free_from:
            plays[i] = play = msgspec.structs.replace(
                play, started_at=free_from, ended_at=max(free_from, play.ended_at)
            )
        free_from = play.started_at + 1
    return plays


def _linked(a: Witness, b: Witness) -> bool:
    """Whether two observations of one song must be looked at together."""
    return _may_be_one(a, b) or (
        abs(a.begins_at - b.begins_at) <= CROWD_MS
        and _same_ears(a.listener, b.listener)
    )


def _may_be_one(a: Witness, b: Witness) -> bool:
    """Whether two observations of one song may be of one play."""
    return (
        a.source is not b.source
        and _same_ears(a.listener, b.listener)
        and _same_item(a, b)
        and _met(a, b)
    )


def _met(a: Witness, b: Witness) -> bool:
    """Whether two observations end together, or one of them ends within the other."""
    return (
        _ends_apart(a, b) <= AGREED_MS
        or a.begins_at < b.ended_at <= a.ended_at
        or b.begins_at < a.ended_at <= b.ended_at
    )


def _ends_apart(a: Witness, b: Witness) -> int:
    """Return how far apart (ms) two ends are, at the least where one is only to the minute."""
    if b.source is Source.ACCOUNT_DATA:
        a, b = b, a
    after = b.ended_at - a.ended_at
    if a.source is Source.ACCOUNT_DATA and after > 0:
        return max(0, after - MINUTE_MS + 1)
    return abs(after)


def _same_ears(a: str, b: str) -> bool:
    """Whether two listeners may be one: the same, or one of them is not named."""
    return a == b or HOUSEHOLD in {a, b}


def _named(a: str, b: str) -> str:
    """Return the one of two listeners that is a person, if any is."""
    return b if a == HOUSEHOLD else a


def _same_item(a: Witness, b: Witness) -> bool:
    """Whether two tracks of one song may be one.

    Releases of music are one recording unless their durations say otherwise. What is spoken is
    known by its URI, unless one of the two has only names; older account data has it among music.
    """
    if a.uri == b.uri:
        return True
    if a.spoken or b.spoken:
        return (is_local(a.uri) and (b.spoken or not a.spoken)) or (
            is_local(b.uri) and (a.spoken or not b.spoken)
        )
    return (
        a.duration_ms is None
        or b.duration_ms is None
        or abs(a.duration_ms - b.duration_ms) <= DURATION_TOLERANCE_MS
    )


def _order(witness: Witness) -> tuple[int, int, int, int, str, str, int]:
    """Return the fixed order of observations: by end, then by all that tells them apart."""
    return (
        witness.ended_at,
        witness.source,
        witness.started_at,
        witness.ms_played,
        witness.listener,
        witness.uri,
        witness.offline_at,
    )


def _close_pairs(witnesses: Sequence[Witness]) -> Iterator[tuple[int, int]]:
    """Yield the pairs, by place in a list in fixed order, that are close enough to be linked."""
    apart = _link_distance(witnesses)
    for i, a in enumerate(witnesses):
        for j in range(i + 1, len(witnesses)):
            if witnesses[j].ended_at - a.ended_at > apart:
                break
            yield i, j


def _link_distance(witnesses: Sequence[Witness]) -> int:
    """Return how far apart the ends of some observations may be at most if they are linked."""
    longest = max(witness.ended_at - witness.begins_at for witness in witnesses)
    return max(END_TOLERANCE_MS, longest + CROWD_MS)
