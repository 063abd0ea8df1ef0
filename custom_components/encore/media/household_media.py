"""What ids of Encore's media source play: lists of the household's plays, things of Spotify's, and things by their names."""

from collections.abc import Callable
from typing import Final

from homeassistant.core import Context, HomeAssistant

from ..commands.errors import NothingCalledSo
from ..history.model import TopOf
from ..spotify.account import SpotifyAccount
from ..spotify.api.catalog_search import MOST_OF_A_KIND, Searching
from ..spotify.api.items import SpotifyThing
from ..spotify.api.share_links import Link
from ..spotify.library.search_ranking import Candidate, FoundIn
from .media_ids import HouseholdFolder, HouseholdList, HouseholdMedia, NamedItem
from .pictures import BY_NAME
from .play_lists import ListItem, PlayLists

_LONGEST_NAME: Final = 100
"""Letters of a name that Spotify is asked with: it takes a query of 250."""


async def async_items(lists: PlayLists, where: HouseholdList) -> list[ListItem] | None:
    """Return what a list holds that plays one after the other; None for a folder of lists, or what there is not.

    Raises as `PlayLists`.
    """
    match where.folder, where.parts:
        case HouseholdFolder.RECENTLY_PLAYED, ():
            return await lists.async_recent()
        case HouseholdFolder.FORGOTTEN_FAVOURITES, ():
            return await lists.async_forgotten()
        case HouseholdFolder.TOP, (window, of) if of in TopOf:
            return await lists.async_top(window, TopOf(of))
        case HouseholdFolder.ON_THIS_DAY, (day,):
            days = await lists.async_on_this_day()
            return next((list(each.items) for each in days if each.day == day), None)
        case HouseholdFolder.EVENINGS, (day,):
            try:
                return list((await lists.async_evening(day)).plays)
            except ValueError:
                return None
    return None


async def async_household_things(
    hass: HomeAssistant,
    context: Context,
    media: HouseholdMedia,
    account: Callable[[], SpotifyAccount],
) -> list[SpotifyThing]:
    """Return what an id of the media source plays, in order; nothing where it names nothing that Spotify has.

    What is known by its name alone is looked up at Spotify, through the account. Raises NothingCalledSo, SpotifyError,
    HomeAssistantError and Unauthorized.
    """
    match media.what:
        case Link() as link:
            return [SpotifyThing(link.kind, link.uri, "")]
        case HouseholdList() as where:
            items = await async_items(PlayLists(hass, context), where) or ()
            return [thing for each in items if (thing := each.thing)]
        case NamedItem(kind=kind) as named if kind in BY_NAME:
            return [await _async_named(account(), named)]
    return []


async def _async_named(account: SpotifyAccount, named: NamedItem) -> SpotifyThing:
    """Return the artist, album or show that Spotify has of a name. Raises NothingCalledSo and SpotifyError."""
    wanted = Candidate(named.kind, named.name, named.by, None, FoundIn.HISTORY)
    text = f"{named.name[:_LONGEST_NAME]} {named.by[:_LONGEST_NAME]}".strip()
    searching = Searching(account.gateway)
    found = (await searching.async_find(text, (named.kind,), MOST_OF_A_KIND)).value
    for thing in found:
        if wanted.is_same(thing):
            return thing
    raise NothingCalledSo(text=named.name, name=account.listener.name)
