"""The people: who has an account, and what they keep in their library."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field, fields
from random import Random
from typing import Any, Self

from .devices import Device, DeviceType
from .errors import BadValue

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
    users: dict[str, int] = field(default_factory=dict)
    """Followed users."""
    playlists: dict[str, int] = field(default_factory=dict)
    """Own and followed playlists."""
    resume_points: dict[str, ResumePoint] = field(default_factory=dict)
    """By episode or chapter id."""
    audiobook_ids: Collection[str] = ()
    """All audiobooks there are, because their URIs look like those of shows."""

    def save(self, uri: str, now_ms: int) -> None:
        """Save or follow what a URI names. Raises `BadValue("uris")` for a kind that cannot be saved."""
        shelf, thing_id = self._shelf(uri)
        if thing_id not in shelf:
            rest = dict(shelf)
            shelf.clear()
            shelf[thing_id] = now_ms
            shelf.update(rest)

    def remove(self, uri: str) -> None:
        """Remove or unfollow; harmless when it is not there."""
        shelf, thing_id = self._shelf(uri)
        shelf.pop(thing_id, None)

    def contains(self, uri: str) -> bool:
        """Whether it is saved or followed."""
        shelf, thing_id = self._shelf(uri)
        return thing_id in shelf

    def _shelf(self, uri: str) -> tuple[dict[str, int], str]:
        shelves = {
            "track": self.tracks,
            "album": self.albums,
            "show": self.audiobooks
            if uri.removeprefix("spotify:show:") in self.audiobook_ids
            else self.shows,
            "audiobook": self.audiobooks,
            "episode": self.episodes,
            "artist": self.artists,
            "user": self.users,
            "playlist": self.playlists,
        }
        match uri.split(":"):
            case ["spotify", word, thing_id] if word in shelves and thing_id:
                return shelves[word], thing_id
            case _:
                raise BadValue("uris")

    def as_json(self) -> dict[str, Any]:
        """Return it for the state dir."""
        saved_items = (
            part.name
            for part in fields(self)
            if part.name not in {"resume_points", "audiobook_ids"}
        )
        points = {
            thing_id: asdict(point) for thing_id, point in self.resume_points.items()
        }
        return {name: dict(getattr(self, name)) for name in saved_items} | {
            "resume_points": points
        }

    @classmethod
    def from_json(cls, data: dict[str, Any], audiobook_ids: Collection[str]) -> Self:
        """Read what `as_json` gave."""
        points = {
            thing_id: ResumePoint(**point)
            for thing_id, point in data.pop("resume_points").items()
        }
        return cls(**data, resume_points=points, audiobook_ids=audiobook_ids)


def household(seed: int) -> Mapping[str, Person]:
    """Return the four people by key."""
    return {
        person.key: person
        for person in (
            _person(seed, "alva", "Alva Lindqvist", "alva.lindqvist", premium=True),
            _person(seed, "ben", "Ben Okafor", None, premium=True),
            _person(seed, "cleo", "Cléo Marchand", "cleo_marchand", premium=False),
            _person(seed, "dara", "Dara Nguyễn", None, premium=True, allowlisted=False),
        )
    }


def _person(
    seed: int,
    key: str,
    name: str,
    user_id: str | None,
    *,
    premium: bool,
    allowlisted: bool = True,
) -> Person:
    """Make a person; without a chosen user id it is one of Spotify's 28-character ones."""
    rng = Random(f"person {seed} {key}")
    letters = "abcdefghijklmnopqrstuvwxyz0123456789"
    made = "31" + "".join(rng.choices(letters, k=26))
    return Person(
        key=key,
        account_id="".join(rng.choices(letters + letters[:26].upper(), k=10)),
        id=user_id or made,
        display_name=name,
        premium=premium,
        allowlisted=allowlisted,
        country="NL",
        image_id=f"{rng.getrandbits(160):040x}",
    )


_PHONES = {
    "alva": "Pixel 9",
    "ben": "iPhone 16",
    "cleo": "Galaxy S23",
    "dara": "iPhone SE",
}
_PLATFORMS = {
    "alva": ("Android OS 15 API 35 (Google, Pixel 9)", "OS X 14.5.0 [arm 2]"),
    "ben": ("iOS 18.1 (iPhone17,3)", "Windows 11 (10.0.26100; x64)"),
    "cleo": (
        "Android OS 14 API 34 (samsung, SM-S911B)",
        "web_player windows 10;chrome 131.0.0.0;desktop",
    ),
    "dara": ("iOS 17.6 (iPhone14,6)", "Linux [x86-64 0]"),
}


def devices_of(person: Person, seed: int) -> list[Device]:
    """Return a person's own devices: phone, computer, and a television that is restricted."""
    rng = Random(f"devices {seed} {person.key}")
    phone, computer = _PLATFORMS[person.key]
    first_name = person.display_name.split()[0]
    return [
        Device(
            f"{rng.getrandbits(160):040x}",
            f"{first_name}’s {_PHONES[person.key]}",
            DeviceType.SMARTPHONE,
            phone,
            volume_percent=70,
        ),
        Device(
            f"{rng.getrandbits(160):040x}",
            f"{first_name}’s laptop",
            DeviceType.COMPUTER,
            computer,
            volume_percent=45,
        ),
        Device(
            f"{rng.getrandbits(160):040x}",
            "Living room TV",
            DeviceType.TV,
            "Partner android_tv Philips;OLED809",
            is_restricted=True,
            supports_volume=False,
            volume_percent=100,
        ),
    ]
