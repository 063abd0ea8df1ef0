"""Which rooms, and how loud, something that is heard again had when it began."""

import pytest

from custom_components.encore.commands.playback.past_playback import (
    Missing,
    ReplayItem,
    RoomThen,
    rooms_then,
)
from custom_components.encore.history.model import (
    HOUSEHOLD,
    Item,
    Kind,
    Listener,
    Loudness,
    Play,
    Room,
    RoomSpan,
    Source,
    Window,
)

KITCHEN, STUDY, BATH = (
    Room(name.lower(), name) for name in ("Kitchen", "Study", "Bath")
)
NOON = 1_717_243_200_000
SECOND = 1_000
ALL = Window(0, 1 << 50)


def play(
    *spans: tuple[Room, int, int],
    loud: tuple[tuple[Room, int, int], ...] = (),
    item: Item | None = None,
    played: int = 200,
) -> Play:
    """Return a play in rooms from and to seconds after noon, with volumes from seconds on."""
    song = Item(
        "spotify:track:4iV5W9uYEdYUVa79Axb7Rh", Kind.TRACK, "A", (), "", 200_000
    )
    return Play(
        1,
        Listener(HOUSEHOLD, "Household"),
        item or song,
        NOON,
        NOON + 200 * SECOND,
        played * SECOND,
        frozenset({Source.SONOS}),
        rooms=tuple(
            RoomSpan(room, NOON + start * SECOND, NOON + end * SECOND)
            for room, start, end in spans
        ),
        volumes=tuple(
            Loudness(room, NOON + at * SECOND, percent) for room, at, percent in loud
        ),
    )


def test_rooms_that_began_together_are_the_group() -> None:
    """One that joined later is not, and one that was asked about comes first."""
    played = play(
        (KITCHEN, 0, 200),
        (STUDY, 3, 90),
        (BATH, 120, 200),
        loud=((KITCHEN, 0, 20), (KITCHEN, 60, 50), (STUDY, 3, 30)),
    )
    then = rooms_then(played, {"study"}, ALL)
    assert then == (RoomThen(STUDY, 30), RoomThen(KITCHEN, 20))


def test_the_group_is_that_of_the_room_that_is_asked_about() -> None:
    """The bath joined when the study had left."""
    played = play((KITCHEN, 0, 200), (STUDY, 0, 90), (BATH, 120, 200), loud=((KITCHEN, 0, 20), (KITCHEN, 60, 50)))  # fmt: skip
    then = rooms_then(played, {"bath"}, ALL)
    assert then == (RoomThen(BATH, None), RoomThen(KITCHEN, 50))


def test_what_began_before_the_window_counts_from_its_start() -> None:
    """Who had left by then is not there."""
    played = play((KITCHEN, 0, 200), (STUDY, 0, 60), loud=((KITCHEN, 0, 20), (KITCHEN, 60, 50)))  # fmt: skip
    window = Window(NOON + 100 * SECOND, NOON + 3_600 * SECOND)
    assert rooms_then(played, (), window) == (RoomThen(KITCHEN, 50),)


def test_what_was_reported_late_held_from_the_start() -> None:
    """And where nothing was told, nothing is known; nor of what sounded nowhere."""
    played = play((KITCHEN, 0, 200), (STUDY, 0, 200), loud=((KITCHEN, 5, 45),))
    assert rooms_then(played, (), ALL) == (RoomThen(KITCHEN, 45), RoomThen(STUDY, None))
    assert rooms_then(play(), (), ALL) == ()


@pytest.mark.parametrize(
    ("uri", "kind", "missing"),
    [
        ("spotify:track:4iV5W9uYEdYUVa79Axb7Rh", Kind.TRACK, None),
        ("spotify:episode:512ojhOuo1ktJprKbVcKyQ", Kind.EPISODE, None),
        ("spotify:local:Ilse:Low:Slow:200", Kind.TRACK, Missing.NO_LINK),
        ("local:episode:daily:weather", Kind.EPISODE, Missing.NO_LINK),
        ("radio:One", Kind.RADIO, Missing.RADIO),
        ("television:", Kind.TELEVISION, Missing.TELEVISION),
        ("line-in:Turntable", Kind.LINE_IN, Missing.LINE_IN),
    ],
)
def test_what_can_be_played_again(
    uri: str, kind: Kind, missing: Missing | None
) -> None:
    """What Spotify has a link for; of all else it is said what it is."""
    assert ReplayItem.of(play(item=Item(uri, kind, "A", ()))).missing is missing


@pytest.mark.parametrize(("played", "interrupted"), [(10, True), (187, True), (189, False), (200, False)])  # fmt: skip
def test_what_was_cut_short_was_interrupted(played: int, interrupted: bool) -> None:
    """Not what was left at its very end; what has no length nobody knows of."""
    assert ReplayItem.of(play(played=played)).was_interrupted is interrupted
    endless = Item("radio:One", Kind.RADIO, "One", ())
    assert not ReplayItem.of(play(played=played, item=endless)).was_interrupted
