"""How complete the history is, as answers tell it: in data, in words, and to the question about it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from custom_components.encore.history.history import History
from custom_components.encore.history.model import Source
from custom_components.encore.history.records.recording_coverage import (
    GapReason,
    Recorded,
    Unrecorded,
)
from tests.unit.history.memory import HOUR, MINUTE, note_recorded

from .house import (
    ALVA,
    BEN,
    CLEO,
    EMBER,
    NOW,
    ask,
    at,
    heard,
    history_of,
    query_context,
)

type Values = dict[str, Any]


def recorded(*spans: tuple[str, str], source: Source = Source.LIVE) -> list[Recorded]:
    """Return stretches of Alva's between local times."""
    return [Recorded(ALVA, source, at(start), at(end)) for start, end in spans]


@pytest.fixture
def lossy(tmp_path: Path) -> Any:
    """Give a home in which Alva's record has gaps since Thursday before last, and Ben's none since Monday."""
    with history_of(tmp_path, []) as history:
        history.append(
            [
                heard(ALVA, EMBER, "2026-07-02 12:00"),
                heard(ALVA, EMBER, "2026-07-14 12:00"),
            ]
        ).result()
        note_recorded(
            history,
            [
                *recorded(("2026-07-02 10:00", "2026-07-07 00:00")),
                *recorded(("2026-07-10 00:00", "2026-07-15 10:00")),
                *recorded(
                    ("2026-07-12 00:00", "2026-07-15 14:30"), source=Source.POLLED
                ),
                Recorded(BEN, Source.LIVE, at("2026-07-13 00:00"), NOW.now),
            ],
            [
                Unrecorded(
                    ALVA, GapReason.OUT_OF_REACH, at("2026-07-07"), at("2026-07-09")
                ),
                Unrecorded(
                    ALVA,
                    GapReason.PAUSED,
                    at("2026-07-14 16:00"),
                    at("2026-07-14 17:00"),
                ),
            ],
        )
        yield history


@pytest.mark.parametrize(
    ("question", "values", "speech"),
    [
        (
            "coverage",
            {"window": "this_month", "listener": "me"},
            "Your history so far this month is 69 percent complete, with three gaps; the latest was between 4 pm and 5 pm yesterday, while recording was turned off. Your history begins on July 2.",
        ),
        (
            "coverage",
            {"window": "today", "listener": "me"},
            "Your history so far today is complete.",
        ),
        (
            "coverage",
            {"window": "2026-07-08", "listener": "Alva"},
            "Nothing was recorded for you on July 8.",
        ),
        (
            "coverage",
            {"listener": "Ben"},
            "Ben’s history since Monday is complete.",
        ),
        (
            "coverage",
            {"window": "2026-07-06", "listener": "Ben"},
            "Ben’s history begins on Monday, so there is nothing on July 6.",
        ),
        (
            "coverage",
            {"listener": "Cleo"},
            "I don’t know of anything that Cleo played yet.",
        ),
        (
            "coverage",
            {"window": "last_10_days"},
            "The history in the last ten days is 70 percent complete, with two gaps; the latest was on Thursday, while nothing was recording.",
        ),
        (
            "plays",
            {"window": "last_week", "listener": "me"},
            "As far as I know, you didn’t play anything last week. Nothing was recorded for you on three of these seven days.",
        ),
        (
            "plays",
            {"window": "this_week", "listener": "me"},
            "You played one track so far this week: “Ember” by Kite Season, at noon yesterday.",
        ),
        (
            "plays",
            {"window": "2026-07-08", "listener": "me"},
            "Nothing was recorded for you on July 8, so I can’t tell what you played.",
        ),
        (
            "plays",
            {
                "listener": "me",
                "start_time": "2026-07-14 12:00",
                "end_time": "2026-07-14 18:00",
            },
            "You played at least one track between noon and 6 pm yesterday: “Ember” by Kite Season, at noon yesterday. Nothing was recorded for you during one hour of that time.",
        ),
        (
            "playing_at",
            {"moment": "2026-07-08 20:00", "listener": "me"},
            "Nothing was recorded for you at 8 pm on July 8, so I can’t tell what was playing.",
        ),
    ],
)
def test_gaps_are_said_where_they_matter(
    lossy: History, question: str, values: Values, speech: str
) -> None:
    """Days where days are missing, hours in a short window, and not a word of an hour in a week."""
    assert ask(lossy, question, **values).speech == speech


def test_an_answer_about_a_window_carries_its_longest_gaps(lossy: History) -> None:
    """And how many there are, and which share of its past is covered."""
    window = ask(lossy, "top", window="this_month", listener="me").data["time_range"]
    assert window["complete"] is False
    past = NOW.now - at("2026-07-01")
    lost = (34 + 72 + 1) * HOUR
    assert window["coverage"] == round(1 - lost / past, 4)
    assert window["gap_count"] == 4
    assert [(gap["start"][:10], gap["reason"]) for gap in window["gaps"]] == [
        ("2026-07-01", "not_recording"),
        ("2026-07-07", "out_of_reach"),
        ("2026-07-09", "not_recording"),
    ]


def test_each_window_of_a_comparison_has_a_coverage_of_its_own(lossy: History) -> None:
    """They may differ as much as what was played."""
    data = ask(lossy, "comparison", compared_with="last_month", listener="me").data
    assert 0 < data["time_range"]["coverage"] < 1
    assert data["compared_with"]["coverage"] == 0


def test_a_source_is_covered_by_itself_alone(lossy: History) -> None:
    """What recently played covers says nothing of who watched."""
    polled = ask(lossy, "plays", window="this_month", listener="me", source="polled")
    live = ask(lossy, "plays", window="this_month", listener="me", source="live")
    assert (
        0 < polled.data["time_range"]["coverage"] < live.data["time_range"]["coverage"]
    )


def test_what_is_known_since_the_last_note_counts(lossy: History) -> None:
    """The accounts tell it with the question."""
    later = replace(NOW, now=NOW.now + 20 * MINUTE)
    circumstances = query_context(clock=later)
    assert not ask(lossy, "plays", circumstances, window="today", listener="me").data[
        "time_range"
    ]["complete"]
    told = replace(
        circumstances, recorded=(Recorded(ALVA, Source.LIVE, NOW.now, later.now),)
    )
    data = ask(lossy, "plays", told, window="today", listener="me").data
    assert data["time_range"]["complete"]
    assert data["time_range"]["coverage"] == 1.0


def test_where_nobody_noted_anything_nothing_is_said(tmp_path: Path) -> None:
    """A record without a word about itself is not called lossy."""
    with history_of(tmp_path, []) as history:
        history.append([heard(ALVA, EMBER, "2026-07-14 12:00")]).result()
        answered = ask(history, "plays", window="yesterday_afternoon", listener="me")
        assert "not recording" not in answered.speech
        moment = ask(history, "playing_at", moment="yesterday 13:00").data
    assert moment["recorded"] is None


def test_coverage_as_data_names_whose_and_by_which_source(lossy: History) -> None:
    """For everybody, each for themselves; the newest first, as many as were asked for."""
    data = ask(lossy, "coverage", window="this_month", limit=2).data
    by_listener = {each["listener"]: each for each in data["by_listener"]}
    assert by_listener.keys() == {ALVA.name, BEN.name, CLEO.name}
    assert by_listener[CLEO.name]["coverage"] == 0
    assert by_listener[BEN.name]["gap_count"] == 1
    assert data["gap_count"] == 4 + 1 + 1
    assert [gap["listener"] for gap in data["gaps"]] == [CLEO.name, ALVA.name]
    assert data["gaps"][1]["reason"] == "paused"
    assert data["gaps"][1]["hours"] == 1.0
    live, polled = data["sources"]
    assert (live["source"], polled["source"]) == ("live", "polled")
    assert len(live["time_ranges"]) == 2
    assert live["time_ranges"][0]["start"] == "2026-07-10T00:00:00+02:00"
    assert data["hours"]["total"] == 350.5
