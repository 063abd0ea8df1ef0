"""The writer's and the readers' threads: order, errors, shared answers, and an end."""

from concurrent.futures import CancelledError, Future
from pathlib import Path
import threading

import pytest
from sqlalchemy import text

from custom_components.encore.history import background_thread
from custom_components.encore.history.errors import StoreClosed, StoreUnavailable
from custom_components.encore.history.history import History
from custom_components.encore.history.ingest.rebuild import Rebuilt
from custom_components.encore.history.model import Total
from custom_components.encore.history.queries.history_queries import HistoryQueries
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN

from .exports import AUDIO, row, zipped
from .memory import ALL, ALVA, NOON, exported, live


def test_what_is_handed_in_is_stored_in_order(history: History) -> None:
    """Futures are done one after the other; a question sees what was done before it."""
    futures = [history.append([live(NOON + i * 300_000)]) for i in range(20)]
    assert [future.result().plays_new for future in futures] == [1] * 20
    assert history.ask(
        lambda queries: queries.total(ALL), hidden=NOBODY_HIDDEN
    ).result() == Total(20, 4_000_000)


def test_a_wrong_observation_harms_no_other(history: History) -> None:
    """Its future has the error; what came before and after is stored."""
    first = history.append([live(NOON)])
    wrong = history.append([live(NOON + 1, ms=-1)])
    last = history.append([exported(NOON)])
    assert isinstance(wrong.exception(), ValueError)
    assert (first.result().stored, last.result().plays_changed) == (1, 1)
    assert history.rebuild().result() == Rebuilt(observations=2, changed=0)


def test_equal_questions_in_flight_are_asked_once(history: History) -> None:
    """Who asks while the answer is on its way shares it; who asks later asks anew."""
    asked: list[int] = []
    going = threading.Event()

    def ask(_: HistoryQueries) -> int:
        asked.append(1)
        going.wait(60)
        return len(asked)

    askers = [history.ask(ask, key="k", hidden=NOBODY_HIDDEN) for _ in range(5)]
    other = history.ask(lambda _: 7, key="other", hidden=NOBODY_HIDDEN)
    assert other.result() == 7
    going.set()
    assert [asker.result() for asker in askers] == [1] * 5
    assert history.ask(ask, key="k", hidden=NOBODY_HIDDEN).result() == 2


def test_who_gives_up_does_so_alone(history: History) -> None:
    """Cancelling one of those who wait for an answer leaves it to the others."""
    going = threading.Event()
    askers: list[Future[bool]] = [
        history.ask(lambda _: going.wait(60), key="k", hidden=NOBODY_HIDDEN)
        for _ in range(2)
    ]
    assert askers[0].cancel()
    going.set()
    assert askers[1].result()
    with pytest.raises(CancelledError):
        askers[0].result()


def test_an_error_reaches_all_who_asked(history: History) -> None:
    """And the next question is answered."""
    going = threading.Event()

    def ask(_: HistoryQueries) -> int:
        going.wait(60)
        raise LookupError("nothing")

    askers = [history.ask(ask, key="k", hidden=NOBODY_HIDDEN) for _ in range(2)]
    going.set()
    for asker in askers:
        with pytest.raises(LookupError):
            asker.result()
    assert (
        history.ask(lambda queries: queries.rooms(), hidden=NOBODY_HIDDEN).result()
        == []
    )


def test_an_error_of_the_database_is_one_of_the_historys(history: History) -> None:
    """No caller needs to know SQLAlchemy, and no value is in the message."""

    def wrong(queries: HistoryQueries) -> None:
        queries._connection.execute(text("SELECT * FROM nowhere"))

    with pytest.raises(StoreUnavailable, match="no such table|does not exist"):
        history.ask(wrong, hidden=NOBODY_HIDDEN).result()
    writer = history._opened[2]
    with pytest.raises(StoreUnavailable, match="no such table|does not exist"):
        writer.submit(
            lambda connection, _: connection.execute(text("DELETE FROM nowhere"))
        ).result()
    assert history.append([live(NOON)]).result().stored == 1


def test_closing_finishes_what_was_handed_in(history: History) -> None:
    """Nothing that was accepted is dropped."""
    futures = [history.append([live(NOON + i * 300_000)]) for i in range(10)]
    history.close()
    assert all(future.result().stored == 1 for future in futures)
    assert not [t for t in threading.enumerate() if t.name.startswith("encore")]


def test_an_import_that_the_store_fails_says_so(
    history: History, tmp_path: Path
) -> None:
    """The future of the import has the error of the store; nothing of the slice is there."""
    path = zipped(tmp_path / "a.zip", {AUDIO: [row()]})
    history._opened[2].submit(
        lambda connection, _: connection.execute(text("DROP TABLE import_file"))
    ).result()
    with pytest.raises(StoreUnavailable, match="import_file"):
        history.import_export(path, ALVA).result()
    assert history.ask(
        lambda queries: queries.total(ALL), hidden=NOBODY_HIDDEN
    ).result() == Total(0, 0)


def test_closing_does_not_wait_for_ever_for_long_work_that_hangs(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When it comes back it meets a closed store, and writes nothing."""
    monkeypatch.setattr(background_thread, "_LAST_STEP_S", 0.1)
    hung, back = threading.Event(), threading.Event()

    def hang(task: background_thread.BackgroundTask) -> None:
        hung.set()
        back.wait()
        task.writer.submit(lambda connection, ingest: None)

    working = history._opened.background.submit(hang)
    hung.wait()
    history.close()
    assert not working.done()
    back.set()
    with pytest.raises(StoreClosed):
        working.result()


def test_closing_ends_a_pause_that_long_work_waits_in(history: History) -> None:
    """What cannot write while the history is held does not keep it from being closed."""
    writer = history._opened.writer
    history.append([live(NOON)]).result()
    history.hold().result()
    begun = threading.Event()
    rebuilding = history.rebuild(progress=lambda _done, _total: begun.set())
    assert begun.wait(60)
    closing = threading.Thread(target=history.close)
    closing.start()
    closing.join(10)
    stuck = closing.is_alive()
    writer.go_on()  # not to hang where it is stuck
    closing.join()
    assert not stuck
    assert rebuilding.done()


def test_who_no_longer_waits_for_a_pause_gets_none(
    history: History, caplog: pytest.LogCaptureFixture
) -> None:
    """The writer goes on, and has nothing to complain of."""
    going = threading.Event()
    history._opened.writer.submit(lambda _connection, _ingest: going.wait(60))
    assert history.hold().cancel()
    going.set()
    assert history.append([live(NOON)]).result(60).stored == 1
    assert not caplog.records
