"""An evening in the rooms of a house: what people do there in the walk through it, and the truth of what sounded where."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
import time
from typing import Any

from demo.api import Json
from demo.home import Home
from demo.link import belongs_to, link, register_app
from demo.past import export_of, import_past
from demo.ports import any_port
from demo.rooms import add_household
from demo.simulators import SonosApp
from simulator.sonos.radio import STATIONS

from .conftest import watched
from .evening import local, until_loaded
from .waiting import until

ROOMS = ("Kitchen", "Bedroom", "Living Room", "Study", "Bath")
KITCHEN, BEDROOM, LIVING_ROOM, BATH = (
    "media_player.kitchen",
    "media_player.bedroom",
    "media_player.living_room",
    "media_player.bath",
)
ALVA, BEN, HOUSEHOLD = "Alva", "Ben", "Household"
LONG_AGO_MS = 2 * 86_400_000
COUNTED_S = 32
"""Long enough for Spotify and Encore to count it."""
SETTLED_S = 1.5
"""So long after a change a room is asked about, and before one: what a speaker does takes a moment."""


@dataclass(slots=True)
class Sounded:
    """One thing that was heard: by whom, and in which rooms from when to when (UTC ms)."""

    title: str
    listener: str
    rooms: dict[str, tuple[int, int]] = field(default_factory=dict)
    started_at: int = 0
    ended_at: int = 0

    @property
    def seconds(self) -> float:
        """How long it sounded."""
        return (self.ended_at - self.started_at) / 1000


@dataclass(slots=True)
class RoomsEvening:
    """What was heard, in the order of its beginning, and what Encore said of it before the import and after."""

    heard: list[Sounded]
    minute: datetime
    """A full minute in it, by the home's clock."""
    before: list[Json]
    after: list[Json]
    total: int
    """How many plays Alva's history has after the import."""


class Rooms:
    """The home while people walk through it. Notes what truly sounds where."""

    def __init__(self, home: Home, app: SonosApp, players: dict[str, str]) -> None:
        """Take the home, the Sonos app, and the media players of the accounts by listener."""
        self.home = home
        self.app = app
        self.players = players
        self.heard: list[Sounded] = []

    def begins(self, title: str, listener: str, *rooms: str) -> Sounded:
        """Note that something sounds from now on, once it truly does."""
        one = Sounded(title, listener, started_at=now())
        for room in rooms:
            self.joins(one, room)
        self.heard.append(one)
        return one

    def joins(self, one: Sounded, room: str) -> None:
        """Note that a room is part of it from now on."""
        one.rooms[room] = now(), 0

    def leaves(self, one: Sounded, room: str) -> None:
        """Note that a room is part of it no longer."""
        one.rooms[room] = one.rooms[room][0], now()

    def ends(self, one: Sounded) -> None:
        """Note that it is over, everywhere."""
        one.ended_at = now()
        for room, (start, end) in one.rooms.items():
            one.rooms[room] = start, end or one.ended_at

    async def sounds(self, room: str, title: str, *, within: float = 30) -> None:
        """Wait until the speaker of a room truly plays something."""

        async def plays() -> bool:
            state = await self.app.state(room)
            return state["state"] == "PLAYING" and title in (
                state["title"],
                state["stream_content"],
            )

        await until(plays, within=within, what=f"“{title}” in the {room}")

    async def shows(self, player: str, title: str, *, within: float = 60) -> None:
        """Wait until a media player of Home Assistant shows that something plays."""

        async def plays() -> bool:
            state = await self.home.api.state(player)
            shown = state["attributes"].get("media_title")
            return bool(state["state"] == "playing" and shown == title)

        await until(plays, within=within, what=f"“{title}” in {player}")

    async def seek_end(self, seconds: int) -> None:
        """Move on to the last seconds of what Alva has on."""
        state = await self.home.truth.ask("GET", "state", params={"person": "alva"})
        at = state["duration_ms"] // 1000 - seconds
        await self.account(ALVA, "media_seek", seek_position=at)

    async def account(self, listener: str, action: str, **data: Any) -> None:
        """Press a button of an account's media player."""
        await self.home.api.act(
            f"media_player.{action}", {"entity_id": self.players[listener], **data}
        )

    async def play(self, listener: str, track: Json, **data: Any) -> None:
        """Have a track played for somebody."""
        await self.account(
            listener,
            "play_media",
            media_content_type="music",
            media_content_id=track["uri"],
            **data,
        )


@asynccontextmanager
async def rooms_home(folder: Path, network: str) -> AsyncGenerator[Rooms]:
    """Run a home of its own, with two listeners and a Sonos household of five rooms."""
    async with Home(
        config=folder / "config",
        spotify=folder / "spotify",
        port=any_port(),
        simulator_port=any_port(),
        environment=watched(folder),
        network=network,
        past_days=10,
    ) as home:
        await home.start_simulators()
        speakers = home.simulators.speakers
        assert speakers, f"the addresses {network}.* are taken"
        await home.start_home_assistant((ALVA, BEN))
        await register_app(home.api)
        players = {}
        for listener in (ALVA, BEN):
            entry = await link(home.api, listener.casefold())
            await belongs_to(
                home.api, entry["entry_id"], f"person.{listener.casefold()}"
            )
            players[listener] = await home.player_of(entry["entry_id"])
        await add_household(home.api, speakers[0].address)
        await until_loaded(home)
        async with SonosApp(speakers) as app:
            yield Rooms(home, app, players)


async def spend(rooms: Rooms) -> RoomsEvening:
    """Walk through the home, and import Alva's export in the end."""
    home, app = rooms.home, rooms.app
    first, second, bens = await tracks(home)
    begun = now()
    await app.press("Bedroom", "join", to="Kitchen")

    # Spotify in the kitchen, from Home Assistant; Ben hears the same on his phone.
    await rooms.account(ALVA, "select_source", source="Kitchen")
    await rooms.play(ALVA, first)
    await rooms.sounds("Kitchen", first["title"])
    one = rooms.begins(first["title"], ALVA, "Kitchen", "Bedroom")
    for track in (second, first):
        await rooms.play(ALVA, track, enqueue="add")
    await rooms.shows(KITCHEN, first["title"])
    await rooms.shows(BEDROOM, first["title"])
    await rooms.play(BEN, first)
    on_phone = rooms.begins(first["title"], BEN)

    # The living room joins in mid-track.
    await asyncio.sleep(5)
    await home.api.act(
        "media_player.join", {"entity_id": KITCHEN, "group_members": [LIVING_ROOM]}
    )
    rooms.joins(one, "Living Room")
    await rooms.shows(LIVING_ROOM, first["title"])
    await asyncio.sleep(max(0, COUNTED_S - (now() - one.started_at) / 1000))

    # The Sonos app skips, and Ben goes on to something else.
    await app.press("Living Room", "skip")
    rooms.ends(one)
    two = rooms.begins(second["title"], ALVA, "Kitchen", "Bedroom", "Living Room")
    await rooms.sounds("Kitchen", second["title"])
    await rooms.play(BEN, bens)
    rooms.ends(on_phone)
    on_phone = rooms.begins(bens["title"], BEN)
    await asyncio.sleep(2 * SETTLED_S)

    # The bedroom leaves.
    await app.press("Bedroom", "leave")
    rooms.leaves(two, "Bedroom")
    await asyncio.sleep(2 * SETTLED_S)

    # Home Assistant restarts while it plays.
    await home.restart_home_assistant()
    await until_loaded(home)
    await rooms.shows(LIVING_ROOM, second["title"])
    await rooms.account(BEN, "media_pause")
    rooms.ends(on_phone)

    # It plays to its end; then the first track comes again.
    await rooms.seek_end(3)
    await rooms.sounds("Kitchen", first["title"])
    rooms.ends(two)
    three = rooms.begins(first["title"], ALVA, "Kitchen", "Living Room")
    await rooms.shows(KITCHEN, first["title"])

    # A radio plays in the bath.
    await app.press("Bath", "radio", title=STATIONS[0].title)
    song = STATIONS[0].songs[0]
    await rooms.sounds("Bath", STATIONS[0].stream_content(song))
    radio = rooms.begins(song.title, HOUSEHOLD, "Bath")
    await rooms.shows(BATH, song.title)
    await asyncio.sleep(2 * SETTLED_S)

    # Alva's music ends, and a full minute passes before the radio is switched off.
    await rooms.seek_end(3)
    await until_stopped(rooms)
    rooms.ends(three)
    minute = quiet_minute(rooms.heard, begun)
    await asyncio.sleep(
        max(2 * SETTLED_S, (minute.timestamp() * 1000 - now()) / 1000 + SETTLED_S)
    )
    await app.press("Bath", "stop")
    rooms.ends(radio)
    before = await remembered_at_last(rooms, begun)
    total = await imported(rooms)
    return RoomsEvening(
        rooms.heard, minute, before, await remembered(home, begun), total
    )


async def tracks(home: Home) -> tuple[Json, Json, Json]:
    """Return three tracks longer than a minute that Alva did not hear in the last days."""
    played = await home.truth.heard("alva")
    lately = {row["title"] for row in played if row["ended_at"] > now() - LONG_AGO_MS}
    found = {
        row["title"]: row
        for row in played
        if row["kind"] == "track"
        and row["title"] not in lately
        and row["ms_played"] > 120_000
    }
    one, two, three, *_ = found.values()
    return one, two, three


async def until_stopped(rooms: Rooms) -> None:
    """Wait until Alva's music has ended."""

    async def stopped() -> bool:
        state = await rooms.home.truth.ask("GET", "state", params={"person": "alva"})
        return not state["is_playing"]

    await until(stopped, within=30, what="the end of Alva's music")


async def imported(rooms: Rooms) -> int:
    """Import Alva's export; return how many plays her history has then."""
    entity = rooms.players[ALVA]
    [entry] = [
        one["config_entry_id"]
        for one in await rooms.home.api.command("config/entity_registry/list")
        if one["entity_id"] == entity
    ]
    media = rooms.home.home_assistant.media
    async with export_of(rooms.home.truth, "alva", media) as export:
        await import_past(rooms.home.api, entry, export)
    answer = await rooms.home.api.act(
        "encore.get_plays",
        {"time_range": "all_time", "listener": ALVA, "minimum_played": 0},
        answer=True,
    )
    return int(answer["total"]["play_count"])


async def remembered(home: Home, since: int) -> list[Json]:
    """Return what Encore remembers since a moment (UTC ms), the earliest first."""
    answer = await home.api.act(
        "encore.get_plays",
        {
            "start_time": datetime.fromtimestamp(since / 1000, UTC).isoformat(),
            "minimum_played": 0,
            "listener": "everyone",
        },
        answer=True,
    )
    return list(reversed(answer["plays"]))


async def remembered_at_last(rooms: Rooms, since: int) -> list[Json]:
    """Return what Encore remembers since a moment (UTC ms) once that is what was heard, or what it is after a while.

    An account is looked at a moment after the end of its music.
    """

    async def all_is_known() -> list[Json] | None:
        plays = await remembered(rooms.home, since)
        return plays if as_remembered(plays) == as_played(rooms.heard) else None

    with suppress(AssertionError):
        return await until(all_is_known, within=30)
    return await remembered(rooms.home, since)


def as_played(played: list[Sounded]) -> list[tuple[str, str, list[str]]]:
    """Return what was heard: title, listener and rooms."""
    return sorted((one.title, one.listener, sorted(one.rooms)) for one in played)


def as_remembered(plays: list[Json]) -> list[tuple[str, str, list[str]]]:
    """Return what is remembered, likewise."""
    return sorted(
        (play["title"], play["listener"], sorted(play["rooms"])) for play in plays
    )


async def playing_at(home: Home, room: str, moment: int) -> list[Json]:
    """Return what Encore says was playing in a room at a moment (UTC ms)."""
    answer = await home.api.act(
        "encore.get_played_at",
        {
            "moment": datetime.fromtimestamp(moment / 1000, UTC).isoformat(),
            "room": room,
            "listener": "everyone",
        },
        answer=True,
    )
    return list(answer["plays"])


def quiet_minute(played: list[Sounded], since: int) -> datetime:
    """Return the first full minute after a moment (UTC ms), by the home's clock, near which nothing begins or ends; it may be to come."""
    edges = [edge for one in played for span in one.rooms.values() for edge in span]
    minute = local(since).replace(second=0, microsecond=0) + timedelta(minutes=1)
    margin = 2 * SETTLED_S * 1000
    while any(abs(edge - minute.timestamp() * 1000) < margin for edge in edges):
        minute += timedelta(minutes=1)
    return minute


def now() -> int:
    """Return this moment in UTC milliseconds."""
    return round(time.time() * 1000)
