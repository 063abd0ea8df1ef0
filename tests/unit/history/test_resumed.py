"""What resume points tell of episodes is one play with whatever else is told of it, later too."""

from itertools import permutations

from custom_components.encore.history.model import Observation, Source

from .memory import ALVA, EPISODE, HOUR, MINUTE, NOON, Memory, exported, live, polled

LOOK = NOON + 4 * HOUR


def resumed(
    end: int = LOOK, *, since: int = NOON, ms: int = 20 * MINUTE
) -> Observation:
    """Return what a resume point says that moved between two looks."""
    return Observation(Source.POLLED, ALVA, EPISODE, since, end, ms)


def test_alone_it_lies_at_the_end_of_what_is_possible(store: Memory) -> None:
    """So long as it sounded: not all the hours between the looks."""
    store.append(resumed())
    [play] = store.plays()
    assert (play.started_at, play.ended_at) == (LOOK - 20 * MINUTE, LOOK)
    assert play.ms_played == 20 * MINUTE


def test_an_export_says_later_when_it_was(store: Memory) -> None:
    """In whichever order they come; the export is believed about all of it."""
    row = exported(NOON + 2 * HOUR, item=EPISODE, ms=21 * MINUTE)
    for order in permutations([resumed(), row]):
        with store.writing() as connection:
            for table in ("observation", "play"):
                connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608
        store.append_each(order)
        [play] = store.plays()
        assert (play.ended_at, play.ms_played) == (NOON + 2 * HOUR, 21 * MINUTE)
        assert play.sources == {Source.POLLED, Source.EXPORT}


def test_an_episode_played_in_two_goes_is_two_plays_of_the_export(
    store: Memory,
) -> None:
    """The resume point adds none of its own."""
    store.append(resumed())
    store.append(
        exported(NOON + HOUR, item=EPISODE, ms=8 * MINUTE),
        exported(NOON + 3 * HOUR, item=EPISODE, ms=12 * MINUTE),
    )
    plays = store.plays()
    assert [play.ms_played for play in plays] == [8 * MINUTE, 12 * MINUTE]


def test_one_look_after_the_other_reports_two_plays(store: Memory) -> None:
    """Each of its own time."""
    store.append(resumed(), resumed(LOOK + 4 * HOUR, since=LOOK, ms=10 * MINUTE))
    assert [play.ms_played for play in store.plays()] == [20 * MINUTE, 10 * MINUTE]
    assert store.rebuild() == 0


def test_what_was_watched_before_stays_a_play_of_its_own(store: Memory) -> None:
    """The rest begins where it ended."""
    watched = live(NOON + HOUR, item=EPISODE, ms=5 * MINUTE)
    store.append(watched, resumed(since=watched.ended_at, ms=15 * MINUTE))
    assert [play.ms_played for play in store.plays()] == [5 * MINUTE, 15 * MINUTE]


def test_music_is_asked_for_from_where_music_was_known(store: Memory) -> None:
    """A resume point says nothing about what else was played."""
    store.append(polled(NOON), resumed())
    assert store.operational().newest(ALVA.key, Source.POLLED) == NOON
