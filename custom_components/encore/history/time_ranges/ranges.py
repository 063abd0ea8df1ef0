"""Time ranges by name: from "last_night" or "2026-07" to a half-open interval in the home's time zone.

A name is canonical and language-free; each language's grammar maps its words to these names, and its templates
map them back. Local hours follow the wall clock, so a night in which the clocks change is an hour shorter or longer.

    today, yesterday, day_before_yesterday, tomorrow    a day, from midnight to midnight
    monday … sunday                                     the latest such day that has begun, today included
    last_monday … last_sunday                           the latest such day before today
    2026-07-14, july_14                                 that day, the latest such day
    3_days_ago, 2_weeks_ago                             that day
    <any of these>_morning / afternoon / evening / night
    this_morning, this_afternoon, this_evening          the same of today; before six, the evening just over
    last_night, tonight                                 18:00 to 6:00
    this_week, last_week, next_week                     from the clock's first weekday on
    weekend, this_weekend, last_weekend                 the latest begun, the one until the next Sunday, the latest over
    this_month, last_month, next_month, this_year, last_year, next_year
    january … december, last_january …                  the latest begun, the latest before this month
    2026-07, 2019                                       that month, that year
    summer, this_summer, last_summer, summer_2025 …     the latest begun; the one under way or else this year's; the
                                                        latest over; the one that began in that year
    last_hour, last_90_days, last_2_weeks …             back from now
    week_before_last, month_before_last                 the one before last_week, before last_month
    christmas, easter, last_easter, christmas_2024      24 to 26 December, Easter Sunday and Monday: the latest begun, the
                                                        latest before this year's, the one of that year
    july_of_last_year, july_14_of_last_year, summer_of_last_year, christmas_of_last_year, birthday_of_last_year
    tuesday_of_last_week, tuesday_of_this_week, tuesday_of_week_before_last, tuesday_morning_of_last_week
    birthday, birthday_2024             the latest begun of the listener who is asked about, the one of that year
    my_birthday, birthday_of_ben        the same of the asker, and of a listener by name
    20:00-22:00, 8:00-10:00 ?                           between two hours, of either half of the day: the latest over
    yesterday_20:00-22:00, last_night_8:00-10:00 ?      between two hours within any of these of a day or a night
    all_time                                            everything
    since_<any of these>                                from its start until now
"""

import calendar
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
import re
from typing import Final

from ..errors import FutureWindow, InvertedWindow, UnknownBirthday, UnknownWindow
from ..model import Window
from .birthdays import canonical
from .local_clock import DAY, Clock, back, parse_moment
from .named_ranges import (
    FIXED,
    HOLIDAYS,
    PARTS,
    holiday,
    months_ahead,
    part_of_day,
    week_ahead,
    whole_year,
)

HOURS: Final = r"(?P<from>\d{1,2}:\d\d)-(?P<to>\d{1,2}:\d\d)(?P<either>_?\?)?"
"""Two hours, in a name whose spaces are underscores."""
_TWELVE_HOURS: Final = 12


def between_hours(
    matched: re.Match[str], within: Window | None, clock: Clock
) -> Window | None:
    """Return the latest time between two hours that is over, or else under way, of the last two days or within a window.

    Where the second hour is not after the first, it is of the next day, or with either half the next half. None where
    there is no such hour, or none within the window; ValueError for an hour that no day has.
    """
    first = clock.local(within.start).date() if within else clock.today - DAY
    windows = [
        window
        for day in (first, first + DAY)
        for window in _of_day(day, matched, clock)
        if within is None or window.start in within
    ]
    windows.sort(key=lambda window: window.start)
    over = [window for window in windows if window.end <= clock.now]
    begun = [window for window in windows if window.start <= clock.now]
    return next((each[-1] for each in (over, begun, windows) if each), None)


def _of_day(day: date, matched: re.Match[str], clock: Clock) -> Iterator[Window]:
    start, end = _minutes(matched["from"]), _minutes(matched["to"])
    half = _TWELVE_HOURS * 60
    if not matched["either"]:
        yield _window(day, start, end if end > start else end + 2 * half, clock)
        return
    length = (end - start) % half or half
    for begins in (start % half, start % half + half):
        yield _window(day, begins, begins + length, clock)


def _window(day: date, start: int, end: int, clock: Clock) -> Window:
    return Window(
        clock.instant(day, *divmod(start, 60)), clock.instant(day, *divmod(end, 60))
    )


def _minutes(hour: str) -> int:
    """Return the minute of the day. Raises ValueError."""
    hours, minutes = map(int, hour.split(":"))
    length = timedelta(hours=hours, minutes=minutes)
    if minutes > 59 or length > DAY:
        raise ValueError(hour)
    return length // timedelta(minutes=1)


WEEKDAYS: Final = tuple(day.name.lower() for day in calendar.Day)
MONTHS: Final = tuple(month.name.lower() for month in calendar.Month)
SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
"""In which month each begins in the north, as meteorologists have it; each lasts three months."""

LONGEST_NIGHT_MS: Final = 36 * 3_600_000
"""The longest window in which an hour can be meant without its day."""


class Term(StrEnum):
    """The kinds of window that are put into words differently."""

    NAMED = "named"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    SEASON = "season"
    ROLLING = "rolling"
    SPAN = "span"


@dataclass(frozen=True, slots=True)
class NamedWindow:
    """A window with what is needed to say it: its name, and the parts of a name that has parts."""

    name: str
    window: Window
    term: Term
    part: str | None = None
    """Part of the day, for a day; of the year, for a season."""
    count: int = 0
    unit: str = ""
    """`count` of these, singular, for a rolling window."""


def resolve_window(name: str, clock: Clock) -> NamedWindow:
    """Return the window of a canonical name; case, spaces and underscores are forgiven.

    Raises UnknownWindow for a name or date that does not exist, UnknownBirthday for one that was not
    entered, and FutureWindow for a window that has not begun.
    """
    named = resolve_any_window(name, clock)
    if named.window.start > clock.now:
        raise FutureWindow(name)
    return named


def resolve_any_window(name: str, clock: Clock) -> NamedWindow:
    """Return the window of a canonical name, also of one that lies ahead. Raises UnknownWindow and UnknownBirthday."""
    try:
        named = _resolve(canonical(name), clock)
    except ValueError, OverflowError:  # 31 June, the year 0, a million years back
        named = None
    if named is None:
        raise UnknownWindow(name)
    return named


def resolve_span(start: str | None, end: str | None, clock: Clock) -> NamedWindow:
    """Return the window between two dates or times in ISO 8601, local unless they say otherwise.

    Without a start it reaches back to the beginning, without an end to now. A date as the
    end includes that day. Raises UnknownWindow, FutureWindow and InvertedWindow.
    """
    first = 0 if start is None else parse_moment(start, clock)
    after = clock.now if end is None else parse_moment(end, clock, whole_day=True)
    if first > clock.now:
        raise FutureWindow(start or "")
    if first >= after:
        raise InvertedWindow(start or "", end or "")
    return NamedWindow("", Window(first, after), Term.SPAN)


def _resolve(name: str, clock: Clock) -> NamedWindow | None:
    if (fixed := FIXED.get(name)) is not None:
        return NamedWindow(name, fixed(clock), Term.NAMED)
    for pattern, resolve in _PATTERNS:
        if matched := pattern.fullmatch(name):
            return resolve(matched, clock)
    return None


def _day(day: date, part: str | None, name: str, clock: Clock) -> NamedWindow:
    window = part_of_day(clock, day, part) if part else clock.span(day, day + DAY)
    return NamedWindow(name, window, Term.DAY, part=part)


def _weekday(matched: re.Match[str], clock: Clock) -> NamedWindow:
    ago = (clock.today.weekday() - WEEKDAYS.index(matched["day"])) % 7
    begins, _ = PARTS.get(matched["part"], (0, 0))
    if ago == 0 and (matched["last"] or clock.instant(clock.today, begins) > clock.now):
        ago = 7
    return _day(clock.today - ago * DAY, matched["part"], matched[0], clock)


def _near_day(matched: re.Match[str], clock: Clock) -> NamedWindow:
    ahead = {"today": 0, "yesterday": -1, "day_before_yesterday": -2, "tomorrow": 1}
    day = clock.today + ahead[matched["day"]] * DAY
    return _day(day, matched["part"], matched[0], clock)


def _days_ago(matched: re.Match[str], clock: Clock) -> NamedWindow:
    day = clock.local(back(clock, int(matched["count"]), matched["unit"])).date()
    return _day(day, matched["part"], matched[0], clock)


def _date(matched: re.Match[str], clock: Clock) -> NamedWindow:
    day = date.fromisoformat(matched["day"])
    return _day(day, matched["part"], matched[0], clock)


def _anniversary(matched: re.Match[str], clock: Clock) -> NamedWindow | None:
    month, of_month = MONTHS.index(matched["month"]) + 1, int(matched["of_month"])
    for year in range(clock.today.year, clock.today.year - 9, -1):
        if (month, of_month) == (2, 29) and not calendar.isleap(year):
            continue
        if (day := date(year, month, of_month)) <= clock.today:
            return _day(day, matched["part"], matched[0], clock)
    return None


def _month(matched: re.Match[str], clock: Clock) -> NamedWindow:
    today = clock.today
    month = MONTHS.index(matched["month"]) + 1
    ahead = month >= today.month if matched["last"] else month > today.month
    window = clock.months(date(today.year - ahead, month, 1))
    return NamedWindow(matched[0], window, Term.MONTH)


def _dated_month(matched: re.Match[str], clock: Clock) -> NamedWindow:
    window = clock.months(date(int(matched["year"]), int(matched["month"]), 1))
    return NamedWindow(matched[0], window, Term.MONTH)


def _dated_year(matched: re.Match[str], clock: Clock) -> NamedWindow:
    return NamedWindow(matched[0], whole_year(clock, int(matched["year"])), Term.YEAR)


def _season(matched: re.Match[str], clock: Clock) -> NamedWindow:
    season = matched["season"].replace("fall", "autumn")
    month = SEASONS[season]
    if clock.southern:
        month = (month + 5) % 12 + 1
    this_year = clock.today.year
    # The one that began in the year before last is the latest over while last year's is not.
    by_year = {
        year: clock.months(date(year, month, 1), 3)
        for year in range(this_year - 2, this_year + 1)
    }
    begun = [window for window in by_year.values() if window.start <= clock.now]
    if matched["year"]:
        window = clock.months(date(int(matched["year"]), month, 1), 3)
    elif matched["which"] == "last_":
        window = [each for each in begun if each.end <= clock.now][-1]
    elif matched["which"] == "this_" and begun[-1].end <= clock.now:
        window = by_year[this_year]
    else:
        window = begun[-1]
    return NamedWindow(matched[0], window, Term.SEASON, part=season)


def _rolling(matched: re.Match[str], clock: Clock) -> NamedWindow | None:
    if not (count := int(matched["count"] or 1)):
        return None
    unit = matched["unit"]
    window = Window(back(clock, count, unit), clock.now)
    return NamedWindow(matched[0], window, Term.ROLLING, count=count, unit=unit)


def _before_last(matched: re.Match[str], clock: Clock) -> NamedWindow:
    if matched["unit"] == "week":
        return NamedWindow(matched[0], week_ahead(-2, clock), Term.SPAN)
    return NamedWindow(matched[0], months_ahead(-2, clock), Term.MONTH)


def _holiday(matched: re.Match[str], clock: Clock) -> NamedWindow:
    name, year = matched["holiday"], clock.today.year
    if matched["year"]:
        year = int(matched["year"])
    elif matched["last"] or holiday(name, year)[0] > clock.today:
        year -= 1
    return NamedWindow(matched[0], clock.span(*holiday(name, year)), Term.SPAN)


def _birthday(matched: re.Match[str], clock: Clock) -> NamedWindow:
    birthdays = clock.birthdays
    birthday = birthdays.mine if matched["mine"] else birthdays.theirs
    if birthday is None:
        raise UnknownBirthday(matched[0])
    if matched["year"]:
        day = birthday.in_year(int(matched["year"]))
    else:
        day = birthday.latest(clock.today)
    return _day(day, matched["part"], matched[0], clock)


def _birthday_of(matched: re.Match[str], clock: Clock) -> NamedWindow:
    if (birthday := clock.birthdays.of(matched["whose"])) is None:
        raise UnknownBirthday(matched[0])
    return _day(birthday.latest(clock.today), None, matched[0], clock)


def _of_last_year(matched: re.Match[str], clock: Clock) -> NamedWindow | None:
    year, named = clock.today.year - 1, matched["named"]
    if dated := _IN_YEAR.fullmatch(named):
        month = MONTHS.index(dated["month"]) + 1
        day = f"-{int(dated['of_month']):02}" if dated["of_month"] else ""
        part = f"_{dated['part']}" if dated["part"] else ""
        return _resolve(f"{year}-{month:02}{day}{part}", clock)
    return _resolve(f"{named}_{year}", clock)


def _of_week(matched: re.Match[str], clock: Clock) -> NamedWindow:
    ahead = {"this_week": 0, "last_week": -1, "week_before_last": -2}[matched["week"]]
    first = clock.local(week_ahead(ahead, clock).start).date()
    days = (WEEKDAYS.index(matched["day"]) - first.weekday()) % 7
    return _day(first + days * DAY, matched["part"], matched[0], clock)


def _hours(matched: re.Match[str], clock: Clock) -> NamedWindow | None:
    within = None
    if matched["within"]:
        if (named := _resolve(matched["within"], clock)) is None:
            return None
        within = named.window
        if within.end - within.start > LONGEST_NIGHT_MS:
            return None
    window = between_hours(matched, within, clock)
    return None if window is None else NamedWindow(matched[0], window, Term.SPAN)


def _since(matched: re.Match[str], clock: Clock) -> NamedWindow | None:
    if (named := _resolve(matched["named"], clock)) is None:
        return None
    return NamedWindow(matched[0], Window(named.window.start, clock.now), Term.SPAN)


_PART: Final = rf"(?:_(?P<part>{'|'.join(PARTS)}))?"
_LAST: Final = r"(?P<last>last_)?"
_IN_YEAR: Final = re.compile(
    rf"(?P<month>{'|'.join(MONTHS)})(?:_(?P<of_month>\d{{1,2}}){_PART})?"
)
_PATTERNS: Final[
    tuple[
        tuple[re.Pattern[str], Callable[[re.Match[str], Clock], NamedWindow | None]],
        ...,
    ]
] = (
    (re.compile(rf"{_LAST}(?P<day>{'|'.join(WEEKDAYS)}){_PART}"), _weekday),
    (
        re.compile(
            rf"(?P<day>{'|'.join(WEEKDAYS)}){_PART}_of_(?P<week>this_week|last_week|week_before_last)"
        ),
        _of_week,
    ),
    (
        re.compile(r"(?P<named>(?!since)[a-z]+(?:_[a-z0-9]+)*)_of_last_year"),
        _of_last_year,
    ),
    (
        re.compile(rf"(?P<day>today|yesterday|day_before_yesterday|tomorrow){_PART}"),
        _near_day,
    ),
    (
        re.compile(rf"(?P<count>\d{{1,6}})_(?P<unit>day|week)s?_ago{_PART}"),
        _days_ago,
    ),
    (re.compile(rf"(?P<day>\d{{4}}-\d\d-\d\d){_PART}"), _date),
    (
        re.compile(rf"(?P<month>{'|'.join(MONTHS)})_(?P<of_month>\d{{1,2}}){_PART}"),
        _anniversary,
    ),
    (re.compile(rf"{_LAST}(?P<month>{'|'.join(MONTHS)})"), _month),
    (re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)"), _dated_month),
    (
        re.compile(
            rf"(?P<which>this_|last_)?(?P<season>{'|'.join(SEASONS)}|fall)(?(which)|(?:_(?P<year>\d{{4}}))?)"
        ),
        _season,
    ),
    (re.compile(r"(?P<year>\d{4})"), _dated_year),
    (
        re.compile(
            r"last_(?:(?P<count>\d{1,6})_)?(?P<unit>minute|hour|day|week|month|year)s?"
        ),
        _rolling,
    ),
    (re.compile(r"(?P<unit>week|month)_before_last"), _before_last),
    (
        re.compile(
            rf"{_LAST}(?P<holiday>{'|'.join(HOLIDAYS)})(?(last)|(?:_(?P<year>\d{{4}}))?)"
        ),
        _holiday,
    ),
    (
        re.compile(rf"(?P<mine>my_)?birthday(?:_(?P<year>\d{{4}}))?{_PART}"),
        _birthday,
    ),
    (re.compile(rf"(?:(?P<within>(?!since).+)_)?{HOURS}"), _hours),
    (re.compile(r"since_(?P<named>(?!since|all_time).+)"), _since),
    (re.compile(r"birthday_of_(?P<whose>.+)"), _birthday_of),
)
