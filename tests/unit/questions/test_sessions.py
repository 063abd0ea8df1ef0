"""Sessions: where one ends, and whose it is."""

from pathlib import Path
from typing import Any

import pytest

from .house import ALVA, BEN, EMBER, GLASS, KITCHEN, NEWS, RIVER, ask, heard, history_of

type Values = dict[str, Any]

DAY: Values = {"window": "2026-07-01"}


def test_a_silence_longer_than_the_gap_ends_a_session(tmp_path: Path) -> None:
    """Thirty minutes to the second do not, nor does a longer silence if that is asked for."""
    past = [
        heard(ALVA, EMBER, "2026-07-01 10:00", seconds=120),
        heard(ALVA, GLASS, "2026-07-01 10:32", seconds=120),
        heard(ALVA, RIVER, "2026-07-01 11:04:01", seconds=120),
    ]
    with history_of(tmp_path, past) as history:
        data = ask(history, "sessions", **DAY).data
        assert [session["play_count"] for session in data["latest"]] == [1, 2]
        assert data["longest"]["start"] == "2026-07-01T10:00:00+02:00"
        assert data["longest"]["end"] == "2026-07-01T10:34:00+02:00"
        assert data["average"] == {"play_count": 2, "minutes": 3}
        assert ask(history, "sessions", gap=31, **DAY).data["sessions"] == 1
        assert ask(history, "sessions", gap=29, **DAY).data["sessions"] == 3


def test_a_long_play_holds_a_session_together(tmp_path: Path) -> None:
    """What sounds on under shorter plays is no silence."""
    past = [
        heard(ALVA, NEWS, "2026-07-01 10:00", seconds=3_600),
        heard(ALVA, EMBER, "2026-07-01 10:05"),
        heard(ALVA, GLASS, "2026-07-01 11:20"),
    ]
    with history_of(tmp_path, past) as history:
        data = ask(history, "sessions", **DAY).data
    assert data["sessions"] == 1
    assert data["longest"]["play_count"] == 3


def test_listeners_have_sessions_of_their_own(tmp_path: Path) -> None:
    """Also where they listen at the same time; in a room they share one."""
    past = [
        heard(ALVA, EMBER, "2026-07-01 10:00", room=KITCHEN),
        heard(BEN, GLASS, "2026-07-01 10:01", room=KITCHEN),
        heard(BEN, RIVER, "2026-07-01 12:00"),
    ]
    with history_of(tmp_path, past) as history:
        data = ask(history, "sessions", **DAY).data
        assert [session["listener"] for session in data["latest"]] == [
            "Ben",
            "Ben",
            "Alva Lind",
        ]
        data = ask(history, "sessions", per="room", **DAY).data
        assert data["latest"] == [
            {
                "room": "Kitchen",
                "start": "2026-07-01T10:00:00+02:00",
                "end": "2026-07-01T10:04:20+02:00",
                "play_count": 2,
                "minutes": 7,
                "rooms": ["Kitchen"],
            }
        ]
        assert ask(history, "sessions", limit=1, **DAY).data["sessions"] == 3


@pytest.mark.parametrize("per", ["listener", "room"])
def test_nobody_listened(tmp_path: Path, per: str) -> None:
    """A window without a play has no session, and neither a longest nor a mean one."""
    with history_of(tmp_path, [heard(ALVA, EMBER, "2026-06-01 10:00")]) as history:
        data = ask(history, "sessions", per=per, **DAY).data
    assert (data["sessions"], data["latest"]) == (0, [])
    assert (data["longest"], data["average"]) == (None, None)
