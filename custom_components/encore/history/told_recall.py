"""The read side of the history for those who may not hear of everyone."""

from collections.abc import Collection, Iterable, Sequence
from typing import Unpack, override

from sqlalchemy import Select, exists, select

from .bulk import rows_where_in
from .coverage import Coverage
from .filters import Filters
from .forgetting import Rule
from .forgetting_jobs import would_take
from .jobs import Job, JobKind, JobState, jobs
from .model import (
    By,
    Device,
    Kind,
    Listener,
    Play,
    Room,
    ThingOf,
    TopEntry,
    TopOf,
    Total,
    Window,
)
from .recall import EVER, Recall
from .schema import (
    device as device_table,
    listener as listener_table,
    play,
    play_room,
    room as room_table,
)
from .selection import Selection


class ToldRecall(Recall):
    """Answers as if some listeners had never been there: not their plays, nor where they sounded, nor who they are."""

    withheld: frozenset[str] = frozenset()

    @classmethod
    def of(cls, recall: Recall, withheld: frozenset[str]) -> Recall:
        """Return a recall that is silent about listeners (by key); the same one where nobody is withheld."""
        if not withheld:
            return recall
        told = recall.over_again(cls)
        told.withheld = withheld
        return told

    @override
    def listeners(self) -> list[Listener]:
        return [each for each in super().listeners() if each.key not in self.withheld]

    @override
    def rooms(self) -> list[Room]:
        heard = exists().where(
            play_room.c.room == room_table.c.id,
            play.c.id == play_room.c.play,
            play.c.listener.not_in(self._withheld_ids),
        )
        found = self._connection.execute(
            select(room_table.c.key, room_table.c.name)
            .where(heard)
            .order_by(room_table.c.name, room_table.c.key)
        )
        return [Room(key, name) for key, name in found]

    @override
    def devices(self) -> list[Device]:
        heard = exists().where(
            play.c.device == device_table.c.id,
            play.c.listener.not_in(self._withheld_ids),
        )
        found = self._connection.execute(
            select(device_table.c.key, device_table.c.name)
            .where(heard)
            .order_by(device_table.c.name, device_table.c.key)
        )
        return [Device(key, name) for key, name in found]

    @override
    def jobs(
        self,
        limit: int = 20,
        kind: JobKind | None = None,
        state: JobState | None = None,
    ) -> Sequence[Job]:
        return jobs(self._connection, limit, kind, state, self.withheld)

    @override
    def forgettable(self, rule: Rule) -> Total:
        return would_take(self._connection, rule, self.withheld)

    @override
    def plays(
        self,
        window: Window,
        *,
        limit: int | None = None,
        newest_first: bool = True,
        **filters: Unpack[Filters],
    ) -> list[Play]:
        return super().plays(
            window, limit=limit, newest_first=newest_first, **self._told(filters)
        )

    @override
    def select(self, window: Window, **filters: Unpack[Filters]) -> Selection:
        return super().select(window, **self._told(filters))

    @override
    def total(self, window: Window, **filters: Unpack[Filters]) -> Total:
        return super().total(window, **self._told(filters))

    @override
    def kinds(self, window: Window, **filters: Unpack[Filters]) -> dict[Kind, int]:
        return super().kinds(window, **self._told(filters))

    @override
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
        return super().top(
            window, of, by=by, limit=limit, beside=beside, **self._told(filters)
        )

    @override
    def is_name(self, text: str) -> bool:
        return super().is_name(text) and bool(self.find(text, limit=1).things)

    @override
    def covers(self, uris: Iterable[str]) -> dict[str, str]:
        known = super().covers(uris)
        numbers = rows_where_in(
            self._connection, "SELECT uri, id FROM track WHERE uri IN", known
        )
        heard = self.select(EVER, television=True, min_ms=0).by_track.plays
        return {
            uri: known[uri]
            for uri, number in numbers
            if number < len(heard) and heard[number]
        }

    @override
    def pictures(self, names: Iterable[str]) -> dict[str, str]:
        return {
            name: address
            for name, address in super().pictures(names).items()
            if any(
                thing.name == name
                for thing in self.find(name, of=(ThingOf.ARTIST,)).things
            )
        }

    @override
    def playing_at(self, moment: int, **filters: Unpack[Filters]) -> list[Play]:
        return super().playing_at(moment, **self._told(filters))

    @override
    def recorded_from(self, listeners: Collection[str] | None = None) -> int | None:
        return super().recorded_from(self._told_of(listeners))

    @override
    def rooms_heard_from(self, listeners: Collection[str] | None = None) -> int | None:
        return super().rooms_heard_from(self._told_of(listeners))

    @override
    def coverage(self, listeners: Collection[str] | None = None) -> Coverage:
        return super().coverage(self._told_of(listeners))

    @property
    def _withheld_ids(self) -> Select[tuple[int]]:
        return select(listener_table.c.id).where(
            listener_table.c.key.in_(self.withheld)
        )

    def _told(self, filters: Filters) -> Filters:
        return {**filters, "listeners": self._told_of(filters.get("listeners"))}

    def _told_of(self, listeners: Collection[str] | None) -> frozenset[str]:
        """Return which of some listeners (by key; of all, for None) may be told of."""
        asked = (
            (each.key for each in super().listeners())
            if listeners is None
            else listeners
        )
        return frozenset(asked) - self.withheld
