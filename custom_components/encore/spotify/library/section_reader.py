"""Reads a library section with as few calls as possible."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from ...history.records.podcast_progress import Episode, Show
from ...history.records.saved_library import LibrarySection, SavedItem, ShelfState
from ..api.pages import Page
from .library_client import ShelfRow

MOST_PAGES: Final = 20
"""How many pages of a long shelf are read in one go; the next one goes on from there."""


class ShelfSource(Protocol):
    """A library at Spotify, page by page, as `Shelves` reads it."""

    async def async_page(
        self, shelf: LibrarySection, offset: int = 0, after: str | None = None
    ) -> Page[ShelfRow]:
        """Return up to 50 things of a shelf."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a shelf; `items` is None where it is as it was known."""

    state: ShelfState
    items: Sequence[SavedItem] | None
    episodes: Sequence[tuple[Show, Episode]]
    """Saved episodes that were met, with their resume points."""


async def async_read_shelf(
    source: ShelfSource,
    shelf: LibrarySection,
    known: Sequence[SavedItem],
    state: ShelfState | None,
    now: int,
) -> Reading:
    """Read a shelf `now` (UTC ms) that was known so; raises what the source raises.

    What is new stands first, so that reading ends where the rest is as long as what is known beyond
    it. Things that went elsewhere make it longer, and then more is read.
    """
    read: list[SavedItem] = []
    episodes: list[tuple[Show, Episode]] = []
    rows, total = 0, 0
    for number in range(MOST_PAGES):
        page = await source.async_page(shelf, rows, read[-1].uri if read else None)
        things = [row.item for row in page.things]
        episodes += [row.episode for row in page.things if row.episode is not None]
        read += things
        rows += page.rows
        total = rows if page.total is None else page.total
        if page.ends(rows):
            total = rows
            break
        if state is None:
            continue
        if number == 0 and _as_known(things, known, total, state):
            if state.complete:
                return Reading(_seen(state, now), None, episodes)
            # The last go ended before the shelf did.
            read, rows = list(known), state.known
        elif state.complete and (rest := _rest(read, known)):
            if len(rest) == total - rows:
                read += rest
                rows = total
                break
    reading = ShelfState(shelf, total, rows, now)
    if state is not None and state.complete and read == list(known):
        return Reading(reading, None, episodes)
    return Reading(reading, read, episodes)


def _as_known(
    things: Sequence[SavedItem],
    known: Sequence[SavedItem],
    total: int,
    state: ShelfState,
) -> bool:
    return total == state.total and things == list(known[: len(things)])


def _rest(read: Sequence[SavedItem], known: Sequence[SavedItem]) -> Sequence[SavedItem]:
    """Return what is known to follow the last thing that was read, if none of it was read."""
    last = read[-1].uri if read else None
    place = next((n for n, item in enumerate(known) if item.uri == last), len(known))
    rest = known[place + 1 :]
    met = {item.uri for item in read}
    return () if any(item.uri in met for item in rest) else rest


def _seen(state: ShelfState, now: int) -> ShelfState:
    return ShelfState(state.shelf, state.total, state.known, now)
