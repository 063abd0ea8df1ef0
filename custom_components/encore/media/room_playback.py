"""`media_player.play_media` of a room.

Given are Spotify URIs and links to share (one, or a list), folders of Encore's own, links to share of other services,
ids of favourites, playlists, the library, stations and the queue, addresses on the web, and Home Assistant's media sources, Encore's own among them.
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
from homeassistant.components.media_source.helper import async_resolve_media
from homeassistant.core import Context, HomeAssistant

from ..commands.errors import (
    BadVolume,
    CommandError,
    NoSuchQueuePlace,
    NothingToPlay,
    OnlyFilesAreAnnounced,
)
from ..commands.playback.playback_request import PLAYED_AT_ONCE, ToPlay, async_left_at
from ..commands.playback.queue_items import as_played, async_singles
from ..const import LOGGER
from ..listeners.linked_listeners import listeners_of_user
from ..sonos.errors import NotNow, UnknownMedia
from ..sonos.household import Household
from ..sonos.playback.directory import A_PAGE
from ..sonos.playback.enqueue import RADIO, described
from ..sonos.playback.media import (
    Given,
    RoomMedia,
    Shared,
    Stream,
    Thing,
    as_thing,
    of_favourite,
)
from ..sonos.playback.queue_links import is_share_link
from ..spotify.api.share_links import COLLECTION, Link, NotALink, ShortLink
from ..spotify.errors import SpotifyError
from .account_browser import FOLDER, MediaBrowser
from .account_playback import links_in, position_in
from .household_media import async_to_hear, is_house_media
from .room_accounts import account_for, read_account

LISTED: Final = re.compile(r"(FV:2|SQ:|A:|S:|R:0/|Q:0).*")
"""The ids of what a household keeps to play."""
FAVOURITE_TYPE: Final = "favorite_item_id"
"""What Home Assistant's own Sonos calls the type of a favourite."""
_PLACE: Final = re.compile(r"Q:0(?:/(\d+))?")
_IMPORTED: Final = re.compile(r"^S:.*\.(m3u8?|pls|wpl)(#\d+)?$", re.IGNORECASE)
"""A playlist that lies in the music library."""
_WEB: Final = re.compile(r"https?://.+|/.+", re.IGNORECASE)
_AT_ONCE: Final = frozenset({MediaPlayerEnqueue.REPLACE, MediaPlayerEnqueue.PLAY})
_MEDIA_SOURCE: Final = "media-source://"
_STATIONS: Final = "media-source://radio_browser/"
_PLAYLIST_MIME: Final = frozenset({"audio/x-mpegurl", "audio/x-scpls", "audio/mpegurl"})
_MOST_PERCENT: Final = 100


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
class RoomPlayback:
    """Plays and queues in one room, on behalf of whoever stands behind a context."""

    def __init__(
        self,
        hass: HomeAssistant,
        household: Household,
        uid: str,
        entity_id: str,
        context: Context,
    ) -> None:
        """Take the room, by the uid of its speaker and the id of its player."""
        self._hass = hass
        self._household = household
        self._uid = uid
        self._entity_id = entity_id
        self._context = context
        self._media = RoomMedia(household, uid)

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
        if (found := _PLACE.fullmatch(media_id)) is not None:
            await self._async_play_place(int(found[1] or 1))
            return
        position_ms = position_in(extra)
        things = await self._async_things(media_type, media_id, enqueue, extra)
        if not things:
            raise NothingToPlay(media_id=media_id)
        how = enqueue or MediaPlayerEnqueue.REPLACE
        if position_ms is None and how in _AT_ONCE:
            position_ms = await self._async_left_at(media_id, things[0])
        await self._media.async_put(things, how, position_ms)

    async def _async_left_at(self, media_id: str, first: Thing) -> int | None:
        """Return where the caller, or who is browsed, stopped in the episode that comes first (ms), where that is known."""
        if not isinstance(first, Shared):
            return None
        account_id = read_account(media_id).account_id
        listeners = listeners_of_user(self._hass, self._context.user_id)
        mine = {each.key for each in listeners}
        if account_id is None and not mine:
            return None
        try:
            account = account_for(self._hass, self._context, account_id)
            if account_id is None and account.listener.key not in mine:
                return None
            return await async_left_at(account, ToPlay(uris=(first.link,)))
        except (CommandError, SpotifyError) as err:
            # It is heard from its start then.
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
        """Let the room hear a file, as loud as `extra` says (`volume`, in percent), and go on with what played.

        Raises CommandError for what is no file, SonosError, and SpotifyError where Spotify does not go on.
        """
        percent = _percent(extra.get("volume"))
        is_file = media_id.startswith(_MEDIA_SOURCE) or _WEB.fullmatch(media_id)
        if not is_file or is_house_media(media_id):
            raise OnlyFilesAreAnnounced(media_id=media_id)
        file = await self._async_file(media_id, extra)
        await self._household.announcing.async_announce(
            self._uid, media_id, file.url, described(file.title), percent
        )

    async def _async_things(
        self,
        media_type: str,
        media_id: str,
        enqueue: MediaPlayerEnqueue | None,
        extra: Mapping[str, Any],
    ) -> Sequence[Thing]:
        """Return what was asked for, as speakers take it."""
        if is_house_media(media_id):
            return await self._async_of_house(media_id, extra)
        if media_id.startswith(_MEDIA_SOURCE):
            return [_as_thing(await self._async_file(media_id, extra), enqueue)]
        if media_type == FAVOURITE_TYPE or LISTED.fullmatch(media_id):
            return [await self._async_listed(media_id)]
        if media_id.startswith(FOLDER):
            return await self._async_of_account(media_id, extra)
        try:
            links = links_in(media_type, media_id)
        except ShortLink:
            raise
        except NotALink:
            # It may be something else.
            pass
        else:
            return await self._async_shared(links, None, extra)
        if is_share_link(media_id):
            return [Shared(media_id, _title(extra))]
        if _WEB.fullmatch(media_id):
            return [_as_thing(await self._async_file(media_id, extra), enqueue)]
        return [await self._async_named(media_type, media_id)]

    async def _async_of_account(
        self, media_id: str, extra: Mapping[str, Any]
    ) -> Sequence[Thing]:
        """Return what a folder of Encore's own plays, or a thing that names its account."""
        inside = read_account(media_id)
        if not inside.media_id.startswith(FOLDER):
            links = links_in("", inside.media_id)
            return await self._async_shared(links, inside.account_id, extra)
        account = account_for(self._hass, self._context, inside.account_id)
        browser = MediaBrowser(self._hass, account, self._context)
        folder = inside.media_id.removeprefix(FOLDER)
        things = await browser.async_things(folder, PLAYED_AT_ONCE)
        return [Shared(thing.uri, thing.name) for thing in things]

    async def _async_of_house(
        self, media_id: str, extra: Mapping[str, Any]
    ) -> Sequence[Thing]:
        """Return what Encore's media source has at an id."""
        things = await async_to_hear(
            self._hass,
            self._context,
            media_id,
            lambda: account_for(self._hass, self._context, None),
        )
        title = _title(extra) if len(things) == 1 else ""
        return [
            Shared(as_played(Link(thing.kind, thing.id)).uri, title or thing.name)
            for thing in things
        ]

    async def _async_shared(
        self, links: Sequence[Link], account_id: str | None, extra: Mapping[str, Any]
    ) -> Sequence[Thing]:
        """Return what links to Spotify name. Of liked songs each track; of an artist the speaker finds the top tracks."""
        things: list[Thing] = []
        for link in links:
            played = as_played(link)
            if played.kind == COLLECTION:
                account = account_for(self._hass, self._context, account_id)
                uris = await async_singles(account, link, PLAYED_AT_ONCE)
                things += [Shared(uri) for uri in uris]
            else:
                title = _title(extra) if len(links) == 1 else ""
                things.append(Shared(played.uri, title))
        return things

    async def _async_listed(self, object_id: str) -> Thing:
        """Return what plays a thing that the household keeps. Raises UnknownMedia."""
        for favourite in self._household.favourites.known:
            if favourite.id == object_id:
                return of_favourite(favourite)
        try:
            if (kept_in := _kept_in(object_id)) is not None:
                page = await self._media.async_list(kept_in, 0, A_PAGE)
                found = [each for each in page.listed if each.id == object_id]
                listed = found[0] if found else None
            else:
                listed = await self._media.async_described(object_id)
        except NotNow as err:
            raise UnknownMedia(media=object_id) from err
        if listed is None or not listed.uri:
            raise UnknownMedia(media=object_id)
        return as_thing(listed)

    async def _async_named(self, media_type: str, name: str) -> Thing:
        """Return what plays the favourite or Sonos playlist of a title. Raises UnknownMedia."""
        wanted = name.casefold()
        for object_id in ("SQ:", "FV:2"):
            page = await self._media.async_list(object_id, 0, A_PAGE)
            for listed in page.listed:
                if listed.uri and listed.title.casefold() == wanted:
                    return as_thing(listed)
        raise UnknownMedia(media=name)

    async def _async_file(self, media_id: str, extra: Mapping[str, Any]) -> _File:
        """Return the address that a speaker can reach of a file, a station or a media source."""
        is_radio = media_id.startswith(_STATIONS) or extra.get("radio") is True
        url, title = media_id, _title(extra)
        if media_id.startswith(_MEDIA_SOURCE):
            played = await async_resolve_media(self._hass, media_id, self._entity_id)
            url = played.url
            is_radio = is_radio or played.mime_type in _PLAYLIST_MIME
        whole = async_process_play_media_url(self._hass, url)
        path = urlsplit(whole)
        name = path.path.rpartition("/")[2] or path.hostname or whole
        return _File(whole, title or name, is_radio)


def _kept_in(object_id: str) -> str | None:
    """Return the list that says more of a thing than the thing itself does."""
    if object_id.startswith("SQ:"):
        return "SQ:"
    if object_id.startswith("FV:"):
        return "FV:2"
    return "A:PLAYLISTS" if _IMPORTED.search(object_id) else None


def _as_thing(file: _File, enqueue: MediaPlayerEnqueue | None) -> Thing:
    if file.is_radio or enqueue is None:
        return file.as_stream()
    return Given(file.url, described(file.title))


def _title(extra: Mapping[str, Any]) -> str:
    """Return the title that was told beside what to play: in `extra`, or in its `metadata` as for Cast."""
    title = extra.get("title")
    if title is None and isinstance(metadata := extra.get("metadata"), dict):
        title = metadata.get("title")
    return title if isinstance(title, str) else ""


def _percent(volume: object) -> int | None:
    if volume is None:
        return None
    if isinstance(volume, bool) or not isinstance(volume, int | float):
        raise BadVolume
    # 0.4 is meant as a part of 1, and would be heard as nothing.
    if not 0 <= volume <= _MOST_PERCENT or 0 < volume < 1:
        raise BadVolume
    return round(volume)
