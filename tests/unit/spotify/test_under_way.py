"""A play is known while it is under way, up to the moment that is asked about."""

from dataclasses import replace

import pytest

from custom_components.encore.history.model import Device, Room, RoomSpan, Source
from custom_components.encore.spotify.tracking.transitions import PAUSE_REPORTED_MS
from tests.unit.spotify.looks import EVE, KITCHEN, PHONE, Story, song

A, B = song("A"), song("B")


@pytest.fixture
def story() -> Story:
    """Begin a story."""
    return Story.begin()


def reported(story: Story, at: float | None) -> tuple[str, float, float, float] | None:
    """Return title, start, end and heard of what is under way, in seconds since the eve."""
    play = story.listening.under_way(None if at is None else EVE + round(at * 1000))
    if play is None:
        return None
    return (
        play.item.title,
        (play.started_at - EVE) / 1000,
        (play.ended_at - EVE) / 1000,
        play.ms_played / 1000,
    )


def test_what_plays_is_taken_to_go_on(story: Story) -> None:
    """From the last look up to now, but not beyond its end."""
    story.look(10, A, 10)
    assert reported(story, 35) == ("A", 0, 35, 35)
    assert reported(story, 250) == ("A", 0, 200, 200)


def test_it_is_played_to_its_end_once_its_end_has_come(story: Story) -> None:
    """Before that, nobody can tell whether it will be skipped."""
    story.look(10, A, 10)
    for at, skipped in ((35, None), (201, False)):
        play = story.listening.under_way(EVE + at * 1000)
        assert play is not None
        assert play.skipped is skipped


def test_it_is_a_play_with_all_that_is_known_of_it(story: Story) -> None:
    """Listener, device, rooms and context; it has no place in the store yet."""
    story.look(10, A, 10, device=KITCHEN, context="spotify:album:a")
    play = story.listening.under_way(EVE + 30_000)
    assert play is not None
    assert play.under_way
    assert play.listener.name == "Alva"
    assert play.device == Device("d-kitchen", "Kitchen")
    assert play.rooms == (RoomSpan(Room("kitchen", "Kitchen"), EVE, EVE + 30_000),)
    assert play.context_uri == "spotify:album:a"
    assert play.sources == {Source.LIVE}
    assert play.skipped is None


def test_a_paused_play_is_under_way_until_it_paused(story: Story) -> None:
    """Until the pause is so long that the play is over and recorded."""
    story.look(0, A, 0)
    story.look(50, A, 50, playing=False)
    assert reported(story, 400) == ("A", 0, 50, 50)
    over = 50 + PAUSE_REPORTED_MS / 1000
    story.look(over, A, 50, playing=False)
    assert story.plays() == [("A", 0, 50, 50)]
    assert reported(story, over + 1) is None


def test_a_pause_is_left_out_of_what_was_played(story: Story) -> None:
    """The play goes on after it."""
    story.look(0, A, 0)
    story.look(50, A, 50, playing=False)
    story.look(80, A, 50)
    assert reported(story, 90) == ("A", 0, 90, 60)


def test_without_a_moment_it_is_reported_as_far_as_it_was_seen(story: Story) -> None:
    """For when the player can no longer be looked at."""
    story.look(0, A, 0)
    story.look(30, A, 30)
    assert reported(story, None) == ("A", 0, 30, 30)


def test_an_item_of_unknown_length_goes_on(story: Story) -> None:
    """Nobody knows its end."""
    story.look(0, replace(A, duration_ms=None), 0)
    assert reported(story, 900) == ("A", 0, 900, 900)


def test_nothing_is_under_way_where_nothing_plays(story: Story) -> None:
    """Before the first look, when it is over, and when the player was found paused."""
    assert reported(story, 0) is None
    story.look(0, A, 120, playing=False)
    assert reported(story, 10) is None
    story.look(20, B, 0)
    assert reported(story, 25) is not None
    story.idle(60)
    assert reported(story, 70) is None


def test_a_private_session_is_under_way_for_nobody(story: Story) -> None:
    """Neither is a play during which one was begun."""
    story.look(0, A, 0)
    story.look(30, A, 30, private=True)
    assert reported(story, 40) is None
    story.look(60, A, 60, device=PHONE)
    assert reported(story, 70) is None
    story.look(201, B, 1)
    assert reported(story, 210) == ("B", 200, 210, 10)
