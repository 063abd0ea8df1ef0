"""Texts of moments become moments, on the wall clock of the home."""

from contextlib import suppress
from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st
import pytest

from custom_components.encore.history.errors import (
    FutureWindow,
    InvalidWindow,
    UnknownWindow,
)
from custom_components.encore.history.time_ranges.local_clock import Clock
from custom_components.encore.history.time_ranges.moments import resolve_moment

BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> int:
    """Return a local time in Berlin as UTC milliseconds."""
    return int(datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp() * 1000)


def clock(text: str) -> Clock:
    """Return a clock in Berlin that stands at a local time."""
    return Clock(at(text), BERLIN)


# Wednesday
NOW = clock("2026-07-15 14:30")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("now", "2026-07-15 14:30"),
        ("10_minutes_ago", "2026-07-15 14:20"),
        ("2 hours ago", "2026-07-15 12:30"),
        ("3_days_ago", "2026-07-12 14:30"),
        ("8:15", "2026-07-15 08:15"),
        ("20:00", "2026-07-14 20:00"),
        ("24:00", "2026-07-15 00:00"),
        ("8 am", "2026-07-15 08:00"),
        ("8 PM", "2026-07-14 20:00"),
        ("12 am", "2026-07-15 00:00"),
        ("12 pm", "2026-07-15 12:00"),
        ("8?", "2026-07-15 08:00"),
        ("2?", "2026-07-15 14:00"),
        ("3?", "2026-07-15 03:00"),
        ("12:15 ?", "2026-07-15 12:15"),
        ("15:00", "2026-07-14 15:00"),
        ("11 night", "2026-07-14 23:00"),
        ("2 night", "2026-07-15 02:00"),
        ("yesterday 20:00", "2026-07-14 20:00"),
        ("yesterday 8?", "2026-07-14 20:00"),
        ("last_night 10?", "2026-07-14 22:00"),
        ("last_night 2?", "2026-07-15 02:00"),
        ("last night 12?", "2026-07-15 00:00"),
        ("this_morning 8:30?", "2026-07-15 08:30"),
        ("yesterday_evening 9:15 ?", "2026-07-14 21:15"),
        ("sunday 12:00", "2026-07-12 12:00"),
        ("wednesday 8 am", "2026-07-15 08:00"),
        ("wednesday 8 pm", "2026-07-08 20:00"),
        ("wednesday_evening 9?", "2026-07-08 21:00"),
        ("2_days_ago 20:00", "2026-07-13 20:00"),
        ("2026-07-01 20:00", "2026-07-01 20:00"),
        ("2026-07-01 20:00:00", "2026-07-01 20:00"),
        ("2026-07-01T20:00:30", "2026-07-01 20:00:30"),
        ("2026-07-01T18:00:00+00:00", "2026-07-01 20:00"),
        ("2026-07-01", "2026-07-01 00:00"),
    ],
)
def test_a_text_is_a_moment(text: str, moment: str) -> None:
    """Hours stand for their latest time that is past, in the window named or else of two days."""
    assert resolve_moment(text, NOW) == at(moment)


def test_an_hour_is_read_by_when_it_is_asked() -> None:
    """In the evening "eight" is this evening's; in the morning, this morning's."""
    assert resolve_moment("8?", clock("2026-07-15 21:00")) == at("2026-07-15 20:00")
    assert resolve_moment("8?", clock("2026-07-15 09:00")) == at("2026-07-15 08:00")
    assert resolve_moment("8?", clock("2026-07-15 07:00")) == at("2026-07-14 20:00")


def test_an_hour_that_the_clocks_skip_or_repeat() -> None:
    """A skipped hour is where the clocks skip it, a repeated one its first time."""
    spring = resolve_moment("2026-03-29 02:30", NOW)
    assert NOW.local(spring).isoformat() == "2026-03-29T03:30:00+02:00"
    autumn = resolve_moment("2025-10-26 02:30", NOW)
    assert NOW.local(autumn).isoformat() == "2025-10-26T02:30:00+02:00"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "25:00",
        "8:75",
        "13 pm",
        "0 am",
        "blah 20:00",
        "july 20:00",
        "this_morning 20:00",
        "2026-06-31 20:00",
        "999999_days_ago",
        "0001-01-01",
        "9999-12-31T23:59:00-12:00",
    ],
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    """Hours that no day has, and hours outside the window named, are errors that repeat the text."""
    with pytest.raises(UnknownWindow) as refused:
        resolve_moment(text, NOW)
    assert refused.value.value in (text, "blah", "2026-06-31")


@pytest.mark.parametrize(
    "text",
    ["today 20:00", "2026-07-16 08:00", "tomorrow 8:00", "2030-01-01T00:00:01"],
)
def test_a_moment_to_come_is_refused(text: str) -> None:
    """Nothing was playing in the future."""
    with pytest.raises(FutureWindow):
        resolve_moment(text, NOW)


@given(st.text(max_size=30))
def test_any_text_is_a_moment_or_a_named_error(text: str) -> None:
    """Nothing that is typed leads to any other error."""
    with suppress(InvalidWindow):
        resolve_moment(text, NOW)


@given(
    st.sampled_from(["", "yesterday ", "last_night ", "monday ", "2026-07-03 "]),
    st.integers(0, 24),
    st.integers(0, 59),
    st.sampled_from(["", " am", " pm", "?", " night"]),
)
def test_no_moment_lies_in_the_future(
    window: str, hour: int, minute: int, half: str
) -> None:
    """Every reading of an hour is past, and at the minute that was said."""
    try:
        moment = resolve_moment(f"{window}{hour}:{minute:02}{half}", NOW)
    except InvalidWindow:
        return
    assert moment <= NOW.now
    assert NOW.local(moment).minute == minute
