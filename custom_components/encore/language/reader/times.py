"""The values of parameters that are times, from the slots of a sentence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest
import re
from typing import Any, Final

from ..slots import moment_of, values_of, window_before, window_of
from .said import NOTHING, Said
from .slot_finder import Found, Kind

_LASTING: Final = re.compile(r"last_(\d+_[a-z]+)")
"""Of what lies ahead, how long it lasts."""
JUST_NOW: Final = "1_minutes_ago"
_DAYS_AGO: Final = {"yesterday": 1, "day_before_yesterday": 2, "last_week": 7}
_DAYS: Final = {"day": 1, "week": 7}
_THIS: Final = {
    "morning": "this_morning",
    "afternoon": "this_afternoon",
    "evening": "this_evening",
    "night": "last_night",
}
"""What a part of a day is without a day."""
TIMES: Final = (Kind.WHEN, Kind.DAY)
"""Slots of time ranges."""
OF_TIME: Final = (*TIMES, Kind.AT, Kind.AGO, Kind.HOURS)
"""Slots that say a time by themselves."""
_OF_WEEKDAYS: Final = frozenset({"weekdays", "heatmap"})
_WEEKENDS: Final = frozenset({"weekend", "this_weekend"})
_AHEAD: Final = {"last_night": "tonight", "weekend": "this_weekend"}
"""What a time range is that lies ahead."""
_EVES: Final = frozenset({"december_24", "december_31", "october_31"})
"""Days whose evening is meant."""


def _merged(slots: Iterable[Found]) -> dict[str, Any]:
    """Return time slots that stand apart as one; what was said first counts."""
    merged: dict[str, Any] = {}
    for slot in slots:
        merged = {**slot.slots, **merged}
    return merged


def times_said(key: str, said: Said) -> dict[str, Any]:
    """Return the time range, the moment, the year or the date that is said of a question or command."""
    masked = said.masked
    whens = _whens(key, masked.of(*TIMES))
    rest = masked.of(Kind.AT, Kind.AGO, Kind.HOURS, Kind.PART)
    if key == "comparison":
        return _compared(said, whens)
    if key in {"playing_at", "play_again"} or (
        key == "leave_out" and masked.of(Kind.AT, Kind.AGO)
    ):
        return _moment_values(key, said, [*rest, *whens])
    slots = _merged([*whens, *rest]) | _between(said)
    if set(slots) == {"part"} and key in {"plays", "listening_time", "top", "count"}:
        slots = {"window": _THIS[slots["part"]]}
    if (
        key == "leave_out"
        and not slots
        and said.details.get("moment", NOTHING) != NOTHING
    ):
        return {"moment": said.details["moment"]}
    if "hour" in slots or "time" in slots:
        slots = {
            name: value
            for name, value in slots.items()
            if name not in {"hour", "time", "minute", "offset", "half"}
        }
    values = values_of(
        "" if key == "on_this_day" and not masked.of(Kind.DAY) else key, slots
    )
    if "window" not in values and "year" not in values and not slots:
        if (window := said.details.get("window", NOTHING)) != NOTHING:
            values["window"] = window
    return {
        name: value
        for name, value in values.items()
        if name in {"window", "year", "date", "compared_with"}
    }


def _whens(key: str, whens: list[Found]) -> list[Found]:
    """Return the time ranges that are meant: all of time beside another is none, and days of the week are what is asked about."""
    if key in _OF_WEEKDAYS:
        whens = [
            each
            for each in whens
            if "weekday" not in each.slots and each.slots.get("window") not in _WEEKENDS
        ]
    whens = [
        replace(each, slots={"part": "night"}) if _is_night_of(each, other) else each
        for each, other in zip_longest(whens, whens[1:])
    ]
    shorter = [each for each in whens if each.slots.get("window") != "all_time"]
    return shorter or whens


def _is_night_of(night: Found, day: Found | None) -> bool:
    """Whether the night of a date is meant, and not the next: "the night of the third of March"."""
    return (
        day is not None
        and night.slots.get("window") == "tonight"
        and night.after == day.first
        and "day" in day.slots
    )


def _between(said: Said) -> dict[str, Any]:
    """Return the hours between two clock times, with one word between them: "half past six and half past eight"."""
    clocks = said.masked.of(Kind.AT)
    for one, other in pairwise(clocks):
        if (
            other.first == one.after + 1
            and "hour" in one.slots
            and "hour" in other.slots
            and said.masked.tokens[one.after].text in said.between
        ):
            return _clock_slots("from", one.slots) | _clock_slots("to", other.slots)
    return {}


def _clock_slots(side: str, slots: Mapping[str, Any]) -> dict[str, Any]:
    minutes = (
        int(slots["hour"]) * 60
        + int(slots.get("minute", 0))
        + int(slots.get("offset", 0))
    )
    hour, minute = divmod(minutes % (24 * 60), 60)
    found = {f"{side}_hour": hour or 12, f"{side}_minute": minute}
    return found | ({f"{side}_half": slots["half"]} if "half" in slots else {})


def _moment_values(key: str, said: Said, slots: Sequence[Found]) -> dict[str, Any]:
    merged = _merged(slots)
    if said.this_time and (ago := _days_ago(said.masked.of(Kind.WHEN))):
        return {"moment": ago}
    if agos := said.masked.of(Kind.AGO):
        merged = _merged(sorted(agos, key=_vagueness))
    if merged.get("half") == "am" and merged.get("window") == "today":
        clock = f"{int(merged['hour']) % 12}:{int(merged.get('minute', 0)):02}"
        merged = {"window": "this_morning", "time": clock}
    if (merged.get("time") == "0:00") and (part := _evening(merged)):
        merged |= part
    moment = moment_of(merged) if merged else None
    if moment is None:
        if merged.get("window") and key == "leave_out":
            return {"window": window_of(merged)}
        learned = said.details.get("moment", NOTHING)
        if learned != NOTHING:
            moment = learned
        elif key == "playing_at":
            moment = "now"
    return {} if moment is None else {"moment": moment}


def _vagueness(ago: Found) -> int:
    """Return how little a moment says: a while ago less than a quarter of an hour ago, and a number of minutes most."""
    return 0 if "count" in ago.slots else 1 + (ago.slots.get("ago") == JUST_NOW)


def _days_ago(whens: Sequence[Found]) -> str | None:
    """Return this time of a day that is named."""
    for when in whens:
        days = _DAYS_AGO.get(str(when.slots.get("window")))
        if "back" in when.slots and when.slots.get("unit") in _DAYS:
            days = int(when.slots["count"]) * _DAYS[when.slots["unit"]]
        if days:
            return f"{days}_days_ago"
    return None


def _evening(slots: Mapping[str, Any]) -> dict[str, Any]:
    """Return the night in place of an evening: midnight is its end, or nothing where no evening is meant."""
    if slots.get("part") == "evening":
        return {"part": "night"}
    night = {"yesterday_evening": "last_night", "this_evening": "tonight"}
    window = str(slots.get("window"))
    if window in _EVES:
        return {"part": "night"}
    return {"window": night[window]} if window in night else {}


def _compared(said: Said, whens: Sequence[Found]) -> dict[str, Any]:
    if not whens:
        return {}
    window = window_of(whens[0].slots)
    values = {"window": window}
    if len(whens) > 1:
        values["compared_with"] = window_of(whens[1].slots)
    elif (said.same_before or said.masked.of(Kind.EARLIER)) and window:
        values["compared_with"] = window_before(window)
    return {name: value for name, value in values.items() if value is not None}


def ahead_said(said: Said) -> dict[str, Any]:
    """Return a time that lies ahead: when a pause ends, or how long it lasts."""
    values: dict[str, Any] = {"duration": said.lasting} if said.lasting else {}
    hours = said.masked.of(Kind.HOURS)
    whens = said.masked.of(Kind.WHEN)
    if hours and whens and not values:
        window = window_of({**whens[0].slots, **hours[0].slots})
        return {} if window is None else {"window": window}
    tokens = said.masked.tokens
    parts = said.masked.of(Kind.PART)
    for slot in said.masked.of(Kind.WHEN, Kind.AT, Kind.PART, Kind.HOURS):
        before = tokens[slot.first - 1].text if slot.first else ""
        words = slot.text.split()
        ends = before in said.until or words[0] in said.until
        if slot.kind is Kind.AT:
            moment = moment_of(slot.slots)
            if moment and "duration" not in values:
                values["until"] = moment
        elif slot.kind is Kind.PART:
            if said.masked.of(Kind.WHEN):
                continue
            values["until" if ends else "window"] = f"this_{slot.slots['part']}"
        elif (
            "count" in slot.slots and "unit" in slot.slots and "back" not in slot.slots
        ):
            values["duration"] = f"{slot.slots['count']}_{slot.slots['unit']}s"
        elif (window := window_of({**slot.slots, **_merged(parts)})) is not None:
            ahead = _AHEAD.get(window, window)
            if lasting := _LASTING.fullmatch(window):
                values["duration"] = lasting[1]
            else:
                values["until" if ends else "window"] = ahead
    return values
