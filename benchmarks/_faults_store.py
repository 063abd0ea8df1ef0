"""Disks that are full, read-only, slow or broken, each in a child of its own.

No file system is mounted and nothing is compiled, so each fault is made by what any machine has:

- full: SQLite may not add a page (`PRAGMA max_page_count`), and says so as it does where the disk has no room
- broken: the system writes no byte beyond a size (`RLIMIT_FSIZE`), so that a write fails in its middle; SQLite calls
  that an I/O error
- read-only: SQLite writes nothing (`PRAGMA query_only`); every other time the file is moved away under the open store
- slow: each commit takes 100 ms longer, as it does where a disk takes that long to write
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
import random
import resource
import shutil
import time
from typing import Final

from sqlalchemy import Connection as Database, Engine, event

from benchmarks._faults_kills import ALWAYS, observation, play_of
from benchmarks._faults_trials import (
    Act,
    Row,
    Trial,
    listening,
    plays_in,
    run_to_the_end,
)
from custom_components.encore.history.errors import StoreFull, StoreUnavailable
from custom_components.encore.history.history import History
from custom_components.encore.history.ingest.ingest import Ingest
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN

PLAYS: Final = 60
FAT: Final = 30
"""So many words are in a title, that plays fill pages."""
SLOW_S: Final = 0.1


class Disk:
    """A store on a disk that fails at a moment, and what must be in it."""

    def __init__(self, store: str, number: int, trial: Trial) -> None:
        """Open the store; `number` is what its chance begins with."""
        self.path = Path(store)
        self.trial = trial
        self.chance = random.Random(number)
        self.history = History(f"sqlite:///{store}")
        self.history.open()
        self.stored: list[int] = []
        self.refused: list[int] = []
        self.errors: list[str] = []

    def append(self, numbers: Sequence[int]) -> None:
        """Append plays one by one; remember which were acknowledged, and which wait until the disk is well."""
        for number in numbers:
            try:
                with self.trial.waiting():
                    self.history.append([observation(number, fat=FAT)]).result(60)
            except StoreUnavailable as err:
                self.errors.append(f"{type(err).__name__}: {err}")
                self.refused.append(number)
            else:
                self.stored.append(number)

    def must_answer(self) -> None:
        """Ask while the disk fails: all that was acknowledged is in the answer."""
        with self.trial.waiting():
            asked = self.history.ask(
                lambda queries: queries.total(ALWAYS), hidden=NOBODY_HIDDEN
            )
            plays = asked.result(60).plays
        self.trial.lost += max(0, len(self.stored) - plays)

    def pragma(self, words: str) -> int:
        """Give SQLite an order on the connection that writes; return what it answers."""

        def give(connection: Database, _ingest: Ingest) -> int:
            answer = connection.exec_driver_sql(f"PRAGMA {words}")
            return int(answer.scalar_one()) if answer.returns_rows else 0

        return self.history.write(give).result()

    def reopen(self) -> None:
        """Close the store and open it again, as Encore does with one that was lost."""
        self.history.close()
        with self.trial.waiting():
            self.history.open()

    def close(self) -> None:
        """Try again what was refused, close, and compare."""
        again, self.refused = self.refused, []
        self.append(again)
        self.trial.must(not self.refused, "refused though the disk is well")
        self.history.close()
        expected = Counter(play_of(observation(one)) for one in self.stored)
        self.trial.compare(plays_in(self.path), expected)
        if self.trial.failure is not None:
            self.trial.failure += f" ({'; '.join(dict.fromkeys(self.errors))})"


@contextmanager
def _disk(store: str, number: int, said: Connection) -> Iterator[Disk]:
    """Give a disk with some plays, and send what the trial came to."""
    trial = Trial()
    said.send("begun")
    with listening() as logged:
        disk = Disk(store, number, trial)
        disk.append(range(disk.chance.randrange(20)))
        trial.must(not disk.refused, "refused before the fault")
        yield disk
        disk.close()
        logged.texts += disk.errors
    trial.leaked = logged.leaked()
    said.send(trial)


def full(store: str, number: int, said: Connection) -> None:
    """Give the store a few more pages and no more, later enough."""
    with _disk(store, number, said) as disk:
        pages = disk.pragma("page_count") + disk.chance.randrange(4)
        disk.pragma(f"max_page_count={pages}")
        disk.append(range(20, PLAYS))
        disk.must_answer()
        expected = any(StoreFull.__name__ in error for error in disk.errors)
        disk.trial.must(expected, "nothing was said of a full disk")
        disk.pragma(f"max_page_count={1 << 30}")


def broken(store: str, number: int, said: Connection) -> None:
    """Let writes fail beyond some byte of a file, in the middle of one."""
    with _disk(store, number, said) as disk:
        sizes = [part.stat().st_size for part in disk.path.parent.glob("*.db*")]
        limit = max(sizes) + disk.chance.randrange(60_000)
        with limited(resource.RLIMIT_FSIZE, limit):
            disk.append(range(20, PLAYS))
            disk.trial.must(disk.errors, "nothing was said of a disk that fails")
        disk.reopen()
        disk.must_answer()


def read_only(store: str, number: int, said: Connection) -> None:
    """Let nothing be written; or take the file away from under the store, and bring it back."""
    with _disk(store, number, said) as disk:
        if number % 2:
            away = disk.path.with_name("away.db")
            disk.path.rename(away)
            disk.append(range(20, 30))
            disk.trial.must(len(disk.refused) == 10, "written to a file that is gone")
            away.rename(disk.path)
            disk.reopen()
        else:
            with _nothing_is_written():
                disk.append(range(20, 30))
                disk.must_answer()
            disk.trial.must(len(disk.refused) == 10, "written to what is read-only")
        disk.append(range(30, PLAYS))


@contextmanager
def _nothing_is_written() -> Iterator[None]:
    """Let SQLite refuse all writes of the transactions that begin in a block."""
    refusing = True

    def before_begin(connection: Database) -> None:
        connection.exec_driver_sql(f"PRAGMA query_only={int(refusing)}")

    event.listen(Engine, "begin", before_begin)
    yield
    refusing = False


def slow(store: str, number: int, said: Connection) -> None:
    """Let each commit take 100 ms longer, while questions are asked."""

    def wait(_connection: Database) -> None:
        time.sleep(SLOW_S)

    with _disk(store, number, said) as disk:
        event.listen(Engine, "commit", wait)
        handed_in = [
            (one, disk.history.append([observation(one, fat=FAT)]))
            for one in range(20, 30)
        ]
        while not all(written.done() for _, written in handed_in):
            disk.must_answer()
            time.sleep(0.01)
        for one, written in handed_in:
            written.result()
            disk.stored.append(one)
        event.remove(Engine, "commit", wait)


@contextmanager
def limited(what: int, most: int) -> Iterator[None]:
    """Let this process have no more of something during a block."""
    soft, hard = resource.getrlimit(what)
    resource.setrlimit(what, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(what, (soft, hard))


def disks(folder: Path, trials: int, slow_trials: int) -> list[Row]:
    """Let disks fail in each way, so many times each, the slow ones less often."""
    return [
        tried("disk full", full, folder, range(trials)),
        tried("disk read-only or gone", read_only, folder, range(trials)),
        tried("disk with I/O errors", broken, folder, range(trials)),
        tried("disk slow (100 ms a commit)", slow, folder, range(slow_trials)),
    ]


def tried(fault: str, act: Act, folder: Path, numbers: Iterable[int]) -> Row:
    """Run a child for each number, which sends what its trials came to; each has a folder of its own."""
    row = Row(fault)
    for number in numbers:
        inner = folder / f"{act.__name__}-{number}"
        inner.mkdir()
        try:
            words = run_to_the_end(act, inner / "encore.db", number)[1]
        except RuntimeError as err:
            words = [Trial(failure=f"{act.__name__} {number}: {err}")]
        for word in words:
            if isinstance(word, Trial):
                row.count(word)
        shutil.rmtree(inner)
    return row
