"""From one hour to another: "20:00-22:00", or "8:00-10:00 ?" for either half of the day."""

from collections.abc import Iterator
from datetime import date, timedelta
import re
from typing import Final

from ..model import Window
from .local_clock import DAY, Clock

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
