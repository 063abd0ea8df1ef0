"""Radio: the stations that a household knows, and what a station tells of the song that is on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ..clock import Appointment, SimulatedClock

CONNECTING: Final = "ZPSTR_CONNECTING"
"""What stands in the place of a title while a speaker looks for the station."""


NO_SONGS: Final = {
    # openhab/openhab-addons#13208
    "advert": "TYPE=SNG|TITLE Advertisement_Stop|ARTIST |ALBUM ",
    # haecker-felix/Gradio#315
    "iheart_advert": '- text="Spot Block End" song_spot="T" spotInstanceId="-1" length="00:00:00"',
    "break": "ADWTAG_120000 - THIS STATION WILL CONTINUE AFTER THIS BREAK",
    # BBC Sounds, as in hankhank10/music-screen-api#53, with the times of its programmes
    "programme": "BR P|TYPE=SNG|TITLE Above and Below: The Art of Caves|ARTIST Artworks 16:00 - 16:30|ALBUM ",
}
"""What stations were seen to tell instead of a song, by what it is."""


@dataclass(frozen=True, slots=True)
class Song:
    """One song of a station's programme."""

    artist: str
    title: str
    album: str
    duration_s: int


@dataclass(frozen=True, slots=True)
class Station:
    """A station as a favourite names it.

    A `tagged` one tells its songs as Apple's and Sonos' own stations do, field by field; others as
    `artist - title`; one without songs tells nothing. TuneIn's stations play from a `stream` of another URI.
    """

    title: str
    uri: str
    item_id: str
    songs: tuple[Song, ...] = ()
    tagged: bool = False
    stream: str = ""
    show: str = ""

    @property
    def track_uri(self) -> str:
        """The URI that a transport names while it plays."""
        return self.stream or self.uri

    def stream_content(self, song: Song) -> str:
        """Return what listeners are told of a song."""
        if self.tagged:
            return (
                f"TYPE=SNG|TITLE {song.title}|ARTIST {song.artist}|ALBUM {song.album}"
            )
        return f"{song.artist} - {song.title}"


_SONGS: Final = (
    Song("The Quiet Harbour", "Paper Lanterns", "Low Tide", 201),
    Song("Mira Okonkwo", "Glass & Gravel", "Field Notes", 187),
    Song("Övre Gården", "Söndag <live>", "Årstider", 243),
    Song("Dockside Trio", "Night Bus 38", "Last Orders", 312),
)

STATIONS: Final = (
    Station(
        "Harbour FM",
        "x-sonosapi-stream:s99999?sid=254&flags=8224&sn=0",
        "F00092020s99999",
        _SONGS,
        stream="x-rincon-mp3radio://stream.harbour-fm.example/live",
        show="The Morning Tide,p99999",
    ),
    Station(
        "Night Waves",
        "x-sonosapi-hls:Api%3atune%3aliveAudio%3anight-waves?sid=37&flags=8480&sn=2",
        "10090120night-waves",
        _SONGS[::-1],
        tagged=True,
    ),
    Station(
        "Number Station",
        "x-rincon-mp3radio://numbers.example/stream.mp3",
        "F00092020numbers",
    ),
)


def station_of(uri: str) -> Station:
    """Return the station of a URI; one that nobody knows tells nothing of what it plays."""
    for station in STATIONS:
        if station.uri.partition("?")[0] == uri.partition("?")[0]:
            return station
    return Station("", uri, "")


class Reception:
    """A station on a speaker. Its programme begins with the first song whenever the speaker begins to play."""

    def __init__(
        self, clock: SimulatedClock, station: Station, changed: Callable[[], None]
    ) -> None:
        """Receive a station; `changed` is called when it tells something else."""
        self.station = station
        self.content = CONNECTING if station.songs else ""
        self.changed = changed
        self._clock = clock
        self._next: Appointment | None = None
        self._turn = 0

    def begin(self) -> None:
        """Play: the first song is told of."""
        self._turn = -1
        self._go_on()

    def end(self) -> None:
        """Play no longer."""
        if self._next is not None:
            self._next.cancel()
            self._next = None

    def announce(self, content: str) -> None:
        """Tell something that no programme has, such as the news; the programme goes on with its next song."""
        self.content = content
        self.changed()

    def _go_on(self) -> None:
        songs = self.station.songs
        if not songs:
            return
        self._turn = (self._turn + 1) % len(songs)
        song = songs[self._turn]
        self._next = self._clock.at(
            self._clock.now_ms() + song.duration_s * 1000, self._song_ended
        )
        self.content = self.station.stream_content(song)

    def _song_ended(self) -> None:
        self._go_on()
        self.changed()
