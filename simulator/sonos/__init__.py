"""A Sonos household on loopback: each speaker on an address of its own, over UPnP as SoCo speaks it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from ..clock import SimulatedClock
from .admin import press
from .connect import ConnectSpeaker
from .groups import Bond
from .homes import BIG_HOME, HOME, SpeakerPlace, channel_maps, many_rooms, moved_to
from .household import HOUSEHOLD_ID, Household, SpotifyLookUp
from .mdns import Adverts
from .server import HouseholdServer
from .shelf import spotify_favourite
from .speaker import Speaker
from .spotify_music import SpotifyMusic
from .ssdp import Discovery
from .stranger import Stranger

if TYPE_CHECKING:
    from ..spotify.world import SpotifyWorld

__all__ = (
    "BIG_HOME",
    "HOME",
    "SONOS_PORT",
    "SonosSimulator",
    "SpeakerPlace",
    "Stranger",
    "many_rooms",
    "moved_to",
)

SONOS_PORT: Final = 1400


class SonosSimulator:
    """Runs a household until it is stopped. Several stand side by side, each with an id and addresses of its own."""

    def __init__(
        self,
        clock: SimulatedClock,
        world: SpotifyWorld | None = None,
        *,
        places: Sequence[SpeakerPlace] = HOME,
        port: int = SONOS_PORT,
        household_id: str = HOUSEHOLD_ID,
        discoverable: bool = False,
        alarms_ring: bool = False,
    ) -> None:
        """Build the speakers; with a Spotify world they are its Connect devices too.

        `discoverable` lets this machine find them by SSDP and mDNS; `alarms_ring` lets alarms
        ring by the simulated clock, in UTC, instead of only when somebody presses `alarm`.
        """
        self._clock = clock
        self._world = world
        spotify: SpotifyLookUp = _nothing if world is None else SpotifyMusic(world)
        self.household = Household[Speaker](clock, spotify, port, household_id)
        if isinstance(spotify, SpotifyMusic):
            spotify.household = self.household
            self.household.cover = spotify.cover
        speakers = [self._built(place) for place in places]
        uids = [speaker.uid for speaker in speakers]
        for channels, is_theatre in channel_maps(places, uids):
            self.household.groups.bond(Bond(channels, is_theatre))
        self._furnish()
        self.household.topology_changed()
        if alarms_ring:
            self.household.alarms.ring_by_clock()
        self._server: HouseholdServer | None = None
        self._discovery = Discovery(self.household) if discoverable else None
        self._adverts = Adverts(self.household) if discoverable else None

    def speaker(self, name: str) -> Speaker:
        """Return the visible speaker of a room by the room's name; KeyError if there is none."""
        for speaker in self.household.rooms:
            if speaker.name == name:
                return speaker
        raise KeyError(name)

    def at(self, address: str) -> Speaker:
        """Return the speaker at an address, hidden or not; KeyError if there is none."""
        for speaker in self.household.speakers:
            if speaker.address == address:
                return speaker
        raise KeyError(address)

    async def plug_in(self, place: SpeakerPlace) -> Speaker:
        """Add a speaker to the running household; OSError if its address is taken."""
        speaker = self._built(place)
        if self._server is not None:
            await self._server.open(speaker)
            self._connect(speaker)
        return speaker

    async def move(self, speaker: Speaker, address: str) -> None:
        """Give a speaker of the running household another address; OSError if it is taken."""
        assert self._server is not None, "start it first"
        await self._server.move(speaker, address)

    def press(self, room: str, hook: str, **given: Any) -> None:
        """Do in a room what a hook stands for, such as `radio` or `join`; `admin.HOOKS` has them all.

        Raises UPnPFault where a speaker refuses it, KeyError for a room, hook or detail that is not there.
        """
        self._clock.catch_up()
        press(self.speaker(room), hook, given)

    def _built(self, place: SpeakerPlace) -> Speaker:
        speaker = Speaker(self.household, place)
        self.household.add(speaker)
        return speaker

    def _furnish(self) -> None:
        """Keep what a lived-in household keeps: a Sonos playlist, an alarm, a queue in the first room."""
        shelf, first = self.household.shelf, self.household.speakers[0]
        tracks = shelf.library.tracks
        shelf.save_queue("Sunday", [tracks[2], tracks[0]])
        first.transport.queue.replace(tracks[:4])
        if self._world is not None:
            albums = self._world.catalogue.albums.values()
            album = next(one for one in albums if len(one.track_ids) > 2)
            shelf.favour(spotify_favourite("FV:2/1", "Low Tide", album.uri))
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
        await self.household.deliveries.open()
        self._server = HouseholdServer(self.household)
        await self._server.start()
        if self._discovery is not None:
            self._discovery.start()
        if self._adverts is not None:
            await self._adverts.start()
        self.connect()

    def connect(self) -> None:
        """Make every room a Spotify Connect device, if there is a Spotify; `start` does so."""
        for speaker in self.household.rooms:
            self._connect(speaker)

    def _connect(self, speaker: Speaker) -> None:
        if self._world is not None:
            ConnectSpeaker(speaker, self._world)

    async def stop(self) -> None:
        """Close all that was opened."""
        if self._adverts is not None:
            await self._adverts.stop()
        if self._discovery is not None:
            self._discovery.stop()
        await self.household.web_files.stop()
        await self.household.deliveries.stop()
        if self._server is not None:
            await self._server.stop()
            self._server = None
        self._clock.detach()


def _nothing(uri: str) -> tuple[()]:
    """Know no Spotify."""
    return ()
