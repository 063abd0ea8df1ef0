"""Speakers as witnesses: what the household heard becomes the play of whoever listened, and keeps its rooms."""

from collections.abc import Callable
from itertools import permutations

import pytest

from custom_components.encore.history.model import (
    By,
    Observation,
    Room,
    RoomSpan,
    Source,
    TopOf,
    Window,
)

from .memory import (
    ALVA,
    BEN,
    KITCHEN,
    NOON,
    OTHER,
    STUDY,
    THE_HOUSEHOLD,
    Memory,
    exported,
    live,
    polled,
    reported,
    sonos,
    span,
)


def test_a_speaker_joins_what_was_played_in_its_own_room(store: Memory) -> None:
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
        reported(
            Source.SONOS,
            NOON + 500,
            listener=THE_HOUSEHOLD,
            rooms=(RoomSpan(kitchen, start + 500, NOON + 500),),
        ),
    )
    plays = {play.listener: play for play in store.plays()}
    assert plays[ALVA].sources == {Source.LIVE}
    assert plays[BEN].sources == {Source.LIVE, Source.SONOS}
    assert len(plays) == 2


def test_a_speaker_joins_what_was_played_in_its_room_before_what_no_room_is_known_of(
    store: Memory,
) -> None:
    """Alva has it in the kitchen, Ben on his phone: the kitchen's speaker is Alva's, though Ben ended nearer."""
    kitchen, study = Room("kitchen", "Kitchen"), Room("study", "Study")
    start = NOON - 200_000
    speaker = reported(
        Source.SONOS,
        NOON + 500,
        listener=THE_HOUSEHOLD,
        rooms=(
            RoomSpan(kitchen, start + 500, NOON + 500),
            RoomSpan(study, start + 500, NOON + 500),
        ),
    )
    store.append(
        live(NOON, rooms=(RoomSpan(kitchen, start, NOON),)),
        live(NOON + 499, listener=BEN),
        speaker,
    )
    plays = {play.listener: play for play in store.plays()}
    assert plays[ALVA].rooms == speaker.rooms
    assert plays[BEN].rooms == ()
    assert len(plays) == 2


def test_a_speaker_in_a_room_that_is_called_otherwise_is_believed_all_the_same(
    store: Memory,
) -> None:
    """The account's device is called after one area, the speaker stands in another: still one play, where the speaker is."""
    kitchen, floor = Room("kitchen", "Kitchen"), Room("floor", "Ground floor")
    start = NOON - 200_000
    store.append(
        live(NOON, rooms=(RoomSpan(kitchen, start, NOON),)),
        reported(
            Source.SONOS,
            NOON,
            listener=THE_HOUSEHOLD,
            rooms=(RoomSpan(floor, start, NOON),),
        ),
    )
    (play,) = store.plays()
    assert (play.listener, [span.room for span in play.rooms]) == (ALVA, [floor])


_FOUR = [
    live(NOON),
    polled(NOON + 1_000),
    exported(NOON, ms=199_000),
    reported(
        Source.SONOS,
        NOON + 700,
        listener=THE_HOUSEHOLD,
        rooms=(
            RoomSpan(Room("kitchen", "Kitchen"), NOON - 199_300, NOON + 700),
            RoomSpan(Room("bath", "Bath"), NOON - 60_000, NOON - 30_000),
        ),
    ),
]


@pytest.mark.parametrize("order", [*permutations(range(4))], ids=str)
def test_a_household_source_and_all_of_spotify_are_one_play(
    store: Memory, order: tuple[int, ...]
) -> None:
    """In whatever order they arrive: Alva's play, with the rooms over time and the export's length."""
    store.append_each([_FOUR[place] for place in order])
    (play,) = store.plays()
    assert play.listener == ALVA
    assert play.sources == {one.source for one in _FOUR}
    assert play.rooms == _FOUR[3].rooms
    assert play.ms_played == 199_000


def test_what_a_speaker_played_twice_stays_twice(store: Memory) -> None:
    """A song repeated on the speaker, of which the account was seen with one round."""
    again = NOON + 200_000
    store.append(
        reported(Source.SONOS, NOON, listener=THE_HOUSEHOLD),
        reported(Source.SONOS, again, listener=THE_HOUSEHOLD),
        live(again + 1_000),
    )
    assert [(play.listener, {*play.sources}) for play in store.plays()] == [
        (THE_HOUSEHOLD, {Source.SONOS}),
        (ALVA, {Source.SONOS, Source.LIVE}),
    ]


_RESUMED_AT = NOON + 45 * 60_000
_RESUMED = [
    sonos(NOON, ms=80_000, rooms=(span(KITCHEN, NOON - 80_000, NOON),)),
    sonos(
        _RESUMED_AT + 120_000,
        ms=120_000,
        rooms=(span(KITCHEN, _RESUMED_AT, _RESUMED_AT + 120_000),),
    ),
]
"""A song that was paused on a speaker for three quarters of an hour, and then heard to its end."""


@pytest.mark.parametrize(("report", "ms"), [(exported, 200_000), (polled, 120_000)])
def test_of_a_song_resumed_after_half_an_hour_the_first_part_stays_the_households(
    store: Memory, report: Callable[[int], Observation], ms: int
) -> None:
    """A known limit: Spotify tells one play, and no play takes two observations of one source; an export has the time of both."""
    store.append(*_RESUMED, report(_RESUMED_AT + 120_000))
    first, second = store.plays()
    assert (first.listener, first.ms_played) == (THE_HOUSEHOLD, 80_000)
    assert (second.listener, second.ms_played) == (ALVA, ms)
    assert second.rooms == _RESUMED[1].rooms


def test_of_a_song_resumed_after_half_an_hour_all_is_hers_who_was_watched(
    store: Memory,
) -> None:
    """The account ends a play after half an hour as the speaker does."""
    store.append(
        *_RESUMED,
        live(NOON, ms=80_000),
        live(_RESUMED_AT + 120_000, ms=120_000),
        exported(_RESUMED_AT + 120_000),
    )
    assert [(one.listener, one.ms_played) for one in store.plays()] == [
        (ALVA, 80_000),
        (ALVA, 200_000),
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
        reported(
            Source.SONOS,
            NOON,
            listener=THE_HOUSEHOLD,
            rooms=(
                span(KITCHEN, NOON - 200_000, NOON),
                span(STUDY, half, half + 10_000),
                span(STUDY, half + 30_000, half + 50_000),
            ),
        ),
        reported(
            Source.SONOS,
            NOON + 300_000,
            item=OTHER,
            listener=THE_HOUSEHOLD,
            ms=60_000,
            rooms=(span(STUDY, NOON + 240_000, NOON + 300_000),),
        ),
    )
    top = store.queries().top(window, TopOf.ROOMS, by=By.MINUTES)
    assert [(one.name, one.total.plays, one.total.ms_played) for one in top] == [
        (KITCHEN.name, 1, 200_000),
        (STUDY.name, 2, 90_000),
    ]


def test_a_room_has_no_more_than_its_play(store: Memory) -> None:
    """Of something found paused it is not known when it was silent."""
    store.append(
        live(NOON, paused=600_000, rooms=(span(KITCHEN, NOON - 800_000, NOON),))
    )
    (entry,) = store.queries().top(Window(0, 1 << 50), TopOf.ROOMS)
    assert entry.total.ms_played == 200_000
