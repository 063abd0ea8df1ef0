"""How loud rooms are goes into the plays that sound there: at their start, and at each change that stays."""

from itertools import pairwise

from hypothesis import given, strategies as st

from custom_components.encore.history.model import Room, RoomSpan
from custom_components.encore.tracking.group import Group
from custom_components.encore.tracking.volumes import SETTLED_MS, Volumes
from tests.unit.tracking.evening import (
    EVE,
    PAUSED,
    TRANSITIONING,
    Evening,
    group,
    idle,
    song,
)

A, B = song("A"), song("B")
KITCHEN = Room("kitchen", "Kitchen")


def at(percent: int, position: float = 0, item: object = A, **more: object) -> Group:
    """Return the kitchen, as loud as told."""
    return group("Kitchen", item, position, volumes={"Kitchen": percent}, **more)  # type: ignore[arg-type]  # as `group` takes them


def test_a_play_knows_its_volume_and_how_it_changed() -> None:
    """The next play begins with the last."""
    evening = Evening().look(0, idle("Kitchen")).look(10, at(20))
    evening.look(60, at(30, 50)).look(210, at(30, item=B)).over(300)
    assert evening.volumes("A") == [("Kitchen", 10, 20), ("Kitchen", 60, 30)]
    assert evening.volumes("B") == [("Kitchen", 210, 30)]


def test_a_slider_that_is_dragged_is_one_change() -> None:
    """As loud as it was in the end; and one that comes back is none."""
    evening = Evening().look(0, idle("Kitchen")).look(10, at(20))
    for step in range(20):
        evening.look(60 + step / 5, at(21 + step, 50))
    evening.look(100, at(45, 90)).look(102, at(40, 92)).look(210, at(40, item=B))
    assert evening.volumes("A") == [("Kitchen", 10, 20), ("Kitchen", 63, 40)]


def test_each_room_has_its_own() -> None:
    """The living room joins in mid-track, as loud as it is."""
    evening = Evening().look(0, idle("Kitchen"), idle("Living")).look(10, at(20))
    both = {"Kitchen": 20, "Living": 55}
    evening.look(70, group("Kitchen Living", A, 60, volumes=both))
    evening.look(130, group("Kitchen Living", A, 120, volumes={**both, "Living": 40}))
    evening.look(210, idle("Kitchen"), idle("Living")).over(220)
    assert evening.volumes("A") == [
        ("Kitchen", 10, 20),
        ("Living", 70, 55),
        ("Living", 130, 40),
    ]


def test_what_changes_in_silence_holds_when_it_sounds_again() -> None:
    """While nothing sounds, nothing is told."""
    evening = Evening().look(0, idle("Kitchen")).look(10, at(20))
    evening.look(60, at(20, 50, transport=PAUSED)).look(90, at(10, 50, transport=PAUSED))  # fmt: skip
    evening.look(120, at(15, 50, transport=PAUSED)).look(150, at(15, 50))
    evening.look(250, at(15, item=B))
    assert evening.volumes("A") == [("Kitchen", 10, 20), ("Kitchen", 150, 15)]


def test_what_a_speaker_does_not_tell_is_not_known() -> None:
    """And what it tells late held from the start."""
    evening = Evening().look(0, idle("Kitchen"), idle("Bath"))
    evening.look(10, group("Kitchen", A, 0), group("Bath", A, 0))
    evening.look(12, at(25, 2), group("Bath", A, 2)).over(100)
    assert evening.volumes("A") == [("Kitchen", 10, 25)]


def test_a_volume_in_transition_counts() -> None:
    """A speaker between two tracks tells it too."""
    evening = Evening().look(0, idle("Kitchen")).look(10, at(20))
    evening.look(60, at(35, 50, transport=TRANSITIONING)).look(62, at(35, 52))
    evening.look(210, at(35, item=B))
    assert evening.volumes("A") == [("Kitchen", 10, 20), ("Kitchen", 60, 35)]


def test_a_restart_keeps_them() -> None:
    """Also as JSON, and beside what is told afterwards."""
    evening = Evening().look(0, idle("Kitchen")).look(10, at(20)).look(60, at(30, 50))
    evening.restart().look(120, at(30, 110)).look(150, at(45, 140))
    evening.look(210, at(45, item=B))
    assert evening.volumes("A") == [
        ("Kitchen", 10, 20),
        ("Kitchen", 60, 30),
        ("Kitchen", 150, 45),
    ]


def test_a_clock_that_is_set_back_takes_them_along() -> None:
    """They stay inside their play."""
    evening = Evening().look(1_000, idle("Kitchen")).look(1_010, at(20))
    evening.look(1_060, at(30, 50)).look(400, at(30, 50)).look(550, at(30, item=B))
    (play,) = evening.seen
    assert [one.percent for one in play.volumes] == [20, 30]
    assert all(play.started_at <= one.at <= play.ended_at for one in play.volumes)


def test_a_hidden_play_reports_none() -> None:
    """Nothing of it is told."""
    evening = Evening().look(0, idle("Kitchen")).look(10, at(20, withheld=True))
    evening.look(60, at(30, 50)).over(100)
    assert evening.seen == []


def test_no_more_is_remembered_than_plays_under_way_need() -> None:
    """After an evening of changes in silence one volume of the room is left."""
    evening = Evening()
    for minute in range(60):
        evening.look(minute * 60, group("Kitchen", volumes={"Kitchen": minute}))
    assert evening.house.state.volumes == {"kitchen": [(EVE + 59 * 60_000, 59)]}


@given(
    st.lists(
        st.tuples(st.integers(1, 20_000), st.integers(0, 100)), min_size=1, max_size=40
    )
)
def test_of_any_changes_few_are_reported(changes: list[tuple[int, int]]) -> None:
    """In order, none like the one before, at most one in the time in which one settles, and the last is the last."""
    volumes, now = Volumes(), 0
    for after, percent in changes:
        now += after
        volumes.see(now, [group("Kitchen", A, 0, volumes={"Kitchen": percent})])
    reported = volumes.during([RoomSpan(KITCHEN, 0, now + 1)])
    assert reported[-1].percent == changes[-1][1]
    later = reported[1:]
    for one, other in pairwise(later):
        assert one.percent != other.percent
        assert other.at - one.at >= SETTLED_MS
