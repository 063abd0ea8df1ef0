"""The tree that all media browsers share: nodes, parts of what is in them, and how Home Assistant shows both."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import Final

from homeassistant.components.media_player.browse_media import BrowseMedia
from homeassistant.components.media_player.const import MediaClass, MediaType
from homeassistant.components.media_player.errors import (
    BrowseError,
    MediaPlayerException,
)
from homeassistant.components.media_source import BrowseMediaSource
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, Unauthorized
from homeassistant.helpers.translation import async_get_translations
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..errors import translated
from ..spotify.api.items import SpotifyThing

type Texts = dict[str, str]

CLASSES: Final = {
    "track": (MediaClass.TRACK, MediaType.TRACK),
    "album": (MediaClass.ALBUM, MediaType.ALBUM),
    "artist": (MediaClass.ARTIST, MediaType.ARTIST),
    "playlist": (MediaClass.PLAYLIST, MediaType.PLAYLIST),
    "show": (MediaClass.PODCAST, MediaType.PODCAST),
    "audiobook": (MediaClass.PODCAST, MediaType.PODCAST),
    "episode": (MediaClass.EPISODE, MediaType.EPISODE),
    "chapter": (MediaClass.EPISODE, MediaType.EPISODE),
    "radio": (MediaClass.CHANNEL, MediaType.CHANNEL),
    "television": (MediaClass.CHANNEL, MediaType.CHANNEL),
}
"""What Home Assistant calls each kind of thing that is played."""
KIND_OF_CLASS: Final[dict[str, str]] = {
    MediaClass.TRACK: "track",
    MediaClass.MUSIC: "track",
    MediaClass.ARTIST: "artist",
    MediaClass.ALBUM: "album",
    MediaClass.PLAYLIST: "playlist",
    MediaClass.PODCAST: "show",
    MediaClass.EPISODE: "episode",
}
"""The kinds that are searched for, by Home Assistant's classes and types, which share these words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A line of a media browser, with the fields of Home Assistant's: a folder, or something to play."""

    id: str
    title: str
    media_class: MediaClass = MediaClass.DIRECTORY
    media_content_type: str = DOMAIN
    can_play: bool = False
    can_expand: bool = True
    thumbnail: str | None = None
    children_media_class: MediaClass | None = None
    """What is in it, by which Home Assistant chooses its sign."""
    can_search: bool = False
    search_media_classes: list[MediaClass] | None = None
    """What can be searched for from it; None for anything."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A node with a part of what is in it."""

    node: Node
    children: tuple[Node, ...] = ()
    more: str | None = None
    """The id under which the next part is opened; None at the end."""
    stale_from: int | None = None
    """When this was so (UTC ms), where it may have changed since."""
    not_shown: int = 0


def thing_node(thing: SpotifyThing, *, with_maker: bool = False) -> Node:
    """Return a thing of Spotify's, to play and to open, by its name, or by that and its maker's."""
    media_class, media_type = CLASSES[thing.kind]
    return Node(
        id=thing.uri,
        title=f"{thing.name} – {thing.by}" if with_maker and thing.by else thing.name,
        media_class=media_class,
        media_content_type=media_type,
        can_play=True,
        can_expand=not thing.is_single,
        thumbnail=thing.image_url,
    )


def shown(node: Node) -> BrowseMedia:
    """Return a node as players show it."""
    fields = asdict(node)
    return BrowseMedia(media_content_id=fields.pop("id"), **fields)


def shown_in_source(node: Node) -> BrowseMediaSource:
    """Return a node as the media source shows it."""
    fields = asdict(node)
    return BrowseMediaSource(
        domain=DOMAIN, identifier=fields.pop("id") or None, **fields
    )


def shown_opened[M: BrowseMedia](
    opened: Opened, texts: Texts, show: Callable[[Node], M]
) -> M:
    """Return a node with what is in it, and behind that the way to the next part, if there is one."""
    media = show(replace(opened.node, title=opened.node.title + _as_of(opened, texts)))
    children = list(opened.children)
    if opened.more is not None:
        children.append(Node(id=opened.more, title=texts["more"]))
    media.children = [show(child) for child in children]
    media.not_shown = opened.not_shown
    return media


def _as_of(opened: Opened, texts: Texts) -> str:
    """Return what to add to the title of what may have changed."""
    if opened.stale_from is None:
        return ""
    then = dt_util.as_local(dt_util.utc_from_timestamp(opened.stale_from / 1000))
    return f" ({texts['as_of']} {then:%Y-%m-%d %H:%M})"


async def async_texts(hass: HomeAssistant) -> Texts:
    """Return the names of folders in the home's language; Home Assistant falls back to English."""
    prefix = f"component.{DOMAIN}.selector.media_folder.options."
    found = await async_get_translations(
        hass, hass.config.language, "selector", {DOMAIN}
    )
    return {
        key.removeprefix(prefix): text
        for key, text in found.items()
        if key.startswith(prefix)
    }


def nothing_to_browse(media_id: str) -> BrowseError:
    """Return the error that nothing can be opened at an id."""
    return translated(BrowseError, "nothing_to_browse", media_id=media_id)


@contextmanager
def errors_as(kind: type[MediaPlayerException]) -> Iterator[None]:
    """Raise `kind` (BrowseError, SearchError) with the same words for every error that has some."""
    try:
        yield
    except MediaPlayerException, Unauthorized:
        raise
    except HomeAssistantError as err:
        raise kind(
            str(err),
            translation_domain=err.translation_domain,
            translation_key=err.translation_key,
            translation_placeholders=err.translation_placeholders,
        ) from err
