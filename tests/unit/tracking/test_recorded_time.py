"""The account of when a listener was recorded: looks, failures, pauses and lists become stretches and gaps."""

import pytest

from custom_components.encore.history.model import Source, Window
from custom_components.encore.history.records.recording_coverage import (
    Coverage,
    Gap,
    GapReason,
)
from custom_components.encore.spotify.errors import (
    NotAllowlisted,
    RateLimited,
    TokenRejected,
    Unavailable,
)
from custom_components.encore.spotify.tracking.collector import reason_of
from custom_components.encore.tracking.recorded_time import RecordedTime
from tests.unit.spotify.looks import EVE, LISTENER

MINUTE = 60_000


def looked(
    recording: RecordedTime, *minutes: float, failing: GapReason | None = None
) -> None:
    """Let a recording look at these minutes after the eve, and fail after the last."""
    for minute in minutes:
        recording.seen(EVE + round(minute * MINUTE))
    if failing is not None:
        recording.failed(failing, EVE + round(minutes[-1] * MINUTE))


def gaps(recording: RecordedTime, now: float) -> list[tuple[float, float, GapReason]]:
    """Return the gaps from the eve until a minute after it."""
    moment = EVE + round(now * MINUTE)
    covered = Coverage(*recording.unnoted(moment)).within(Window(EVE, moment), moment)
    return [
        ((gap.start - EVE) / MINUTE, (gap.end - EVE) / MINUTE, gap.reason)
        for gap in covered.gaps
    ]


def recorded_until_eve() -> RecordedTime:
    """Return recorded times that were noted until the evening before."""
    recording = RecordedTime(LISTENER)
    recording.seen_until(EVE)
    return recording


def test_looks_five_minutes_apart_leave_no_gap() -> None:
    """An idle player is looked at no more often; until now it counts as looked at."""
    recording = RecordedTime(LISTENER)
    looked(recording, 0, 5, 10, 15)
    assert gaps(recording, 20) == []


def test_looks_that_stop_without_a_word_are_a_gap() -> None:
    """A machine that slept, say; it is one before it wakes and after."""
    recording = RecordedTime(LISTENER)
    looked(recording, 0, 5)
    assert gaps(recording, 40) == [(5, 40, GapReason.RESTARTED)]
    looked(recording, 45)
    assert gaps(recording, 50) == [(5, 45, GapReason.RESTARTED)]


def test_a_failure_is_a_gap_from_the_last_look_to_the_next() -> None:
    """With its weightiest reason; while it lasts too."""
    recording = RecordedTime(LISTENER)
    looked(recording, 0, 5, failing=GapReason.RATE_LIMITED)
    recording.failed(GapReason.OUT_OF_REACH, EVE + 6 * MINUTE)
    assert gaps(recording, 30) == [(5, 30, GapReason.RATE_LIMITED)]
    looked(recording, 35, 36)
    assert gaps(recording, 40) == [(5, 35, GapReason.RATE_LIMITED)]


def test_an_outage_that_costs_the_login_is_reported_as_that() -> None:
    """An answer with a new token was lost, say: somebody has to log in."""
    recording = RecordedTime(LISTENER)
    looked(recording, 0, 5, failing=GapReason.OUT_OF_REACH)
    recording.failed(GapReason.REFUSED, EVE + 8 * MINUTE)
    assert gaps(recording, 90) == [(5, 90, GapReason.REFUSED)]


def test_a_failure_that_is_over_at_once_is_no_gap() -> None:
    """What is on at two looks tells what was on between them."""
    recording = RecordedTime(LISTENER)
    looked(recording, 0, 5, failing=GapReason.OUT_OF_REACH)
    looked(recording, 8)
    assert gaps(recording, 9) == []


def test_a_restart_goes_on_where_the_recording_before_ended() -> None:
    """Without a gap when it took minutes, with one when it took hours."""
    quick = recorded_until_eve()
    looked(quick, 3)
    assert gaps(quick, 4) == []
    slow = recorded_until_eve()
    looked(slow, 180)
    assert gaps(slow, 181) == [(0, 180, GapReason.RESTARTED)]


def test_while_something_may_sound_a_short_outage_is_a_gap_too() -> None:
    """A skip in it is lost; looks that are minutes apart by intention are none."""
    outage = RecordedTime(LISTENER)
    outage.seen(EVE)
    outage.failed(GapReason.OUT_OF_REACH, EVE + 3 * MINUTE)
    outage.seen(EVE + 5 * MINUTE, sounded=True)
    outage.seen(EVE + 12 * MINUTE, sounded=True)
    assert gaps(outage, 12) == [(0, 5, GapReason.OUT_OF_REACH)]
    restart = recorded_until_eve()
    restart.seen(EVE + 4 * MINUTE, sounded=True)
    assert gaps(restart, 5) == [(0, 4, GapReason.RESTARTED)]
    hiccup = RecordedTime(LISTENER)
    hiccup.seen(EVE, sounded=True)
    hiccup.failed(GapReason.OUT_OF_REACH, EVE + 3 * MINUTE)
    hiccup.seen(EVE + 3 * MINUTE + 20_000, sounded=True)
    assert gaps(hiccup, 4) == []


def test_a_private_session_is_a_gap_that_a_list_does_not_fill() -> None:
    """It is never said to have been recorded."""
    recording = RecordedTime(LISTENER)
    looked(recording, 0, 5)
    recording.withheld(GapReason.PRIVATE, EVE + 6 * MINUTE)
    recording.withheld(GapReason.PRIVATE, EVE + 16 * MINUTE)
    recording.listed(EVE, EVE + 20 * MINUTE)
    assert gaps(recording, 20) == [(6, 20, GapReason.PRIVATE)]
    looked(recording, 21, 25)
    assert gaps(recording, 26) == [(6, 21, GapReason.PRIVATE)]


def test_a_list_fills_a_failure_and_reports_where_it_overflowed() -> None:
    """From when on it has everything, and from when to when it has not."""
    recording = RecordedTime(LISTENER)
    looked(recording, 0, failing=GapReason.OUT_OF_REACH)
    looked(recording, 240)
    recording.listed(EVE + 60 * MINUTE, EVE + 240 * MINUTE)
    recording.overflowed(EVE, EVE + 60 * MINUTE)
    assert gaps(recording, 241) == [(0, 60, GapReason.OVERFLOW)]


def test_what_was_noted_is_let_go_and_what_goes_on_is_reported_again() -> None:
    """So that nothing is held for ever, and nothing is lost with a note that failed."""
    recording = RecordedTime(LISTENER)
    looked(recording, 0, 60, 65)
    first = recording.unnoted(EVE + 66 * MINUTE)
    assert recording.unnoted(EVE + 66 * MINUTE) == first
    recording.noted(first, EVE + 66 * MINUTE)
    (live,) = recording.unnoted(EVE + 70 * MINUTE).recorded
    assert (live.source, live.start, live.end) == (
        Source.LIVE,
        EVE + 60 * MINUTE,
        EVE + 70 * MINUTE,
    )
    assert not recording.due(EVE + 68 * MINUTE)
    assert recording.due(EVE + 71 * MINUTE)


def test_a_clock_that_was_set_back_neither_shortens_nor_hinders() -> None:
    """The stretch stays, and notes go on."""
    recording = RecordedTime(LISTENER)
    looked(recording, 60, 65)
    looked(recording, 5)
    account = recording.unnoted(EVE + 5 * MINUTE)
    assert account.recorded[-1].end == EVE + 65 * MINUTE
    recording.noted(account, EVE + 65 * MINUTE)
    assert recording.due(EVE + 5 * MINUTE)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (RateLimited(EVE), GapReason.RATE_LIMITED),
        (TokenRejected(), GapReason.REFUSED),
        (NotAllowlisted(), GapReason.REFUSED),
        (Unavailable("no route"), GapReason.OUT_OF_REACH),
        (None, GapReason.OUT_OF_REACH),
    ],
)
def test_errors_have_reasons(error: Exception | None, reason: GapReason) -> None:
    """Few, so that a person can tell what to do."""
    assert reason_of(error) is reason


def test_a_gap_is_as_long_as_from_its_start_to_its_end() -> None:
    """In milliseconds."""
    assert Gap(EVE, EVE + MINUTE, GapReason.PAUSED).length == MINUTE
