"""Recently played is fetched long before its 50 places fill, and no more often."""

from hypothesis import given, strategies as st

from custom_components.encore.spotify.tracking.recently_played_poller import (
    LATEST_MS,
    PLACES,
    Polling,
)
from tests.unit.spotify.looks import EVE

MINUTE = 60_000


def test_a_list_in_which_nothing_is_new_is_fetched_once_an_hour() -> None:
    """Empty, or with plays of yesterday."""
    polling = Polling()
    assert polling.polled(EVE, []) == 60 * MINUTE
    yesterday = EVE - 86_400_000
    assert polling.polled(EVE, [yesterday + n * 30_000 for n in range(50)]) == LATEST_MS


def test_the_faster_tracks_follow_one_another_the_sooner_it_is_fetched() -> None:
    """Of three and a half minutes, of one, of half a minute."""
    polling = Polling()
    for length, wait in ((3.5, 60), (1, 25), (0.5, 12.5), (0.1, 12)):
        ends = [EVE - round(place * length * MINUTE) for place in range(50)]
        assert polling.polled(EVE, ends) == round(wait * MINUTE)


@given(st.lists(st.integers(30_000, 400_000), min_size=12, max_size=200))
def test_at_the_pace_of_lately_the_places_never_overflow(lengths: list[int]) -> None:
    """Whatever the tracks' lengths: at the fastest pace seen, no more than half of them are new at the next fetch."""
    ends, moment = [], EVE
    for length in lengths:
        ends.append(moment)
        moment -= length
    wait = Polling().polled(EVE, ends[:PLACES])
    fastest = min(
        later - earlier
        for earlier, later in zip(ends[6:PLACES], ends[: PLACES - 6], strict=False)
    )
    assert wait <= max(fastest * 25 // 6, 12 * MINUTE)
    assert wait // 30_000 <= PLACES or fastest / 6 > 60_000


def test_what_was_not_planned_is_rare() -> None:
    """Two minutes after a fetch at the soonest, and eight times an hour."""
    polling = Polling()
    assert polling.may_wonder_in(EVE) == 0
    polling.polled(EVE, [])
    assert polling.may_wonder_in(EVE + MINUTE) == MINUTE
    wondered = 0
    for minute in range(2, 60):
        now = EVE + minute * MINUTE
        if polling.may_wonder_in(now) == 0:
            polling.wondered(now)
            polling.polled(now, [])
            wondered += 1
    assert wondered == 8
    assert polling.may_wonder_in(EVE + 63 * MINUTE) == 0
