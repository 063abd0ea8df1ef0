"""The values of parameters that are times, from the slots of a sentence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, permutations, zip_longest
import re
from typing import Any, Final

from ..slots import moment_of, values_of, window_before, window_of
from .masked import Masked
from .said import NOTHING, Said
from .slot_finder import Found, Kind

_LASTING: Final = re.compile(r"last_(\d+_[a-z]+)")
"""Of what lies ahead, how long it lasts."""
_AGO: Final = re.compile(r"(\d+_minutes)_ago")
JUST_NOW: Final = "1_minutes_ago"
_DAYS_AGO: Final = {
    "yesterday": 1,
    "day_before_yesterday": 2,
    "last_week": 7,
    "last_year": 365,
}
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
_OF_PARTS: Final = frozenset({"plays", "listening_time", "top", "count", "leave_out"})
"""What a part of a day without a day is a time range of."""
_OF_WEEKDAYS: Final = frozenset({"weekdays", "heatmap"})
_WEEKENDS: Final = frozenset({"weekend", "this_weekend"})
_AHEAD: Final = {
    "last_night": "tonight",
    "this_night": "tonight",
    "weekend": "this_weekend",
}
"""What a time range is that lies ahead."""
_VAGUE: Final = frozenset({"all_time", "last_7_days"})
_NOW: Final = {
    "yesterday": "today",
    "last_week": "this_week",
    "last_weekend": "this_weekend",
    "last_month": "this_month",
    "last_year": "this_year",
}
"""The time range that is under way, by the one before it."""
_WEEKS: Final = frozenset({"this_week", "last_week", "week_before_last"})
_YEARS: Final = frozenset({"this_year", "last_year"})
_IN_YEARS: Final = frozenset({"month", "season", "birthday_of"})
"""Slots of what there is in each year."""
_FEAST: Final = re.compile(
    r"christmas|easter|(?:my_)?birthday|[a-z]+_\d{1,2}|spring|summer|autumn|winter"
)


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
    if key == "on_this_day":
        # It is asked about today anyway.
        whens = [each for each in whens if each.slots.get("window") != "today"]
    elif key == "when_heard" and said.details.get("which", NOTHING) != NOTHING:
        whens = [each for each in whens if each.slots.get("window") not in _VAGUE]
    rest = masked.of(Kind.AT, Kind.AGO, Kind.HOURS, Kind.PART)
    if key == "comparison":
        return _compared(said, whens)
    if key in {"playing_at", "play_again"} or (
        key == "leave_out" and masked.of(Kind.AT, Kind.AGO)
    ):
        return _moment_values(key, said, [*rest, *whens])
    slots = _merged([*whens, *rest]) | _between(said)
    if set(slots) == {"part"} and key in _OF_PARTS:
        slots = {"window": _THIS[slots["part"]]}
    if (
        key == "leave_out"
        and not slots
        and not said.name
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
    if masked.of(Kind.EARLIER) and (before := window_before(str(values.get("window")))):
        values["window"] = before
    if "window" not in values and "year" not in values and not masked.of(*OF_TIME):
        if (window := said.details.get("window", NOTHING)) != NOTHING:
            values["window"] = window
    return {
        name: value
        for name, value in values.items()
        if name in {"window", "year", "date", "compared_with"}
    }


def _whens(key: str, whens: list[Found]) -> list[Found]:
    """Return the time ranges that are meant: a vague one beside another is none, and days of the week are what is asked about."""
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
    shorter = [each for each in whens if each.slots.get("window") not in _VAGUE]
    return _joined(shorter if key == "forgotten_favourites" else shorter or whens)


def _joined(whens: list[Found]) -> list[Found]:
    """Return time ranges with what is of another beside it as one: "Tuesday" of "last week", "June" of "last year"."""
    for named, of in permutations(whens, 2):
        window = of.slots.get("window")
        beside = named.after == of.first or of.after == named.first
        alone = named.slots.keys().isdisjoint({"year", "of_window"})
        if (beside and alone) and (
            (window in _WEEKS and "weekday" in named.slots)
            or (window in _YEARS and _is_of_years(named.slots))
        ):
            slots = {**named.slots, "of_window": window}
            slots.pop("last", None)
            if window == "this_year":
                # Without a year it is the latest.
                del slots["of_window"]
            return _joined(
                [
                    replace(each, slots=slots) if each is named else each
                    for each in whens
                    if each is not of
                ]
            )
    return whens


def _is_of_years(slots: Mapping[str, Any]) -> bool:
    """Whether there is such a time in each year."""
    return (
        not _IN_YEARS.isdisjoint(slots)
        or _FEAST.fullmatch(str(slots.get("window"))) is not None
    )


def several_times(masked: Masked) -> bool:
    """Whether more times are said than together are one, such as a day and an hour of it."""
    ranges, clocks = masked.of(*TIMES), masked.of(Kind.AT, Kind.AGO, Kind.HOURS)
    return max(len(_joined(ranges)), len(clocks)) > 1


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
        merged = dict(min(agos, key=_vagueness).slots)
    if merged.get("half") == "am" and merged.get("window") == "today":
        clock = _clock_slots("", {**merged, "hour": int(merged["hour"]) % 12})
        time = f"{clock['_hour'] % 12}:{clock['_minute']:02}"
        merged = {"window": "this_morning", "time": time}
    moment = moment_of(merged) if merged else None
    if moment is None and not merged and said.masked.of(Kind.EARLIER):
        moment = JUST_NOW
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


def _compared(said: Said, whens: Sequence[Found]) -> dict[str, Any]:
    if not whens:
        return {}
    window = window_of(whens[0].slots)
    values = {"window": window}
    if len(whens) > 1:
        values["compared_with"] = window_of(whens[1].slots)
    elif (said.same_before or said.masked.of(Kind.EARLIER)) and window:
        values["compared_with"] = window_before(window)
    elif (now := _NOW.get(str(window))) and not _several_compared(said):
        # "Less than last year" is said of this year.
        values = {"window": now, "compared_with": window}
    return {name: value for name, value in values.items() if value is not None}


def _several_compared(said: Said) -> bool:
    """Whether persons, places or things are compared, and no time ranges."""
    people = [slot.slots["listener"] for slot in said.masked.of(Kind.WHO)]
    places = said.masked.of(Kind.ROOM, Kind.DEVICE)
    return (
        said.me_too
        or len(people) > 1
        or any(isinstance(each, tuple) for each in people)
        or (bool(people) and said.me)
        or len(places) > 1
        or len(said.names) > 1
    )


def ahead_said(said: Said) -> dict[str, Any]:
    """Return a time that lies ahead: when a pause ends, or how long it lasts."""
    values: dict[str, Any] = {"duration": said.lasting} if said.lasting else {}
    for slot in said.masked.of(Kind.AGO):
        if lasting := _AGO.fullmatch(str(slot.slots.get("ago"))):
            values.setdefault("duration", lasting[1])
    hours = said.masked.of(Kind.HOURS)
    whens = said.masked.of(Kind.WHEN)
    if hours and whens and not values:
        window = window_of({**whens[0].slots, **hours[0].slots})
        return {} if window is None else {"window": window}
    for group in _side_by_side(
        said.masked.of(Kind.WHEN, Kind.AT, Kind.PART, Kind.HOURS)
    ):
        slots, kinds = _merged(group), {each.kind for each in group}
        front = group[0].first
        before = said.masked.tokens[front - 1].text if front else ""
        ends = before in said.until or group[0].text.split()[0] in said.until
        if Kind.AT in kinds:
            window = str(slots.get("window"))
            moment = moment_of(
                slots | {"window": _AHEAD[window]} if window in _AHEAD else slots
            )
            if moment and "duration" not in values:
                values["until"] = moment
        elif kinds == {Kind.PART}:
            if not whens:
                part = f"this_{slots['part']}"
                values["until" if ends else "window"] = _AHEAD.get(part, part)
        elif "count" in slots and "unit" in slots and "back" not in slots:
            values["duration"] = f"{slots['count']}_{slots['unit']}s"
        elif (window := window_of(slots)) is not None:
            ahead = _AHEAD.get(window, window)
            if lasting := _LASTING.fullmatch(window):
                values["duration"] = lasting[1]
            else:
                values["until" if ends else "window"] = ahead
    return values


def _side_by_side(slots: Sequence[Found]) -> list[list[Found]]:
    """Return slots in groups of those that stand beside each other."""
    groups: list[list[Found]] = []
    for slot in slots:
        if groups and groups[-1][-1].after == slot.first:
            groups[-1].append(slot)
        else:
            groups.append([slot])
    return groups
