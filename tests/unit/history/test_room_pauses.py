"""Rooms whose recording is paused: what begins there is in no answer, whichever source reports it."""

from custom_components.encore.history.deletion.room_pauses import (
    RoomPause,
    pause_room,
    resume_room,
)
from custom_components.encore.history.history import History
from custom_components.encore.history.model import Play
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN

from .memory import (
    ALL,
    ALVA,
    BEN,
    HOUR,
    KITCHEN,
    LATER,
    NOON,
    OTHER,
    SONG,
    STUDY,
    live,
    polled,
    sonos,
    span,
)

EVERYONE = RoomPause(KITCHEN.key)


def paused(history: History, pause: RoomPause) -> bool:
    """Pause the recording in a room from noon on; return whether that is new."""
    return history.write(
        lambda connection, ingest: pause_room(connection, ingest, pause, NOON)
    ).result()


def resumed(history: History, pause: RoomPause, at: int) -> None:
    """End a pause."""
    history.write(
        lambda connection, ingest: resume_room(connection, ingest, pause, at)
    ).result()


def plays(history: History) -> list[Play]:
    """Return all that the history answers with, the earliest first."""
    return history.ask(
        lambda queries: queries.plays(ALL, newest_first=False, min_ms=0),
        hidden=NOBODY_HIDDEN,
    ).result()


def pauses(history: History, now: int) -> list[RoomPause]:
    """Return the pauses that are not over."""
    return history.look_up(lambda queries: queries.room_pauses(now)).result()


def test_what_plays_in_a_paused_room_is_recorded_by_no_source(history: History) -> None:
    """Neither by the speaker nor by the account, nor by recently played, which knows no rooms and comes after the night."""
    end = NOON + HOUR
    kitchen = (span(KITCHEN, end - 200_000, end),)
    paused(history, EVERYONE)
    history.append([sonos(end, rooms=kitchen), live(end, rooms=kitchen)]).result()
    history.append([live(end, item=OTHER, listener=BEN)]).result()
    assert [play.item for play in plays(history)] == [OTHER]
    assert history.purge(LATER).result()
    history.append([polled(end)]).result()
    assert [play.item for play in plays(history)] == [OTHER]
    assert history.look_up(lambda q: q.forgettings(hidden=NOBODY_HIDDEN)).result() == []


def test_a_pause_begins_when_it_is_asked_for_and_ends_when_it_is_resumed(
    history: History,
) -> None:
    """What began before stays in the history, and what began meanwhile stays out of it."""
    paused(history, EVERYONE)
    resumed(history, EVERYONE, NOON + HOUR)
    for end in (NOON + 1, NOON + HOUR, NOON + 2 * HOUR):
        rooms = (span(KITCHEN, end - 200_000, end),)
        history.append([live(end, rooms=rooms)]).result()
    assert [play.ended_at for play in plays(history)] == [NOON + 1, NOON + 2 * HOUR]
    assert pauses(history, NOON + HOUR) == []


def test_a_pause_ends_at_its_time(history: History) -> None:
    """By itself; a later one takes its place."""
    until = RoomPause(KITCHEN.key, None, NOON + HOUR)
    longer = until._replace(until=NOON + 2 * HOUR)
    assert [paused(history, each) for each in (until, until, longer)] == [True, False, True]  # fmt: skip
    assert pauses(history, NOON + HOUR) == [longer]
    assert pauses(history, NOON + 2 * HOUR) == []
    for end in (NOON + HOUR + 300_000, NOON + 2 * HOUR + 300_000):
        rooms = (span(KITCHEN, end - 200_000, end),)
        history.append([live(end, rooms=rooms)]).result()
    assert [play.ended_at for play in plays(history)] == [NOON + 2 * HOUR + 300_000]


def test_a_pause_of_one_listener_in_one_room(history: History) -> None:
    """Leaves to the history what others play there, and what this one plays elsewhere."""
    paused(history, RoomPause(KITCHEN.key, ALVA.key))
    end = NOON + HOUR
    for listener, room, item in (
        (ALVA, KITCHEN, SONG),
        (BEN, KITCHEN, OTHER),
        (ALVA, STUDY, OTHER),
    ):
        end += 300_000
        rooms = (span(room, end - 200_000, end),)
        history.append([live(end, item=item, listener=listener, rooms=rooms)]).result()
    assert [(play.listener, play.rooms[0].room) for play in plays(history)] == [
        (BEN, KITCHEN),
        (ALVA, STUDY),
    ]
