"""Weighs what a sentence may mean: which meanings are ours, which is the likeliest, and what speaks for it and against it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
import math
from typing import Any, Final

from ..understood import Understood
from .details import learned_of, limit_said, needs_a_name, takes_a_moment
from .dialogue import AGAIN
from .features import Features
from .model import SaidTogether
from .said import Said
from .slot_finder import Kind
from .sureness import LEAST_MARGIN, NONE, USUAL, Fit, Margins, Signs, evidence
from .times import OF_TIME, several_times

_NAMELESS: Final = 0.1
"""How much less likely a question is that needs a name, where there is none."""
_TIMELESS: Final = 0.15
"""How much less likely one is that has no use for a moment, where one is said."""
_MARGIN: Final = 2.0
"""How much the scores of the second model count (log odds)."""
_NO_NAME: Final = -3.0
"""How well a word fits into a name where there is none."""
_TIME_VALUES: Final = frozenset(
    {"window", "moment", "year", "date", "until", "duration"}
)
_PLACE_VALUES: Final = frozenset({"room", "device", "heard_in"})
_LISTENER_VALUES: Final = frozenset({"listener", "heard_by"})
FOLLOWS: Final = frozenset({AGAIN, "play_it", "make_playlist/it"})
"""What only follows something."""

_SEVERAL: Final = 2
_LONG: Final = frozenset({"top", "forgotten_favourites", "repeat_rate"})
"""What is asked with a number that needs no noun."""
_OF_TIMES: Final = frozenset(
    {
        AGAIN,
        "heatmap",
        "on_this_day",
        "pause",
        "sessions",
        "streaks",
        "timeline",
        "weekdays",
        "year",
    }
)
"""What is asked in words of times."""
_COMMAND_KEYS: Final = frozenset(
    {
        "play_again",
        "play_it",
        "play_forgotten",
        "play_for_now",
        "make_playlist",
        "pause",
        "resume",
        "leave_out",
    }
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a sentence may mean, before it is decided on."""

    chances: Mapping[str, float]
    """How likely each question or command is, and that it is none."""
    said: Said
    signs: Signs
    left_over: int
    """How many numbers and words of times are in no slot."""
    margins: Mapping[str, float]
    """Scores of the second model by question or command, and of none; empty after something that was asked."""
    features: Features
    said_alone: Mapping[str, str]
    """By detail, what words say by themselves."""
    meaning: str
    """Which meaning its details were learned to be said of."""
    doubts: Mapping[str, float]
    """How unlikely (natural log, above 0) the value is that was learned to be said of a detail."""
    stranger: bool
    """Whether somebody may be named who is not known."""
    name_scores: Sequence[float]
    """How well (log odds) each word fits into a name."""
    instead: tuple[int, int] | None
    """Which words are a name where one is needed and none was found: a known one that looks like none, or strange words."""
    said_together: SaidTogether


def without_following(chances: Mapping[str, float]) -> dict[str, float]:
    """Return the chances where nothing was asked before: what only follows something is none of ours."""
    alone = {each: chance for each, chance in chances.items() if each not in FOLLOWS}
    alone[NONE] = 1 - sum(chance for each, chance in alone.items() if each != NONE)
    return alone


def changes(meaning: str) -> bool:
    """Whether something is commanded, and not asked."""
    return _key_of(meaning) in _COMMAND_KEYS


def _left_over(meaning: str, reading: Reading) -> int:
    """Return how many numbers and words of times have no place in what is asked."""
    question = meaning.rpartition("/")[2]
    if question in _OF_TIMES:
        return 0
    limited = limit_said(reading.said) is not None and (
        question in _LONG or reading.said.number == _SEVERAL
    )
    return max(reading.left_over - limited, 0)


def ranked_meanings(reading: Reading) -> list[tuple[str, float]]:
    """Return the meanings that are ours, the likeliest first, with their chances among them; a question about a name needs one."""
    said = reading.said
    moment = said.this_time or len(said.masked.of(Kind.AT, Kind.AGO)) == 1
    chances = {
        meaning: chance
        * (_NAMELESS if not said.name and needs_a_name(_key_of(meaning)) else 1)
        * (_TIMELESS if moment and not takes_a_moment(_key_of(meaning)) else 1)
        * math.exp(_MARGIN * _margin_of(reading.margins, meaning))
        for meaning, chance in reading.chances.items()
        if meaning != NONE
    }
    total = sum(chances.values()) or 1.0
    ranked = sorted(chances.items(), key=lambda each: -each[1])
    return [(meaning, chance / total) for meaning, chance in ranked]


def _margin_of(margins: Mapping[str, float], meaning: str) -> float:
    """Return the second model's score of a meaning."""
    return margins.get(_key_of(meaning), LEAST_MARGIN) if margins else 0.0


def _key_of(meaning: str) -> str:
    return meaning.partition("/")[0]


def evidence_of(
    reading: Reading, ranked: Sequence[tuple[str, float]], meant: Understood
) -> list[float]:
    """Return what speaks for the first of some meanings with its values, and against it."""
    meaning = ranked[0][0]
    return evidence(
        reading.chances,
        [chance for _, chance in ranked],
        _margins(reading.margins, meaning),
        reading.signs,
        _fit(meaning, reading, meant.values),
        changes=changes(meaning),
    )


def _margins(margins: Mapping[str, float], meaning: str) -> Margins:
    if not margins:
        return USUAL
    others = (
        margin for key, margin in margins.items() if key not in (NONE, _key_of(meaning))
    )
    return Margins(
        none=margins[NONE],
        meaning=_margin_of(margins, meaning),
        others=max(others, default=LEAST_MARGIN),
    )


def _fit(meaning: str, reading: Reading, values: Mapping[str, Any]) -> Fit:
    masked = reading.said.masked
    doubts = [
        doubt
        for name, doubt in reading.doubts.items()
        if name in learned_of(meaning, masked)
    ]
    first, after = reading.said.place
    others = [
        score
        for number, score in enumerate(reading.name_scores)
        if not first <= number < after and not masked.tokens[number].is_slot
    ]
    said = {*values, *values.get("asked", ())}
    together = reading.said_together.get(meaning, {})
    often = sum(together.values())
    parameters = said - {"asked", "question"}
    times = len(masked.of(*OF_TIME))
    return Fit(
        doubt=sum(doubts),
        worst=max(doubts, default=0.0),
        weakest_name=min(reading.name_scores[first:after], default=0.0),
        strongest_other=max(others, default=_NO_NAME),
        left_over=_left_over(meaning, reading),
        unused_times=times > 0 and said.isdisjoint(_TIME_VALUES),
        several_times=several_times(masked) and "compared_with" not in said,
        unused_place=bool(masked.of(Kind.ROOM, Kind.DEVICE))
        and said.isdisjoint(_PLACE_VALUES),
        unused_listener=bool(masked.of(Kind.WHO)) and said.isdisjoint(_LISTENER_VALUES),
        stranger=reading.stranger,
        unusual=math.log((often + 5) / (together.get(frozenset(parameters), 0) + 0.5)),
        often=math.log(often + 1),
        values=len(parameters),
    )
