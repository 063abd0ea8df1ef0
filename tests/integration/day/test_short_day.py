"""A short day, lived in seconds: no play is lost and none doubled, calm and with faults, and what cannot be known is said."""

from benchmarks._day_faults import Trouble
from benchmarks._day_habits import Sitting
from benchmarks._day_run import Lived, Plan, live
from benchmarks._day_staleness import staleness_figures
from benchmarks.day import findings
from simulator.spotify import FaultKind

MORNING = (
    Sitting(10, 75),
    Sitting(80, 110, offline=True),
    Sitting(125, 150, episodes=True),
    Sitting(160, 215),
)
TROUBLES = (
    Trouble("disconnect", 20, 22, (FaultKind.DROPPED,), "/*"),
    Trouble("5xx", 30, 42, (FaultKind.SERVER_ERROR,)),
    Trouble("restart", 50, 53),
    Trouble("429", 100, 145, (FaultKind.QUOTA_EXCEEDED,)),
    Trouble("login lost", 170, 184, person="alva"),
)


def test_a_calm_morning_is_remembered_whole(loopback: None) -> None:
    """Every play that Spotify told of, once, and no gap; what is changed on the phone shows within a minute."""
    lived = live(Plan(3, MORNING, hours=4, listeners=("alva",)))
    verdict = lived.verdicts["alva"]
    assert verdict.played > 30
    assert verdict.skipped > 5
    assert verdict.owed > 25
    held(lived)
    assert verdict.gaps == []
    assert lived.calls["alva"].worst_playing <= 90
    shown = staleness_figures(lived.staleness.values())
    assert shown["changes_playing"] >= 14
    assert shown["stale_playing_median_s"] <= 30
    assert shown["stale_playing_p95_s"] <= 60


def test_faults_lose_nothing_and_what_they_hide_is_said(loopback: None) -> None:
    """A disconnect, errors, a restart, a quota that is spent and a login that is lost and renewed, all in four hours."""
    lived = live(Plan(3, MORNING, hours=4, listeners=("alva",), troubles=TROUBLES))
    verdict = lived.verdicts["alva"]
    assert verdict.owed > 20
    held(lived)
    assert verdict.untold == []
    reasons = [gap.reason.name for gap in verdict.gaps]
    assert {"OUT_OF_REACH", "RATE_LIMITED", "REFUSED"} <= {*reasons}


def held(lived: Lived) -> None:
    """Hold the law, and show what broke it."""
    for verdict in lived.verdicts.values():
        assert (verdict.lost, verdict.doubled) == ([], []), [*findings(lived)]
