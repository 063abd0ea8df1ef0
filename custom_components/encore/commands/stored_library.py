"""The stored library of a listener, as commands read it, write to it, and bring it up to date."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ..dispatch.request_context import RequestContext
from ..history.queries.history_queries import HistoryQueries
from ..history.records.saved_library import LibrarySection, SavedItem
from ..questions.base.parameters import Described, Form
from ..runtime.store.history_service import DATA_HISTORY
from ..spotify.account import SpotifyAccount
from .cache_age import cached_will_do

FRESH: Final = Described(
    Form.FLAG,
    "Asks Spotify again instead of using the cache.",
    example=True,
    is_rare=True,
)


@dataclass(frozen=True, slots=True)
class StoredSections:
    """Some sections of a library, with their items in Spotify's order."""

    items: tuple[tuple[LibrarySection, SavedItem], ...]
    read: frozenset[LibrarySection]
    """Those that were ever read."""
    checked_at: int | None
    """When the one that waited longest was read (UTC ms); None where none was."""
    complete: bool
    """Whether all of them are stored in full."""


async def async_query[T](
    context: RequestContext, ask: Callable[[HistoryQueries], T]
) -> T:
    """Return what the history answers, of listeners that the caller may see. Raises HistoryError."""
    return await context.hass.data[DATA_HISTORY].async_ask(
        ask, hidden=context.query_context.hidden
    )


async def async_sections(
    context: RequestContext, account: SpotifyAccount, *sections: LibrarySection
) -> StoredSections:
    """Return sections as they are stored. Raises HistoryError."""
    key = account.listener.key

    def stored(queries: HistoryQueries) -> StoredSections:
        library = queries.library
        by_section = library.states(key)
        states = [by_section[each] for each in sections if each in by_section]
        return StoredSections(
            tuple((each, item) for each in sections for item in library.items(key, each)),
            frozenset(state.section for state in states),
            min((state.checked_at for state in states), default=None),
            len(states) == len(sections) and all(state.complete for state in states),
        )  # fmt: skip

    return await async_query(context, stored)


async def async_refreshed_sections(
    context: RequestContext,
    account: SpotifyAccount,
    *sections: LibrarySection,
    fresh: bool,
) -> StoredSections:
    """Return sections, read at Spotify first where that is asked for or one is not stored in full.

    What is stored will do while Spotify is out of reach, but not if it is to be fresh. Raises SpotifyError and HistoryError.
    """
    stored = await async_sections(context, account, *sections)
    if fresh or not stored.complete:
        with cached_will_do(known=bool(stored.read) and not fresh):
            await account.library.async_read(*sections)
        stored = await async_sections(context, account, *sections)
    return stored
