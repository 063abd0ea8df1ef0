"""Lives one simulated day with Encore, or with Home Assistant's own integration, and says what came of it."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
import random
from random import Random
from tempfile import TemporaryDirectory
import time
from typing import Any, Final, final

import numpy as np

from custom_components.encore.history.model import Listener, Observation, Play
from custom_components.encore.settings.responsiveness import LIMITS, Responsiveness
from custom_components.encore.spotify.tracking.usual_hours import (
    UsualHours,
    usual_hours,
)
from simulator.clock import SimulatedClock
from simulator.connect import ConnectState
from simulator.spotify import SpotifySimulator

from ._day_answers import Answers, owed
from ._day_calls import Calls, calls_of
from ._day_faults import BadDay, Trouble
from ._day_habits import HOUR_MS, MINUTE_MS, Day, Habits
from ._day_home import Home, pointed_at
from ._day_past import jittered, past_of
from ._day_staleness import Staleness
from ._day_time import run_in_virtual_time, until
from ._day_verdict import Verdict, judge

LISTENERS: Final = ("alva", "ben", "cleo")
_MIDNIGHT: Final = datetime(2026, 11, 17, tzinfo=UTC)
_SETTLES: Final = timedelta(hours=2)
"""So long before the day the accounts are linked: what linking costs once is not the day's."""
_SETTLE_MS: Final = 45 * MINUTE_MS
"""So long after the day's end what it left behind may still be fetched."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A day to live."""

    seed: int
    day: Day
    hours: int = 24
    begins: int = 0
    """At which hour of UTC; Spotify's accounts live an hour or two ahead."""
    listeners: Sequence[str] = LISTENERS
    shifts: Sequence[int] = (0, 37, 71)
    """Nobody keeps the same hours: each listener begins everything so many minutes later."""
    troubles: Sequence[Trouble] = ()
    places: int | None = None
    """How many plays recently played holds in all; None for 90 days of them."""
    manners: Mapping[str, Any] = field(default_factory=dict)
    """How Spotify answers (`simulator.spotify.manners`)."""
    responsiveness: Responsiveness = Responsiveness.BALANCED
    habits: bool = False
    """Whether the history has weeks in which the listeners kept about these hours, and today they do not to the minute."""


@dataclass(frozen=True, slots=True)
class Lived:
    """What came of a day, by listener."""

    verdicts: dict[str, Verdict]
    calls: dict[str, Calls]
    staleness: dict[str, Staleness]
    seconds: float
    """How long it really took."""


def live(plan: Plan, *, core: bool = False) -> Lived:
    """Live a day in virtual time, with Encore or (`core`) with Home Assistant's own integration, of which only calls are counted."""
    random.seed(plan.seed)
    begun = time.perf_counter()
    verdicts, calls, staleness = run_in_virtual_time(
        lambda: _lived(plan, core=core),
        _MIDNIGHT + timedelta(hours=plan.begins) - _SETTLES,
    )
    return Lived(verdicts, calls, staleness, time.perf_counter() - begun)


async def _lived(
    plan: Plan, *, core: bool
) -> tuple[dict[str, Verdict], dict[str, Calls], dict[str, Staleness]]:
    begins = round(_MIDNIGHT.timestamp() * 1000) + plan.begins * HOUR_MS
    ends = begins + plan.hours * HOUR_MS
    spotify = SpotifySimulator(plan.seed, SimulatedClock(), past_days=3)
    spotify.world.recent_places = plan.places
    spotify.manners.change(**plan.manners)
    spotify.world.attach_device(_Speaker())
    answers = Answers()
    spotify.answered.append(answers.take)
    async with AsyncExitStack() as opened:
        await spotify.start()
        opened.push_async_callback(spotify.stop)
        folder = Path(opened.enter_context(TemporaryDirectory(prefix="encore-day-")))
        home = await _furnished(opened, folder, spotify, plan, core=core)
        pasts = _pasts(plan, spotify, begins) if plan.habits else {}
        staleness, usual = {}, {}
        for person in plan.listeners:
            if pasts:
                past = pasts[person]
                learned = None if core else await home.know(person, past)
                usual[person] = learned or _usual_of(past, begins)
            watched = Staleness(
                spotify.world.player(person), spotify.clock, usual.get(person)
            )
            staleness[person] = watched
            watched.follow(home.hass, home.player_of(home.entry(person)))
        bad_day = BadDay(spotify, home, plan.troubles)
        people = [
            asyncio.create_task(
                Habits(
                    spotify.world,
                    person,
                    plan.seed,
                    None if core else home.press,
                    hands=staleness[person].hands(),
                ).live(begins + shift * MINUTE_MS, _day_of(plan, person))
            )
            for person, shift in zip(plan.listeners, plan.shifts, strict=False)
        ]
        people.append(asyncio.create_task(bad_day.happen(begins)))
        await until(ends, spotify.clock.now_ms)
        for task in people:
            if not task.done():
                task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await until(ends + _SETTLE_MS, spotify.clock.now_ms)
        rows = {
            person: list(spotify.world.ledger.played(person, begins))
            for person in plan.listeners
        }
        calls = {
            person: calls_of(
                (each for each in spotify.requests.asked if each.person == person),
                rows[person],
                begins,
                ends,
                limits=LIMITS[plan.responsiveness],
                usual=usual[person].at if usual else _always,
            )
            for person in plan.listeners
        }
        if core:
            return {}, calls, staleness
        plays, gaps = await home.plays(), await home.gaps()
        verdicts = {}
        for person in plan.listeners:
            outages = bad_day.outages(person, begins)
            key = f"spotify:{spotify.world.people[person].account_id}"
            verdicts[person] = judge(
                rows[person],
                owed(
                    rows[person],
                    answers.reported[person],
                    spotify.clock.now_ms(),
                    plan.places,
                    outages,
                    manners=spotify.manners,
                ),
                [
                    _as_played(play, spotify)
                    for play in plays
                    if play.listener.key == key and play.ended_at > begins
                ],
                [gap for gap in gaps if gap.listener.key == key and gap.end > begins],
                outages,
            )
        return verdicts, calls, staleness


def _always(_moment: int) -> bool:
    return True


def _day_of(plan: Plan, person: str) -> Day:
    """Return a person's day as it comes."""
    if not plan.habits:
        return plan.day
    return jittered(plan.day, Random(f"today {plan.seed} {person}"))


def _pasts(
    plan: Plan, spotify: SpotifySimulator, begins: int
) -> dict[str, list[Observation]]:
    """Return the past of each listener. The last one of several never listened in the afternoon: what they do then is unusual."""
    tracks = [*spotify.world.catalogue.tracks.values()][:50]
    pasts = {}
    for number, (person, shift) in enumerate(
        zip(plan.listeners, plan.shifts, strict=False)
    ):
        who = spotify.world.people[person]
        listener = Listener(f"spotify:{who.account_id}", who.display_name)
        last = number > 0 and number == len(plan.listeners) - 1
        day = plan.day[: len(plan.day) // 2] if last else plan.day
        pasts[person] = past_of(
            listener, day, begins + shift * MINUTE_MS, plan.seed, tracks
        )
    return pasts


def _usual_of(past: Sequence[Observation], begins: int) -> UsualHours:
    """Return what is usual by a past, as it can be known when the day begins (UTC ms)."""
    starts = np.array([each.started_at // 1000 for each in past], np.int64)
    ends = np.array([each.ended_at // 1000 for each in past], np.int64)
    return usual_hours(starts, ends, UTC, begins // 1000)


def _as_played(play: Play, spotify: SpotifySimulator) -> Play:
    """Return a play by the release that was heard, where Spotify listed another one."""
    kind, _, name = play.item.uri.rpartition(":")
    if kind != "spotify:track" or name in spotify.world.catalogue.tracks:
        return play
    return replace(play, item=replace(play.item, uri=f"{kind}:{name[::-1]}"))


@final
class _Speaker:
    """A speaker of the home on which everybody may play."""

    id = "speaker"
    name = "Living room"
    type = "Speaker"
    is_restricted = False
    volume_percent = 30

    def connect_changed(self, state: ConnectState | None) -> None:
        """Play."""

    def connect_volume(self, percent: int) -> None:
        """Play louder."""


async def _furnished(
    opened: AsyncExitStack,
    folder: Path,
    spotify: SpotifySimulator,
    plan: Plan,
    *,
    core: bool,
) -> Home:
    """Return a home that runs, with everybody's account linked; `opened` stops it."""
    if core:
        from . import _day_core  # noqa: PLC0415 - its library is needed for nothing else

        opened.enter_context(_day_core.core_pointed_at(spotify))
        home = Home(folder, spotify, _day_core.CORE_DOMAIN)
    else:
        opened.enter_context(pointed_at(spotify))
        home = Home(folder, spotify)
    await home.start()
    opened.push_async_callback(home.stop)
    if core:
        await _day_core.link_core(home, spotify, plan.listeners)
    else:
        options = {"responsiveness": plan.responsiveness.value}
        await home.link(plan.listeners, options)
    return home
