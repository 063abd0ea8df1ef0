"""A clock that jumps while plays are recorded: a machine without a battery, one that is set by hand, a summer time that is none.

A person listens to a simulated Spotify, whose ledger is the truth. Encore looks at the player by its own clock, which
jumps in the middle; what it concludes is stored, and answered, in a history.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
import random
from typing import Final, override

from benchmarks._faults_kills import ALWAYS
from benchmarks._faults_trials import Row, Trial, listening
from benchmarks._import_run import opened
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.spotify.api.playback import Playback, read_playback
from simulator.spotify.playback_shapes import playback
from simulator.spotify.player import Player
from tests.unit.spotify.test_observe_laws import LOOK_EVERY_MS, URIS, Evening

HOUR_MS: Final = 3_600_000
YEAR_MS: Final = 365 * 24 * HOUR_MS
JUMPS: Final = (2 * HOUR_MS, -2 * HOUR_MS, YEAR_MS, -YEAR_MS, 0)
"""The last is for comparison."""
ACTS: Final = 8
AT_LEAST_MS: Final = 3_000
"""What sounded for less is no play to anybody."""
ROUNDED_MS: Final = 50


@dataclass
class Jumping(Evening):
    """An evening that is looked at by a clock of its own."""

    ahead_ms: int = 0

    @override
    def look(self) -> Playback:
        """Look at the player, by the clock as it stands."""
        state = self.player.state
        answer = (
            None
            if state is None
            else playback(self.shapes, state, self.player, episodes=True)
        )
        now = self.world.clock.now_ms()
        look = read_playback(answer, now + self.ahead_ms, ticks_ms=now)
        self.seen += self.listening.see(look)
        self.looks.append(look)
        return look

    @override
    def pass_time(self, ms: int) -> None:
        """Let time pass, looking at every end of a track and every 30 s of it."""
        until = self.world.clock.now_ms() + ms
        while (now := self.world.clock.now_ms()) < until:
            ends_at = self.looks[-1].ends_at
            soon = until if ends_at is None else ends_at - self.ahead_ms + 1
            soon = soon if soon > now else until
            self.world.clock.run_until(min(until, now + LOOK_EVERY_MS, soon))
            self.look()


def _play(first: int, player: Player) -> None:
    player.play(uris=URIS[first : first + 4])


def _lived(chance: random.Random, jump: int) -> Jumping:
    """Let a person listen, and the clock jump once, in the middle of anything."""
    evening, jumps_at = Jumping(), chance.randrange(1, ACTS)
    # No song is played twice, so that each has a play of its own.
    firsts = iter(chance.sample(range(0, len(URIS) - 4, 4), ACTS + 1))
    evening.look()
    for number in range(ACTS):
        acts: list[Callable[[Player], None]] = [
            partial(_play, next(firsts)),
            Player.next,
            Player.pause,
            Player.resume,
        ]
        act = acts[0] if number == 0 else chance.choice(acts)
        evening.look()
        evening.act(act)
        evening.world.clock.advance(1)
        evening.look()
        evening.pass_time(chance.choice((8_000, chance.randrange(40_000, 400_000))))
        if number == jumps_at:
            evening.ahead_ms += jump
            evening.pass_time(chance.randrange(1, 60_000))
    return evening


def _tried(store: Path, number: int) -> Trial:
    trial, chance = Trial(), random.Random(number)
    jump = JUMPS[number % len(JUMPS)]
    evening = _lived(chance, jump)
    truth = [row for row in evening.end() if row.ms_played > AT_LEAST_MS]
    with listening() as said, opened(str(store)) as history:
        history.append(evening.seen).result()
        with trial.waiting():
            plays = history.ask(
                lambda queries: queries.plays(
                    ALWAYS, limit=500, min_ms=AT_LEAST_MS + 1
                ),
                hidden=NOBODY_HIDDEN,
            ).result()
    trial.compare(
        Counter((play.item.uri,) for play in plays),
        Counter((row.uri,) for row in truth),
    )
    sounded = sum(play.ms_played for play in plays)
    off = abs(sounded - sum(row.ms_played for row in truth))
    slack = ROUNDED_MS * len(truth)
    trial.must(off <= slack, f"{off} ms off after a jump of {jump / HOUR_MS:+.0f} h")
    trial.leaked = said.leaked(("Alva", "spotify:track:"))
    return trial


def clock_jumps(folder: Path, trials: int) -> list[Row]:
    """Let the clock jump so many times, each way in turn."""
    row = Row("clock jumps by 2 h and a year")
    for number in range(trials):
        row.count(_tried(folder / f"{number}.db", number))
    return [row]
