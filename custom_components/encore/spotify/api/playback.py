"""The state of Spotify's player, read from its answers.

Shapes are those of the Web API in development mode, 2026. Any field may be null or
removed, so what cannot be read is left out instead of failing the whole answer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote_plus

from ...history.model import Item, Kind
from .response_fields import (
    count_of,
    flag_of,
    image_of,
    list_of,
    moment_of,
    object_of,
    text_of,
)

TRACK: Final = "track"
EPISODE: Final = "episode"
CHAPTER: Final = "chapter"
_NO_PLAY: Final = ("ad", "unknown")
"""What may be on and has no item."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The person behind a token. `account_id` never changes, and is not always reported; one of the ids is."""

    account_id: str | None
    user_id: str | None
    display_name: str

    @property
    def keys(self) -> tuple[str, ...]:
        """The reported ids, the immutable one first."""
        return tuple(key for key in (self.account_id, self.user_id) if key is not None)


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
    disallowed: frozenset[str] = frozenset()
    """What Spotify would refuse now, in its own words (`seeking`, `skipping_next`, …; `actions.disallows`)."""
    unread: tuple[str, ...] = ()
    """What was due and is not there, or cannot be read, in words for the log."""
    ticks_ms: int | None = field(default=None, compare=False)
    """When it was, by the monotonic clock, which nobody sets (ms); None where that is not known."""

    @property
    def idle(self) -> bool:
        """Whether no player is on."""
        return self.device is None and self.item is None

    def differs(self, other: Playback) -> bool:
        """Whether somebody who looks sees something else: another state, item or device."""
        return (self.playing, self.item, self.device and self.device.id) != (
            other.playing,
            other.item,
            other.device and other.device.id,
        )

    @property
    def ends_at(self) -> int | None:
        """When the item will be over if nobody intervenes (UTC ms), if that is known."""
        if not self.playing or self.item is None or self.progress_ms is None:
            return None
        if self.item.duration_ms is None:
            return None
        return self.seen_at + max(self.item.duration_ms - self.progress_ms, 0)

    @property
    def overdue(self) -> bool:
        """Whether it plays on at its end or beyond: not every length that Spotify reports is true."""
        return self.ends_at is not None and self.ends_at <= self.seen_at


@dataclass(frozen=True, slots=True)
class RecentPlay:
    """One row of recently played. `played_at` (UTC ms, our own clock) is near the end of the play."""

    item: Item
    played_at: int
    context_uri: str | None = None
    listed_at: int = 0
    """`played_at` as Spotify wrote it, by its own clock: by this and its item a row is known again."""


@dataclass(frozen=True, slots=True)
class RecentPage:
    """Up to 50 rows, and the cursor (UTC ms) before which older ones are asked for.

    `rows` counts also those that could not be read; `unread` says of each of them why, in words for the log.
    """

    plays: tuple[RecentPlay, ...]
    rows: int
    before: int | None
    unread: tuple[str, ...] = ()


def read_profile(answer: Mapping[str, Any]) -> Profile | None:
    """Read `GET /me`; None when it names nobody."""
    account_id, user_id = text_of(answer.get("account_id")), text_of(answer.get("id"))
    either = account_id or user_id
    if either is None:
        return None
    name = text_of(answer.get("display_name")) or either
    return Profile(account_id, user_id, name)


def read_playback(
    answer: Mapping[str, Any] | None, seen_at: int, ticks_ms: int | None = None
) -> Playback:
    """Read `GET /me/player`; no answer (204) means that no player is on."""
    if answer is None:
        return Playback(seen_at, ticks_ms=ticks_ms)
    item = read_item(answer.get("item"))
    return Playback(
        seen_at=seen_at,
        playing=answer.get("is_playing") is True,
        item=item,
        progress_ms=count_of(answer.get("progress_ms")),
        device=read_device(answer.get("device")),
        context_uri=text_of(object_of(answer.get("context")).get("uri")),
        shuffle=flag_of(answer.get("shuffle_state")),
        repeat=text_of(answer.get("repeat_state")),
        disallowed=_disallowed(answer),
        unread=tuple(_unread(answer, item)),
        ticks_ms=ticks_ms,
    )


def _unread(answer: Mapping[str, Any], item: Item | None) -> Iterator[str]:
    """Yield what of a look at the player cannot be read."""
    if flag_of(answer.get("is_playing")) is None:
        yield "no word on whether it plays"
    if read_device(answer.get("device")) is None:
        yield "no device"
    if item is not None:
        if count_of(answer.get("progress_ms")) is None:
            yield "no position"
        if item.duration_ms is None:
            yield "no length"
        return
    if kind := text_of(object_of(answer.get("item")).get("type")):
        known = kind in {TRACK, EPISODE, CHAPTER}
        yield f"{kind} without a name" if known else f"items of the type {kind[:40]!r}"
    elif (kind := answer.get("currently_playing_type")) not in _NO_PLAY:
        yield f"nothing of the {kind}" if kind in {TRACK, EPISODE} else "no item"


def _disallowed(answer: Mapping[str, Any]) -> frozenset[str]:
    """Read `actions.disallows`, which names only what is disallowed, or says so with a flag."""
    disallows = object_of(object_of(answer.get("actions")).get("disallows"))
    return frozenset(action for action, is_so in disallows.items() if is_so is True)


def read_device(answer: object) -> ConnectDevice | None:
    """Read one device; None when it has neither an id nor a name."""
    device = object_of(answer)
    device_id = text_of(device.get("id"))
    name = text_of(device.get("name")) or device_id
    if name is None:
        return None
    volume = count_of(device.get("volume_percent"))
    return ConnectDevice(
        id=device_id,
        name=name,
        type=text_of(device.get("type")) or "unknown",
        active=device.get("is_active") is True,
        restricted=device.get("is_restricted") is True,
        private=device.get("is_private_session") is True,
        # Older answers lack the field and show it by the volume alone.
        supports_volume=device.get("supports_volume", volume is not None) is True,
        volume_percent=volume,
    )


def read_devices(answer: Mapping[str, Any]) -> tuple[ConnectDevice, ...]:
    """Read `GET /me/player/devices`."""
    read = (read_device(device) for device in list_of(answer.get("devices")))
    return tuple(device for device in read if device is not None)


def read_recent(answer: Mapping[str, Any], ahead_ms: int = 0) -> RecentPage:
    """Read a page of `GET /me/player/recently-played`, in the order given (newest first).

    Spotify's clock is ahead of ours by `ahead_ms`; all moments that are returned are by ours.
    """
    rows = list_of(answer.get("items"))
    read = [_recent_play(row, ahead_ms) for row in rows]
    plays = tuple(each for each in read if isinstance(each, RecentPlay))
    unread = tuple(each for each in read if isinstance(each, str))
    if isinstance(cursors := answer.get("cursors"), dict):
        text = text_of(cursors.get("before")) or ""
        before = int(text) - ahead_ms if text.isdecimal() else None
    else:
        before = min((play.played_at for play in plays), default=None)
    return RecentPage(plays, len(rows), before, unread)


def read_item(answer: object) -> Item | None:
    """Read a track, episode or chapter; None for anything else."""
    item = object_of(answer)
    title = text_of(item.get("name")) or ""
    uri = text_of(item.get("uri"))
    match item.get("type"):
        case "track":
            return _track(item, uri, title)
        case "episode":
            return _part(item, uri, title, Kind.EPISODE, object_of(item.get("show")))
        case "chapter":
            return _part(
                item, uri, title, Kind.CHAPTER, object_of(item.get("audiobook"))
            )
    return None


def _track(item: Mapping[str, Any], uri: str | None, title: str) -> Item | None:
    """Read a track; a local file may come without a URI and then gets Spotify's form of one."""
    album = object_of(item.get("album"))
    album_name = text_of(album.get("name")) or ""
    artists = tuple(
        name
        for artist in list_of(item.get("artists"))
        if (name := text_of(object_of(artist).get("name")))
    )
    duration = count_of(item.get("duration_ms"))
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
        isrc=text_of(object_of(item.get("external_ids")).get("isrc")),
        image_url=image_of(album),
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
    name = text_of(whole.get("name"))
    return Item(
        uri=uri,
        kind=kind,
        title=title,
        artists=(name,) if name else (),
        album=name or "",
        duration_ms=count_of(item.get("duration_ms")),
        image_url=image_of(item) or image_of(whole),
    )


def _recent_play(row: object, ahead_ms: int) -> RecentPlay | str:
    """Read a row; where that cannot be done, say why."""
    entry = object_of(row)
    item = read_item(entry.get("track"))
    if item is None:
        kind = text_of(object_of(entry.get("track")).get("type"))
        return (
            "no track" if kind in {None, TRACK} else f"an item of the type {kind!r:.42}"
        )
    played_at = moment_of(entry.get("played_at"))
    if played_at is None:
        return "no time"
    return RecentPlay(
        item,
        played_at - ahead_ms,
        text_of(object_of(entry.get("context")).get("uri")),
        played_at,
    )
