"""The command that searches the history, the library and Spotify by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Final, override

from homeassistant.exceptions import HomeAssistantError

from ..access.policy import AccessLevel
from ..dispatch.ask_question import async_answer
from ..history.errors import HistoryError, InvalidWindow
from ..questions.answer import Answered
from ..questions.operation import ASKED
from ..questions.parameters import LISTED, SPOKEN, Described, Form
from ..questions.search import Search as HistorySearch, SearchParameters
from ..runtime.error_translation import translated_errors
from ..spotify.api.catalog_search import MOST_OF_A_KIND, SEARCHED, Searching
from ..spotify.api.items import SpotifyThing
from ..spotify.errors import SpotifyError
from ..spotify.library.saved_items import async_find_saved
from ..spotify.library.search_ranking import is_name
from ..spotify.library.sections import SECTION_OF
from .accounts import any_account_of, listeners_meant
from .cache_age import CacheAge
from .command_context import CommandContext
from .errors import NoAccountConnected
from .registry import Command, Result
from .things import thing_data

HISTORY: Final = HistorySearch.key
OF_A_KIND: Final = 5
"""How many of each kind Spotify is asked for unless a limit is given."""
ABOUT_THINGS: Final = frozenset({"text", "type", "limit", "listener"})
"""What library and Spotify can be asked, too; everything else is about plays."""

WHERE: Final = Described(
    Form.FILTER,
    "Where",
    "Only in the history, in the library or at Spotify. Left out, it is all of them: the history first, and the others unless the search is about plays (a window, a room …).",
    "history",
)


class SearchedIn(StrEnum):
    """Where a result is from."""

    HISTORY = "history"
    LIBRARY = "library"
    SPOTIFY = "spotify"


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True)
class InLibrary:
    """What is saved, and since when that is known."""

    things: tuple[SpotifyThing, ...]
    known: CacheAge
    complete: bool
    """Whether all that could have been looked through is kept."""


@dataclass(frozen=True, slots=True)
class AtSpotify:
    """What Spotify finds, or why it did not answer."""

    things: tuple[SpotifyThing, ...] = ()
    known: CacheAge | None = None
    """When it said so."""
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class SearchResult(Result):
    """What was found: heard things first, then saved ones, then what only Spotify has. None is what was not asked."""

    text: str
    heard: Answered | None
    library: InLibrary | None
    spotify: AtSpotify | None
    found: tuple[dict[str, object], ...]
    """All results, each with its source."""
    history_problem: str | None
    """Why the history, and the library beside it, were not read."""
    only_saved: tuple[SpotifyThing, ...]
    only_at_spotify: tuple[SpotifyThing, ...]
    limit: int | None

    @property
    def spoken_saved(self) -> tuple[SpotifyThing, ...]:
        """What is named of what is saved and was not heard."""
        return self.only_saved[: self.limit or SPOKEN]

    @property
    def spoken(self) -> tuple[SpotifyThing, ...]:
        """What is named of what only Spotify has."""
        return self.only_at_spotify[: self.limit or SPOKEN]

    @property
    def heard_anything(self) -> bool:
        """Whether the history has something."""
        return self.heard is not None and bool(self.heard.data["found"])

    @override
    def as_data(self) -> dict[str, object]:
        heard = dict(self.heard.data) if self.heard else {"text": self.text}
        library, spotify = self.library, self.spotify
        known = library.known if library else None
        said = spotify.known if spotify else None
        return {
            **heard,
            "found": list(self.found),
            "history": {
                "asked": self.heard is not None or self.history_problem is not None,
                "answered": self.heard is not None,
                "problem": self.history_problem,
            },
            "library": {
                "asked": library is not None,
                "complete": library is not None and library.complete,
                "known_since": known.at if known else None,
                "minutes_old": known.minutes if known else None,
            },
            "spotify": {
                "asked": spotify is not None,
                "answered": spotify is not None and spotify.problem is None,
                "problem": spotify.problem if spotify else None,
                "known_since": said.at if said else None,
                "minutes_old": said.minutes if said else None,
                "from_cache": said.from_cache if said else None,
            },
        }


class Search(Command[FindParameters, SearchResult]):
    """What is called so: the question of its key, the library, and Spotify's catalogue."""

    key = HISTORY
    title = HistorySearch.title
    description = "Finds tracks, artists, albums, shows and episodes by name: first what was heard (how often, how long, and when first and last), then what is saved, then what Spotify has, playlists too. Each result says where it is from."
    icon = HistorySearch.icon
    declares = FindParameters
    interfaces = ASKED
    access_level = AccessLevel.INTERN
    reads = True
    everyday = True

    @override
    async def async_run(
        self, asked: FindParameters, command_context: CommandContext
    ) -> SearchResult:
        heard = library = spotify = unread = None
        try:
            if asked.looks_in(SearchedIn.HISTORY):
                heard = await _async_heard(asked, command_context)
            if asked.looks_in(SearchedIn.LIBRARY):
                library = await _async_in_library(asked, command_context)
        except InvalidWindow:
            raise
        except HistoryError as err:
            if not asked.looks_in(SearchedIn.SPOTIFY):
                raise
            unread = err
        if asked.looks_in(SearchedIn.SPOTIFY):
            try:
                spotify = await _async_at_spotify(asked, command_context)
            except (SpotifyError, NoAccountConnected) as err:
                if unread is not None:
                    raise unread from err
                if heard is None:
                    raise
                spotify = AtSpotify(problem=_said(err))
        rows = heard.data["found"] if heard else ()
        saved = library.things if library else ()
        found, only_saved, rest = _in_one(rows, saved, spotify.things if spotify else ())  # fmt: skip
        return SearchResult(
            asked.text,
            heard,
            library,
            spotify,
            found,
            _why(unread) if unread else None,
            only_saved,
            rest,
            asked.limit,
        )


async def _async_heard(
    asked: FindParameters, command_context: CommandContext
) -> Answered:
    """Return what the history answers."""
    values = {
        name: value
        for name in SearchParameters.__dataclass_fields__
        if (value := getattr(asked, name)) is not None
    }
    return await async_answer(
        command_context.hass,
        HISTORY,
        values,
        command_context.query_context,
        command_context.caller,
    )


async def _async_in_library(
    asked: FindParameters, command_context: CommandContext
) -> InLibrary:
    """Return what is saved, of the listeners that are meant. Raises HistoryError."""
    found = await async_find_saved(
        command_context.hass,
        listeners_meant(command_context, asked.listener),
        asked.text,
        (str(asked.type),) if asked.type else tuple(SECTION_OF),
        asked.limit or LISTED,
        hidden=command_context.query_context.withheld,
    )
    known = CacheAge.since(command_context, found.checked_at)
    return InLibrary(found.things, known, found.complete)


async def _async_at_spotify(
    asked: FindParameters, command_context: CommandContext
) -> AtSpotify:
    """Return what Spotify finds, what is called so before all else, through whatever account.

    Its catalogue is the same for all of a house. Raises NoAccountConnected and SpotifyError.
    """
    name = asked.listener if isinstance(asked.listener, str) else None
    account = any_account_of(command_context, name)
    if account is None:
        raise NoAccountConnected
    kinds = (str(asked.type),) if asked.type else SEARCHED
    limit = min(asked.limit or OF_A_KIND, MOST_OF_A_KIND)
    found = await Searching(account.gateway).async_find(asked.text, kinds, limit)
    things = sorted(found.value, key=lambda thing: not is_name(asked.text, thing))
    return AtSpotify(tuple(things), CacheAge.answered(command_context, found))


def _in_one(
    heard: Sequence[dict[str, Any]],
    saved: Sequence[SpotifyThing],
    things: Sequence[SpotifyThing],
) -> tuple[
    tuple[dict[str, object], ...], tuple[SpotifyThing, ...], tuple[SpotifyThing, ...]
]:
    """Return one list, in which nothing stands twice, and what of it is only saved, and only Spotify's.

    The history knows artists, albums and shows by name alone: where one of the others has them too, they get its URI.
    """
    by_name: dict[tuple[str, str, str], SpotifyThing] = {}
    for thing in (*saved, *things):
        by_name.setdefault(_called(thing.kind, thing.name, thing.by), thing)
    found: list[dict[str, object]] = []
    known: set[str | None] = set()
    for each in heard:
        namesake = by_name.get(_called(each["type"], each["name"], each["artist"]))
        uri = each["uri"] or (namesake.uri if namesake else None)
        known |= {uri, namesake.uri if namesake else uri}
        image_url = each["image_url"] or (namesake.image_url if namesake else None)
        own = {"uri": uri, "image_url": image_url, "source": str(SearchedIn.HISTORY)}
        found.append({**each, **own})
    rest: list[tuple[SpotifyThing, ...]] = []
    for source, some in ((SearchedIn.LIBRARY, saved), (SearchedIn.SPOTIFY, things)):
        new = tuple(thing for thing in some if thing.uri not in known)
        known |= {thing.uri for thing in new}
        found += [{**thing_data(thing), "source": str(source)} for thing in new]
        rest.append(new)
    only_saved, only_at_spotify = rest
    return tuple(found), only_saved, only_at_spotify


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
