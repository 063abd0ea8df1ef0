"""The media part of a room's media player: play, browse, search."""

from typing import Any, Final, override

from homeassistant.components.media_player import MediaPlayerEntity
from homeassistant.components.media_player.browse_media import (
    BrowseMedia,
    SearchMedia,
    SearchMediaQuery,
)
from homeassistant.components.media_player.const import (
    ATTR_MEDIA_EXTRA,
    MediaPlayerEnqueue,
    MediaType,
)
from homeassistant.core import Context

from ..media.room_browser import RoomBrowser
from ..media.room_playback import RoomPlayback
from ..sonos.playback.media import RoomMedia
from .base_entities import SonosZoneEntity

ART_PATH: Final = "/getaa?"
"""Where speakers serve covers."""


class RoomMediaEntity(SonosZoneEntity, MediaPlayerEntity):
    """The part of a room's player that is about media."""

    @override
    async def async_clear_playlist(self) -> None:
        """Empty the queue of the group."""
        media = RoomMedia(self.household, self.uid)
        await self._async_command(media.async_clear())

    @override
    async def async_play_media(
        self,
        media_type: MediaType | str,
        media_id: str,
        enqueue: MediaPlayerEnqueue | None = None,
        announce: bool | None = None,
        **kwargs: Any,
    ) -> None:
        """Play or queue what `RoomPlayback` takes, or announce it and go on with what it interrupts.

        `play` puts it behind what is on and goes there; `replace`, which is what happens without `enqueue`, empties the
        queue. A file without `enqueue` plays beside the queue, which stays.
        """
        extra = kwargs.get(ATTR_MEDIA_EXTRA) or {}
        playback = RoomPlayback(
            self.hass,
            self.household,
            self.uid,
            self.entity_id,
            self._context or Context(),
        )
        if announce:
            command = playback.async_announce(media_type, media_id, extra)
        else:
            command = playback.async_play(media_type, media_id, enqueue, extra)
        await self._async_command(command)

    @override
    async def async_browse_media(
        self,
        media_content_type: MediaType | str | None = None,
        media_content_id: str | None = None,
    ) -> BrowseMedia:
        """Show what the household has, Spotify and media sources."""
        return await (await self._async_browser()).async_browse(media_content_id)

    @override
    async def async_search_media(self, query: SearchMediaQuery) -> SearchMedia:
        """Find what the household has, and what Spotify has."""
        return await (await self._async_browser()).async_search(query)

    @override
    async def async_get_browse_image(
        self,
        media_content_type: MediaType | str,
        media_content_id: str,
        media_image_id: str | None = None,
    ) -> tuple[bytes | None, str | None]:
        """Fetch a cover from the speaker, and from nowhere else."""
        if media_image_id is None or not media_image_id.startswith(ART_PATH):
            return None, None
        member = self.household.topology.members.get(self.zone.coordinator)
        if member is None:
            return None, None
        return await self._async_fetch_image(f"{member.url}{media_image_id}")

    async def _async_browser(self) -> RoomBrowser:
        """Return the browser, if the caller may ask. Raises Unauthorized."""
        context = await self._async_reader()
        return RoomBrowser(
            self.hass, self.household, self.uid, context, self._art_address
        )

    def _art_address(self, path: str) -> str:
        return self.get_browse_image_url(MediaType.IMAGE, "cover", path)
