"""What the read side answers, with each of its filters."""

from dataclasses import replace

import pytest

from custom_components.encore.history.model import (
    Item,
    Kind,
    Observation,
    Source,
    TopEntry,
    TopOf,
    Total,
    Window,
)
from custom_components.encore.history.queries.history_queries import HistoryQueries
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN

from .memory import (
    ALL,
    ALVA,
    BEN,
    DAY,
    EPISODE,
    KITCHEN,
    MINUTE,
    NOON,
    OTHER,
    PHONE,
    SONG,
    SPEAKER,
    STUDY,
    THE_HOUSEHOLD,
    Memory,
    exported,
    live,
    polled,
    sonos,
    span,
)


@pytest.fixture
def queries(store: Memory) -> HistoryQueries:
    """Give the read side of the store."""
    return HistoryQueries(store.connection, NOBODY_HIDDEN)


def started(observation: Observation) -> int:
    """Return when an observation began."""
    return observation.started_at


def test_an_empty_store_answers(queries: HistoryQueries) -> None:
    """Nothing is known, and that is an answer."""
    assert [queries.listeners(), queries.rooms(), queries.devices()] == [[], [], []]
    assert queries.plays(ALL) == queries.playing_at(NOON) == []
    assert queries.total(ALL) == Total(0, 0)
    assert [queries.top(ALL, of) for of in TopOf] == [[]] * len(TopOf)
    assert queries.recorded_from() is None


def test_a_play_is_in_the_window_in_which_it_started(
    store: Memory, queries: HistoryQueries
) -> None:
    """Windows are half-open, so that a play is in exactly one of two that meet."""
    one = live(NOON)
    store.append(one)
    start = started(one)
    assert len(queries.plays(Window(start, start + 1))) == 1
    assert queries.plays(Window(start - DAY, start)) == []
    assert queries.plays(Window(start + 1, NOON + DAY)) == []
    assert queries.total(Window(start, start + 1)) == Total(1, 200_000)


def test_a_play_is_whole_again(store: Memory, queries: HistoryQueries) -> None:
    """Item, listener, device, context, rooms in their order: all that was said."""
    rooms = (
        span(STUDY, NOON - 200_000, NOON - 50_000),
        span(KITCHEN, NOON - 150_000, NOON),
    )
    store.append(
        live(
            NOON,
            device=PHONE,
            context_uri="spotify:playlist:x",
            rooms=rooms,
            skipped=True,
        )
    )
    [play] = queries.plays(ALL)
    assert (play.item, play.listener, play.device) == (SONG, ALVA, PHONE)
    assert (play.rooms, play.context_uri, play.skipped) == (
        rooms,
        "spotify:playlist:x",
        True,
    )


def test_plays_come_newest_first_by_default(
    store: Memory, queries: HistoryQueries
) -> None:
    """And a limit keeps the first of them."""
    store.append(*(live(NOON + i * DAY) for i in range(3)))
    newest = [play.ended_at for play in queries.plays(ALL)]
    assert newest == [NOON + 2 * DAY, NOON + DAY, NOON]
    assert [play.ended_at for play in queries.plays(ALL, newest_first=False)] == newest[
        ::-1
    ]
    assert [play.ended_at for play in queries.plays(ALL, limit=1)] == newest[:1]


def test_filters_narrow_all_questions_alike(
    store: Memory, queries: HistoryQueries
) -> None:
    """Listeners, room, devices and least length; unknown keys match nothing."""
    store.append(
        live(NOON, device=PHONE),
        live(NOON + DAY, listener=BEN, device=SPEAKER, ms=31_000),
        sonos(NOON + 2 * DAY, rooms=(span(KITCHEN, NOON, NOON + 2 * DAY),)),
        live(NOON + 3 * DAY, ms=29_999),
    )
    for filters, plays, ms in (
        ({}, 3, 431_000),
        ({"listeners": [ALVA.key]}, 1, 200_000),
        ({"listeners": [ALVA.key, BEN.key]}, 2, 231_000),
        ({"listeners": []}, 0, 0),
        ({"listeners": ["spotify:nobody"]}, 0, 0),
        ({"devices": [PHONE.key]}, 1, 200_000),
        ({"devices": [PHONE.key, SPEAKER.key, "no device"]}, 2, 231_000),
        ({"devices": []}, 0, 0),
        ({"rooms": [KITCHEN.key]}, 1, 200_000),
        ({"rooms": ["no room"]}, 0, 0),
        ({"min_ms": 0}, 4, 460_999),
        ({"min_ms": 31_001}, 2, 400_000),
    ):
        assert queries.total(ALL, **filters) == Total(plays, ms)
        assert len(queries.plays(ALL, **filters)) == plays
        top = queries.top(ALL, TopOf.TRACKS, **filters)
        assert sum(entry.total.plays for entry in top) == plays


def test_top_tracks_artists_and_albums(store: Memory, queries: HistoryQueries) -> None:
    """By plays, then time; a track counts for each of its artists."""
    store.append(
        *(live(NOON + i * DAY) for i in range(2)),
        *(live(NOON + i * DAY, item=OTHER) for i in range(2, 5)),
    )
    assert queries.top(ALL, TopOf.TRACKS) == [
        TopEntry("Brass Morning", "Odd Lamp", OTHER.uri, Total(3, 600_000)),
        TopEntry("Slow Rivers", "Ilse Vann", SONG.uri, Total(2, 400_000)),
    ]
    assert queries.top(ALL, TopOf.ARTISTS) == [
        TopEntry("Odd Lamp", "Odd Lamp", None, Total(3, 600_000)),
        TopEntry("Ilse Vann", "Ilse Vann", None, Total(2, 400_000)),
        TopEntry("Tor", "Tor", None, Total(2, 400_000)),
    ]
    assert queries.top(ALL, TopOf.ALBUMS, limit=1) == [
        TopEntry("Yard", "Odd Lamp", None, Total(3, 600_000))
    ]


def test_tops_of_equal_plays_go_by_time_then_name(
    store: Memory, queries: HistoryQueries
) -> None:
    """The order of a top list never changes by itself."""
    names = ["b", "a", "c"]
    items = [
        Item(f"spotify:track:{name}", Kind.TRACK, name, ("X",), "Y") for name in names
    ]
    store.append(
        *(
            live(NOON + i * DAY, item=item, ms=90_000 if item.title == "c" else 60_000)
            for i, item in enumerate(items)
        )
    )
    assert [entry.name for entry in queries.top(ALL, TopOf.TRACKS)] == ["c", "a", "b"]


def test_tops_are_of_music(store: Memory, queries: HistoryQueries) -> None:
    """A podcast is heard, but it is no track, and its show no artist."""
    store.append(live(NOON, item=EPISODE))
    assert queries.total(ALL).plays == 1
    ranked = {of for of in TopOf if queries.top(ALL, of)}
    assert ranked == {TopOf.SHOWS, TopOf.SOURCES}


def test_a_track_without_album_or_artist(
    store: Memory, queries: HistoryQueries
) -> None:
    """What a source does not say is empty, not missing."""
    bare = Item("spotify:track:bare", Kind.TRACK, "Bare", ())
    store.append(live(NOON, item=bare))
    assert queries.plays(ALL)[0].item == bare
    assert queries.top(ALL, TopOf.TRACKS) == [
        TopEntry("Bare", "", bare.uri, Total(1, 200_000))
    ]
    assert queries.top(ALL, TopOf.ALBUMS) == []


def test_what_was_playing_at_a_moment(store: Memory, queries: HistoryQueries) -> None:
    """From its start up to, and without, its end; short plays too; for each listener."""
    store.append(
        live(NOON, ms=10_000), live(NOON + 5_000, listener=BEN, item=OTHER, ms=10_000)
    )
    assert [p.listener for p in queries.playing_at(NOON - 1)] == [BEN, ALVA]
    assert [p.listener for p in queries.playing_at(NOON)] == [BEN]
    assert [p.listener for p in queries.playing_at(NOON - 10_000)] == [ALVA]
    assert queries.playing_at(NOON - 10_001) == queries.playing_at(NOON + 5_000) == []
    assert queries.playing_at(NOON - 1, listeners=[ALVA.key])[0].listener == ALVA


def test_what_was_playing_in_a_room_at_a_moment(
    store: Memory, queries: HistoryQueries
) -> None:
    """Only while it sounded there."""
    rooms = (
        span(KITCHEN, NOON - 200_000, NOON - 100_000),
        span(STUDY, NOON - 100_000, NOON),
    )
    store.append(sonos(NOON, rooms=rooms))
    moment = NOON - MINUTE
    assert queries.playing_at(moment, rooms=[KITCHEN.key]) == []
    assert len(queries.playing_at(moment, rooms=[STUDY.key])) == 1
    assert len(queries.playing_at(moment)) == 1


def test_newest_and_first_that_is_known(store: Memory, queries: HistoryQueries) -> None:
    """By listener and source; the household has its own."""
    store.append(
        live(NOON), polled(NOON + DAY), exported(NOON - DAY, listener=BEN), sonos(NOON)
    )
    assert store.operational().newest(ALVA.key, Source.LIVE) == NOON
    assert store.operational().newest(ALVA.key, Source.POLLED) == NOON + DAY
    assert store.operational().newest(BEN.key, Source.LIVE) is None
    assert store.operational().newest(THE_HOUSEHOLD.key, Source.SONOS) == NOON
    assert queries.recorded_from() == NOON - DAY - 200_000
    assert queries.recorded_from([ALVA.key]) == NOON - 200_000
    assert queries.recorded_from(["spotify:nobody"]) is None


def test_who_and_what_is_known(store: Memory, queries: HistoryQueries) -> None:
    """By name; a name that changed is the new one everywhere."""
    store.append(
        live(NOON, listener=BEN, device=SPEAKER),
        live(NOON, device=PHONE, rooms=(span(STUDY, NOON, NOON),)),
        live(NOON + DAY, rooms=(span(KITCHEN, NOON, NOON + 1),)),
    )
    renamed = replace(BEN, name="Aaron")
    store.append(live(NOON + DAY, listener=renamed))
    assert queries.listeners() == [renamed, ALVA]
    assert queries.rooms() == [KITCHEN, STUDY]
    assert queries.devices() == [PHONE, SPEAKER]
    assert {play.listener for play in queries.plays(ALL)} == {renamed, ALVA}
