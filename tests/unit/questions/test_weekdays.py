"""Days of the week: what is asked, what is said, and what plain SQL finds."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest

from custom_components.encore.history.history import History
from tests.unit.history.years import LAST

from .house import NOW, ask, query_context

if TYPE_CHECKING:
    from tests.integration.questions.oracle import Case, Oracle

EXAMPLE: Final[dict[str, Any]] = {"window": "this_year", "listener": "Alva"}
"""What every interface asks, and a page in docs/questions shows with its answer."""
SENTENCES: Final[dict[str, dict[str, Any]]] = {
    "Which weekday do I listen most?": {"listener": "me"},
    "On which weekday is the most music played in the kitchen?": {"room": "Kitchen"},
    "Which day of the week do I listen to music most?": {"listener": "me"},
    "What is Alva's busiest listening day this year?": {
        "listener": "Alva",
        "window": "this_year",
    },
    "On what days do we usually play the most music?": {"listener": "everyone"},
    "Which weekday did Ben listen most by plays last month?": {
        "listener": "Ben",
        "by": "plays",
        "window": "last_month",
    },
    "How much do we listen on each weekday?": {"listener": "everyone"},
    "What day do I mostly play music in the kitchen?": {
        "listener": "me",
        "room": "Kitchen",
    },
}
"""How people ask, with the values that they mean."""
CHOICES: Final[dict[str, list[Any]]] = {"by": ["plays", "minutes"]}
"""Values of parameters of its own, from which the oracle draws."""
NAMES: Final = (
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
)


def check(oracle: Oracle, case: Case, data: dict[str, Any]) -> bool:
    """Check an answer against plain SQL; `chosen` has the plays, with their `local` start and their `ms`."""
    found = {
        name: (plays, ms)
        for name, plays, ms in oracle.rows(
            "SELECT lower(dayname(local)), count(*), sum(ms)::BIGINT FROM chosen GROUP BY 1",
            case,
        )
    }
    days = _days(oracle, case, data)
    for name, day in data["weekdays"].items():
        plays, ms = found.get(name, (0, 0))
        assert (day["play_count"], day["minutes"]) == (plays, round(ms / 60_000))
        assert day["days"] == days[name]
        assert day["minutes_per_day"] == (
            round(round(ms / days[name]) / 60_000) if days[name] else 0
        )
    which = 0 if data["by"] == "plays" else 1
    most = max(NAMES, key=lambda name: found.get(name, (0, 0))[which])
    if not found:
        assert data["most"] is None
        return False
    assert data["most"] == {"weekday": most, **data["weekdays"][most]}
    return True


def _days(oracle: Oracle, case: Case, data: dict[str, Any]) -> dict[str, int]:
    """Count each weekday from the later of the window's start and the record's to the earlier of its end and now."""
    none = dict.fromkeys(NAMES, 0)
    if data["recorded_from"] is None:
        return none
    start, end = (
        datetime.fromisoformat(data["time_range"][name]) for name in ("start", "end")
    )
    record = datetime.fromisoformat(data["recorded_from"])
    now = datetime.fromtimestamp((LAST + 1) / 1000, case.zone)
    last = min(end - timedelta(seconds=1), now)
    if max(start, record) > last:
        return none
    rows = oracle.rows(
        f"SELECT lower(dayname(d)), count(*) FROM range(DATE '{max(start, record).astimezone(case.zone).date()}',"  # noqa: S608  our own words
        f" DATE '{last.astimezone(case.zone).date() + timedelta(days=1)}', INTERVAL 1 DAY) AS t(d) GROUP BY 1",
        case,
    )
    return none | dict(rows)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            {"window": "this_week"},
            "Most was played on Tuesdays so far this week: 28 minutes of 42 minutes.",
        ),
        (
            {"listener": "Alva"},
            "You have listened most on Tuesdays since March 9, 2019: less than a minute on average, 25 minutes of 48 minutes in all.",
        ),
        (
            {"window": "this_week", "by": "plays", "listener": "Ben"},
            "Ben listened most on Mondays so far this week: one play of three plays. Ben’s history begins on Monday.",
        ),
        (
            {"window": "this_year", "by": "plays", "room": "kitchen"},
            "Most was played on Tuesdays in the Kitchen so far this year: four plays of four plays in all.",
        ),
    ],
)
def test_what_is_said(history: History, values: dict[str, Any], said: str) -> None:
    """The most, what it is a day where there were several such days, and what it is of."""
    assert ask(history, "weekdays", **values).speech == said


def test_weekdays_begin_as_the_weeks_of_the_home(history: History) -> None:
    """A week that begins on Sunday has it first, with the same sums."""
    sunday = query_context(clock=replace(NOW, first_weekday=6))
    usual = ask(history, "weekdays").data["weekdays"]
    assert [*usual] == [*NAMES]
    days = ask(history, "weekdays", sunday).data["weekdays"]
    assert [*days] == ["sunday", *NAMES[:6]]
    assert days == usual


def test_days_are_counted_while_something_was_recorded(history: History) -> None:
    """Ben's record begins on a Monday evening, and it is Wednesday: three days, each once."""
    data = ask(history, "weekdays", listener="Ben", window="2026").data
    assert {name: day["days"] for name, day in data["weekdays"].items()} == {
        name: int(name in NAMES[:3]) for name in NAMES
    }
    assert date.fromisoformat(data["recorded_from"][:10]).weekday() == 0
