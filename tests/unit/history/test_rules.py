"""Forgetting: hidden at once, brought back within the hour, removed after it, and kept away."""

from dataclasses import replace
from typing import Any

import pytest

from custom_components.encore.history.deletion.deletion_jobs import would_take
from custom_components.encore.history.errors import ForgettingRefused, Unforgettable
from custom_components.encore.history.model import Item, Kind, Listener, Source, Total
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.history.records.api_calls import ApiCalls, add_calls
from custom_components.encore.history.records.deletion_rules import UNDO_MS, Rule
from custom_components.encore.history.records.job_records import (
    JobKind,
    Work,
    begin_job,
)
from custom_components.encore.history.records.made_playlists import save_made_playlist
from custom_components.encore.history.records.podcast_progress import Episode, Show
from custom_components.encore.history.records.resume_points import (
    mark_episode,
    save_episodes,
)
from custom_components.encore.history.records.saved_library import (
    LibrarySection,
    SavedItem,
    SectionState,
    store_section,
)

from .memory import (
    ALVA,
    BEN,
    EPISODE,
    HOUR,
    KITCHEN,
    LATER,
    MINUTE,
    NOON,
    OTHER,
    SONG,
    STUDY,
    THE_HOUSEHOLD,
    Memory,
    content,
    exported,
    live,
    polled,
    reported,
    sonos,
    span,
)

REISSUE = replace(
    SONG, uri="spotify:track:1reissue", title="Slow Rivers - Remastered 2011", isrc=None
)


def in_kitchen(end: int) -> Any:
    """Return rooms: the kitchen, up to a moment."""
    return (span(KITCHEN, end - 200_000, end),)


@pytest.fixture
def day(store: Memory) -> Memory:
    """Give a store with plays of three listeners in two rooms, seen by several sources."""
    store.append(
        live(NOON, rooms=in_kitchen(NOON)),
        live(NOON + HOUR, item=OTHER, rooms=(span(STUDY, NOON, NOON + HOUR),)),
        live(NOON + 2 * HOUR, listener=BEN),
        live(NOON + 3 * HOUR, item=EPISODE),
        sonos(NOON + 4 * HOUR, item=OTHER, rooms=in_kitchen(NOON + 4 * HOUR)),
    )
    store.append(exported(NOON + 3_000), polled(NOON + 1_000))
    return store


def uris(store: Memory) -> list[str]:
    """Return what the plays of a store are of, the oldest first."""
    return [play.item.uri for play in store.plays()]


@pytest.mark.parametrize(
    ("rule", "left"),
    [
        ({"start": NOON, "end": NOON + 2 * HOUR}, [SONG, EPISODE, OTHER]),
        ({"listener": ALVA.key}, [SONG, OTHER]),
        ({"listener": THE_HOUSEHOLD.key}, [SONG, OTHER, SONG, EPISODE]),
        ({"room": KITCHEN.key}, [OTHER, SONG, EPISODE]),
        ({"track": "slow rivers"}, [OTHER, EPISODE, OTHER]),
        ({"track": SONG.uri}, [OTHER, EPISODE, OTHER]),
        ({"artist": "TOR"}, [OTHER, EPISODE, OTHER]),
        ({"album": "Low Water"}, [OTHER, EPISODE, OTHER]),
        ({"show": "Daily Dial"}, [SONG, OTHER, SONG, OTHER]),
        ({"kind": Kind.EPISODE}, [SONG, OTHER, SONG, OTHER]),
        ({"listener": BEN.key, "artist": "Ilse Vann"}, [SONG, OTHER, EPISODE, OTHER]),
        ({"room": KITCHEN.key, "artist": "odd lamp"}, [SONG, OTHER, SONG, EPISODE]),
    ],
)
def test_what_a_rule_is_about(
    day: Memory, rule: dict[str, Any], left: list[Item]
) -> None:
    """A window, a listener, a room, an item, or several together, which all must apply."""
    before = day.plays()
    with day.connection.begin():
        counted = would_take(day.connection, Rule(**rule), hidden=NOBODY_HIDDEN)
    forgotten = day.forget(**rule)
    assert uris(day) == [item.uri for item in left]
    removed = [play for play in before if play not in day.plays()]
    assert forgotten.taken == counted
    assert counted == Total(len(removed), sum(play.ms_played for play in removed))
    assert (forgotten.asked_at, forgotten.purge_at) == (LATER, LATER + UNDO_MS)


def test_all_releases_of_a_song_are_that_song(store: Memory) -> None:
    """Whichever of them was named, by its title or its URI."""
    store.append(live(NOON), live(NOON + HOUR, item=REISSUE), live(NOON, item=OTHER))
    store.forget(track=REISSUE.uri)
    assert uris(store) == [OTHER.uri]


def test_episodes_of_one_title_are_still_different_ones(store: Memory) -> None:
    """A daily show repeats its titles; forgetting one day leaves the others."""
    next_day = replace(EPISODE, uri="spotify:episode:tomorrow")
    store.append(live(NOON, item=EPISODE), live(NOON + HOUR, item=next_day))
    store.forget(track=EPISODE.uri)
    assert uris(store) == [next_day.uri]


def test_a_rule_is_about_what_was_played_up_to_now(store: Memory) -> None:
    """What is played afterwards is remembered, though the rule has no end."""
    store.append(live(NOON))
    store.forget(NOON + MINUTE, artist="Ilse Vann")
    store.append(live(NOON + HOUR))
    [play] = store.plays()
    assert play.ended_at == NOON + HOUR


def test_undoing_brings_everything_back_as_it_was(day: Memory) -> None:
    """Plays, their rooms and row ids; within the hour, once."""
    before = day.plays()
    number = day.forget(listener=ALVA.key).id
    other = day.forget(room=KITCHEN.key).id
    undone = day.undo(number, LATER + UNDO_MS - 1)
    assert undone.undone_at == LATER + UNDO_MS - 1
    # The kitchen is still forgotten, and what Alva heard there is now so by that rule.
    assert uris(day) == [OTHER.uri, SONG.uri, EPISODE.uri]
    day.undo(other)
    assert day.plays() == before
    with pytest.raises(ForgettingRefused) as caught:
        day.undo(number)
    assert caught.value.reason is Unforgettable.UNDONE


def test_nothing_is_brought_back_after_the_hour(day: Memory) -> None:
    """Not even before it was removed."""
    number = day.forget(listener=ALVA.key).id
    with pytest.raises(ForgettingRefused) as caught:
        day.undo(number, LATER + UNDO_MS)
    assert caught.value.reason is Unforgettable.REMOVED
    day.purge()
    with pytest.raises(ForgettingRefused):
        day.undo(number)


def test_before_the_hour_nothing_is_removed(day: Memory) -> None:
    """A purge leaves alone what can still be brought back."""
    before = day.plays(), day.count("observation")
    number = day.forget(room=KITCHEN.key).id
    day.purge(LATER + UNDO_MS - 1)
    day.undo(number)
    assert (day.plays(), day.count("observation")) == before


def test_what_is_removed_leaves_no_name(day: Memory) -> None:
    """No observation, track, artist, album or device of it; not even of its listener."""
    day.forget(listener=ALVA.key)
    day.forget(room=KITCHEN.key)
    day.purge()
    assert day.count("observation") == 1
    assert day.count("hidden_play") == 0
    assert day.names("SELECT uri FROM track") == {SONG.uri}
    assert day.names("SELECT title FROM track") == {"", SONG.title}
    assert day.names("SELECT name FROM artist") == {*SONG.artists}
    assert day.names("SELECT name FROM album") == {SONG.album}
    day.append(live(NOON, listener=BEN, item=OTHER))
    assert day.names("SELECT name FROM artist") == {*SONG.artists, *OTHER.artists}
    assert {play.listener for play in day.plays()} == {BEN}


def test_a_listener_who_is_forgotten_is_not_known_any_more(store: Memory) -> None:
    """Her name goes with what she heard, and comes back with what she hears."""
    store.append(live(NOON), live(NOON, listener=BEN))
    store.forget(NOON + 10 * 86_400_000, listener=ALVA.key)
    store.purge(NOON + 11 * 86_400_000)
    assert store.names("SELECT key FROM listener") == {BEN.key}
    store.append(live(NOON + 20 * 86_400_000))
    assert [play.listener for play in store.plays()] == [BEN, ALVA]


def stored_beside(store: Memory) -> dict[str, int]:
    """Return how many rows there are of what is kept of listeners beside their plays."""
    tables = ("api_call", "job", "library_item", "library_shelf", "podcast_episode", "podcast_show", "episode_mark", "made_playlist")  # fmt: skip
    return {table: store.count(table) for table in tables}


def store_beside(store: Memory, listener: Listener) -> None:
    """Keep one thing of each kind of a listener."""
    registers = store.ingest.registers
    show = Show("spotify:show:4rOoJ6Egrf8K2IrywzwOMk", "Daily Dial")
    shelf = SectionState(LibrarySection.SHOWS, 1, 1, NOON)
    with store.writing() as db:
        add_calls(db, registers, [ApiCalls(listener, NOON, "library", 7)])
        begin_job(db, registers, Work(JobKind.LIBRARY, listener=listener), NOON)
        store_section(db, registers, listener, shelf, [SavedItem(show.uri, show.name)])
        save_episodes(db, registers, listener, show, [Episode(EPISODE.uri, EPISODE.title)], now=NOON)  # fmt: skip
        mark_episode(db, registers, listener, EPISODE.uri, finished=True, at=NOON)
        save_made_playlist(
            db, registers, listener, answer_key="top", playlist="37i9", now=NOON
        )


@pytest.mark.parametrize(("linked", "left"), [([ALVA.key], 1), ([], 0)])
def test_what_is_stored_beside_the_plays_goes_with_the_account_alone(
    store: Memory, linked: list[str], left: int
) -> None:
    """Who is still linked keeps marks, counts and what was made, also when all plays are forgotten."""
    store.append(live(NOON), live(NOON, listener=BEN))
    store_beside(store, ALVA)
    assert set(stored_beside(store).values()) == {1}
    store.forget(listener=ALVA.key)
    store.purge(linked=linked)
    assert {play.listener for play in store.plays()} == {BEN}
    assert set(stored_beside(store).values()) == {left}
    assert (ALVA.key in store.names("SELECT key FROM listener")) is bool(linked)


def test_what_is_blocked_does_not_come_back(day: Memory) -> None:
    """An export that says the same again, in other words, is hidden: the room, the edge, the list."""
    kitchen = day.forget(room=KITCHEN.key)
    edge = day.forget(start=NOON + 3 * HOUR - 200_000, end=NOON + 3 * HOUR)
    assert edge.taken.plays == 1
    day.purge()
    left = content(day.plays())
    assert kitchen.taken.plays == 2
    day.append(
        exported(NOON + 2_000),
        polled(NOON - 20_000),
        exported(NOON + 3 * HOUR, item=EPISODE, ms=60_000),
    )
    assert content(day.plays()) == left
    day.rebuild()
    assert content(day.plays()) == left
    day.purge(LATER + 2 * UNDO_MS)
    assert day.count("hidden_play") == 0
    assert day.count("observation") == 2


def test_what_is_not_blocked_comes_back(day: Memory) -> None:
    """With `keep_away` off, what arrives after the hour is taken in."""
    before = len(day.plays())
    day.forget(room=KITCHEN.key, keep_away=False)
    day.append(exported(NOON + 3_000), reported(Source.PLAYER, NOON))
    assert len(day.plays()) == before - 2
    day.purge()
    day.append(exported(NOON + 3_000))
    assert len(day.plays()) == before - 1
    assert day.count("forgotten_observation") == 0


def test_a_rule_that_is_lifted_lets_in_what_arrives(day: Memory) -> None:
    """What it removed does not come back by itself."""
    number = day.forget(room=KITCHEN.key).id
    day.purge()
    left = len(day.plays())
    lifted = day.lift(number)
    assert (lifted.lifted_at, lifted.keep_away) == (LATER, False)
    assert len(day.plays()) == left
    assert day.count("forgotten_observation") == day.count("forgotten_song") == 0
    day.append(exported(NOON))
    assert len(day.plays()) == left + 1
    with pytest.raises(ForgettingRefused):
        day.lift(99)


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ({}, Unforgettable.NOTHING_NAMED),
        ({"track": "Slow Riverz"}, Unforgettable.NEVER_PLAYED),
        ({"track": "spotify:track:never"}, Unforgettable.NEVER_PLAYED),
        ({"show": "Ilse Vann"}, Unforgettable.NEVER_PLAYED),
    ],
)
def test_what_cannot_be_forgotten(
    day: Memory, rule: dict[str, Any], reason: Unforgettable
) -> None:
    """All of history by a slip, and what was never heard; nothing is noted of it."""
    with pytest.raises(ForgettingRefused) as caught:
        day.forget(**rule)
    assert caught.value.reason is reason
    assert day.count("forgetting") == 0
    assert len(day.plays()) == 5


def test_what_is_learned_later_of_a_track_counts(store: Memory) -> None:
    """A track that turns out to be by a forgotten artist is hidden, and one that is not is shown."""
    nameless = replace(
        SONG, title="", artists=(), album="", duration_ms=None, isrc=None
    )
    store.append(exported(NOON, item=nameless), live(NOON + HOUR, item=OTHER))
    store.append(live(NOON + 3 * HOUR, item=REISSUE))
    store.forget(artist="Tor")
    assert uris(store) == [SONG.uri, OTHER.uri]
    store.append(live(LATER + HOUR, item=SONG))
    assert uris(store) == [OTHER.uri, SONG.uri]


def test_numbers_of_hidden_plays_are_not_given_again(store: Memory) -> None:
    """What is brought back collides with nothing that came meanwhile."""
    store.append(live(NOON))
    number = store.forget(artist="Tor").id
    store.append(live(NOON + HOUR, item=OTHER))
    store.undo(number)
    first, second = store.plays()
    assert first.id != second.id
    assert {Source.LIVE} == first.sources == second.sources
