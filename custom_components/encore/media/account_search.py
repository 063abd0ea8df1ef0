"""Search in an account's media browser: history and library first, then Spotify."""

from collections.abc import Collection
from contextlib import suppress
from typing import Final

from homeassistant.components.media_player.browse_media import (
    SearchMedia,
    SearchMediaQuery,
)
from homeassistant.components.media_player.const import MediaType
from homeassistant.components.media_player.errors import SearchError
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError, Unauthorized

from ..history.errors import HistoryError
from ..history.model import ThingOf
from ..spotify.account import SpotifyAccount
from ..spotify.api.catalog_search import MOST_OF_A_KIND, SEARCHED, Searching
from ..spotify.api.items import SpotifyThing
from ..spotify.library.saved_items import async_find_saved
from ..spotify.library.search_ranking import Closeness, closeness, is_name
from .browse_tree import KIND_OF_CLASS, Node, async_texts, errors_as, shown, thing_node
from .media_ids import FOLDER
from .play_lists import PlayLists

OF_EACH_KIND: Final = 5
"""How many of a kind Spotify is asked for when several kinds are."""

_PLAYED: Final = (ThingOf.TRACK, ThingOf.EPISODE)
"""What the history knows by URI, and so can be played."""
_SAVED: Final = 10
"""How many saved things are named at the most."""


async def async_search(
    hass: HomeAssistant,
    account: SpotifyAccount,
    context: Context,
    query: SearchMediaQuery,
) -> SearchMedia:
    """Return what a text may mean, each thing once.

    First comes what was played or saved and is spelt so, then what Spotify has of that very name, then what else was
    played and what else Spotify has: Home Assistant's own voice command plays the first. Where only some of them answer,
    that is all there is, and a last line says why. Raises SearchError, in words, where nothing is found by who answers
    and another does not, and Unauthorized.
    """
    text, kinds = query.search_query.strip(), _kinds_of(query)
    if not text or not kinds:
        return SearchMedia(result=[])
    found: list[SpotifyThing] = []
    failures: list[HomeAssistantError] = []
    lists = PlayLists(hass, context, account.listener)
    for kind in (kind for kind in _PLAYED if kind in kinds):
        try:
            items = await lists.async_find(text, kind)
            found += [thing for each in items if (thing := each.thing)]
        except Unauthorized:
            raise
        except HomeAssistantError as err:
            failures.append(err)
    with suppress(HistoryError):
        listeners = [account.listener]
        hidden = await lists.async_hidden()
        saved = await async_find_saved(
            hass, listeners, text, kinds, _SAVED, hidden=hidden
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
    with errors_as(SearchError):
        if failures and not found:
            raise failures[-1]
    nodes = [thing_node(thing, with_maker=True) for thing in _each_once(found)]
    texts = await async_texts(hass)
    # Behind all that was found it says that there may be more, and leads to the folders, which stay.
    nodes += [
        Node(id=FOLDER, title=f"{texts['not_everything']}: {err}") for err in failures
    ]
    return SearchMedia(result=[shown(node) for node in nodes])


def _kinds_of(query: SearchMediaQuery) -> tuple[str, ...]:
    """Return the kinds that are looked for; all where none is named, none where only others are.

    Pages that are searched from may have a type of their own, which says nothing of what is looked for.
    """
    named: Collection[str] = query.media_filter_classes or ()
    if not named and query.media_content_type in {*MediaType}:
        named = (str(query.media_content_type),)
    if not named:
        return SEARCHED
    wanted = {KIND_OF_CLASS[each] for each in named if each in KIND_OF_CLASS}
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
