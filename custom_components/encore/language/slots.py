"""From slot values to the values of parameters.

Slots of the parameters mean themselves. The others are put together here, so that no language needs code:

    window                        a canonical name of `history.windows`
    birthday_of                   birthday_of_ben
    since                         since_monday, with any of these
    last, weekday, part           last_monday_evening
    count, unit, back, part       2_days_ago_evening; of the unit `night`, 2_days_ago_night
    day, month, year, part        2026-07-14_evening, july_14, 2026-07, july, 2026
    last, month                   last_july
    season, year                  summer_2025
    count, unit                   last_90_days; in a moment: 10_minutes_ago
    month, of_window              july_of_last_year; the same of a season, a feast, a birthday or a day of a year
    weekday, of_window            tuesday_of_last_week
    from_hour, from_minute, from_offset, from_half, from_time, and the same with `to`
                                  20:00-22:00 or 8:00-10:00 ?, within any of these
    other_window, other_month …   the window that one is compared with; `other_same`: the one before of the same kind
    hour, minute, offset, half    a clock time; `offset` are minutes past or, below zero, to the hour
    time, ago                     a clock time, also with `minute` or `offset`, or a moment, as `history.moments` has it
    ends                          of a pause: that it ends when the time begins that is said beside it
"""

from collections.abc import Mapping
import re
from typing import Any, Final

from ..history.time_ranges.ranges import MONTHS

type Slots = Mapping[str, Any]

SEVERAL: Final = frozenset({"listener"})
"""Slots that may be said more than once in a sentence."""
_PARAMETERS: Final = (
    "text",
    "listener",
    "room",
    "device",
    "kind",
    "thing",
    "type",
    "which",
    "of",
    "by",
    "step",
    "per",
    "date",
    "limit",
    "heard_by",
    "heard_in",
    "enqueue",
    "name",
)
_OTHER: Final = "other_"
_TWELVE: Final = 12
_YEARLY: Final = re.compile(r"christmas|easter|(?:my_)?birthday|birthday_of_\w+")
_OF_WINDOW: Final = "_of_"
_EVES: Final = frozenset({"december_24", "december_31", "october_31"})
"""Days whose evening is meant where midnight is."""
_NIGHT_OF: Final = {"yesterday_evening": "last_night", "this_evening": "tonight"}
_TODAY: Final = {
    "morning": "this_morning",
    "afternoon": "this_afternoon",
    "evening": "this_evening",
    "night": "tonight",
}
_DAY_OF: Final = {"this_morning": "today", "yesterday_morning": "yesterday"}
_MORNING_BEGINS: Final = 5
"""The hour; those before it, of a morning, are of its day."""
_SEASONS: Final = frozenset({"spring", "summer", "autumn", "winter"})
_DAY: Final = re.compile(rf"(?P<month>{'|'.join(MONTHS)})_(?P<day>\d{{1,2}})")
_BEFORE: Final = {
    "today": "yesterday",
    "yesterday": "day_before_yesterday",
    "last_night": "2_days_ago_night",
    "tonight": "last_night",
    "this_morning": "yesterday_morning",
    "this_afternoon": "yesterday_afternoon",
    "this_evening": "yesterday_evening",
    "yesterday_morning": "2_days_ago_morning",
    "yesterday_afternoon": "2_days_ago_afternoon",
    "yesterday_evening": "2_days_ago_evening",
    "this_week": "last_week",
    "last_week": "week_before_last",
    "this_weekend": "last_weekend",
    "this_month": "last_month",
    "last_month": "month_before_last",
    "this_year": "last_year",
}
"""The window before one, where it has a name."""
_OF_DAY: Final = "24"
"""In place of a half of the day, of a time such as noon that is in one alone."""
_MOMENTS: Final = frozenset({"playing_at", "play_again"})


def values_of(question: str, slots: Slots) -> dict[str, object]:
    """Return the values of a question's or command's parameters."""
    values: dict[str, object] = {
        name: slots[name] for name in _PARAMETERS if name in slots
    }
    if "limit" in values:
        values["limit"] = int(slots["limit"])
    if question in _MOMENTS:
        if (moment := moment_of(slots)) is not None:
            values["moment"] = moment
    elif question == "pause":
        values |= _time_ahead(slots)
    elif question == "year":
        values |= {"year": int(slots["year"])} if "year" in slots else {}
    elif question == "on_this_day" and "day" in slots:
        values["date"] = _dated({name: slots[name] for name in ("day", "month")}, "")
        values |= {"window": slots["window"]} if "window" in slots else {}
    elif (window := window_of(slots)) is not None:
        values["window"] = window
        if (other := _other_window(slots, window)) is not None:
            values["compared_with"] = other
    return values


def _time_ahead(slots: Slots) -> dict[str, object]:
    """Return until when something lasts, which time range it lasts for, or how long."""
    if "ends" in slots:
        return {"until": moment_of(slots) or window_of(slots)}
    if "unit" in slots:
        return {"duration": f"{int(slots['count'])}_{slots['unit']}s"}
    return {"window": slots["window"]} if "window" in slots else {}


def window_of(slots: Slots) -> str | None:
    """Return the canonical name of the window that is meant."""
    if "from_hour" in slots and _is_before_morning(slots, "from_"):
        slots = _of_small_hours(slots, "from_")
    window = _named_window(slots)
    if "from_hour" in slots or "from_time" in slots:
        return f"{window}_{_hours(slots)}" if window else _hours(slots)
    return f"since_{window}" if window and "since" in slots else window


def window_before(window: str) -> str | None:
    """Return the window that comes before one, None where it has no name."""
    if window.isdecimal():
        return str(int(window) - 1)
    if window.removeprefix("this_") in _SEASONS and window.startswith("this_"):
        return window.replace("this", "last")
    return _BEFORE.get(window)


def _named_window(slots: Slots) -> str | None:
    if "of_window" in slots and "year" not in slots:
        of = slots["of_window"]
        rest = {name: value for name, value in slots.items() if name != "of_window"}
        return f"{_named_window(rest)}{_OF_WINDOW}{of}"
    last = "last_" if "last" in slots else ""
    part = f"_{slots['part']}" if "part" in slots else ""
    if "window" in slots:
        window = str(slots["window"])
        if window.endswith(part):
            part = ""
        if window == "today" and part:
            return _TODAY[slots["part"]]
        return f"{_of_year(window, slots['year']) if 'year' in slots else window}{part}"
    if "birthday_of" in slots:
        named = f"birthday_of_{slots['birthday_of']}"
        return _of_year(named, slots["year"]) if "year" in slots else named
    if "weekday" in slots:
        return f"{last}{slots['weekday']}{part}"
    if "month" in slots:
        return _dated(slots, last) + (part if "day" in slots else "")
    if "season" in slots:
        season = str(slots["season"])
        return f"{season}_{int(slots['year'])}" if "year" in slots else season
    if "year" in slots:
        return f"{int(slots['year'])}"
    if "back" in slots and slots["unit"] == "night":
        return f"{int(slots['count'])}_days_ago_night"
    if "back" in slots:
        return f"{int(slots['count'])}_{slots['unit']}s_ago{part}"
    if "unit" in slots:
        count = int(slots.get("count", 1))
        return f"last_{count}_{slots['unit']}{'' if count == 1 else 's'}"
    return None


def _of_year(window: str, year: Any) -> str:
    """Return a feast, a birthday or a day of a year; any other window stays."""
    if _YEARLY.fullmatch(window):
        return f"{window}_{int(year)}"
    if day := _DAY.fullmatch(window):
        return f"{int(year)}-{MONTHS.index(day['month']) + 1:02}-{int(day['day']):02}"
    return window


def _other_window(slots: Slots, window: str) -> str | None:
    if "other_same" in slots:
        return window_before(window)
    other = {
        name.removeprefix(_OTHER): value
        for name, value in slots.items()
        if name.startswith(_OTHER)
    }
    return _named_window(other)


def _dated(slots: Slots, last: str) -> str:
    month = slots["month"]
    if "year" not in slots:
        return f"{month}_{int(slots['day'])}" if "day" in slots else f"{last}{month}"
    date = f"{int(slots['year'])}-{MONTHS.index(month) + 1:02}"
    return f"{date}-{int(slots['day']):02}" if "day" in slots else date


def moment_of(slots: Slots) -> str | None:
    """Return the moment that is meant, as `history.moments` reads it."""
    if "ago" in slots:
        return str(slots["ago"])
    if "hour" in slots or "time" in slots:
        if _is_before_morning(slots, ""):
            slots = _of_small_hours(slots, "")
        clock = _clock_time(slots)
        if re.match(r"0:|12:.*\?", clock):
            slots = _of_night(slots)
        within = window_of(slots)
        return f"{within} {clock}" if within else clock
    if "unit" in slots and "count" in slots:
        return f"{int(slots['count'])}_{slots['unit']}s_ago"
    return None


def _is_before_morning(slots: Slots, which: str) -> bool:
    """Whether an hour is said of a morning that is before it: "at three this morning"."""
    window = str(slots.get("window", ""))
    return (
        (window in _DAY_OF or slots.get("part") == "morning")
        and slots.get(f"{which}half") != "pm"
        and 0 < int(slots.get(f"{which}hour", 0)) % _TWELVE < _MORNING_BEGINS
    )


def _of_small_hours(slots: Slots, which: str) -> Slots:
    """Return an hour of the day, and not of its morning."""
    window = str(slots.get("window", ""))
    day = {"window": _DAY_OF.get(window, window)} if window else {}
    kept = {name: value for name, value in slots.items() if name != "part"}
    return {**kept, **day, f"{which}half": "am"}


def _of_night(slots: Slots) -> Slots:
    """Return the night in place of an evening: midnight is its end."""
    window = str(slots.get("window", ""))
    if slots.get("part") == "evening" or window in _EVES:
        return {**slots, "part": "night"}
    return {**slots, "window": _NIGHT_OF[window]} if window in _NIGHT_OF else slots


def _clock_time(slots: Slots) -> str:
    if "time" in slots:
        hour, minute = map(int, str(slots["time"]).split(":"))
        minute += int(slots.get("minute", 0)) + int(slots.get("offset", 0))
        return _clock((hour * 60 + minute) % (24 * 60))
    hour, minute = int(slots["hour"]), int(slots.get("minute", 0))
    minute += int(slots.get("offset", 0))
    if minute < 0:
        hour, minute = (hour - 1) if hour > 1 else 12 if hour == 1 else 23, minute + 60
    half = slots.get("half") or ("?" if 1 <= hour <= _TWELVE else "")
    return f"{hour}:{minute:02} {half}".rstrip()


def _hours(slots: Slots) -> str:
    """Return two hours of a day; what is said of the second alone is meant of both."""
    start, start_half = _hour(slots, "from_")
    end, end_half = _hour(slots, "to_")
    halves = {half for half in (start_half, end_half) if half}
    if not halves and max(start, end) < (_TWELVE + 1) * 60:
        return f"{_clock(start)}-{_clock(end)} ?"
    noon = _TWELVE * 60
    if start_half == _OF_DAY and not end_half:
        end = end % noon if end % noon > start else end % noon + noon
    elif end_half == _OF_DAY and not start_half:
        start = start % noon + (noon if start % noon + noon < (end or 2 * noon) else 0)
    if halves and not start_half:
        start = _in_half(start, end_half)
    if halves and not end_half:
        end = _in_half(end, start_half)
    return f"{_clock(start)}-{_clock(end)}"


def _hour(slots: Slots, which: str) -> tuple[int, str]:
    """Return the minute of the day of a clock time, and which half of the day was said; empty if none."""
    if f"{which}time" in slots:
        hour, minute = map(int, str(slots[f"{which}time"]).split(":"))
        return hour * 60 + minute, _OF_DAY
    said = str(slots.get(f"{which}half", ""))
    minute = int(slots[f"{which}hour"]) * 60 + int(slots.get(f"{which}minute", 0))
    minute += int(slots.get(f"{which}offset", 0))
    if 0 < minute < 60:
        minute += _TWELVE * 60  # "a quarter to one"
    return _in_half(minute, said), said


def _in_half(minute: int, half: str) -> int:
    noon = _TWELVE * 60
    if minute > noon or half not in {"am", "pm", "night"}:
        return minute
    early = minute % noon
    if half == "night":
        return early if early < noon // 2 else early + noon
    return early + noon if half == "pm" else early


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"
