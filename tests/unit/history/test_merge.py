"""Which observations are one play, and what that play says."""

from dataclasses import replace

import pytest

from custom_components.encore.history.model import Observation, Source

from .memory import (
    ALVA,
    BEN,
    DAY,
    HOUR,
    KITCHEN,
    MINUTE,
    NOON,
    OTHER,
    PHONE,
    SECOND,
    SONG,
    SPEAKER,
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


def test_live_polled_and_export_of_one_play_are_one_play(store: Memory) -> None:
    """Three sources that agree on the end to within 90 s amount to one play."""
    store.append(live(NOON), polled(NOON + 2 * SECOND), exported(NOON - 30 * SECOND))
    [play] = store.plays()
    assert play.sources == {Source.LIVE, Source.POLLED, Source.EXPORT}


def test_each_field_comes_from_the_source_that_knows_it_best(store: Memory) -> None:
    """Export: length and skip. Live: start, end, device, context. Sonos: rooms."""
    rooms = (
        span(KITCHEN, NOON - 300_000, NOON - 100_000),
        span(STUDY, NOON - 200_000, NOON),
    )
    store.append(
        exported(NOON + SECOND, ms=150_000, skipped=True, reason_end="fwdbtn"),
        live(
            NOON,
            paused=100_000,
            device=PHONE,
            context_uri="spotify:album:1",
            skipped=False,
            rooms=(span(STUDY, NOON - 300_000, NOON),),
        ),
        sonos(NOON + 5 * SECOND, device=SPEAKER, rooms=rooms),
    )
    [play] = store.plays()
    assert (play.started_at, play.ended_at, play.ms_played) == (
        NOON - 300_000,
        NOON,
        150_000,
    )
    assert (play.device, play.context_uri, play.skipped) == (
        PHONE,
        "spotify:album:1",
        True,
    )
    assert (play.rooms, play.listener) == (rooms, ALVA)


@pytest.mark.parametrize("skew", [-60, -1, 0, 1, 60])
def test_clocks_may_differ_by_a_minute(store: Memory, skew: int) -> None:
    """A skew of up to a minute between sources does not make a second play."""
    store.append(live(NOON), exported(NOON + skew * SECOND))
    assert len(store.plays()) == 1


def test_ends_further_apart_than_the_tolerance_are_two_plays(store: Memory) -> None:
    """91 s between the ends of short plays is too much."""
    store.append(live(NOON, ms=30_000), exported(NOON + 91 * SECOND, ms=30_000))
    assert len(store.plays()) == 2


def test_an_end_within_a_paused_play_is_that_play(store: Memory) -> None:
    """Live saw a pause of an hour; the export only knows when the sound ended."""
    store.append(live(NOON, paused=HOUR), exported(NOON - HOUR))
    [play] = store.plays()
    assert play.sources == {Source.LIVE, Source.EXPORT}
    assert play.ms_played == 200_000


def test_one_source_never_says_one_play_twice(store: Memory) -> None:
    """Two rows of an export that overlap stay two plays."""
    store.append(exported(NOON), exported(NOON + 10 * SECOND))
    assert len(store.plays()) == 2


def test_back_to_back_repeats_survive(store: Memory) -> None:
    """Three times the same song, seen by two sources with a skew, is three plays."""
    ends = [NOON + i * 200_000 for i in range(3)]
    store.append(
        *(live(end) for end in ends), *(exported(end + 20_000) for end in ends)
    )
    assert [play.sources for play in store.plays()] == [
        {Source.LIVE, Source.EXPORT}
    ] * 3


def test_the_nearest_of_two_repeats_is_matched(store: Memory) -> None:
    """Where one source missed a repeat, the other's witness is left alone, not doubled."""
    store.append(
        live(NOON, ms=60_000),
        live(NOON + 60_000, ms=60_000),
        exported(NOON + 62_000, ms=60_000),
    )
    assert [play.sources for play in store.plays()] == [
        {Source.LIVE},
        {Source.LIVE, Source.EXPORT},
    ]


MOVED = NOON - 80_000
"""When a song of 200 s, which ends at noon, is moved from the phone to the speaker."""
MOVED_SONG = (
    live(MOVED, ms=120_000, device=PHONE),
    live(NOON, ms=80_000, device=SPEAKER),
)


def test_what_somebody_moves_to_another_device_is_one_play(store: Memory) -> None:
    """It sounded as long as on both together; Spotify lists it once for each."""
    store.append(*MOVED_SONG, polled(MOVED, ms=200_000), polled(NOON, ms=200_000))
    [play] = store.plays()
    assert (play.started_at, play.ended_at) == (NOON - 200_000, NOON)
    assert (play.ms_played, play.device) == (200_000, PHONE)


def test_a_speaker_that_it_was_moved_to_reports_the_same_play(store: Memory) -> None:
    """However often recently played has it meanwhile."""
    rooms = (span(KITCHEN, MOVED, NOON),)
    store.append(
        live(NOON),
        polled(MOVED - 30_000, ms=60_000),
        polled(MOVED, ms=200_000),
        polled(NOON, ms=200_000),
        sonos(NOON, ms=80_000, rooms=rooms),
    )
    [play] = store.plays()
    assert (play.ms_played, play.rooms) == (200_000, rooms)


def test_speakers_that_it_was_moved_between_tell_of_the_same_play(
    store: Memory,
) -> None:
    """From the study to the kitchen: one play, in the one room and then in the other."""
    study = (span(STUDY, NOON - 200_000, MOVED),)
    kitchen = (span(KITCHEN, MOVED, NOON),)
    store.append(
        *MOVED_SONG,
        polled(NOON, ms=200_000),
        sonos(MOVED + 2_000, ms=120_000, rooms=study),
        sonos(NOON, ms=80_000, rooms=kitchen),
    )
    [play] = store.plays()
    assert (play.listener, play.ms_played) == (ALVA, 200_000)
    assert play.rooms == study + kitchen


def test_a_pause_before_it_went_on_elsewhere_is_part_of_the_play(store: Memory) -> None:
    """Each device has its row, ten minutes apart."""
    later = NOON + 600_000
    store.append(
        MOVED_SONG[0],
        live(later, ms=80_000, paused=600_000, device=SPEAKER),
        polled(MOVED, ms=200_000),
        polled(later, ms=200_000),
    )
    [play] = store.plays()
    assert (play.ended_at, play.ms_played) == (later, 200_000)


def test_a_row_within_what_a_speaker_saw_is_of_that_play(store: Memory) -> None:
    """Nobody looked at the account while its song was moved from speaker to speaker."""
    store.append(
        sonos(NOON, ms=200_000),
        polled(NOON - 190_000, ms=200_000),
        polled(NOON, ms=200_000),
    )
    [play] = store.plays()
    assert (play.listener, play.ms_played) == (ALVA, 200_000)


def test_a_row_that_ends_before_a_moment_of_sound_is_of_another_play(
    store: Memory,
) -> None:
    """What sounded for less than half a minute often has no row."""
    store.append(
        polled(NOON - 14_000, ms=200_000),
        sonos(NOON, ms=13_000),
    )
    assert [play.ms_played for play in store.plays()] == [200_000, 13_000]


def test_a_speaker_that_saw_more_than_the_player_is_believed(store: Memory) -> None:
    """The account was not looked at when it ended."""
    store.append(live(NOON - 12_000, ms=22_000), sonos(NOON, ms=34_000))
    [play] = store.plays()
    assert (play.ended_at, play.ms_played) == (NOON, 34_000)


@pytest.mark.parametrize(
    "later",
    [
        live(NOON + 20_000, ms=100_000, device=SPEAKER),
        live(NOON + 5_000, ms=80_000, device=SPEAKER),
        live(NOON, ms=80_000, device=PHONE),
    ],
    ids=["longer than the song", "after a silence", "on the same device"],
)
def test_what_does_not_go_on_elsewhere_is_another_play(
    store: Memory, later: Observation
) -> None:
    """Somebody began it again."""
    store.append(MOVED_SONG[0], later)
    assert len(store.plays()) == 2


def test_spotifys_own_books_have_a_play_for_each_device(store: Memory) -> None:
    """An export tells how long it sounded on each; together that is as long as before."""
    store.append(*MOVED_SONG, exported(MOVED, ms=120_000), exported(NOON, ms=80_000))
    assert [play.ms_played for play in store.plays()] == [120_000, 80_000]


def test_the_same_observation_again_changes_nothing(store: Memory) -> None:
    """An exact repetition is one observation."""
    store.append(exported(NOON), live(NOON))
    before = store.plays()
    again = store.append(exported(NOON), live(NOON))
    assert (again.stored, again.duplicates) == (0, 2)
    assert (again.plays_new, again.plays_changed) == (0, 0)
    assert store.plays() == before


def test_rows_of_one_sync_are_distinguished_by_their_offline_timestamps(
    store: Memory,
) -> None:
    """Equal rows with different offline timestamps are different observations."""
    appended = store.append(
        exported(NOON, offline_timestamp=NOON - DAY),
        exported(NOON, offline_timestamp=NOON - 2 * DAY),
    )
    assert (appended.stored, len(store.plays())) == (2, 2)


def test_a_source_of_the_household_joins_the_listener_it_is_nearest_to(
    store: Memory,
) -> None:
    """A speaker that knows nobody is the witness of who played just then."""
    store.append(
        live(NOON, listener=ALVA),
        live(NOON + 40_000, listener=BEN),
        sonos(NOON + 38_000, rooms=(span(KITCHEN, NOON - 162_000, NOON + 38_000),)),
    )
    alva, ben = store.plays()
    assert (alva.listener, alva.rooms) == (ALVA, ())
    assert ben.listener == BEN
    assert ben.sources == {Source.LIVE, Source.SONOS}


def test_a_source_of_the_household_joins_no_two_listeners(store: Memory) -> None:
    """A speaker between two persons belongs to one of them and does not make them one."""
    store.append(
        sonos(NOON),
        live(NOON + SECOND, listener=ALVA),
        polled(NOON + 2 * SECOND, listener=BEN),
    )
    alva, ben = store.plays()
    assert (alva.listener, ben.listener) == (ALVA, BEN)
    assert alva.sources == {Source.LIVE, Source.SONOS}
    assert ben.sources == {Source.POLLED}


def test_what_nobody_else_saw_belongs_to_the_household(store: Memory) -> None:
    """A play that only a speaker saw has the household as its listener."""
    store.append(sonos(NOON))
    [play] = store.plays()
    assert play.listener == THE_HOUSEHOLD


def test_two_listeners_at_once_are_two_plays(store: Memory) -> None:
    """The same song at the same time by two people is heard twice."""
    store.append(live(NOON, listener=ALVA), exported(NOON, listener=BEN))
    assert len(store.plays()) == 2


def test_different_songs_at_once_are_two_plays(store: Memory) -> None:
    """Sources that name different songs did not see one play."""
    store.append(live(NOON), exported(NOON, item=OTHER))
    assert len(store.plays()) == 2


def test_an_import_leaves_rooms_start_and_row_id_alone(store: Memory) -> None:
    """What was known live survives when the export adds its detail."""
    rooms = (span(KITCHEN, NOON - 205_000, NOON),)
    store.append(live(NOON, paused=5_000, rooms=rooms))
    [before] = store.plays()
    store.append(exported(NOON, ms=199_000))
    [after] = store.plays()
    assert (after.id, after.started_at, after.rooms) == (
        before.id,
        before.started_at,
        rooms,
    )
    assert after.ms_played == 199_000


def test_a_better_source_that_arrives_late_takes_over(store: Memory) -> None:
    """A late arrival parts a match that was only the next best, and its observation moves."""
    store.append(live(NOON, ms=60_000), exported(NOON + 50_000, ms=60_000))
    assert len(store.plays()) == 1
    appended = store.append(live(NOON + 50_000, ms=60_000))
    assert [play.sources for play in store.plays()] == [
        {Source.LIVE},
        {Source.LIVE, Source.EXPORT},
    ]
    assert appended.plays_new == 1


def test_plays_of_one_track_never_share_a_start(store: Memory) -> None:
    """Two rows that start at the same millisecond are kept, a millisecond apart."""
    store.append(exported(NOON, ms=50_000), exported(NOON + 10_000, ms=60_000))
    first, second = store.plays()
    assert second.started_at - first.started_at == 1


def test_a_play_reaches_back_twelve_hours_at_most(store: Memory) -> None:
    """A player that was paused for two days did not play for two days."""
    store.append(live(NOON, paused=2 * DAY))
    [play] = store.plays()
    assert play.ended_at - play.started_at == 12 * HOUR


def test_a_play_over_new_year_is_one_play(store: Memory) -> None:
    """The turn of the year, in UTC, means nothing to the merge."""
    new_year = 1_735_689_600_000
    store.append(live(new_year + MINUTE), exported(new_year + MINUTE))
    assert len(store.plays()) == 1


@pytest.mark.parametrize(
    ("said", "skipped"),
    [
        (exported(NOON, skipped=False, reason_end="endplay"), False),
        (exported(NOON, skipped=None, reason_end="trackdone"), False),
        (exported(NOON, skipped=None, reason_end="backbtn"), True),
        (exported(NOON, skipped=None, reason_end="logout"), None),
        (exported(1_577_836_800_000, skipped=False, reason_end="endplay"), None),
        (exported(1_577_836_800_000, skipped=False, reason_end="fwdbtn"), True),
        (live(NOON, skipped=False), False),
    ],
)
def test_whether_a_play_was_skipped(
    store: Memory, said: object, skipped: bool | None
) -> None:
    """`skipped` counts where it means something, the reason of the end everywhere."""
    store.append(said)  # type: ignore[arg-type]  # the parameter's type is lost
    [play] = store.plays()
    assert play.skipped is skipped


def test_account_data_to_the_minute_joins_what_was_seen_live(store: Memory) -> None:
    """An end that is cut to the minute is within the tolerance."""
    end = NOON + 59 * SECOND
    store.append(live(end), reported(Source.ACCOUNT_DATA, NOON, ms=198_000))
    [play] = store.plays()
    assert (play.ended_at, play.ms_played) == (end, 198_000)


@pytest.mark.parametrize("source", [Source.EXPORT, Source.ACCOUNT_DATA])
def test_of_repeats_the_one_that_sounded_as_long_is_matched(
    store: Memory, source: Source
) -> None:
    """A clock that is a minute off says the end of the repeat before; the length says which it was."""
    store.append(live(NOON, ms=90_000), live(NOON + 31 * SECOND, ms=31_500))
    store.append(reported(source, NOON - 29 * SECOND, ms=31_000))
    assert [(play.ms_played, play.sources) for play in store.plays()] == [
        (90_000, frozenset({Source.LIVE})),
        (31_000, frozenset({Source.LIVE, source})),
    ]


def test_what_recently_played_takes_for_its_length_says_nothing(store: Memory) -> None:
    """It knows how long a track is, not for how long it sounded."""
    store.append(live(NOON, ms=31_000), live(NOON + 90 * SECOND, ms=90_000))
    store.append(polled(NOON + 2 * SECOND, ms=90_000))
    assert [play.sources for play in store.plays()] == [
        {Source.LIVE, Source.POLLED},
        {Source.LIVE},
    ]


def test_a_length_of_which_part_was_missed_still_joins(store: Memory) -> None:
    """Where there is nothing that sounded as long, the nearest end decides."""
    store.append(live(NOON, ms=100_000))
    store.append(exported(NOON + SECOND, ms=200_000))
    [play] = store.plays()
    assert play.ms_played == 200_000


def test_an_observation_that_cannot_be_is_refused_with_all_beside_it(
    store: Memory,
) -> None:
    """Nothing ends before it starts, or lasts less than nothing; nothing half is stored."""
    for wrong in (
        live(NOON, ms=-1),
        live(NOON, ms=1, paused=-5),
        live(NOON, item=replace(OTHER, duration_ms=-1)),
        live(NOON, offline_timestamp=-1),
        live(NOON, rooms=(span(KITCHEN, NOON, NOON - 1),)),
    ):
        with pytest.raises(ValueError, match="cannot be"):
            store.append(live(NOON, item=SONG), wrong)
        store.ingest.forget()
    assert store.plays() == []
