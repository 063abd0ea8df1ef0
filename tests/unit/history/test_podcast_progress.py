"""Podcasts: how far each episode was heard, what moved between two looks, and whose word on “finished” holds."""

from dataclasses import replace

import pytest

from custom_components.encore.history.model import Kind, Listener
from custom_components.encore.history.records.podcast_progress import (
    Episode,
    KnownEpisode,
    Show,
)
from custom_components.encore.history.records.resume_points import (
    Moved,
    drop_unsaved,
    mark_episode,
    save_episodes,
)
from custom_components.encore.history.records.saved_library import (
    LibrarySection,
    SavedItem,
)

from .memory import ALVA, BEN, DAY, HOUR, MINUTE, NOON, SECOND, Memory
from .test_saved_library import RIVERS, keep, library

DIAL = Show("spotify:show:38bS44xjbVVZ3No3ByF1dJ", "Daily Dial", total=2)
FOLLOWED = SavedItem(DIAL.uri, DIAL.name, "Dial Media")
NEWER = Episode(
    "spotify:episode:512ojhOuo1ktJprKbVcKyQ",
    "The Weather, Again",
    30 * MINUTE,
    "2024-06-01",
    position_ms=0,
    finished=False,
)
OLDER = replace(
    NEWER, uri="spotify:episode:0Q86acNRm6V9GYx55SXKwf", title="Tides", released="2024-05-30"
)  # fmt: skip


def read(
    store: Memory,
    *episodes: Episode,
    now: int = NOON,
    show: Show = DIAL,
    listener: Listener = ALVA,
    first_place: int = 0,
) -> list[Moved]:
    """Take in what Spotify says of a show."""
    with store.writing() as connection:
        return save_episodes(
            connection,
            store.ingest.registers,
            listener,
            show,
            episodes,
            now=now,
            first_place=first_place,
        )


def at(episode: Episode, position_ms: int, *, finished: bool = False) -> Episode:
    """Return an episode with its resume point elsewhere."""
    return replace(episode, position_ms=position_ms, finished=finished)


def mark(store: Memory, episode: Episode, *, finished: bool, now: int) -> None:
    """Say that an episode is finished, or not."""
    with store.writing() as connection:
        mark_episode(
            connection,
            store.ingest.registers,
            ALVA,
            episode.uri,
            finished=finished,
            at=now,
        )


def known(store: Memory, episode: Episode) -> KnownEpisode:
    """Return what is known of an episode."""
    found = store.queries().podcasts.episode(ALVA.key, episode.uri)
    assert found is not None
    return found


def test_a_show_comes_back_as_it_was_read(store: Memory) -> None:
    """In Spotify's order, and page after page."""
    assert read(store, NEWER) == []
    assert read(store, OLDER, now=NOON + 1, first_place=1) == []
    podcasts = store.queries().podcasts
    assert [each.episode for each in podcasts.episodes(ALVA.key, DIAL.uri)] == [
        NEWER,
        OLDER,
    ]
    [show] = podcasts.shows(ALVA.key)
    assert (show.show, show.checked_at) == (DIAL, NOON)
    assert podcasts.shows(BEN.key) == []


@pytest.mark.parametrize(
    ("before", "after", "played"),
    [
        (at(NEWER, 0), at(NEWER, 10 * MINUTE), 10 * MINUTE),
        (at(NEWER, 10 * MINUTE), at(NEWER, 25 * MINUTE), 15 * MINUTE),
        (at(NEWER, 10 * MINUTE), at(NEWER, 0, finished=True), 20 * MINUTE),
        (at(NEWER, 0), at(NEWER, 30 * MINUTE, finished=True), 30 * MINUTE),
        (at(NEWER, 0, finished=True), at(NEWER, 5 * MINUTE), 5 * MINUTE),
    ],
    ids=["begun", "went on", "finished", "whole", "again"],
)
def test_a_resume_point_that_went_forward_is_reported(
    store: Memory, before: Episode, after: Episode, played: int
) -> None:
    """By how much, and between which two looks."""
    read(store, before)
    moved = read(store, after, now=NOON + 4 * HOUR)
    assert moved == [Moved(after, DIAL, played, NOON, NOON + 4 * HOUR)]
    assert known(store, NEWER).moved_at == NOON + 4 * HOUR


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (at(NEWER, 10 * MINUTE), at(NEWER, 10 * MINUTE)),
        (at(NEWER, 10 * MINUTE), at(NEWER, 4 * MINUTE)),
        (at(NEWER, 10 * MINUTE), at(NEWER, 10 * MINUTE + 29 * SECOND)),
        (at(NEWER, 0, finished=True), at(NEWER, 0, finished=True)),
        (
            replace(at(NEWER, 0), duration_ms=None),
            replace(at(NEWER, 0, finished=True), duration_ms=None),
        ),
    ],
    ids=["stayed", "went back", "a little", "was finished", "of no known length"],
)
def test_what_did_not_go_forward_reports_no_listening(
    store: Memory, before: Episode, after: Episode
) -> None:
    """Nothing is concluded from it."""
    read(store, before)
    assert read(store, after, now=NOON + HOUR) == []


def test_the_first_look_at_an_episode_reports_no_listening(store: Memory) -> None:
    """Nobody knows when it was heard."""
    assert read(store, at(NEWER, 10 * MINUTE)) == []
    assert known(store, NEWER).moved_at is None
    assert known(store, NEWER).under_way


def test_an_episode_that_came_out_since_the_last_look_was_at_its_beginning(
    store: Memory,
) -> None:
    """So all of it was heard since; one that is only older than those read before was not."""
    read(store, OLDER)
    tomorrow = at(replace(NEWER, released="2024-06-02"), 5 * MINUTE)
    old = at(replace(NEWER, uri="spotify:episode:old", released="2019-01-01"), MINUTE)
    moved = read(store, tomorrow, OLDER, old, now=NOON + DAY)
    assert moved == [Moved(tomorrow, DIAL, 5 * MINUTE, NOON, NOON + DAY)]


def test_without_the_permission_the_last_resume_point_stays(store: Memory) -> None:
    """Spotify then tells none; and a later one counts from the last known."""
    read(store, at(NEWER, 10 * MINUTE))
    read(store, replace(NEWER, position_ms=None, finished=None), now=NOON + HOUR)
    assert known(store, NEWER).episode.position_ms == 10 * MINUTE
    [moved] = read(store, at(NEWER, 12 * MINUTE), now=NOON + 2 * HOUR)
    assert moved.moved_ms == 2 * MINUTE


def test_a_mark_holds_until_the_resume_point_moves_again(store: Memory) -> None:
    """Whichever of the two was said last."""
    read(store, at(NEWER, 10 * MINUTE))
    mark(store, NEWER, finished=True, now=NOON + 1)
    assert known(store, NEWER).finished
    assert known(store, NEWER).left_ms == 0
    assert not known(store, NEWER).under_way
    read(store, at(NEWER, 10 * MINUTE), now=NOON + HOUR)
    assert known(store, NEWER).finished
    read(store, at(NEWER, 12 * MINUTE), now=NOON + 2 * HOUR)
    assert not known(store, NEWER).finished
    assert known(store, NEWER).left_ms == 18 * MINUTE


def test_what_spotify_takes_for_finished_can_be_marked_unfinished(
    store: Memory,
) -> None:
    """As Spotify does when only the credits are left."""
    read(store, at(NEWER, 29 * MINUTE, finished=True))
    mark(store, NEWER, finished=False, now=NOON + 1)
    assert known(store, NEWER).under_way
    assert [
        each.episode.title for each in store.queries().podcasts.under_way(ALVA.key, 5)
    ] == [NEWER.title]


def test_what_is_under_way_comes_with_what_was_played_last_first(store: Memory) -> None:
    """Of what never moved while it was watched, the newest first; nothing finished or not begun."""
    last = at(replace(NEWER, uri="spotify:episode:c", released="2020-01-01"), MINUTE)
    done = at(replace(NEWER, uri="spotify:episode:d"), 0, finished=True)
    new = replace(NEWER, uri="spotify:episode:e")
    read(store, at(OLDER, 3 * MINUTE), at(NEWER, 2 * MINUTE), at(last, 1), done, new)
    read(store, last, now=NOON + HOUR)
    found = store.queries().podcasts.under_way(ALVA.key, 5)
    assert [each.episode.uri for each in found] == [last.uri, NEWER.uri, OLDER.uri]
    assert store.queries().podcasts.under_way(BEN.key, 5) == []


def test_new_episodes_are_those_of_followed_shows_that_are_not_finished(
    store: Memory,
) -> None:
    """Since a day; chapters of audiobooks are not news."""
    keep(store, FOLLOWED, section=LibrarySection.SHOWS)
    done = at(replace(NEWER, uri="spotify:episode:d"), 0, finished=True)
    read(store, NEWER, done, OLDER)
    other = Show("spotify:show:other", "Not followed")
    read(store, replace(NEWER, uri="spotify:episode:x"), show=other)

    def new(since: str) -> list[str]:
        found = store.queries().podcasts.new(ALVA.key, since, 10)
        return [each.episode.uri for each in found]

    assert new("2024-05-30") == [NEWER.uri, OLDER.uri]
    assert new("2024-06-01") == [NEWER.uri]
    assert new("2024-06-02") == []


@pytest.mark.parametrize(
    "name", ["Daily Dial", "daily dial", "daily", DIAL.uri, "DÁILY"]
)
def test_a_show_is_found_by_its_name_or_how_it_begins(store: Memory, name: str) -> None:
    """Or by its URI."""
    read(store, NEWER)
    read(store, show=Show("spotify:show:b", "The Daily Dial Review"))
    found = store.queries().podcasts.show(ALVA.key, name)
    assert found is not None
    assert found.show == DIAL
    assert store.queries().podcasts.show(ALVA.key, "dial") is None


def test_shows_that_are_no_longer_saved_go_but_for_what_was_begun(
    store: Memory,
) -> None:
    """And what was marked, which is the listener's own."""
    begun = at(replace(NEWER, uri="spotify:episode:begun"), MINUTE)
    marked = replace(NEWER, uri="spotify:episode:marked")
    read(store, NEWER, begun, marked)
    mark(store, marked, finished=True, now=NOON)
    removed = Show("spotify:show:gone", "Gone")
    read(store, replace(OLDER, uri="spotify:episode:gone"), show=removed)
    book = Show("spotify:show:book", "A Book", Kind.CHAPTER)
    read(store, replace(OLDER, uri="spotify:episode:chapter"), show=book)
    keep(store, SavedItem(book.uri, book.name), section=LibrarySection.AUDIOBOOKS)
    with store.writing() as connection:
        drop_unsaved(connection, store.ingest.registers, ALVA)
    podcasts = store.queries().podcasts
    assert {each.show for each in podcasts.shows(ALVA.key)} == {DIAL, book}
    assert {each.episode.uri for each in podcasts.episodes(ALVA.key, DIAL.uri)} == {
        begun.uri,
        marked.uri,
    }
    assert len(podcasts.episodes(ALVA.key, book.uri)) == 1


def test_rows_of_a_removed_listener_go_with_them(store: Memory) -> None:
    """What is stored twice is there once, and refers to the listener."""
    for _ in range(2):
        keep(store, RIVERS)
        read(store, NEWER)
        mark(store, NEWER, finished=True, now=NOON)
    assert library(store).items(ALVA.key, LibrarySection.TRACKS) == [RIVERS]
    assert known(store, NEWER).finished
    assert read(store, at(NEWER, MINUTE), now=NOON + 1)
    with store.writing() as writing:
        writing.exec_driver_sql("DELETE FROM listener")
    tables = ("library_item", "library_shelf", "podcast_show", "podcast_episode", "episode_mark")  # fmt: skip
    assert [store.count(table) for table in tables] == [0] * len(tables)
    assert store.queries().podcasts.shows(ALVA.key) == []
