"""A Sonos household on loopback: each speaker on an address of its own, over UPnP as SoCo speaks it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import aiohttp
from aiohttp import web

from ..clock import SimulatedClock
from .connect import ConnectSpeaker
from .events import Deliveries
from .household import Household, SpotifyLookUp
from .server import speaker_app
from .speaker import Speaker
from .spotify_music import SpotifyMusic
from .ssdp import Discovery

if TYPE_CHECKING:
    from ..spotify.world import SpotifyWorld

SONOS_PORT: Final = 1400


@dataclass(frozen=True, slots=True)
class SpeakerPlace:
    """Where a speaker stands, and what it is."""

    name: str
    address: str
    model_number: str = "S27"
    model: str = "Sonos Era 100"


HOME: Final = (
    SpeakerPlace("Kitchen", "127.0.0.11"),
    SpeakerPlace("Bedroom", "127.0.0.12"),
    SpeakerPlace("Living Room", "127.0.0.13", "S14", "Sonos Beam"),
)


class SonosSimulator:
    """Runs a household until it is stopped."""

    def __init__(
        self,
        clock: SimulatedClock,
        world: SpotifyWorld | None = None,
        *,
        places: Sequence[SpeakerPlace] = HOME,
        port: int = SONOS_PORT,
        discoverable: bool = False,
    ) -> None:
        """Build the speakers; with a Spotify world they are its Connect devices too.

        `discoverable` lets them answer SSDP searches from this machine.
        """
        self._clock = clock
        self._world = world
        spotify: SpotifyLookUp = _nothing if world is None else SpotifyMusic(world)
        self.household = Household(clock, spotify, port)
        if isinstance(spotify, SpotifyMusic):
            spotify.service_id = self.household.spotify_service_id
        for place in places:
            self.household.add(
                Speaker(
                    self.household,
                    place.name,
                    place.address,
                    place.model_number,
                    place.model,
                )
            )
        self._furnish()
        self._discovery = Discovery(self.household) if discoverable else None
        self._deliveries = Deliveries()
        self._http: aiohttp.ClientSession | None = None
        self._runners: list[web.AppRunner] = []

    def speaker(self, name: str) -> Speaker:
        """Return a speaker by the name of its room; KeyError if there is none."""
        for speaker in self.household.speakers:
            if speaker.name == name:
                return speaker
        raise KeyError(name)

    def _furnish(self) -> None:
        """Keep what a lived-in household keeps: a Sonos playlist, an alarm, a queue in the first room."""
        shelf, first = self.household.shelf, self.household.speakers[0]
        shelf.save_queue("Sunday", [shelf.library[2], shelf.library[0]])
        first.transport.queue = shelf.library[:4]
        self.household.alarms.create(
            {
                "StartLocalTime": "07:00:00",
                "Duration": "02:00:00",
                "Recurrence": "WEEKDAYS",
                "Enabled": "1",
                "RoomUUID": first.uid,
                "ProgramURI": "x-rincon-buzzer:0",
                "ProgramMetaData": "",
                "PlayMode": "SHUFFLE_NOREPEAT",
                "Volume": "25",
                "IncludeLinkedZones": "0",
            }
        )

    async def start(self) -> None:
        """Listen on each speaker's address; OSError if one is taken, and nothing stays open."""
        self._clock.attach()
        try:
            await self._open()
        except OSError:
            await self.stop()
            raise

    async def _open(self) -> None:
        # A speaker keeps no connection to its listeners between events.
        connector = aiohttp.TCPConnector(force_close=True)
        self._http = aiohttp.ClientSession(connector=connector)
        for speaker in self.household.speakers:
            app = speaker_app(speaker, self._http, self._deliveries)
            runner = web.AppRunner(app, access_log=None)
            self._runners.append(runner)
            await runner.setup()
            await web.TCPSite(runner, speaker.address, self.household.port).start()
        if self._discovery is not None:
            self._discovery.start()
        if self._world is not None:
            for speaker in self.household.speakers:
                ConnectSpeaker(speaker, self._world)

    async def stop(self) -> None:
        """Close all that was opened."""
        if self._discovery is not None:
            self._discovery.stop()
        await self._deliveries.stop()
        await asyncio.gather(*(runner.cleanup() for runner in self._runners))
        self._runners.clear()
        if self._http is not None:
            await self._http.close()
        self._clock.detach()


def _nothing(uri: str) -> tuple[()]:
    """Know no Spotify."""
    return ()
