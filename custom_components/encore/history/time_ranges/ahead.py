"""Moments that lie ahead: when something ends that lasts until Monday, for two hours, or this evening."""

from datetime import timedelta
import re
from typing import Final

from ..errors import UnknownWindow
from .birthdays import canonical
from .local_clock import DAY, Clock, parse_moment
from .moments import hours_meant
from .named_ranges import PARTS, part_of_day
from .ranges import WEEKDAYS, resolve_any_window

LONGEST_MS: Final = 366 * 86_400_000
"""What is to end later is a mistake."""

_DURATION: Final = re.compile(r"(?P<count>\d{1,5})_(?P<unit>minute|hour|day|week)s?")
_UNIT_MS: Final = {"minute": 60_000, "hour": 3_600_000, "day": 86_400_000, "week": 604_800_000}  # fmt: skip
_WEEKDAY: Final = re.compile(
    rf"(?:next_)?(?P<day>{'|'.join(WEEKDAYS)})(?:_(?P<part>{'|'.join(PARTS)}))?"
)
_HOUR: Final = re.compile(
    r"(?:(?P<window>.+?)_)?(?P<hour>\d{1,2})(?::(?P<minute>\d\d))?_?(?P<half>am|pm|night|\?)?"
)


def moment_ahead(text: str, clock: Clock) -> int:
    """Return the next moment (UTC ms) that a text names: an hour, a date and time, or when a time range begins.

    Raises UnknownWindow where it names none that lies ahead within a year.
    """
    name = canonical(text)
    if matched := _WEEKDAY.fullmatch(name):
        return _weekday(matched, clock)[0]
    if hour := _HOUR.fullmatch(name):
        return _ahead(text, _hour_ahead(text, hour, clock), clock)
    try:
        return _ahead(text, parse_moment(text.strip(), clock), clock)
    except UnknownWindow:
        window = resolve_any_window(name, clock).window
    # "Until this evening" in the evening is until it is over.
    return _ahead(text, window.start if window.start > clock.now else window.end, clock)


def end_ahead(text: str, clock: Clock) -> int:
    """Return the moment (UTC ms) at which a time range that is under way or ahead is over.

    Raises UnknownWindow where it is over, or names none.
    """
    name = canonical(text)
    if matched := _WEEKDAY.fullmatch(name):
        return _weekday(matched, clock)[1]
    return _ahead(text, resolve_any_window(name, clock).window.end, clock)


def moment_after(duration: str, clock: Clock) -> int:
    """Return the moment (UTC ms) after so much time: "2_hours". Raises UnknownWindow for what is none."""
    matched = _DURATION.fullmatch(canonical(duration))
    if matched is None:
        raise UnknownWindow(duration)
    length = int(matched["count"]) * _UNIT_MS[matched["unit"]]
    return _ahead(duration, clock.now + length, clock)


def _ahead(text: str, moment: int, clock: Clock) -> int:
    if not clock.now < moment <= clock.now + LONGEST_MS:
        raise UnknownWindow(text)
    return moment


def _weekday(matched: re.Match[str], clock: Clock) -> tuple[int, int]:
    """Return when the next such weekday begins and ends; today is none."""
    days = (WEEKDAYS.index(matched["day"]) - clock.today.weekday()) % 7 or 7
    day = clock.today + days * DAY
    part = matched["part"]
    window = part_of_day(clock, day, part) if part else clock.span(day, day + DAY)
    return window.start, window.end


def _hour_ahead(text: str, matched: re.Match[str], clock: Clock) -> int:
    """Return the next of the hours that may be meant, on a day that was said, today or tomorrow."""
    hours = hours_meant(text, matched)
    if matched["window"]:
        within = resolve_any_window(matched["window"], clock).window
        days = [clock.local(within.start).date()]
    else:
        days = [clock.today, clock.today + timedelta(days=1)]
    moments = (clock.instant(day, *hour) for day in days for hour in hours)
    return min((each for each in moments if each > clock.now), default=0)
