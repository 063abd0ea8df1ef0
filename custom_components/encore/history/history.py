"""The history itself: one writer thread, two reader threads, and the store between them."""

from collections.abc import Callable, Collection, Hashable, Sequence
from concurrent.futures import Future
from contextlib import ExitStack
from functools import partial
from pathlib import Path
import threading
import time
from typing import NamedTuple

from sqlalchemy import Connection

from .background_thread import BackgroundTask, BackgroundThread
from .columns.column_cache import ColumnCache
from .database.changes import Changes
from .database.store import store_at
from .deletion.deletion_jobs import ForgetRequest, forget, undo
from .deletion.purge import Old, purge_some
from .errors import HistoryError, StoreClosed
from .exports.exporter import Exported, ToExport, export
from .imports.importer import import_export
from .imports.limits import Limits
from .ingest.ingest import Ingest
from .ingest.metadata_lookups import MissingMetadata, learn
from .ingest.rebuild import Rebuild, Rebuilt
from .ingest.remerge_queue import RemergeQueue
from .model import Appended, Item, Kind, Listener, Observation, Total
from .queries.history_queries import HistoryQueries
from .queries.operational_queries import OperationalQueries
from .queries.visible_plays import Hidden
from .readers import Readers
from .records.deletion_rules import Forgetting, Rule
from .records.import_report import ImportProgress, ImportReport
from .records.job_records import end_interrupted
from .search.name_cache import NameCache
from .writer import Job, Writer


class History:
    """Everything that was played, in one store. Every method may be called from any thread."""

    def __init__(self, url: str, changed: Callable[[], None] = lambda: None) -> None:
        """Prepare the history in the store at a SQLAlchemy URL; nothing is opened yet.

        `changed` is called in the writer's thread after each commit that changed a play, and must be done at once.
        """
        self._store = store_at(url)
        self._changed = changed
        self._threads: _Threads | None = None

    def open(self, *, must_exist: bool = False, thoroughly: bool = False) -> None:
        """Open the store, bring its schema up to date and check it, also its indexes if `thoroughly`. Blocks.

        Raises StoreTooNew for a store of a newer Encore, StoreBroken for a damaged one (moved aside),
        StoreMissing for none where it `must_exist`, StoreUnavailable when it cannot be reached.
        """
        self._store.open(must_exist=must_exist, thoroughly=thoroughly)
        with ExitStack() as begun:
            columns = ColumnCache(self._store)
            begun.callback(columns.stop)
            names = NameCache(self._store)
            begun.callback(names.stop)

            def committed(changes: Changes) -> None:
                columns.note(changes)
                names.note(changes)
                if changes:
                    self._changed()

            writer = Writer(self._store, committed)
            begun.callback(writer.stop)

            def once_noted[T](newest: Callable[[], T]) -> T:
                # A question may have seen a commit that the caches are not told of yet.
                with writer.committing:
                    pass
                return newest()

            readers = Readers(
                self._store,
                partial(once_noted, columns.columns),
                partial(once_noted, names.names),
            )
            begun.pop_all()
        background = BackgroundThread(writer, readers)
        self._threads = _Threads(background, readers, writer, columns, names)
        try:
            self._take_up()
        except HistoryError:
            self.close()
            raise

    def _take_up(self) -> None:
        """See to what a process that ended in the middle left. Blocks."""
        background, readers, writer, _, _ = self._opened
        writer.submit(
            lambda connection, _: end_interrupted(connection, now_ms())
        ).result()
        if readers.look_up(lambda queries: queries.anything_waits()).result():
            background.submit(_settle)

    def close(self) -> None:
        """Finish what was handed in, stop an import at its next slice, end the threads. Blocks."""
        threads, self._threads = self._threads, None
        if threads is not None:
            # A task may wait for a writer that writes nothing.
            threads.writer.go_on()
        for thread in threads or ():
            thread.stop()

    def append(self, observations: Sequence[Observation]) -> Future[Appended]:
        """Store observations that are not known yet, and derive again the plays they touch.

        The future raises ValueError for an observation that ends before it starts or lasted
        less than nothing; then none is stored.
        """
        appended = tuple(observations)
        writer = self._opened.writer
        return writer.submit(lambda connection, ingest: ingest.append(appended))

    @property
    def at_work(self) -> bool:
        """Whether an import or other long work is under way, which closing would cut short."""
        return self._opened.background.at_work

    def rest(self) -> Future[None]:
        """Return what is done when the long work is over that was handed in before."""
        return self._opened.background.submit(lambda _: None)

    def hold(self) -> Future[None]:
        """Write nothing from when the result is there until `go_on`: the file can be copied."""
        return self._opened.writer.hold()

    def go_on(self) -> None:
        """Write again."""
        self._opened.writer.go_on()

    def ask[T](
        self,
        ask: Callable[[HistoryQueries], T],
        *,
        hidden: Hidden,
        key: Hashable | None = None,
    ) -> Future[T]:
        """Run a function of the read side of a viewer in a reader thread; equal keys in flight share an answer.

        `hidden` are the listeners (by key) whom the viewer may not see.
        """
        return self._opened.readers.ask(ask, hidden=hidden, key=key)

    def look_up[T](self, look_up: Callable[[OperationalQueries], T]) -> Future[T]:
        """Run a function of the operational queries in a reader thread."""
        return self._opened.readers.look_up(look_up)

    def write[T](self, job: Job[T]) -> Future[T]:
        """Run a job in the writer's thread, in a transaction of its own."""
        return self._opened.writer.submit(job)

    def import_export(
        self,
        path: Path,
        listener: Listener,
        *,
        progress: Callable[[ImportProgress], None] = lambda now: None,
        cancelled: threading.Event | None = None,
        limits: Limits = Limits(),
    ) -> Future[ImportReport]:
        """Import an export of Spotify's (ZIP, folder or one JSON file) for a listener.

        `progress` is called in the import's thread. Setting `cancelled` stops after the slice under
        way; the same import goes on from there. The future raises ImportRefused when no file of it
        can be imported; a file among others is refused in the report.
        """
        opened = self._opened

        def work(task: BackgroundTask) -> ImportReport:
            report = import_export(task, path, listener, progress, limits)
            opened.follow()
            return report

        return opened.background.submit(work, cancelled)

    def export(
        self,
        request: ToExport,
        *,
        progress: Callable[[int, int], None] = lambda done, total: None,
        cancelled: threading.Event | None = None,
    ) -> Future[Exported]:
        """Write the history of a listener into a file, while questions and recording go on.

        `progress` is called in the export's thread, with how many plays are written and how many
        there are. Setting `cancelled` stops after the page under way; then there is no file. The
        future raises ExportFailed where there cannot be one.
        """
        return self._opened.background.submit(
            lambda task: export(self._store, task, request, progress), cancelled
        )

    def forget(self, request: ForgetRequest) -> Future[Forgetting]:
        """Hide the plays that a rule is about from every answer; they can be brought back for an hour.

        The future raises ForgettingRefused for a rule about everything, or about an item that was
        never played.
        """
        return self._settled(
            lambda connection, ingest: forget(connection, ingest, request)
        )

    def undo_forget(
        self, number: int, at: int, by: str | None = None
    ) -> Future[Forgetting]:
        """Bring back `at` a moment (UTC ms) what was forgotten within the hour before it.

        The future raises ForgettingRefused when that is not so.
        """
        return self._settled(
            lambda connection, ingest: undo(connection, ingest, number, at, by)
        )

    def purge(self, now: int, linked: Collection[str] = ()) -> Future[bool]:
        """Remove what was forgotten more than an hour before `now` (UTC ms); return whether all of it is removed.

        What is stored beside the plays of listeners with a `linked` account, by their keys, stays.
        """
        return self._opened.background.submit(
            lambda task: task.run(
                lambda connection, ingest: purge_some(connection, ingest, now, linked)
            )
        )

    def remove_old(
        self, kind: Kind, before: int, now: int, linked: Collection[str] = ()
    ) -> Future[Total]:
        """Remove the plays of a kind that started before a moment (UTC ms); the result is what went.

        What is stored beside the plays of listeners with a `linked` account, by their keys, stays.
        """

        def work(task: BackgroundTask) -> Total:
            old = Old(Rule(kind=kind, end=before), now, linked)
            task.run(old.step)
            return old.removed

        return self._opened.background.submit(work)

    def rebuild(
        self,
        *,
        progress: Callable[[int, int], None] = lambda done, total: None,
        cancelled: threading.Event | None = None,
    ) -> Future[Rebuilt]:
        """Derive all plays again from the observations, while questions and recording go on.

        `progress` is called in the thread that does it, with how many observations were gone through
        and how many there are. Setting `cancelled` stops after the slice under way; the plays
        are whole wherever it stops.
        """
        opened = self._opened

        def work(task: BackgroundTask) -> Rebuilt:
            rebuild = Rebuild()

            def report_progress() -> None:
                progress(rebuild.done, rebuild.total)

            report_progress()
            finished = task.run(rebuild.step, report_progress)
            opened.follow()
            return Rebuilt(rebuild.done, rebuild.changed, cancelled=not finished)

        return opened.background.submit(work, cancelled)

    def learn(
        self, missing: MissingMetadata, found: Item | None, at: int
    ) -> Future[None]:
        """Take in what Spotify said of a track at a moment (UTC ms), None for nothing, and merge again what that moves."""

        def work(task: BackgroundTask) -> None:
            task.writer.submit(
                lambda connection, ingest: learn(connection, ingest, missing, found, at)
            ).result()
            _settle(task)

        return self._opened.background.submit(work)

    def _settled[T](self, job: Job[T]) -> Future[T]:
        """Run a job of the writer, and update what is in memory before it is done."""
        opened = self._opened
        written = opened.writer.submit(job)

        def settle(_connection: Connection, _ingest: Ingest) -> T:
            done = written.result()
            opened.follow()
            return done

        return opened.writer.submit(settle)

    @property
    def _opened(self) -> _Threads:
        if self._threads is None:
            raise StoreClosed("The history is not open")
        return self._threads


class _Threads(NamedTuple):
    """What works in threads of its own, in the order in which it is stopped."""

    background: BackgroundThread
    readers: Readers
    writer: Writer
    columns: ColumnCache
    names: NameCache

    def follow(self) -> None:
        """Update what is in memory with all that was committed. Blocks."""
        self.columns.follow()
        self.names.follow()


def now_ms() -> int:
    """Return the time in UTC milliseconds."""
    return time.time_ns() // 1_000_000


def _settle(task: BackgroundTask) -> None:
    task.run(RemergeQueue().step)
