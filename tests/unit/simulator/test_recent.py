"""Recently played as the API shows it, against the ledger."""

import pytest

from simulator.clock import SimulatedClock
from simulator.spotify.errors import BadValue
from simulator.spotify.ledger import Played
from simulator.spotify.music import Album
from simulator.spotify.recent import REACH_MS, RecentPlay, recently_played
from simulator.spotify.world import SpotifyWorld

from .conftest import NOW_MS


def page_back(played: list[Played]) -> list[RecentPlay]:
    """Read everything by `before`, page by page."""
    plays: list[RecentPlay] = []
    before: int | None = None
    while True:
        page = recently_played(played, NOW_MS, limit=50, before=before)
        plays += page.items
        if page.before is None:
            return plays
        assert len(page.items) == 50
        before = page.before


def test_paging_back_shows_each_play_once_newest_first(
    lived_world: SpotifyWorld,
) -> None:
    """By its cursor one gets back to the end of what is shown, without a gap or a repetition."""
    played = list(lived_world.ledger.played("alva"))
    moments = [play.played_at for play in page_back(played)]
    assert moments == sorted(set(moments), reverse=True)
    assert len(moments) > 500
    assert moments[-1] >= NOW_MS - REACH_MS - 2_000


def test_played_at_is_near_the_end(lived_world: SpotifyWorld) -> None:
    """Not the start: at most 1.2 s before the last sound, and after the first."""
    for play in page_back(list(lived_world.ledger.played("ben"))):
        assert 0 <= play.played.ended_at - play.played_at <= 1_200
        assert play.played_at > play.played.started_at


def test_every_proper_play_is_shown_and_nothing_else(lived_world: SpotifyWorld) -> None:
    """Tracks of 30 s and more outside private sessions are all there; a few shorter ones, no episodes."""
    played = list(lived_world.ledger.played("alva"))
    shown = [play.played for play in page_back(played)]
    assert {row.kind for row in shown} == {"track"}
    assert not any(row.private for row in shown)
    reach = [
        row
        for row in played
        if row.ended_at >= NOW_MS - REACH_MS and row.kind == "track" and not row.private
    ]
    proper = [row for row in reach if row.ms_played >= 30_000]
    short = [row for row in reach if row.ms_played < 30_000]
    assert [row for row in shown if row.ms_played >= 30_000] == proper[::-1]
    some = len([row for row in shown if row.ms_played < 30_000])
    assert 0 < some < len(short) / 4


def test_after_gives_what_followed(lived_world: SpotifyWorld) -> None:
    """With `after` come the plays next to the cursor, newest first, without the one at it."""
    played = list(lived_world.ledger.played("alva"))
    everything = [play.played_at for play in page_back(played)]
    page = recently_played(played, NOW_MS, limit=10, after=everything[30])
    assert [play.played_at for play in page.items] == everything[20:30]
    assert page.after == everything[20]
    nothing = recently_played(played, NOW_MS, after=everything[0])
    assert (nothing.items, nothing.after, nothing.before) == ([], None, None)


def test_live_play_appears_when_it_is_over(
    world: SpotifyWorld, clock: SimulatedClock, album: Album
) -> None:
    """What still sounds is not in the list; what ended is at its top."""
    track = world.catalogue.tracks[album.track_ids[0]]
    world.player("alva").play(context_uri=album.uri)
    clock.advance(track.duration_ms - 1)
    assert recently_played(world.ledger.played("alva"), clock.now_ms()).items == []
    clock.advance(1)
    (play,) = recently_played(world.ledger.played("alva"), clock.now_ms()).items
    assert play.played.uri == track.uri


def test_offline_plays_appear_when_they_are_synced(lived_world: SpotifyWorld) -> None:
    """Before the sync the list does not know them, wherever the clock stands."""
    played = list(lived_world.ledger.played("ben"))
    number, row = next(
        (number, row)
        for number, row in enumerate(played)
        if row.synced_at and row.ms_played > 30_000 and not row.private
    )
    assert row.synced_at is not None
    past = played[: number + 1]
    assert row not in [
        play.played for play in recently_played(past, row.synced_at - 1).items
    ]
    assert row in [play.played for play in recently_played(past, row.synced_at).items]


@pytest.mark.parametrize("limit", [0, 51, -1])
def test_limits_are_enforced(limit: int) -> None:
    """One to fifty, as Spotify says."""
    with pytest.raises(BadValue):
        recently_played([], NOW_MS, limit=limit)


def test_both_cursors_at_once_are_refused() -> None:
    """Either `after` or `before`."""
    with pytest.raises(BadValue):
        recently_played([], NOW_MS, after=1, before=2)


def test_a_list_of_so_many_places_ends_there(lived_world: SpotifyWorld) -> None:
    """Whichever way it is read, and the newest are those that it has."""
    played = lived_world.ledger.played("alva")
    everything = page_back(list(played))
    page = recently_played(played, NOW_MS, limit=20, places=30)
    rest = recently_played(played, NOW_MS, limit=20, before=page.before, places=30)
    assert page.items + rest.items == everything[:30]
    assert rest.before is None
    followed = recently_played(played, NOW_MS, limit=50, after=0, places=30)
    assert followed.items == everything[:30]
