"""What is PostgreSQL's alone: a server that goes and comes back, one writer, one state for each question."""

from collections.abc import Iterator
from pathlib import Path
import subprocess
import sys

import pytest
from sqlalchemy import text

from custom_components.encore.history.database import postgresql as database
from custom_components.encore.history.database.store import store_at
from custom_components.encore.history.errors import StoreRefused, StoreUnavailable
from custom_components.encore.history.history import History
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from tests.postgresql import Postgresql, postgresql as new_server

from .memory import ALL, NOON, live

HOLDS_ONE = """
import signal
from tests.postgresql import postgresql
with postgresql() as server:
    print(server._folder, flush=True)
    signal.pause()
"""


@pytest.fixture(scope="module")
def server(store_kind: str) -> Iterator[Postgresql]:
    """Give a server that a test may stop."""
    if store_kind != "postgresql":
        pytest.skip("on PostgreSQL only")
    with new_server() as server:
        yield server


@pytest.fixture
def url(server: Postgresql) -> str:
    """Return the URL of an empty store on it."""
    return server.new_url()


@pytest.fixture
def history(url: str) -> Iterator[History]:
    """Give an open history on it."""
    opened = History(url)
    opened.open()
    yield opened
    opened.close()


def count(history: History) -> int:
    """Ask for the number of plays."""
    return len(
        history.ask(lambda queries: queries.plays(ALL), hidden=NOBODY_HIDDEN).result()
    )


def test_a_server_that_comes_back_is_used_again(
    history: History, server: Postgresql
) -> None:
    """While it is away, who asks and who appends is told; nothing that was stored is lost."""
    history.append([live(NOON)]).result()
    assert count(history) == 1
    server.stop()
    with pytest.raises(StoreUnavailable) as caught:
        history.append([live(NOON + 400_000)]).result()
    with pytest.raises(StoreUnavailable):
        count(history)
    assert server.password not in str(caught.value)
    server.start()
    for _ in range(3):  # each thread finds out for itself
        try:
            count(history)
        except StoreUnavailable:
            continue
    assert history.append([live(NOON + 400_000)]).result().stored == 1
    assert count(history) == 2


def test_there_is_one_writer(
    history: History, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second one waits for its end, but not forever; readers do not mind."""
    monkeypatch.setitem(database._SETTINGS, "lock_timeout", "100ms")
    second = store_at(url)
    with pytest.raises(StoreUnavailable, match="lock timeout"), second.writing():
        pass
    with second.reading() as connection:
        assert connection.scalar(text("SELECT count(*) FROM play")) == 0


def test_a_question_sees_one_state_and_writes_nothing(
    history: History, url: str
) -> None:
    """Whatever is committed meanwhile."""
    with store_at(url).reading() as connection, connection.begin():
        assert connection.scalar(text("SELECT count(*) FROM play")) == 0
        history.append([live(NOON)]).result()
        assert connection.scalar(text("SELECT count(*) FROM play")) == 0
        with (
            pytest.raises(StoreUnavailable, match="read-only"),
            store_at(url).named_errors(),
        ):
            connection.execute(text("DELETE FROM play"))


def test_a_row_that_breaks_a_rule_is_not_quoted(history: History) -> None:
    """PostgreSQL's own words would hold all of it."""
    wrong = text("INSERT INTO listener VALUES (1, 'secret', NULL)")
    refused = history._opened.writer.submit(
        lambda connection, _: connection.execute(wrong)
    )
    with pytest.raises(StoreRefused) as caught:
        refused.result()
    assert "secret" not in str(caught.value)


def test_a_server_ends_with_the_tests_that_are_killed(server: Postgresql) -> None:
    """What they made is gone as well."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS_ONE], stdout=subprocess.PIPE, text=True
    ) as tests:
        assert tests.stdout
        folder = Path(tests.stdout.readline().strip())
        assert (folder / "data" / "postmaster.pid").exists()
        tests.kill()
        # Who clears up has the pipe, too.
        tests.stdout.read()
    assert not folder.exists()
