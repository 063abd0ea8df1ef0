"""Resolves what to play by name: first in the history and the library, then at Spotify."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from ...dispatch.dispatcher import async_ask
from ...dispatch.request_context import RequestContext
from ...history.errors import HistoryError
from ...history.model import ThingOf
from ...history.queries.history_queries import HistoryQueries
from ...history.queries.visible_plays import EVER
from ...history.records.saved_library import LibrarySection
from ...questions.naming.listener_choice import ME
from ...questions.search import FoundThing, Search, SearchParameters
from ...runtime.store.history_service import DATA_HISTORY
from ...spotify.account import SpotifyAccount
from ...spotify.api.catalog_search import SEARCHED, Searching
from ...spotify.api.items import SpotifyThing
from ...spotify.api.share_links import Link, read_link
from ...spotify.errors import SpotifyError
from ...spotify.library.saved_items import saved_thing, stored_uris
from ...spotify.library.search_ranking import (
    Candidate,
    Closeness,
    FoundIn,
    in_order,
    is_name,
    most_likely,
)
from ...spotify.library.sections import SECTION_OF, SECTIONS
from ..errors import NothingCalledSo

LOOKED_AT: Final = 10
"""How many things of the history, and of the library, are considered."""
HEARD: Final = frozenset(ThingOf)
"""What the history has by name."""
MOST_LOOKUPS: Final = 3
"""How many things of the history are looked up at Spotify, by a call each, before another is taken."""
AT_ONCE: Final = 5
"""How many of a kind Spotify is asked for."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A thing, and where it was found."""

    thing: SpotifyThing
    found_in: FoundIn
    instead: bool = False
    """Whether it was played before the moment that was asked for, in which nothing was."""

    @property
    def link(self) -> Link:
        """What Spotify calls it."""
        return self.thing.link


async def async_named(
    context: RequestContext, account: SpotifyAccount, link: Link
) -> Wanted:
    """Return what a link names, with the name that the history or the library has for it, else without one."""
    key, uri = account.listener.key, link.uri

    def known(queries: HistoryQueries) -> SpotifyThing | None:
        if heard := queries.find_uri(uri, EVER):
            return SpotifyThing(link.kind, uri, heard.name, heard.artist)
        saved = queries.library.named(key, stored_uris(uri))
        return saved_thing(*saved) if saved else None

    try:
        thing = await context.hass.data[DATA_HISTORY].async_ask(
            known, hidden=context.query_context.hidden
        )
    except HistoryError:
        # Only its name is not known, and what was asked for is to be heard.
        thing = None
    return Wanted(thing or SpotifyThing(link.kind, uri, ""), FoundIn.LINK)


async def async_wanted(
    context: RequestContext,
    account: SpotifyAccount,
    text: str,
    kind: str | None,
) -> Wanted:
    """Return what a text means, of a kind if one is given: what the listener heard or saved, else what Spotify finds.

    What they heard or saved counts where it is spelt so. What lacks a short word ("the", but also "MC") counts unless
    Spotify has something of the very name, and what is spelt almost so where Spotify has nothing or does not answer.
    Raises NothingCalledSo, and SpotifyError where only Spotify could tell and does not answer.
    """
    candidates = in_order(
        text,
        [
            *await _async_heard(context, account, text, kind),
            *await _async_saved(context, account, text, kind),
        ],
    )
    looking = _Looking(account, candidates)
    fits = [(each, each.closeness(text)) for each in candidates]
    spelt_so = [each for each, how in fits if how >= Closeness.WORDS]
    if found := await looking.async_first(spelt_so):
        return found
    kinds = (kind,) if kind else SEARCHED
    thing = most_likely(text, await looking.async_find(text, kinds))
    if thing is None or not is_name(text, thing):
        nearly = [each for each, how in fits if how is Closeness.NEARLY]
        if found := await looking.async_first(nearly):
            return found
    if thing is not None:
        return Wanted(thing, FoundIn.SPOTIFY)
    almost = [each for each, how in fits if how is Closeness.OTHERWISE]
    if found := await looking.async_first(almost):
        return found
    if looking.problem is not None:
        raise looking.problem
    raise NothingCalledSo(text=text, name=account.listener.name)


class _Looking:
    """Looks candidates up until one can be played."""

    def __init__(
        self, account: SpotifyAccount, candidates: Sequence[Candidate]
    ) -> None:
        """Look through an account; candidates with a URI may tell it for namesakes without one."""
        self._account = account
        self._known = [each for each in candidates if each.uri]
        self._lookups = MOST_LOOKUPS
        self.problem: SpotifyError | None = None
        """Why Spotify did not answer."""

    async def async_first(self, candidates: Sequence[Candidate]) -> Wanted | None:
        """Return the first that can be played."""
        for each in candidates:
            known = [each] if each.uri else [one for one in self._known if each.is_same(one)]  # fmt: skip
            if known and (uri := known[0].uri):
                thing = SpotifyThing(each.kind, uri, each.name, each.by)
                return Wanted(thing, each.found_in)
            if found := await self._async_looked_up(each):
                return Wanted(found, each.found_in)
        return None

    async def _async_looked_up(self, candidate: Candidate) -> SpotifyThing | None:
        """Return what Spotify has of the name of something whose URI nobody knows; a few times at most."""
        if not self._lookups:
            return None
        self._lookups -= 1
        text = f"{candidate.name} {candidate.by}".strip()
        found = await self.async_find(text, (candidate.kind,))
        return next((thing for thing in found if candidate.is_same(thing)), None)

    async def async_find(
        self, text: str, kinds: tuple[str, ...]
    ) -> tuple[SpotifyThing, ...]:
        """Return what Spotify finds; nothing once it did not answer."""
        if self.problem is not None:
            return ()
        try:
            searching = Searching(self._account.gateway)
            return (await searching.async_find(text, kinds, AT_ONCE)).value
        except SpotifyError as err:
            self.problem = err
            return ()


async def _async_heard(
    context: RequestContext,
    account: SpotifyAccount,
    text: str,
    kind: str | None,
) -> list[Candidate]:
    """Return what the listener heard that a text may mean, the best first."""
    if kind is not None and kind not in HEARD:
        return []
    asked = SearchParameters(
        text=text, type=ThingOf(kind) if kind else None, limit=LOOKED_AT, listener=ME
    )
    query_context = replace(context.query_context, me=(account.listener,))
    try:
        answer = await async_ask(
            Search(), asked, replace(context, query_context=query_context)
        )
    except HistoryError:
        # The library and Spotify may have it.
        return []
    return [_candidate(each) for each in answer.found]


def _candidate(found: FoundThing) -> Candidate:
    # A file of the listener's own has a URI that nobody can play.
    link = read_link(found.uri) if found.uri else None
    return Candidate(
        link.kind if link else found.type,
        found.name,
        found.artist if found.artist != found.name else "",
        link.uri if link else None,
        FoundIn.HISTORY,
    )


async def _async_saved(
    context: RequestContext,
    account: SpotifyAccount,
    text: str,
    kind: str | None,
) -> list[Candidate]:
    """Return what the listener saved that has all words of a text."""
    sections = (SECTION_OF[kind],) if kind else tuple(LibrarySection)
    key = account.listener.key
    try:
        found = await context.hass.data[DATA_HISTORY].async_ask(
            lambda queries: queries.library.find(key, text, sections, LOOKED_AT),
            hidden=context.query_context.hidden,
        )
    except HistoryError:
        return []
    return [
        Candidate(SECTIONS[section].kind, item.name, item.by, item.uri, FoundIn.LIBRARY)
        for section, item in found
    ]
