"""Names of windows become intervals on the wall clock of the home."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st
import pytest

from custom_components.encore.history.errors import (
    FutureWindow,
    InvalidWindow,
    InvertedWindow,
    UnknownWindow,
)
from custom_components.encore.history.model import Window
from custom_components.encore.history.time_ranges.local_clock import Clock
from custom_components.encore.history.time_ranges.named_ranges import WINDOW_NAMES
from custom_components.encore.history.time_ranges.ranges import (
    MONTHS,
    WEEKDAYS,
    Term,
    resolve_span,
    resolve_window,
)

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = [
    ZoneInfo(name)
    for name in (
        "Europe/Berlin",
        "America/New_York",
        "America/Sao_Paulo",  # its days used to begin at one when the clocks changed
        "Asia/Kathmandu",  # +05:45
        "Australia/Lord_Howe",  # changes by half an hour
        "Pacific/Apia",  # has no 30 December 2011
        "UTC",
    )
]
HOUR = 3_600_000
DAY = 24 * HOUR

instants = st.datetimes(
    min_value=datetime(2008, 1, 1), max_value=datetime(2037, 1, 1)
).map(lambda at: int(at.replace(tzinfo=UTC).timestamp() * 1000))
clocks = st.builds(Clock, instants, st.sampled_from(ZONES), st.integers(0, 6))


def at(text: str, zone: ZoneInfo = BERLIN) -> int:
    """Return a local time as UTC milliseconds."""
    return int(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp() * 1000)


def clock(text: str) -> Clock:
    """Return a clock in Berlin that stands at a local time."""
    return Clock(at(text), BERLIN)


def window(start: str, end: str) -> Window:
    """Return the window between two local times in Berlin."""
    return Window(at(start), at(end))


# Wednesday
NOW = clock("2026-07-15 14:30")


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("today", "2026-07-15 00:00", "2026-07-16 00:00"),
        ("yesterday", "2026-07-14 00:00", "2026-07-15 00:00"),
        ("day_before_yesterday", "2026-07-13 00:00", "2026-07-14 00:00"),
        ("this_morning", "2026-07-15 05:00", "2026-07-15 12:00"),
        ("this_afternoon", "2026-07-15 12:00", "2026-07-15 18:00"),
        ("last_night", "2026-07-14 18:00", "2026-07-15 06:00"),
        ("yesterday_morning", "2026-07-14 05:00", "2026-07-14 12:00"),
        ("yesterday_evening", "2026-07-14 18:00", "2026-07-15 00:00"),
        ("today_morning", "2026-07-15 05:00", "2026-07-15 12:00"),
        ("this_week", "2026-07-13 00:00", "2026-07-20 00:00"),
        ("last_week", "2026-07-06 00:00", "2026-07-13 00:00"),
        ("weekend", "2026-07-11 00:00", "2026-07-13 00:00"),
        ("last_weekend", "2026-07-11 00:00", "2026-07-13 00:00"),
        ("this_month", "2026-07-01 00:00", "2026-08-01 00:00"),
        ("last_month", "2026-06-01 00:00", "2026-07-01 00:00"),
        ("this_year", "2026-01-01 00:00", "2027-01-01 00:00"),
        ("last_year", "2025-01-01 00:00", "2026-01-01 00:00"),
        ("wednesday", "2026-07-15 00:00", "2026-07-16 00:00"),
        ("last_wednesday", "2026-07-08 00:00", "2026-07-09 00:00"),
        ("monday", "2026-07-13 00:00", "2026-07-14 00:00"),
        ("friday_evening", "2026-07-10 18:00", "2026-07-11 00:00"),
        ("saturday_night", "2026-07-11 18:00", "2026-07-12 06:00"),
        ("july", "2026-07-01 00:00", "2026-08-01 00:00"),
        ("last_july", "2025-07-01 00:00", "2025-08-01 00:00"),
        ("august", "2025-08-01 00:00", "2025-09-01 00:00"),
        ("last_june", "2026-06-01 00:00", "2026-07-01 00:00"),
        ("summer", "2026-06-01 00:00", "2026-09-01 00:00"),
        ("this_summer", "2026-06-01 00:00", "2026-09-01 00:00"),
        ("last_summer", "2025-06-01 00:00", "2025-09-01 00:00"),
        ("last_spring", "2026-03-01 00:00", "2026-06-01 00:00"),
        ("last_winter", "2025-12-01 00:00", "2026-03-01 00:00"),
        ("last_fall", "2025-09-01 00:00", "2025-12-01 00:00"),
        ("summer_2019", "2019-06-01 00:00", "2019-09-01 00:00"),
        ("since_last_summer", "2025-06-01 00:00", "2026-07-15 14:30"),
        ("july_14", "2026-07-14 00:00", "2026-07-15 00:00"),
        ("july_16", "2025-07-16 00:00", "2025-07-17 00:00"),
        ("february_29", "2024-02-29 00:00", "2024-03-01 00:00"),
        ("2026-07-04", "2026-07-04 00:00", "2026-07-05 00:00"),
        ("2026-07-04_evening", "2026-07-04 18:00", "2026-07-05 00:00"),
        ("2025-12", "2025-12-01 00:00", "2026-01-01 00:00"),
        ("2019", "2019-01-01 00:00", "2020-01-01 00:00"),
        ("last_90_days", "2026-04-16 14:30", "2026-07-15 14:30"),
        ("last_3_hours", "2026-07-15 11:30", "2026-07-15 14:30"),
        ("last_30_minutes", "2026-07-15 14:00", "2026-07-15 14:30"),
        ("last_2_weeks", "2026-07-01 14:30", "2026-07-15 14:30"),
        ("last_1_month", "2026-06-15 14:30", "2026-07-15 14:30"),
        ("last_1_year", "2025-07-15 14:30", "2026-07-15 14:30"),
        ("week_before_last", "2026-06-29 00:00", "2026-07-06 00:00"),
        ("july_of_last_year", "2025-07-01 00:00", "2025-08-01 00:00"),
        ("july_14_evening_of_last_year", "2025-07-14 18:00", "2025-07-15 00:00"),
        ("summer_of_last_year", "2025-06-01 00:00", "2025-09-01 00:00"),
        ("christmas_of_last_year", "2025-12-24 00:00", "2025-12-27 00:00"),
        ("since_june_of_last_year", "2025-06-01 00:00", "2026-07-15 14:30"),
        ("tuesday_of_last_week", "2026-07-07 00:00", "2026-07-08 00:00"),
        ("monday_evening_of_this_week", "2026-07-13 18:00", "2026-07-14 00:00"),
        ("sunday_of_week_before_last", "2026-07-05 00:00", "2026-07-06 00:00"),
        ("month_before_last", "2026-05-01 00:00", "2026-06-01 00:00"),
        ("christmas", "2025-12-24 00:00", "2025-12-27 00:00"),
        ("last_christmas", "2025-12-24 00:00", "2025-12-27 00:00"),
        ("christmas_2019", "2019-12-24 00:00", "2019-12-27 00:00"),
        ("easter", "2026-04-05 00:00", "2026-04-07 00:00"),
        ("last_easter", "2025-04-20 00:00", "2025-04-22 00:00"),
        ("since_easter", "2026-04-05 00:00", "2026-07-15 14:30"),
        ("20:00-22:00", "2026-07-14 20:00", "2026-07-14 22:00"),
        ("8:00-10:00 ?", "2026-07-15 08:00", "2026-07-15 10:00"),
        ("1:00-3:00 ?", "2026-07-15 01:00", "2026-07-15 03:00"),
        ("22:00-1:00", "2026-07-14 22:00", "2026-07-15 01:00"),
        ("11:00-1:00 ?", "2026-07-15 11:00", "2026-07-15 13:00"),
        ("yesterday_20:00-22:00", "2026-07-14 20:00", "2026-07-14 22:00"),
        ("yesterday_8:00-10:00 ?", "2026-07-14 20:00", "2026-07-14 22:00"),
        ("last_night_1:30-2:15 ?", "2026-07-15 01:30", "2026-07-15 02:15"),
        ("today_14:00-16:00", "2026-07-15 14:00", "2026-07-15 16:00"),
        ("2_days_ago", "2026-07-13 00:00", "2026-07-14 00:00"),
        ("1_week_ago", "2026-07-08 00:00", "2026-07-09 00:00"),
        ("3_days_ago_evening", "2026-07-12 18:00", "2026-07-13 00:00"),
        ("since_monday", "2026-07-13 00:00", "2026-07-15 14:30"),
        ("since_last_night", "2026-07-14 18:00", "2026-07-15 14:30"),
        ("since_2019", "2019-01-01 00:00", "2026-07-15 14:30"),
        ("wednesday_evening", "2026-07-08 18:00", "2026-07-09 00:00"),
        ("wednesday_morning", "2026-07-15 05:00", "2026-07-15 12:00"),
    ],
)
def test_a_name_is_a_window(name: str, start: str, end: str) -> None:
    """Each form of name stands for the window that people mean by it."""
    assert resolve_window(name, NOW).window == window(start, end)


def test_names_are_read_as_people_type_them() -> None:
    """Case, spaces and hyphens between dates do not matter."""
    assert resolve_window("  Last Night ", NOW).name == "last_night"


def test_all_time_begins_before_any_play() -> None:
    """All time reaches from 1970 over today."""
    assert resolve_window("all_time", NOW).window == Window(0, at("2026-07-16 00:00"))


@pytest.mark.parametrize(
    ("now", "name", "start", "end"),
    [
        ("2026-07-15 02:00", "last_night", "2026-07-14 18:00", "2026-07-15 06:00"),
        ("2026-07-15 02:00", "tonight", "2026-07-14 18:00", "2026-07-15 06:00"),
        ("2026-07-15 20:00", "tonight", "2026-07-15 18:00", "2026-07-16 06:00"),
        ("2026-07-15 00:30", "this_evening", "2026-07-14 18:00", "2026-07-15 00:00"),
        ("2026-07-15 19:00", "this_evening", "2026-07-15 18:00", "2026-07-16 00:00"),
        ("2026-07-18 10:00", "weekend", "2026-07-18 00:00", "2026-07-20 00:00"),
        ("2026-07-19 10:00", "this_weekend", "2026-07-18 00:00", "2026-07-20 00:00"),
        ("2026-07-19 10:00", "last_weekend", "2026-07-11 00:00", "2026-07-13 00:00"),
        ("2026-07-13 10:00", "last_weekend", "2026-07-11 00:00", "2026-07-13 00:00"),
        # New Year
        ("2027-01-01 01:00", "last_night", "2026-12-31 18:00", "2027-01-01 06:00"),
        ("2027-01-01 01:00", "last_month", "2026-12-01 00:00", "2027-01-01 00:00"),
        ("2027-01-01 01:00", "last_week", "2026-12-21 00:00", "2026-12-28 00:00"),
        ("2027-01-01 01:00", "december", "2026-12-01 00:00", "2027-01-01 00:00"),
        ("2027-01-01 01:00", "last_january", "2026-01-01 00:00", "2026-02-01 00:00"),
        # a winter is named by the year in which it begins
        ("2027-01-10 12:00", "winter", "2026-12-01 00:00", "2027-03-01 00:00"),
        ("2027-01-10 12:00", "this_winter", "2026-12-01 00:00", "2027-03-01 00:00"),
        ("2027-01-10 12:00", "last_winter", "2025-12-01 00:00", "2026-03-01 00:00"),
        ("2027-01-10 12:00", "winter_2025", "2025-12-01 00:00", "2026-03-01 00:00"),
        ("2026-11-22 12:00", "last_summer", "2026-06-01 00:00", "2026-09-01 00:00"),
        # the last day of a month, a month and a leap year back
        ("2026-03-31 12:00", "last_1_month", "2026-02-28 12:00", "2026-03-31 12:00"),
        ("2028-02-29 12:00", "last_1_year", "2027-02-28 12:00", "2028-02-29 12:00"),
    ],
)
def test_the_edges_of_days_weeks_and_years(
    now: str, name: str, start: str, end: str
) -> None:
    """After midnight last night is still going on; New Year and month ends are no exceptions."""
    assert resolve_window(name, clock(now)).window == window(start, end)


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("last_summer", "2025-12-01 00:00", "2026-03-01 00:00"),
        ("winter", "2026-06-01 00:00", "2026-09-01 00:00"),
        ("last_autumn", "2026-03-01 00:00", "2026-06-01 00:00"),
        ("last_spring", "2025-09-01 00:00", "2025-12-01 00:00"),
    ],
)
def test_seasons_are_turned_round_south_of_the_equator(
    name: str, start: str, end: str
) -> None:
    """Where the home lies in the south, summer begins in December."""
    southern = Clock(NOW.now, BERLIN, southern=True)
    assert resolve_window(name, southern).window == window(start, end)


def test_a_season_that_has_not_begun_is_the_future() -> None:
    """In summer, this autumn is not the one of last year."""
    with pytest.raises(FutureWindow):
        resolve_window("this_autumn", NOW)


@pytest.mark.parametrize(
    ("now", "hours"),
    [("2026-03-29 12:00", 11), ("2026-10-25 12:00", 13), ("2026-07-15 12:00", 12)],
)
def test_a_night_in_which_the_clocks_change(now: str, hours: int) -> None:
    """Last night lasts an hour less in spring and an hour more in autumn."""
    night = resolve_window("last_night", clock(now)).window
    assert night.end - night.start == hours * HOUR


@pytest.mark.parametrize(("now", "hours"), [("2026-03-29", 23), ("2026-10-25", 25)])
def test_days_back_keep_the_hour_and_hours_back_are_elapsed(
    now: str, hours: int
) -> None:
    """A day ago is the same hour on the wall; twenty-four hours ago is not, when the clocks changed."""
    noon = clock(f"{now} 12:00")
    day = resolve_window("last_1_day", noon).window
    assert day.end - day.start == hours * HOUR
    elapsed = resolve_window("last_24_hours", noon).window
    assert elapsed.end - elapsed.start == DAY


@pytest.mark.parametrize(
    "name",
    [
        "",
        "blah",
        "2026-06-31",
        "june_31",
        "february_30",
        "2026-13",
        "0000",
        "last_0_days",
        "last_999999_years",
        "last_2025_years",
        "0001",
        "0001-01-01",
        "739811_days_ago",
        "since_31_june",
        "since_all_time",
        "since_since_monday",
        "last_999999_days",
        "last_century",
        "monday_noon",
        "2026-7-4",
        "'; DROP TABLE play; --",
        "x" * 10_000,
    ],
)
def test_what_is_no_window_is_refused_by_name(name: str) -> None:
    """A name that stands for nothing, such as 31 June, is an error that repeats it."""
    with pytest.raises(UnknownWindow) as refused:
        resolve_window(name, NOW)
    assert refused.value.value == name


@pytest.mark.parametrize(
    "name",
    [
        "tomorrow",
        "next_week",
        "next_month",
        "next_year",
        "this_evening",
        "this_weekend",
        "2026-08",
        "2027",
        "2026-07-16",
    ],
)
def test_a_window_that_has_not_begun_is_refused(name: str) -> None:
    """Nothing was played in the future."""
    with pytest.raises(FutureWindow):
        resolve_window(name, NOW)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-07-01", "2026-07-14", window("2026-07-01 00:00", "2026-07-15 00:00")),
        (
            "2026-07-01 20:00",
            "2026-07-01T22:30:00",
            window("2026-07-01 20:00", "2026-07-01 22:30"),
        ),
        (
            "2026-07-01T18:00:00Z",
            "2026-07-01T20:30:00+00:00",
            window("2026-07-01 20:00", "2026-07-01 22:30"),
        ),
        ("2026-07-01", None, window("2026-07-01 00:00", "2026-07-15 14:30")),
        (None, "2026-07-01", Window(0, at("2026-07-02 00:00"))),
    ],
)
def test_a_window_by_its_ends(
    start: str | None, end: str | None, expected: Window
) -> None:
    """Ends are local unless they say otherwise; a last day is included; either may be left open."""
    resolved = resolve_span(start, end, NOW)
    assert (resolved.window, resolved.term) == (expected, Term.SPAN)


@pytest.mark.parametrize(
    "name",
    ["8:60-9:00", "20:00-25:00", "last_week_20:00-22:00", "today_morning_20:00-21:00"],
)
def test_hours_that_no_day_has_are_no_window(name: str) -> None:
    """Nor are hours of a window in which their day could be any, or in which they are not."""
    with pytest.raises(UnknownWindow):
        resolve_window(name, NOW)


@pytest.mark.parametrize(
    ("start", "end"),
    [("2026-07-02", "2026-06-01"), ("2026-07-01 20:00", "2026-07-01 20:00")],
)
def test_an_inverted_or_empty_window_is_refused(start: str, end: str) -> None:
    """A window must end after it begins."""
    with pytest.raises(InvertedWindow) as refused:
        resolve_span(start, end, NOW)
    assert (refused.value.start, refused.value.end) == (start, end)


def test_a_span_must_have_begun_and_exist() -> None:
    """A span that begins in the future, or with no date at all, is refused."""
    with pytest.raises(FutureWindow):
        resolve_span("2026-07-16", "2026-07-17", NOW)
    for start in ("31 June", "2026-06-31", "soon", "99999-01-01", "0001-01-01"):
        with pytest.raises(UnknownWindow):
            resolve_span(start, None, NOW)


DAYS = [
    "today",
    "yesterday",
    "day_before_yesterday",
    *WEEKDAYS,
    *(f"last_{d}" for d in WEEKDAYS),
]


@given(clocks, st.sampled_from([*WINDOW_NAMES, *DAYS, *MONTHS, "last_90_days"]))
def test_a_window_begins_before_it_ends_and_has_begun(clock: Clock, name: str) -> None:
    """Whatever the hour and the zone, a window runs forwards and does not lie in the future."""
    try:
        resolved = resolve_window(name, clock).window
    except FutureWindow:
        return
    assert resolved.start <= clock.now
    # Samoa left out a whole day: it is the only window without a moment in it.
    assert resolved.start < resolved.end or clock.zone == ZoneInfo("Pacific/Apia")


@given(clocks, st.sampled_from(DAYS))
def test_a_day_holds_the_moments_of_its_date(clock: Clock, name: str) -> None:
    """The first and the last moment of a day are of one local date, the ones around are not."""
    day = resolve_window(name, clock).window
    if day.start == day.end:
        return
    first, last = clock.local(day.start), clock.local(day.end - 1)
    assert first.date() == last.date()
    assert clock.local(day.start - 1).date() < first.date()
    assert clock.local(day.end).date() > last.date()


@given(clocks)
def test_days_follow_each_other_without_a_gap(clock: Clock) -> None:
    """The day before yesterday, yesterday and today share their edges."""
    before, yesterday, today = (
        resolve_window(name, clock).window
        for name in ("day_before_yesterday", "yesterday", "today")
    )
    assert before.end == yesterday.start
    assert yesterday.end == today.start
    assert clock.now in today


@given(clocks)
def test_now_lies_in_what_is_called_this(clock: Clock) -> None:
    """The week, month and year called this hold the moment of asking, and the last ones end where they begin."""
    for unit in ("week", "month", "year"):
        this = resolve_window(f"this_{unit}", clock).window
        assert clock.now in this
        assert resolve_window(f"last_{unit}", clock).window.end == this.start


@given(clocks)
def test_a_week_is_seven_dates_from_the_first_weekday(clock: Clock) -> None:
    """Whenever weeks begin, and however long their days are."""
    first = clock.week(clock.today)
    assert first.weekday() == clock.first_weekday
    assert 0 <= (clock.today - first).days < 7
    week = resolve_window("this_week", clock).window
    assert week == clock.span(first, first + timedelta(weeks=1))
    assert resolve_window("last_week", clock).window.end == week.start


@pytest.mark.parametrize(
    ("weekday", "start"),
    [(0, "2026-07-13"), (6, "2026-07-12"), (5, "2026-07-11"), (2, "2026-07-15")],
)
def test_this_week_begins_on_the_first_weekday(weekday: int, start: str) -> None:
    """On a Wednesday: two days ago, three, four, or today; weekends stay what they are."""
    clock = Clock(NOW.now, BERLIN, weekday)
    assert resolve_window("this_week", clock).window.start == at(start)
    for name in ("weekend", "last_weekend"):
        assert resolve_window(name, clock) == resolve_window(name, NOW)


@given(
    st.dates(min_value=date(2008, 1, 1), max_value=date(2036, 12, 31)),
    st.sampled_from(ZONES),
)
def test_parts_of_a_day_lie_in_it(day: date, zone: ZoneInfo) -> None:
    """Morning, afternoon and evening follow each other within the day, and the night begins with the evening."""
    clock = Clock(at("2037-06-01 12:00", zone), zone)
    whole = resolve_window(f"{day}", clock).window
    morning, afternoon, evening, night = (
        resolve_window(f"{day}_{part}", clock).window
        for part in ("morning", "afternoon", "evening", "night")
    )
    assert whole.start <= morning.start <= morning.end == afternoon.start
    assert afternoon.end == evening.start == night.start
    assert evening.end == whole.end <= night.end


@given(st.text(max_size=30), clocks)
def test_any_text_is_a_window_or_a_named_error(text: str, clock: Clock) -> None:
    """Nothing that is typed leads to any other error."""
    with suppress(InvalidWindow):
        resolve_window(text, clock)


@given(st.integers(1, 400), st.sampled_from(["day", "week", "month"]), clocks)
def test_a_rolling_window_ends_now_at_the_hour_it_began(
    count: int, unit: str, clock: Clock
) -> None:
    """So many days ago is the same time of day, unless the clocks skip or repeat it."""
    rolling = resolve_window(f"last_{count}_{unit}s", clock).window
    assert rolling.end == clock.now
    began = clock.local(rolling.start)
    apart = abs(
        timedelta(hours=began.hour, minutes=began.minute)
        - timedelta(hours=clock.wall.hour, minutes=clock.wall.minute)
    )
    # Lord Howe, Samoa and the others shift by an hour at the most.
    assert min(apart, timedelta(days=1) - apart) <= timedelta(hours=1)
