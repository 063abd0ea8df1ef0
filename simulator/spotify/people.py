"""The people: who has an account, what they like, and what they keep in their library."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .devices import Device

HOME_TIME_ZONE = "Europe/Amsterdam"
"""Where all of them live; their habits follow its clock."""


@dataclass(frozen=True, slots=True)
class Person:
    """An account. Keys: `alva`, `ben` (Premium), `cleo` (free), `dara` (not in the app's allowlist)."""

    key: str
    account_id: str
    """Immutable, as `/me` has it since 2026-05."""
    id: str
    """The user id, in URIs such as `spotify:user:<id>`."""
    display_name: str
    premium: bool
    allowlisted: bool
    country: str
    image_id: str

    @property
    def uri(self) -> str:
        """`spotify:user:…`."""
        return f"spotify:user:{self.id}"

    @property
    def collection_uri(self) -> str:
        """The context of playing one's saved tracks."""
        return f"{self.uri}:collection"


@dataclass(frozen=True, slots=True)
class ResumePoint:
    """How far an episode or chapter was heard."""

    position_ms: int
    fully_played: bool


@dataclass(slots=True)
class Library:
    """What a person saved and follows: id → when (UTC milliseconds), newest first."""

    tracks: dict[str, int] = field(default_factory=dict)
    albums: dict[str, int] = field(default_factory=dict)
    shows: dict[str, int] = field(default_factory=dict)
    episodes: dict[str, int] = field(default_factory=dict)
    audiobooks: dict[str, int] = field(default_factory=dict)
    artists: dict[str, int] = field(default_factory=dict)
    """Followed artists."""
    playlists: dict[str, int] = field(default_factory=dict)
    """Own and followed playlists."""
    resume_points: dict[str, ResumePoint] = field(default_factory=dict)
    """By episode or chapter id."""

    def save(self, uri: str, now_ms: int) -> None:
        """Save or follow what a URI names (`spotify:track:…`, `…:album:…`, `…:playlist:…`, …). Raises `BadValue("uri")`."""
        raise NotImplementedError

    def remove(self, uri: str) -> None:
        """Remove or unfollow; harmless when it is not there."""
        raise NotImplementedError

    def contains(self, uri: str) -> bool:
        """Whether it is saved or followed."""
        raise NotImplementedError


def household(seed: int) -> Mapping[str, Person]:
    """Return the four people by key."""
    raise NotImplementedError


def devices_of(person: Person, seed: int) -> list[Device]:
    """Return a person's own devices: phone, computer, and a television that is restricted."""
    raise NotImplementedError
