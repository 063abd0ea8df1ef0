"""The media browser of an account's player: Encore's lists, and the account's library.

A folder is named `encore:<folder>`, a thing by its URI; a later part of a long list has `@` and where it begins behind
that. Spotify is asked when a folder is opened, one part at a time, and a scope that is missing is asked for then. While it
is out of reach, the library that is kept beside the history is shown, with its age.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, final

from homeassistant.components.media_player.browse_media import BrowseMedia
from homeassistant.components.media_player.const import MediaClass, MediaType
from homeassistant.components.media_player.errors import BrowseError
from homeassistant.components.media_source.helper import (
    async_browse_media as async_browse_source,
)
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers.translation import async_get_translations
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..history.records.saved_library import LibrarySection
from ..spotify.account import SpotifyAccount
from ..spotify.api.call_purpose import Purpose
from ..spotify.api.items import SpotifyThing
from ..spotify.api.pages import A_PAGE
from ..spotify.api.share_links import COLLECTION, read_link
from ..spotify.api.top_items import TopSpan, async_top
from ..spotify.auth.permissions import granted_scopes
from ..spotify.auth.scopes import needed_scopes
from ..spotify.library.library_fallback import (
    async_contents_part,
    async_liked_songs,
    async_section_part,
)
from ..spotify.library.library_reader import ListPart
from ..spotify.library.sections import SECTIONS
from .household_media import SOURCE, async_to_hear, is_house_media
from .listener_lists import (
    MOST,
    DayHeard,
    OwnList,
    async_on_this_day,
    async_own_list,
    async_withheld,
)
from .media_errors import shown_as

FOLDER: Final = f"{DOMAIN}:"
"""What the ids of folders begin with."""
_DAY: Final = "on_this_day/"
"""Before the year of a day."""


class Folder(StrEnum):
    """The folders of what the account keeps at Spotify; those of Encore's own are in OwnList."""

    PLAYLISTS = "playlists"
    LIKED_SONGS = "liked_songs"
    ALBUMS = "albums"
    ARTISTS = "artists"
    PODCASTS = "podcasts"
    EPISODES = "episodes"
    AUDIOBOOKS = "audiobooks"
    TOP_TRACKS = "top_tracks"
    TOP_ARTISTS = "top_artists"


_HOLDS: Final[dict[str, MediaClass]] = {
    OwnList.RECENTLY_PLAYED: MediaClass.TRACK,
    OwnList.TOP_THIS_MONTH: MediaClass.TRACK,
    OwnList.FORGOTTEN_FAVOURITES: MediaClass.TRACK,
    OwnList.ON_THIS_DAY: MediaClass.DIRECTORY,
    Folder.PLAYLISTS: MediaClass.PLAYLIST,
    Folder.LIKED_SONGS: MediaClass.TRACK,
    Folder.ALBUMS: MediaClass.ALBUM,
    Folder.ARTISTS: MediaClass.ARTIST,
    Folder.PODCASTS: MediaClass.PODCAST,
    Folder.EPISODES: MediaClass.EPISODE,
    Folder.AUDIOBOOKS: MediaClass.PODCAST,
    Folder.TOP_TRACKS: MediaClass.TRACK,
    Folder.TOP_ARTISTS: MediaClass.ARTIST,
}
"""The folders in their order, and what each holds."""
_SECTIONS: Final = {
    Folder.PLAYLISTS: LibrarySection.PLAYLISTS,
    Folder.LIKED_SONGS: LibrarySection.TRACKS,
    Folder.ALBUMS: LibrarySection.ALBUMS,
    Folder.ARTISTS: LibrarySection.ARTISTS,
    Folder.PODCASTS: LibrarySection.SHOWS,
    Folder.EPISODES: LibrarySection.EPISODES,
    Folder.AUDIOBOOKS: LibrarySection.AUDIOBOOKS,
}
"""The folders that are sections of the library."""
_TOPS: Final = {Folder.TOP_TRACKS: "tracks", Folder.TOP_ARTISTS: "artists"}
"""The folders that are top lists of Spotify's."""
_NEEDED: Final = {
    **{folder: SECTIONS[section].scopes for folder, section in _SECTIONS.items()},
    **{folder: needed_scopes("GET", f"me/top/{of}") for folder, of in _TOPS.items()},
}
"""The scopes without which a folder cannot be read."""
_BROWSING: Final = tuple(sorted(frozenset().union(*_NEEDED.values())))
"""What is asked for at once when one of them is missing: whoever browses opens the next folder, too."""

PLAYED_AS_A_LIST: Final = frozenset(
    {*OwnList, Folder.LIKED_SONGS, Folder.EPISODES, Folder.TOP_TRACKS}
)
"""The folders that hold what can be played one after the other."""

_SORTS: Final = {
    "track": (MediaClass.TRACK, MediaType.TRACK),
    "album": (MediaClass.ALBUM, MediaType.ALBUM),
    "artist": (MediaClass.ARTIST, MediaType.ARTIST),
    "playlist": (MediaClass.PLAYLIST, MediaType.PLAYLIST),
    "show": (MediaClass.PODCAST, MediaType.PODCAST),
    "audiobook": (MediaClass.PODCAST, MediaType.PODCAST),
    "episode": (MediaClass.EPISODE, MediaType.EPISODE),
    "chapter": (MediaClass.EPISODE, MediaType.EPISODE),
}
_SEARCHED: Final = [
    MediaClass.TRACK,
    MediaClass.ALBUM,
    MediaClass.ARTIST,
    MediaClass.PLAYLIST,
    MediaClass.PODCAST,
    MediaClass.EPISODE,
]


@final
class MediaBrowser:
    """The folders of one account, as one caller sees them."""

    def __init__(
        self, hass: HomeAssistant, account: SpotifyAccount, context: Context
    ) -> None:
        """Browse an account on behalf of whoever stands behind the context."""
        self._hass = hass
        self._account = account
        self._context = context

    async def async_browse(self, media_id: str | None) -> BrowseMedia:
        """Return a folder or a thing with what is in it; the whole tree's root without an id.

        Raises BrowseError, in words, and Unauthorized.
        """
        with shown_as(BrowseError):
            texts = await async_folder_texts(self._hass)
            if media_id in {None, "", FOLDER}:
                return self._root(texts)
            if is_house_media(media_id or ""):
                return await async_browse_source(self._hass, media_id)
            where, _, more = (media_id or "").partition("@")
            if where.startswith(FOLDER):
                return await self._async_folder(
                    where.removeprefix(FOLDER), more or None, texts
                )
            return await self._async_thing(where, more or None, texts)

    async def async_things(self, folder: str, most: int) -> list[SpotifyThing]:
        """Return what a folder plays, in order; nothing for one that does not play as a list.

        Of liked songs these are the `most` newest, of other folders what is on their first page.

        Raises SpotifyError, HomeAssistantError and Unauthorized.
        """
        if folder.startswith(_DAY):
            return list((await self._async_day(folder.removeprefix(_DAY))).things)
        if folder in OwnList:
            listener = self._account.listener
            return await async_own_list(
                self._hass, self._context, listener, OwnList(folder)
            )
        if folder == Folder.LIKED_SONGS:
            return await async_liked_songs(self._account, most)
        if folder in PLAYED_AS_A_LIST:
            return list((await self._async_shown(Folder(folder), None)).things)
        return []

    async def async_house_things(self, media_id: str) -> list[SpotifyThing]:
        """Return what an id of Encore's media source plays, in order. Raises as `house_media.async_to_hear`."""
        return await async_to_hear(
            self._hass, self._context, media_id, lambda: self._account
        )

    def _root(self, texts: Texts) -> BrowseMedia:
        children = [self._folder(name, texts) for name in _HOLDS]
        if "media_source" in self._hass.config.components:
            children.append(_house(texts))
        return BrowseMedia(
            media_class=MediaClass.APP,
            media_content_id=FOLDER,
            media_content_type=DOMAIN,
            title=self._account.listener.name,
            can_play=False,
            can_expand=True,
            children=children,
            children_media_class=MediaClass.DIRECTORY,
            can_search=True,
            search_media_classes=_SEARCHED,
        )

    async def _async_folder(
        self, name: str, more: str | None, texts: Texts
    ) -> BrowseMedia:
        stale_from = None
        if name.startswith(_DAY):
            day = await self._async_day(name.removeprefix(_DAY))
            return _day(day, texts, [playable(thing) for thing in day.things])
        if name == OwnList.ON_THIS_DAY:
            days = await async_on_this_day(
                self._hass, self._context, self._account.listener
            )
            children = [_day(day, texts) for day in days]
        elif name in OwnList:
            children = _listed(await self.async_things(name, MOST))
        elif name in Folder:
            shown = await self._async_shown(Folder(name), more)
            children = _listed(shown.things)
            children += _more(f"{FOLDER}{name}", shown, texts)
            stale_from = shown.stale_from
        else:
            raise _unknown(f"{FOLDER}{name}")
        folder = self._folder(name, texts)
        folder.title += _as_of(stale_from, texts)
        folder.children = children
        return folder

    async def _async_thing(
        self, uri: str, more: str | None, texts: Texts
    ) -> BrowseMedia:
        link = read_link(uri)
        if link is None or link.is_single:
            raise _unknown(uri)
        if link.kind == COLLECTION:
            return await self._async_folder(Folder.LIKED_SONGS, more, texts)
        hidden = await async_withheld(self._hass, self._context)
        shown = await async_contents_part(self._account, link, more, hidden=hidden)
        thing = shown.whole or SpotifyThing(link.kind, link.uri, texts["more"])
        opened = playable(thing)
        opened.title += _as_of(shown.stale_from, texts)
        opened.children = [playable(one) for one in shown.things]
        opened.children += _more(link.uri, shown, texts)
        return opened

    async def _async_shown(self, folder: Folder, more: str | None) -> ListPart:
        gateway = self._account.gateway
        granted = granted_scopes(self._account.coordinator.config_entry)
        if granted is not None and not granted.issuperset(_NEEDED[folder]):
            await gateway.async_require_scopes(*_BROWSING)
        if folder in _TOPS:
            top = await async_top(gateway, _TOPS[folder], TopSpan.MEDIUM, A_PAGE)
            return ListPart(top.value, stale_from=top.stale_from(Purpose.TOP))
        hidden = await async_withheld(self._hass, self._context)
        return await async_section_part(
            self._account, _SECTIONS[folder], more, hidden=hidden
        )

    async def _async_day(self, year: str) -> DayHeard:
        listener = self._account.listener
        for day in await async_on_this_day(self._hass, self._context, listener):
            if day.year == year:
                return day
        raise _unknown(f"{FOLDER}{_DAY}{year}")

    def _folder(self, name: str, texts: Texts) -> BrowseMedia:
        return BrowseMedia(
            media_class=MediaClass.DIRECTORY,
            media_content_id=f"{FOLDER}{name}",
            media_content_type=DOMAIN,
            title=texts[name],
            can_play=name in PLAYED_AS_A_LIST,
            can_expand=True,
            children_media_class=_HOLDS[name],
        )


type Texts = dict[str, str]


def _house(texts: Texts) -> BrowseMedia:
    """Return the way to what everybody heard, as far as whoever browses may hear of it."""
    return BrowseMedia(
        media_class=MediaClass.DIRECTORY,
        media_content_id=SOURCE,
        media_content_type=MediaType.APP,
        title=texts["house"],
        can_play=False,
        can_expand=True,
    )


async def async_folder_texts(hass: HomeAssistant) -> Texts:
    """Return the names of folders in the house's language; Home Assistant falls back to English."""
    prefix = f"component.{DOMAIN}.selector.media_folder.options."
    found = await async_get_translations(
        hass, hass.config.language, "selector", {DOMAIN}
    )
    return {
        key.removeprefix(prefix): text
        for key, text in found.items()
        if key.startswith(prefix)
    }


def playable(thing: SpotifyThing, *, with_by: bool = False) -> BrowseMedia:
    """Return a thing as Home Assistant shows it: to play, and to open where something is in it."""
    media_class, media_type = _SORTS[thing.kind]
    return BrowseMedia(
        media_class=media_class,
        media_content_id=thing.uri,
        media_content_type=media_type,
        title=f"{thing.name} – {thing.by}" if with_by and thing.by else thing.name,
        can_play=True,
        can_expand=not thing.is_single,
        thumbnail=thing.image_url,
    )


def _listed(things: Iterable[SpotifyThing]) -> list[BrowseMedia]:
    """Return things of several artists, each with its own."""
    return [
        playable(thing, with_by=thing.kind in {"track", "album", "episode"})
        for thing in things
    ]


def _more(of: str, shown: ListPart, texts: Texts) -> list[BrowseMedia]:
    """Return the folder with what comes after a part of a list, if anything does."""
    if shown.more is None:
        return []
    return [
        BrowseMedia(
            media_class=MediaClass.DIRECTORY,
            media_content_id=f"{of}@{shown.more}",
            media_content_type=DOMAIN,
            title=texts["more"],
            can_play=False,
            can_expand=True,
        )
    ]


def _as_of(moment: int | None, texts: Texts) -> str:
    """Return what to add to the name of a folder that may have changed since a moment (UTC ms)."""
    if moment is None:
        return ""
    then = dt_util.as_local(dt_util.utc_from_timestamp(moment / 1000))
    return f" ({texts['as_of']} {then:%Y-%m-%d %H:%M})"


def _day(
    day: DayHeard, texts: Texts, children: list[BrowseMedia] | None = None
) -> BrowseMedia:
    return BrowseMedia(
        media_class=MediaClass.DIRECTORY,
        media_content_id=f"{FOLDER}{_DAY}{day.year}",
        media_content_type=DOMAIN,
        title=f"{texts[OwnList.ON_THIS_DAY]} · {day.year}" if children else day.year,
        can_play=True,
        can_expand=True,
        children=children,
        children_media_class=MediaClass.TRACK,
        thumbnail=day.things[0].image_url,
    )


def _unknown(media_id: str) -> BrowseError:
    return BrowseError(
        translation_domain=DOMAIN,
        translation_key="nothing_to_browse",
        translation_placeholders={"media_id": media_id},
    )
