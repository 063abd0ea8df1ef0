"""Scope of a question: listeners, rooms and time range."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final

from ...history.model import Device, Kind, Listener, Room, Source
from ...history.queries.filters import Filters
from ...history.queries.history_queries import HistoryQueries
from ...history.records.recording_coverage import KNOWING_ROOMS, Coverage, Covered
from ...history.time_ranges.local_clock import Clock
from ...history.time_ranges.ranges import NamedWindow, resolve_span, resolve_window
from ..naming.listener_choice import (
    Assumed,
    ListenerParameters,
    MeantListeners,
    Who,
    whose,
)
from ..naming.names import named, names_of, several
from .errors import UnknownDevice, UnknownHere, UnknownRoom, WindowTwice
from .parameters import DEVICE, END, KIND, MINIMUM_PLAYED, ROOM, SOURCE, START, WINDOW
from .query_context import QueryContext
from .response import KeyedName, Moment

HERE: Final = "here"


class KindFilter(StrEnum):
    """What kinds of play there are for those who ask."""

    MUSIC = "music"
    PODCAST = "podcast"
    AUDIOBOOK = "audiobook"
    RADIO = "radio"
    TELEVISION = "television"
    LINE_IN = "line_in"


class SourceFilter(StrEnum):
    """The sources by name."""

    LIVE = "live"
    POLLED = "polled"
    EXPORT = "export"
    ACCOUNT_DATA = "account_data"
    SONOS = "sonos"
    PLAYER = "player"


KINDS: Final = {
    KindFilter.MUSIC: Kind.TRACK,
    KindFilter.PODCAST: Kind.EPISODE,
    KindFilter.AUDIOBOOK: Kind.CHAPTER,
    KindFilter.RADIO: Kind.RADIO,
    KindFilter.TELEVISION: Kind.TELEVISION,
    KindFilter.LINE_IN: Kind.LINE_IN,
}


WORTH_A_WORD: Final = 20
"""A sentence mentions gaps from one twentieth of its window on."""


class WhoParameters(ListenerParameters):
    """Whose plays, where they sounded, of what kind, by which source, and how long at least (seconds)."""

    room: Annotated[str | tuple[str, ...] | None, ROOM] = None
    device: Annotated[str | None, DEVICE] = None
    kind: Annotated[KindFilter | None, KIND] = None
    source: Annotated[SourceFilter | None, SOURCE] = None
    minimum_played: Annotated[int | None, MINIMUM_PLAYED] = None


class WindowParameters(WhoParameters):
    """Whose plays, where and in which window they began."""

    window: Annotated[str | None, WINDOW] = None
    start_time: Annotated[str | None, START] = None
    end_time: Annotated[str | None, END] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope(MeantListeners):
    """Whose plays, and where, after names were looked up."""

    clock: Clock
    rooms: tuple[Room, ...] = ()
    """Any of these; empty for everywhere."""
    devices: tuple[Device, ...] = ()
    """Those of the name that was asked for; a player in a browser has many ids. Empty for all."""
    recorded_from: int | None = None
    """The first moment of which anything is known about these listeners, in UTC milliseconds."""
    kind: KindFilter | None = None
    source: SourceFilter | None = None
    min_ms: int | None = None
    """The least that a play must have sounded, if it was said."""
    me: tuple[Listener, ...] = ()
    """The listeners that the asker is, asked about or not."""
    coverage: Coverage = Coverage()
    """When these listeners were recorded by the sources that are asked for."""
    other_kinds: frozenset[Kind] = frozenset()
    """The kinds of play that there were beside the one that was asked for."""

    @property
    def are_several(self) -> bool:
        """Whether those who were named are spoken of as several people, as a group always is."""
        return len(self.called) > 1 or bool(self.groups)

    @property
    def filters(self) -> Filters:
        """What `HistoryQueries` is asked with."""
        filters: Filters = {
            "listeners": self.keys,
            "rooms": frozenset(each.key for each in self.rooms) or None,
            "devices": frozenset(each.key for each in self.devices) or None,
            "kinds": (KINDS[self.kind],) if self.kind else None,
            "sources": (Source[self.source.name],) if self.source else None,
        }
        if self.min_ms is not None:
            filters["min_ms"] = self.min_ms
        return filters

    def covered(self, when: NamedWindow) -> Covered:
        """Return what is covered of a window, as far as it is past."""
        return self.coverage.within(when.window, self.clock.now)

    def missed(self, when: NamedWindow) -> int:
        """Return for how long (ms) nothing was recorded in a window since the record began; 0 where that is not worth a word."""
        if self.recorded_from is None or not self.coverage.recorded:
            return 0
        start = max(when.window.start, self.recorded_from)
        missed = sum(
            max(gap.end - max(gap.start, start), 0) for gap in self.covered(when).gaps
        )
        length = min(when.window.end, self.clock.now) - start
        return missed if missed * WORTH_A_WORD >= length else 0

    def is_asker(self, listener: Listener | KeyedName) -> bool:
        """Whether a play of this listener is the asker's own."""
        return self.who is Who.YOU or listener.key in {each.key for each in self.me}

    @property
    def about(self) -> dict[str, object]:
        """Whose and where, by name, as an answer's data begin."""
        return {
            "listeners": [listener.name for listener in self.listeners],
            "groups": [group.name for group in self.groups],
            "rooms": [room.name for room in self.rooms],
            "device": self.devices[0].name if self.devices else None,
            "recorded_from": Moment.at(self.clock, self.recorded_from),
            "time_zone": str(self.clock.zone),
            "assumed": self.assumed,
        }


def scope_of(
    queries: HistoryQueries, asked: WhoParameters, query_context: QueryContext
) -> Scope:
    """Return whose plays and where a question is about.

    Raises UnknownListener, UnknownRoom, UnknownDevice and UnknownHere.
    """
    meant = whose(queries, asked.listener, query_context)
    rooms, devices = _place(queries, asked, query_context)
    assumed = meant.assumed
    if asked.room and not rooms:
        assumed = (*assumed, Assumed.DEVICE)
    keys = meant.keys
    coverage = _coverage(queries, keys, query_context)
    recorded_from = _recorded_from(queries, keys, query_context, coverage)
    if rooms and recorded_from is not None:
        # What knows no rooms, as an export, says nothing of them.
        coverage = coverage.of(sources=KNOWING_ROOMS)
        watched_from = _rooms_watched_from(queries, query_context)
        recorded_from = watched_from and max(recorded_from, watched_from)
    return Scope(
        meant.who,
        meant.listeners,
        meant.groups,
        meant.called,
        assumed,
        clock=query_context.clock,
        rooms=rooms,
        devices=devices,
        recorded_from=recorded_from,
        kind=asked.kind,
        source=asked.source,
        min_ms=None if asked.minimum_played is None else asked.minimum_played * 1000,
        me=query_context.me,
        coverage=coverage.of(sources=(Source[asked.source.name],))
        if asked.source
        else coverage,
    )


def window_of(
    asked: WindowParameters, query_context: QueryContext, default: str
) -> NamedWindow:
    """Return the window a question is about, or the one that its name `default` stands for.

    Raises WindowTwice and the errors of `history.windows`.
    """
    if asked.start_time is None and asked.end_time is None:
        return resolve_window(asked.window or default, query_context.clock)
    if asked.window is not None:
        raise WindowTwice
    return resolve_span(asked.start_time, asked.end_time, query_context.clock)


def _place(
    queries: HistoryQueries, asked: WhoParameters, query_context: QueryContext
) -> tuple[tuple[Room, ...], tuple[Device, ...]]:
    """Return the rooms and the players that were named; a lone room may be called by its player's name."""
    names = several(asked.room)
    players: tuple[Device, ...] = ()
    devices: list[Device] = []
    if names or asked.device:
        on = (play.device for play in query_context.under_way if play.device)
        devices = _each_once((*queries.devices(), *on))
    if asked.device and not (players := named(asked.device, devices)):
        raise UnknownDevice(asked.device, names_of(devices))
    heard: list[Room] = []
    if names:
        now = (span.room for play in query_context.under_way for span in play.rooms)
        heard = _each_once((*queries.rooms(), *now))
    known = {each.key: each for each in (*heard, *query_context.rooms)}
    rooms: dict[str, Room] = {}
    for name in names:
        if name.casefold() == HERE:
            if query_context.here is None:
                raise UnknownHere
            rooms[query_context.here.key] = query_context.here
            continue
        found = named(name, known.values())
        namesakes = named(name, devices) if len(names) == 1 else ()
        if namesakes and not players and not _keys(found) & _keys(heard):
            return (), namesakes
        if not found:
            raise UnknownRoom(name, names_of(known.values()))
        rooms[found[0].key] = found[0]
    return tuple(rooms.values()), players


def _coverage(
    queries: HistoryQueries, keys: frozenset[str] | None, query_context: QueryContext
) -> Coverage:
    """Return when listeners were recorded, until now."""
    noted = queries.coverage(keys)
    until_now = Coverage(query_context.recorded, query_context.unrecorded).of(keys)
    return Coverage(
        (*noted.recorded, *until_now.recorded),
        (*noted.unrecorded, *until_now.unrecorded),
    )


def _recorded_from(
    queries: HistoryQueries,
    keys: frozenset[str] | None,
    query_context: QueryContext,
    coverage: Coverage,
) -> int | None:
    """Return the first moment of which anything is known; the first play of all may still be under way."""
    under_way = (
        play.started_at
        for play in query_context.under_way
        if keys is None or play.listener.key in keys
    )
    known = (*under_way, queries.recorded_from(keys), coverage.first)
    return min((moment for moment in known if moment is not None), default=None)


def _rooms_watched_from(
    queries: HistoryQueries, query_context: QueryContext
) -> int | None:
    """Return since when (UTC ms) anything is known of rooms, by whomever; None where nothing ever was."""
    watched = _coverage(queries, None, query_context).of(sources=KNOWING_ROOMS).first
    under_way = (span.start for play in query_context.under_way for span in play.rooms)
    known = (watched, queries.first_in_a_room(), *under_way)
    return min((moment for moment in known if moment is not None), default=None)


def _each_once[N: (Room, Device)](known: Iterable[N]) -> list[N]:
    return list({each.key: each for each in known}.values())


def _keys(of: Iterable[Room]) -> set[str]:
    return {room.key for room in of}
