"""One listener hears one thing at a time: what is left of plays whose length is only assumed."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import pytest

from custom_components.encore.history.model import Item, Kind, Observation, Source

from .memory import (
    ALVA,
    BEN,
    NOON,
    OTHER,
    SECOND,
    SONG,
    Memory,
    exported,
    live,
    polled,
    sonos,
)

SONGS = [
    Item(
        f"spotify:track:skimmed{n}",
        Kind.TRACK,
        f"Skimmed {n}",
        ("Odd Lamp",),
        "",
        200_000,
    )
    for n in range(40)
]
THIRD = replace(SONG, uri="spotify:track:third", title="Third", isrc=None)


def lengths(store: Memory) -> list[tuple[str, int]]:
    """Return what was heard and for how long (s), the oldest first."""
    return [(play.item.title, play.ms_played // SECOND) for play in store.plays()]


def test_forty_songs_skimmed_in_twenty_minutes_are_twenty_minutes(
    store: Memory,
) -> None:
    """Each row says that its song was heard in full; together they took the time that they took."""
    store.append_each(
        [polled(NOON + n * 30 * SECOND, item=song) for n, song in enumerate(SONGS)]
    )
    first, *others = store.plays()
    assert first.ms_played == 200_000
    assert [play.ms_played for play in others] == [30_000] * 39


SKIMMED: Sequence[Observation] = (
    live(NOON, item=SONG),
    polled(NOON + 40 * SECOND, item=OTHER, ms=180_000),
    polled(NOON + 75 * SECOND, item=THIRD),
    live(NOON + 275 * SECOND, item=SONG),
)


@pytest.mark.parametrize("order", [*permutations(range(4))], ids=str)
def test_rows_between_watched_plays_get_the_time_between_them(
    store: Memory, order: tuple[int, ...]
) -> None:
    """In whatever order they arrive."""
    store.append_each([SKIMMED[place] for place in order])
    assert lengths(store) == [
        ("Slow Rivers", 200),
        ("Brass Morning", 40),
        ("Third", 35),
        ("Slow Rivers", 200),
    ]


def test_a_row_that_was_reported_late_ended_when_the_next_play_began(
    store: Memory,
) -> None:
    """Two songs skimmed, told a minute late, while the third was watched from its beginning."""
    store.append(
        live(NOON),
        polled(NOON + 90 * SECOND, item=OTHER, ms=180_000),
        polled(NOON + 120 * SECOND, item=THIRD),
        live(NOON + 260 * SECOND),
    )
    assert lengths(store) == [
        ("Slow Rivers", 200),
        ("Brass Morning", 30),
        ("Third", 30),
        ("Slow Rivers", 200),
    ]
    starts = [play.started_at for play in store.plays()]
    assert starts == [NOON - 200_000, NOON, NOON + 30_000, NOON + 60_000]


def test_what_sounded_in_a_pause_is_played(store: Memory) -> None:
    """A song in the ten minutes in which another stood still; and none where nothing stood still."""
    store.append(
        live(NOON, paused=600_000), polled(NOON - 60_000, item=OTHER, ms=180_000)
    )
    assert ("Brass Morning", 180) in lengths(store)
    store.append(live(NOON, ms=800_000, listener=BEN, item=THIRD))
    store.append(polled(NOON - 60_000, item=OTHER, ms=180_000, listener=BEN))
    bens = [play.ms_played for play in store.plays() if play.listener == BEN]
    assert sorted(bens) == [0, 800_000]


def test_others_take_no_time(store: Memory) -> None:
    """Neither another listener nor a speaker of which nobody knows who listens."""
    store.append(
        polled(NOON),
        live(NOON - 10 * SECOND, item=OTHER, listener=BEN),
        sonos(NOON - 20 * SECOND, item=THIRD),
    )
    (play,) = (play for play in store.plays() if play.listener == ALVA)
    assert play.ms_played == 200_000


def test_an_export_measures_what_was_assumed(store: Memory) -> None:
    """It is clipped no more, and then clips what comes after."""
    store.append(polled(NOON), polled(NOON + 30 * SECOND, item=OTHER, ms=180_000))
    assert lengths(store) == [("Slow Rivers", 200), ("Brass Morning", 30)]
    store.append(exported(NOON + 30 * SECOND, item=OTHER, ms=29_000))
    assert lengths(store) == [("Slow Rivers", 200), ("Brass Morning", 29)]


@pytest.mark.parametrize("seconds", [-7, 7, 150])
def test_the_same_row_again_is_the_same_play(store: Memory, seconds: int) -> None:
    """A song cannot be heard twice in less time than it needs."""
    store.append(polled(NOON))
    store.append(polled(NOON + seconds * SECOND))
    (play,) = store.plays()
    assert play.ms_played == 200_000
    assert play.sources == {Source.POLLED}
    assert play.ended_at == NOON + max(0, seconds) * SECOND
    store.forget_plays([play])
    store.purge()
    assert store.count("observation") == 0


def test_a_song_on_repeat_is_each_of_its_plays(store: Memory) -> None:
    """Also where it fades into itself."""
    store.append(*(polled(NOON + n * 190 * SECOND) for n in range(4)))
    assert [play.ms_played for play in store.plays()] == [200_000, *[190_000] * 3]


def test_two_rows_of_two_watched_plays_stay_two(store: Memory) -> None:
    """What was seen twice in less time than it needs was begun again."""
    ends = (NOON, NOON + 40 * SECOND)
    store.append(*(polled(end + SECOND) for end in ends))
    assert len(store.plays()) == 1
    store.append(*(live(end, ms=40_000) for end in ends))
    assert [play.sources for play in store.plays()] == [
        {Source.LIVE, Source.POLLED}
    ] * 2


@pytest.mark.parametrize("late", [2, 89, 120, 150])
@pytest.mark.parametrize(
    "other",
    [
        replace(SONG, uri="spotify:track:relinked", title="Rivers, Slow"),
        replace(SONG, uri="spotify:track:relinked", isrc=None),
    ],
    ids=["isrc", "names"],
)
def test_a_relinked_track_is_one_play_however_late_it_is_reported(
    store: Memory, late: int, other: Item
) -> None:
    """The player names one URI, recently played another of the same recording."""
    store.append(live(NOON, ms=60_000))
    store.append(polled(NOON + late * SECOND, item=other))
    (play,) = store.plays()
    assert play.sources == {Source.LIVE, Source.POLLED}
    assert play.ms_played == 60_000
