"""Reads what changed in a library section, with as few calls as possible."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ...history.records.podcast_progress import Episode, Show
from ...history.records.saved_library import LibrarySection, SavedItem, SectionState
from ..api.pages import Page
from .sections import SavedRow

MOST_PAGES: Final = 20
"""How many pages of a long section are read in one go; the next one goes on from there."""


type ReadPage = Callable[[LibrarySection, int, str | None], Awaitable[Page[SavedRow]]]
"""Returns up to 50 things of a section at Spotify, from a place on; of artists those after one, by its URI."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a section; `items` is None where it is as it was before."""

    state: SectionState
    items: Sequence[SavedItem] | None
    episodes: Sequence[tuple[Show, Episode]]
    """Saved episodes that were met, with their resume points."""


async def async_read_changes(
    read_page: ReadPage,
    section: LibrarySection,
    stored: Sequence[SavedItem],
    state: SectionState | None,
    now: int,
) -> Reading:
    """Read a section `now` (UTC ms) that was stored so; raises what `read_page` raises.

    What is new stands first, so that reading ends where the rest is as long as what is stored beyond
    it. Things that went elsewhere make it longer, and then more is read.
    """
    read: list[SavedItem] = []
    episodes: list[tuple[Show, Episode]] = []
    rows, total = 0, 0
    for number in range(MOST_PAGES):
        page = await read_page(section, rows, read[-1].uri if read else None)
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
        beginning = list(stored[: len(things)])
        if number == 0 and total == state.total and things == beginning:
            if state.complete:
                return Reading(replace(state, checked_at=now), None, episodes)
            # The last go ended before the section did.
            read, rows = list(stored), state.known
        elif state.complete and (rest := _rest(read, stored)):
            if len(rest) == total - rows:
                read += rest
                rows = total
                break
    reading = SectionState(section, total, rows, now)
    if state is not None and state.complete and read == list(stored):
        return Reading(reading, None, episodes)
    return Reading(reading, read, episodes)


def _rest(
    read: Sequence[SavedItem], stored: Sequence[SavedItem]
) -> Sequence[SavedItem]:
    """Return what is stored to follow the last thing that was read, if none of it was read."""
    last = read[-1].uri if read else None
    place = next((n for n, item in enumerate(stored) if item.uri == last), len(stored))
    rest = stored[place + 1 :]
    met = {item.uri for item in read}
    return () if any(item.uri in met for item in rest) else rest
