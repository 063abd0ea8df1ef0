"""Immutable state of a Sonos household.

Times are UTC milliseconds, durations milliseconds, volumes percent; a speaker goes by its uid (`RINCON_…`).
"""

from dataclasses import dataclass
from enum import StrEnum


class Transport(StrEnum):
    """What a group does."""

    PLAYING = "playing"
    PAUSED = "paused"
    STOPPED = "stopped"
    TRANSITIONING = "transitioning"
    """On its way to sound, for longer than a skip, a seek or a start usually takes."""


class Kind(StrEnum):
    """What kind of thing sounds."""

    TRACK = "track"
    EPISODE = "episode"
    RADIO = "radio"
    TV = "tv"
    LINE_IN = "line_in"
    OTHER = "other"


class Source(StrEnum):
    """Where it comes from."""

    SPOTIFY = "spotify"
    """From the queue of the speaker."""
    SPOTIFY_CONNECT = "spotify_connect"
    """Sent from a Spotify app."""
    AIRPLAY = "airplay"
    LIBRARY = "library"
    """The music library of the home."""
    RADIO = "radio"
    TV = "tv"
    LINE_IN = "line_in"
    SERVICE = "service"
    """Another music service, or an address on the web."""


class Repeat(StrEnum):
    """What is played again at its end."""

    OFF = "off"
    ALL = "all"
    ONE = "one"


@dataclass(frozen=True, slots=True)
class NowPlaying:
    """One thing that sounds.

    `uri` is the transport's own, which for Spotify Connect names a session and no track; `spotify_uri` is the track's
    (`spotify:track:…`, `spotify:episode:…`) wherever Spotify is the source. Sonos names only the first artist.
    """

    kind: Kind
    source: Source
    uri: str
    spotify_uri: str | None = None
    title: str | None = None
    artist: str | None = None
    album: str | None = None
    duration_ms: int | None = None
    art: str | None = None
    station: str | None = None
    show: str | None = None
    """The programme that the station broadcasts now."""


@dataclass(frozen=True, slots=True)
class Position:
    """How far it was (`ms`) at a moment (`at`, UTC ms)."""

    ms: int
    at: int


@dataclass(frozen=True, slots=True)
class Container:
    """What is played from: a playlist, an album, a station."""

    uri: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Playback:
    """What a group plays; its members share it."""

    transport: Transport = Transport.STOPPED
    """For the first seconds of a transition what it did before, as a skip or a seek is nobody's news."""
    sounding: NowPlaying | None = None
    position: Position | None = None
    """None where there is none, and while it is not known."""
    position_polled: bool = False
    """Whether it is not known yet, and asked already."""
    shuffle: bool = False
    repeat: Repeat = Repeat.OFF
    crossfade: bool = False
    queue_position: int | None = None
    """From 1; None while the queue is not what plays."""
    queue_length: int | None = None
    container: Container | None = None
    actions: frozenset[str] = frozenset()
    """What the transport allows now, in UPnP's words (`Pause`, `Next`, `X_DLNA_SeekTime`…); empty while unknown."""
    in_transition: bool = False
    """Whether it is on its way to sound now."""

    @property
    def sounds(self) -> bool:
        """Whether it sounds, or is on its way to it."""
        return self.in_transition or self.transport is Transport.PLAYING


@dataclass(frozen=True, slots=True)
class Sound:
    """How a speaker sounds; None for what it does not have or did not report."""

    volume: int | None = None
    muted: bool | None = None
    volume_fixed: bool = False
    bass: int | None = None
    treble: int | None = None
    loudness: bool | None = None
    night_mode: bool | None = None
    balance: int | None = None
    """From -100, left only, to 100, right only."""
    speech_enhancement: bool | None = None
    """`DialogLevel` of a soundbar."""
    speech_enhanced: bool | None = None
    """`SpeechEnhanceEnabled`, which says the same on the models called Ultra: there `DialogLevel` is how much."""
    surround: bool | None = None
    subwoofer: bool | None = None
    subwoofer_gain: int | None = None
    audio_delay: int | None = None


@dataclass(frozen=True, slots=True)
class Battery:
    """The battery of a portable speaker."""

    percent: int
    charging: bool


@dataclass(frozen=True, slots=True)
class Zone:
    """A room as Sonos sees it: one visible speaker, with the hidden ones of a stereo pair or home theatre.

    `members` are the visible speakers of its group, the coordinator first. A member's `playback` is its coordinator's.
    """

    uid: str
    name: str
    available: bool
    members: tuple[str, ...]
    hidden: tuple[str, ...] = ()
    channels: frozenset[str] = frozenset()
    """What the hidden speakers play: `RF`, `LR`, `RR`, `SW`…"""
    settled: bool = True
    """Whether it is known what became of what it played; for a moment after a leader left its group it is not."""
    sleeps_at: int | None = None
    """When the sleep timer of its group is over, UTC ms; None while it is not set."""
    playback: Playback = Playback()
    sound: Sound = Sound()
    battery: Battery | None = None

    @property
    def coordinator(self) -> str:
        """The uid of the speaker that leads the group."""
        return self.members[0]

    @property
    def is_coordinator(self) -> bool:
        """Whether this speaker leads its group."""
        return self.members[0] == self.uid

    @property
    def sounding(self) -> NowPlaying | None:
        """What sounds here, or would if it were not paused."""
        return self.playback.sounding

    @property
    def is_playing(self) -> bool:
        """Whether it sounds now."""
        return self.playback.transport is Transport.PLAYING


@dataclass(frozen=True, slots=True)
class SpeakerInfo:
    """What a speaker is."""

    uid: str
    model: str
    model_number: str
    software_version: str
    hardware_version: str
    serial_number: str
    has_tv: bool = False
    has_line_in: bool = False
