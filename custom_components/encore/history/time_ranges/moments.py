"""Moments by name: from "20:00" or "last_night 10?" to UTC milliseconds.

now, 10_minutes_ago, 2_hours_ago, 3_days_ago
2026-07-14 20:00                  ISO 8601, local unless it says otherwise
20:00, 8 pm, 8:30 am              the latest that is past
8?, 8:30?                         of either half of the day, the latest that is past
11 night, 2 night                 before six it is the early morning
yesterday 20:00, last_night 2?    that hour within a window of a day or a night
saturday 20:00                    the latest that is past, today's or last Saturday's
"""

from datetime import timedelta
import re
from typing import Final

from ..errors import FutureWindow, UnknownWindow
from .local_clock import Clock, back, parse_moment
from .named_ranges import NIGHT_ENDS
from .ranges import LONGEST_NIGHT_MS, WEEKDAYS, resolve_window

_AGO: Final = re.compile(r"(?P<count>\d{1,6})_(?P<unit>minute|hour|day)s?_ago")
_HOUR: Final = re.compile(
    r"(?:(?P<window>.+?) )?(?P<hour>\d{1,2})(?::(?P<minute>\d\d))?(?::00)?"
    r" ?(?P<half>am|pm|night|\?)?"
)


def resolve_moment(text: str, clock: Clock) -> int:
    """Return the moment that a text names, in UTC milliseconds.

    Raises UnknownWindow for a text or hour that names none, FutureWindow for one yet to come.
    """
    name = re.sub(r"\s+", " ", text.strip().casefold())
    if name == "now":
        return clock.now
    try:
        if ago := _AGO.fullmatch(name.replace(" ", "_")):
            return back(clock, int(ago["count"]), ago["unit"])
        if hour := _HOUR.fullmatch(name):
            return _latest(text, hours_meant(text, hour), hour["window"], clock)
    except (ValueError, OverflowError) as err:
        raise UnknownWindow(text) from err
    if (moment := parse_moment(text, clock)) > clock.now:
        raise FutureWindow(text)
    return moment


def hours_meant(text: str, matched: re.Match[str]) -> list[tuple[int, int]]:
    """Return the hours and minutes of the day that may be meant."""
    hour, minute = int(matched["hour"]), int(matched["minute"] or 0)
    half = matched["half"]
    if hour > 24 or minute > 59 or (half in {"am", "pm"} and not 1 <= hour <= 12):
        raise UnknownWindow(text)
    if hour > 12 or half is None:
        return [(hour % 24, minute)]
    early, late = hour % 12, hour % 12 + 12
    if half == "night":
        half = "am" if early < NIGHT_ENDS else "pm"
    return {"am": [(early, minute)], "pm": [(late, minute)]}.get(
        half, [(early, minute), (late, minute)]
    )


def _latest(
    text: str, hours: list[tuple[int, int]], window: str | None, clock: Clock
) -> int:
    """Return the latest of these hours that is past, in the window or else of the last two days."""
    if window is None:
        days = [clock.today - timedelta(days=1), clock.today]
        candidates = [clock.instant(day, *hour) for day in days for hour in hours]
    else:
        within = resolve_window(window, clock).window
        if within.end - within.start > LONGEST_NIGHT_MS:
            raise UnknownWindow(text)
        first = clock.local(within.start).date()
        days = [first, first + timedelta(days=1)]
        candidates = [
            instant
            for day in days
            for hour in hours
            if (instant := clock.instant(day, *hour)) in within
        ]
        if not candidates:
            raise UnknownWindow(text)
    if past := [moment for moment in candidates if moment <= clock.now]:
        return max(past)
    if window and window.startswith(WEEKDAYS):
        return _latest(text, hours, f"last_{window}", clock)
    raise FutureWindow(text)
