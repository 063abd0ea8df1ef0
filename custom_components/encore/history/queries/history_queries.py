"""Queries for one viewer: plays, totals and top lists of a time range.

Who a viewer may not see is named when it is made, and every method answers as if they had never been there.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache
from typing import Any, Final, Unpack

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from ..columns.cached_selections import CachedSelections
from ..columns.column_reading import load
from ..columns.columns import Columns, Flags, flags_at, is_flagged
from ..columns.counts import Counts
from ..columns.ranking import KINDS_RANKED, NamedThing, names_of, ranked_by_id
from ..columns.selection import Selection
from ..database.bulk import rows_of, rows_where_in
from ..database.play_tables import listener, play, play_room, track
from ..deletion_matching.rule_items import is_about
from ..merge.merge_rows import LONGEST_MS
from ..model import (
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
from ..records.artist_pictures import pictures
from ..records.deletion_records import records
from ..records.podcast_progress import PodcastQueries
from ..records.saved_library import LibraryQueries
from ..search.name_index import Fits, NameIndex
from ..search.name_reading import load_names
from ..search.name_words import Named
from ..search.named_things import find, place_of, tracks_of
from .filters import Filters, conditions, in_rooms
from .play_ids import PlayId
from .play_rows import PLAY_ROWS, plays_from, resting_on, with_volumes
from .play_sources import Evidence, evidence_of
from .top_with_active_plays import IDS, around, is_same, top_beside
from .visible_plays import EVER, Hidden, VisiblePlays

_LOOKED_AT: Final = 100
"""Of so many releases of a show or an album, the latest that were played first, covers are looked for."""


class PictureQueries(VisiblePlays):
    """Answers with addresses of covers and pictures, of what a viewer may see."""

    def covers(self, uris: Iterable[str]) -> dict[str, str]:
        """Return the addresses of covers by the URIs of what was played; those that nobody reported are left out."""
        visible = self._visible_things(TopOf.TRACKS)
        found = rows_where_in(
            self._connection, "SELECT id, uri, image_url FROM track WHERE uri IN", uris
        )
        return {
            uri: image_url
            for number, uri, image_url in found
            if image_url and is_flagged(visible, number)
        }

    def with_covers(self, of: TopOf, name: str, artist: str = "") -> list[str]:
        """Return the URIs of tracks on an album (by its artist), of tracks of an artist, or of episodes of a show, of which a cover is known; the latest first."""
        visible = self._visible_things(TopOf.TRACKS)
        names = (name, artist) if of is TopOf.ALBUMS else (name,)
        numbers = [
            track
            for (row,) in rows_of(self._connection, IDS[of], names)
            for track in _visible_tracks(
                self._read_columns().tracks.of(of, row), visible
            )
        ]
        found = rows_where_in(
            self._connection,
            f"SELECT id, uri FROM track WHERE kind = {KINDS_RANKED[of][0]:d} AND image_url IS NOT NULL AND id IN",  # noqa: S608  our own words
            numbers,
        )
        return [uri for _, uri in sorted(found, reverse=True)]

    def pictures(self, names: Iterable[str]) -> dict[str, str]:
        """Return the addresses of the pictures of artists who were played by their names; those unknown are left out."""
        visible = self._visible_things(TopOf.ARTISTS)
        return pictures(self._connection, names, visible)


def _visible_tracks(theirs: Flags, visible: Flags) -> list[int]:
    size = min(len(theirs), len(visible))
    tracks: list[int] = np.flatnonzero(theirs[:size] & visible[:size]).tolist()
    return tracks[-_LOOKED_AT:]


SHORT_MS: Final = 8 * 86_400_000
"""The plays of time ranges up to this length are found by an index of the store."""
_NAMESAKES: Final = 200
"""How many songs of one name are looked through for a URI."""


class HistoryQueries(PictureQueries):
    """Answers from one connection; made by the history for each question put to it.

    Short windows are asked of the store, long ones of the columns, with the same answers. A play
    belongs to the window in which it STARTED. Filters mean the same everywhere.
    """

    def __init__(
        self,
        connection: Connection,
        hidden: Hidden,
        columns: Callable[[], Columns] | None = None,
        names: Callable[[], NameIndex] | None = None,
        selections: CachedSelections | None = None,
    ) -> None:
        """Answer from a connection that sees one state of the store, and from columns and names of it.

        Without `columns` or `names` they are read from the connection when they are needed.
        """
        super().__init__(
            connection,
            hidden,
            columns or cache(lambda: load(connection)),
            selections or CachedSelections(),
        )
        self._read_names = names or (lambda: load_names(connection))
        self._named: Fits | None = None

    def plays(
        self,
        window: Window,
        *,
        limit: int | None = None,
        newest_first: bool = True,
        **filters: Unpack[Filters],
    ) -> list[Play]:
        """Return the plays of a window by their start, the newest first by default; a television's too."""
        filters.setdefault("television", True)
        is_long = window.end - window.start > SHORT_MS
        if limit is not None and (is_long or filters.get("rooms") is not None):
            return self._ends(self.select(window, **filters), limit, newest_first)
        filters = self._visible(filters)
        start = play.c.started_at.desc() if newest_first else play.c.started_at.asc()
        found = self._connection.execute(
            PLAY_ROWS.where(*conditions(window, filters))
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
        """Return the plays of some row ids, in their order; a deleted one is left out."""
        found = self._connection.execute(
            PLAY_ROWS.where(play.c.id.in_(ids), *self._visible_rows())
        ).all()
        by_id = {one.id: one for one in plays_from(self._connection, found)}
        return [by_id[number] for number in ids if number in by_id]

    def resting_on(self, observations: Iterable[Observation]) -> list[Play]:
        """Return the plays that rest on observations, each once; one that is forgotten, or not stored, is left out."""
        return self.plays_of(resting_on(self._connection, observations))

    def play_of_id(self, play_id: PlayId) -> Play | None:
        """Return the play of an id with how loud its rooms were, or None where none is visible."""
        moment = Window(play_id.started_at, play_id.started_at + 1)
        for found in self.plays(moment, min_ms=0):
            if PlayId.of(found) == play_id:
                return with_volumes(self._connection, [found])[0]
        return None

    def evidence_of(self, one: Play) -> list[Evidence]:
        """Return the observations that a play rests on, and what each contributed; none where it is hidden or deleted."""
        return evidence_of(self._connection, one) if self.plays_of([one.id]) else []

    def rooms_of(self, plays: Iterable[int]) -> dict[int, set[Room]]:
        """Return the rooms in which plays sounded, by the plays' row ids; those without a room are left out."""
        known = self.rooms_by_id()
        hidden = ", ".join(map(str, self._hidden_ids or [-1]))
        rooms: dict[int, set[Room]] = {}
        for number, room in rows_where_in(
            self._connection,
            "SELECT r.play, r.room FROM play_room r JOIN play p ON p.id = r.play"  # noqa: S608  our own numbers
            f" WHERE p.listener NOT IN ({hidden}) AND r.play IN",
            plays,
        ):
            if room in known:
                rooms.setdefault(number, set()).add(known[room])
        return rooms

    def total(self, window: Window, **filters: Unpack[Filters]) -> Total:
        """Return how many plays a window has and how long they sounded."""
        return self.select(window, **filters).total()

    def kinds(self, window: Window, **filters: Unpack[Filters]) -> dict[Kind, int]:
        """Return how many plays of each kind a window has; a kind that it lacks is left out."""
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
        kinds = filters.get("kinds") or KINDS_RANKED.get(of)
        return top_beside(
            self._connection,
            of,
            self.select(window, **filters).ranked_for(of, filters.get("kinds")),
            [one for one in beside if kinds is None or one.item.kind in kinds],
            filters.get("rooms"),
            by=by,
            limit=limit,
        )

    def ranked(
        self, of: TopOf, counts: Counts, by: By = By.PLAYS, limit: int = 10
    ) -> list[TopEntry]:
        """Return the highest of some counts, with their names, in the order of a top list."""
        return [entry for _, entry in self.ranked_by_id(of, counts, by, limit)]

    def ranked_by_id(
        self,
        of: TopOf,
        counts: Counts,
        by: By = By.PLAYS,
        limit: int = 10,
        ids: NDArray[Any] | None = None,
    ) -> list[tuple[int, TopEntry]]:
        """Return the same, each with the row id of what it names; counts are at these ids, or at those in `ids`."""
        found = ranked_by_id(self._connection, of, counts, by, limit, ids=ids)
        # Counts may come from anywhere.
        visible = {*self._only_visible(of, (number for number, _ in found))}
        return [one for one in found if one[0] in visible]

    def names_of(self, of: TopOf, ids: Iterable[int]) -> dict[int, NamedThing]:
        """Return the name, artist and URI of some things that were played by their row ids."""
        return names_of(self._connection, of, self._only_visible(of, ids))

    def visible_under_way(self, under_way: Iterable[Play]) -> list[Play]:
        """Return plays under way without those that were deleted while they sounded, or are a hidden listener's.

        A speaker that is paused shows the household's play, while the history has its listener.
        """
        shown = [play for play in under_way if play.listener.key not in self._hidden]
        if not shown:
            return []
        rules = [one.rule for one in records(self._connection) if one.is_active]
        return [
            one
            for one in shown
            if not any(is_about(rule, one) for rule in rules)
            and not any(is_same(one, other) for other in self._hidden_around(one))
        ]

    def _hidden_around(self, one: Play) -> list[Play]:
        if not self._hidden:
            return []
        all_filters: Filters = {
            "listeners": self._hidden,
            "min_ms": 0,
            "television": True,
        }
        found = self._connection.execute(
            PLAY_ROWS.where(*conditions(around(one), all_filters))
        ).all()
        return plays_from(self._connection, found)

    def find(
        self,
        text: str,
        window: Window = EVER,
        *,
        of: Collection[ThingOf] = tuple(ThingOf),
        limit: int = 10,
        **filters: Unpack[Filters],
    ) -> Found:
        """Return what was played in a window that a text may mean by its name: what fits best, then what was played most.

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
        """Return the track or episode of a URI, if a release of it was played in a window."""
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
        """Return whether anything that was played is called exactly so, but for case, accents and punctuation."""
        things = {
            Named.TRACK: (TopOf.TRACKS,),
            Named.ARTIST: (TopOf.ARTISTS, TopOf.SHOWS),
            Named.ALBUM: (TopOf.ALBUMS,),
        }
        return any(
            flags_at(self._visible_things(of), rows).any()
            for named, rows in self._read_names().called(text)
            if len(rows)
            for of in things[named]
        )

    @property
    def library(self) -> LibraryQueries:
        """What listeners have saved at Spotify, as it was last read."""
        return LibraryQueries(self._connection, self._hidden)

    @property
    def podcasts(self) -> PodcastQueries:
        """The podcasts and audiobooks of listeners, and how far they are."""
        return PodcastQueries(self._connection, self._hidden)

    def place_of(
        self, thing: Thing, window: Window, by: By, **filters: Unpack[Filters]
    ) -> Place:
        """Return which place a thing that was played in a window has among all of its sort."""
        return place_of(self.select(window, **filters), thing, by)

    def play_of(
        self, thing: Thing, moment: int, **filters: Unpack[Filters]
    ) -> Play | None:
        """Return the play of a thing that began at a moment (UTC ms), or None if it was deleted."""
        began = self.select(Window(moment, moment + 1), **filters)
        its_own = np.isin(began.track, self.tracks_of(thing))
        plays = self.plays_of(began.play[its_own].tolist())
        return plays[0] if plays else None

    def tracks_of(self, thing: Thing) -> tuple[int, ...]:
        """Return row ids of tracks, for the filter of that name: with it, plays are those of a thing."""
        tracks = tracks_of(self._read_columns(), thing)
        return tuple(self._only_visible(TopOf.TRACKS, tracks))

    def _only_visible(self, of: TopOf, ids: Iterable[int]) -> Iterable[int]:
        if not self._hidden:
            return ids
        visible = self._visible_things(of)
        return [each for each in ids if is_flagged(visible, each)]

    def playing_at(
        self,
        moment: int,
        **filters: Unpack[Filters],
    ) -> list[Play]:
        """Return what sounded at a moment (UTC ms), the last started first; no play is too short."""
        reach = Window(moment - LONGEST_MS, moment + 1)
        filters.setdefault("min_ms", 0)
        filters.setdefault("television", True)
        filters = self._visible(filters)
        rooms = filters.pop("rooms", None)
        then = [play.c.ended_at > moment]
        if rooms is not None:
            then.append(
                in_rooms(
                    rooms, play_room.c.from_ms <= moment, play_room.c.to_ms > moment
                )
            )
        found = self._connection.execute(
            PLAY_ROWS.where(*conditions(reach, filters), *then).order_by(
                play.c.started_at.desc(), listener.c.key, track.c.uri
            )
        ).all()
        return plays_from(self._connection, found)

    def sounded_in(
        self, window: Window, *, limit: int, **filters: Unpack[Filters]
    ) -> list[Play]:
        """Return what sounded in a window, the earliest first, with how loud its rooms were.

        What had begun before it and went on counts too; a television does, and what is too short does not.
        """
        all_filters: Filters = {"min_ms": COUNTED_FROM_MS, **filters}
        then = self.playing_at(window.start, **all_filters)
        went_on = [one for one in reversed(then) if one.started_at < window.start]
        began = self.plays(window, limit=limit, newest_first=False, **filters)
        return with_volumes(self._connection, [*went_on, *began][:limit])
