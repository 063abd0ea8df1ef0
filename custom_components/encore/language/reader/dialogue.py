"""What follows something that was understood: the same again, with what is said now in its place."""

from collections.abc import Mapping
import re
from typing import Any, Final

from ..follow_up import Asked
from ..slots import window_before, window_of
from ..understood import Understood
from .details import parameters_of, values_said
from .said import Said
from .slot_finder import Kind

AGAIN: Final = "again"
_MOMENT: Final = re.compile(r"(?:(?P<within>.+) )?(?P<clock>\d{1,2}:\d\d(?: \S+)?)")


def about_of(previous: Understood) -> Asked | None:
    """Return what follows is about: what was understood, or the question whose answer a command was about."""
    key, values = previous.question, previous.values
    if "question" in values:
        asked = values.get("asked", {})
        return str(values["question"]), asked if isinstance(asked, Mapping) else {}
    return (key, values) if parameters_of(key) else None


def followed_by(
    meaning: str, said: Said, about: Asked
) -> tuple[str, dict[str, object]] | None:
    """Return what a sentence asks or commands after a question or command; None where it has nothing to do with it."""
    key, asked = about
    if meaning != AGAIN:
        command = meaning.partition("/")[0]
        values = values_said(command, said)
        return command, {**values, "question": key, "asked": dict(asked)}
    new = _new_values(key, said, asked)
    if not new or not new.keys() <= parameters_of(key):
        return None
    kept = dict(asked)
    if "thing" in new and "type" not in new:
        kept.pop("type", None)
    return key, {**kept, **new}


def _new_values(key: str, said: Said, asked: Mapping[str, object]) -> dict[str, Any]:
    values = values_said(key, said)
    masked = said.masked
    timed = masked.of(Kind.AT, Kind.AGO, Kind.WHEN, Kind.DAY)
    if "moment" in values and not timed:
        del values["moment"]
    if key in {"pause", "leave_out"} and "until" in asked and "window" in values:
        values["until"] = values.pop("window")
    if said.kind and "kind" in parameters_of(key):
        values["kind"] = said.kind
    if said.type and asked.get("thing") and "thing" not in values:
        values["type"] = said.type
    window = str(asked.get("window", ""))
    if masked.of(Kind.EARLIER) and (earlier := window_before(window)):
        values["window"] = earlier
    parts = masked.of(Kind.PART)
    if parts and not masked.of(Kind.WHEN, Kind.AT) and window:
        values["window"] = f"{window}_{parts[0].slots['part']}"
    if "moment" in values and not masked.of(Kind.AGO):
        before = str(asked.get("moment", ""))
        whens = masked.of(Kind.WHEN)
        if whens and not masked.of(Kind.AT) and (then := _MOMENT.fullmatch(before)):
            # Another day, at the hour that was spoken of before.
            values["moment"] = f"{window_of(whens[0].slots)} {then['clock']}"
        else:
            values["moment"] = _within(str(values["moment"]), before)
    return values


def _within(moment: str, before: str) -> str:
    """Return an hour within the day or night that was spoken of before, where it names none."""
    now, then = _MOMENT.fullmatch(moment), _MOMENT.fullmatch(before)
    if now and then and then["within"] and not now["within"]:
        return f"{then['within']} {moment}"
    return moment
