"""What players do becomes plays, once for each coordinator, with the rooms that sounded."""

from dataclasses import replace

from custom_components.encore.history.merge.same_song import local_uri
from custom_components.encore.history.model import Kind, Source
from custom_components.encore.tracking.group_tracker import GroupTracker
from tests.unit.tracking.evening import (
    EVE,
    PAUSED,
    STOPPED,
    THE_HOUSEHOLD,
    TRANSITIONING,
    Evening,
    group,
    idle,
    song,
    station,
)

A, B, C = song("A"), song("B"), song("C")
HOUR = 3_600


def test_tracks_in_a_row_are_plays_that_meet() -> None:
    """A change of track ends one play and begins the next, in the room of the player."""
    evening = Evening().look(0, idle("Kitchen"))
    evening.look(10, group("Kitchen", A, 0)).look(210, group("Kitchen", B, 0))
    evening.look(270, group("Kitchen", C, 0)).over(300)
    assert evening.plays() == [
        ("A", "Kitchen", 10, 210, 200),
        ("B", "Kitchen", 210, 270, 60),
        ("C", "Kitchen", 270, 300, 30),
    ]
    assert evening.rooms("A") == [("Kitchen", 10, 210)]
    assert [one.skipped for one in evening.seen] == [False, True, None]
    assert {one.source for one in evening.seen} == {Source.SONOS}


def test_a_track_reported_late_began_where_its_position_says() -> None:
    """The event comes three seconds after the change."""
    evening = Evening().look(0, idle("Kitchen"))
    evening.look(10, group("Kitchen", A, 0)).look(213, group("Kitchen", B, 3))
    assert evening.plays() == [("A", "Kitchen", 10, 210, 200)]


def test_rooms_come_and_go_without_splitting_a_play() -> None:
    """The living room joins in mid-track, the kitchen's own play goes on, the living room leaves."""
    evening = Evening().look(0, idle("Kitchen"), idle("Living"))
    evening.look(10, group("Kitchen", A, 0), idle("Living"))
    evening.look(70, group("Kitchen Living", A, 60))
    evening.look(130, group("Kitchen", A, 120), idle("Living"))
    evening.look(210, group("Kitchen", B, 0), idle("Living")).wait(210)
    assert evening.plays() == [("A", "Kitchen", 10, 210, 200)]
    assert evening.rooms("A") == [("Kitchen", 10, 210), ("Living", 70, 130)]


def test_a_coordinator_that_leaves_hands_its_play_over() -> None:
    """The kitchen began it and leaves; the living room plays on: one play, and two rooms."""
    evening = Evening().look(0, idle("Kitchen"), idle("Living"))
    evening.look(10, group("Kitchen Living", A, 0))
    evening.look(100, group("Kitchen", transport=STOPPED), group("Living", A, 90)).look(
        210, idle("Kitchen"), group("Living", B, 0)
    )
    assert evening.plays() == [("A", "Kitchen", 10, 210, 200)]
    assert evening.rooms("A") == [("Kitchen", 10, 100), ("Living", 10, 210)]


def test_a_coordinator_that_disappears_hands_its_play_over_too() -> None:
    """The new coordinator is seen a few seconds later, in transition at first."""
    evening = Evening().look(0, idle("Kitchen"), idle("Living"))
    evening.look(10, group("Kitchen Living", A, 0))
    evening.look(100, group("Living", A, transport=TRANSITIONING))
    evening.look(104, group("Living", A, 94)).look(210, group("Living", B, 0))
    assert evening.plays() == [("A", "Kitchen", 10, 210, 200)]


def test_the_rest_of_a_group_that_starts_the_track_over_plays_it_again() -> None:
    """What the former member plays is the same track from its start, not the same play."""
    evening = Evening().look(0, idle("Kitchen"), idle("Living"))
    evening.look(10, group("Kitchen Living", A, 0))
    evening.look(100, idle("Kitchen"), idle("Living"))
    evening.look(160, idle("Kitchen"), group("Living", A, 0)).over(200)
    assert evening.plays() == [
        ("A", "Kitchen", 10, 100, 90),
        ("A", "Living", 160, 200, 40),
    ]


def test_two_groups_with_one_track_are_two_plays() -> None:
    """Nobody grouped them."""
    evening = Evening().look(0, idle("Kitchen"), idle("Bath"))
    evening.look(10, group("Kitchen", A, 0), idle("Bath"))
    evening.look(40, group("Kitchen", A, 30), group("Bath", A, 0)).over(100)
    assert evening.plays() == [
        ("A", "Kitchen", 10, 100, 90),
        ("A", "Bath", 40, 100, 60),
    ]


def test_plays_that_look_the_same_are_distinguished() -> None:
    """Two speakers begin and stop one track at the same moments."""
    evening = Evening().look(0, idle("Kitchen"), idle("Bath"))
    evening.look(10, group("Kitchen", A, 0), group("Bath", A, 0)).over(100)
    assert len({(one.ended_at, one.ms_played) for one in evening.seen}) == 2


def test_a_player_that_joins_ends_its_own_play() -> None:
    """The bath plays B alone, then joins the kitchen's A."""
    evening = Evening().look(0, idle("Kitchen"), idle("Bath"))
    evening.look(10, group("Kitchen", A, 0), group("Bath", B, 0))
    evening.look(60, group("Kitchen Bath", A, 50)).over(100)
    assert evening.plays() == [
        ("B", "Bath", 10, 60, 50),
        ("A", "Kitchen", 10, 100, 90),
    ]
    assert evening.rooms("A") == [("Kitchen", 10, 100), ("Bath", 60, 100)]


def test_a_pause_is_silence_and_splits_nothing() -> None:
    """29 minutes are no end; the rooms were silent meanwhile."""
    evening = Evening().look(0, idle("Kitchen")).look(10, group("Kitchen", A, 0))
    evening.look(60, group("Kitchen", A, 50, PAUSED)).wait(900)
    evening.look(1_800, group("Kitchen", A, 50)).look(1_950, group("Kitchen", B, 0))
    assert evening.plays() == [("A", "Kitchen", 10, 1_950, 200)]
    assert evening.rooms("A") == [("Kitchen", 10, 60), ("Kitchen", 1_800, 1_950)]


def test_a_pause_of_half_an_hour_ends_a_play() -> None:
    """What is resumed then is another play, whoever looked meanwhile."""
    evening = Evening().look(0, idle("Kitchen")).look(10, group("Kitchen", A, 0))
    evening.look(60, group("Kitchen", A, 50, PAUSED))
    unseen = Evening(
        house=GroupTracker(Source.SONOS, THE_HOUSEHOLD, evening.house.state)
    )
    evening.wait(60 + HOUR / 2)
    assert evening.plays() == [("A", "Kitchen", 10, 60, 50)]
    evening.look(60 + HOUR, group("Kitchen", A, 50)).over(60 + HOUR + 20)
    assert evening.plays()[1] == ("A", "Kitchen", 60 + HOUR, 80 + HOUR, 20)
    unseen.look(60 + HOUR, group("Kitchen", A, 50)).over(60 + HOUR + 20)
    assert unseen.plays() == evening.plays()


def test_transitions_and_what_is_reported_twice_change_nothing() -> None:
    """Sonos goes through a transition at each track, often without metadata."""
    evening = Evening().look(0, idle("Kitchen"))
    evening.look(9, group("Kitchen", None, transport=TRANSITIONING))
    evening.look(10, group("Kitchen", A, 0)).look(10.2, group("Kitchen", A, 0.2))
    evening.look(80, group("Kitchen", A)).look(80, group("Kitchen", A))
    evening.look(209.5, group("Kitchen", B, transport=TRANSITIONING))
    evening.look(209.8, group("Kitchen", None, transport=TRANSITIONING))
    evening.look(210, group("Kitchen", B, 0)).over(260)
    assert evening.plays() == [
        ("A", "Kitchen", 10, 210, 200),
        ("B", "Kitchen", 210, 260, 50),
    ]


def test_a_repeat_is_another_play() -> None:
    """The position is back at the start after the end, whether the mode was told or not."""
    for reported in (True, False):
        evening = Evening().look(0, idle("Kitchen"))
        evening.look(10, group("Kitchen", A, 0, repeats_one=reported))
        evening.look(211, group("Kitchen", A, 1, repeats_one=reported))
        evening.look(300, group("Kitchen", B, 0))
        assert evening.plays() == [
            ("A", "Kitchen", 10, 210, 200),
            ("A", "Kitchen", 210, 300, 90),
        ], reported
        assert [one.skipped for one in evening.seen] == [False, True]


def test_repeats_that_nobody_reported_are_counted_by_the_clock() -> None:
    """A speaker that repeats one track need not say so each time."""
    evening = Evening().look(0, idle("Kitchen"))
    evening.look(10, group("Kitchen", A, 0, repeats_one=True))
    evening.look(660, group("Kitchen", A, 50, repeats_one=True)).over(700)
    assert evening.plays() == [
        ("A", "Kitchen", 10, 210, 200),
        ("A", "Kitchen", 210, 410, 200),
        ("A", "Kitchen", 410, 610, 200),
        ("A", "Kitchen", 610, 700, 90),
    ]


def test_moving_back_within_a_track_is_no_repeat() -> None:
    """Somebody wants to hear the middle again."""
    evening = Evening().look(0, idle("Kitchen"))
    evening.look(10, group("Kitchen", A, 0)).look(110, group("Kitchen", A, 20))
    evening.look(290, group("Kitchen", B, 0))
    assert evening.plays() == [("A", "Kitchen", 10, 290, 280)]


def test_a_position_beyond_the_end_is_the_end() -> None:
    """On Connect a speaker may tell a position after the end; nothing sounds longer than it is."""
    evening = Evening().look(0, idle("Kitchen"))
    evening.look(10, group("Kitchen", A, 0)).look(250, group("Kitchen", A, 240))
    evening.look(300, group("Kitchen", A, 290)).over(310)
    assert evening.plays() == [("A", "Kitchen", 10, 210, 200)]


def test_a_track_that_was_played_to_its_end_and_is_started_again_is_another_play() -> (
    None
):
    """The queue has ended; a minute later somebody plays it once more."""
    evening = Evening().look(0, idle("Kitchen"))
    evening.look(10, group("Kitchen", A, 0)).look(210, group("Kitchen", A, 0, STOPPED))
    evening.look(270, group("Kitchen", A, 0)).over(300)
    assert evening.plays() == [
        ("A", "Kitchen", 10, 210, 200),
        ("A", "Kitchen", 270, 300, 30),
    ]


def test_what_was_stopped_and_started_again_is_another_play() -> None:
    """Stopped in the middle, and played from the start."""
    evening = Evening().look(0, idle("Kitchen"))
    evening.look(10, group("Kitchen", A, 0)).look(60, idle("Kitchen"))
    evening.look(90, group("Kitchen", A, 0)).over(120)
    assert evening.plays() == [
        ("A", "Kitchen", 10, 60, 50),
        ("A", "Kitchen", 90, 120, 30),
    ]


def test_a_restart_in_mid_play_is_no_play() -> None:
    """Home Assistant is away for a minute, the music is not."""
    evening = Evening().look(0, idle("Kitchen"), idle("Living"))
    evening.look(10, group("Kitchen Living", A, 0)).wait(60).restart()
    evening.look(100).look(125, group("Kitchen Living", A, 115))
    evening.look(210, group("Kitchen Living", B, 0))
    assert evening.plays() == [("A", "Kitchen", 10, 210, 200)]
    assert evening.rooms("A") == [("Kitchen", 10, 210), ("Living", 10, 210)]


def test_another_track_after_a_restart_began_while_nobody_looked() -> None:
    """The first one was heard out meanwhile."""
    evening = Evening().look(0, idle("Kitchen")).look(10, group("Kitchen", A, 0))
    evening.restart().look(250, group("Kitchen", B, 40))
    evening.look(410, group("Kitchen", C, 0))
    assert evening.plays() == [
        ("A", "Kitchen", 10, 210, 200),
        ("B", "Kitchen", 210, 410, 200),
    ]


def test_a_repeat_during_a_restart_is_stored() -> None:
    """The same track is on, at a position that only another round explains."""
    evening = Evening().look(0, idle("Kitchen")).look(10, group("Kitchen", A, 0))
    evening.restart().look(250, group("Kitchen", A, 40)).over(260)
    assert evening.plays() == [
        ("A", "Kitchen", 10, 210, 200),
        ("A", "Kitchen", 210, 260, 50),
    ]


def test_a_pause_during_a_restart_was_silent() -> None:
    """100 seconds passed, and the track is 40 further."""
    evening = Evening().look(0, idle("Kitchen")).look(10, group("Kitchen", A, 0))
    evening.wait(60).restart().look(160, group("Kitchen", A, 90)).over(200)
    assert evening.plays() == [("A", "Kitchen", 10, 200, 130)]


def test_what_stopped_during_a_restart_sounded_as_far_as_its_position() -> None:
    """It was paused when the home came back."""
    evening = Evening().look(0, idle("Kitchen")).look(10, group("Kitchen", A, 0))
    evening.wait(60).restart().look(160, group("Kitchen", A, 80, PAUSED))
    evening.wait(160 + HOUR)
    assert evening.plays() == [("A", "Kitchen", 10, 90, 80)]


def test_a_player_that_is_out_of_reach_is_believed_as_far_as_it_was_seen() -> None:
    """It was unplugged in the middle of a track."""
    evening = Evening().look(0, idle("Kitchen")).look(10, group("Kitchen", A, 0))
    evening.look(60).wait(60 + HOUR)
    assert evening.plays() == [("A", "Kitchen", 10, 60, 50)]


def test_what_was_on_at_the_first_look_was_played_from_its_start() -> None:
    """Of music that is likely; an episode was perhaps taken up again."""
    episode = replace(A, kind=Kind.EPISODE, uri="spotify:episode:E", title="E")
    evening = Evening().look(100, group("Kitchen", A, 60), group("Bath", episode, 60))
    evening.over(110)
    assert evening.plays() == [
        ("A", "Kitchen", 40, 110, 70),
        ("E", "Bath", 100, 110, 10),
    ]


def test_nothing_counts_before_recording_began() -> None:
    """Somebody resumed recording in mid-track."""
    evening = Evening(
        house=GroupTracker(Source.SONOS, THE_HOUSEHOLD, since=EVE + 90_000)
    )
    evening.look(100, group("Kitchen", A, 60)).over(110)
    assert evening.plays() == [("A", "Kitchen", 90, 110, 20)]


def test_what_is_begun_inside_itself_was_not_played_before() -> None:
    """An episode goes on where it was left; the song before it is over at once."""
    evening = Evening().look(0, idle("Kitchen")).look(10, group("Kitchen", A, 0))
    evening.look(60, group("Kitchen", B, 100)).over(80)
    assert evening.plays() == [
        ("A", "Kitchen", 10, 60, 50),
        ("B", "Kitchen", 60, 80, 20),
    ]


def test_what_is_hidden_is_not_reported() -> None:
    """A private session on the kitchen's speaker; afterwards it is told again."""
    evening = Evening().look(0, idle("Kitchen"))
    evening.look(10, group("Kitchen", A, 0)).look(
        30, group("Kitchen", A, 20, withheld=True)
    )
    evening.look(60, group("Kitchen", B, 0, withheld=True))
    evening.look(90, group("Kitchen", C, 0)).over(120)
    assert evening.plays() == [("C", "Kitchen", 90, 120, 30)]


def test_a_station_plays_until_another_is_chosen() -> None:
    """It has no end and no position; a pause is one all the same."""
    one, other = station("One"), station("Other")
    evening = Evening().look(0, idle("Bath")).look(10, group("Bath", one, 3))
    evening.look(610, group("Bath", one, 1, STOPPED)).look(700, group("Bath", one, 0))
    evening.look(1_000, group("Bath", other)).over(1_100)
    assert evening.plays() == [
        ("One", "Bath", 10, 1_000, 900),
        ("Other", "Bath", 1_000, 1_100, 100),
    ]
    assert [one.skipped for one in evening.seen] == [None, None]


def test_a_station_that_plays_for_days_is_a_play_every_twelve_hours() -> None:
    """No play is longer, and nothing of it is lost."""
    evening = Evening().look(0, idle("Bath")).look(0, group("Bath", station("One")))
    evening.wait(13 * HOUR).wait(20 * HOUR).over(30 * HOUR)
    assert evening.plays() == [
        ("One", "Bath", 0, 12 * HOUR, 12 * HOUR),
        ("One", "Bath", 12 * HOUR, 24 * HOUR, 12 * HOUR),
        ("One", "Bath", 24 * HOUR, 30 * HOUR, 6 * HOUR),
    ]


def test_a_track_whose_id_comes_later_is_the_same_play() -> None:
    """At first only names are known."""
    named = replace(A, uri=local_uri(Kind.TRACK, "Ilse Vann", "A", "Low"))
    evening = Evening().look(0, idle("Kitchen")).look(10, group("Kitchen", named, 0))
    evening.look(11, group("Kitchen", A, 1)).look(100, group("Kitchen", named, 90))
    evening.over(110)
    assert evening.plays() == [("A", "Kitchen", 10, 110, 100)]
    assert evening.seen[0].item == A


def test_a_clock_that_is_set_back_moves_what_was_played() -> None:
    """An hour back in the middle of a track; what was heard before is as long as it was."""
    evening = Evening().look(2 * HOUR, idle("Kitchen"))
    evening.look(2 * HOUR + 10, group("Kitchen", A, 0))
    evening.look(2 * HOUR + 60, group("Kitchen", A, 50))
    evening.look(HOUR + 60, group("Kitchen", A, 50)).over(HOUR + 100)
    assert [play[2:] for play in evening.plays()] == [(HOUR + 10, HOUR + 100, 90)]


def test_a_look_that_comes_late_is_taken_as_of_now() -> None:
    """Two seconds out of order harm nothing."""
    evening = Evening().look(0, idle("Kitchen")).look(10, group("Kitchen", A, 0))
    evening.look(60, group("Kitchen", A, 50)).look(58, group("Kitchen", B, 0)).over(90)
    assert evening.plays() == [
        ("A", "Kitchen", 10, 60, 50),
        ("B", "Kitchen", 60, 90, 30),
    ]


def test_what_is_under_way_is_reported_as_far_as_it_sounded() -> None:
    """While it plays up to now, and no further than its end."""
    evening = Evening().look(0, idle("Kitchen")).look(10, group("Kitchen", A, 0))
    (play,) = evening.house.under_way(EVE + 70_000)
    assert (play.ms_played, play.under_way) == (60_000, True)
    (play,) = evening.house.under_way(EVE + 900_000)
    assert play.ended_at == EVE + 210_000
    assert [span.room.name for span in play.rooms] == ["Kitchen"]
    evening.look(40, group("Kitchen", A, 30, PAUSED))
    (play,) = evening.house.under_way(EVE + 900_000)
    assert play.ms_played == 30_000


def test_a_former_coordinator_with_something_else_on_loses_its_play_to_the_rest() -> (
    None
):
    """The kitchen leaves, and plays B at once; the living room goes on with A."""
    evening = Evening().look(0, idle("Kitchen"), idle("Living"))
    evening.look(10, group("Kitchen Living", A, 0))
    evening.look(100, group("Kitchen", B, 0), group("Living", A, 90)).over(150)
    assert evening.plays() == [
        ("A", "Kitchen", 10, 150, 140),
        ("B", "Kitchen", 100, 150, 50),
    ]


def test_a_player_that_comes_back_is_not_played_before_it_was_gone() -> None:
    """It was seen, out of reach for a minute, and is in the middle of a track."""
    evening = Evening().look(0, idle("Kitchen")).look(100)
    evening.look(160, group("Kitchen", A, 150)).over(180)
    assert evening.plays() == [("A", "Kitchen", 10, 180, 170)]
    evening = Evening().look(0, idle("Kitchen")).look(120, idle("Kitchen")).look(130)
    evening.look(160, group("Kitchen", A, 150)).over(180)
    assert evening.plays() == [("A", "Kitchen", 120, 180, 60)]


def test_what_is_sent_to_another_player_in_mid_track_goes_on_there() -> None:
    """As a transfer in Spotify's app does it: they were never one group, and only the position says that it is the same."""
    evening = Evening().look(0, group("Kitchen", song("Ember"), 0), idle("Bath"))
    evening.look(60, group("Kitchen", song("Ember"), 60), idle("Bath"))
    evening.look(61, idle("Kitchen"), group("Bath", song("Ember"), 61))
    evening.look(100, idle("Kitchen"), group("Bath", song("Ember"), 100)).over(100)
    assert evening.plays() == [("Ember", "Kitchen", 0, 100, 100)]
    assert evening.rooms("Ember") == [("Kitchen", 0, 61), ("Bath", 61, 100)]


def test_who_begins_a_song_that_was_just_played_elsewhere_plays_it_again() -> None:
    """From its start, or from a place where it was not left."""
    for position in (2, 150):
        evening = Evening().look(0, group("Kitchen", song("Ember"), 0), idle("Bath"))
        evening.look(60, idle("Kitchen"), group("Bath", song("Ember"), position))
        evening.look(90, idle("Kitchen"), group("Bath", song("Ember"), position + 30))
        evening.over(90)
        assert len(evening.plays()) == 2


def test_while_nobody_knows_what_a_leader_left_its_play_waits_for_who_goes_on() -> None:
    """The kitchen leaves its group for another one, and is seen there before it is known that the bath goes on."""
    evening = Evening().look(0, group("Kitchen Bath", song("Ember"), 0), idle("Attic"))
    waits = replace(idle("Bath"), unknown=True)
    evening.look(60, waits, group("Attic Kitchen", song("Moth"), 20))
    evening.look(61, group("Bath", song("Ember"), 61), idle("Attic Kitchen"))
    evening.look(90, group("Bath", song("Ember"), 90), idle("Attic Kitchen")).over(90)
    assert [play for play in evening.plays() if play[0] == "Ember"] == [
        ("Ember", "Kitchen", 0, 90, 90)
    ]


def test_a_leader_s_play_is_over_once_its_heir_is_seen_with_another() -> None:
    """The kitchen leaves, and somebody skips before it is known that the bath goes on."""
    evening = Evening().look(0, group("Kitchen Bath", song("Ember"), 0))
    kitchen, bath = (replace(idle(one), unknown=True) for one in ("Kitchen", "Bath"))
    evening.look(60, kitchen, bath)
    evening.look(63, idle("Kitchen"), group("Bath", song("Moth"), 2))
    assert evening.plays() == [("Ember", "Kitchen", 0, 61, 61)]
    assert evening.seen[0].skipped
    evening.look(90, idle("Kitchen"), group("Bath", song("Moth"), 29)).over(90)
    assert evening.plays()[1:] == [("Moth", "Bath", 61, 90, 29)]


def test_a_song_that_stood_at_its_end_and_is_moved_back_is_one_play() -> None:
    """However often anybody looked meanwhile: what sounds from then on counts."""
    for looks in ([], [207.5], [206, 207, 208, 209]):
        evening = Evening().look(0, group("Kitchen", A, 0))
        for at in (205, *looks):
            evening.look(at, group("Kitchen", A, 200))
        evening.look(210, group("Kitchen", A, 15)).over(270)
        assert evening.plays() == [("A", "Kitchen", 0, 270, 260)]


def test_a_paused_group_that_its_leader_leaves_keeps_its_play() -> None:
    """Whoever leads it next resumes it."""
    evening = Evening().look(0, group("Kitchen Bath", song("Ember"), 0))
    evening.look(60, group("Kitchen Bath", song("Ember"), 60, PAUSED))
    evening.look(90, idle("Kitchen"), group("Bath", song("Ember"), 60, PAUSED))
    evening.look(120, idle("Kitchen"), group("Bath", song("Ember"), 60))
    evening.look(150, idle("Kitchen"), group("Bath", song("Ember"), 90)).over(150)
    assert evening.plays() == [("Ember", "Kitchen", 0, 150, 90)]
