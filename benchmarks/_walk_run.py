"""Walks at random over both simulators, with a real Home Assistant in virtual time, and says what Encore made of it."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import batched
from pathlib import Path
import random
from random import Random
from tempfile import TemporaryDirectory
import time
from typing import Final, final

from simulator.clock import SimulatedClock
from simulator.sonos import HOME, SonosSimulator, SpeakerPlace, moved_to
from simulator.sonos.connect import connect_id
from simulator.sonos.soap import UPnPFault
from simulator.spotify import SpotifySimulator
from simulator.spotify.devices import Device
from simulator.spotify.errors import SpotifyRefusal
from simulator.spotify.player import Player

from ._day_home import Home, pointed_at
from ._day_time import run_in_virtual_time
from ._walk_truth import SpeakersWatched, truth
from ._walk_verdict import wrong

PEOPLE: Final = ("alva", "ben")
STEPS: Final = 200
_BEGIN: Final = datetime(2026, 11, 17, 6, tzinfo=UTC)
_PAUSES_S: Final = (2, 5, 12, 30, 60, 120, 200)
"""How long somebody waits before the next thing is done."""
_TOGETHER: Final = 8
"""So many tracks are put on at once."""
_OVER_S: Final = 2_700
"""After this, what is silent is over, and what Spotify lists was read."""


@dataclass(frozen=True, slots=True)
class Walked:
    """What came of a walk."""

    wrong: list[str]
    """A line for each thing that is not as it was."""
    played: int
    """How many things sounded."""
    steps: list[str]
    """What was done, and when."""
    seconds: float
    """How long it really took, of a processor."""


def walk(
    seed: int,
    steps: int = STEPS,
    network: str = "127.0.0",
    *,
    linked: bool = True,
) -> Walked:
    """Walk in virtual time; speakers are on the addresses of a network, and people's accounts are `linked` or not."""
    random.seed(seed)
    begun = time.process_time()
    found, played, done = run_in_virtual_time(
        lambda: _walked(seed, steps, moved_to(network, HOME), PEOPLE if linked else ()),
        _BEGIN,
    )
    return Walked(found, played, done, time.process_time() - begun)


async def _walked(
    seed: int, steps: int, places: Sequence[SpeakerPlace], linked: Sequence[str]
) -> tuple[list[str], int, list[str]]:
    clock = SimulatedClock()
    spotify = SpotifySimulator(seed, clock, past_days=1)
    sonos = SonosSimulator(clock, spotify.world, places=places)
    begins = clock.now_ms()
    async with AsyncExitStack() as opened:
        await spotify.start()
        opened.push_async_callback(spotify.stop)
        await sonos.start()
        opened.push_async_callback(sonos.stop)
        folder = Path(opened.enter_context(TemporaryDirectory(prefix="encore-walk-")))
        opened.enter_context(pointed_at(spotify))
        home = Home(folder, spotify)
        await home.start()
        opened.push_async_callback(home.stop)
        await home.link(linked)
        household = sonos.household.id
        hosts = [places[0].address]
        data = {"kind": "sonos", "household_id": household, "hosts": hosts}
        await home.add(f"sonos:{household}", "Sonos", data)
        watched = SpeakersWatched(sonos)
        walker = Walker(Random(f"walk {seed}"), spotify, sonos, home)
        await walker.walk(steps)
        watched.look()
        await asyncio.sleep(_OVER_S)
        ledger = spotify.world.ledger
        rows = {person: [*ledger.played(person, begins)] for person in linked}
        sounded = truth(watched, rows)
        keys = {
            person: f"spotify:{spotify.world.people[person].account_id}"
            for person in linked
        }
        plays = [play for play in await home.plays() if play.ended_at > begins]
        return [*wrong(sounded, plays, keys)], len(sounded), walker.steps


@final
class Walker:
    """Somebody's hands on everything, by a random order."""

    def __init__(
        self,
        rng: Random,
        spotify: SpotifySimulator,
        sonos: SonosSimulator,
        home: Home,
    ) -> None:
        """Deal the tracks, so that nobody ever plays what was played before."""
        self.steps: list[str] = []
        self._rng, self._spotify, self._sonos, self._home = rng, spotify, sonos, home
        tracks = [
            track.uri
            for track in spotify.world.catalogue.tracks.values()
            if track.duration_ms > 90_000
        ]
        rng.shuffle(tracks)
        self._tracks: Iterator[tuple[str, ...]] = batched(tracks, _TOGETHER)

    async def walk(self, steps: int) -> None:
        """Do so many things, wait for a while before each, and let all be silent at last."""
        deeds: dict[str, tuple[int, Callable[[], bool]]] = {
            "put on": (6, self._put_on),
            "queue": (4, self._queue),
            "transfer": (10, self._transfer),
            "pause or resume": (8, self._pause_or_resume),
            "skip": (8, self._skip),
            "join": (16, self._join),
            "leave": (14, self._leave),
            "mood": (3, self._mood),
        }
        names = [*deeds, "home assistant: group", "restart"]
        weights = [weight for weight, _ in deeds.values()] + [14, 3]
        while len(self.steps) < steps:
            name = self._rng.choices(names, weights)[0]
            if name in deeds:
                happened = False
                with suppress(UPnPFault, SpotifyRefusal):
                    happened = deeds[name][1]()
            elif name == "restart":
                happened = await self._restart()
            else:
                happened = await self._group_at_home()
            if happened:
                self._note(name)
                await asyncio.sleep(self._rng.choice(_PAUSES_S))
        for person in PEOPLE:
            with suppress(SpotifyRefusal):
                self._player(person).pause()
        for room in self._rooms:
            with suppress(UPnPFault):
                self._sonos.press(room, "stop")

    def _note(self, name: str) -> None:
        """Write down what was done, and who plays with whom since."""
        groups = self._sonos.household.groups
        together = ", ".join(
            " + ".join(groups.known(uid).name for uid in each.members)
            + f" ({groups.known(each.coordinator).transport.state.lower()})"
            for each in groups
        )
        at = datetime.fromtimestamp(self._spotify.clock.now_ms() / 1000, UTC)
        self.steps.append(f"{at:%H:%M:%S} {name}: {together}")

    # In Spotify's app

    def _put_on(self) -> bool:
        player = self._player()
        device = self._rng.choice(self._listed(player))
        player.play(uris=next(self._tracks), device_id=device.id)
        return True

    def _transfer(self) -> bool:
        player = self._player()
        if player.state is None:
            return False
        others = [
            each for each in self._listed(player) if each is not player.active_device
        ]
        player.transfer(self._rng.choice(others).id)
        return True

    def _pause_or_resume(self) -> bool:
        if self._rng.random() < 0.4:
            return self._pause_or_resume_room()
        player = self._player()
        if player.state is None:
            return False
        player.pause() if player.state.is_playing else player.resume()
        return True

    def _skip(self) -> bool:
        if self._rng.random() < 0.3:
            return self._press_playing("skip")
        player = self._player()
        if player.state is None or not player.state.is_playing:
            return False
        player.next()
        return True

    # In Sonos's app

    def _queue(self) -> bool:
        room = self._rng.choice(self._rooms)
        first, *others = next(self._tracks)
        self._sonos.press(room, "spotify", uri=first)
        for uri in others:
            self._sonos.press(room, "enqueue", uri=uri)
        return True

    def _pause_or_resume_room(self) -> bool:
        if self._rng.random() < 0.5:
            return self._press_playing("pause")
        paused = [
            one.name
            for one in self._sonos.household.rooms
            if one.coordinator.transport.state == "PAUSED_PLAYBACK"
        ]
        if not paused:
            return False
        self._sonos.press(self._rng.choice(paused), "play")
        return True

    def _press_playing(self, hook: str) -> bool:
        playing = [
            one.name
            for one in self._sonos.household.rooms
            if one.coordinator.transport.state == "PLAYING"
        ]
        if not playing:
            return False
        self._sonos.press(self._rng.choice(playing), hook)
        return True

    def _join(self) -> bool:
        room, other = self._rng.sample(self._rooms, 2)
        speaker = self._sonos.speaker(room)
        if self._sonos.speaker(other) in speaker.members:
            return False
        self._sonos.press(room, "join", to=other)
        return True

    def _leave(self) -> bool:
        grouped = self._grouped()
        if not grouped:
            return False
        self._sonos.press(self._rng.choice(grouped), "leave")
        return True

    def _mood(self) -> bool:
        """Let the speakers tell things in another order, or more slowly."""
        room = self._rng.choice(self._rooms)
        if self._rng.random() < 0.5:
            self._sonos.press(
                room, "late_transports", secs=self._rng.choice((0, 0.2, 1.5))
            )
        else:
            self._sonos.press(
                room, "late_position", secs=self._rng.choice((0, 0.5, 1.2))
            )
        return True

    # In Home Assistant

    async def _group_at_home(self) -> bool:
        grouped = self._grouped()
        if grouped and self._rng.random() < 0.6:
            return await self._home.act(_entity(self._rng.choice(grouped)), "unjoin")
        room, other = self._rng.sample(self._rooms, 2)
        return await self._home.act(
            _entity(room), "join", group_members=[_entity(other)]
        )

    async def _restart(self) -> bool:
        await self._home.stop()
        await asyncio.sleep(self._rng.choice((1, 10, 40)))
        await self._home.start()
        return True

    @property
    def _rooms(self) -> list[str]:
        return [speaker.name for speaker in self._sonos.household.rooms]

    def _listed(self, player: Player) -> list[Device]:
        """Return the devices that Spotify lists: of a group of speakers the one that leads, as `Kitchen + 1`."""
        members = {
            connect_id(speaker.uid)
            for speaker in self._sonos.household.rooms
            if not speaker.is_coordinator
        }
        return [each for each in player.devices if each.id not in members]

    def _grouped(self) -> list[str]:
        """Return the rooms that are in a group with others, leaders three times: that is how music is moved."""
        together = [one for one in self._sonos.household.rooms if len(one.members) > 1]
        leaders = [one for one in together if one.is_coordinator]
        return [one.name for one in (*together, *leaders, *leaders)]

    def _player(self, person: str | None = None) -> Player:
        return self._spotify.world.player(person or self._rng.choice(PEOPLE))


def _entity(room: str) -> str:
    return f"media_player.{room.lower().replace(' ', '_')}"
