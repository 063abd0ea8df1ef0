"""Follow-up sentences: the last question again, with the new values in place."""

from collections.abc import Mapping
import re
from typing import Any, Final

from ..questions.all_questions import QUESTIONS
from .slots import Slots, values_of, window_before

AGAIN_NAMED: Final = "again_named"
"""What a sentence is in the grammar that asks what was asked before, of a thing that is named."""
_OF_AN_ANSWER: Final = frozenset({"play_it", "make_playlist"})
"""Commands that are given about the answer before."""
_PARAMETERS: Final = {
    question.key: frozenset(each.name for each in question.parameters)
    for question in QUESTIONS
}
_MOMENT: Final = re.compile(r"(?:(?P<within>.+) )?(?P<clock>\d{1,2}:\d\d(?: \S+)?)")

type Asked = tuple[str, Mapping[str, object]]
"""A question, and what it was asked with."""


def followed(key: str, values: Mapping[str, Any]) -> Asked | None:
    """Return the question that what follows is about: the last one, or the one whose answer a command was about."""
    if key in _OF_AN_ANSWER:
        return str(values["question"]), values["asked"]
    return (key, values) if key in _PARAMETERS else None


def following(
    kind: str, slots: Slots, before: Asked
) -> tuple[str, dict[str, object]] | None:
    """Return what a sentence asks or commands after a question; None where it has nothing that this one could be asked with.

    `kind` is that of the sentence in `follow_ups`.
    """
    question, asked = before
    if kind in _OF_AN_ANSWER:
        given = {name: slots[name] for name in ("room", "name") if name in slots}
        return kind, {"question": question, "asked": dict(asked), **given}
    values = values_of(question, slots)
    if "thing" in values and "text" in _PARAMETERS[question]:
        values["text"] = values.pop("thing")
    window = str(asked.get("window", ""))
    if "earlier" in slots and (earlier := window_before(window)):
        values["window"] = earlier
    if "part" in slots and "window" not in values and window:
        values["window"] = f"{window}_{slots['part']}"
    if "moment" in values:
        values["moment"] = _within(str(values["moment"]), str(asked.get("moment", "")))
    if not values or not values.keys() <= _PARAMETERS[question]:
        return None
    kept = dict(asked)
    if "thing" in values:
        kept.pop("type", None)
    return question, {**kept, **values}


def _within(moment: str, before: str) -> str:
    """Return an hour within the day or night that was spoken of before, where it names none."""
    now, then = _MOMENT.fullmatch(moment), _MOMENT.fullmatch(before)
    if now and then and then["within"] and not now["within"]:
        return f"{then['within']} {moment}"
    return moment
