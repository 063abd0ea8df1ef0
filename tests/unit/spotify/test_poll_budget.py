"""Looks come soon enough to show what was changed, and within the calls that an hour has."""

from bisect import bisect_left
from datetime import UTC
from random import Random

import numpy as np
import pytest

from custom_components.encore.settings.responsiveness import LIMITS, Responsiveness
from custom_components.encore.spotify.api.playback import Playback
from custom_components.encore.spotify.budget.background_share import Made
from custom_components.encore.spotify.tracking.poll_budget import PollBudget
from custom_components.encore.spotify.tracking.poll_schedule import PollSchedule
from custom_components.encore.spotify.tracking.usual_hours import UsualHours
from tests.unit.spotify.looks import EVE, PHONE, song

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
NEVER = UsualHours(UTC, np.zeros(7 * 24, np.bool_), np.zeros(7 * 288, np.bool_))
ALWAYS = UsualHours(UTC, np.ones(7 * 24, np.bool_), np.zeros(7 * 288, np.bool_))


class Looker:
    """Looks at a player when it is due, and counts all calls; recently played is among them."""

    def __init__(
        self,
        usual: UsualHours = ALWAYS,
        chosen: Responsiveness = Responsiveness.BALANCED,
    ) -> None:
        """Begin with no call made."""
        self.made: list[Made] = []
        self.view: int | None = None
        self.pace = PollBudget(
            lambda: chosen,
            lambda: usual,
            lambda now: [each for each in self.made if each.at > now - HOUR],
            lambda now, playing: self.view,
        )
        self._looking = PollSchedule()

    def look(self, seen: Playback) -> int:
        """Take a look, and return how long after it the next one is due."""
        self.made.append(Made(seen.seen_at, "player", 1))
        doubtful = self._looking.doubts(seen)
        saver = self._looking.looked(seen)
        return self.pace.looked(
            seen, saver, doubtful=doubtful, unsure=self._looking.unsure
        )

    def most(self, first: int, last: int) -> int:
        """Return the calls of the worst hour between two moments."""
        moments = [each.at for each in self.made]
        return max(
            bisect_left(moments, at + HOUR) - bisect_left(moments, at)
            for at in range(first, max(last - HOUR, first) + 1, MINUTE)
        )


def playing(at: int, progress: int = 0, seconds: int = 200) -> Playback:
    """Return a look at a track."""
    return Playback(at, True, song("A", seconds), progress, PHONE)


def test_looks_are_spread_evenly_up_to_the_end_of_the_track() -> None:
    """The last one comes a second after it."""
    looker, at, waits = Looker(), 0, []
    while at < 200 * SECOND:
        wait = looker.look(playing(EVE + at, at))
        waits.append(wait)
        at += wait
    assert at == 201 * SECOND
    assert len(waits) == 4
    assert max(waits) - min(waits) < SECOND


def test_who_skips_is_looked_at_again_before_half_a_minute_is_over() -> None:
    """For a minute: of a song that is heard for less, Spotify's list of recently played tells nothing."""
    looker = Looker()
    looker.look(Playback(EVE, True, song("A"), 0, PHONE))
    now = EVE + 40 * SECOND
    skipped = Playback(now, True, song("B"), 9_000, PHONE)
    assert looker.look(skipped) <= 24 * SECOND
    stayed = Playback(now + 24 * SECOND, True, song("B"), 33_000, PHONE)
    assert looker.look(stayed) <= 24 * SECOND
    stayed = Playback(now + 61 * SECOND, True, song("B"), 70_000, PHONE)
    assert looker.look(stayed) > 30 * SECOND
    over = Playback(now + 192 * SECOND, True, song("C"), 1_000, PHONE)
    assert looker.look(over) > 30 * SECOND


def test_a_start_at_an_unexpected_time_of_usual_hours_is_seen_within_three_minutes() -> (
    None
):
    """What the hour has left is spread evenly over it, so that no look is the last one for long."""
    looker, now = Looker(), EVE
    while now < EVE + 5 * HOUR:
        wait = looker.look(Playback(now, False, song("A"), 1_000, PHONE))
        assert wait <= 160 * SECOND
        now += wait
    assert looker.most(EVE, now) <= LIMITS[Responsiveness.BALANCED].usual


@pytest.mark.parametrize("seconds", [25, 31, 90, 215, 3_000])
def test_an_hour_of_playing_has_no_more_calls_than_chosen(seconds: int) -> None:
    """However long the tracks are, and whatever else is asked for."""
    for chosen in (Responsiveness.BALANCED, Responsiveness.LIVE):
        looker, now, begun = Looker(chosen=chosen), EVE, EVE
        gaps = []
        while now < EVE + 4 * HOUR:
            if now - begun >= seconds * SECOND:
                begun += (now - begun) // (seconds * SECOND) * seconds * SECOND
            seen = Playback(now, True, song(f"{begun}", seconds), now - begun, PHONE)
            wait = looker.look(seen)
            if len(looker.made) % 9 == 0:
                looker.made.append(Made(now, "recently_played", 1))
            gaps.append(wait)
            now += wait
        assert looker.most(EVE, now) <= LIMITS[chosen].playing
        assert max(gaps) <= 3 * MINUTE


@pytest.mark.parametrize(
    ("usual", "most"), [(ALWAYS, 40), (NEVER, 10)], ids=["usual", "quiet"]
)
def test_an_hour_of_silence_has_no_more_calls_than_chosen(
    usual: UsualHours, most: int
) -> None:
    """Also the one right after music, and with recently played in it."""
    looker, now = Looker(usual), EVE
    while now < EVE + 2 * HOUR:
        now += looker.look(playing(now))
    silent = now
    fetched = 0
    while now < silent + 5 * HOUR:
        wait = looker.look(Playback(now, False, song("A"), 1_000, PHONE))
        if now - fetched > 45 * MINUTE:
            fetched = now
            looker.made.append(Made(now, "recently_played", 1))
        assert wait <= 15 * MINUTE
        now += wait
    assert looker.most(silent, now) <= most


def test_who_begins_again_soon_is_seen_within_a_minute() -> None:
    """In usual hours, for twenty minutes after music."""
    looker, now = Looker(), EVE
    while now < EVE + HOUR:
        now += looker.look(playing(now))
    silent = now
    while now < silent + 20 * MINUTE:
        wait = looker.look(Playback(now, False, song("A"), 1_000, PHONE))
        assert wait <= 59 * SECOND
        now += wait


def test_where_listening_becomes_usual_somebody_looks() -> None:
    """At the full hour, however quiet it was before."""
    hours = np.zeros(7 * 24, np.bool_)
    day = (EVE // (24 * HOUR) + 3) % 7
    hours[day * 24 + 18] = True
    usual = UsualHours(UTC, hours, np.zeros(7 * 288, np.bool_))
    looker, now = Looker(usual), EVE // (24 * HOUR) * 24 * HOUR + 12 * HOUR
    looks = []
    while now < EVE // (24 * HOUR) * 24 * HOUR + 18 * HOUR + 30 * MINUTE:
        looks.append(now % (24 * HOUR) / MINUTE - 18 * 60)
        now += looker.look(Playback(now))
    assert any(0 <= look <= 1 for look in looks)


def test_what_reports_more_costs_nothing() -> None:
    """Looks after reports and for open pages leave the hour's calls to all others."""
    looker = Looker(NEVER)
    for second in range(0, 3_000, 10):
        now = EVE + second * SECOND
        looker.pace.free(now)
        looker.look(Playback(now))
    assert looker.look(Playback(EVE + 3_010 * SECOND)) <= 15 * MINUTE
    again = Looker(NEVER)
    for second in range(0, 3_000, 10):
        again.look(Playback(EVE + second * SECOND))
    assert again.look(Playback(EVE + 3_010 * SECOND)) == 15 * MINUTE
    viewed = Looker()
    viewed.view = 10 * SECOND
    now = EVE
    for _ in range(400):
        wait = viewed.look(playing(now))
        now += wait
        viewed.pace.planned(now)
        assert wait <= 10 * SECOND
    viewed.view = None
    assert viewed.look(playing(now)) <= MINUTE


def test_commands_cost_nothing_of_what_a_silent_player_has() -> None:
    """Somebody who presses for long finds it as responsive afterwards."""
    looker, now = Looker(), EVE
    for _ in range(60):
        now += 10 * SECOND
        looker.made.append(Made(now, "command", 1))
        looker.pace.commanded(now)
        looker.look(Playback(now, False, song("A"), 1_000, PHONE))
    assert looker.look(Playback(now + SECOND, False, song("A"), 1_000, PHONE)) < MINUTE


@pytest.mark.parametrize("seed", range(5))
def test_whatever_is_done_no_hour_has_more_calls_than_one_of_playing(seed: int) -> None:
    """Skips, pauses, silence, in any turn and for any time."""
    rng, looker, now = Random(seed), Looker(), EVE
    state, until, begun = "silence", EVE, EVE
    while now < EVE + 12 * HOUR:
        if now >= until:
            state = rng.choice(("silence", "tracks", "skips", "nothing"))
            until = now + rng.randrange(1, 60) * MINUTE
        if state == "skips" or now - begun >= 200 * SECOND:
            begun = now - rng.randrange(100) * SECOND
        seen = {
            "silence": Playback(now, False, song("A"), 1_000, PHONE),
            "nothing": Playback(now),
        }.get(state, Playback(now, True, song(f"{begun}"), now - begun, PHONE))
        now += looker.look(seen)
    assert looker.most(EVE, now) <= LIMITS[Responsiveness.BALANCED].playing


def test_saver_is_what_is_planned_without_a_pace() -> None:
    """To the millisecond."""
    rng, looker, plain = Random(5), Looker(chosen=Responsiveness.SAVER), PollSchedule()
    now = EVE
    for _ in range(500):
        seen = Playback(
            now, rng.random() < 0.6, song(f"{rng.randrange(3)}"), rng.randrange(190_000)
        )
        wait = looker.look(seen)
        assert wait == plain.looked(seen)
        now += wait
