"""The command that searches the history, the library and Spotify by name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Final, override

from msgspec.structs import replace

from homeassistant.exceptions import HomeAssistantError

from ..dispatch.command import ReadCommand, Result, part_of
from ..dispatch.dispatcher import async_ask
from ..dispatch.request_context import RequestContext
from ..history.errors import HistoryError, InvalidWindow
from ..language.speech import say
from ..questions.base.operation import ASKED
from ..questions.base.parameters import LISTED, SPOKEN, Described, Form
from ..questions.base.response import NOT_DATA, Moment
from ..questions.search import (
    FoundThing,
    Search as HistorySearch,
    SearchAnswer,
    SearchParameters,
)
from ..runtime.error_translation import translated_errors
from ..spotify.api.catalog_search import MOST_OF_A_KIND, SEARCHED, Searching
from ..spotify.api.items import SpotifyThing
from ..spotify.errors import SpotifyError
from ..spotify.library.saved_items import async_find_saved
from ..spotify.library.search_ranking import is_name
from ..spotify.library.sections import SECTION_OF
from .accounts import any_account_of, listeners_meant
from .cache_age import CacheAge
from .errors import NoAccountConnected
from .things import SpotifyItem

OF_A_KIND: Final = 5
"""How many of each kind Spotify is asked for unless a limit is given."""
ABOUT_THINGS: Final = frozenset({"text", "type", "limit", "listener"})
"""What library and Spotify can be asked, too; everything else is about plays."""

WHERE: Final = Described(
    Form.FILTER,
    "Search only the history, the library or Spotify. Default: all of them, or only the history if the search is about plays (a time period, a room …).",
    "history",
)


class SearchedIn(StrEnum):
    """Where a result is from."""

    HISTORY = "history"
    LIBRARY = "library"
    SPOTIFY = "spotify"


class FindParameters(SearchParameters):
    """What is looked for, and where."""

    where: Annotated[SearchedIn | None, WHERE] = None

    def looks_in(self, place: SearchedIn) -> bool:
        """Return whether a place is asked."""
        if self.where is not None:
            return self.where is place
        return place is SearchedIn.HISTORY or all(
            getattr(self, name) is None
            for name in self.__dataclass_fields__
            if name not in ABOUT_THINGS
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HistorySearched:
    """Whether the history was asked, and what came of it."""

    asked: bool
    answered: bool
    problem: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LibrarySearched:
    """Whether the libraries were asked, and since when they are known."""

    asked: bool
    complete: bool = False
    """Whether all that could have been looked through is kept."""
    known_since: Moment | None = None
    minutes_old: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpotifySearched:
    """Whether Spotify was asked, when it answered, or why it did not."""

    asked: bool
    answered: bool = False
    problem: str | None = None
    known_since: Moment | None = None
    minutes_old: int | None = None
    from_cache: bool | None = None


class FoundItem(SpotifyItem, frozen=True, kw_only=True):
    """What was found in the library or at Spotify."""

    source: SearchedIn


class SearchResult(Result, kw_only=True):
    """What was found: heard things first, then saved ones, then what only Spotify has."""

    text: str
    found: tuple[FoundThing | FoundItem, ...]
    history: HistorySearched
    library: LibrarySearched
    spotify: SpotifySearched
    heard: SearchAnswer | None = field(metadata=NOT_DATA)
    say_heard: Callable[[], str] = field(metadata=NOT_DATA)
    """Returns what is said to the history's answer."""
    limit: int | None = field(metadata=NOT_DATA)

    @property
    @override
    def about(self) -> Mapping[str, object]:
        if (heard := self.heard) is None:
            return {}
        return {**heard.about, "count": heard.count, "counts": heard.counts}

    @property
    def heard_anything(self) -> bool:
        """Whether the history has something."""
        return any(each.source is SearchedIn.HISTORY for each in self.found)

    def named(self, source: SearchedIn) -> list[FoundThing | FoundItem]:
        """Return what is named of what only this source has."""
        found = [each for each in self.found if each.source is source]
        return found[: self.limit or SPOKEN]

    @property
    def spoken_saved(self) -> list[FoundThing | FoundItem]:
        """What is named of what is saved and was not heard."""
        return self.named(SearchedIn.LIBRARY)

    @property
    def spoken(self) -> list[FoundThing | FoundItem]:
        """What is named of what only Spotify has."""
        return self.named(SearchedIn.SPOTIFY)


class Search(ReadCommand[FindParameters, SearchResult]):
    """What is called so: the question of its key, the library, and Spotify's catalogue."""

    description = "Finds tracks, artists, albums, shows and episodes by name: first in the history (how often, how long, and when first and last), then in the library, then on Spotify, with playlists. Each result has its source."
    interfaces = ASKED
    everyday = True

    @override
    async def async_run(
        self, asked: FindParameters, context: RequestContext
    ) -> SearchResult:
        heard: SearchAnswer | None = None
        library, spotify = LibrarySearched(asked=False), SpotifySearched(asked=False)
        saved: Sequence[SpotifyThing] = ()
        things: Sequence[SpotifyThing] = ()
        unread: HistoryError | None = None
        try:
            if asked.looks_in(SearchedIn.HISTORY):
                heard = await _async_heard(asked, context)
            if asked.looks_in(SearchedIn.LIBRARY):
                saved, library = await _async_in_library(asked, context)
        except InvalidWindow:
            raise
        except HistoryError as err:
            if not asked.looks_in(SearchedIn.SPOTIFY):
                raise
            unread = err
        if asked.looks_in(SearchedIn.SPOTIFY):
            try:
                things, spotify = await _async_at_spotify(asked, context)
            except (SpotifyError, NoAccountConnected) as err:
                if unread is not None:
                    raise unread from err
                if heard is None:
                    raise
                spotify = SpotifySearched(asked=True, problem=_said(err))
        return SearchResult(
            text=asked.text,
            found=_in_one(heard.found if heard else (), saved, things),
            history=HistorySearched(
                asked=heard is not None or unread is not None,
                answered=heard is not None,
                problem=_why(unread) if unread else None,
            ),
            library=library,
            spotify=spotify,
            heard=heard,
            say_heard=lambda: (
                say(HistorySearch.key, heard, context.query_context) if heard else ""
            ),
            limit=asked.limit,
        )


async def _async_heard(asked: FindParameters, context: RequestContext) -> SearchAnswer:
    """Return what the history answers."""
    return await async_ask(HistorySearch(), part_of(SearchParameters, asked), context)


async def _async_in_library(
    asked: FindParameters, context: RequestContext
) -> tuple[Sequence[SpotifyThing], LibrarySearched]:
    """Return what is saved, of the listeners that are meant. Raises HistoryError."""
    found = await async_find_saved(
        context.hass,
        listeners_meant(context, asked.listener),
        asked.text,
        (str(asked.type),) if asked.type else tuple(SECTION_OF),
        asked.limit or LISTED,
        hidden=context.query_context.hidden,
    )
    known = CacheAge.since(context, found.checked_at)
    return found.things, LibrarySearched(
        asked=True,
        complete=found.complete,
        known_since=known.known_since,
        minutes_old=known.minutes_old,
    )


async def _async_at_spotify(
    asked: FindParameters, context: RequestContext
) -> tuple[Sequence[SpotifyThing], SpotifySearched]:
    """Return what Spotify finds, what is called so before all else, through whatever account.

    Its catalogue is the same for all of a home. Raises NoAccountConnected and SpotifyError.
    """
    name = asked.listener if isinstance(asked.listener, str) else None
    account = any_account_of(context, name)
    if account is None:
        raise NoAccountConnected
    kinds = (str(asked.type),) if asked.type else SEARCHED
    limit = min(asked.limit or OF_A_KIND, MOST_OF_A_KIND)
    found = await Searching(account.gateway).async_find(asked.text, kinds, limit)
    things = sorted(found.value, key=lambda thing: not is_name(asked.text, thing))
    known = CacheAge.answered(context, found)
    return things, SpotifySearched(
        asked=True,
        answered=True,
        known_since=known.known_since,
        minutes_old=known.minutes_old,
        from_cache=known.from_cache,
    )


def _in_one(
    heard: Sequence[FoundThing],
    saved: Sequence[SpotifyThing],
    things: Sequence[SpotifyThing],
) -> tuple[FoundThing | FoundItem, ...]:
    """Return one list, in which nothing stands twice: what was heard, what is only saved, and what only Spotify has.

    The history knows artists, albums and shows by name alone: where one of the others has them too, they get its URI.
    """
    by_name: dict[tuple[str, str, str], SpotifyThing] = {}
    for thing in (*saved, *things):
        by_name.setdefault(_called(thing.kind, thing.name, thing.by), thing)
    found: list[FoundThing | FoundItem] = []
    known: set[str | None] = set()
    for each in heard:
        namesake = by_name.get(_called(each.type, each.name, each.artist))
        uri = each.uri or (namesake.uri if namesake else None)
        known |= {uri, namesake.uri if namesake else uri}
        image_url = each.image_url or (namesake.image_url if namesake else None)
        found.append(
            replace(each, uri=uri, image_url=image_url, source=SearchedIn.HISTORY)
        )
    for source, some in ((SearchedIn.LIBRARY, saved), (SearchedIn.SPOTIFY, things)):
        new = [thing for thing in some if thing.uri not in known]
        known |= {thing.uri for thing in new}
        found += [FoundItem.of(thing, source=source) for thing in new]
    return tuple(found)


def _called(kind: str, name: str, by: str) -> tuple[str, str, str]:
    """Return by what a thing is known again: kind, name, and the first of its makers."""
    maker = (
        by.split(", ", maxsplit=1)[0] if kind in {"track", "album", "episode"} else ""
    )
    return kind, name.casefold(), maker.casefold()


def _why(error: HistoryError) -> str:
    """Return what an error of the history says, to stand inside of a sentence."""
    try:
        with translated_errors():
            raise error
    except HomeAssistantError as named:
        return _said(named)


def _said(error: HomeAssistantError) -> str:
    """Return what an error says, to stand inside of a sentence."""
    return str(error).rstrip(".")
