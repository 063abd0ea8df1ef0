"""Base of answers, and what several of them hold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Literal, Self, override
from urllib.parse import unquote

from msgspec import UNSET, Struct, UnsetType

from ...history.model import (
    ASSUMED_PERCENT,
    RADIO,
    By,
    Kind,
    Play,
    Thing,
    ThingOf,
    TopEntry,
    TopOf,
    Total,
    Window,
)
from ...history.queries.highlights import Stretch
from ...history.queries.play_ids import PlayId
from ...history.records.recording_coverage import Gap
from ...history.time_ranges.local_clock import Clock
from ...history.time_ranges.ranges import NamedWindow
from .active_plays import sounded_at
from .parameters import SPOKEN
from .response import NOT_DATA, HasData, KeyedName, Minutes, Moment
from .scope import KINDS, KindFilter, Scope

GAPS_NAMED = 3
"""How many gaps of its window an answer names; `encore.get_coverage` has them all."""


@dataclass(frozen=True, slots=True)
class AnsweredTrack:
    """A track or episode that an answer holds. What only names are known of has no URI of Spotify's."""

    title: str
    by: str
    """Its artists, or its show."""
    uri: str | None


class Amount(Struct, frozen=True, kw_only=True, rename={"plays": "play_count"}):
    """How many plays counted, and for how many minutes they sounded."""

    plays: int
    minutes: Minutes
    assumed_minutes: Minutes | UnsetType = UNSET
    """How many of those are only assumed, if any."""

    @classmethod
    def of(cls, total: Total, **others: Any) -> Self:
        """Return a total, with the other fields of what it is the total of."""
        return cls(
            plays=total.plays,
            minutes=Minutes.of(total.ms_played),
            assumed_minutes=Minutes.of(total.assumed_ms) if total.assumed_ms else UNSET,
            **others,
        )

    @property
    def ms_played(self) -> int:
        """The time in milliseconds."""
        return self.minutes.ms

    def size(self, by: By) -> int:
        """Return what a ranking goes by: plays, or milliseconds."""
        return self.plays if by is By.PLAYS else self.ms_played

    @property
    def is_rough(self) -> bool:
        """Whether a considerable share of its time is only assumed."""
        return (
            self.assumed_minutes is not UNSET
            and self.assumed_minutes.ms * 100 > ASSUMED_PERCENT * self.ms_played
        )


class Entry(Amount, frozen=True, kw_only=True):
    """One place of a top list."""

    name: str
    artist: str
    uri: str | None

    @classmethod
    def ranked(cls, entry: TopEntry, **others: Any) -> Self:
        """Return an entry of a ranking."""
        return cls.of(
            entry.total, name=entry.name, artist=entry.artist, uri=entry.uri, **others
        )


class DayAmount(Amount, frozen=True, kw_only=True):
    """What was played on a local day."""

    date: date


class WindowAmount(Amount, frozen=True, kw_only=True):
    """What was played in a window."""

    start: Moment
    end: Moment

    @classmethod
    def within(cls, window: Window | Stretch, total: Total, clock: Clock) -> Self:
        """Return the total of a window by a clock."""
        start, end = Moment.at(clock, window.start), Moment.at(clock, window.end)
        return cls.of(total, start=start, end=end)


def by_kind(totals: Mapping[Kind, Total]) -> dict[KindFilter, Amount]:
    """Return the totals of kinds by what those are called."""
    return {
        name: Amount.of(totals[kind]) for name, kind in KINDS.items() if kind in totals
    }


def entries_of(ranking: Iterable[TopEntry]) -> tuple[Entry, ...]:
    """Return the entries of a ranking."""
    return tuple(Entry.ranked(each) for each in ranking)


class AnsweredThing(Struct, frozen=True, kw_only=True):
    """What a name was taken for."""

    type: ThingOf
    name: str
    artist: str
    uri: str | None

    @classmethod
    def of(cls, thing: Thing) -> Self:
        """Return a thing as an answer names it."""
        return cls(type=thing.of, name=thing.name, artist=thing.artist, uri=thing.uri)


class AnsweredPlay(
    Struct, frozen=True, kw_only=True, rename={"under_way": "in_progress"}
):
    """A play, with local times to the second."""

    id: str | None
    """None while it is under way."""
    title: str
    artists: tuple[str, ...]
    album: str | None
    kind: str
    uri: str
    image_url: str | None
    listener: KeyedName
    rooms: tuple[str, ...]
    device: str | None
    started_at: Moment
    ended_at: Moment
    seconds_played: int
    length: Literal["assumed", "measured"]
    skipped: bool | None
    under_way: bool
    playing: bool
    sources: tuple[str, ...]
    context_uri: str | None
    station: str | UnsetType = UNSET
    """The radio station that it was heard on, if it was."""

    @classmethod
    def of(cls, play: Play, scope: Scope, **others: Any) -> Self:
        """Return a play by the clock of a scope."""
        item, context = play.item, play.context_uri or ""
        return cls(
            id=None if play.under_way else PlayId.of(play).text,
            title=item.title,
            artists=item.artists,
            album=item.album or None,
            kind=Kind(item.kind).name.lower(),
            uri=item.uri,
            image_url=item.image_url,
            listener=KeyedName.of(play.listener),
            rooms=tuple(dict.fromkeys(span.room.name for span in play.rooms)),
            device=play.device.name if play.device else None,
            started_at=Moment.at(scope.clock, play.started_at),
            ended_at=Moment.at(scope.clock, play.ended_at),
            seconds_played=round(play.ms_played / 1000),
            length="assumed" if play.is_assumed else "measured",
            skipped=play.skipped,
            under_way=play.under_way,
            playing=play.under_way and sounded_at(play, scope.clock.now, None),
            sources=tuple(source.name.lower() for source in sorted(play.sources)),
            context_uri=play.context_uri,
            station=unquote(context.removeprefix(RADIO))
            if context.startswith(RADIO)
            else UNSET,
            **others,
        )


class AnsweredGap(Struct, frozen=True, kw_only=True):
    """Time in which nothing was recorded."""

    start: Moment
    end: Moment
    reason: str

    @classmethod
    def of(cls, gap: Gap, scope: Scope, **others: Any) -> Self:
        """Return a gap by the clock of a scope."""
        return cls(
            start=Moment.at(scope.clock, gap.start),
            end=Moment.at(scope.clock, gap.end),
            reason=gap.reason.name.lower(),
            **others,
        )


class AnsweredWindow(Struct, frozen=True, kw_only=True, rename={"covered": "coverage"}):
    """A window, with how much of its past is covered."""

    name: str | None
    start: Moment
    end: Moment
    complete: bool
    covered: float
    gap_count: int
    gaps: tuple[AnsweredGap, ...]
    """The longest, in the order of time."""

    @classmethod
    def of(cls, scope: Scope, when: NamedWindow) -> Self:
        """Return a window by the clock and the coverage of a scope."""
        covered = scope.covered(when)
        longest = sorted(covered.gaps, key=lambda gap: -gap.length)[:GAPS_NAMED]
        return cls(
            name=when.name or None,
            start=Moment.at(scope.clock, when.window.start),
            end=Moment.at(scope.clock, when.window.end),
            complete=covered.complete,
            covered=round(covered.share, 4),
            gap_count=len(covered.gaps),
            gaps=tuple(
                AnsweredGap.of(gap, scope)
                for gap in sorted(longest, key=lambda gap: gap.start)
            ),
        )


class Answer(HasData, kw_only=True):
    """The answer to one question, before it is put into words."""

    scope: Scope = field(metadata=NOT_DATA, compare=False)

    @property
    def tracks(self) -> tuple[AnsweredTrack, ...]:
        """What it holds that can be played, in its order; of a question that `holds_tracks`."""
        return ()

    @property
    @override
    def about(self) -> Mapping[str, object]:
        return self.scope.about


class WindowAnswer(Answer, kw_only=True):
    """The answer to a question about a window."""

    when: NamedWindow = field(metadata=NOT_DATA)

    @property
    @override
    def about(self) -> Mapping[str, object]:
        return {
            "time_range": AnsweredWindow.of(self.scope, self.when),
            **self.scope.about,
        }


class ListAnswer(WindowAnswer, kw_only=True):
    """An answer of which only the first entries of a list are said."""

    listed: ClassVar[str]
    """The field that has the list."""

    limit: int | None = field(metadata=NOT_DATA)

    @property
    def spoken(self) -> tuple[Any, ...]:
        """What is named."""
        entries: tuple[Any, ...] = getattr(self, self.listed)
        return entries[: self.limit or SPOKEN]


class RankingAnswer(ListAnswer, kw_only=True):
    """An answer whose list is a ranking."""

    of: TopOf
    by: By

    @property
    @override
    def tracks(self) -> tuple[AnsweredTrack, ...]:
        return tracks_of_top(self.of, getattr(self, self.listed))


def share(part: int, whole: int) -> float | None:
    """Return a part's share of a whole; None if that is nothing."""
    return round(part / whole, 4) if whole else None


def change_percent(now: Total, then: Total, by: By) -> int | None:
    """Return by how much more (or, below zero, less) was played than then; None if that was nothing."""
    more, less = (
        total.plays if by is By.PLAYS else total.ms_played for total in (now, then)
    )
    return round(100 * (more - less) / less) if less else None


def tracks_of_plays(plays: Iterable[AnsweredPlay]) -> tuple[AnsweredTrack, ...]:
    """Return what was played, in the order of the plays."""
    return tuple(
        AnsweredTrack(play.title, ", ".join(play.artists), play.uri) for play in plays
    )


def tracks_of_top(
    of: TopOf, entries: Iterable[Entry | TopEntry]
) -> tuple[AnsweredTrack, ...]:
    """Return the tracks of a top list; none where it ranks something else."""
    if of is not TopOf.TRACKS:
        return ()
    return tuple(AnsweredTrack(one.name, one.artist, one.uri) for one in entries)
