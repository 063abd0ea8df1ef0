"""What a listener has saved is kept in order, found by its words, and each listener's apart."""

import pytest

from custom_components.encore.history.model import Listener
from custom_components.encore.history.records.made_playlists import (
    made_from,
    save_made_playlist,
)
from custom_components.encore.history.records.saved_library import (
    LibraryQueries,
    LibrarySection,
    SavedItem,
    SectionState,
    drop_library,
    note_removed,
    note_saved,
    store_section,
)

from .memory import ALVA, BEN, HOUR, NOON, Memory

RIVERS = SavedItem(
    "spotify:track:6rqhFgbbKwnb9MLmUQDhG6",
    "Slow Rivers",
    "Ilse Vann, Tor",
    NOON,
    "https://i.scdn.co/image/ab67616d0000b273",
)
ETE = SavedItem("spotify:track:0VjIjW4GlUZAMYd2vXMi3b", "L’Été à Malmö", "Odd Lamp")
YARD = SavedItem("spotify:album:4aawyAB9vmqN3uQ7FjRGTy", "Yard", "Odd Lamp", parts=11)


def keep(
    store: Memory,
    *items: SavedItem,
    section: LibrarySection = LibrarySection.TRACKS,
    listener: Listener = ALVA,
    total: int | None = None,
    now: int = NOON,
) -> None:
    """Keep a section as it was read."""
    state = SectionState(
        section, len(items) if total is None else total, len(items), now
    )
    with store.writing() as connection:
        store_section(connection, store.ingest.registers, listener, state, items)


def library(store: Memory) -> LibraryQueries:
    """Return what answers."""
    return store.queries().library


def test_a_section_is_stored_in_its_order_and_replaced_as_a_whole(
    store: Memory,
) -> None:
    """What is no longer on it is gone; all fields come back."""
    keep(store, RIVERS, ETE)
    assert library(store).items(ALVA.key, LibrarySection.TRACKS) == [RIVERS, ETE]
    keep(store, YARD, section=LibrarySection.ALBUMS)
    keep(store, ETE)
    assert library(store).items(ALVA.key, LibrarySection.TRACKS) == [ETE]
    assert library(store).items(ALVA.key, LibrarySection.ALBUMS) == [YARD]
    assert library(store).items(BEN.key, LibrarySection.TRACKS) == []


def test_a_page_of_a_section_is_what_browsing_asks_for(store: Memory) -> None:
    """From a place on, so many."""
    items = [SavedItem(f"spotify:track:{n:022}", f"Track {n}") for n in range(120)]
    keep(store, *items)
    assert library(store).items(ALVA.key, LibrarySection.TRACKS, 50, 100) == items[100:]
    assert library(store).items(ALVA.key, LibrarySection.TRACKS, 2) == items[:2]


def test_a_thing_that_spotify_reports_twice_is_stored_once_at_its_first_place(
    store: Memory,
) -> None:
    """A page that shifted while it was read tells its last row again."""
    keep(store, RIVERS, ETE, RIVERS)
    assert library(store).items(ALVA.key, LibrarySection.TRACKS) == [RIVERS, ETE]


def test_the_state_reports_how_old_and_how_whole_a_section_is(store: Memory) -> None:
    """A check without a change moves the time alone; a section never read is not there."""
    keep(store, RIVERS, total=2)
    states = library(store).states(ALVA.key)
    assert states == {
        LibrarySection.TRACKS: SectionState(LibrarySection.TRACKS, 2, 1, NOON)
    }
    assert not states[LibrarySection.TRACKS].complete
    with store.writing() as connection:
        state = SectionState(LibrarySection.TRACKS, 1, 1, NOON + HOUR)
        store_section(connection, store.ingest.registers, ALVA, state, None)
    assert library(store).states(ALVA.key)[LibrarySection.TRACKS] == state
    assert state.complete
    assert library(store).items(ALVA.key, LibrarySection.TRACKS) == [RIVERS]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("slow rivers", [RIVERS]),
        ("vann", [RIVERS]),
        ("ete malmo", [ETE]),
        ("L'été", [ETE]),
        ("odd lamp", [YARD, ETE]),
        ("50%", []),
        ("_", []),
        ("", []),
    ],
)
def test_things_are_found_by_words_without_case_and_accents(
    store: Memory, text: str, found: list[SavedItem]
) -> None:
    """By name and maker; what has a meaning in SQL has none here."""
    keep(store, RIVERS, ETE)
    keep(store, YARD, section=LibrarySection.ALBUMS)
    keep(store, SavedItem("spotify:track:b", "Slow Rivers"), listener=BEN)
    things = library(store).find(ALVA.key, text, tuple(LibrarySection), 10)
    assert [item for _, item in things] == found


def test_the_very_name_comes_first(store: Memory) -> None:
    """Whichever section it stands on."""
    longer = SavedItem("spotify:album:5", "Slow Rivers Live", "Ilse Vann")
    keep(store, longer, section=LibrarySection.ALBUMS)
    keep(store, RIVERS)
    things = library(store).find(ALVA.key, "Slow Rivers", tuple(LibrarySection), 10)
    assert things == [(LibrarySection.TRACKS, RIVERS), (LibrarySection.ALBUMS, longer)]
    assert library(store).find(ALVA.key, "slow", [LibrarySection.ALBUMS], 10) == [
        (LibrarySection.ALBUMS, longer)
    ]


def test_what_is_saved_is_reported_for_many_things_at_once(store: Memory) -> None:
    """On whichever section; of nobody unknown."""
    keep(store, RIVERS, ETE)
    keep(store, YARD, section=LibrarySection.ALBUMS)
    asked = [RIVERS.uri, YARD.uri, "spotify:track:other"]
    assert library(store).saved(ALVA.key, asked) == {RIVERS.uri, YARD.uri}
    assert library(store).saved(BEN.key, asked) == set()
    assert library(store).saved(ALVA.key, []) == set()


def test_what_was_saved_or_removed_just_now_is_known_at_once(store: Memory) -> None:
    """In its place, and in the count, as Spotify will tell it next time."""
    keep(store, ETE)
    with store.writing() as connection:
        registers = store.ingest.registers
        note_saved(connection, registers, ALVA, LibrarySection.TRACKS, RIVERS)
    assert library(store).items(ALVA.key, LibrarySection.TRACKS) == [RIVERS, ETE]
    assert library(store).states(ALVA.key)[LibrarySection.TRACKS].total == 2
    with store.writing() as connection:
        note_saved(connection, registers, ALVA, LibrarySection.TRACKS, RIVERS)
        note_removed(connection, registers, ALVA, ETE.uri)
        note_removed(connection, registers, ALVA, "spotify:track:other")
    assert library(store).items(ALVA.key, LibrarySection.TRACKS) == [RIVERS]
    assert library(store).states(ALVA.key)[LibrarySection.TRACKS].total == 1


def test_a_name_with_a_nul_can_be_stored(store: Memory) -> None:
    """PostgreSQL takes none."""
    keep(store, SavedItem("spotify:track:nul", "No\0thing", "A\0"))
    [item] = library(store).items(ALVA.key, LibrarySection.TRACKS)
    assert (item.name, item.by) == ("Nothing", "A")


def test_the_playlist_of_an_answer_is_remembered_by_listener(store: Memory) -> None:
    """The last one made."""
    asked = "top|window=2026"
    with store.writing() as connection:
        registers = store.ingest.registers
        for playlist in ("first", "second"):
            save_made_playlist(
                connection,
                registers,
                ALVA,
                answer_key=asked,
                playlist=playlist,
                now=NOON,
            )
        assert made_from(connection, ALVA.key, asked) == "second"
        assert made_from(connection, BEN.key, asked) is None
        assert made_from(connection, ALVA.key, "top|window=2025") is None


def test_a_library_that_is_dropped_takes_no_one_elses_along(store: Memory) -> None:
    """As when an account is removed."""
    keep(store, RIVERS, YARD)
    keep(store, ETE, listener=BEN)
    with store.writing() as connection:
        drop_library(connection, store.ingest.registers, ALVA)
    assert library(store).states(ALVA.key) == {}
    assert library(store).items(ALVA.key, LibrarySection.TRACKS) == []
    assert library(store).items(BEN.key, LibrarySection.TRACKS) == [ETE]
