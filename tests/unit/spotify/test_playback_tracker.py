"""Looks at a player become plays as they were heard."""

from dataclasses import replace

import msgspec
import pytest

from custom_components.encore.history.model import Device, Item, RoomSpan, Source
from custom_components.encore.spotify.api.playback import (
    ConnectDevice,
    Playback,
    RecentPlay,
)
from custom_components.encore.spotify.tracking.playback_tracker import PlaybackTracker
from custom_components.encore.spotify.tracking.recently_played_list import (
    RecentlyPlayedList,
)
from custom_components.encore.spotify.tracking.tracker_state import TrackerState
from tests.unit.spotify.looks import (
    EVE,
    KITCHEN,
    LISTENER,
    PHONE,
    ROOM,
    Story,
    episode,
    room_of,
    song,
)

A, B, C = song("A"), song("B"), song("C")


@pytest.fixture
def story() -> Story:
    """Begin a story."""
    return Story.begin()


def test_a_track_played_to_its_end_ends_where_the_next_began(story: Story) -> None:
    """The usual evening: one track after the other."""
    story.idle(0)
    story.look(30, A, 10)
    story.look(60, A, 40)
    story.look(221, B, 1)
    assert story.plays() == [("A", 20, 220, 200)]
    assert story.seen[0].skipped is False
    assert story.seen[0].source is Source.LIVE


def test_a_play_carries_who_where_and_from_what(story: Story) -> None:
    """Listener, device, room, context, shuffle and that no private session was on."""
    story.idle(0)
    story.look(30, A, 10, device=KITCHEN, context="spotify:album:X")
    story.look(60, A, 40, device=KITCHEN)
    story.idle(70)
    (play,) = story.seen
    assert play.listener == LISTENER
    assert play.device == Device("d-kitchen", "Kitchen")
    assert play.rooms == (RoomSpan(ROOM, EVE + 20_000, EVE + 65_000),)
    assert play.context_uri == "spotify:album:X"
    assert (play.shuffle, play.incognito, play.skipped) == (False, False, None)


def test_a_device_outside_every_room_sounds_in_none(story: Story) -> None:
    """A phone is in no room."""
    story.look(0, A, 0)
    story.look(30, A, 30)
    story.idle(31)
    assert story.seen[0].rooms == ()


def test_a_skip_ends_where_the_next_began(story: Story) -> None:
    """Someone skips after 35 s, seen 5 s into the next."""
    story.look(0, A, 0)
    story.look(30, A, 30)
    story.look(40, B, 5)
    assert story.plays() == [("A", 0, 35, 35)]
    assert story.seen[0].skipped is True


def test_leaving_in_the_crossfade_is_no_skip(story: Story) -> None:
    """The next track began 8 s before this one was over."""
    story.look(0, A, 0)
    story.look(193, B, 1)
    assert story.plays() == [("A", 0, 192, 192)]
    assert story.seen[0].skipped is False


def test_a_pause_is_no_play(story: Story) -> None:
    """Paused at 1:00, for 40 s, seen both times."""
    story.look(0, A, 0)
    story.look(61, A, 60, playing=False)
    story.look(101, A, 61)
    story.look(241, B, 1)
    assert story.plays() == [("A", 0, 240, 200)]


def test_a_pause_between_two_looks_is_not_counted(story: Story) -> None:
    """The position fell 20 s behind the clock."""
    story.look(0, A, 0)
    story.look(60, A, 40)
    story.idle(60.5)
    (play,) = story.seen
    assert play.ms_played == 40_250
    assert play.ended_at - play.started_at == 60_250


def test_a_pause_is_no_time_in_the_room(story: Story) -> None:
    """The room fell silent for a while."""
    story.look(0, A, 0, device=KITCHEN)
    story.look(30, A, 30, device=KITCHEN, playing=False)
    story.look(90, A, 30, device=KITCHEN)
    story.look(120, A, 60, device=KITCHEN, playing=False)
    story.idle(121)
    assert [(span.start - EVE, span.end - EVE) for span in story.seen[0].rooms] == [
        (0, 30_000),
        (90_000, 120_000),
    ]


def test_a_pause_ends_unseen_before_what_follows_in_the_context(story: Story) -> None:
    """There was time to hear the rest, and the next track of the album is on."""
    story.look(0, A, 0, context="spotify:album:X")
    story.look(60, A, 60, playing=False, context="spotify:album:X")
    story.look(300, B, 20, context="spotify:album:X")
    assert story.plays() == [("A", 0, 280, 200)]
    assert story.seen[0].skipped is False


def test_a_pause_before_something_else_was_the_end(story: Story) -> None:
    """Another album is on, or there was no time to hear the rest."""
    story.look(0, A, 0, context="spotify:album:X")
    story.look(60, A, 60, playing=False, context="spotify:album:X")
    story.look(300, B, 20, context="spotify:album:Y")
    story.look(330, B, 50, playing=False, context="spotify:album:Y")
    endless = replace(C, duration_ms=None)
    story.look(360, endless, 10, context="spotify:album:Y")
    story.look(370, endless, 20, playing=False, context="spotify:album:Y")
    story.look(500, A, 10, context="spotify:album:Y")
    assert [(title, played) for title, *_, played in story.plays()] == [
        ("A", 60),
        ("B", 50),
        ("C", 20),
    ]


def test_what_was_jumped_over_is_not_played(story: Story) -> None:
    """Seeking 100 s ahead adds nothing but the time."""
    story.look(0, A, 0)
    story.look(30, A, 130)
    story.look(101, B, 1)
    assert story.plays() == [("A", 0, 100, 100)]


def test_a_part_played_twice_counts_twice(story: Story) -> None:
    """Seeking back from 1:00 to 0:40."""
    story.look(0, A, 0)
    story.look(60, A, 60)
    story.look(65, A, 45)
    story.look(221, B, 1)
    assert story.plays() == [("A", 0, 220, 220)]


def test_starting_over_is_another_play(story: Story) -> None:
    """As Spotify counts it: back to the start by the button."""
    story.look(0, A, 0)
    story.look(60, A, 60)
    story.look(70, A, 5)
    story.look(265, B, 0)
    assert story.plays() == [("A", 0, 65, 65), ("A", 65, 265, 200)]
    assert [play.skipped for play in story.seen] == [True, False]


def test_each_round_of_a_repeated_track_is_a_play(story: Story) -> None:
    """Repeat of one track, seen at its end and in the middle of a long gap."""
    story.look(0, A, 0, repeat="track")
    story.look(201, A, 1, repeat="track")
    story.look(420, A, 20, repeat="track")
    story.idle(421)
    assert story.plays() == [
        ("A", 0, 200, 200),
        ("A", 200, 400, 200),
        ("A", 400, 420.5, 20.5),
    ]


def test_the_end_of_the_queue_ends_the_play(story: Story) -> None:
    """Spotify then shows the track again, silent at its start: that is no play."""
    story.look(0, A, 0)
    story.look(202, A, 0, playing=False)
    story.look(500, A, 0, playing=False)
    story.idle(1200)
    assert story.plays() == [("A", 0, 200, 200)]
    assert story.seen[0].skipped is False


def test_a_track_that_stays_where_it_was_seen_was_paused_there(story: Story) -> None:
    """Three seconds after its start: that is not its start again."""
    story.look(3, A, 3)
    story.look(240, A, 3, playing=False)
    story.idle(1200)
    assert story.plays() == [("A", 0, 3, 3)]


def test_what_plays_where_it_was_before_sounds_at_each_look(story: Story) -> None:
    """It was put on again, or its position stands still: how long it sounded in between is not known."""
    story.look(10, A, 10, device=KITCHEN)
    story.look(200, A, 10, device=KITCHEN)
    story.look(300, A, 10, device=KITCHEN)
    story.look(301, B, 1)
    assert story.plays() == [("A", 0, 300, 10)]
    assert story.seen[0].rooms == (RoomSpan(ROOM, EVE, EVE + 10_000),)


def test_what_was_wound_back_in_a_pause_and_plays_sounds_from_then_on(
    story: Story,
) -> None:
    """Its position tells nothing of the time before."""
    story.look(100, A, 100)
    story.look(110, A, 110, playing=False)
    story.look(120, A, 60)
    story.look(180, B, 10)
    assert story.plays() == [("A", 0, 170, 160)]


def test_a_player_that_vanishes_was_stopped_in_between(story: Story) -> None:
    """Nobody saw when, so it is taken to be the middle."""
    story.look(0, A, 0)
    story.look(30, A, 30)
    story.idle(60)
    assert story.plays() == [("A", 0, 45, 45)]


def test_another_device_is_another_play(story: Story) -> None:
    """As Spotify counts it; together they hold what was heard."""
    story.look(0, A, 0)
    story.look(60, A, 60)
    story.look(80, A, 80, device=KITCHEN)
    story.look(110, A, 110, device=KITCHEN)
    story.look(201, B, 1, device=KITCHEN)
    assert story.plays() == [("A", 0, 70, 70), ("A", 70, 200, 130)]
    assert [play.device and play.device.name for play in story.seen] == [
        PHONE.name,
        KITCHEN.name,
    ]


@pytest.mark.parametrize(
    "other",
    [
        None,
        replace(PHONE, name="Alva’s new name"),
        replace(PHONE, id=None),
        replace(PHONE, active=False, volume_percent=3),
    ],
)
def test_a_device_that_is_called_otherwise_or_not_at_all_is_no_other(
    story: Story, other: ConnectDevice | None
) -> None:
    """Spotify may leave out the device or its id for a moment, and people rename them."""
    story.look(0, A, 0)
    story.look(30, A, 30)
    story.look(60, A, 60, device=other)
    story.look(90, A, 90)
    story.look(201, B, 1)
    assert story.plays() == [("A", 0, 200, 200)]
    assert story.seen[0].device == Device("d-phone", "Alva’s phone")


def test_a_device_that_is_named_late_is_that_of_the_play(story: Story) -> None:
    """The first look at it said none."""
    story.look(0, A, 0, device=None)
    story.look(30, A, 30, device=KITCHEN)
    story.look(201, B, 1, device=KITCHEN)
    assert story.plays() == [("A", 0, 200, 200)]
    assert story.seen[0].rooms[0].room == ROOM


def test_a_paused_track_that_is_moved_is_played_on_both(story: Story) -> None:
    """Paused on the phone, taken up in the kitchen: the second part begins where the first ended, so that both are one play."""
    story.look(0, A, 0)
    story.look(50, A, 50, playing=False)
    story.look(80, A, 50, playing=False, device=KITCHEN)
    story.look(100, A, 60, device=KITCHEN)
    story.look(110, A, 65, device=KITCHEN, playing=False)
    story.idle(115)
    assert story.plays() == [("A", 0, 50, 50), ("A", 50, 105, 15)]


def test_an_advertisement_is_no_play_and_ends_none(story: Story) -> None:
    """A device that plays something without an item, between and inside tracks."""
    story.look(0, A, 0)
    story.look(100, None, 3)
    story.look(110, A, 110)
    story.look(205, None, 5)
    story.look(231, B, 1)
    story.idle(232)
    assert story.plays() == [("A", 0, 200, 200), ("B", 230, 231.5, 1.5)]


def test_a_private_session_is_not_recorded(story: Story) -> None:
    """Neither is a play during which one was begun."""
    story.look(0, A, 0)
    story.look(30, A, 30, private=True)
    story.look(201, B, 1, private=True)
    story.look(402, C, 2)
    story.idle(500)
    assert [play.item.title for play in story.seen] == ["C"]


def test_a_long_pause_ends_the_play(story: Story) -> None:
    """What is taken up after it is another play, of what was not heard yet."""
    story.look(0, A, 0)
    story.look(60, A, 60, playing=False)
    for minute in range(5, 30, 5):
        story.look(60 * minute, A, 60, playing=False)
    story.look(2010, A, 70)
    assert story.plays() == [("A", 0, 60, 60)]
    story.idle(2011)
    assert story.plays()[1:] == [("A", 2000, 2010.5, 10.5)]


def test_a_pause_without_an_end_is_reported_after_an_hour(story: Story) -> None:
    """A device that never goes to rest shows the track for days."""
    story.look(0, A, 0)
    for minute in range(1, 60, 7):
        story.look(60 * minute, A, 60, playing=False)
    assert story.plays() == []
    story.look(3660, A, 60, playing=False)
    story.look(90_000, A, 60, playing=False)
    assert story.plays() == [("A", 0, 60, 60)]


def test_what_was_taken_up_unseen_and_left_again_is_one_play_with_its_row(
    story: Story,
) -> None:
    """It shows paused where it was for longer than a device takes to rest; the list has its true end afterwards."""
    story.look(0, A, 0)
    for minute in (2, 9, 16, 23):
        story.look(60 * minute, A, 60, playing=False)
    story.look(1800, B, 30, listed=listed((A, 820)))
    assert story.plays() == [("A", 0, 820, 61)]


def test_a_long_gap_in_a_pause_ends_the_play_too(story: Story) -> None:
    """Home Assistant was off; when it looks again the track goes on."""
    story.look(0, A, 0)
    story.look(60, A, 60, playing=False)
    story.look(7200, A, 80)
    story.idle(7201)
    assert story.plays() == [("A", 0, 60, 60), ("A", 7180, 7200.5, 20.5)]


def test_a_long_silence_inside_a_gap_makes_two_plays(story: Story) -> None:
    """Seen playing, and hours later playing again: it was put on anew."""
    story.look(0, A, 0)
    story.look(7200, A, 20)
    story.idle(7201)
    assert story.plays() == [("A", 0, 200, 200), ("A", 7180, 7200.5, 20.5)]
    assert story.seen[0].skipped is None


def test_what_follows_a_gap_says_nothing_of_how_the_last_play_ended(
    story: Story,
) -> None:
    """Something else must have been on between the two."""
    story.look(0, A, 0)
    story.look(400, C, 10)
    assert story.plays() == [("A", 0, 200, 200)]
    assert story.seen[0].skipped is None


def test_a_song_on_at_the_first_look_was_played_from_its_start(story: Story) -> None:
    """Home Assistant starts in the middle of it."""
    story.look(100, A, 50)
    story.look(251, B, 1)
    assert story.plays() == [("A", 50, 250, 200)]


def test_an_episode_on_at_the_first_look_may_have_been_taken_up_again(
    story: Story,
) -> None:
    """Only what was seen counts."""
    story.look(100, episode("E"), 1800)
    story.look(130, episode("E"), 1830)
    story.idle(131)
    assert story.plays() == [("E", 100, 130.5, 30.5)]


def test_an_episode_taken_up_in_its_middle_began_in_the_gap(story: Story) -> None:
    """Its position is no time that it was heard."""
    story.stray(0)
    story.look(20, episode("E"), 1800)
    story.look(40, episode("E"), 1820, playing=False)
    story.idle(50)
    assert story.plays() == [("E", 10, 40, 30)]


def test_a_player_that_wakes_paused_played_nothing(story: Story) -> None:
    """Opening the app shows what was on last night."""
    story.idle(0)
    story.look(300, A, 100, playing=False)
    story.idle(600)
    assert story.seen == []


def test_a_track_taken_up_after_an_idle_player_counts_from_where_it_was_left(
    story: Story,
) -> None:
    """Not from its start: that part was another play."""
    story.look(0, A, 0)
    story.look(60, A, 60, playing=False)
    story.idle(900)
    story.look(1200, A, 80)
    story.idle(1201)
    assert story.plays() == [("A", 0, 60, 60), ("A", 1180, 1200.5, 20.5)]


def test_a_track_played_and_paused_between_two_looks_is_not_missed(
    story: Story,
) -> None:
    """Another one was on before, so somebody listened."""
    story.look(0, A, 0)
    story.look(60, B, 30, playing=False)
    story.idle(90)
    assert story.plays() == [("A", 0, 30, 30), ("B", 30, 60, 30)]


def test_a_jump_ahead_and_a_pause_count_half_of_the_gap(story: Story) -> None:
    """Nobody can tell how long it still sounded."""
    story.look(0, A, 0)
    story.look(30, A, 150, playing=False)
    story.idle(31)
    assert story.plays() == [("A", 0, 15, 15)]


def test_a_position_moved_while_paused_was_played_if_there_was_time(
    story: Story,
) -> None:
    """Played for 40 s between two looks that both see it paused; a longer way was a seek."""
    story.look(0, A, 0)
    story.look(10, A, 10, playing=False)
    story.look(310, A, 50, playing=False)
    story.look(320, A, 150, playing=False)
    story.idle(330)
    assert [played for *_, played in story.plays()] == [50]


def test_looks_without_a_position_go_by_the_clock(story: Story) -> None:
    """Spotify leaves it out at times."""
    story.look(0, A, 0)
    story.look(30, A, None)
    story.look(60, A, None, playing=False)
    story.idle(61)
    assert story.plays() == [("A", 0, 30, 30)]


def test_an_item_without_a_length_ends_where_the_next_began(story: Story) -> None:
    """Nobody can tell whether it was heard out."""
    endless = replace(song("E"), duration_ms=None)
    story.look(0, endless, 0)
    story.look(100, B, 10)
    assert story.plays() == [("E", 0, 90, 90)]
    assert story.seen[0].skipped is None


def test_an_old_look_is_ignored(story: Story) -> None:
    """The coordinator hands out the same look again while it must wait."""
    story.look(30, A, 30)
    story.look(30, A, 30)
    story.look(20, B, 0)
    story.idle(31)
    assert story.plays() == [("A", 0, 30.5, 30.5)]


def test_a_clock_that_is_set_back_takes_what_was_seen_with_it(story: Story) -> None:
    """By an hour, in the middle of a track; watching does not wait until the clock is there again."""
    story.look(3_600, A, 0)
    story.look(3_690, A, 90)
    story.look(120, A, 120)
    story.look(201, B, 1)
    story.look(230, B, 30)
    story.idle(240)
    assert story.plays() == [("A", 0, 200, 200), ("B", 200, 235, 35)]


def test_a_clock_that_is_set_back_over_a_change_of_track_doubles_nothing(
    story: Story,
) -> None:
    """What of the second was heard before the look cannot be told, so it is not claimed."""
    story.look(3_600, A, 0)
    story.look(3_690, A, 90)
    story.look(100, B, 20)
    story.look(130, B, 50)
    story.idle(140)
    assert story.plays() == [("A", 10, 100, 90), ("B", 100, 135, 35)]


def listed(*rows: tuple[Item, float], until: float = 10_000) -> RecentlyPlayedList:
    """Return rows of recently played, read so late: what, and when it ended in seconds since the eve."""
    return RecentlyPlayedList(
        tuple(RecentPlay(item, EVE + round(end * 1000)) for item, end in rows),
        EVE + round(until * 1000),
    )


@pytest.mark.parametrize("at", [60, 201, 300])
def test_one_answer_that_no_player_is_on_splits_nothing(
    story: Story, at: float
) -> None:
    """A stray 204 in the middle of a track, or where it was paused meanwhile."""
    story.look(0, A, 0)
    story.stray(at)
    story.look(at + 20, A, 60)
    story.look(at + 161, B, 1)
    ((title, start, end, played),) = story.plays()
    assert (title, start, end) == ("A", 0, at + 160)
    assert abs(played - 200) < 0.1


def test_a_stray_answer_that_no_player_is_on_hides_no_change(story: Story) -> None:
    """Between two tracks, and before a pause."""
    story.look(0, A, 0)
    story.stray(201)
    story.look(221, B, 21)
    story.stray(250)
    story.look(270, B, 50, playing=False)
    story.idle(280)
    assert story.plays() == [("A", 0, 200, 200), ("B", 200, 250, 50)]


def test_a_track_that_begins_again_when_it_ends_is_another_play(story: Story) -> None:
    """A list of one track that is repeated, or the track twice in it."""
    story.look(0, A, 0, repeat="context")
    story.look(201, A, 1, repeat="context")
    story.look(402, B, 2)
    assert story.plays() == [("A", 0, 200, 200), ("A", 200, 400, 200)]


def test_recently_played_reports_when_a_skipped_track_was_over(story: Story) -> None:
    """Something else, that no look met, was on before what is on now."""
    story.look(0, A, 0)
    story.look(201, B, 21, listed=listed((A, 60), (C, 180)))
    story.idle(202)
    assert story.plays()[0] == ("A", 0, 60, 60)
    assert story.seen[0].skipped is True


def test_what_recently_played_has_in_between_bounds_what_it_has_not(
    story: Story,
) -> None:
    """A was left before C, of 200 s, began; A itself is not listed, as skips often are not."""
    story.look(0, A, 0)
    story.look(260, B, 20, listed=listed((C, 240)))
    assert story.plays() == [("A", 0, 40, 40)]
    assert story.seen[0].skipped is True


def test_recently_played_reports_that_a_pause_was_ended(story: Story) -> None:
    """Paused at 0:50, taken up again and heard out before something else, or not."""
    story.look(0, A, 0)
    story.look(60, A, 50, playing=False)
    story.look(480, B, 100, listed=listed((A, 380)))
    assert story.plays() == [("A", 0, 380, 200)]
    longer = Story.begin()
    longer.look(0, A, 0)
    longer.look(60, A, 50, playing=False)
    longer.look(680, B, 100, listed=listed((A, 380), (C, 580)))
    assert longer.plays() == [("A", 0, 380, 200)]
    other = Story.begin()
    other.look(0, A, 0)
    other.look(60, A, 50, playing=False)
    other.look(480, B, 100, listed=listed((A, 50)))
    assert other.plays() == [("A", 0, 50, 50)]


def test_a_pause_that_is_ended_for_a_moment_is_no_other_play(story: Story) -> None:
    """Nobody saw it taken up again; the list has its end, long after the pause. Twelve minutes, and its device rests."""
    story.look(0, A, 0)
    story.look(60, A, 50, playing=False)
    story.look(480, A, 50, playing=False)
    story.stray(900)
    story.look(1620, None, device=None, listed=listed((A, 700)))
    assert story.plays() == [("A", 0, 700, 51)]


def test_who_is_found_paused_says_nothing_of_what_was_on_before(story: Story) -> None:
    """A was skipped after seconds, B heard for a minute and paused: A is sure for its look, B somewhere until now."""
    story.look(1, A, 1)
    story.look(201, B, 68, playing=False, listed=listed())
    assert story.plays() == [("A", 0, 1, 1)]
    assert story.seen[0].skipped is None
    story.look(1300, None, device=None, listed=listed((B, 73)))
    assert story.plays()[1] == ("B", 5, 73, 68)
    untold = Story.begin()
    untold.look(1, A, 1)
    untold.look(201, B, 68, playing=False, listed=listed())
    untold.idle(1300)
    assert untold.plays()[1] == ("B", 1, 201, 68)


def test_going_back_to_a_track_makes_two_plays_of_it(story: Story) -> None:
    """Both looks see A, the list has what was on between them."""
    story.look(2, A, 2)
    story.look(183, A, 39, listed=listed((song("D", 135), 144)))
    story.idle(184)
    assert story.plays() == [("A", 0, 9, 9), ("A", 144, 183.5, 39.5)]


def test_what_seems_to_start_over_was_wound_back_where_the_list_has_no_end_of_it(
    story: Story,
) -> None:
    """Of what sounded long enough to be listed."""
    story.look(60, A, 60)
    story.look(160, A, 20, listed=listed())
    story.look(341, B, 1)
    assert story.plays() == [("A", 0, 340, 340)]
    over = Story.begin()
    over.look(60, A, 60)
    over.look(160, A, 20, listed=listed((A, 140)))
    over.look(341, B, 1)
    assert over.plays() == [("A", 0, 140, 140), ("A", 140, 340, 200)]


def test_what_was_played_on_one_device_is_not_played_again_on_the_next(
    story: Story,
) -> None:
    """Moved to the kitchen and paused there at once."""
    story.look(0, A, 0)
    story.look(54, A, 54)
    story.look(235, A, 109, playing=False, device=KITCHEN, listed=listed((A, 108)))
    story.idle(300)
    assert story.plays() == [("A", 0, 108, 108)]


def test_a_position_on_another_device_is_that_of_another_track(story: Story) -> None:
    """A ended on the phone, B was begun in the kitchen: all of its position was heard there."""
    story.look(0, A, 0)
    story.look(200, B, 100, device=KITCHEN, listed=listed((A, 60)))
    story.look(301, C, 1, device=KITCHEN)
    assert story.plays() == [("A", 0, 60, 60), ("B", 100, 300, 200)]


def test_once_something_else_was_on_a_later_row_is_another_play(story: Story) -> None:
    """A for seconds, D, A again to its end, and B; the list has all but the first."""
    story.look(2, A, 2)
    story.look(600, B, 20, listed=listed((song("D", 135), 144), (A, 580)))
    assert story.plays() == [("A", 0, 9, 9)]


def test_what_is_found_paused_was_paused_where_its_row_ends(story: Story) -> None:
    """After an outage the list has it already: its device rested meanwhile."""
    story.look(0, A, 0)
    rows = listed((A, 200), (B, 274.5), until=1800)
    story.look(1800, B, 75, playing=False, listed=rows)
    story.idle(1900)
    assert story.plays() == [("A", 0, 200, 200), ("B", 200, 274.5, 74.5)]


def test_a_track_that_was_paused_unseen_is_not_played_again_beside_its_row(
    story: Story,
) -> None:
    """The same device, an outage, and the track's own row: nothing was heard after it."""
    story.look(0, A, 0)
    story.look(1800, A, 75, playing=False, listed=listed((A, 100), until=1800))
    story.idle(1900)
    assert story.plays() == [("A", 0, 100, 100)]


def test_a_track_that_ended_and_came_round_unseen_was_played_again(
    story: Story,
) -> None:
    """Its row ends where it was to end; the next round was paused and nobody saw when."""
    story.look(0, A, 0)
    story.look(600, A, 75, playing=False, listed=listed((A, 199.5), until=600))
    story.idle(1600)
    assert story.plays() == [("A", 0, 199.5, 199.5), ("A", 199.5, 600, 75)]


def test_a_track_that_was_moved_unseen_is_played_since_its_position_says(
    story: Story,
) -> None:
    """A was skipped, B begun on the phone, where its row ends, and moved to the kitchen."""
    story.look(2, A, 2)
    story.look(200, B, 160, device=KITCHEN, listed=listed((B, 120)))
    story.look(241, C, 1, device=KITCHEN)
    assert story.plays()[1:] == [("B", 40, 240, 200)]


def test_a_track_that_was_moved_unseen_ends_with_its_last_row(story: Story) -> None:
    """It has a row for the phone and one for the kitchen; another one of it comes too late to be of the same play."""
    story.look(0, A, 0)
    story.look(230, B, 10, listed=listed((A, 60), (A, 150), (A, 215)))
    assert story.plays() == [("A", 0, 150, 150)]


def test_how_long_an_episode_went_on_before_a_pause_of_another_nobody_knows(
    story: Story,
) -> None:
    """No list has episodes: what is sure is the look, and what resume points tell later."""
    story.look(0, episode("E"), 0)
    story.look(2, episode("E"), 2)
    story.look(423, episode("F"), 95, playing=False, listed=listed())
    story.idle(1400)
    assert story.plays() == [("E", 0, 2, 2), ("F", 2, 423, 95)]
    assert story.seen[0].skipped is None


def test_an_earlier_play_of_the_same_track_ends_nothing(story: Story) -> None:
    """It was listed when this one began."""
    story.look(0, A, 100)
    story.look(102, A, 2, listed=listed((A, 100)))
    story.look(200, A, 100, listed=listed((A, 100)))
    story.look(301, B, 1, listed=listed((A, 100), (A, 300)))
    assert story.plays() == [("A", -100, 100, 200), ("A", 100, 300, 200)]


def test_what_is_listed_reports_that_a_track_was_left_and_put_on_again(
    story: Story,
) -> None:
    """Both looks see A; it looks like a pause, and was not."""
    story.look(0, A, 0)
    story.look(300, A, 90, listed=listed((A, 80), (C, 210)))
    story.look(411, B, 1)
    assert story.plays() == [("A", 0, 80, 80), ("A", 210, 410, 200)]


def test_an_item_that_is_found_paused_sounded_some_time_before(story: Story) -> None:
    """Nobody saw when: the play holds all of the time, and says how long it sounded."""
    story.look(0, A, 0)
    story.look(60, B, 30, playing=False)
    story.idle(90)
    assert story.plays()[1] == ("B", 30, 60, 30)
    resumed = Story.begin()
    resumed.look(0, episode("E"), 100, playing=False)
    resumed.idle(100)
    resumed.look(500, episode("E"), 300, playing=False)
    resumed.idle(600)
    assert resumed.plays() == [("E", 100, 500, 200)]


@pytest.mark.parametrize(
    ("at", "item", "position", "playing", "wonders"),
    [
        (201, B, 1, True, False),
        (201, A, 0, False, False),
        (201, B, 100, True, True),
        (201, A, 100, True, True),
        (201, A, 100, False, False),
        (150, A, 150, True, False),
        (30, B, 10, True, False),
    ],
)
def test_the_list_is_asked_for_where_the_looks_leave_much_open(
    story: Story, at: float, item: Item, position: float, playing: bool, wonders: bool
) -> None:
    """Not when all fits, nor for a few seconds."""
    story.look(0, A, 0)
    look = Playback(
        EVE + round(at * 1000), playing, item, round(position * 1000), PHONE
    )
    assert story.listening.wonders(look) is wonders


@pytest.mark.parametrize(
    ("first", "wonders"),
    [(40, True), (10, False)],
    ids=["much of it was heard", "little of it was heard"],
)
def test_the_list_is_asked_for_where_a_song_seems_to_start_over(
    story: Story, first: float, wonders: bool
) -> None:
    """However short the time between the looks: it may only have been wound back."""
    story.look(0, A, 0)
    story.look(first, A, first)
    again = Playback(EVE + round((first + 40) * 1000), True, A, 10_000, PHONE)
    assert story.listening.wonders(again) is wonders


@pytest.mark.parametrize(
    ("before", "after", "sounded"),
    [
        (None, Playback(2), True),
        (Playback(1), Playback(2), False),
        (Playback(1, item=A, progress_ms=5, device=PHONE), Playback(2), False),
        (
            Playback(1, item=A, progress_ms=5, device=PHONE),
            Playback(2, item=A, progress_ms=5, device=KITCHEN),
            False,
        ),
        (
            Playback(1, item=A, progress_ms=5, device=PHONE),
            Playback(2, item=A, progress_ms=6, device=PHONE),
            True,
        ),
        (
            Playback(1, item=A, progress_ms=5, device=PHONE),
            Playback(2, item=B, progress_ms=5, device=PHONE),
            True,
        ),
        (Playback(1), Playback(2, playing=True, item=A, device=PHONE), True),
        (Playback(1, playing=True, item=A, device=PHONE), Playback(2), True),
    ],
)
def test_silence_is_believed_where_both_looks_see_the_same_of_it(
    before: Playback | None, after: Playback, sounded: bool
) -> None:
    """What was paused may have been taken up in between, and what plays now may have followed something else."""
    listening = PlaybackTracker(LISTENER, room_of, TrackerState(last=before))
    assert listening.may_have_sounded(after) is sounded


def test_before_a_moment_nothing_is_recorded(story: Story) -> None:
    """Recording was switched on in the middle of a track."""
    story.listening.state.since = EVE + 100_000
    story.look(101, A, 101)
    story.look(201, B, 1)
    assert story.plays() == [("A", 100, 200, 100)]


def test_private_sessions_are_recorded_where_that_is_asked_for() -> None:
    """And marked as such."""
    story = Story(PlaybackTracker(LISTENER, room_of, private=True), [])
    story.look(0, A, 0, private=True)
    story.look(201, B, 1)
    assert story.plays() == [("A", 0, 200, 200)]
    assert story.seen[0].incognito is True


def test_stopping_returns_what_was_seen_of_the_play_under_way(story: Story) -> None:
    """And nothing when nothing is on."""
    story.look(0, A, 0)
    story.look(50, A, 50)
    story.seen += story.listening.stop()
    story.seen += story.listening.stop()
    assert story.plays() == [("A", 0, 50, 50)]


def test_a_stored_watch_goes_on_as_if_nothing_had_been(story: Story) -> None:
    """A restart of Home Assistant neither loses nor halves the play under way."""
    story.look(0, A, 0, device=KITCHEN)
    story.look(50, A, 50, device=KITCHEN)
    stored = msgspec.json.encode(story.listening.state)
    watch = msgspec.json.decode(stored, type=TrackerState)
    later = Story(PlaybackTracker(LISTENER, room_of, watch), [])
    later.look(110, A, 110, device=KITCHEN)
    later.look(201, B, 1, device=KITCHEN)
    assert later.plays() == [("A", 0, 200, 200)]
    assert len(later.seen[0].rooms) == 1


def test_the_song_in_which_a_private_session_began_counts_up_to_the_look_before(
    story: Story,
) -> None:
    """Whether the next look still sees it or another one; what is on from then on is nobody's business."""
    for at, on in ((0, A), (400, B)):
        story.look(at, A, 0)
        story.look(at + 60, A, 60)
        story.look(at + 100, on, 100 if on is A else 20, private=True)
        story.look(at + 160, on, 160 if on is A else 80, private=True)
        story.look(at + 300, C, 10)
    assert story.plays()[0] == ("A", 0, 60, 60)
    assert [play for play in story.plays() if play[0] in "AB"][1] == ("A", 400, 460, 60)
    assert story.listening.hides(EVE + 150_000)
    assert not story.listening.hides(EVE + 59_000)


def test_a_song_that_was_left_when_it_had_just_begun_is_not_played_to_its_end(
    story: Story,
) -> None:
    """The app was closed: recently played was read, and would have the song if it had sounded to its end."""
    story.look(0, A, 0)
    story.look(20, A, 20)
    story.look(240, None, None, playing=False, device=None, listed=listed(until=250))
    story.look(250, None, None, playing=False, device=None, listed=listed(until=260))
    assert story.plays() == [("A", 0, 20, 20)]


def test_a_row_that_comes_late_is_of_the_play_that_is_over(story: Story) -> None:
    """It lies shortly after the look that found the next song, which then sounded on."""
    story.look(0, A, 0)
    story.look(202, B, 2)
    late = listed((A, 205), until=240)
    story.look(240, B, 40, listed=late)
    story.look(402, C, 2, listed=late)
    assert story.plays() == [("A", 0, 200, 200), ("B", 200, 400, 200)]


def test_a_song_that_goes_on_is_not_ended_by_its_row_of_later(story: Story) -> None:
    """Rows that lie up to two minutes off are read once the looks at what follows are in."""
    inexact = replace(listed((A, 150), until=300), slack_ms=100_000)
    story.look(0, A, 0)
    story.look(60, A, 60, listed=inexact)
    story.look(120, A, 120, listed=inexact)
    story.look(202, B, 2, listed=inexact)
    story.idle(300)
    assert story.plays()[0] == ("A", 0, 200, 200)


def test_a_look_reports_more_exactly_than_an_inexact_row_when_a_song_was_over(
    story: Story,
) -> None:
    """What follows began at the end of it, or earlier: then it was skipped at that moment."""
    story.look(0, A, 0)
    inexact = replace(listed((A, 150), until=260), slack_ms=60_000)
    story.look(202, B, 2, listed=inexact)
    skipped = replace(listed((B, 250), until=400), slack_ms=60_000)
    story.look(340, C, 10, listed=skipped)
    assert story.plays() == [("A", 0, 200, 200), ("B", 200, 330, 130)]
    assert [play.skipped for play in story.seen] == [False, True]


def test_between_two_looks_that_find_no_player_nothing_sounded(story: Story) -> None:
    """A row of that time was heard where no network was. Of a quarter of an hour nobody knows."""
    for second in (0, 100, 200, 300):
        story.stray(second)
    assert story.listening.state.could_sound(EVE + 250_000, 200_000, 20_000) is None
    story.stray(1_200)
    assert story.listening.state.could_sound(EVE + 900_000, 200_000, 20_000) == (
        EVE + 700_000,
        EVE + 900_000,
    )


@pytest.mark.parametrize("hours", [2, -2, 24 * 365])
def test_a_clock_that_is_set_makes_one_play_of_one(story: Story, hours: int) -> None:
    """A track that goes on is one play, as long as it sounded, where the monotonic clock tells that the other was set."""
    ahead, seen = hours * 3_600_000, story.listening
    for second, item, position in ((0, A, 0), (30, A, 30), (60, A, 60), (200, B, 0)):
        at = second * 1000
        set_by = ahead if second > 30 else 0
        story.seen += seen.see(
            Playback(EVE + at + set_by, True, item, position * 1000, PHONE, ticks_ms=at)
        )
    [play] = story.seen
    assert (play.item, play.ms_played, play.skipped) == (A, 200_000, False)
    assert play.ended_at == EVE + ahead + 200_000


def test_a_monotonic_clock_of_another_start_reports_nothing(story: Story) -> None:
    """After a restart, hours may have passed though it says minutes."""
    story.look(0, A, 0)
    assert story.listening.state.last is not None
    last = replace(story.listening.state.last, ticks_ms=90_000)
    watch = TrackerState(last, play=story.listening.state.play)
    story.listening = PlaybackTracker(LISTENER, room_of, watch)
    at = EVE + 7_200_000
    story.seen += story.listening.see(Playback(at, True, B, 0, PHONE, ticks_ms=120_000))
    [play] = story.seen
    assert (play.started_at, play.ended_at) == (EVE, EVE + 200_000)
