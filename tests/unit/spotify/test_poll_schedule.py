"""A player is looked at when something can have changed, and else seldom."""

from dataclasses import replace

from hypothesis import given, strategies as st
import pytest

from custom_components.encore.spotify.api.playback import Playback
from custom_components.encore.spotify.tracking.poll_schedule import PollSchedule
from tests.unit.spotify.looks import EVE, PHONE, episode, song

MINUTE = 60_000
IDLE = Playback(EVE)
PLAYING = Playback(EVE, True, song("A"), 50_000, PHONE)


def later(look: Playback, ms: int) -> Playback:
    """Return the same look, later."""
    return replace(look, seen_at=look.seen_at + ms)


def test_a_track_is_looked_at_a_second_after_its_end() -> None:
    """Then the next one shows."""
    assert PollSchedule().looked(PLAYING) == 151_000


def test_something_long_is_looked_at_every_seven_minutes() -> None:
    """Somebody may have paused it."""
    assert (
        PollSchedule().looked(replace(PLAYING, item=episode("E"), progress_ms=0))
        == 7 * MINUTE
    )


def test_an_idle_player_is_looked_at_every_seven_then_fifteen_minutes() -> None:
    """Fifteen once nobody has played for 35 minutes; as before as soon as somebody does."""
    looking = PollSchedule()
    waits = [looking.looked(later(IDLE, minute * MINUTE)) for minute in range(0, 80, 7)]
    assert waits == [7 * MINUTE] * 5 + [15 * MINUTE] * 7
    looking.looked(later(PLAYING, 90 * MINUTE))
    paused = replace(later(PLAYING, 93 * MINUTE), playing=False)
    assert looking.looked(paused) == 7 * MINUTE


@pytest.mark.parametrize(
    "unclear",
    [
        replace(PLAYING, item=None),
        replace(PLAYING, progress_ms=None),
        replace(PLAYING, item=replace(song("A"), duration_ms=None)),
    ],
)
def test_what_does_not_say_when_it_ends_is_looked_at_ever_more_seldom(
    unclear: Playback,
) -> None:
    """An advertisement is over soon; a player that never tells is not asked all the time."""
    looking = PollSchedule()
    waits = [looking.looked(later(unclear, minute * MINUTE)) for minute in range(7)]
    assert waits == [30_000, 60_000, 120_000, 240_000] + [7 * MINUTE] * 3
    assert looking.looked(later(PLAYING, 8 * MINUTE)) == 151_000


def test_a_player_that_suddenly_is_none_is_looked_at_again_soon() -> None:
    """Only when it was one at the look before."""
    looking = PollSchedule()
    looking.looked(PLAYING)
    assert looking.doubts(later(IDLE, 5_000))
    assert looking.looked(later(IDLE, 5_000)) == 20_000
    assert not looking.doubts(later(IDLE, 25_000))
    assert looking.looked(later(IDLE, 25_000)) == 7 * MINUTE


def test_many_looks_make_the_next_ones_rare() -> None:
    """Tracks of half a minute, for an hour: about thirty looks, and one each three minutes at the end."""
    looking, now, looks = PollSchedule(), 0, 0
    while now < 60 * MINUTE:
        short = replace(
            PLAYING, item=song(f"{now // 30_000}", 30), progress_ms=now % 30_000
        )
        wait = looking.looked(later(short, now))
        now, looks = now + wait, looks + 1
    assert 25 <= looks <= 32
    assert wait == 3 * MINUTE


@given(
    st.lists(
        st.tuples(st.sampled_from(["silent", "fails"]), st.integers(1, 12)),
        min_size=1,
        max_size=12,
    )
)
def test_an_hour_without_sound_takes_nine_requests_at_the_most(
    intervals: list[tuple[str, int]],
) -> None:
    """Answers and failures in whatever turn; the first failure after an answer takes two requests."""
    looking, now = PollSchedule(), EVE
    looking.looked(later(IDLE, -1))
    requests: list[int] = []
    for what, times in intervals:
        for _ in range(times):
            if what == "silent":
                requests.append(now)
                wait = looking.looked(replace(IDLE, seen_at=now))
            else:
                requests += [now] if looking.failing else [now, now]
                wait = looking.failed(now)
            assert wait <= 15 * MINUTE
            now += wait
    for first in requests:
        assert sum(0 <= each - first < 60 * MINUTE for each in requests) <= 9


def test_who_may_play_is_looked_at_sooner_after_a_failure() -> None:
    """And as often as ever as soon as it answers again."""
    looking = PollSchedule()
    looking.looked(PLAYING)
    waits = [looking.failed(EVE + minute * MINUTE) for minute in range(5)]
    assert waits == [MINUTE, 2 * MINUTE, 4 * MINUTE, 11 * MINUTE, 11 * MINUTE]
    later_on = replace(later(PLAYING, 30 * MINUTE), item=song("B"))
    assert looking.looked(later_on) == 151_000
    assert looking.failed(EVE + 40 * MINUTE) == MINUTE


def test_hours_of_failures_after_music_take_nine_requests_each_at_the_most() -> None:
    """Nobody knows whether it goes on."""
    looking, now = PollSchedule(), EVE
    looking.looked(later(PLAYING, -1))
    requests = [now]
    for _ in range(30):
        requests.append(now)
        now += looking.failed(now)
    for first in requests:
        assert sum(0 <= each - first < 60 * MINUTE for each in requests) <= 9


def test_who_did_not_play_is_looked_at_once_soon_after_a_failure() -> None:
    """A hiccup is over in a minute; an outage is no reason to ask an idle player more often than else."""
    looking = PollSchedule()
    looking.looked(IDLE)
    waits = [looking.failed(EVE + minute * MINUTE) for minute in (7, 8, 15, 22)]
    assert waits == [MINUTE, 7 * MINUTE, 7 * MINUTE, 15 * MINUTE]
