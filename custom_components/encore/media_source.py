"""Encore's media source: the household's plays that the user can see.

It plays on Encore's own players. Spotify gives no address that another player could fetch, which is said there.
"""

from typing import final, override

from homeassistant.components.media_player.browse_media import (
    SearchMedia,
    SearchMediaQuery,
)
from homeassistant.components.media_player.errors import BrowseError, SearchError
from homeassistant.components.media_source import (
    BrowseMediaSource,
    MediaSource,
    MediaSourceItem,
    PlayMedia,
    Unresolvable,
)
from homeassistant.core import HomeAssistant

from .access.policy import current_context
from .const import DOMAIN
from .errors import translated
from .media.browse_tree import errors_as, nothing_to_browse
from .media.household_browser import HouseholdBrowser
from .players.observed_players import async_own_players


async def async_get_media_source(hass: HomeAssistant) -> HouseholdMediaSource:
    """Return Encore's media source."""
    return HouseholdMediaSource(hass)


@final
class HouseholdMediaSource(MediaSource):
    """The history of the household, to browse, to search, and to play."""

    name = "Encore"

    def __init__(self, hass: HomeAssistant) -> None:
        """Browse the history of this instance."""
        super().__init__(DOMAIN)
        self._hass = hass

    @override
    async def async_browse_media(self, item: MediaSourceItem) -> BrowseMediaSource:
        """Return a list, or a folder of lists. Raises BrowseError, in words, and Unauthorized."""
        with errors_as(BrowseError):
            opened = await self._browser.async_browse(item.identifier, self.name)
            if opened is None:
                raise nothing_to_browse(item.media_source_id)
            return opened

    @override
    async def async_search_media(
        self, item: MediaSourceItem, query: SearchMediaQuery
    ) -> SearchMedia:
        """Return what was played and a text may mean. Raises SearchError, in words, and Unauthorized."""
        if not (text := query.search_query.strip()):
            return SearchMedia(result=[])
        with errors_as(SearchError):
            found = await self._browser.async_search(text, query.media_filter_classes)
        return SearchMedia(result=[*found])

    @override
    async def async_resolve_media(self, item: MediaSourceItem) -> PlayMedia:
        """Say which players can play it; those take its id as it is, and do not ask. Raises Unresolvable."""
        players = sorted(
            state.name
            for entity_id in async_own_players(self._hass)
            if (state := self._hass.states.get(entity_id)) is not None
        )
        if not players:
            raise translated(Unresolvable, "no_own_player")
        raise translated(Unresolvable, "only_own_players", players=", ".join(players))

    @property
    def _browser(self) -> HouseholdBrowser:
        """The lists for the user who browses now; where none is known, for the home."""
        return HouseholdBrowser(self._hass, current_context(None))
