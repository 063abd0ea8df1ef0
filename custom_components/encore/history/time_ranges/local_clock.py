"""The clock on the wall of a home: from UTC milliseconds to local time and back."""

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta, tzinfo
import re
from typing import Final

from ..errors import UnknownWindow
from ..model import Window
from .birthdays import Birthdays

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Clock:
    """Now, as UTC milliseconds, on the wall of a home."""

    now: int
    zone: tzinfo
    first_weekday: int = 0
    """On which weekday a week begins; Monday is 0."""
    southern: bool = False
    """Whether the home lies south of the equator, where summer begins in December."""
    birthdays: Birthdays = Birthdays()
    """The days that are somebody's own, as far as they were reported."""

    def local(self, moment: int) -> datetime:
        """Return a moment in UTC milliseconds as local time."""
        return (EPOCH + timedelta(milliseconds=moment)).astimezone(self.zone)

    @property
    def wall(self) -> datetime:
        """The local time now."""
        return self.local(self.now)

    @property
    def today(self) -> date:
        """The local date now."""
        return self.wall.date()

    def week(self, day: date) -> date:
        """Return the first day of the week that a day lies in."""
        return day - (day.weekday() - self.first_weekday) % 7 * DAY

    def instant(self, day: date, hour: int = 0, minute: int = 0) -> int:
        """Return when a local hour of a day is, in UTC milliseconds; hours from 24 on lie on the next day.

        An hour that the clocks skip is where they skip it; one that they repeat is its first time.
        Raises OverflowError outside the years 2 to 9998.
        """
        days, hour = divmod(hour, 24)
        return _moment(
            datetime.combine(day + days * DAY, time(hour, minute), self.zone)
        )

    def months(self, first: date, count: int = 1) -> Window:
        """Return the window of a month that begins on a day, and of those that follow it."""
        return self.span(first, month_ahead(first, count))

    def span(self, first: date, after: date) -> Window:
        """Return the window from the start of one day to the start of another."""
        return Window(self.instant(first), self.instant(after))


def parse_moment(text: str, clock: Clock, *, whole_day: bool = False) -> int:
    """Return a date or time in ISO 8601 as UTC milliseconds; a date is its midnight.

    With `whole_day` a date is the midnight after it. Raises UnknownWindow.
    """
    text = text.strip()
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return clock.instant(date.fromisoformat(text), 24 if whole_day else 0)
        local = datetime.fromisoformat(text)
        if local.tzinfo is None:
            local = local.replace(tzinfo=clock.zone)
        return _moment(local)
    except (ValueError, OverflowError) as err:
        raise UnknownWindow(text) from err


def back(clock: Clock, count: int, unit: str) -> int:
    """Return the moment some minutes, hours, days, weeks, months or years ago, in UTC milliseconds.

    Minutes and hours are elapsed time; from days on it is the same wall-clock time, and of a month
    without that day its last one. Raises OverflowError or ValueError before the year 2.
    """
    match unit:
        case "minute":
            return clock.now - count * 60_000
        case "hour":
            return clock.now - count * 3_600_000
        case "day" | "week":
            day = clock.wall - timedelta(days=count * (7 if unit == "week" else 1))
        case _:
            day = _months_back(clock.wall, count * (12 if unit == "year" else 1))
    return _moment(day)


def _moment(local: datetime) -> int:
    """Return a time as UTC milliseconds, such that it can be said in every zone."""
    if not MINYEAR < local.year < MAXYEAR:
        raise OverflowError(local.year)
    return (local - EPOCH) // timedelta(milliseconds=1)


def _months_back(local: datetime, count: int) -> datetime:
    first = month_ahead(local, -count)
    last = month_ahead(first, 1) - DAY
    day = min(local.day, last.day)
    return local.replace(year=first.year, month=first.month, day=day)


def month_ahead(day: date, ahead: int) -> date:
    """Return the first day of the month that is this many months after that of a day. Raises ValueError."""
    months = day.year * 12 + day.month - 1 + ahead
    return date(months // 12, months % 12 + 1, 1)
