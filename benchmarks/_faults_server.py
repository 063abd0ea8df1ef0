"""A PostgreSQL that is stopped, crashes, cuts its clients off or fails over, while plays are recorded in it."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
import random
import threading
import time
from typing import Any, Final

from sqlalchemy import Connection

from benchmarks._faults_kills import ALWAYS, observation
from benchmarks._faults_trials import Row, Trial, listening
from custom_components.encore.history.errors import StoreUnavailable
from custom_components.encore.history.history import History
from custom_components.encore.history.ingest.ingest import Ingest
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from tests.postgresql import DATABASE, SETTINGS, USER, Postgresql, postgresql, version

PLAYS: Final = 40
PATIENCE_S: Final = 60.0
AGAIN_S: Final = 0.05
ACKNOWLEDGES: Final = {**SETTINGS, "synchronous_commit": "on"}
"""What is acknowledged was written: a server that crashes has it, though the machine may not."""
CUT: Final = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE application_name = 'Encore' AND pid != pg_backend_pid()"
)
IN_STEP: Final = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"
NO_SERVER: Final = "no PostgreSQL server is installed"


class Recording:
    """Plays that are recorded one after the other by a thread, each again until it is stored, as Encore lets them wait."""

    def __init__(self, url: str, trial: Trial) -> None:
        """Open the store at a URL."""
        self.history = History(url)
        self.history.open()
        self.stored = 0
        self.errors: list[str] = []
        self._trial = trial
        self._thread = threading.Thread(target=self._record, daemon=True)

    def start(self) -> None:
        """Begin to record."""
        self._thread.start()

    def until(self, stored: int) -> None:
        """Wait until so many plays are stored."""
        until = time.monotonic() + PATIENCE_S
        while self.stored < stored and time.monotonic() < until:
            time.sleep(0.002)

    def finish(self) -> None:
        """Wait until all is stored, and hold what is answered against what was acknowledged."""
        self._thread.join(PATIENCE_S)
        self._trial.must(self.stored == PLAYS, f"{self.stored} plays stored in time")
        with self._trial.waiting():
            found = self._answer()
        expected = Counter(observation(one).item.uri for one in range(self.stored))
        self._trial.compare(_rows(found), _rows(expected))
        self.history.close()

    def _answer(self) -> Counter[str]:
        """Ask for all plays until there is an answer: each reader finds out for itself that its connection is gone."""
        until = time.monotonic() + PATIENCE_S
        while True:
            try:
                asked = self.history.ask(
                    lambda queries: queries.plays(ALWAYS, limit=9 * PLAYS, min_ms=0),
                    hidden=NOBODY_HIDDEN,
                )
                return Counter(play.item.uri for play in asked.result(PATIENCE_S))
            except StoreUnavailable as err:
                self.errors.append(str(err))
                if time.monotonic() > until:
                    self._trial.must(False, "no answer in time")
                    return Counter()
                time.sleep(AGAIN_S)

    def _record(self) -> None:
        until = time.monotonic() + PATIENCE_S
        for number in range(PLAYS):
            with self._trial.waiting():
                while not self._stored(number) and time.monotonic() < until:
                    time.sleep(AGAIN_S)
            self.stored += 1

    def _stored(self, number: int) -> bool:
        try:
            self.history.append([observation(number)]).result(PATIENCE_S)
        except StoreUnavailable as err:
            self.errors.append(str(err))
            return False
        return True


def _rows(uris: Counter[str]) -> Counter[tuple[Any, ...]]:
    return Counter({(uri,): times for uri, times in uris.items()})


type Fault = Callable[[Postgresql, Recording, random.Random], None]


def _stopped(server: Postgresql, recording: Recording, chance: random.Random) -> None:
    """Stop the server as an update does, and start it a moment later."""
    recording.until(chance.randrange(PLAYS // 2))
    server.stop("fast")
    time.sleep(chance.uniform(0, 0.5))
    server.start()


def _crashed(server: Postgresql, recording: Recording, chance: random.Random) -> None:
    """Let the server crash, and recover."""
    recording.until(chance.randrange(PLAYS // 2))
    server.stop("immediate")
    server.start()


def _cut(server: Postgresql, recording: Recording, chance: random.Random) -> None:
    """Cut all connections at any moment, a few times."""
    for _ in range(3):
        time.sleep(chance.uniform(0, 0.03))
        with server.connected(DATABASE) as connection:
            connection.execute(CUT)


def _cut_within(
    server: Postgresql, recording: Recording, chance: random.Random
) -> None:
    """Cut the connection that writes when plays are written and not committed."""
    numbers = range(chance.randrange(1, PLAYS))

    def write(connection: Connection, intake: Ingest) -> None:
        intake.append([observation(number) for number in numbers])
        found = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        with server.connected(DATABASE) as other:
            other.execute("SELECT pg_terminate_backend(%s, 5000)", (found,))

    try:
        recording.history.write(write).result(PATIENCE_S)
    except StoreUnavailable as err:
        recording.errors.append(str(err))


def servers(trials: int, cuts: int, failovers: int) -> list[Row]:
    """Let a server fail in each way, so many times each; its connections are cut more often, and it fails over less."""
    rows = [
        Row("PostgreSQL stopped", skipped=NO_SERVER),
        Row("PostgreSQL crashed and restarted", skipped=NO_SERVER),
        Row("PostgreSQL cuts connections", skipped=NO_SERVER),
        Row("PostgreSQL cuts a transaction", skipped=NO_SERVER),
        Row("PostgreSQL fails over to a standby", skipped=NO_SERVER),
    ]
    if version() is None:
        return rows
    for row in rows:
        row.skipped = None
    kinds = ((_stopped, trials), (_crashed, trials), (_cut, cuts), (_cut_within, cuts))
    with postgresql(ACKNOWLEDGES) as server:
        for row, (fault, times) in zip(rows, kinds, strict=False):
            for number in range(times):
                url = server.new_url()
                row.count(_tried(fault, server, url, random.Random(number)))
    for number in range(failovers):
        rows[-1].count(_failed_over(random.Random(number)))
    return rows


def _tried(fault: Fault, server: Postgresql, url: str, chance: random.Random) -> Trial:
    trial = Trial()
    with listening() as said:
        recording = Recording(url, trial)
        recording.start()
        fault(server, recording, chance)
        recording.finish()
        trial.must(recording.errors, "nobody noticed the fault")
        said.texts += recording.errors
    trial.leaked = said.leaked((server.password, "Umbrazine", "Quillon Zebrawood"))
    return trial


def _failed_over(chance: random.Random) -> Trial:
    """Let the server that is written to crash for good, and its standby take over."""
    with _pair() as (primary, standby):
        schema = primary.new_url().partition("?")[2]
        url = (
            f"postgresql://{USER}:{primary.password}@/{DATABASE}?{schema}"
            f"&host=127.0.0.1:{primary.port}&host=127.0.0.1:{standby.port}"
            "&target_session_attrs=read-write"
        )

        def fail(
            _server: Postgresql, recording: Recording, chance: random.Random
        ) -> None:
            recording.until(chance.randrange(1, PLAYS // 2))
            primary.stop("immediate")
            standby.promote()

        return _tried(fail, primary, url, chance)


@contextmanager
def _pair() -> Iterator[tuple[Postgresql, Postgresql]]:
    """Give a server and a standby that has each play before it is acknowledged."""
    with (
        postgresql(ACKNOWLEDGES) as primary,
        postgresql(ACKNOWLEDGES, standby_of=primary) as standby,
    ):
        with primary.connected() as connection:
            connection.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
            connection.execute("SELECT pg_reload_conf()")
            until = time.monotonic() + PATIENCE_S
            while connection.execute(IN_STEP).fetchone() != (1,):
                if time.monotonic() > until:
                    raise TimeoutError("The standby does not follow")
                time.sleep(AGAIN_S)
        yield primary, standby
