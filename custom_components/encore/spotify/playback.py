"""What Spotify's player says, read from its answers.

Shapes are those of the Web API in development mode, 2026. Any field may be null or
gone, so whatever cannot be read is left out instead of failing the whole answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote_plus

from ..history.model import Item, Kind

TRACK: Final = "track"
EPISODE: Final = "episode"
CHAPTER: Final = "chapter"


@dataclass(frozen=True, slots=True)
class Profile:
    """The person behind a token. `account_id` never changes."""

    account_id: str
    display_name: str


@dataclass(frozen=True, slots=True)
class ConnectDevice:
    """A player that Spotify Connect sees. Without an `id` it cannot be addressed."""

    id: str | None
    name: str
    type: str
    active: bool = False
    restricted: bool = False
    private: bool = False
    supports_volume: bool = False
    volume_percent: int | None = None


@dataclass(frozen=True, slots=True)
class Playback:
    """The player as it stood at `seen_at` (UTC ms, our own clock).

    Nothing is on when `device` and `item` are both absent. A device without an item
    plays something that is no play: an advertisement, the voice of a DJ, a type unknown.
    """

    seen_at: int
    playing: bool = False
    item: Item | None = None
    progress_ms: int | None = None
    device: ConnectDevice | None = None
    context_uri: str | None = None
    shuffle: bool | None = None
    repeat: str | None = None

    @property
    def idle(self) -> bool:
        """Whether no player is on."""
        return self.device is None and self.item is None

    @property
    def ends_at(self) -> int | None:
        """When the item will be over if nobody intervenes (UTC ms), if that can be told."""
        if not self.playing or self.item is None or self.progress_ms is None:
            return None
        if self.item.duration_ms is None:
            return None
        return self.seen_at + max(self.item.duration_ms - self.progress_ms, 0)

    @property
    def overdue(self) -> bool:
        """Whether it plays on at its end or beyond: not every length that Spotify tells is true."""
        return self.ends_at is not None and self.ends_at <= self.seen_at


@dataclass(frozen=True, slots=True)
class RecentPlay:
    """One row of recently played. `played_at` (UTC ms) is near the end of the play."""

    item: Item
    played_at: int
    context_uri: str | None = None


@dataclass(frozen=True, slots=True)
class RecentPage:
    """Up to 50 rows, and the cursor (UTC ms) before which older ones are asked for.

    `rows` counts also those that could not be read.
    """

    plays: tuple[RecentPlay, ...]
    rows: int
    before: int | None


def read_profile(answer: Mapping[str, Any]) -> Profile | None:
    """Read `GET /me`; None when it names nobody."""
    account_id = _text(answer.get("account_id")) or _text(answer.get("id"))
    if account_id is None:
        return None
    return Profile(account_id, _text(answer.get("display_name")) or account_id)


def read_playback(answer: Mapping[str, Any] | None, seen_at: int) -> Playback:
    """Read `GET /me/player`; no answer (204) means that no player is on."""
    if answer is None:
        return Playback(seen_at)
    return Playback(
        seen_at=seen_at,
        playing=answer.get("is_playing") is True,
        item=read_item(answer.get("item")),
        progress_ms=_count(answer.get("progress_ms")),
        device=read_device(answer.get("device")),
        context_uri=_text(_object(answer.get("context")).get("uri")),
        shuffle=_flag(answer.get("shuffle_state")),
        repeat=_text(answer.get("repeat_state")),
    )


def read_device(answer: object) -> ConnectDevice | None:
    """Read one device; None when it has neither an id nor a name."""
    device = _object(answer)
    device_id = _text(device.get("id"))
    name = _text(device.get("name")) or device_id
    if name is None:
        return None
    volume = _count(device.get("volume_percent"))
    return ConnectDevice(
        id=device_id,
        name=name,
        type=_text(device.get("type")) or "unknown",
        active=device.get("is_active") is True,
        restricted=device.get("is_restricted") is True,
        private=device.get("is_private_session") is True,
        # Older answers lack the field and tell by the volume alone.
        supports_volume=device.get("supports_volume", volume is not None) is True,
        volume_percent=volume,
    )


def read_devices(answer: Mapping[str, Any]) -> tuple[ConnectDevice, ...]:
    """Read `GET /me/player/devices`."""
    read = (read_device(device) for device in _list(answer.get("devices")))
    return tuple(device for device in read if device is not None)


def read_recent(answer: Mapping[str, Any]) -> RecentPage:
    """Read a page of `GET /me/player/recently-played`, in the order given (newest first)."""
    rows = _list(answer.get("items"))
    plays = tuple(play for row in rows if (play := _recent_play(row)) is not None)
    if isinstance(cursors := answer.get("cursors"), dict):
        before = _text(cursors.get("before")) or ""
        return RecentPage(plays, len(rows), int(before) if before.isdecimal() else None)
    oldest = min((play.played_at for play in plays), default=None)
    return RecentPage(plays, len(rows), oldest)


def read_item(answer: object) -> Item | None:
    """Read a track, episode or chapter; None for anything else."""
    item = _object(answer)
    title = _text(item.get("name")) or ""
    uri = _text(item.get("uri"))
    match item.get("type"):
        case "track":
            return _track(item, uri, title)
        case "episode":
            return _part(item, uri, title, Kind.EPISODE, _object(item.get("show")))
        case "chapter":
            return _part(item, uri, title, Kind.CHAPTER, _object(item.get("audiobook")))
    return None


def _track(item: Mapping[str, Any], uri: str | None, title: str) -> Item | None:
    """Read a track; a local file may come without a URI and then gets Spotify's form of one."""
    album = _object(item.get("album"))
    album_name = _text(album.get("name")) or ""
    artists = tuple(
        name
        for artist in _list(item.get("artists"))
        if (name := _text(_object(artist).get("name")))
    )
    duration = _count(item.get("duration_ms"))
    if uri is None:
        if item.get("is_local") is not True or not title:
            return None
        parts = (", ".join(artists), album_name, title, str((duration or 0) // 1000))
        uri = "spotify:local:" + ":".join(map(quote_plus, parts))
    return Item(
        uri=uri,
        kind=Kind.TRACK,
        title=title,
        artists=artists,
        album=album_name,
        duration_ms=duration,
        isrc=_text(_object(item.get("external_ids")).get("isrc")),
        image_url=_image(album),
    )


def _part(
    item: Mapping[str, Any],
    uri: str | None,
    title: str,
    kind: Kind,
    whole: Mapping[str, Any],
) -> Item | None:
    """Read a part of a show or an audiobook, which stands where a track has its artists."""
    if uri is None:
        return None
    name = _text(whole.get("name"))
    return Item(
        uri=uri,
        kind=kind,
        title=title,
        artists=(name,) if name else (),
        album=name or "",
        duration_ms=_count(item.get("duration_ms")),
        image_url=_image(item) or _image(whole),
    )


def _recent_play(row: object) -> RecentPlay | None:
    entry = _object(row)
    item = read_item(entry.get("track"))
    played_at = _moment(entry.get("played_at"))
    if item is None or played_at is None:
        return None
    return RecentPlay(item, played_at, _text(_object(entry.get("context")).get("uri")))


def _image(holder: Mapping[str, Any]) -> str | None:
    """Return the first image, which is the largest."""
    return next(
        (
            url
            for image in _list(holder.get("images"))
            if (url := _text(_object(image).get("url")))
        ),
        None,
    )


def _moment(value: object) -> int | None:
    """Read an ISO 8601 date with zone as UTC ms."""
    try:
        return round(datetime.fromisoformat(_text(value) or "").timestamp() * 1000)
    except ValueError:
        return None


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _count(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return max(int(value), 0)


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None
