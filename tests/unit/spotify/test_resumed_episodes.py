"""A resume point that moved is an observation of what nobody watched, and of nothing else."""

from dataclasses import replace
from typing import Any

import pytest

from custom_components.encore.history.model import UNDER_WAY, Item, Kind, Play, Source
from custom_components.encore.history.records.podcast_progress import Episode, Show
from custom_components.encore.history.records.resume_points import Moved
from custom_components.encore.spotify.tracking.resumed_episodes import observations
from tests.unit.history.memory import ALVA, HOUR, MINUTE, NOON, SECOND

SHOW = Show(
    "spotify:show:38bS44xjbVVZ3No3ByF1dJ", "Daily Dial", image_url="https://i/s"
)
EPISODE = Episode(
    "spotify:episode:512ojhOuo1ktJprKbVcKyQ", "The Weather, Again", 30 * MINUTE
)
MOVED = Moved(EPISODE, SHOW, 20 * MINUTE, NOON, NOON + 4 * HOUR)


def play(start: int, ms: int, **more: Any) -> Play:
    """Return a play of the episode."""
    item = Item(EPISODE.uri, Kind.EPISODE, EPISODE.title, (SHOW.name,))
    played = Play(1, ALVA, item, start, start + ms, ms, frozenset({Source.LIVE}))
    return replace(played, **more)


def test_what_nobody_saw_is_reported_with_the_time_that_is_known() -> None:
    """Some time between the looks, so long; the show stands for the artist."""
    [reported] = observations(ALVA, [MOVED], [], [])
    assert reported.source is Source.POLLED
    assert reported.item == Item(
        EPISODE.uri,
        Kind.EPISODE,
        EPISODE.title,
        ("Daily Dial",),
        "Daily Dial",
        30 * MINUTE,
        image_url="https://i/s",
    )
    assert (reported.started_at, reported.ended_at) == (NOON, NOON + 4 * HOUR)
    assert reported.ms_played == 20 * MINUTE
    assert reported.skipped is None


def test_a_chapter_is_reported_as_one() -> None:
    """Of its book."""
    book = replace(SHOW, kind=Kind.CHAPTER, name="A Book")
    [reported] = observations(ALVA, [replace(MOVED, show=book)], [], [])
    assert (reported.item.kind, reported.item.artists) == (Kind.CHAPTER, ("A Book",))


@pytest.mark.parametrize(
    "seen",
    [
        play(NOON + HOUR, 20 * MINUTE),
        play(NOON + HOUR, 19 * MINUTE + 31 * SECOND),
        play(NOON - 10 * MINUTE, 20 * MINUTE),
        play(NOON + 230 * MINUTE, 20 * MINUTE, id=UNDER_WAY),
    ],
    ids=["in between", "but for seconds", "across the first look", "under way"],
)
def test_what_was_watched_is_not_reported_again(seen: Play) -> None:
    """Whether it is over or not."""
    assert observations(ALVA, [MOVED], [seen], []) == []


def test_what_was_watched_in_part_leaves_the_rest_to_tell() -> None:
    """After what was watched, so that the two are not taken for one play."""
    seen = play(NOON + HOUR, 5 * MINUTE)
    [reported] = observations(ALVA, [MOVED], [seen], [])
    assert (reported.started_at, reported.ms_played) == (seen.ended_at, 15 * MINUTE)


def test_plays_of_other_episodes_and_before_the_first_look_explain_nothing() -> None:
    """The resume point was there already."""
    others = [
        play(NOON - HOUR, 30 * MINUTE),
        play(
            NOON + HOUR,
            20 * MINUTE,
            item=Item("spotify:episode:other", Kind.EPISODE, "Other", ("Daily Dial",)),
        ),
    ]
    [reported] = observations(ALVA, [MOVED], others, [])
    assert reported.ms_played == 20 * MINUTE


@pytest.mark.parametrize(
    ("withheld", "reported"),
    [
        ((NOON + HOUR, NOON + 2 * HOUR), 0),
        ((NOON - HOUR, NOON + 1), 0),
        ((NOON - HOUR, NOON), 1),
        ((NOON + 4 * HOUR, NOON + 5 * HOUR), 1),
    ],
)
def test_what_may_have_been_played_in_private_is_not_reported(
    withheld: tuple[int, int], reported: int
) -> None:
    """Nor what was heard while recording was paused: nobody knows which part it was."""
    assert len(observations(ALVA, [MOVED], [], [withheld])) == reported


def test_what_was_marked_as_played_is_no_play() -> None:
    """No more fits between two looks than Spotify plays at its highest speed; of a whole show, none."""
    soon = replace(MOVED, until=NOON + 5 * MINUTE)
    assert observations(ALVA, [soon], [], []) == []
    assert observations(ALVA, [replace(soon, moved_ms=17 * MINUTE)], [], [])
    whole = [
        replace(
            MOVED,
            moved_ms=30 * MINUTE,
            episode=replace(EPISODE, uri=f"spotify:episode:{n}"),
        )
        for n in range(29)
    ]
    assert observations(ALVA, whole, [], []) == []
    assert len(observations(ALVA, whole[:28], [], [])) == 28
