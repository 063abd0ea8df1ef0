"""How loud rooms were: stored beside what was heard there, told with it, and gone with it."""

from itertools import pairwise
from typing import Any

from hypothesis import given, strategies as st
import msgspec
import pytest

from custom_components.encore.history.deletion.purge import Old
from custom_components.encore.history.imports.own_format import OwnRow, exported_plays
from custom_components.encore.history.model import (
    Kind,
    Loudness,
    Observation,
    Play,
    Room,
    Window,
)
from custom_components.encore.history.queries.play_rows import volumes_from
from custom_components.encore.history.records.deletion_rules import Rule
from custom_components.encore.history.records.import_report import Skipped
from tests.unit.history.memory import (
    ALVA,
    DAY,
    HOUR,
    KITCHEN,
    LATER,
    MINUTE,
    NOON,
    OTHER,
    SECOND,
    SONG,
    STUDY,
    THE_HOUSEHOLD,
    Memory,
    live,
    sonos,
    span,
)

from .test_export import exported, fresh, imported


def loud(end: int, *volumes: tuple[Room, int, int], **more: Any) -> Observation:
    """Return what a speaker says of a song in the kitchen, with volumes at so many seconds after its start."""
    start = end - 200_000
    reported = tuple(
        Loudness(room, start + at * SECOND, to) for room, at, to in volumes
    )
    rooms = more.pop("rooms", (span(KITCHEN, start, end),))
    return sonos(end, rooms=rooms, volumes=reported, **more)


def sounded(
    store: Memory, window: Window | None = None, limit: int = 100, **filters: Any
) -> list[Play]:
    """Return what sounded in a window, of the whole day unless told otherwise."""
    around = window or Window(NOON - DAY, NOON + DAY)
    return store.queries().sounded_in(around, limit=limit, **filters)


def reported(play: Play) -> list[tuple[str, int, int]]:
    """Return how loud the rooms of a play were: room, seconds since its start, percent."""
    return [
        (each.room.name, (each.at - play.started_at) // SECOND, each.percent)
        for each in play.volumes
    ]


def test_a_play_reports_how_loud_its_rooms_were(store: Memory) -> None:
    """When it began in each, and each time that changed; also where an account names the listener."""
    rooms = (span(KITCHEN, NOON - 200_000, NOON), span(STUDY, NOON - 80_000, NOON))
    volumes = (KITCHEN, 0, 20), (KITCHEN, 60, 35), (STUDY, 120, 10)
    store.append(loud(NOON, *volumes, rooms=rooms), live(NOON - SECOND))
    (play,) = sounded(store)
    assert play.listener == ALVA
    assert [(one.room.name, one.percent) for one in play.volumes] == [
        ("Kitchen", 20),
        ("Kitchen", 35),
        ("Study", 10),
    ]
    assert play.volumes[1].at == NOON - 140_000


def test_what_no_source_reported_is_not_made_up(store: Memory) -> None:
    """Neither of a play without rooms, nor of a room whose volume is from a play long before."""
    store.append(loud(NOON, (KITCHEN, 0, 40)), live(NOON + HOUR))
    quiet = sonos(NOON + 2 * HOUR, rooms=(span(KITCHEN, NOON + HOUR, NOON + 2 * HOUR),))
    store.append(quiet)
    assert [reported(play) for play in sounded(store)] == [[("Kitchen", 0, 40)], [], []]


def test_what_held_shortly_before_holds_at_the_beginning(store: Memory) -> None:
    """A play whose start the account knows better than the speaker."""
    early = span(KITCHEN, NOON - 198_000, NOON)
    store.append(loud(NOON, (KITCHEN, 0, 25), (KITCHEN, 90, 30), rooms=(early,)))
    (play,) = sounded(store)
    assert [(one.at, one.percent) for one in play.volumes] == [
        (NOON - 198_000, 25),
        (NOON - 110_000, 30),
    ]


def test_what_sounded_in_a_window_began_in_it_or_went_on_in_it(store: Memory) -> None:
    """In order, repeats and all; in the rooms that are asked for; as many as are asked for."""
    store.append(
        loud(NOON),
        loud(NOON + 5 * MINUTE, (KITCHEN, 0, 30)),
        loud(NOON + 10 * MINUTE, item=OTHER),
        sonos(NOON + 15 * MINUTE, rooms=(span(STUDY, NOON, NOON + 15 * MINUTE),)),
        sonos(NOON + 16 * MINUTE, item=OTHER, ms=20_000),
    )
    late = Window(NOON + 4 * MINUTE, NOON + HOUR)
    found = sounded(store, late)
    assert [play.item for play in found] == [SONG, OTHER, SONG]
    assert [one.percent for one in found[0].volumes] == [30]
    kitchen = sounded(store, late, rooms=[KITCHEN.key])
    assert [play.item for play in kitchen] == [SONG, OTHER]
    assert sounded(store, late, limit=2) == found[:2]
    assert len(sounded(store, late, min_ms=0)) == 4
    assert len(sounded(store)) == 4


def test_what_is_reported_twice_is_stored_once(store: Memory) -> None:
    """Also twice of one room and moment."""
    store.append(loud(NOON, (KITCHEN, 0, 20), (KITCHEN, 0, 30)))
    store.append(loud(NOON, (KITCHEN, 0, 50)))
    assert store.count("observation_volume") == 1
    assert reported(sounded(store)[0]) == [("Kitchen", 0, 30)]


@pytest.mark.parametrize("percent", [-1, 101])
def test_no_room_is_louder_than_all_or_quieter_than_nothing(
    store: Memory, percent: int
) -> None:
    """Such an observation is refused as a whole."""
    with pytest.raises(ValueError, match="cannot be"):
        store.append(loud(NOON, (KITCHEN, 0, percent)))
    assert store.count("observation") == 0


@pytest.mark.parametrize(
    "rule",
    [
        {"room": KITCHEN.key},
        {"start": NOON - HOUR, "end": NOON + HOUR},
        {"track": SONG.uri},
        {"listener": THE_HOUSEHOLD.key},
    ],
)
def test_forgetting_a_play_takes_its_volumes(
    store: Memory, rule: dict[str, Any]
) -> None:
    """They are hidden with it at once, come back with it, and are removed with it."""
    store.append(loud(NOON, (KITCHEN, 0, 20), (KITCHEN, 60, 30)))
    before = sounded(store)
    forgotten = store.forget(**rule)
    assert sounded(store) == []
    store.undo(forgotten.id)
    assert [reported(play) for play in sounded(store)] == [
        reported(play) for play in before
    ]
    store.forget(**rule)
    store.purge()
    assert store.count("observation_volume") == 0


def test_what_stays_keeps_its_volumes(store: Memory) -> None:
    """Another play of the same room."""
    store.append(
        loud(NOON, (KITCHEN, 0, 20)), loud(NOON + HOUR, (KITCHEN, 0, 30), item=OTHER)
    )
    store.forget(track=SONG.uri)
    store.purge()
    assert [reported(play) for play in sounded(store)] == [[("Kitchen", 0, 30)]]


def test_what_has_grown_too_old_takes_its_volumes(store: Memory) -> None:
    """By the days that plays of its kind are kept."""
    store.append(
        loud(NOON, (KITCHEN, 0, 20)), loud(NOON + DAY, (KITCHEN, 0, 30), item=OTHER)
    )
    old = Old(Rule(kind=Kind.TRACK, end=NOON + HOUR), LATER)
    more = True
    while more:
        with store.writing() as connection:
            more = old.step(connection, store.ingest)
    assert store.count("observation_volume") == 1


def test_an_export_brings_volumes_back(store: Memory) -> None:
    """Into an empty home; in its own they are known."""
    store.append(loud(NOON, (KITCHEN, 0, 20), (KITCHEN, 60, 30)), live(NOON))
    before, rows = sounded(store), exported(store)
    imported(store, rows)
    assert store.count("observation_volume") == 2
    with fresh(store) as home:
        imported(home, rows)
        assert [reported(play) for play in sounded(home)] == [reported(before[0])]


def test_an_export_that_was_edited_brings_no_volume_that_cannot_be(
    store: Memory,
) -> None:
    """A row with one is not read, or skipped with its reason; none of it reaches the store."""
    store.append(loud(NOON, (KITCHEN, 0, 20)))
    (row,) = exported(store, THE_HOUSEHOLD)
    reported = msgspec.json.decode(row)
    (volume,) = reported["encore_observations"][0]["volumes"]
    volume["at"] = 5
    assert exported_plays([msgspec.convert(reported, OwnRow)]) == (
        [],
        {Skipped.IMPOSSIBLE_TIME: 1},
    )
    volume |= {"at": NOON, "percent": 300}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(reported, OwnRow)


def test_volumes_are_in_range_and_go_with_their_play(store: Memory) -> None:
    """The table itself refuses others."""
    store.append(loud(NOON, (KITCHEN, 0, 20)))
    assert reported(sounded(store)[0]) == [("Kitchen", 0, 20)]
    with pytest.raises(Exception, match=r"(?i)check"):  # noqa: SIM117
        with store.writing() as connection:
            connection.exec_driver_sql("UPDATE observation_volume SET percent = 101")
    store.forget(room=KITCHEN.key)
    store.purge()
    assert store.count("observation_volume") == 0


@given(
    st.lists(
        st.tuples(st.integers(0, 100), st.integers(0, 100)),
        unique_by=lambda each: each[0],
    ),
    st.integers(0, 100),
)
def test_a_room_is_reported_once_for_each_change(
    reported: list[tuple[int, int]], start: int
) -> None:
    """From its start on, in order, no two in a row alike, and the last as it was last told."""
    reported.sort()
    found = volumes_from(KITCHEN, start, reported)
    assert bool(found) == bool(reported)
    if reported:
        assert found[0].at == start
        assert found[-1].percent == reported[-1][1]
    moments = [one.at for one in found]
    assert moments == sorted(set(moments))
    assert all(one.percent != other.percent for one, other in pairwise(found))
