"""What looks and recently played say together is what was heard: nothing lost, nothing doubled, whatever fails."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random
from typing import Final, override

from hypothesis import example, given, settings, strategies as st

from custom_components.encore.history.merge.linking import components
from custom_components.encore.history.merge.merge import plays_of
from custom_components.encore.history.merge.merge_rows import MergeRow
from custom_components.encore.history.merge.same_song import same_song
from custom_components.encore.history.model import Observation, Source
from custom_components.encore.spotify.api.playback import (
    Playback,
    RecentPlay as Row,
    read_playback,
)
from custom_components.encore.spotify.tracking.poll_schedule import PollSchedule
from custom_components.encore.spotify.tracking.recently_played_list import (
    RecentlyPlayedList,
)
from simulator.spotify.ledger import Played
from simulator.spotify.playback_shapes import playback
from simulator.spotify.player import Player
from simulator.spotify.recent import recently_played
from tests.unit.spotify.looks import LISTENER
from tests.unit.spotify.test_observe_laws import LIVES, Act, Evening, _play, _transfer

QUIET_MS: Final = 45 * 60_000

UNWOUND: Final = st.lists(
    st.tuples(
        st.one_of(
            st.builds(_play, st.integers(0, 40)),
            st.builds(_transfer, st.integers(0, 1)),
            st.sampled_from(
                [Player.pause, Player.resume, Player.next, Player.previous]
            ),
        ),
        # Some pauses last until the device has gone to rest, or almost.
        st.one_of(st.integers(5_000, 400_000), st.integers(400_000, 1_500_000)),
    ),
    min_size=1,
    max_size=12,
)
"""Lives without winding: minutes later nobody can tell an item that was wound back from one that was begun again."""


@dataclass
class Collected(Evening):
    """An evening that is looked at as seldom as in a home, by somebody who may read recently played between."""

    chance: Random = field(default_factory=lambda: Random(0))
    fails: float = 0.0
    looking: PollSchedule = field(default_factory=PollSchedule)
    polled: dict[tuple[str, int], Observation] = field(default_factory=dict)
    due: int = 0

    @override
    def look(self) -> Playback:
        now, state = self.world.clock.now_ms(), self.player.state
        if self.chance.random() < self.fails:
            self.due = now + self.chance.choice((60_000, 420_000))
            return self.looks[-1] if self.looks else Playback(now)
        shown = None
        if state is not None:
            shown = playback(self.shapes, state, self.player, episodes=True)
        look = read_playback(shown, now)
        asks = self.listening.wonders(look) and self.chance.random() >= self.fails
        self.seen += self.listening.see(
            look, self.read() if asks else RecentlyPlayedList()
        )
        self.looks.append(look)
        self.due = now + self.looking.looked(look)
        return look

    def read(self) -> RecentlyPlayedList:
        """Read recently played, and remember each row."""
        now = self.world.clock.now_ms()
        page = recently_played(self.world.ledger.played("alva"), now, limit=50)
        items = {look.item.uri: look.item for look in self.looks if look.item}
        rows = []
        for each in page.items:
            played = each.played
            track = self.world.catalogue.playable(played.uri)
            look = read_playback(
                {"item": self.shapes.playable(track), "is_playing": True}, now
            )
            item = items.get(played.uri) or look.item
            assert item is not None
            rows.append(Row(item, each.played_at))
            length = item.duration_ms or 0
            self.polled[played.uri, each.played_at] = Observation(
                Source.POLLED,
                LISTENER,
                item,
                each.played_at - length,
                each.played_at,
                length,
            )
        return RecentlyPlayedList(tuple(rows), now)

    @override
    def pass_time(self, ms: int) -> None:
        """Let time pass, looking when it is due."""
        until = self.world.clock.now_ms() + ms
        while self.due <= until:
            self.world.clock.run_until(max(self.due, self.world.clock.now_ms()))
            self.look()
        self.world.clock.run_until(until)

    @override
    def end(self) -> list[Played]:
        self.act(Player.pause)
        self.pass_time(QUIET_MS)
        self.fails = 0.0
        self.pass_time(QUIET_MS)
        self.read()
        return list(self.world.ledger.played("alva"))

    def songs(self) -> dict[str, str]:
        """Return for each item that was seen or listed the first one of its song, which can have several URIs."""
        items = {o.item.uri: o.item for o in (*self.seen, *self.polled.values())}
        return {
            uri: next(first.uri for first in items.values() if same_song(first, item))
            for uri, item in items.items()
        }

    def plays(self) -> Counter[str]:
        """Return how many plays the history concludes of each song."""
        reported = [*self.seen, *self.polled.values()]
        songs = self.songs()
        tracks = {uri: place for place, uri in enumerate(songs)}
        witnesses = [
            MergeRow(
                each.source,
                each.listener.key,
                each.item.uri,
                tracks[each.item.uri],
                tracks[songs[each.item.uri]],
                each.item.duration_ms,
                each.started_at,
                each.ended_at,
                each.ms_played,
            )
            for each in reported
        ]
        return Counter(
            songs[play.uri]
            for component in components(witnesses)
            for play in plays_of(component)
        )


def lived(life: list[tuple[Act, int]], chance: Random, fails: float) -> Collected:
    """Let a person live an evening."""
    evening = Collected(chance=chance, fails=fails)
    evening.look()
    for act, wait in life:
        evening.act(act)
        evening.pass_time(wait)
    return evening


def distinct(rows: Iterable[Observation]) -> Counter[str]:
    """Return how many plays rows tell of for sure: between the ends of two there is time for all of the song."""
    ends: dict[str, int] = {}
    found: Counter[str] = Counter()
    for row in sorted(rows, key=lambda row: row.ended_at):
        uri = row.item.uri
        if row.ended_at - ends.get(uri, 0) >= row.ms_played:
            found[uri] += 1
            ends[uri] = row.ended_at
    return found


@settings(max_examples=80, deadline=None)
@given(LIVES, st.randoms(use_true_random=False), st.sampled_from([0.0, 0.0, 0.3]))
def test_nothing_that_any_answer_had_is_lost(
    life: list[tuple[Act, int]], chance: Random, fails: float
) -> None:
    """Each row that stands in the list is a play, and so is each track that a look saw playing."""
    evening = lived(life, chance, fails)
    evening.end()
    plays, songs = evening.plays(), evening.songs()
    for uri, number in distinct(evening.polled.values()).items():
        assert plays[songs[uri]] >= number, uri
    for look in evening.looks:
        if look.playing and look.item is not None and (look.progress_ms or 0) > 3_000:
            assert plays[songs[look.item.uri]] >= 1


@example([(_play(18), 1_332_292), (_play(26), 345_460)], Random(0))
@settings(max_examples=80, deadline=None)
@given(UNWOUND, st.randoms(use_true_random=False))
def test_nothing_is_doubled(life: list[tuple[Act, int]], chance: Random) -> None:
    """No song has more plays than it was truly played, where Spotify answers."""
    evening = lived(life, chance, 0.0)
    truly = [row.uri for row in evening.end()]
    songs = evening.songs()
    truth = Counter(songs.get(uri, uri) for uri in truly)
    for uri, number in evening.plays().items():
        assert number <= truth[uri], uri
