"""Search in an account's media browser: history and library first, then Spotify."""

from collections.abc import Collection
from contextlib import suppress
from typing import Final

from homeassistant.components.media_player.browse_media import (
    BrowseMedia,
    SearchMedia,
    SearchMediaQuery,
)
from homeassistant.components.media_player.const import MediaClass, MediaType
from homeassistant.components.media_player.errors import SearchError
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError, Unauthorized

from ..const import DOMAIN
from ..history.errors import HistoryError
from ..spotify.account import SpotifyAccount
from ..spotify.api.catalog_search import MOST_OF_A_KIND, SEARCHED, Searching
from ..spotify.api.items import SpotifyThing
from ..spotify.library.saved_items import async_find_saved
from ..spotify.library.search_ranking import Closeness, closeness, is_name
from .account_browser import FOLDER, Texts, async_folder_texts, playable
from .listener_lists import FOUND, async_heard_by_name, async_withheld
from .media_errors import shown_as

OF_EACH_KIND: Final = 5
"""How many of a kind Spotify is asked for when several kinds are."""

_HEARD: Final = ("track", "episode")
"""What the history knows by URI, and so can be played."""
_KINDS: Final[dict[str, str]] = {
    MediaClass.TRACK: "track",
    MediaClass.MUSIC: "track",
    MediaClass.ALBUM: "album",
    MediaClass.ARTIST: "artist",
    MediaClass.PLAYLIST: "playlist",
    MediaClass.PODCAST: "show",
    MediaClass.EPISODE: "episode",
}
"""Home Assistant's classes and types, which share these words, as Spotify's kinds."""


async def async_search(
    hass: HomeAssistant,
    account: SpotifyAccount,
    context: Context,
    query: SearchMediaQuery,
) -> SearchMedia:
    """Return what a text may mean, each thing once.

    First comes what was heard or saved and is spelt so, then what Spotify has of that very name, then what else was
    heard and what else Spotify has: Home Assistant's own voice command plays the first. Where only some of them answer,
    that is all there is, and a last line tells why. Raises SearchError, in words, where nothing is found by who answers
    and another does not, and Unauthorized.
    """
    text, kinds = query.search_query.strip(), _kinds_of(query)
    if not text or not kinds:
        return SearchMedia(result=[])
    found: list[SpotifyThing] = []
    failures: list[HomeAssistantError] = []
    for kind in (kind for kind in _HEARD if kind in kinds):
        try:
            found += await async_heard_by_name(
                hass, context, account.listener, text, kind
            )
        except Unauthorized:
            raise
        except HomeAssistantError as err:
            failures.append(err)
    with suppress(HistoryError):
        listeners = [account.listener]
        hidden = await async_withheld(hass, context)
        saved = await async_find_saved(
            hass, listeners, text, kinds, FOUND, hidden=hidden
        )
        found += saved.things
    spelt_so = [
        each for each in found if closeness(text, each.name, each.by) >= Closeness.WORDS
    ]
    limit = MOST_OF_A_KIND if len(kinds) == 1 else OF_EACH_KIND
    try:
        there = (await Searching(account.gateway).async_find(text, kinds, limit)).value
        found = [
            *spelt_so,
            *(each for each in there if is_name(text, each)),
            *found,
            *there,
        ]
    except HomeAssistantError as err:
        failures.append(err)
    with shown_as(SearchError):
        if failures and not found:
            raise failures[-1]
    result = [playable(thing, with_by=True) for thing in _each_once(found)]
    texts = await async_folder_texts(hass)
    return SearchMedia(result=[*result, *(_not_asked(err, texts) for err in failures)])


def _not_asked(err: HomeAssistantError, texts: Texts) -> BrowseMedia:
    """Return what tells, behind all that was found, that there may be more. It leads to the folders, which stay."""
    return BrowseMedia(
        media_class=MediaClass.DIRECTORY,
        media_content_id=FOLDER,
        media_content_type=DOMAIN,
        title=f"{texts['not_everything']}: {err}",
        can_play=False,
        can_expand=True,
    )


def _kinds_of(query: SearchMediaQuery) -> tuple[str, ...]:
    """Return the kinds that are looked for; all where none is named, none where only others are.

    Pages that are searched from may have a type of their own, which says nothing of what is looked for.
    """
    named: Collection[str] = query.media_filter_classes or ()
    if not named and query.media_content_type in {*MediaType}:
        named = (str(query.media_content_type),)
    if not named:
        return SEARCHED
    wanted = {_KINDS[each] for each in named if each in _KINDS}
    return tuple(kind for kind in SEARCHED if kind in wanted)


def _each_once(things: list[SpotifyThing]) -> list[SpotifyThing]:
    """Return things without those that came before, by another release or not."""
    once: dict[tuple[str, str, str], SpotifyThing] = {}
    uris: set[str] = set()
    for thing in things:
        if thing.uri not in uris:
            uris.add(thing.uri)
            called = (thing.kind, thing.name.casefold(), thing.by.casefold())
            once.setdefault(called, thing)
    return list(once.values())
