"""Laws of the player that hold whatever people press and however long they wait."""

import contextlib
import itertools

from hypothesis import given, settings, strategies as st

from simulator.clock import SimulatedClock
from simulator.spotify.errors import SpotifyRefusal
from simulator.spotify.invention import invent_catalogue
from simulator.spotify.world import SpotifyWorld

from .conftest import NOW_MS

ALBUMS = [
    album for album in invent_catalogue(7).albums.values() if len(album.track_ids) > 4
][:4]
EPISODE = next(iter(invent_catalogue(7).episodes.values()))

WAIT = st.tuples(st.just("wait"), st.integers(0, 2_000_000))
PRESS = st.one_of(
    st.tuples(st.just("album"), st.integers(0, 3)),
    st.tuples(st.just("episode"), st.just(0)),
    st.tuples(st.just("queue"), st.integers(0, 3)),
    st.tuples(st.just("seek"), st.integers(0, 400_000)),
    st.tuples(st.just("transfer"), st.integers(0, 1)),
    st.tuples(st.just("shuffle"), st.integers(0, 1)),
    st.tuples(st.just("repeat"), st.integers(0, 2)),
    st.tuples(
        st.sampled_from(("pause", "resume", "next", "previous", "private")), st.just(0)
    ),
)


def press(world: SpotifyWorld, what: str, number: int) -> None:
    """Press one button."""
    player = world.player("alva")
    match what:
        case "album":
            player.play(context_uri=ALBUMS[number].uri)
        case "episode":
            player.play(uris=[EPISODE.uri])
        case "queue":
            player.queue(f"spotify:track:{ALBUMS[number].track_ids[0]}")
        case "seek":
            player.seek(number)
        case "transfer":
            player.transfer(player.devices[number].id)
        case "shuffle":
            player.shuffle(bool(number))
        case "repeat":
            player.repeat(("off", "track", "context")[number])
        case "private":
            player.private_session(not player.private)
        case _:
            getattr(player, what)()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(WAIT, PRESS), max_size=30))
def test_ledger_reports_what_truly_sounded(steps: list[tuple[str, int]]) -> None:
    """Progress stays within the item; rows never overlap; their sum is the time that music played."""
    clock = SimulatedClock(speed=0, start_ms=NOW_MS)
    world = SpotifyWorld(7, clock, past_days=0)
    player = world.player("alva")
    sounded = 0
    for what, number in steps:
        if what == "wait":
            # In small steps, so that playing time is counted from outside the player.
            end = clock.now_ms() + number
            while clock.now_ms() < end:
                state = player.state
                step = end - clock.now_ms()
                if state is not None and state.is_playing:
                    step = min(step, state.item.duration_ms - state.progress_ms)
                    sounded += step
                clock.advance(step)
        else:
            with contextlib.suppress(SpotifyRefusal):
                press(world, what, number)
        state = player.state
        assert state is None or 0 <= state.progress_ms <= state.item.duration_ms
    if player.state is not None:
        player.play(uris=[EPISODE.uri])
    rows = world.ledger.played("alva")
    assert sum(row.ms_played for row in rows) == sounded
    assert all(0 < row.ms_played <= row.ended_at - row.started_at for row in rows)
    assert all(
        earlier.ended_at <= later.started_at
        for earlier, later in itertools.pairwise(rows)
    )


@settings(max_examples=25, deadline=None)
@given(st.lists(PRESS, max_size=12), st.integers(0, 600_000))
def test_same_presses_give_the_same_music(
    steps: list[tuple[str, int]], wait: int
) -> None:
    """Two worlds of one seed that are used alike hold the same ledger: shuffling too is decided by the seed."""
    ledgers = []
    for _ in range(2):
        clock = SimulatedClock(speed=0, start_ms=NOW_MS)
        world = SpotifyWorld(7, clock, past_days=0)
        for what, number in steps:
            with contextlib.suppress(SpotifyRefusal):
                press(world, what, number)
            clock.advance(wait)
        ledgers.append(world.ledger.played("alva"))
    assert ledgers[0] == ledgers[1]
