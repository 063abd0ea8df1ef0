"""How long the songs of recently played sounded, as far as its rows and looks at the player tell."""

from collections.abc import Sequence

from custom_components.encore.history.model import Observation, Source
from custom_components.encore.spotify.api.playback import (
    Playback,
    RecentPage,
    RecentPlay,
)
from custom_components.encore.spotify.tracking.playback_tracker import PlaybackTracker
from custom_components.encore.spotify.tracking.recently_played_fetch import (
    RecentlyPlayedFetch,
)
from custom_components.encore.tracking.recorded_time import RecordedTime
from tests.unit.spotify.looks import EVE, LISTENER, PHONE, room_of, song

SECOND = 1000
MINUTE = 60 * SECOND


class Rows:
    """A list as the gateway reads it."""

    def __init__(self, *ends: tuple[str, float]) -> None:
        """Take songs, and when they ended in seconds since the eve."""
        self.rows = [
            RecentPlay(song(name), at := EVE + round(end * SECOND), None, at)
            for name, end in ends
        ]

    async def async_recently_played(self, *, before: int | None = None) -> RecentPage:
        """Answer with all of them, newest first, but for what is asked for before the oldest."""
        rows = self.rows if before is None else []
        plays = tuple(sorted(rows, key=lambda row: -row.played_at))
        return RecentPage(plays, len(plays), plays[-1].played_at if plays else None)


async def fetched(
    source: Rows,
    listening: PlaybackTracker | None = None,
    *,
    known_until: float = -86_400,
) -> list[tuple[float, float]]:
    """Return from when until when each new song sounded, in seconds since the eve."""
    found: list[Observation] = []

    async def add(observations: Sequence[Observation]) -> int:
        found.extend(observations)
        return len(observations)

    def sounded(row: RecentPlay) -> tuple[int, int] | None:
        assert listening is not None
        length = (row.item.duration_ms or 0) - listening.state.sounded_of(row)
        return listening.state.could_sound(row.played_at, length)

    fetching = RecentlyPlayedFetch(
        LISTENER,
        source,
        add,
        lambda moment: listening is not None and listening.hides(moment),
        sounded=sounded if listening else None,
    )
    fetching.cursor = EVE + round(known_until * SECOND)
    await fetching.async_fetch(
        RecordedTime(LISTENER), EVE + 60 * MINUTE, backfill=False
    )
    assert {each.source for each in found} <= {Source.POLLED}
    return [((o.started_at - EVE) / SECOND, (o.ended_at - EVE) / SECOND) for o in found]


def looked(*looks: tuple[float, str | None, bool]) -> PlaybackTracker:
    """Return a listening that had looks: seconds since the eve, what was on, and whether it played."""
    listening = PlaybackTracker(LISTENER, room_of)
    for at, name, playing in looks:
        now = EVE + round(at * SECOND)
        listening.see(
            Playback(now)
            if name is None
            else Playback(
                now, playing=playing, item=song(name), progress_ms=9_000, device=PHONE
            )
        )
    return listening


async def test_a_song_did_not_sound_before_a_look_that_saw_nothing() -> None:
    """20 s of it are not 200."""
    idle = looked((0, None, False), (80, None, False))
    assert await fetched(Rows(("A", 100)), idle) == [(80, 100)]
    assert await fetched(Rows(("A", 100))) == [(-100, 100)]


async def test_what_was_played_where_no_network_was_is_not_bounded_by_looks() -> None:
    """Spotify learns of it later: the player was paused all the time, or the list was read before."""
    paused = looked((0, "Z", False), (600, "Z", False))
    assert await fetched(Rows(("A", 300)), paused) == [(100, 300)]
    idle = looked((0, None, False), (290, None, False), (600, None, False))
    assert await fetched(Rows(("A", 300)), idle, known_until=400) == [(100, 300)]


async def test_a_song_that_was_left_is_taken_up_where_it_was_left() -> None:
    """80 s of 200 were heard an hour ago."""
    listening = PlaybackTracker(LISTENER, room_of)
    for at, on in ((0, True), (40, True), (80, False)):
        listening.see(
            Playback(
                EVE + at * SECOND,
                playing=on,
                item=song("A"),
                progress_ms=at * SECOND,
                device=PHONE,
            )
        )
    for at in (3000, 3010):
        listening.see(Playback(EVE + at * SECOND))
    assert await fetched(Rows(("A", 3500)), listening) == [(3380, 3500)]


async def test_who_skims_did_so_from_the_first_song_on() -> None:
    """Of the first one nothing else tells how long it sounded."""
    skimmed = [(str(place), 1000 + 30 * place) for place in range(6)]
    assert (await fetched(Rows(*skimmed)))[0] == (970, 1000)
    played_out = [(str(place), 1000 + 200 * place) for place in range(6)]
    assert (await fetched(Rows(*played_out)))[0] == (800, 1000)


async def test_a_list_without_what_stood_in_it_is_not_whole() -> None:
    """Spotify leaves out some rows: what lies before the oldest one that came is not known to be all."""
    fetching = RecentlyPlayedFetch(
        LISTENER, source := Rows(("A", 100), ("B", 400)), _kept, lambda _: False
    )
    fetching.cursor = EVE
    recording = RecordedTime(LISTENER)
    await fetching.async_fetch(recording, EVE + 500 * SECOND, backfill=False)
    assert recording.unnoted(EVE).unrecorded == ()
    source.rows = Rows(("D", 2000), ("E", 2300)).rows
    await fetching.async_fetch(recording, EVE + 2400 * SECOND, backfill=False)
    (gap,) = recording.unnoted(EVE).unrecorded
    assert (gap.start, gap.end) == (EVE + 400 * SECOND, EVE + 2000 * SECOND)


async def _kept(observations: Sequence[Observation]) -> int:
    return len(observations)
