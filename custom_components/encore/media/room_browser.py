"""The media browser of a room: Sonos favorites and playlists, Spotify, media sources.

Ids are those of Sonos (`A:ALBUM/…`, `SQ:3`); a later part of a long list has `#from=` and where it begins behind that.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import InitVar, dataclass, replace
from typing import TYPE_CHECKING, Final, final
from urllib.parse import quote, unquote

from homeassistant.components.media_player.browse_media import (
    BrowseMedia,
    SearchMedia,
    SearchMediaQuery,
)
from homeassistant.components.media_player.const import MediaClass, MediaType
from homeassistant.components.media_player.errors import BrowseError, SearchError
from homeassistant.components.media_source.const import URI_SCHEME
from homeassistant.components.media_source.helper import (
    async_browse_media as async_browse_source,
)
from homeassistant.core import Context, HomeAssistant

from ..sonos.errors import SonosError, SonosNotNow, UnknownSonosMedia
from ..sonos.playback.directory import A_PAGE, Listed
from ..sonos.playback.media import RoomMedia
from ..spotify.library.search_ranking import Closeness, closeness
from .account_browser import AccountBrowser
from .account_search import async_search
from .browse_tree import (
    Node,
    Opened,
    Texts,
    async_texts,
    errors_as,
    shown,
    shown_opened,
)
from .media_ids import AccountFolder, OpenedLink, is_household, is_sonos, read_opened
from .room_accounts import account_for, browsable_accounts, for_rooms

if TYPE_CHECKING:
    from ..sonos.household import Household

type ArtAddress = Callable[[str], str]
"""From the path of a cover on a speaker to an address that browsers reach."""

_FROM: Final = "#from="
_LIBRARY: Final = "A:"
_FOLDERS: Final = "S:"
_ROOT: Final = {
    "FV:2": "favourites",
    "SQ:": "sonos_playlists",
    _LIBRARY: "music_library",
    "Q:0": "queue",
    "R:0/0": "stations",
}
"""What a household keeps, and what it is called."""
_SAMPLES: Final = {_LIBRARY: "A:TRACKS"}
"""What tells whether there is anything, where it is not the list itself."""
_IN_LIBRARY: Final = {
    "A:ALBUMARTIST": ("artists", MediaClass.ARTIST),
    "A:ALBUM": ("albums", MediaClass.ALBUM),
    "A:TRACKS": ("library_tracks", MediaClass.TRACK),
    "A:GENRE": ("library_genres", MediaClass.GENRE),
    "A:COMPOSER": ("library_composers", MediaClass.COMPOSER),
    "A:PLAYLISTS": ("library_playlists", MediaClass.PLAYLIST),
    _FOLDERS: ("library_folders", MediaClass.DIRECTORY),
}
_CLASSES: Final = (
    ("object.container.person.musicArtist", MediaClass.ARTIST, MediaType.ARTIST),
    ("object.container.person.composer", MediaClass.COMPOSER, MediaType.COMPOSER),
    ("object.container.genre", MediaClass.GENRE, MediaType.GENRE),
    ("object.container.album", MediaClass.ALBUM, MediaType.ALBUM),
    ("object.container.playlistContainer", MediaClass.PLAYLIST, MediaType.PLAYLIST),
    ("object.item.audioItem.audioBroadcast", MediaClass.CHANNEL, MediaType.CHANNEL),
    ("object.item.audioItem", MediaClass.TRACK, MediaType.TRACK),
)
_SEARCHED: Final = {
    MediaClass.TRACK: "A:TRACKS",
    MediaClass.ALBUM: "A:ALBUM",
    MediaClass.ARTIST: "A:ALBUMARTIST",
    MediaClass.GENRE: "A:GENRE",
    MediaClass.COMPOSER: "A:COMPOSER",
}
"""What the library is searched for, and where."""
_FOUND: Final = 20
"""How many of a kind the library is asked for."""


@final
@dataclass(eq=False)
class RoomBrowser:
    """What can be played in one room, as the user of a context sees it."""

    _hass: HomeAssistant
    _household: Household
    uid: InitVar[str]
    _context: Context
    _art_address: ArtAddress

    def __post_init__(self, uid: str) -> None:
        """Make what is made of the rest."""
        self._media = RoomMedia(self._household, uid)

    async def async_browse(self, media_id: str | None) -> BrowseMedia:
        """Return a folder or a thing with what is in it; the root without an id.

        Raises BrowseError, in words, and Unauthorized.
        """
        with errors_as(BrowseError):
            if media_id and media_id.startswith(URI_SCHEME):
                return await self._async_source(media_id)
            if media_id and (account := read_opened(media_id)) is not None:
                return await self._async_account(account)
            texts = await async_texts(self._hass)
            if not media_id:
                return await self._async_root(texts)
            where, _, start = media_id.partition(_FROM)
            if not is_sonos(where) or not (start or "0").isdecimal():
                raise UnknownSonosMedia(media=media_id)
            if where == _LIBRARY:
                return shown_opened(_library(texts), texts, shown)
            try:
                opened = await self._async_list(where, int(start or 0), texts)
            except SonosNotNow as err:
                raise UnknownSonosMedia(media=media_id) from err
            return shown_opened(opened, texts, shown)

    async def async_search(self, query: SearchMediaQuery) -> SearchMedia:
        """Return what a text may mean: what the household has and is spelt so, then Spotify's, then what else it has.

        Raises SearchError, in words, where nothing is found and a source did not answer, and Unauthorized.
        """
        text = query.search_query.strip()
        if not text:
            return SearchMedia(result=[])
        failure: SonosError | None = None
        stored: list[Listed] = []
        try:
            stored = await self._async_stored(text, query)
        except SonosError as err:
            failure = err
        spelt_so = [one for one in stored if _closeness(text, one) >= Closeness.WORDS]
        others = [one for one in stored if one not in spelt_so]
        found = [shown(self._node(one)) for one in spelt_so]
        if browsable_accounts(self._hass, self._context):
            account = account_for(self._hass, self._context, None)
            try:
                there = await async_search(self._hass, account, self._context, query)
                found += [
                    for_rooms(self._hass, self._context, one, account)
                    for one in there.result or ()
                ]
            except SearchError:
                if not stored:
                    raise
        found += [shown(self._node(one)) for one in others]
        if not found and failure is not None:
            with errors_as(SearchError):
                raise failure
        return SearchMedia(result=found)

    async def _async_root(self, texts: Texts) -> BrowseMedia:
        folders = []
        for object_id, name in _ROOT.items():
            sample = _SAMPLES.get(object_id, object_id)
            try:
                if (await self._media.async_list(sample, 0, 1)).total:
                    folders.append(Node(id=object_id, title=texts[name]))
            except SonosNotNow:
                # Some households have no such list.
                continue
        root = Node(
            id="",
            title=texts["sonos"],
            children_media_class=MediaClass.DIRECTORY,
            can_search=True,
        )
        media = shown_opened(Opened(root, tuple(folders)), texts, shown)
        children = [*(media.children or ())]
        for account in browsable_accounts(self._hass, self._context):
            browser = AccountBrowser(self._hass, account, self._context)
            folder = await browser.async_browse(None)
            folder.title = f"{texts['spotify']}: {folder.title}"
            folder.children = None
            children.append(for_rooms(self._hass, self._context, folder, account))
        if "media_source" in self._hass.config.components:
            # One that fails takes nothing of the others away.
            with suppress(BrowseError):
                source = await self._async_source(None)
                children += source.children or ()
        media.children = children
        return media

    async def _async_account(self, what: AccountFolder | OpenedLink) -> BrowseMedia:
        account = account_for(self._hass, self._context, what.account_id)
        browser = AccountBrowser(self._hass, account, self._context)
        media = await browser.async_open(what)
        # A room has media sources at its root.
        media.children = [
            each
            for each in media.children or ()
            if not is_household(each.media_content_id)
        ]
        return for_rooms(self._hass, self._context, media, account)

    async def _async_source(self, media_id: str | None) -> BrowseMedia:
        return await async_browse_source(
            self._hass, media_id, content_filter=_is_audible
        )

    async def _async_list(self, object_id: str, start: int, texts: Texts) -> Opened:
        page = await self._media.async_list(object_id, start, A_PAGE)
        after = start + len(page.listed)
        more = page.listed and after < page.total
        return Opened(
            await self._async_itself(object_id, texts),
            tuple(self._node(listed) for listed in page.listed),
            f"{object_id}{_FROM}{after}" if more else None,
        )

    async def _async_itself(self, object_id: str, texts: Texts) -> Node:
        """Return the folder of a list; of shares in the library speakers know nothing but the id."""
        if (name := _ROOT.get(object_id)) is not None:
            return Node(id=object_id, title=texts[name], can_play=object_id == "Q:0")
        if object_id in _IN_LIBRARY:
            return Node(id=object_id, title=texts[_IN_LIBRARY[object_id][0]])
        with suppress(SonosNotNow):
            if (listed := await self._media.async_described(object_id)) is not None:
                return replace(self._node(listed), can_expand=True)
        return Node(id=object_id, title=unquote(object_id.rpartition("/")[2]))

    async def _async_stored(self, text: str, query: SearchMediaQuery) -> list[Listed]:
        """Return the favourites, playlists, stations and what of the library a text may mean."""
        wanted = set(query.media_filter_classes or ())
        found = []
        for object_id in ("FV:2", "SQ:", "R:0/0"):
            try:
                page = await self._media.async_list(object_id, 0, A_PAGE)
            except SonosNotNow:
                continue
            found += [
                one
                for one in page.listed
                if text.casefold() in one.title.casefold()
                and (not wanted or _class_of(one)[0] in wanted)
            ]
        for kind, root in _SEARCHED.items():
            if not wanted or kind in wanted:
                # As SoCo's get_music_library_information does.
                search = f"{root}:{quote(text, safe='')}"
                try:
                    found += (await self._media.async_list(search, 0, _FOUND)).listed
                except SonosNotNow:
                    continue
        return found

    def _node(self, listed: Listed) -> Node:
        media_class, media_type = _class_of(listed)
        is_favorite = listed.id.startswith("FV:")
        title = listed.title or unquote(listed.id.rpartition("/")[2])
        if listed.artist and not listed.is_container:
            title = f"{title} – {listed.artist}"
        art = listed.art
        if art is not None and art.startswith("/"):
            art = self._art_address(art)
        return Node(
            id=listed.id,
            title=title,
            media_class=media_class,
            media_content_type=media_type,
            can_play=bool(listed.uri),
            can_expand=listed.is_container and not is_favorite,
            thumbnail=art,
        )


def _class_of(listed: Listed) -> tuple[MediaClass, MediaType]:
    for prefix, media_class, media_type in _CLASSES:
        if listed.kind.startswith(prefix):
            return media_class, media_type
    return MediaClass.DIRECTORY, MediaType.MUSIC


def _closeness(text: str, listed: Listed) -> Closeness:
    return closeness(text, listed.title, listed.artist or "")


def _library(texts: Texts) -> Opened:
    return Opened(
        Node(id=_LIBRARY, title=texts["music_library"]),
        tuple(
            Node(id=object_id, title=texts[name], children_media_class=holds)
            for object_id, (name, holds) in _IN_LIBRARY.items()
        ),
    )


def _is_audible(item: BrowseMedia) -> bool:
    return item.media_content_type.startswith("audio/") or is_household(
        item.media_content_id
    )
