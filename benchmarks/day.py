"""A day of three listeners in virtual time, calm and with faults: what Encore loses, doubles, and costs in calls."""

import argparse
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import product
import json
import logging
from pathlib import Path
from typing import Any, Final

from custom_components.encore.history.model import Play
from custom_components.encore.history.records.recording_coverage import Unrecorded
from custom_components.encore.settings.responsiveness import LIMITS, Responsiveness
from simulator.spotify.ledger import Played

from ._day_faults import BAD_DAY
from ._day_habits import ODD_DAYS, WHOLE_DAY, Sitting
from ._day_run import Lived, Plan, live
from ._day_staleness import staleness_figures

SEED = 7

DAYS = ("calm", "core", "faults", "balanced", "saver", "live", *ODD_DAYS)
"""Live, balanced, saver and core's have listeners of habits, whom the history knows for weeks."""

MOST_MINUTES_WRONG: Final = 0.03
"""So far the minutes told may be from the true ones."""

WAYS: Final[tuple[dict[str, Any], ...]] = (
    {},
    *(
        {"played_at": moment, "clock_ms": clock, "late_ms": late}
        for moment in ("end", "sounded", "start")
        for clock, late in (
            (-90_000, 120_000),
            (-5_000, 0),
            (0, 2_000),
            (5_000, 20_000),
            (90_000, 120_000),
        )
    ),
    {"repeats_rows": True},
    {"relinks": True},
    {"misses_rows": True},
)
"""How Spotify may date and list rows (`simulator.spotify.manners`)."""

SHORT_DAY: Final = (
    Sitting(10, 75),
    Sitting(80, 110, offline=True),
    Sitting(125, 150, episodes=True),
    Sitting(160, 215),
)


_BY_DAY: Final = 10


def figures(lived: Lived) -> dict[str, Any]:
    """Return the figures of a day: calls of the worst listener in the worst hour, and what is lost or doubled of all."""
    calls, verdicts = lived.calls.values(), lived.verdicts.values()
    return {
        "plays": sum(each.played for each in verdicts),
        "skipped": sum(each.skipped for each in verdicts),
        "plays_each_at_least": min(each.played for each in verdicts),
        "owed": sum(each.owed for each in verdicts),
        "remembered": sum(each.remembered for each in verdicts),
        "lost": sum(len(each.lost) for each in verdicts),
        "doubled": sum(len(each.doubled) for each in verdicts),
        "astray": sum(len(each.astray) for each in verdicts),
        "overlapping": sum(len(each.overlapping) for each in verdicts),
        "minutes_true": round(sum(each.minutes_true for each in verdicts), 1),
        "minutes_told": round(sum(each.minutes_recorded for each in verdicts), 1),
        "gaps_reported": sum(len(each.gaps) for each in verdicts),
        "missing_outside_gaps": sum(len(each.untold) for each in verdicts),
        "calls_per_hour_playing": max(each.worst_playing for each in calls),
        "calls_per_hour_idle_usual": max(each.worst_usual for each in calls),
        "calls_per_hour_idle": max(each.worst_idle for each in calls),
        "calls_per_hour_playing_mean": round(
            max(each.mean_playing for each in calls), 1
        ),
        "calls_per_hour_idle_mean": round(max(each.mean_idle for each in calls), 1),
        "calls_above_share": max(each.over for each in calls),
        "calls_per_day": max(each.all_day for each in calls),
        **staleness_figures(lived.staleness.values()),
        "real_seconds": round(lived.seconds, 1),
    }


def odd_plan(name: str, seed: int, manners: Mapping[str, Any]) -> Plan:
    """Return four hours by day, of one habit or of a usual day (`mixed`), with one listener, or two who share a speaker."""
    return Plan(
        seed,
        ODD_DAYS.get(name, SHORT_DAY),
        hours=4,
        begins=_BY_DAY,
        listeners=("alva", "ben") if name == "sharing" else ("alva",),
        shifts=(0, 3),
        manners=manners,
    )


def in_every_way(seeds: Iterable[int]) -> bool:
    """Live short days with rows dated and listed in every way, print what came of each, and return whether all held."""
    held = True
    for name, manners, seed in product(("mixed", *ODD_DAYS), WAYS, seeds):
        lived = live(odd_plan(name, seed, manners))
        how = " ".join(f"{key}={value}" for key, value in manners.items()) or "exact"
        for person, verdict in lived.verdicts.items():
            wrong = verdict.minutes_recorded / max(verdict.minutes_true, 1) - 1
            lost = [row for row in verdict.lost if row.ms_played >= 30_000]
            good = abs(wrong) <= MOST_MINUTES_WRONG and not lost and not verdict.doubled
            held = held and good
            print(
                f"{name:9} {how:50} seed {seed} {person:5} lost {len(lost)} doubled {len(verdict.doubled)}"
                f" minutes {verdict.minutes_true:.1f} told {verdict.minutes_recorded:.1f} ({wrong:+.1%})"
                f"{'' if good else '  !'}",
                flush=True,
            )
    return held


def core_figures(lived: Lived, hours: int) -> dict[str, Any]:
    """Return what Home Assistant's own integration costs: calls of one listener in an hour, over all of the day."""
    calls = lived.calls.values()
    each = sum(one.all_day for one in calls) / len(calls)
    return {
        "core_calls_per_hour": round(each / hours, 1),
        "core_calls_per_day": round(each),
        **{
            f"{name}": figure
            for name, figure in staleness_figures(lived.staleness.values()).items()
        },
    }


def printed(days: Mapping[str, Mapping[str, Any]]) -> None:
    """Print a table: a row for each figure, a column for each day."""
    names = list(dict.fromkeys(name for day in days.values() for name in day))
    width = max(len(name) for name in names)
    print(f"{'':{width}}  " + "".join(f"{day:>10}" for day in days))
    for name in names:
        values = (str(day.get(name, "–")) for day in days.values())
        print(
            f"{name.replace('_', ' '):{width}}  "
            + "".join(f"{value:>10}" for value in values)
        )


def findings(lived: Lived) -> Iterator[str]:
    """Yield a line for each play that is lost, doubled, or missing outside of any gap, and for each gap."""
    for person, verdict in lived.verdicts.items():
        for row in verdict.lost:
            yield f"lost      {person:5} {_row(row)}"
        for play in verdict.doubled:
            sources = "+".join(sorted(str(source) for source in play.sources))
            yield f"doubled   {person:5} {_span(play)} {play.item.uri} by {sources}"
        for play, row in verdict.astray:
            yield f"astray    {person:5} {_clock(play.started_at)}–{_clock(play.ended_at)}, was {_row(row)}"
        for one, other in verdict.overlapping:
            yield f"overlap   {person:5} {_span(one)} {one.item.uri} and {_span(other)} {other.item.uri}"
        for row in verdict.untold:
            yield f"untold    {person:5} {_row(row)}"
        for gap in verdict.gaps:
            yield f"gap       {person:5} {_gap(gap)}"


def _row(row: Played) -> str:
    span = f"{_clock(row.started_at)}–{_clock(row.ended_at)}"
    how = f"{row.reason_start}→{row.reason_end}, sounded {row.ms_played / 1000:.1f} s"
    return f"{span} {row.uri} {how}{', offline' if row.offline else ''}"


def _span(play: Play) -> str:
    return f"{_clock(play.started_at)}–{_clock(play.ended_at)}"


def _gap(gap: Unrecorded) -> str:
    return f"{_clock(gap.start)}–{_clock(gap.end)} {gap.reason.name.lower()}"


def _clock(moment: int) -> str:
    return datetime.fromtimestamp(moment / 1000, UTC).strftime("%H:%M:%S")


def main() -> None:
    """Live the days and print their figures."""
    parser = argparse.ArgumentParser(prog="script/bench day", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    parser.add_argument("--seed", type=int, default=SEED, help="another day")
    parser.add_argument(
        "--only", choices=DAYS, action="append", help="live one of the days"
    )
    parser.add_argument(
        "--places",
        type=int,
        help="let recently played hold so many plays in all (default: 90 days of them, page by page)",
    )
    parser.add_argument(
        "--every-way",
        action="store_true",
        help="live short days, with rows dated and listed in every way, and two seeds",
    )
    options = parser.parse_args()
    # Faults of a whole day fill pages; what came of them is in the figures.
    logging.basicConfig(level=logging.CRITICAL)
    if options.every_way:
        raise SystemExit(not in_every_way((options.seed, options.seed + 1)))
    wanted = options.only or DAYS
    days: dict[str, dict[str, Any]] = {}
    for name in wanted:
        troubles = BAD_DAY if name == "faults" else ()
        if name in ODD_DAYS:
            lived = live(odd_plan(name, options.seed, {}))
            days[name] = figures(lived)
            continue
        paced = [each for each in Responsiveness if each == name]
        plan = Plan(
            options.seed,
            WHOLE_DAY,
            troubles=troubles,
            places=options.places,
            responsiveness=paced[0] if paced else Responsiveness.BALANCED,
            habits=bool(paced) or name == "core",
        )
        lived = live(plan, core=name == "core")
        if name == "core":
            days[name] = core_figures(lived, plan.hours)
            continue
        days[name] = figures(lived)
        for line in findings(lived):
            print(f"{name}: {line}", flush=True)
    printed(days)
    for name, limits in LIMITS.items():
        print(
            f"{name.capitalize()}: at most {limits.playing} calls an hour while playing, {limits.usual} while idle in usual hours, "
            f"{limits.quiet} in others."
        )
    if options.json is not None:
        options.json.write_text(json.dumps(days, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
