"""What the trials of the fault campaign share: how one is counted, how a child is killed, and what a store is compared by."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
import logging
import multiprocessing
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from pathlib import Path
import signal
import sqlite3
import time
from typing import Any, Final, override

from benchmarks._heartbeat import Heartbeat

PATIENCE_S: Final = 120
"""How long a child may take before it counts as hung."""

OURS: Final = "custom_components.encore"

PRIVATE: Final = ("Quillon Zebrawood", "spotify:quillon", "Umbrazine", "umbrazine")
"""The name and the key of the listener of these trials, and words in all that this listener played."""

logging.getLogger(OURS).addHandler(logging.NullHandler())  # not on a child's stderr

type Plays = Counter[tuple[Any, ...]]
type Act = Callable[[str, int, Connection], None]
"""What a child does: it is given a store, a number to draw from, and where it says how far it is."""

_PARTS: Final = ("clients", "clock", "exports", "home", "kills", "server", "store")
"""A child runs the module of the command line again; all that it imports is there by then."""

_PLAYS: Final = """
    SELECT l.key, t.uri, p.started_at, p.ended_at, p.ms_played, p.sources, p.skipped
    FROM play p JOIN listener l ON l.id = p.listener JOIN track t ON t.id = p.track
"""
_OBSERVATIONS: Final = """
    SELECT l.key, t.uri, o.started_at, o.ended_at, o.ms_played, o.source, o.offline_at
    FROM observation o JOIN listener l ON l.id = o.listener JOIN track t ON t.id = o.track
"""


@dataclass
class Trial:
    """What one trial came to; it was survived unless `failure` says what went wrong."""

    lost: int = 0
    doubled: int = 0
    leaked: int = 0
    stall_ms: float = 0.0
    failure: str | None = None

    def compare(self, found: Plays, expected: Plays) -> None:
        """Count what should be there and is not, and what is there and should not be."""
        self.lost += (expected - found).total()
        self.doubled += (found - expected).total()

    def must(self, holds: object, what: str) -> None:
        """Take note of the first thing that does not hold."""
        if not holds and self.failure is None:
            self.failure = what

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Take the time that somebody waits for Encore."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            took = (time.perf_counter() - begun) * 1000
            self.stall_ms = max(self.stall_ms, took)


@dataclass
class Row:
    """A kind of fault, and what all its trials came to."""

    fault: str
    tried: int = 0
    survived: int = 0
    lost: int = 0
    doubled: int = 0
    leaked: int = 0
    stall_ms: float = 0.0
    skipped: str | None = None
    failures: list[str] = field(default_factory=list)

    def count(self, trial: Trial) -> None:
        """Add a trial."""
        self.tried += 1
        self.survived += trial.failure is None
        self.lost += trial.lost
        self.doubled += trial.doubled
        self.leaked += trial.leaked
        self.stall_ms = round(max(self.stall_ms, trial.stall_ms), 1)
        if trial.failure is not None:
            self.failures.append(trial.failure)

    @property
    def holds(self) -> bool:
        """Whether every trial was survived, and nothing was lost, doubled or leaked."""
        return self.survived == self.tried and not (
            self.lost or self.doubled or self.leaked
        )

    def as_data(self) -> dict[str, Any]:
        """Return the row as JSON can carry it."""
        return asdict(self)


class Said(logging.Handler):
    """Collects what Encore logs, at any level, and the words of its errors."""

    def __init__(self, only: str = "") -> None:
        """Begin with nothing said; what does not hold the word `only` is not kept."""
        super().__init__()
        self._only = only
        self.texts: list[str] = []
        self._format = logging.Formatter("%(message)s")

    @override
    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record with its traceback."""
        if self._only in (text := self._format.format(record)):
            self.texts.append(text)

    def leaked(self, words: Iterable[str] = (*PRIVATE, "spotify:track:")) -> int:
        """Return how many of the texts hold a word that is nobody else's business."""
        words = tuple(words)
        return sum(any(word in text for word in words) for text in self.texts)


@contextmanager
def listening(
    logger: str = OURS, level: int = logging.DEBUG, only: str = ""
) -> Iterator[Said]:
    """Collect what a logger and those below it say during a block, or what of it holds a word."""
    said, logged = Said(only), logging.getLogger(logger)
    before = logged.level
    logged.addHandler(said)
    logged.setLevel(level)
    try:
        yield said
    finally:
        logged.removeHandler(said)
        logged.setLevel(before)


def stalled_ms(heart: Heartbeat) -> float:
    """Return how long an event loop was held up at most by its own process, not by what else the machine does."""
    ours = (min(one["late_ms"], one["process_ms"]) for one in heart.stalls)
    return round(max(ours, default=heart.max_ms), 1)


def plays_in(store: Path) -> Plays:
    """Return the plays that a store has, without the row ids that it gave."""
    return _counted(store, _PLAYS)


def observations_in(store: Path) -> Plays:
    """Return the observations that a store has."""
    return _counted(store, _OBSERVATIONS)


def _counted(store: Path, statement: str) -> Plays:
    with closing(sqlite3.connect(store)) as connection:
        return Counter(connection.execute(statement).fetchall())


def children() -> ForkServerContext:
    """Return what begins children: they fork from a process that has loaded Encore, so that one costs milliseconds."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([f"benchmarks._faults_{part}" for part in _PARTS])
    return context


@contextmanager
def child(
    act: Act, store: Path, number: int
) -> Iterator[tuple[BaseProcess, Connection]]:
    """Give a child that acts on a store, and what it says; at the end of the block it is gone."""
    context = children()
    ours, its = context.Pipe(duplex=False)
    process = context.Process(target=act, args=(str(store), number, its))
    process.start()
    its.close()
    try:
        yield process, ours
    finally:
        process.kill()
        process.join()
        ours.close()


def run_to_the_end(act: Act, store: Path, number: int) -> tuple[float, list[Any]]:
    """Let a child act; return how long it took from its first word on (s), and all its words.

    Raises RuntimeError for one that fails or hangs.
    """
    with child(act, store, number) as (process, said):
        words, begun = [_next(said)], time.perf_counter()
        while (word := _next(said)) is not None:
            words.append(word)
        seconds = time.perf_counter() - begun
        process.join(PATIENCE_S)
        if process.exitcode != 0:
            raise RuntimeError(f"The child ended with {process.exitcode}")
    return seconds, words


def killed_after(
    seconds: float, act: Act, store: Path, number: int
) -> list[Any] | None:
    """Kill a child so long after its first word; return its words, None where it was done before.

    Raises RuntimeError for one that fails.
    """
    with child(act, store, number) as (process, said):
        words = [_next(said)]
        process.join(seconds)
        process.kill()
        process.join()
        while (word := _next(said)) is not None:
            words.append(word)
        if process.exitcode == 0:
            return None
        if process.exitcode != -signal.SIGKILL:
            raise RuntimeError(f"The child ended with {process.exitcode}")
    return words


def _next(said: Connection) -> Any:
    """Return the next word of a child, None after its last. Raises RuntimeError for one that hangs."""
    if not said.poll(PATIENCE_S):
        raise RuntimeError("The child hangs")
    try:
        return said.recv()
    except EOFError:
        return None
