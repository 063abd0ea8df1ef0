"""Media ids: what browsers show and `play_media` is called with, parsed once.

`encore:…` is a folder of an account, `encore:account/ID/…` one of several accounts, `media-source://encore/…` a list of the
household, `A:ALBUM/…`, `SQ:3`, `FV:2/7` … what a Sonos household keeps.
"""

from dataclasses import dataclass
from enum import StrEnum
import re
from typing import Final, Self
from urllib.parse import quote, unquote

from homeassistant.components.media_source.const import URI_SCHEME

from ..commands.errors import NothingToPlay
from ..const import DOMAIN
from ..sonos.playback.queue_links import is_share_link
from ..spotify.api.items import KINDS
from ..spotify.api.share_links import Link, NotALink, ShortLink, link_of, read_link

FOLDER: Final = f"{DOMAIN}:"
"""What the ids of an account's folders begin with."""
SOURCE: Final = f"{URI_SCHEME}{DOMAIN}"
"""What the ids of Encore's media source begin with."""
FAVORITE_TYPE: Final = "favorite_item_id"
"""What Home Assistant's own Sonos calls the type of a favorite."""
_ACCOUNT: Final = f"{FOLDER}account/"
_NAMED: Final = "named"
_LISTED: Final = re.compile(r"(FV:2|SQ:|A:|S:|R:0/|Q:0).*")
"""The ids of what a Sonos household keeps to play."""
_QUEUE: Final = re.compile(r"Q:0(?:/(\d+))?")
_WEB: Final = re.compile(r"https?://.+|/.+", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"[\s,;]+")
_SPOTIFY_ID: Final = re.compile(r"[0-9A-Za-z]{22}")
_KIND_OF_TYPE: Final = {
    "music": "track",
    "podcast": "show",
    **{kind: kind for kind in KINDS},
}


class HouseholdFolder(StrEnum):
    """The lists at the root of the media source, by the names that ids have."""

    RECENTLY_PLAYED = "recently_played"
    TOP = "top"
    ON_THIS_DAY = "on_this_day"
    FORGOTTEN_FAVOURITES = "forgotten_favourites"
    EVENINGS = "evenings"


@dataclass(frozen=True, slots=True)
class HouseholdList:
    """A list of the media source, or a folder of lists; none for its root."""

    folder: HouseholdFolder
    parts: tuple[str, ...] = ()

    @property
    def identifier(self) -> str:
        """The id behind that of the media source."""
        return "/".join((self.folder, *self.parts))

    def inside(self, part: str) -> Self:
        """Return the list or folder of a name in this one."""
        return type(self)(self.folder, (*self.parts, part))


@dataclass(frozen=True, slots=True)
class NamedItem:
    """An artist, album or show of which only the name is known."""

    kind: str
    name: str
    by: str = ""

    @property
    def identifier(self) -> str:
        """The id behind that of the media source."""
        parts = (quote(each, safe="") for each in (self.kind, self.name, self.by))
        return "/".join((_NAMED, *parts)).rstrip("/")


@dataclass(frozen=True, slots=True)
class HouseholdMedia:
    """What an id of Encore's media source names; None for nothing, and for its root."""

    what: HouseholdList | NamedItem | Link | None


@dataclass(frozen=True, slots=True)
class AccountFolder:
    """A folder of an account: of the one with this id, else of the caller's."""

    account_id: str | None
    name: str
    more: str | None = None
    """Where a later part of it begins."""


@dataclass(frozen=True, slots=True)
class SpotifyLinks:
    """One or more things at Spotify, to be played through the account of this id, if there is one."""

    links: tuple[Link, ...]
    account_id: str | None = None


@dataclass(frozen=True, slots=True)
class SonosItem:
    """What a Sonos household keeps, by the id in its content directory."""

    object_id: str


@dataclass(frozen=True, slots=True)
class QueuePlace:
    """A place of a room's queue, counted from 1."""

    number: int


@dataclass(frozen=True, slots=True)
class SharedLink:
    """A link to share of another music service."""

    url: str


@dataclass(frozen=True, slots=True)
class FileAddress:
    """A media source of Home Assistant, or an address on the web."""

    media_id: str


@dataclass(frozen=True, slots=True)
class Title:
    """A text that is no id, so perhaps the title of something."""

    text: str


@dataclass(frozen=True, slots=True)
class OpenedLink:
    """A thing at Spotify that is opened in a browser, from `more` on where only a later part of it is."""

    account_id: str | None
    link: Link
    more: str | None = None


type AccountMedia = HouseholdMedia | AccountFolder | SpotifyLinks
type RoomMediaId = (
    AccountMedia | SonosItem | QueuePlace | SharedLink | FileAddress | Title
)


def is_household(media_id: str) -> bool:
    """Whether an id is one of Encore's media source."""
    return media_id == SOURCE or media_id.startswith(f"{SOURCE}/")


def read_household(identifier: str) -> HouseholdMedia:
    """Parse what stands behind `media-source://encore/`."""
    if (link := read_link(identifier)) is not None:
        return HouseholdMedia(link)
    match identifier.rstrip("/").split("/"):
        case [folder, *parts] if folder in HouseholdFolder:
            return HouseholdMedia(HouseholdList(HouseholdFolder(folder), tuple(parts)))
        case [named, kind, name, *by] if named == _NAMED:
            made_by = unquote("".join(by))
            return HouseholdMedia(NamedItem(unquote(kind), unquote(name), made_by))
    return HouseholdMedia(None)


def read_opened(media_id: str) -> AccountFolder | OpenedLink | None:
    """Parse what is opened in the browser of an account; None for nothing of an account's."""
    account_id, inside = _account_in(media_id)
    where, _, more = inside.partition("@")
    if where.startswith(FOLDER):
        return AccountFolder(account_id, where.removeprefix(FOLDER), more or None)
    link = read_link(where)
    return None if link is None else OpenedLink(account_id, link, more or None)


def read_account_media(media_type: str, media_id: str) -> AccountMedia:
    """Parse what an account's player is to play. Raises NothingToPlay, NotALink and ShortLink."""
    if is_household(media_id):
        return read_household(media_id.removeprefix(SOURCE).removeprefix("/"))
    account_id, inside = _account_in(media_id)
    if inside.startswith(FOLDER):
        return AccountFolder(account_id, inside.removeprefix(FOLDER))
    return SpotifyLinks(_links(media_type, inside), account_id)


def read_room_media(media_type: str, media_id: str) -> RoomMediaId:
    """Parse what a room is to play. Raises NothingToPlay, ShortLink, and NotALink for nothing of an account's."""
    if (found := _QUEUE.fullmatch(media_id)) is not None:
        return QueuePlace(int(found[1] or 1))
    if is_household(media_id):
        return read_account_media(media_type, media_id)
    if media_id.startswith(URI_SCHEME):
        return FileAddress(media_id)
    if media_type == FAVORITE_TYPE or is_sonos(media_id):
        return SonosItem(media_id)
    try:
        return read_account_media(media_type, media_id)
    except ShortLink:
        raise
    except NotALink:
        if media_id.startswith(_ACCOUNT):
            raise
    if is_share_link(media_id):
        return SharedLink(media_id)
    return FileAddress(media_id) if _WEB.fullmatch(media_id) else Title(media_id)


def read_file(media_id: str) -> FileAddress | None:
    """Parse what is to be announced; None for what is no file."""
    is_file = media_id.startswith(URI_SCHEME) or _WEB.fullmatch(media_id)
    return FileAddress(media_id) if is_file and not is_household(media_id) else None


def is_sonos(media_id: str) -> bool:
    """Whether an id is one of a Sonos household's content directory."""
    return _LISTED.fullmatch(media_id) is not None


def in_account(account_id: str, media_id: str) -> str:
    """Return an id within an account as one that names the account."""
    return f"{_ACCOUNT}{account_id}/{media_id}"


def _account_in(media_id: str) -> tuple[str | None, str]:
    """Return the account that an id names, if any, and the id within it."""
    if not media_id.startswith(_ACCOUNT):
        return None, media_id
    account_id, _, inside = media_id.removeprefix(_ACCOUNT).partition("/")
    return account_id, inside


def _links(media_type: str, media_id: str) -> tuple[Link, ...]:
    """Read one or more URIs, share links or ids."""
    parts = [part for part in _BETWEEN.split(media_id) if part]
    if not parts:
        raise NothingToPlay(media_id=media_id)
    try:
        first = _link(media_type, parts[0])
    except NotALink:
        # Words, not a list in which one is wrong.
        raise NotALink(media_id=media_id) from None
    return (first, *(_link(media_type, part) for part in parts[1:]))


def _link(media_type: str, text: str) -> Link:
    kind = _KIND_OF_TYPE.get(media_type)
    if kind is not None and _SPOTIFY_ID.fullmatch(text):
        return Link(kind, text)
    return link_of(text)
