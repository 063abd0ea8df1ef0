"""What the rows of an account mean is learned from its own plays, however Spotify dates them."""

from datetime import timedelta
from email.utils import format_datetime
from random import Random

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.encore.history.model import Item, Kind
from custom_components.encore.spotify.api.playback import RecentPlay, read_recent
from custom_components.encore.spotify.api.server_clock import ServerClock
from custom_components.encore.spotify.tracking.played_at import (
    EndedPlay,
    PlayedAtConvention,
    matched,
)
from custom_components.encore.spotify.tracking.recently_played_list import (
    RecentlyPlayedList,
)
from homeassistant.util import dt as dt_util
from tests.unit.spotify.looks import EVE, song

SECOND = 1000
LENGTH = 200 * SECOND


def evening(number: int) -> list[EndedPlay]:
    """Return songs that were heard out, one after another."""
    return [
        EndedPlay(song(f"{place}"), EVE + place * LENGTH, EVE + (place + 1) * LENGTH, LENGTH, True)
        for place in range(number)
    ]  # fmt: skip


def row(over: EndedPlay, played_at: int) -> RecentPlay:
    """Return the row of a play."""
    return RecentPlay(over.item, played_at, None, played_at)


@pytest.mark.parametrize("by_start", [False, True])
@pytest.mark.parametrize("late_s", [0, 2, 90])
def test_rows_come_to_lie_at_the_ends_of_plays(by_start: bool, late_s: int) -> None:
    """Whichever moment they are dated by, and however late they all are."""
    overs = evening(9)
    rows = [
        row(each, (each.started_at if by_start else each.ended_at) + late_s * SECOND)
        for each in overs
    ]
    dating = PlayedAtConvention()
    dating.learn(matched(rows[:7], overs[:7]))
    assert (dating.by_start, dating.slack_ms) == (by_start, 0)
    dated = dating.dated(rows[::-1], EVE + 20 * LENGTH)
    for found, over in zip(dated[::-1], overs, strict=True):
        assert abs(found.played_at - over.ended_at) <= 2 * SECOND


@pytest.mark.parametrize("by_start", [False, True])
def test_the_convention_is_learned_from_skips_too(by_start: bool) -> None:
    """Nobody saw their ends; the newest was over when the page was read."""
    overs = [
        EndedPlay(song(f"{place}"), EVE + place * 50 * SECOND, EVE + (place * 50 + 45) * SECOND, 45 * SECOND)
        for place in range(6)
    ]  # fmt: skip
    rows = [
        row(each, each.started_at if by_start else each.ended_at + 2 * SECOND)
        for each in overs
    ]
    dating = PlayedAtConvention()
    dating.learn(matched(rows, overs))
    assert dating.by_start is by_start
    newest = RecentPlay(song("new"), EVE + 300 * SECOND, None, EVE + 300 * SECOND)
    read_at = EVE + 340 * SECOND
    expected = read_at if by_start else newest.played_at
    assert dating.dated([newest], read_at)[0].played_at == expected


def test_rows_that_come_as_late_as_chance_wants_are_waited_for() -> None:
    """And they are inexact; a few seconds are neither."""
    chance, overs = Random(5), evening(12)
    rows = [row(each, each.ended_at + chance.randrange(120 * SECOND)) for each in overs]
    dating = PlayedAtConvention()
    dating.learn(matched(rows, overs))
    assert not dating.by_start
    assert 60 * SECOND < dating.slack_ms <= 120 * SECOND
    assert 60 * SECOND < dating.late_ms <= 150 * SECOND
    exact = PlayedAtConvention()
    exact.learn((row(each, each.ended_at - 900), each) for each in overs)
    assert (exact.slack_ms, exact.late_ms, exact.usual_ms) == (0, 0, 0)


def test_a_play_is_learned_from_once() -> None:
    """Its row stands in many answers."""
    overs = evening(3)
    dating = PlayedAtConvention()
    for _ in range(4):
        dating.learn((row(each, each.ended_at), each) for each in overs)
    assert dating.after_end == [0, 0, 0]


def test_a_row_of_another_release_is_the_same_play() -> None:
    """The player names one URI, recently played another of the same ISRC, and perhaps of other words."""
    one = Item("spotify:track:a", Kind.TRACK, "Song", ("Band",), "Album", LENGTH, "GB0")
    other = Item("spotify:track:b", Kind.TRACK, "Lied", ("X",), "Hits", LENGTH, "GB0")
    over = EndedPlay(one, EVE, EVE + LENGTH, LENGTH, True)
    late = RecentPlay(other, EVE + LENGTH + 2 * SECOND, None, 1)
    assert RecentlyPlayedList((late,)).besides([over]).rows == ()


def test_the_same_song_twice_has_two_rows() -> None:
    """Each play takes one, so that a third tells of a play that nobody saw."""
    item = song("again")
    overs = [EndedPlay(item, EVE, EVE + LENGTH, LENGTH), EndedPlay(item, EVE + LENGTH, EVE + 2 * LENGTH, LENGTH)]  # fmt: skip
    rows = tuple(
        RecentPlay(item, EVE + place * LENGTH + SECOND, None, place)
        for place in (1, 2, 3)
    )
    left = RecentlyPlayedList(rows).besides(overs).rows
    assert [each.listed_at for each in left] == [3]


@pytest.mark.parametrize("ahead_s", [-90, -5, 0, 5, 90])
def test_the_clock_of_spotify_is_compared_with_ours(
    ahead_s: int, freezer: FrozenDateTimeFactory
) -> None:
    """By the header `Date`; rows are read by our own clock."""
    clock = ServerClock()
    for _ in range(3):
        freezer.tick(1.3)
        now = dt_util.utcnow() + timedelta(seconds=ahead_s)
        clock.answered({"Date": format_datetime(now, usegmt=True)})
    assert abs(clock.ahead_ms - ahead_s * SECOND) < 700
    answer = {
        "items": [
            {
                "track": {"type": "track", "name": "A", "uri": "spotify:track:a"},
                "played_at": "2026-07-15T12:00:00Z",
            }
        ]
    }
    (read,) = read_recent(answer, clock.ahead_ms).plays
    assert read.listed_at - read.played_at == clock.ahead_ms


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Date": "yesterday"},
        {"Date": "Wed, 15 Jul 2026 12:00:00"},
        {"Date": "Wed, 15 Jul 2020 12:00:00 GMT", "Age": "30"},
    ],
)
def test_an_unknown_clock_is_taken_for_ours(headers: dict[str, str]) -> None:
    """No date, none that can be read, none with a zone, or one of a cache."""
    clock = ServerClock()
    clock.answered(headers)
    assert clock.ahead_ms == 0
