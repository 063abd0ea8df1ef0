"""All plays can be derived anew from the observations, slice by slice, while everything else goes on."""

import threading

import pytest

from custom_components.encore.history.history import History
from custom_components.encore.history.ingest import rebuild as rebuilding
from custom_components.encore.history.ingest.rebuild import Rebuild
from custom_components.encore.history.model import Appended, Play, Source
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN

from .memory import (
    ALL,
    ALVA,
    BEN,
    DAY,
    HOUR,
    KITCHEN,
    NOON,
    OTHER,
    SECOND,
    Memory,
    content,
    exported,
    live,
    polled,
    sonos,
    span,
)

LIFE = [
    live(NOON, rooms=(span(KITCHEN, NOON - 200_000, NOON),)),
    exported(NOON + SECOND),
    sonos(NOON + 2 * SECOND),
    live(NOON + HOUR, listener=BEN),
    polled(NOON + HOUR + SECOND, listener=BEN),
    exported(NOON + DAY, item=OTHER),
    live(NOON + DAY, item=OTHER),
    sonos(NOON + 2 * DAY, item=OTHER),
]


@pytest.fixture(autouse=True)
def small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at few observations and plays together, so that their number means nothing."""
    monkeypatch.setattr(rebuilding, "_AT_ONCE", 2)
    monkeypatch.setattr(rebuilding, "_PLAYS_AT_ONCE", 2)


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM play",
        "UPDATE play SET ms_played = 1, sources = 4, track = 2 WHERE id = 1",
        "UPDATE observation SET play = NULL",
        "UPDATE observation SET play = 1",
        "DELETE FROM play_room",
        """INSERT INTO play
        SELECT 99, listener, 1, track, 2, 3, 8, NULL, NULL, NULL FROM play WHERE id = 1""",
    ],
)
def test_whatever_became_of_plays_they_are_as_the_observations_say(
    store: Memory, harm: str
) -> None:
    """Plays that are gone, wrong, not theirs, or rest on nothing."""
    store.append_each(LIFE)
    expected = content(store.plays())
    with store.connection.begin():
        store.connection.exec_driver_sql(harm)
    assert store.rebuild() > 0
    assert content(store.plays()) == expected
    assert store.rebuild() == 0


def test_what_arrives_in_between_is_part_of_it(store: Memory) -> None:
    """After each slice, before and behind where it is."""
    late = [
        exported(NOON + HOUR, listener=BEN),
        exported(NOON - DAY),
        polled(NOON + DAY + SECOND, item=OTHER),
        live(NOON + 2 * DAY + SECOND, item=OTHER),
        live(NOON + 9 * DAY),
    ]
    store.append(*LIFE)
    with store.connection.begin():
        store.connection.exec_driver_sql("UPDATE play SET ms_played = 1")
    rebuild = Rebuild()
    more, waiting = True, list(late)
    while more:
        with store.connection.begin():
            more = rebuild.step(store.connection, store.ingest)
        if waiting:
            store.append(waiting.pop())
    assert not waiting
    after = content(store.plays())
    assert store.rebuild() == 0
    store.connection.rollback()
    assert content(store.plays()) == after
    assert {play.ms_played for play in store.plays()} == {200_000}


def plays_of(history: History) -> list[Play]:
    """Return all plays, the oldest first."""
    return history.ask(
        lambda queries: queries.plays(ALL, min_ms=0, newest_first=False),
        hidden=NOBODY_HIDDEN,
    ).result()


def test_progress_is_reported_and_answers_follow(history: History) -> None:
    """How many observations of all were gone through, up to the last; the columns are as the store."""
    history.append(LIFE).result()
    reported: list[tuple[int, int]] = []
    rebuilt = history.rebuild(progress=lambda *now: reported.append(now)).result()
    assert (rebuilt.observations, rebuilt.changed) == (len(LIFE), 0)
    assert reported == sorted(reported)
    assert reported[-1] == (len(LIFE), len(LIFE))
    assert (
        history.ask(lambda queries: queries.total(ALL, min_ms=0), hidden=NOBODY_HIDDEN)
        .result()
        .plays
        == 4
    )


def test_it_stops_where_it_is_when_cancelled(history: History) -> None:
    """What is there is whole, and the next one goes through all of it."""
    history.append(LIFE).result()
    before = plays_of(history)
    cancelled = threading.Event()

    def stop(done: int, _total: int) -> None:
        if done:
            cancelled.set()

    stopped = history.rebuild(progress=stop, cancelled=cancelled).result()
    assert stopped.cancelled
    assert 0 < stopped.observations < len(LIFE)
    assert plays_of(history) == before
    assert history.rebuild().result().observations == len(LIFE)


def test_recording_does_not_wait_for_it(history: History) -> None:
    """An append that comes in the middle is done before the rebuild is."""
    history.append(LIFE).result()
    appended: list[Appended] = []

    def record(done: int, _total: int) -> None:
        if done and not appended:
            appended.append(
                history.append([live(NOON + 9 * DAY, listener=ALVA)]).result()
            )
            assert done < len(LIFE)

    history.rebuild(progress=record).result()
    assert appended[0].plays_new == 1
    assert plays_of(history)[-1].sources == {Source.LIVE}
