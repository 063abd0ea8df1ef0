"""The fault campaign counts what is lost, doubled or leaked, and fails for it."""

from collections import Counter
from collections.abc import Sequence
from contextlib import closing
import logging
from pathlib import Path
import sqlite3
import sys

import pytest

from benchmarks import faults
from benchmarks._faults_kills import LISTENER, observation, play_of
from benchmarks._faults_trials import OURS, Plays, Row, Trial, listening, plays_in
from custom_components.encore.history.history import History


def recorded(store: Path) -> Plays:
    """Record three plays in a store; return those that must be in it."""
    history = History(f"sqlite:///{store}")
    history.open()
    observations = [observation(number) for number in range(3)]
    history.append(observations).result()
    history.close()
    return Counter(play_of(one) for one in observations)


def test_a_play_that_is_gone_is_lost_and_one_too_many_is_doubled(
    tmp_path: Path,
) -> None:
    """By the rows of the store, which are what a play says."""
    expected = recorded(store := tmp_path / "encore.db")
    trial = Trial()
    trial.compare(plays_in(store), expected)
    assert (trial.lost, trial.doubled) == (0, 0)
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute("DELETE FROM play WHERE id = 1")
        connection.execute("UPDATE play SET ms_played = ms_played + 1 WHERE id = 2")
    trial.compare(plays_in(store), expected)
    assert (trial.lost, trial.doubled) == (2, 1)


def test_a_name_in_a_log_is_leaked() -> None:
    """Also where it stands in a traceback."""
    with listening() as said:
        error = ValueError(LISTENER.name)
        logging.getLogger(f"{OURS}.history").error("It failed", exc_info=error)
        logging.getLogger(f"{OURS}.history").debug("It works")
    assert said.leaked() == 1


@pytest.mark.parametrize(
    "trial",
    [
        Trial(lost=1),
        Trial(doubled=1),
        Trial(leaked=1),
        Trial(failure="it hung"),
    ],
)
def test_a_campaign_with_one_bad_trial_fails(
    trial: Trial, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever is wrong with it; one without succeeds."""
    row = Row("a fault")
    row.count(Trial())
    assert ended(monkeypatch, [row]) == 0
    row.count(trial)
    assert ended(monkeypatch, [row]) == 1
    assert "it hung" in capsys.readouterr().err or trial.failure is None


def ended(monkeypatch: pytest.MonkeyPatch, rows: Sequence[Row]) -> object:
    """Return the exit code of a campaign of one part that comes to some rows."""
    monkeypatch.setattr(faults, "PARTS", {"part": lambda _folder, _part: rows})
    monkeypatch.setattr(sys, "argv", ["faults"])
    with pytest.raises(SystemExit) as caught:
        faults.main()
    return caught.value.code
