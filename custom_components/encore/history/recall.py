"""The read side of the history: plays, totals and tops of a window, and what was heard."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, Final, Unpack

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Table, select

from .bulk import rows_of, rows_where_in
from .column_reading import load
from .columns import Columns
from .counts import Counts
from .covers import covers, with_covers
from .evidence import Evidence, evidence_of
from .filters import Filters, bits_of, conditions, in_rooms
from .kept_selections import KeptSelections
from .known_recall import KnownRecall
from .model import (
    COUNTED_FROM_MS,
    By,
    Found,
    Kind,
    Observation,
    Place,
    Play,
    Room,
    Thing,
    ThingOf,
    TopEntry,
    TopOf,
    Total,
    Window,
)
from .name_index import Fits, NameIndex
from .name_reading import load_names
from .narrowing import Narrowing
from .play_ids import PlayId
from .play_rows import PLAY_COLUMNS, PLAYS, plays_from
from .ranking import KINDS_RANKED, Named, names_of, ranked, ranked_by_id
from .resting import resting_on
from .schema import (
    device as device_table,
    listener,
    play,
    play_room,
    room as room_table,
    track,
)
from .selection import Selection
from .tallies import RANKED_IN_SQL, is_short, kinds, top, total
from .things import find, place_of, tracks_of
from .top_beside import top_beside
from .volumes import with_volumes
from .witnesses import LONGEST_MS

EVER: Final = Window(0, 1 << 50)
"""All of time that the history speaks of."""

_NAMESAKES: Final = 200
"""How many songs of one name are looked through for a URI."""

_KEPT: Final = 2
"""How many selections a question keeps while it is answered."""


class Recall(KnownRecall):
    """Answers from one connection; made by the history for each question put to it.

    Short windows are asked of the store, long ones of the columns, with the same answers. A play
    belongs to the window in which it STARTED. Filters mean the same everywhere.
    """

    def __init__(
        self,
        connection: Connection,
        columns: Callable[[], Columns] | None = None,
        names: Callable[[], NameIndex] | None = None,
        selections: KeptSelections | None = None,
    ) -> None:
        """Answer from a connection that sees one state of the store, and from columns and names of it.

        Without `columns` or `names` they are read from the connection when they are needed. `selections` are those
        that other questions made of the same columns.
        """
        super().__init__(connection, columns or (lambda: load(connection)))
        self._read_names = names or (lambda: load_names(connection))
        self._selections = selections or KeptSelections()
        # A question asks several things of the same plays, or of two windows.
        self._selected: list[tuple[Columns, Window, Filters, Selection]] = []
        self._named: Fits | None = None

    def over_again[R: Recall](self, kind: type[R]) -> R:
        """Return a recall of a kind that answers from the same state of the store."""
        return kind(
            self._connection, self._read_columns, self._read_names, self._selections
        )

    @property
    def generation(self) -> int:
        """How often plays were changed since the store was opened, as far as the columns follow."""
        return self._read_columns().generation

    def plays(
        self,
        window: Window,
        *,
        limit: int | None = None,
        newest_first: bool = True,
        **filters: Unpack[Filters],
    ) -> list[Play]:
        """Return the plays of a window by their start, the newest first unless told otherwise; a television's too."""
        filters.setdefault("television", True)
        if limit is not None and not is_short(window, filters):
            return self._ends(self.select(window, **filters), limit, newest_first)
        start = play.c.started_at.desc() if newest_first else play.c.started_at.asc()
        found = self._connection.execute(
            select(*PLAY_COLUMNS)
            .select_from(PLAYS)
            .where(*conditions(window, filters))
            .order_by(start, listener.c.key, track.c.uri)
            .limit(limit)
        ).all()
        return plays_from(self._connection, found)

    def _ends(self, chosen: Selection, limit: int, newest_first: bool) -> list[Play]:
        """Return the newest or oldest of some plays, in the order that the store would give."""
        if not limit:
            return []
        ids = chosen.ends(limit, newest_first=newest_first)
        sign = -1 if newest_first else 1
        return sorted(
            self.plays_of(ids.tolist()),
            key=lambda one: (sign * one.started_at, one.listener.key, one.item.uri),
        )[:limit]

    def plays_of(self, ids: Sequence[int]) -> list[Play]:
        """Return the plays of some row ids, in their order; one that is gone by now is left out."""
        found = self._connection.execute(
            select(*PLAY_COLUMNS).select_from(PLAYS).where(play.c.id.in_(ids))
        ).all()
        by_id = {one.id: one for one in plays_from(self._connection, found)}
        return [by_id[number] for number in ids if number in by_id]

    def resting_on(self, observations: Iterable[Observation]) -> list[Play]:
        """Return the plays that rest on observations, each once; one that is forgotten, or not stored, is left out."""
        return self.plays_of(resting_on(self._connection, observations))

    def play_known_as(self, play_id: PlayId) -> Play | None:
        """Return the play of an id with how loud its rooms were, or None where there is none that may be told."""
        moment = Window(play_id.started_at, play_id.started_at + 1)
        for found in self.plays(moment, min_ms=0):
            if PlayId.of(found) == play_id:
                return with_volumes(self._connection, [found])[0]
        return None

    def evidence_of(self, one: Play) -> list[Evidence]:
        """Return the observations that a play rests on, and what each contributed."""
        return evidence_of(self._connection, one)

    def rooms_of(self, plays: Iterable[int]) -> dict[int, set[Room]]:
        """Return the rooms in which plays sounded, by the plays' row ids; those without a room are left out."""
        known = self.rooms_by_id()
        rooms: dict[int, set[Room]] = {}
        for number, room in rows_where_in(
            self._connection, "SELECT play, room FROM play_room WHERE play IN", plays
        ):
            rooms.setdefault(number, set()).add(known[room])
        return rooms

    def select(self, window: Window, **filters: Unpack[Filters]) -> Selection:
        """Return the plays of a window as columns, for what is counted over any number of them."""
        columns = self._read_columns()
        for *asked, chosen in self._selected:
            if asked == [columns, window, filters]:
                return chosen
        chosen = self._selections.selection(columns, window, self._narrowing(filters))
        self._selected = [*self._selected, (columns, window, filters, chosen)][-_KEPT:]
        return chosen

    def total(self, window: Window, **filters: Unpack[Filters]) -> Total:
        """Return how many plays a window has and how long they sounded."""
        if is_short(window, filters):
            return total(self._connection, window, filters)
        return self.select(window, **filters).total()

    def kinds(self, window: Window, **filters: Unpack[Filters]) -> dict[Kind, int]:
        """Return how many plays of each kind a window has; a kind that it lacks is left out."""
        if is_short(window, filters):
            return kinds(self._connection, window, filters)
        return self.select(window, **filters).kinds()

    def top(
        self,
        window: Window,
        of: TopOf,
        *,
        by: By = By.PLAYS,
        limit: int = 10,
        beside: Sequence[Play] = (),
        **filters: Unpack[Filters],
    ) -> list[TopEntry]:
        """Return what was played most: by plays, then time (or time, then plays), then name.

        Plays `beside` the history, such as those under way, count too; they pass the filters already. Unless kinds are asked for, shows are ranked among podcasts, rooms and sources by all plays,
        the others by music alone. A track counts for each of its artists.
        """
        kinds_ranked = KINDS_RANKED.get(of) if filters.get("kinds") is None else None
        if is_short(window, filters) and of in RANKED_IN_SQL and not beside:
            if kinds_ranked is not None:
                filters["kinds"] = kinds_ranked
            return top(self._connection, window, filters, of, by=by, limit=limit)
        counts = self.select(window, **filters).by(of, kinds_ranked)
        if not beside:
            return self.ranked(of, counts, by, limit)
        plays = [
            one
            for one in beside
            if kinds_ranked is None or one.item.kind in kinds_ranked
        ]
        return top_beside(
            self._connection,
            of,
            counts,
            plays,
            filters.get("rooms"),
            by=by,
            limit=limit,
        )

    def ranked(
        self, of: TopOf, counts: Counts, by: By = By.PLAYS, limit: int = 10
    ) -> list[TopEntry]:
        """Return the highest of some counts, with their names, in the order of a top list."""
        return ranked(self._connection, of, counts, by, limit)

    def ranked_by_id(
        self,
        of: TopOf,
        counts: Counts,
        by: By = By.PLAYS,
        limit: int = 10,
        ids: NDArray[Any] | None = None,
    ) -> list[tuple[int, TopEntry]]:
        """Return the same, each with the row id of what it names; counts are at these ids, or at those in `ids`."""
        return ranked_by_id(self._connection, of, counts, by, limit, ids=ids)

    def names_of(self, of: TopOf, ids: Iterable[int]) -> dict[int, Named]:
        """Return the name, artist and URI of some things by their row ids."""
        return names_of(self._connection, of, ids)

    def find(
        self,
        text: str,
        window: Window = EVER,
        *,
        of: Collection[ThingOf] = tuple(ThingOf),
        limit: int = 10,
        **filters: Unpack[Filters],
    ) -> Found:
        """Return what was heard in a window that a text may mean by its name: what fits best, then what was played most.

        Letters, accents and punctuation may be off, or all but the sound; a track or album is also found by words of its
        artist's name beside its own. Their counts are of the window and by the filters.
        """
        chosen = self.select(window, **filters)
        names, columns = self._read_names(), self._read_columns()
        named = self._named
        if named is None or (named.names, named.tracks, named.text) != (
            names,
            columns.tracks,
            text,
        ):
            # The same is looked for in several windows.
            named = self._named = Fits(names, columns.tracks, text)
        return find(self._connection, named, columns, chosen, of=of, limit=limit)

    def find_uri(
        self, uri: str, window: Window = EVER, **filters: Unpack[Filters]
    ) -> Thing | None:
        """Return the track or episode of a URI, if a release of it was heard in a window."""
        found = rows_of(
            self._connection, "SELECT id, kind, title FROM track WHERE uri = ?", (uri,)
        )
        if not found:
            return None
        ((number, kind, title),) = found
        of = ThingOf.TRACK if kind == Kind.TRACK else ThingOf.EPISODE
        same = self._read_columns().tracks.of(TopOf.TRACKS, number)
        namesakes = self.find(title, window, of=(of,), limit=_NAMESAKES, **filters)
        return next((thing for thing in namesakes.things if same[thing.id]), None)

    def is_name(self, text: str) -> bool:
        """Return whether anything is called exactly so, but for case, accents and punctuation."""
        return text in self._read_names()

    def covers(self, uris: Iterable[str]) -> dict[str, str]:
        """Return the addresses of covers by the URIs of what was heard; those that nobody told are left out."""
        return covers(self._connection, uris)

    def with_covers(self, of: TopOf, name: str, artist: str = "") -> list[str]:
        """Return the URIs of tracks on an album (by its artist), of tracks of an artist, or of episodes of a show, of which a cover is known."""
        return with_covers(self._connection, self._read_columns(), of, name, artist)

    def place_of(
        self, thing: Thing, window: Window, by: By, **filters: Unpack[Filters]
    ) -> Place:
        """Return which place a thing that was heard in a window has among all of its sort."""
        return place_of(self.select(window, **filters), thing, by)

    def play_of(
        self, thing: Thing, moment: int, **filters: Unpack[Filters]
    ) -> Play | None:
        """Return the play of a thing that began at a moment (UTC ms), or None if it is gone by now."""
        began = self.select(Window(moment, moment + 1), **filters)
        its_own = np.isin(began.track, self.tracks_of(thing))
        plays = self.plays_of(began.play[its_own].tolist())
        return plays[0] if plays else None

    def tracks_of(self, thing: Thing) -> tuple[int, ...]:
        """Return row ids of tracks, for the filter of that name: with it, plays are those of a thing."""
        return tracks_of(self._read_columns(), thing)

    def playing_at(
        self,
        moment: int,
        **filters: Unpack[Filters],
    ) -> list[Play]:
        """Return what sounded at a moment (UTC ms), the last started first; no play is too short."""
        reach = Window(moment - LONGEST_MS, moment + 1)
        filters.setdefault("min_ms", 0)
        filters.setdefault("television", True)
        rooms = filters.pop("rooms", None)
        then = [play.c.ended_at > moment]
        if rooms is not None:
            then.append(
                in_rooms(
                    rooms, play_room.c.from_ms <= moment, play_room.c.to_ms > moment
                )
            )
        found = self._connection.execute(
            select(*PLAY_COLUMNS)
            .select_from(PLAYS)
            .where(*conditions(reach, filters), *then)
            .order_by(play.c.started_at.desc(), listener.c.key, track.c.uri)
        ).all()
        return plays_from(self._connection, found)

    def sounded_in(
        self, window: Window, *, limit: int, **filters: Unpack[Filters]
    ) -> list[Play]:
        """Return what sounded in a window, the earliest first, with how loud its rooms were.

        What had begun before it and went on counts too; a television does, and what is too short does not.
        """
        asked: Filters = {"min_ms": COUNTED_FROM_MS, **filters}
        then = self.playing_at(window.start, **asked)
        went_on = [one for one in reversed(then) if one.started_at < window.start]
        began = self.plays(window, limit=limit, newest_first=False, **filters)
        return with_volumes(self._connection, [*went_on, *began][:limit])

    def _narrowing(self, filters: Filters) -> Narrowing:
        """Return filters with row ids for keys."""
        asked = filters.get("sources")
        kinds_asked = filters.get("kinds")
        tracks = filters.get("tracks")
        return Narrowing(
            listeners=self._ids(listener, filters.get("listeners")),
            rooms=self._ids(room_table, filters.get("rooms")),
            devices=self._ids(device_table, filters.get("devices")),
            kinds=None if kinds_asked is None else tuple(kinds_asked),
            tracks=None if tracks is None else tuple(tracks),
            television=filters.get("television", False),
            sources=None if asked is None else bits_of(asked),
            min_ms=filters.get("min_ms", COUNTED_FROM_MS),
        )

    def _ids(
        self, table: Table, keys: Collection[str] | None
    ) -> tuple[int, ...] | None:
        if keys is None:
            return None
        found = self._connection.execute(
            select(table.c.id).where(table.c.key.in_(keys))
        )
        return tuple(found.scalars())
