"""A section is read with one call where nothing changed, else only as far as it did."""

from collections.abc import Sequence

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.encore.history.records.saved_library import (
    LibrarySection,
    SavedItem,
    SectionState,
)
from custom_components.encore.spotify.api.pages import A_PAGE, Page
from custom_components.encore.spotify.library.section_changes import (
    MOST_PAGES,
    Reading,
    async_read_changes,
)
from custom_components.encore.spotify.library.sections import SavedRow

NOW = 1_717_243_200_000


def items(count: int, name: str = "t") -> list[SavedItem]:
    """Return different things."""
    return [SavedItem(f"spotify:track:{name}{n}", f"{name} {n}") for n in range(count)]


class Source:
    """A section at Spotify, and how often it was asked."""

    def __init__(self, *there: SavedItem) -> None:
        """Hold things in order."""
        self.there = list(there)
        self.calls = 0

    async def async_page(
        self, section: LibrarySection, offset: int = 0, after: str | None = None
    ) -> Page[SavedRow]:
        """Return a page."""
        self.calls += 1
        rows = tuple(SavedRow(item) for item in self.there[offset : offset + A_PAGE])
        return Page(rows, len(rows), len(self.there))


def known(things: Sequence[SavedItem], total: int | None = None) -> SectionState:
    """Return the state of a section that was read."""
    count = len(things)
    return SectionState(
        LibrarySection.TRACKS, count if total is None else total, count, NOW - 1
    )


async def read(
    source: Source, before: Sequence[SavedItem] = (), state: SectionState | None = None
) -> Reading:
    """Read the section."""
    return await async_read_changes(
        source.async_page, LibrarySection.TRACKS, before, state, NOW
    )


@pytest.mark.parametrize("count", [0, 1, 49, 50, 51, 130])
async def test_an_unknown_shelf_is_read_to_its_end(count: int) -> None:
    """In its order."""
    there = items(count)
    reading = await read(Source(*there))
    assert list(reading.items or []) == there
    assert reading.state == SectionState(LibrarySection.TRACKS, count, count, NOW)
    assert reading.state.complete


@pytest.mark.parametrize("count", [0, 1, 50, 400])
async def test_what_did_not_change_costs_one_call(count: int) -> None:
    """Only the time of the check is new."""
    there = items(count)
    source = Source(*there)
    reading = await read(source, there, known(there))
    assert source.calls == 1
    assert reading.items is None
    assert reading.state == SectionState(LibrarySection.TRACKS, count, count, NOW)


async def test_what_is_new_costs_one_call_more_for_each_page_of_it() -> None:
    """The rest is known."""
    before = items(400)
    source = Source(*items(60, "new"), *before)
    reading = await read(source, before, known(before))
    assert list(reading.items or []) == source.there
    assert source.calls == 2


async def test_what_went_deep_in_a_shelf_is_noticed_by_its_length() -> None:
    """Reading goes on until the rest is as long as it was."""
    before = items(400)
    source = Source(*items(1, "new"), *before[:120], *before[121:])
    reading = await read(source, before, known(before))
    assert list(reading.items or []) == source.there
    assert source.calls == 3


async def test_a_name_that_changed_is_taken_over() -> None:
    """Though nothing came or went."""
    before = items(80)
    renamed = SavedItem(before[3].uri, "Another name")
    source = Source(*before[:3], renamed, *before[4:])
    reading = await read(source, before, known(before))
    assert list(reading.items or []) == source.there
    assert source.calls == 1


async def test_a_long_shelf_is_read_in_several_goes() -> None:
    """Each goes on where the last ended, and says how far it is."""
    there = items(A_PAGE * MOST_PAGES + 130)
    source = Source(*there)
    first = await read(source)
    assert (first.state.known, first.state.total) == (A_PAGE * MOST_PAGES, len(there))
    assert not first.state.complete
    calls = source.calls
    second = await read(source, first.items or [], first.state)
    assert second.state.complete
    assert list(second.items or []) == there
    assert source.calls - calls == 4


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 160),
    st.integers(0, 70),
    st.sets(st.integers(0, 159), max_size=60),
)
async def test_whatever_came_on_top_and_went_the_result_is_what_is_there(
    count: int, new: int, removed: set[int]
) -> None:
    """With no more calls than reading all of it takes."""
    before = items(count)
    stored = [item for place, item in enumerate(before) if place not in removed]
    source = Source(*items(new, "new"), *stored)
    reading = await read(source, before, known(before))
    now = list(before) if reading.items is None else list(reading.items)
    assert now == source.there
    assert source.calls <= len(source.there) // A_PAGE + 1
