"""Speakers as witnesses: what the household heard becomes the play of whoever listened, and keeps its rooms."""

from itertools import permutations

import pytest

from custom_components.encore.history.model import (
    By,
    Room,
    RoomSpan,
    Source,
    TopOf,
    Window,
)

from .telling import (
    ALVA,
    BEN,
    HOUSE,
    KITCHEN,
    NOON,
    OTHER,
    STUDY,
    Memory,
    exported,
    live,
    polled,
    span,
    told,
)


def test_a_speaker_joins_what_was_heard_in_its_own_room(store: Memory) -> None:
    """Alva and Ben hear one song at once, Ben in the kitchen: the kitchen's speaker is Ben's, whoever ended nearer."""
    kitchen, bath = Room("kitchen", "Kitchen"), Room("bath", "Bath")
    start = NOON - 200_000
    store.append(
        live(NOON, rooms=(RoomSpan(bath, start, NOON),)),
        live(
            NOON + 4_000,
            listener=BEN,
            rooms=(RoomSpan(kitchen, start + 4_000, NOON + 4_000),),
        ),
        told(
            Source.SONOS,
            NOON + 500,
            listener=HOUSE,
            rooms=(RoomSpan(kitchen, start + 500, NOON + 500),),
        ),
    )
    plays = {play.listener: play for play in store.plays()}
    assert plays[ALVA].sources == {Source.LIVE}
    assert plays[BEN].sources == {Source.LIVE, Source.SONOS}
    assert len(plays) == 2


def test_a_speaker_in_a_room_that_is_called_otherwise_is_believed_all_the_same(
    store: Memory,
) -> None:
    """The account's device is called after one area, the speaker stands in another: still one play, where the speaker is."""
    kitchen, floor = Room("kitchen", "Kitchen"), Room("floor", "Ground floor")
    start = NOON - 200_000
    store.append(
        live(NOON, rooms=(RoomSpan(kitchen, start, NOON),)),
        told(
            Source.SONOS,
            NOON,
            listener=HOUSE,
            rooms=(RoomSpan(floor, start, NOON),),
        ),
    )
    (play,) = store.plays()
    assert (play.listener, [span.room for span in play.rooms]) == (ALVA, [floor])


_FOUR = [
    live(NOON),
    polled(NOON + 1_000),
    exported(NOON, ms=199_000),
    told(
        Source.SONOS,
        NOON + 700,
        listener=HOUSE,
        rooms=(
            RoomSpan(Room("kitchen", "Kitchen"), NOON - 199_300, NOON + 700),
            RoomSpan(Room("bath", "Bath"), NOON - 60_000, NOON - 30_000),
        ),
    ),
]


@pytest.mark.parametrize("order", [*permutations(range(4))], ids=str)
def test_a_household_witness_and_all_of_spotify_are_one_play(
    store: Memory, order: tuple[int, ...]
) -> None:
    """In whatever order they arrive: Alva's play, with the rooms over time and the export's length."""
    store.append_each([_FOUR[place] for place in order])
    (play,) = store.plays()
    assert play.listener == ALVA
    assert play.sources == {one.source for one in _FOUR}
    assert play.rooms == _FOUR[3].rooms
    assert play.ms_played == 199_000


def test_what_a_speaker_heard_twice_stays_twice(store: Memory) -> None:
    """A song repeated on the speaker, of which the account was seen with one round."""
    again = NOON + 200_000
    store.append(
        told(Source.SONOS, NOON, listener=HOUSE),
        told(Source.SONOS, again, listener=HOUSE),
        live(again + 1_000),
    )
    assert [(play.listener, {*play.sources}) for play in store.plays()] == [
        (HOUSE, {Source.SONOS}),
        (ALVA, {Source.SONOS, Source.LIVE}),
    ]


@pytest.mark.parametrize(
    "window",
    [Window(NOON - 86_400_000, NOON + 86_400_000), Window(0, 1 << 50)],
    ids=["short", "ever"],
)
def test_rooms_are_ranked_by_how_long_it_sounded_in_each(
    store: Memory, window: Window
) -> None:
    """A room that joined for half a minute of a song heard half a minute, however often it came back."""
    half = NOON - 100_000
    store.append(
        told(
            Source.SONOS,
            NOON,
            listener=HOUSE,
            rooms=(
                span(KITCHEN, NOON - 200_000, NOON),
                span(STUDY, half, half + 10_000),
                span(STUDY, half + 30_000, half + 50_000),
            ),
        ),
        told(
            Source.SONOS,
            NOON + 300_000,
            item=OTHER,
            listener=HOUSE,
            ms=60_000,
            rooms=(span(STUDY, NOON + 240_000, NOON + 300_000),),
        ),
    )
    top = store.recall().top(window, TopOf.ROOMS, by=By.MINUTES)
    assert [(one.name, one.total.plays, one.total.ms_played) for one in top] == [
        (KITCHEN.name, 1, 200_000),
        (STUDY.name, 2, 90_000),
    ]


def test_a_room_has_no_more_than_its_play(store: Memory) -> None:
    """Of something found paused it is not known when it was silent."""
    store.append(
        live(NOON, paused=600_000, rooms=(span(KITCHEN, NOON - 800_000, NOON),))
    )
    (entry,) = store.recall().top(Window(0, 1 << 50), TopOf.ROOMS)
    assert entry.total.ms_played == 200_000
