"""What a play rests on, as it is told: each observation, and what the play has from it."""

from collections.abc import Sequence

import pytest

from custom_components.encore.history.model import Play, Source
from custom_components.encore.history.queries.history_queries import HistoryQueries
from custom_components.encore.history.queries.play_ids import PlayId
from custom_components.encore.history.queries.play_sources import (
    CERTAINTY,
    Certainty,
    Contributed,
    Evidence,
)

from .memory import (
    ALL,
    ALVA,
    BEN,
    DAY,
    HOUR,
    KITCHEN,
    MINUTE,
    NOON,
    OTHER,
    PHONE,
    SECOND,
    SPEAKER,
    THE_HOUSEHOLD,
    Memory,
    exported,
    live,
    polled,
    sonos,
    span,
)
from .years import years

PLAYED_IN_KITCHEN = span(KITCHEN, NOON - 200 * SECOND, NOON)


def only_play(store: Memory) -> tuple[HistoryQueries, Play]:
    """Return the read side, and the one play that there is."""
    queries = store.queries()
    [found] = queries.plays(ALL, min_ms=0)
    return queries, found


def test_a_play_that_three_saw_has_something_from_each(store: Memory) -> None:
    """Times and context from who watched, length and skips from Spotify's books, rooms from the speakers."""
    store.append(
        live(NOON, device=PHONE, context_uri="spotify:album:x"),
        sonos(NOON + SECOND, rooms=(PLAYED_IN_KITCHEN,), device=SPEAKER),
        exported(
            NOON, ms=199_000, reason_start="clickrow", reason_end="fwdbtn", shuffle=True
        ),
    )
    queries, play = only_play(store)
    watched, speaker, books = queries.evidence_of(play)
    assert [one.source for one in (watched, speaker, books)] == [
        Source.LIVE,
        Source.SONOS,
        Source.EXPORT,
    ]
    assert set(watched.contributed) == {
        Contributed.LISTENER,
        Contributed.ITEM,
        Contributed.TIMES,
        Contributed.DEVICE,
        Contributed.CONTEXT,
    }
    assert speaker.contributed == (Contributed.ROOMS,)
    assert set(books.contributed) == {Contributed.LENGTH, Contributed.SKIPPED}
    assert (speaker.listener, speaker.rooms) == ("Household", ("Kitchen",))
    assert (books.reason_start, books.reason_end) == ("clickrow", "fwdbtn")
    assert (books.skipped, books.shuffle, play.skipped) == (True, True, True)
    assert (books.ms_played, play.ms_played) == (199_000, 199_000)
    assert (watched.started_at, watched.ended_at) == (play.started_at, play.ended_at)
    assert (watched.device, play.device) == ("Alva's phone", PHONE)
    assert watched.certainty is Certainty.WATCHED
    assert books.certainty is Certainty.SECOND


SEEN = (
    live(NOON, device=PHONE),
    polled(NOON + MINUTE // 2, context_uri="spotify:playlist:y"),
    sonos(NOON, rooms=(PLAYED_IN_KITCHEN,)),
    exported(NOON, ms=120_000),
)


def agree(play: Play, reported: Sequence[Evidence]) -> None:
    """Check that what is said to be from a source is what that source said."""
    assert {one.source for one in reported} == play.sources
    assert len(reported) == len(play.sources)
    by = {what: one for one in reported for what in one.contributed}
    assert by[Contributed.TIMES].ended_at == play.ended_at
    assert by[Contributed.LENGTH].ms_played == play.ms_played
    assert by[Contributed.ITEM].uri == play.item.uri
    rooms = [span.room.name for span in play.rooms]
    assert (Contributed.ROOMS in by) == bool(rooms)
    if rooms:
        assert set(by[Contributed.ROOMS].rooms) == set(rooms)
    for what, name, value in (
        (Contributed.CONTEXT, "context_uri", play.context_uri),
        (Contributed.DEVICE, "device", play.device and play.device.name),
        (Contributed.SKIPPED, "skipped", play.skipped),
        (
            Contributed.LISTENER,
            "listener",
            None if play.listener == THE_HOUSEHOLD else play.listener.name,
        ),
    ):
        assert (getattr(by[what], name) if what in by else None) == value


@pytest.mark.parametrize("left_out", range(len(SEEN)))
def test_without_one_of_them_others_are_believed(store: Memory, left_out: int) -> None:
    """Whoever saw it."""
    store.append(*(one for number, one in enumerate(SEEN) if number != left_out))
    queries, play = only_play(store)
    agree(play, queries.evidence_of(play))


def test_in_a_history_of_years_each_play_rests_on_its_sources(store: Memory) -> None:
    """And has from each what it is said to have."""
    store.append(*years(400))
    queries = store.queries()
    plays = queries.plays(ALL, min_ms=0)
    assert len(plays) > 200
    for play in plays:
        agree(play, queries.evidence_of(play))


def test_what_was_paused_for_long_is_found(store: Memory) -> None:
    """Its end lies hours after what another source says."""
    store.append(
        live(NOON + 3 * HOUR, ms=200_000, paused=3 * HOUR),
        exported(NOON + 3 * HOUR, ms=200_000),
    )
    queries, play = only_play(store)
    agree(play, queries.evidence_of(play))


def test_a_play_is_known_by_its_id(store: Memory) -> None:
    """Also one that is too short to count; another at the same moment is not it."""
    store.append(
        live(NOON, ms=5_000),
        live(NOON, ms=5_000, listener=BEN, item=OTHER),
    )
    queries = store.queries()
    for play in queries.plays(ALL, min_ms=0):
        assert queries.play_of_id(PlayId.of(play)) == play
    removed = PlayId(NOON - 5_000, "00000000")
    assert queries.play_of_id(removed) is None
    assert queries.play_of_id(removed._replace(started_at=NOON + DAY)) is None


def test_who_may_not_hear_of_a_listener_knows_no_play_of_theirs(store: Memory) -> None:
    """By its id either."""
    store.append(live(NOON))
    queries, play = only_play(store)
    reported = HistoryQueries(store.connection, frozenset({ALVA.key}))
    assert reported.play_of_id(PlayId.of(play)) is None
    assert queries.play_of_id(PlayId.of(play)) == play


def test_a_play_that_is_gone_meanwhile_rests_on_nothing(store: Memory) -> None:
    """It was forgotten after it was read."""
    store.append(live(NOON))
    _, play = only_play(store)
    store.forget(listener=ALVA.key)
    assert store.queries().evidence_of(play) == []


def test_each_source_has_a_certainty() -> None:
    """A new one must say how well it knows."""
    assert CERTAINTY.keys() == set(Source)
