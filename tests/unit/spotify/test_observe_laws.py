"""What is observed agrees with what a player of the simulator truly played, whatever people do."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from hypothesis import example, given, settings, strategies as st
import msgspec
from yarl import URL

from custom_components.encore.history.model import Observation
from custom_components.encore.spotify.api.playback import Playback, read_playback
from custom_components.encore.spotify.tracking.playback_tracker import PlaybackTracker
from custom_components.encore.spotify.tracking.tracker_state import TrackerState
from simulator.clock import SimulatedClock
from simulator.spotify.errors import SpotifyRefusal
from simulator.spotify.invention import invent_catalogue
from simulator.spotify.ledger import Played
from simulator.spotify.playback_shapes import playback
from simulator.spotify.player import Player
from simulator.spotify.shapes import Shapes
from simulator.spotify.world import SpotifyWorld
from tests.unit.spotify.looks import EVE, LISTENER, room_of

type Act = Callable[[Player], None]

LOOK_EVERY_MS: Final = 30_000
URIS: Final = [track.uri for track in invent_catalogue(7).tracks.values()]


def _play(first: int) -> Act:
    def play(player: Player) -> None:
        player.play(uris=URIS[first : first + 6])

    return play


def _seek(part: float) -> Act:
    def seek(player: Player) -> None:
        if (state := player.state) is not None:
            # Nobody can tell a jump to the very start from starting over.
            player.seek(round(10_000 + part * (state.item.duration_ms - 30_000)))

    return seek


def _transfer(place: int) -> Act:
    return lambda player: player.transfer(player.devices[place].id)


ACTS: Final = st.one_of(
    st.builds(_play, st.integers(0, 40)),
    st.builds(_seek, st.floats(0, 1)),
    st.builds(_transfer, st.integers(0, 1)),
    st.sampled_from(
        [
            Player.pause,
            Player.resume,
            Player.next,
            Player.previous,
            lambda player: player.repeat("track"),
            lambda player: player.repeat("off"),
        ]
    ),
)
LIVES: Final = st.lists(
    st.tuples(ACTS, st.integers(5_000, 400_000)), min_size=1, max_size=12
)


@dataclass
class Evening:
    """A person's evening with the simulated player, and somebody who looks at it now and then."""

    world: SpotifyWorld = field(
        default_factory=lambda: SpotifyWorld(
            7, SimulatedClock(speed=0, start_ms=EVE), past_days=0
        )
    )
    listening: PlaybackTracker = field(
        default_factory=lambda: PlaybackTracker(LISTENER, room_of)
    )
    seen: list[Observation] = field(default_factory=list)
    looks: list[Playback] = field(default_factory=list)

    @property
    def shapes(self) -> Shapes:
        """The API's way of showing things."""
        return Shapes(URL("http://127.0.0.1"), self.world.catalogue)

    @property
    def player(self) -> Player:
        """The person's player."""
        return self.world.player("alva")

    def look(self) -> Playback:
        """Look at the player as the gateway does, by the API's own shape."""
        now, state = self.world.clock.now_ms(), self.player.state
        answer = (
            None
            if state is None
            else playback(self.shapes, state, self.player, episodes=True)
        )
        look = read_playback(answer, now)
        self.seen += self.listening.see(look)
        self.looks.append(look)
        return look

    def act(self, act: Act) -> None:
        """Let the person do something; a player that refuses plays on."""
        try:
            act(self.player)
        except SpotifyRefusal:
            return

    def pass_time(self, ms: int) -> None:
        """Let time pass, looking at every end of a track, and every 30 s."""
        until = self.world.clock.now_ms() + ms
        while (now := self.world.clock.now_ms()) < until:
            ends_at = self.looks[-1].ends_at if self.looks else None
            soon = now + LOOK_EVERY_MS if ends_at is None else ends_at + 1
            self.world.clock.run_until(min(until, now + LOOK_EVERY_MS, soon))
            self.look()

    def end(self) -> list[Played]:
        """Leave the player until its device rests; return what was truly heard."""
        self.act(Player.pause)
        self.look()
        self.pass_time(20 * 60_000)
        return list(self.world.ledger.played("alva"))


@settings(max_examples=60, deadline=None)
@given(LIVES)
@example(
    [(act, 5_000) for act in (_play(0), Player.pause, _transfer(1), Player.resume)]
)  # moved while paused
def test_who_looks_often_sees_what_was_played(life: list[tuple[Act, int]]) -> None:
    """Every row of the ledger is one play, at its time, as long as it sounded."""
    evening = Evening()
    evening.look()
    for act, wait in life:
        evening.look()
        evening.act(act)
        evening.world.clock.advance(1)
        evening.look()
        evening.pass_time(wait)
    truth = [row for row in evening.end() if row.ms_played > 3_000]
    seen = [play for play in evening.seen if play.ms_played > 3_000]
    assert [(play.item.uri, play.device and play.device.key) for play in seen] == [
        (row.uri, row.device_id) for row in truth
    ]
    for number, (play, row) in enumerate(zip(seen, truth, strict=True)):
        before = seen[number - 1] if number else None
        # What was moved while paused begins where it ended on the other device, so that both are one play.
        moved = before is not None and before.item == play.item and before.ended_at
        assert abs(play.started_at - row.started_at) <= 50 or play.started_at == moved
        assert abs(play.ended_at - row.ended_at) <= 50
        assert abs(play.ms_played - row.ms_played) <= 50


@settings(max_examples=60, deadline=None)
@given(LIVES, st.integers(0, 2**32))
@example([(_play(0), 5_000)] * 3, 0)  # the same position at each look
def test_who_looks_seldom_claims_nothing_impossible(
    life: list[tuple[Act, int]], seed: int
) -> None:
    """Plays follow one another, never sound longer than they last, and hold what was seen sounding, to within a look."""
    evening = Evening()
    for number, (act, wait) in enumerate(life):
        evening.act(act)
        for part in range(1 + (seed >> number) % 3):
            evening.world.clock.advance(wait // (part + 1))
            evening.look()
    evening.end()
    for play in evening.seen:
        assert 0 < play.ms_played <= play.ended_at - play.started_at
        assert play.ended_at <= evening.world.clock.now_ms()
    for one, next_one in pairwise(evening.seen):
        assert one.ended_at <= next_one.started_at
    for before, look, after in zip(
        evening.looks, evening.looks[1:], evening.looks[2:], strict=False
    ):
        assert not look.playing or any(
            play.item == look.item
            and play.started_at <= after.seen_at
            and play.ended_at >= before.seen_at
            for play in evening.seen
        )


@settings(max_examples=40, deadline=None)
@given(LIVES, st.integers(0, 11))
def test_a_restart_changes_nothing(life: list[tuple[Act, int]], restart: int) -> None:
    """Stored and taken up again between two looks, the watch comes to the same plays."""
    whole, broken = Evening(), Evening()
    for number, (act, wait) in enumerate(life):
        for evening in (whole, broken):
            evening.act(act)
            evening.pass_time(wait)
        if number == restart:
            stored = msgspec.json.encode(broken.listening.state)
            watch = msgspec.json.decode(stored, type=TrackerState)
            broken.listening = PlaybackTracker(LISTENER, room_of, watch)
    whole.end()
    broken.end()
    assert whole.seen == broken.seen


@settings(max_examples=60, deadline=None)
@given(LIVES, st.integers(0, LOOK_EVERY_MS))
def test_what_is_under_way_is_what_a_stop_would_record(
    life: list[tuple[Act, int]], unseen: int
) -> None:
    """At any moment between two looks: the same item, device and times as if the person paused then."""
    evening = Evening()
    evening.look()
    for act, wait in life:
        evening.act(act)
        evening.world.clock.advance(1)
        evening.look()
        evening.pass_time(wait)
    evening.world.clock.advance(unseen)
    under_way = evening.listening.under_way(evening.world.clock.now_ms())
    recorded = len(evening.seen)
    evening.end()
    stopped = evening.seen[recorded:]
    if under_way is None:
        assert stopped == []
        return
    play = stopped[0]
    assert under_way.under_way
    assert (under_way.item, under_way.listener) == (play.item, play.listener)
    assert (under_way.device, under_way.context_uri) == (play.device, play.context_uri)
    assert under_way.started_at == play.started_at
    assert abs(under_way.ended_at - play.ended_at) <= 50
    assert abs(under_way.ms_played - play.ms_played) <= 50
    assert [span.room for span in under_way.rooms] == [span.room for span in play.rooms]


@settings(max_examples=40, deadline=None)
@given(LIVES, st.integers(0, 11), st.integers(0, 10**7))
def test_telling_what_is_under_way_changes_nothing(
    life: list[tuple[Act, int]], asked: int, later: int
) -> None:
    """However often and whenever it is asked for, the same plays are recorded."""
    alone, asked_of = Evening(), Evening()
    for number, (act, wait) in enumerate(life):
        for evening in (alone, asked_of):
            evening.act(act)
            evening.pass_time(wait)
        if number >= asked:
            asked_of.listening.under_way(asked_of.world.clock.now_ms() + later)
    alone.end()
    asked_of.end()
    assert alone.seen == asked_of.seen
