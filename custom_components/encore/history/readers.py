"""Two threads that read: questions in the order they came, equal ones in flight asked once.

More threads answer no faster and, beside an import, hold up Home Assistant's event loop.
"""

from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from functools import cache
from queue import SimpleQueue
import threading
from typing import Any, Final

from sqlalchemy import Connection

from .columns.cached_selections import CachedSelections
from .columns.columns import Columns
from .database.store import Store
from .errors import StoreClosed
from .queries.history_queries import HistoryQueries
from .queries.operational_queries import OperationalQueries
from .queries.visible_plays import Hidden
from .search.name_index import NameIndex

READERS: Final = 2


class Readers:
    """Runs questions on reading connections, one for each thread."""

    def __init__(
        self,
        store: Store,
        columns: Callable[[], Columns],
        names: Callable[[], NameIndex],
    ) -> None:
        """Read from an open store, and from what gives the newest columns and names of it."""
        self._columns = columns
        self._named_errors = store.named_errors
        self._names = names
        self._selections = CachedSelections()
        self._threads = ThreadPoolExecutor(READERS, "encore-reader")
        self._held = ExitStack()
        self._connections: SimpleQueue[Connection] = SimpleQueue()
        for _ in range(READERS):
            self._connections.put(self._held.enter_context(store.reading()))
        self._lock = threading.Lock()
        self._in_flight: dict[Hashable, list[Future[Any]]] = {}
        self._unanswered = 0

    @property
    def busy(self) -> bool:
        """Whether somebody waits for an answer."""
        return self._unanswered > 0

    def ask[T](
        self,
        ask: Callable[[HistoryQueries], T],
        *,
        hidden: Hidden,
        key: Hashable | None = None,
    ) -> Future[T]:
        """Put a question for a viewer; with the key of one that is in flight for as much, wait for its answer instead.

        `hidden` are the listeners (by key) whom the viewer may not see. Each asker has a future of its own, so that one
        who gives up does so alone. Raises StoreClosed after `stop`.
        """

        def answer(connection: Connection) -> T:
            # One question sees one state of the columns.
            columns, names = cache(self._columns), cache(self._names)
            return ask(
                HistoryQueries(connection, hidden, columns, names, self._selections)
            )

        return self._submit(answer, None if key is None else (key, hidden))

    def look_up[T](self, look_up: Callable[[OperationalQueries], T]) -> Future[T]:
        """Look something up for Encore's own work. Raises StoreClosed after `stop`."""

        def answer(connection: Connection) -> T:
            return look_up(OperationalQueries(connection, cache(self._columns)))

        return self._submit(answer, None)

    def _submit[T](
        self, answer: Callable[[Connection], T], key: Hashable | None
    ) -> Future[T]:
        asker: Future[T] = Future()
        with self._lock:
            if key is not None and key in self._in_flight:
                self._in_flight[key].append(asker)
                return asker
            try:
                answering = self._threads.submit(self._answer, answer)
            except RuntimeError as err:
                raise StoreClosed("The history is closed") from err
            askers: list[Future[Any]] = [asker]
            self._unanswered += 1
            if key is not None:
                self._in_flight[key] = askers
        answering.add_done_callback(
            lambda answered: self._complete(key, askers, answered)
        )
        return asker

    def stop(self) -> None:
        """Answer what was asked, and end the threads. Blocks."""
        self._threads.shutdown()
        self._held.close()

    def _answer[T](self, answer: Callable[[Connection], T]) -> T:
        connection = self._connections.get()
        try:
            with self._named_errors(), connection.begin():
                return answer(connection)
        finally:
            self._connections.put(connection)

    def _complete(
        self, key: Hashable | None, askers: list[Future[Any]], answered: Future[Any]
    ) -> None:
        with self._lock:
            self._unanswered -= 1
            if key is not None:
                del self._in_flight[key]
        error = answered.exception()
        for asker in askers:
            if not asker.set_running_or_notify_cancel():
                continue
            if error is None:
                asker.set_result(answered.result())
            else:
                asker.set_exception(error)
