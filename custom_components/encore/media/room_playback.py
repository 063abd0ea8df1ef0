"""`media_player.play_media` of a room.

It takes Spotify URIs and links to share (one, or a list), folders of Encore's own, links to share of other services,
ids of favorites, playlists, the library, stations and the queue, addresses on the web, and Home Assistant's media sources,
Encore's own among them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
import re
from typing import Any, Final, final
from urllib.parse import urlsplit

from homeassistant.components.media_player.browse_media import (
    async_process_play_media_url,
)
from homeassistant.components.media_player.const import MediaPlayerEnqueue
from homeassistant.components.media_source.const import URI_SCHEME
from homeassistant.components.media_source.helper import async_resolve_media
from homeassistant.core import Context, HomeAssistant

from ..commands.errors import (
    BadVolume,
    CommandError,
    NoSuchQueuePlace,
    NothingToPlay,
    OnlyFilesAreAnnounced,
)
from ..commands.playback.playback_request import PLAYED_AT_ONCE, async_left_at
from ..commands.playback.queue_items import as_played, async_singles
from ..const import LOGGER
from ..listeners.linked_listeners import listeners_of_user
from ..sonos.errors import SonosNotNow, UnknownSonosMedia
from ..sonos.household import Household
from ..sonos.playback.directory import A_PAGE
from ..sonos.playback.enqueue import RADIO, described
from ..sonos.playback.media import Playable, RoomMedia, Shared, Stream, Thing, as_thing
from ..spotify.api.share_links import COLLECTION, Link
from ..spotify.errors import SpotifyError
from .account_browser import AccountBrowser
from .account_playback import position_in
from .household_media import async_household_things
from .media_ids import (
    AccountFolder,
    FileAddress,
    HouseholdMedia,
    QueuePlace,
    RoomMediaId,
    SharedLink,
    SonosItem,
    SpotifyLinks,
    Title,
    read_file,
    read_room_media,
)
from .room_accounts import account_for

_IMPORTED: Final = re.compile(r"^S:.*\.(m3u8?|pls|wpl)(#\d+)?$", re.IGNORECASE)
"""A playlist that lies in the music library."""
_AT_ONCE: Final = frozenset({MediaPlayerEnqueue.REPLACE, MediaPlayerEnqueue.PLAY})
_STATIONS: Final = "media-source://radio_browser/"
_PLAYLIST_MIME: Final = frozenset({"audio/x-mpegurl", "audio/x-scpls", "audio/mpegurl"})
_MOST_PERCENT: Final = 100


@dataclass(frozen=True, slots=True)
class _Item:
    """What a speaker is given, and what that is at Spotify, if it is of Spotify."""

    thing: Thing
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class _File:
    """An address that a speaker can reach; `is_radio` where it has no end."""

    url: str
    title: str
    is_radio: bool

    def as_stream(self) -> Stream:
        """Return what plays it at once, beside the queue."""
        if not self.is_radio:
            return Stream(self.url, described(self.title))
        scheme_and_rest = self.url.partition(":")
        # Speakers refuse http(s) for stations.
        return Stream(
            f"x-rincon-mp3radio:{scheme_and_rest[2]}", described(self.title, RADIO)
        )


@final
@dataclass(eq=False)
class RoomPlayback:
    """Plays and queues in one room, by the uid of its speaker and the id of its player, on behalf of the user of a context."""

    _hass: HomeAssistant
    _household: Household
    _uid: str
    _entity_id: str
    _context: Context

    def __post_init__(self) -> None:
        """Make what is made of the rest."""
        self._media = RoomMedia(self._household, self._uid)

    async def async_play(
        self,
        media_type: str,
        media_id: str,
        enqueue: MediaPlayerEnqueue | None,
        extra: Mapping[str, Any],
    ) -> None:
        """Play or queue what was asked for; without `enqueue` it replaces the queue, and a file plays beside it.

        What plays at once begins at the `position` in `extra` (seconds); without one, an episode goes on where the caller
        left it, if that is known. Raises CommandError, NotALink or ShortLink for what cannot be played so, SonosError and SpotifyError.
        """
        media = read_room_media(media_type, media_id)
        if isinstance(media, QueuePlace):
            await self._async_play_place(media.number)
            return
        position_ms = position_in(extra)
        items = await self._async_items(media, enqueue, extra)
        if not items:
            raise NothingToPlay(media_id=media_id)
        how = enqueue or MediaPlayerEnqueue.REPLACE
        first = items[0].link
        if position_ms is None and how in _AT_ONCE and first is not None:
            account_id = None
            if isinstance(media, AccountFolder | SpotifyLinks):
                account_id = media.account_id
            position_ms = await self._async_left_at(first, account_id)
        await self._media.async_put([item.thing for item in items], how, position_ms)

    async def _async_left_at(self, first: Link, account_id: str | None) -> int | None:
        """Return where the caller, or whose account it is, stopped in the episode that comes first (ms), where that is known."""
        listeners = listeners_of_user(self._hass, self._context.user_id)
        mine = {each.key for each in listeners}
        if account_id is None and not mine:
            return None
        try:
            account = account_for(self._hass, self._context, account_id)
            if account_id is None and account.listener.key not in mine:
                return None
            return await async_left_at(account, first)
        except (CommandError, SpotifyError) as err:
            # It is played from its start then.
            LOGGER.debug("Where an episode was left is not known: %s", err)
            return None

    async def _async_play_place(self, place: int) -> None:
        """Play the queue from a place. Raises NoSuchQueuePlace, and leaves what plays then."""
        last = (await self._media.async_list("Q:0", 0, 1)).total
        if not 1 <= place <= last:
            name = self._household.zones[self._uid].name
            raise NoSuchQueuePlace(room=name, last=str(last))
        await self._media.async_play_place(place)

    async def async_announce(
        self, media_type: str, media_id: str, extra: Mapping[str, Any]
    ) -> None:
        """Announce a file in the room, as loud as `extra` says (`volume`, in percent), and go on with what played.

        Raises CommandError for what is no file, SonosError, and SpotifyError where Spotify does not go on.
        """
        percent = _percent(extra.get("volume"))
        if (address := read_file(media_id)) is None:
            raise OnlyFilesAreAnnounced(media_id=media_id)
        file = await self._async_file(address, extra)
        await self._household.announcing.async_announce(
            self._uid, media_id, file.url, described(file.title), percent
        )

    async def _async_items(
        self,
        media: RoomMediaId,
        enqueue: MediaPlayerEnqueue | None,
        extra: Mapping[str, Any],
    ) -> Sequence[_Item]:
        """Return what was asked for, as speakers take it."""
        match media:
            case HouseholdMedia():
                things = await async_household_things(
                    self._hass,
                    self._context,
                    media,
                    lambda: account_for(self._hass, self._context, None),
                )
                title = _title(extra) if len(things) == 1 else ""
                return [_shared(each.link, title or each.name) for each in things]
            case AccountFolder(account_id=account_id, name=folder):
                account = account_for(self._hass, self._context, account_id)
                browser = AccountBrowser(self._hass, account, self._context)
                things = await browser.async_things(folder, PLAYED_AT_ONCE)
                return [_shared(each.link, each.name) for each in things]
            case SpotifyLinks():
                return await self._async_spotify(media, extra)
            case FileAddress():
                file = await self._async_file(media, extra)
                return [_Item(_as_thing(file, enqueue))]
            case SonosItem(object_id=object_id):
                return [_Item(await self._async_listed(object_id))]
            case SharedLink(url=url):
                return [_Item(Shared(url, _title(extra)))]
            case Title(text=title):
                return [_Item(await self._async_named(title))]
        return []

    async def _async_spotify(
        self, media: SpotifyLinks, extra: Mapping[str, Any]
    ) -> Sequence[_Item]:
        """Return what links to Spotify name. Of liked songs each track; of an artist the speaker finds the top tracks."""
        items: list[_Item] = []
        title = _title(extra) if len(media.links) == 1 else ""
        for link in media.links:
            if link.kind == COLLECTION:
                account = account_for(self._hass, self._context, media.account_id)
                singles = await async_singles(account, link, PLAYED_AT_ONCE)
                items += [_shared(single) for single in singles]
            else:
                items.append(_shared(link, title))
        return items

    async def _async_listed(self, object_id: str) -> Thing:
        """Return what plays a thing that the household keeps. Raises UnknownSonosMedia."""
        for favourite in self._household.favourites.known:
            if favourite.id == object_id:
                return as_thing(favourite)
        try:
            if (container_id := _container_id(object_id)) is not None:
                page = await self._media.async_list(container_id, 0, A_PAGE)
                found = [each for each in page.listed if each.id == object_id]
                listed = found[0] if found else None
            else:
                listed = await self._media.async_described(object_id)
        except SonosNotNow as err:
            raise UnknownSonosMedia(media=object_id) from err
        if listed is None or not listed.uri:
            raise UnknownSonosMedia(media=object_id)
        return as_thing(listed)

    async def _async_named(self, name: str) -> Thing:
        """Return what plays the favourite or Sonos playlist of a title. Raises UnknownSonosMedia."""
        wanted = name.casefold()
        for object_id in ("SQ:", "FV:2"):
            page = await self._media.async_list(object_id, 0, A_PAGE)
            for listed in page.listed:
                if listed.uri and listed.title.casefold() == wanted:
                    return as_thing(listed)
        raise UnknownSonosMedia(media=name)

    async def _async_file(
        self, address: FileAddress, extra: Mapping[str, Any]
    ) -> _File:
        """Return the address that a speaker can reach of a file, a station or a media source."""
        url, title = address.media_id, _title(extra)
        is_radio = url.startswith(_STATIONS) or extra.get("radio") is True
        if url.startswith(URI_SCHEME):
            played = await async_resolve_media(self._hass, url, self._entity_id)
            url = played.url
            is_radio = is_radio or played.mime_type in _PLAYLIST_MIME
        whole = async_process_play_media_url(self._hass, url)
        path = urlsplit(whole)
        name = path.path.rpartition("/")[2] or path.hostname or whole
        return _File(whole, title or name, is_radio)


def _container_id(object_id: str) -> str | None:
    """Return the list that says more of a thing than the thing itself does."""
    if object_id.startswith("SQ:"):
        return "SQ:"
    if object_id.startswith("FV:"):
        return "FV:2"
    return "A:PLAYLISTS" if _IMPORTED.search(object_id) else None


def _shared(link: Link, title: str = "") -> _Item:
    played = as_played(link)
    return _Item(Shared(played.uri, title), played)


def _as_thing(file: _File, enqueue: MediaPlayerEnqueue | None) -> Thing:
    if file.is_radio or enqueue is None:
        return file.as_stream()
    return Playable(file.url, described(file.title))


def _title(extra: Mapping[str, Any]) -> str:
    """Return the title that was given beside what to play: in `extra`, or in its `metadata` as for Cast."""
    title = extra.get("title")
    if title is None and isinstance(metadata := extra.get("metadata"), dict):
        title = metadata.get("title")
    return title if isinstance(title, str) else ""


def _percent(volume: object) -> int | None:
    if volume is None:
        return None
    if isinstance(volume, bool) or not isinstance(volume, int | float):
        raise BadVolume
    # 0.4 is meant as a part of 1, and would be inaudible.
    if not 0 <= volume <= _MOST_PERCENT or 0 < volume < 1:
        raise BadVolume
    return round(volume)
