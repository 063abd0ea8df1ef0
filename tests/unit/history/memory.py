"""Short ways to say what sources say, and a store in memory to say it to."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, RootTransaction

from custom_components.encore.history.columns.column_reading import load
from custom_components.encore.history.database.migrations import migrate
from custom_components.encore.history.database.schema import metadata
from custom_components.encore.history.deletion.deletion_jobs import (
    ForgetRequest,
    forget,
    lift,
    undo,
)
from custom_components.encore.history.deletion.purge import purge_some
from custom_components.encore.history.history import History
from custom_components.encore.history.ingest.ingest import Ingest
from custom_components.encore.history.ingest.rebuild import Rebuild
from custom_components.encore.history.ingest.remerge_queue import RemergeQueue
from custom_components.encore.history.model import (
    HOUSEHOLD,
    Appended,
    Device,
    Item,
    Kind,
    Listener,
    Observation,
    Play,
    Room,
    RoomSpan,
    Source,
    Window,
)
from custom_components.encore.history.queries.history_queries import HistoryQueries
from custom_components.encore.history.queries.operational_queries import (
    OperationalQueries,
)
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.history.records.deletion_rules import (
    UNDO_MS,
    Forgetting,
    Rule,
    Why,
)
from custom_components.encore.history.records.recording_coverage import (
    Recorded,
    Unrecorded,
)
from custom_components.encore.history.records.recordings import note

ALVA = Listener("spotify:alva", "Alva")
BEN = Listener("spotify:ben", "Ben")
THE_HOUSEHOLD = Listener(HOUSEHOLD, "Household")

KITCHEN = Room("area:kitchen", "Kitchen")
STUDY = Room("area:study", "Study")
PHONE = Device("5fbb3ba6aa454b5534c4ba43a8c7e8e45a63ad0e", "Alva's phone")
SPEAKER = Device("RINCON_7828CA0A11E401400", "Kitchen speaker")

NOON = 1_717_243_200_000
"""2024-06-01 12:00 UTC."""

SECOND = 1_000
MINUTE = 60_000
HOUR = 3_600_000
DAY = 24 * HOUR

ALL = Window(0, 1 << 50)

SONG = Item(
    uri="spotify:track:6rqhFgbbKwnb9MLmUQDhG6",
    kind=Kind.TRACK,
    title="Slow Rivers",
    artists=("Ilse Vann", "Tor"),
    album="Low Water",
    duration_ms=200_000,
    isrc="NLA502400017",
    image_url="https://i.scdn.co/image/ab67616d0000b273",
)
OTHER = Item(
    uri="spotify:track:0VjIjW4GlUZAMYd2vXMi3b",
    kind=Kind.TRACK,
    title="Brass Morning",
    artists=("Odd Lamp",),
    album="Yard",
    duration_ms=180_000,
)
EPISODE = Item(
    uri="spotify:episode:512ojhOuo1ktJprKbVcKyQ",
    kind=Kind.EPISODE,
    title="The Weather, Again",
    artists=("Daily Dial",),
    duration_ms=1_800_000,
)


def reported(
    source: Source,
    end: int,
    *,
    item: Item = SONG,
    listener: Listener = ALVA,
    ms: int = 200_000,
    paused: int = 0,
    **more: Any,
) -> Observation:
    """Return an observation that ends at a moment, after `ms` of sound and a pause."""
    return Observation(source, listener, item, end - ms - paused, end, ms, **more)


def live(end: int, **more: Any) -> Observation:
    """Return what the watched player says."""
    return reported(Source.LIVE, end, **more)


def polled(end: int, **more: Any) -> Observation:
    """Return what recently played says."""
    return reported(Source.POLLED, end, **more)


def exported(end: int, **more: Any) -> Observation:
    """Return what an export says: whole seconds."""
    return reported(Source.EXPORT, end // SECOND * SECOND, **more)


def sonos(end: int, **more: Any) -> Observation:
    """Return what a speaker says; it does not know who listens unless told."""
    return reported(Source.SONOS, end, **{"listener": THE_HOUSEHOLD, **more})


def span(room: Room, start: int, end: int) -> RoomSpan:
    """Return a room and when it sounded."""
    return RoomSpan(room, start, end)


LATER = NOON + 100 * DAY
"""When something is forgotten, unless told otherwise."""


class Memory:
    """A store in memory that is used from one thread."""

    def __init__(self, connection: Connection) -> None:
        """Use the empty store of a connection."""
        self.connection = connection
        self.ingest = Ingest(connection)

    def append(self, *observations: Observation) -> Appended:
        """Store observations together."""
        with self._begun():
            return self.ingest.append(observations)

    def append_each(self, observations: Sequence[Observation]) -> None:
        """Store observations one after the other."""
        for one in observations:
            self.append(one)

    def rebuild(self) -> int:
        """Derive all plays anew; returns how many are not as before."""
        rebuild = Rebuild()
        self._steps(rebuild.step)
        return rebuild.changed

    def settle(self) -> None:
        """Merge again what waits for it."""
        self._steps(RemergeQueue().step)

    def _steps(self, step: Callable[[Connection, Ingest], bool]) -> None:
        more = True
        while more:
            with self._begun():
                more = step(self.connection, self.ingest)

    def forget(
        self, at: int = LATER, *, keep_away: bool = True, **rule: Any
    ) -> Forgetting:
        """Forget what a rule is about."""
        asked = ForgetRequest(Rule(**rule), at, keep_away=keep_away)
        with self._begun():
            return forget(self.connection, self.ingest, asked)

    def forget_plays(
        self, plays: Sequence[Play], at: int = LATER, *, keep_away: bool = True
    ) -> Forgetting:
        """Forget plays that are named one by one."""
        ids = tuple(play.id for play in plays)
        asked = ForgetRequest(Rule(named=True), at, None, Why.NAMED, keep_away, ids)
        with self._begun():
            return forget(self.connection, self.ingest, asked)

    def undo(self, number: int, at: int = LATER) -> Forgetting:
        """Bring back what was forgotten."""
        with self._begun():
            return undo(self.connection, self.ingest, number, at, None)

    def lift(self, number: int, at: int = LATER) -> Forgetting:
        """Let in again what is kept away."""
        with self._begun():
            return lift(self.connection, self.ingest, number, at, None)

    def purge(self, at: int = LATER + UNDO_MS, linked: Collection[str] = ()) -> None:
        """Remove what was forgotten, as an hour later, while some listeners' accounts are linked."""
        more = True
        while more:
            with self._begun():
                more = purge_some(self.connection, self.ingest, at, linked)

    def names(self, statement: str) -> set[str]:
        """Return the names that a statement finds, without those that were taken away."""
        with self._begun():
            found = self.connection.exec_driver_sql(statement).scalars()
            return {str(name) for name in found if not name.startswith("forgotten:")}

    def count(self, table: str) -> int:
        """Return the number of rows of a table."""
        (number,) = self.row(f"SELECT count(*) FROM {table}")  # noqa: S608  our own names
        return int(number)

    def plays(self, window: Window = ALL, **filters: Any) -> list[Play]:
        """Return plays, the oldest first, however short."""
        with self._begun():
            return HistoryQueries(self.connection, NOBODY_HIDDEN).plays(
                window, **{"min_ms": 0, "newest_first": False, **filters}
            )

    def row(self, statement: str) -> tuple[Any, ...]:
        """Return the one row of a statement."""
        with self._begun():
            return tuple(self.connection.exec_driver_sql(statement).one())

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give the connection for a transaction that writes."""
        with self._begun():
            yield self.connection

    def queries(self) -> HistoryQueries:
        """Return what answers, in a transaction of its own."""
        self._begun()
        return HistoryQueries(self.connection, NOBODY_HIDDEN)

    def operational(self) -> OperationalQueries:
        """Return what answers to Encore itself, in a transaction of its own."""
        self._begun()
        return OperationalQueries(self.connection, lambda: load(self.connection))

    def _begun(self) -> RootTransaction:
        """Begin a transaction; one that reading began is over."""
        self.connection.rollback()
        return self.connection.begin()


class Shelf:
    """One store in memory for all tests, emptied between them: making the tables takes longest."""

    def __init__(self, connection: Connection) -> None:
        """Make the store of a connection."""
        migrate(connection)
        self._connection = connection

    @contextmanager
    def memory(self) -> Iterator[Memory]:
        """Give the store, empty."""
        self._connection.rollback()
        with self._connection.begin():
            for table in reversed(metadata.sorted_tables):
                if table.name != "meta":
                    self._connection.exec_driver_sql(f'DELETE FROM "{table.name}"')  # noqa: S608  our own names
        yield Memory(self._connection)


def content(plays: Sequence[Play]) -> list[tuple[Any, ...]]:
    """Return what plays say, without their row ids, in a fixed order."""
    return sorted(
        (
            play.listener.key,
            play.started_at,
            play.item.uri,
            play.ended_at,
            play.ms_played,
            sorted(play.sources),
            play.device.key if play.device else "",
            play.context_uri or "",
            str(play.skipped),
            [(span.room.key, span.start, span.end) for span in play.rooms],
        )
        for play in plays
    )


def note_recorded(
    history: History,
    recorded: Iterable[Recorded],
    unrecorded: Iterable[Unrecorded] = (),
) -> None:
    """Store when listeners were recorded, and when they were not and why."""
    history.write(
        lambda connection, ingest: note(
            connection, ingest.registers, recorded, unrecorded
        )
    ).result()
