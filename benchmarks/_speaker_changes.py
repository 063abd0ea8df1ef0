"""Changes at simulated speakers, and when each of them is a state in a real Home Assistant."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
import os
from pathlib import Path
from tempfile import TemporaryDirectory
import time
from typing import Any, Final

from demo.api import Json, Socket
from demo.home import Home
from demo.link import entries
from demo.ports import free_port
from demo.rooms import add_household, room_players
from demo.simulators import SonosApp

NEVER_S: Final = 30
"""A change that is no state by then was missed."""

type Shows = Callable[[Json], bool]
"""Whether a state, as Home Assistant's events have it, shows a change."""


@dataclass(slots=True)
class Awaited:
    """A change whose state is waited for."""

    player: str
    shows: Shows
    at: asyncio.Future[float]


@dataclass(slots=True)
class Watcher:
    """Every state that Home Assistant writes for a player, as its event bus tells them."""

    awaited: list[Awaited] = field(default_factory=list)
    volumes: dict[str, list[int]] = field(default_factory=dict)
    """The volumes in percent that each player has shown, in order."""

    def expect(self, player: str, shows: Shows) -> asyncio.Future[float]:
        """Return when a state will have been written that shows a change (UTC seconds)."""
        at: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self.awaited.append(Awaited(player, shows, at))
        return at

    async def watch(self, socket: Socket) -> None:
        """Take events until cancelled."""
        while True:
            data = (await socket.event())["data"]
            if (state := data["new_state"]) is not None:
                self._take(state)

    def _take(self, state: Json) -> None:
        player = state["entity_id"]
        if (level := state["attributes"].get("volume_level")) is not None:
            seen = self.volumes.setdefault(player, [])
            if seen[-1:] != [round(level * 100)]:
                seen.append(round(level * 100))
        for one in [*self.awaited]:
            if one.player == player and one.shows(state):
                self.awaited.remove(one)
                if not one.at.done():
                    one.at.set_result(
                        datetime.fromisoformat(state["last_updated"]).timestamp()
                    )


class MeasuredHome:
    """A home with speakers, and nothing else that plays."""

    def __init__(self, demo_home: Home, app: SonosApp, watcher: Watcher) -> None:
        """Take the home, the Sonos app and who sees the states."""
        self.demo_home = demo_home
        self.app = app
        self.watcher = watcher
        self.rooms = [
            place.name for place in demo_home.simulators.speakers if not place.channel
        ]
        self.players = {
            room: f"media_player.{room.casefold().replace(' ', '_')}"
            for room in self.rooms
        }

    async def entry(self) -> str:
        """Return the id of the household's config entry."""
        [entry] = [
            one for one in await entries(self.demo_home.api) if one["title"] == "Sonos"
        ]
        return str(entry["entry_id"])

    async def switch(self, *, on: bool) -> float:
        """Load the household's entry, or unload it; return the seconds until all its players are there, or none."""
        begun = time.perf_counter()
        await self.demo_home.api.command(
            "config_entries/disable",
            entry_id=await self.entry(),
            disabled_by=None if on else "user",
        )
        while on and not await self.all_there():
            await asyncio.sleep(0.02)
        return time.perf_counter() - begun

    async def all_there(self) -> bool:
        """Whether every room has a player that is available."""
        states = {
            each["entity_id"]: each["state"]
            for each in await self.demo_home.api.get("/api/states")
        }
        return all(
            states.get(player, "unavailable") != "unavailable"
            for player in self.players.values()
        )

    async def change(self, room: str, hook: str, shows: Shows, **details: Any) -> float:
        """Do something at a speaker; return the seconds until its state was written, infinite if it never was."""
        at = self.watcher.expect(self.players[room], shows)
        begun = time.time()
        await self.app.press(room, hook, **details)
        with suppress(TimeoutError):
            return max(0.0, await asyncio.wait_for(at, NEVER_S) - begun)
        return float("inf")

    def cpu_s(self) -> float:
        """Return the processor time that Home Assistant has used so far, in seconds."""
        pid = self.demo_home.home_assistant.process.pid
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    async def idle_percent(self, seconds: float) -> float:
        """Return how much of a core Home Assistant uses while nothing changes."""
        begun, used = time.perf_counter(), self.cpu_s()
        await asyncio.sleep(seconds)
        return (self.cpu_s() - used) / (time.perf_counter() - begun) * 100


@asynccontextmanager
async def home(network: str, rooms: int | None = None) -> AsyncGenerator[MeasuredHome]:
    """Run a home whose speakers are on a loopback network: the demo's, or so many rooms of one each."""
    with TemporaryDirectory(prefix="encore-bench-") as folder:
        async with Home(
            config=Path(folder, "config"),
            spotify=Path(folder, "spotify"),
            port=free_port(18623),
            simulator_port=free_port(19390),
            network=network,
            rooms=rooms,
            past_days=1,
        ) as demo_home:
            await demo_home.start_simulators()
            speakers = demo_home.simulators.speakers
            if not speakers:
                raise RuntimeError(f"The addresses {network}.* are taken")
            await demo_home.start_home_assistant()
            await add_household(demo_home.api, speakers[0].address)
            await room_players(demo_home.api)
            watcher = Watcher()
            async with SonosApp(speakers) as app, demo_home.api.socket() as socket:
                await socket.command("subscribe_events", event_type="state_changed")
                watching = asyncio.create_task(watcher.watch(socket))
                try:
                    yield MeasuredHome(demo_home, app, watcher)
                finally:
                    watching.cancel()
                    with suppress(asyncio.CancelledError):
                        await watching
