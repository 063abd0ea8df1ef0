"""Media ids of Encore's media source, and playing them.

Behind `media-source://encore/` stands a list (`recently_played`, `top/this_month/tracks`, `on_this_day/2019-07-14`,
`evenings/2026-07-14` …), a URI of Spotify's, or a thing by its name (`named/artist/…`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self
from urllib.parse import quote, unquote

from homeassistant.components.media_source.const import URI_SCHEME
from homeassistant.core import Context, HomeAssistant

from ..commands.errors import NothingCalledSo
from ..const import DOMAIN
from ..history.model import TopOf
from ..spotify.account import SpotifyAccount
from ..spotify.api.catalog_search import MOST_OF_A_KIND, Searching
from ..spotify.api.items import SpotifyThing
from ..spotify.api.share_links import read_link
from ..spotify.library.search_ranking import Candidate, FoundIn
from .household_lists import BY_NAME, Heard, HouseholdLists

SOURCE: Final = f"{URI_SCHEME}{DOMAIN}"
"""What the ids of Encore's media source begin with."""
_NAMED: Final = "named"
_LONGEST_NAME: Final = 100
"""Letters of a name that Spotify is asked with: it takes a query of 250."""


class HouseFolder(StrEnum):
    """The lists at the root, by the names that ids keep."""

    RECENTLY_PLAYED = "recently_played"
    TOP = "top"
    ON_THIS_DAY = "on_this_day"
    FORGOTTEN_FAVOURITES = "forgotten_favourites"
    EVENINGS = "evenings"


@dataclass(frozen=True, slots=True)
class InSource:
    """An id of the media source, taken apart."""

    folder: HouseFolder
    parts: tuple[str, ...] = ()

    @classmethod
    def read(cls, identifier: str) -> Self | None:
        """Return what an id names behind `media-source://encore/`; None where it is no list."""
        name, *parts = identifier.rstrip("/").split("/")
        if name not in HouseFolder:
            return None
        return cls(HouseFolder(name), tuple(parts))

    @property
    def identifier(self) -> str:
        """The id, as it is read."""
        return "/".join((self.folder, *self.parts))

    @property
    def is_list(self) -> bool:
        """Whether it plays one after the other, and is no folder of lists."""
        match self.folder, self.parts:
            case ((HouseFolder.RECENTLY_PLAYED | HouseFolder.FORGOTTEN_FAVOURITES), ()):
                return True
            case HouseFolder.EVENINGS, (day,):
                return len(day) == len("2026-07-14")
        return False


def is_house_media(media_id: str) -> bool:
    """Whether an id is one of Encore's media source."""
    return media_id == SOURCE or media_id.startswith(f"{SOURCE}/")


def identifier_of(heard: Heard) -> str:
    """Return what a line of a list is called in the media source."""
    if heard.uri is not None:
        return heard.uri
    return "/".join(
        (_NAMED, *(quote(each, safe="") for each in (heard.kind, heard.name, heard.by)))
    ).rstrip("/")


async def async_listed(lists: HouseholdLists, where: InSource) -> list[Heard] | None:
    """Return what a list holds that plays one after the other; None for a folder of lists, or what there is not.

    Raises as `HouseholdLists`.
    """
    match where.folder, where.parts:
        case HouseFolder.RECENTLY_PLAYED, ():
            return await lists.async_recent()
        case HouseFolder.FORGOTTEN_FAVOURITES, ():
            return await lists.async_forgotten()
        case HouseFolder.TOP, (window, of) if of in TopOf:
            return await lists.async_top(window, TopOf(of))
        case HouseFolder.ON_THIS_DAY, (day,):
            days = await lists.async_on_this_day()
            return next((list(each.things) for each in days if each.day == day), None)
        case HouseFolder.EVENINGS, (day,):
            try:
                return list((await lists.async_evening(day)).plays)
            except ValueError:
                return None
    return None


async def async_to_hear(
    hass: HomeAssistant,
    context: Context,
    media_id: str,
    account: Callable[[], SpotifyAccount],
) -> list[SpotifyThing]:
    """Return what an id of the media source plays, in order; nothing where it names nothing that Spotify has.

    What is known by its name alone is looked up at Spotify, through the account. Raises NothingCalledSo, SpotifyError,
    HomeAssistantError and Unauthorized.
    """
    identifier = media_id.removeprefix(SOURCE).removeprefix("/")
    if (link := read_link(identifier)) is not None:
        return [SpotifyThing(link.kind, link.uri, "")]
    if (where := InSource.read(identifier)) is not None:
        heard = await async_listed(HouseholdLists(hass, context), where)
        return [
            SpotifyThing(each.kind, each.uri, each.name, each.by)
            for each in heard or ()
            if each.uri is not None
        ]
    match [unquote(part) for part in identifier.split("/")]:
        case [_named, kind, name, *by] if _named == _NAMED and kind in BY_NAME:
            return [await _async_called(account(), kind, name, "".join(by))]
    return []


async def _async_called(
    account: SpotifyAccount, kind: str, name: str, by: str
) -> SpotifyThing:
    """Return the artist, album or show that Spotify has of a name. Raises NothingCalledSo and SpotifyError."""
    wanted = Candidate(kind, name, by, None, FoundIn.HISTORY)
    text = f"{name[:_LONGEST_NAME]} {by[:_LONGEST_NAME]}".strip()
    searching = Searching(account.gateway)
    found = (await searching.async_find(text, (kind,), MOST_OF_A_KIND)).value
    for thing in found:
        if wanted.is_same(thing):
            return thing
    raise NothingCalledSo(text=name, name=account.listener.name)
