"""The words of the history: item, observation, play, listener, room, window.

Time is integer UTC milliseconds everywhere. A window is half-open: `[start, end)`.
"""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Annotated, Final

import msgspec

HOUSEHOLD = "household"
"""Key of the listener that stands for the household where the person is unknown."""

COUNTED_FROM_MS = 30_000
"""Spotify counts a play from 30 seconds on; so does Encore unless asked otherwise."""


RADIO = "radio:"
"""How the URIs of stations begin; the name follows, quoted."""

TELEVISION_URI = "television:"
"""The one item that stands for the sound of a television, whatever it shows."""

UNDER_WAY = 0
"""Id of a play that is still under way: the store has none for it."""


class Source(IntEnum):
    """Who said so. The numbers are stored, so they never change."""

    LIVE = 1
    """Spotify's player as it was watched."""
    POLLED = 2
    """What Spotify reported afterwards: its recently played list, and of episodes and chapters the resume points."""
    EXPORT = 3
    """Extended streaming history, in whole seconds."""
    ACCOUNT_DATA = 4
    """Account data export, to the minute."""
    SONOS = 5
    """A Sonos speaker as it was watched."""
    PLAYER = 6
    """Another media player of Home Assistant as it was watched."""


class Kind(IntEnum):
    """What was played. The numbers are stored, so they never change."""

    TRACK = 1
    EPISODE = 2
    CHAPTER = 3
    """A chapter of an audiobook."""
    RADIO = 4
    """A radio station, where it does not say which track."""
    TELEVISION = 5
    """The sound of a television."""
    LINE_IN = 6
    """What is connected to a speaker, such as a turntable."""


@dataclass(frozen=True, slots=True)
class Item:
    """One track, episode or chapter, as a source describes it; or a radio station, or an input of a speaker.

    `uri` is Spotify's (`spotify:track:…`) where it has one. `artists` holds the show for an episode
    and the book for a chapter; `album` then repeats it or is empty.
    """

    uri: str
    kind: Kind
    title: str
    artists: tuple[str, ...]
    album: str = ""
    duration_ms: int | None = None
    isrc: str | None = None
    image_url: str | None = None


@dataclass(frozen=True, slots=True)
class Listener:
    """A person with an account, or the household. `key` is stable, `name` is spoken."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Room:
    """A Home Assistant area, or a speaker that has none."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Device:
    """The player that sounded, by its source's own id."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class RoomSpan:
    """One room and when the play sounded in it."""

    room: Room
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Loudness:
    """How loud a room was from a moment on (UTC ms), in percent; 0 also where it was muted."""

    room: Room
    at: int
    percent: Annotated[int, msgspec.Meta(ge=0, le=100)]


@dataclass(frozen=True, slots=True)
class Observation:
    """What one source said of one play. Never edited once stored."""

    source: Source
    listener: Listener
    item: Item
    started_at: int
    ended_at: int
    ms_played: int
    device: Device | None = None
    context_uri: str | None = None
    rooms: tuple[RoomSpan, ...] = ()
    skipped: bool | None = None
    shuffle: bool | None = None
    offline: bool | None = None
    offline_timestamp: int | None = None
    incognito: bool | None = None
    reason_start: str | None = None
    reason_end: str | None = None
    volumes: tuple[Loudness, ...] = ()
    """How loud its rooms were when they began, and each time that changed while they sounded."""


@dataclass(frozen=True, slots=True)
class Play:
    """What Encore concludes: one item, one listener, one interval, its rooms and observations."""

    id: int
    listener: Listener
    item: Item
    started_at: int
    ended_at: int
    ms_played: int
    sources: frozenset[Source]
    device: Device | None = None
    context_uri: str | None = None
    rooms: tuple[RoomSpan, ...] = ()
    skipped: bool | None = None
    volumes: tuple[Loudness, ...] = ()
    """Only where they were asked for (`Recall.sounded_in`), and of what is under way."""
    stored_of: Listener | None = None
    """The listener in the store, where more is known by now."""

    @property
    def stored_under(self) -> str:
        """The key of the listener in the store, by which it is found and sorted."""
        return (self.stored_of or self.listener).key

    @property
    def is_assumed(self) -> bool:
        """Whether nobody measured how long it sounded: only recently played reported it, and not as a resume point."""
        return self.sources == {Source.POLLED} and self.item.kind is Kind.TRACK

    @property
    def under_way(self) -> bool:
        """Whether it is not over, and so not in the store yet; its end is then how far it is known to have sounded."""
        return self.id == UNDER_WAY


@dataclass(frozen=True, slots=True)
class Window:
    """The half-open interval `[start, end)` in UTC milliseconds."""

    start: int
    end: int

    def __contains__(self, moment: int) -> bool:
        """Whether a moment in UTC milliseconds lies in the window."""
        return self.start <= moment < self.end


ASSUMED_PERCENT: Final = 3
"""What of the time of a total may be assumed before its words say so."""


@dataclass(frozen=True, slots=True)
class Total:
    """How many plays counted, and how long they sounded."""

    plays: int
    ms_played: int
    assumed_ms: int = field(default=0, compare=False)
    """How much of that is only assumed, of a total that was asked for; not of what it is divided into."""

    def __add__(self, other: Total) -> Total:
        """Return the total of both together."""
        return Total(
            self.plays + other.plays,
            self.ms_played + other.ms_played,
            self.assumed_ms + other.assumed_ms,
        )

    @property
    def is_rough(self) -> bool:
        """Whether a considerable share of its time is only assumed."""
        return self.assumed_ms * 100 > ASSUMED_PERCENT * self.ms_played


class TopOf(StrEnum):
    """What a top list ranks."""

    TRACKS = "tracks"
    ARTISTS = "artists"
    ALBUMS = "albums"
    SHOWS = "shows"
    """Podcasts and audiobooks."""
    ROOMS = "rooms"
    SOURCES = "sources"


class ThingOf(StrEnum):
    """What something with a name is."""

    TRACK = "track"
    """A song, in all its releases."""
    ARTIST = "artist"
    ALBUM = "album"
    SHOW = "show"
    """A podcast or an audiobook."""
    EPISODE = "episode"
    """An episode of a podcast, or a chapter of an audiobook."""


class By(StrEnum):
    """What counts first in a ranking; the other one decides between equals."""

    PLAYS = "plays"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class TopEntry:
    """One place of a top list: a track, an artist, an album, a show, a room or a source with its total."""

    name: str
    artist: str
    """The artist of a track or album; the name again for all else."""
    uri: str | None
    total: Total


@dataclass(frozen=True, slots=True)
class Thing:
    """What a name was found for, with what was played of it. It has at least one play."""

    of: ThingOf
    id: int
    """Row id; of a song that of the release that was played most."""
    name: str
    artist: str
    """The artist of a track or album, the show of an episode; the name again for all else."""
    uri: str | None
    """Of a track or episode."""
    score: float
    """How well the name fits: 1 is the very name."""
    total: Total
    first: int
    """When it was first played, in UTC milliseconds."""
    last: int
    """When it was last played."""


@dataclass(frozen=True, slots=True)
class Place:
    """Which place something has, of how many."""

    number: int
    of: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a text may mean, the best first, and how many things there are of each sort."""

    things: tuple[Thing, ...]
    counts: dict[ThingOf, int]


@dataclass(frozen=True, slots=True)
class Appended:
    """What became of the observations handed to the store."""

    stored: int
    duplicates: int
    plays_new: int
    plays_changed: int


def as_play(seen: Observation) -> Play:
    """Return an observation that is not stored yet as a play."""
    return Play(
        UNDER_WAY,
        seen.listener,
        seen.item,
        seen.started_at,
        seen.ended_at,
        seen.ms_played,
        frozenset({seen.source}),
        seen.device,
        seen.context_uri,
        seen.rooms,
        seen.skipped,
        seen.volumes,
    )
