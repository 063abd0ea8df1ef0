"""The media browser of an account's player: lists of the listener's plays, and the account's library.

A folder is named `encore:<folder>`, a thing by its URI; a later part of a long list has `@` and where it begins behind
that. Spotify is asked when a folder is opened, one part at a time, and a scope that is missing is asked for then. While it
is out of reach, the stored library is shown, with its age.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final, final

from homeassistant.components.media_player.browse_media import BrowseMedia
from homeassistant.components.media_player.const import MediaClass, MediaType
from homeassistant.components.media_player.errors import BrowseError
from homeassistant.components.media_source.helper import (
    async_browse_media as async_browse_source,
)
from homeassistant.core import Context, HomeAssistant

from ..history.model import TopOf
from ..history.records.saved_library import LibrarySection
from ..spotify.account import SpotifyAccount
from ..spotify.api.items import SpotifyThing
from ..spotify.api.pages import A_PAGE
from ..spotify.api.share_links import COLLECTION
from ..spotify.api.top_items import TopSpan, async_top
from ..spotify.auth.permissions import granted_scopes
from ..spotify.auth.scopes import needed_scopes
from ..spotify.call_purpose import Purpose
from ..spotify.library.library_reader import ListPart
from ..spotify.library.sections import SECTIONS
from ..spotify.library_fallback import (
    async_contents_part,
    async_liked_songs,
    async_section_part,
)
from .browse_tree import (
    Node,
    Opened,
    Texts,
    async_texts,
    errors_as,
    nothing_to_browse,
    shown,
    shown_opened,
    thing_node,
)
from .media_ids import (
    FOLDER,
    SOURCE,
    AccountFolder,
    OpenedLink,
    is_household,
    read_opened,
)
from .play_lists import ListItem, PlayLists

_MOST: Final = A_PAGE
"""How many things a list of the listener's plays has at the most."""
_SEARCHED: Final = [
    MediaClass.TRACK,
    MediaClass.ALBUM,
    MediaClass.ARTIST,
    MediaClass.PLAYLIST,
    MediaClass.PODCAST,
    MediaClass.EPISODE,
]
_WITH_MAKER: Final = frozenset({"track", "album", "episode"})
"""What has the name of its maker in a list of several."""
_DAYS: Final = "on_this_day"
_LIKED_SONGS: Final = "liked_songs"


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder of the root: what it holds, how a part of it is read, and the scopes that this needs."""

    holds: MediaClass
    read: Callable[[AccountBrowser, str | None], Awaitable[ListPart]]
    scopes: frozenset[str] = frozenset()
    plays: bool = False
    """Whether its things can be played one after the other."""


def _plays(
    read: Callable[[PlayLists], Awaitable[Iterable[ListItem]]],
    holds: MediaClass = MediaClass.TRACK,
) -> _Folder:
    """Return the folder of a list of the listener's plays, as far as Spotify has them."""

    async def async_read(browser: AccountBrowser, _more: str | None) -> ListPart:
        return ListPart(_things(await read(browser.lists)))

    return _Folder(holds, async_read, plays=True)


async def _async_every_day(lists: PlayLists) -> list[ListItem]:
    return [item for day in await lists.async_on_this_day() for item in day.items]


def _section(
    section: LibrarySection, holds: MediaClass, *, plays: bool = False
) -> _Folder:
    async def async_read(browser: AccountBrowser, more: str | None) -> ListPart:
        hidden = await browser.lists.async_hidden()
        return await async_section_part(browser.account, section, more, hidden=hidden)

    return _Folder(holds, async_read, SECTIONS[section].scopes, plays)


def _top(of: str, holds: MediaClass, *, plays: bool = False) -> _Folder:
    async def async_read(browser: AccountBrowser, _more: str | None) -> ListPart:
        top = await async_top(browser.account.gateway, of, TopSpan.MEDIUM, A_PAGE)
        return ListPart(top.value, stale_from=top.stale_from(Purpose.TOP))

    return _Folder(holds, async_read, needed_scopes("GET", f"me/top/{of}"), plays)


_FOLDERS: Final = {
    "recently_played": _plays(PlayLists.async_recent),
    "top_this_month": _plays(lambda lists: lists.async_top("this_month", TopOf.TRACKS)),
    "forgotten_favourites": _plays(PlayLists.async_forgotten),
    _DAYS: _plays(_async_every_day, MediaClass.DIRECTORY),
    "playlists": _section(LibrarySection.PLAYLISTS, MediaClass.PLAYLIST),
    _LIKED_SONGS: _section(LibrarySection.TRACKS, MediaClass.TRACK, plays=True),
    "albums": _section(LibrarySection.ALBUMS, MediaClass.ALBUM),
    "artists": _section(LibrarySection.ARTISTS, MediaClass.ARTIST),
    "podcasts": _section(LibrarySection.SHOWS, MediaClass.PODCAST),
    "episodes": _section(LibrarySection.EPISODES, MediaClass.EPISODE, plays=True),
    "audiobooks": _section(LibrarySection.AUDIOBOOKS, MediaClass.PODCAST),
    "top_tracks": _top("tracks", MediaClass.TRACK, plays=True),
    "top_artists": _top("artists", MediaClass.ARTIST),
}
"""The folders of the root, in their order, by the names that ids and translations have."""
_BROWSING: Final = frozenset().union(*(each.scopes for each in _FOLDERS.values()))
"""What is asked for at once when one of them is missing: whoever browses opens the next folder, too."""


@final
class AccountBrowser:
    """The folders of one account, as one caller sees them."""

    def __init__(
        self, hass: HomeAssistant, account: SpotifyAccount, context: Context
    ) -> None:
        """Browse an account on behalf of the user of a context."""
        self._hass = hass
        self.account = account
        self.lists = PlayLists(hass, context, account.listener)

    async def async_browse(self, media_id: str | None) -> BrowseMedia:
        """Return a folder or a thing with what is in it; the root without an id. Raises BrowseError and Unauthorized."""
        with errors_as(BrowseError):
            if media_id and is_household(media_id):
                return await async_browse_source(self._hass, media_id)
            opened = read_opened(media_id or FOLDER)
            if opened is None or opened.account_id is not None:
                raise nothing_to_browse(media_id or FOLDER)
            return await self.async_open(opened)

    async def async_open(self, what: AccountFolder | OpenedLink) -> BrowseMedia:
        """Return a folder or a thing with what is in it.

        Raises BrowseError for nothing, Unauthorized, SpotifyError and HomeAssistantError.
        """
        texts = await async_texts(self._hass)
        match what:
            case AccountFolder(name=name, more=more):
                opened = await self._async_folder(name, more, texts)
            case OpenedLink(link=link, more=more) if link.kind == COLLECTION:
                opened = await self._async_folder(_LIKED_SONGS, more, texts)
            case OpenedLink():
                opened = await self._async_thing(what, texts)
        return shown_opened(opened, texts, shown)

    async def async_things(self, folder: str, most: int) -> list[SpotifyThing]:
        """Return what a folder plays, in order; nothing for one that does not play as a list.

        Of liked songs these are the `most` newest, of other folders what is on their first page.

        Raises SpotifyError, HomeAssistantError and Unauthorized.
        """
        if folder == _LIKED_SONGS:
            return await async_liked_songs(self.account, most)
        if folder.startswith(f"{_DAYS}/"):
            return [*await self._async_day(folder)]
        if folder not in _FOLDERS or not _FOLDERS[folder].plays:
            return []
        return [*(await self._async_read(folder, None)).things]

    async def _async_folder(self, name: str, more: str | None, texts: Texts) -> Opened:
        if not name:
            return self._root(texts)
        if name.startswith(f"{_DAYS}/"):
            day = _day_node(name, things := await self._async_day(name))
            title = f"{texts[_DAYS]} · {day.title}"
            return Opened(replace(day, title=title), _lines(things))
        if name not in _FOLDERS:
            raise nothing_to_browse(f"{FOLDER}{name}")
        node = _folder_node(name, texts)
        if name == _DAYS:
            days = await self.lists.async_on_this_day()
            found = ((f"{_DAYS}/{each.day[:4]}", _things(each.items)) for each in days)
            return Opened(node, tuple(_day_node(*each) for each in found if each[1]))
        part = await self._async_read(name, more)
        return _part(node, part, _lines(part.things))

    async def _async_read(self, name: str, more: str | None) -> ListPart:
        folder = _FOLDERS[name]
        granted = granted_scopes(self.account.coordinator.config_entry)
        if granted is not None and not granted >= folder.scopes:
            await self.account.gateway.async_require_scopes(*sorted(_BROWSING))
        return await folder.read(self, more)

    async def _async_day(self, name: str) -> tuple[SpotifyThing, ...]:
        """Return what was played most on this day of a year. Raises BrowseError for one without plays."""
        for day in await self.lists.async_on_this_day():
            if name == f"{_DAYS}/{day.day[:4]}" and (things := _things(day.items)):
                return things
        raise nothing_to_browse(f"{FOLDER}{name}")

    async def _async_thing(self, what: OpenedLink, texts: Texts) -> Opened:
        if what.link.is_single:
            raise nothing_to_browse(what.link.uri)
        hidden = await self.lists.async_hidden()
        part = await async_contents_part(
            self.account, what.link, what.more, hidden=hidden
        )
        itself = SpotifyThing(what.link.kind, what.link.uri, texts["more"])
        children = tuple(thing_node(thing) for thing in part.things)
        return _part(thing_node(part.whole or itself), part, children)

    def _root(self, texts: Texts) -> Opened:
        children = [_folder_node(name, texts) for name in _FOLDERS]
        if "media_source" in self._hass.config.components:
            # What everybody played, as far as the caller may see it.
            children.append(
                Node(id=SOURCE, title=texts["house"], media_content_type=MediaType.APP)
            )
        return Opened(
            Node(
                id=FOLDER,
                title=self.account.listener.name,
                media_class=MediaClass.APP,
                children_media_class=MediaClass.DIRECTORY,
                can_search=True,
                search_media_classes=_SEARCHED,
            ),
            tuple(children),
        )


def _folder_node(name: str, texts: Texts) -> Node:
    folder = _FOLDERS[name]
    return Node(
        id=f"{FOLDER}{name}",
        title=texts[name],
        can_play=folder.plays,
        children_media_class=folder.holds,
    )


def _day_node(name: str, things: Iterable[SpotifyThing]) -> Node:
    """Return the folder of this day in a year."""
    return Node(
        id=f"{FOLDER}{name}",
        title=name.rpartition("/")[2],
        can_play=True,
        children_media_class=MediaClass.TRACK,
        thumbnail=next(iter(things)).image_url,
    )


def _part(node: Node, part: ListPart, children: tuple[Node, ...]) -> Opened:
    more = None if part.more is None else f"{node.id}@{part.more}"
    return Opened(node, children, more, part.stale_from)


def _lines(things: Iterable[SpotifyThing]) -> tuple[Node, ...]:
    return tuple(
        thing_node(thing, with_maker=thing.kind in _WITH_MAKER) for thing in things
    )


def _things(items: Iterable[ListItem]) -> tuple[SpotifyThing, ...]:
    """Return what Spotify has of a list, each once."""
    things: dict[tuple[str, str], SpotifyThing] = {}
    for each in items:
        if thing := each.thing:
            # By another release or not.
            things.setdefault((each.name, each.by), thing)
    return tuple(things.values())[:_MOST]
