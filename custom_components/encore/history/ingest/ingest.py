"""Stores observations and derives the plays that they change."""

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from sqlalchemy import Connection

from ..database.bulk import rows_of, write_many
from ..database.changes import Changes
from ..database.key_tables import Registers
from ..database.nul import observations_without_nul
from ..deletion_matching.rule_matching import Forgotten
from ..merge.field_resolution import TIMES_FROM
from ..merge.merge_rows import DerivedPlay, MergeRow, identity
from ..model import Appended, Loudness, Observation, RoomSpan
from .assumed_lengths import AssumedPlays, Changed, changed_by
from .catalog import Catalog
from .export_columns import Description, described
from .neighborhood import Neighborhood
from .observation_writer import Arrival, assign_plays, insert_observations
from .play_writer import Plays
from .songs import songs_of_tracks

FORGOTTEN: Final = -2
DUPLICATE: Final = -1
ALONE: Final = 0


class Taken(NamedTuple):
    """What became of arrivals.

    The fate of each is DUPLICATE, FORGOTTEN (blocked), ALONE, or the best source it joined.
    """

    fates: list[int]
    plays_new: int
    plays_changed: int
    together: Sequence[int] = ()
    """The sources of the play that each became part of, as a set of bits; 0 for what was known."""


class Derived(NamedTuple):
    """Plays as they were derived again: each with its row id, and what hides it if anything does."""

    plays: list[tuple[int, DerivedPlay, int | None]]
    new: int
    changed: int
    touched: int
    """How many came, went or changed."""


class Ingest:
    """The one way in. Used by the writer's thread alone, each call inside a transaction."""

    def __init__(self, connection: Connection) -> None:
        """Write through a connection, with nothing remembered of the store."""
        self._connection = connection
        self.changes = Changes()
        self.catalog = Catalog(connection, self.changes)
        self.registers = Registers(connection)
        self._waits: bool | None = None
        self.forgotten = Forgotten(connection)

    def forget(self) -> None:
        """Drop what is remembered of the store, when a transaction was rolled back."""
        self.changes.taken()
        self.catalog.forget()
        self.registers.forget()
        self.forgotten.forget()
        self._waits = None

    def postpone(self, unsettled: set[int]) -> None:
        """Let the observations of tracks be merged again later, by `Settling`."""
        if unsettled:
            write_many(
                self._connection,
                "INSERT INTO unsettled (track) VALUES (?) ON CONFLICT DO NOTHING",
                [(track,) for track in unsettled],
            )
            self._waits = True

    def settled(self) -> None:
        """Take note that nothing may wait any more."""
        self._waits = None

    def _anything_waits(self) -> bool:
        if self._waits is None:
            self._waits = anything_waits(self._connection)
        return self._waits

    def append(self, observations: Sequence[Observation]) -> Appended:
        """Store observations that are not known yet, and derive again the plays they touch.

        Raises ValueError for one that cannot be.
        """
        for one in observations:
            if _impossible(one):
                raise ValueError(f"An observation cannot be: {one}")
        observations = observations_without_nul(observations)
        named = dict.fromkeys((one.item, one.source) for one in observations)
        taken = self.store(observations, [described(*one) for one in named])
        duplicates = taken.fates.count(DUPLICATE)
        return Appended(
            stored=len(observations) - duplicates,
            duplicates=duplicates,
            plays_new=taken.plays_new,
            plays_changed=taken.plays_changed,
        )

    def store(
        self,
        observations: Sequence[Observation],
        descriptions: Sequence[Description],
        *,
        postpone: bool = False,
    ) -> Taken:
        """Store observations whose items are described, and derive again the plays they touch.

        What descriptions move among stored observations is merged again with them, or later.
        """
        self.forgotten.ready()
        unsettled = self.catalog.enter(descriptions)
        arrivals = [self._arrival(one) for one in observations]
        unsettled |= self.to_settle(unsettled)
        if postpone:
            self.postpone(unsettled)
            unsettled = set()
        taken = self.take(arrivals, unsettled)
        self.catalog.trim()
        return taken

    def to_settle(self, unsettled: set[int]) -> set[int]:
        """Return the tracks about which rules of forgetting say another thing since they were described."""
        return self.forgotten.follow(unsettled | self.changes.tracks)

    def take(self, arrivals: Sequence[Arrival], unsettled: set[int]) -> Taken:
        """Store arrivals whose listeners, tracks and devices were entered.

        `unsettled` are tracks whose stored observations must be merged again as well.
        """
        if not arrivals and not unsettled:
            return Taken([], 0, 0)
        songs = {arrival.merge_row.song for arrival in arrivals}
        songs |= songs_of_tracks(self._connection, unsettled)
        around = self.look_around(songs)
        around.read_around(arrival.merge_row for arrival in arrivals)
        fates = [DUPLICATE] * len(arrivals)
        together = [0] * len(arrivals)
        new: dict[int, int] = {}
        for place, arrival in enumerate(arrivals):
            if around.admit(arrival.merge_row):
                new[id(arrival.merge_row)] = place
            elif identity(arrival.merge_row) in around.removed:
                fates[place] = FORGOTTEN
        seeds = [arrivals[place].merge_row for place in new.values()]
        if unsettled:
            again = around.read_tracks(unsettled)
            around.read_around(again)
            seeds += again
        written = self.derive(
            around,
            seeds,
            links_may_be_removed=bool(unsettled) or self._anything_waits(),
            arriving=new,
        )
        rows: list[tuple[Arrival, int]] = []
        for number, one, by in written.plays:
            for merge_row in one.merge_rows:
                if (place := new.get(id(merge_row), -1)) >= 0:
                    fates[place] = _joined(one, merge_row) if by is None else FORGOTTEN
                    together[place] = one.sources
                    rows.append((arrivals[place], number))
        insert_observations(self._connection, self.registers, around.listeners, rows)
        return Taken(fates, written.new, written.changed, together)

    def look_around(self, songs: Collection[int] | None) -> Neighborhood:
        """Return an empty neighbourhood of some songs, None for all, which knows what was removed."""
        self.forgotten.ready()
        around = Neighborhood(self._connection, self.registers, songs)
        listeners = {number: key for key, number in around.listeners.items()}
        around.admit_removed(self.forgotten.traces(listeners, songs))
        return around

    def derive(
        self,
        around: Neighborhood,
        seeds: Sequence[MergeRow],
        *,
        links_may_be_removed: bool = False,
        arriving: Collection[int] = (),
        trusted: bool = True,
        changed: Changed | None = None,
    ) -> Derived:
        """Derive again the plays of the components that some observations are in, and clip those of assumed length.

        Stored observations are updated with the play they belong to now; those that are `arriving`, by
        their `id`, are not stored yet. Around what was otherwise `changed`, plays are clipped as well.
        """
        alone = around.plays_of(
            around.components_of(seeds, links_may_be_removed=links_may_be_removed)
        )
        derived = AssumedPlays(
            self._connection, around, alone, hiding=self.forgotten.anything
        ).clipped(changed_by(alone) if changed is None else changed)
        stale = {
            w.play for one in derived for w in one.merge_rows if w.play is not None
        }
        hidden = self.forgotten.hidden(derived, around.removed)
        plays = Plays(self._connection, around.listeners, trusted=trusted)
        written = plays.replace(stale, derived, hidden)
        self.changes.plays.update(written.touched)
        numbered = enumerate(zip(written.ids, derived, strict=True))
        by = hidden or {}
        belongs = [(number, one, by.get(place)) for place, (number, one) in numbered]
        assign_plays(
            self._connection,
            around.listeners,
            [
                (merge_row, number)
                for number, one, _ in belongs
                for merge_row in one.merge_rows
                if merge_row.play != number
                and id(merge_row) not in arriving
                and identity(merge_row) not in around.removed
            ],
        )
        # What was only clipped is of other components.
        whole = belongs[: len(alone)]
        return Derived(whole, written.new, written.changed, len(written.touched))

    def derive_again(self, around: Neighborhood, seeds: Sequence[MergeRow]) -> Derived:
        """Derive the plays of the components that stored observations are in.

        A play has the same row id as long as one of its observations stays with it; one that is as it
        was is left alone.
        """
        around.read_around(seeds)
        return self.derive(around, seeds, links_may_be_removed=True, trusted=False)

    def clip_around(self, changed: Changed) -> None:
        """Clip plays of assumed length again around plays that came or went."""
        if changed:
            around = self.look_around(())
            self.derive(around, (), changed=changed)

    def _arrival(self, one: Observation) -> Arrival:
        """Return an observation as it arrives; whom and what it names is entered."""
        registers = self.registers
        registers.listeners.enter(one.listener)
        device = None if one.device is None else registers.devices.enter(one.device)
        track = self.catalog[one.item.uri]
        merge_row = MergeRow(
            source=one.source,
            listener=one.listener.key,
            uri=one.item.uri,
            track=track.id,
            song=track.song,
            duration_ms=track.duration_ms,
            started_at=one.started_at,
            ended_at=one.ended_at,
            ms_played=one.ms_played,
            offline_at=one.offline_timestamp or 0,
            device=device,
            context_uri=one.context_uri,
            skipped=one.skipped,
            reason_end=one.reason_end,
            rooms=self._rooms(one.rooms),
            spoken=track.spoken,
            shown_as=track.shown_as,
        )
        return Arrival(
            merge_row,
            one.shuffle,
            one.offline,
            one.incognito,
            one.reason_start,
            self._volumes(one.volumes),
        )

    def _rooms(self, spans: Sequence[RoomSpan]) -> tuple[tuple[int, int, int], ...]:
        """Return where a play sounded as (room, from, to), a room and moment at most once."""
        longest: dict[tuple[int, int], int] = {}
        for span in spans:
            start = (self.registers.rooms.enter(span.room), span.start)
            longest[start] = max(span.end, longest.get(start, span.end))
        return tuple(sorted((*start, end) for start, end in longest.items()))

    def _volumes(self, volumes: Sequence[Loudness]) -> tuple[tuple[int, int, int], ...]:
        """Return how loud rooms were as (room, from, percent), a room and moment at most once."""
        loudness = {
            (self.registers.rooms.enter(one.room), one.at): one.percent
            for one in volumes
        }
        return tuple(sorted((*place, percent) for place, percent in loudness.items()))


def anything_waits(connection: Connection) -> bool:
    """Return whether observations wait to be merged again."""
    return bool(rows_of(connection, "SELECT 1 FROM unsettled LIMIT 1"))


def _impossible(one: Observation) -> bool:
    """Whether an observation ends before it starts, anywhere, lasts less than nothing, or is louder than all."""
    return (
        one.started_at > one.ended_at
        or one.ms_played < 0
        or (one.item.duration_ms or 0) < 0
        or (one.offline_timestamp or 0) < 0
        or any(span.start > span.end for span in one.rooms)
        or not all(0 <= volume.percent <= 100 for volume in one.volumes)
    )


def _joined(play: DerivedPlay, merge_row: MergeRow) -> int:
    """Return the fate of an observation that became part of a play."""
    others = {other.source for other in play.merge_rows} - {merge_row.source}
    return next((int(source) for source in TIMES_FROM if source in others), ALONE)
