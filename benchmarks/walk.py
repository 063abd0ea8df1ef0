"""Walks at random through a house with speakers and accounts, and says what is not one play in the right rooms.

Group changes, transfers, pauses, skips and restarts in virtual time, on both simulators; the ledger of Spotify and what
the speakers really played are the truth.
"""

import argparse
import json
import logging
import os
from pathlib import Path
import sys
from typing import Any

from ._walk_run import STEPS, walk

SEEDS = 10


def main() -> int:
    """Walk, print what is wrong, and return how many walks went wrong."""
    parser = argparse.ArgumentParser(prog="script/bench walk", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    parser.add_argument("--seeds", type=int, default=SEEDS, help="how many walks")
    parser.add_argument("--seed", type=int, help="this one alone")
    parser.add_argument("--steps", type=int, default=STEPS, help="how long each is")
    parser.add_argument(
        "--guests", action="store_true", help="without linked accounts: speakers alone"
    )
    parser.add_argument("--all", action="store_true", help="print each step, too")
    options = parser.parse_args()
    logging.basicConfig(level=logging.CRITICAL)
    seeds = range(options.seeds) if options.seed is None else (options.seed,)
    figures: dict[str, dict[str, Any]] = {}
    for seed in seeds:
        walked = walk(seed, options.steps, _network(), linked=not options.guests)
        figures[str(seed)] = {
            "steps": len(walked.steps),
            "heard": walked.played,
            "wrong": len(walked.wrong),
            "processor_seconds": round(walked.seconds, 1),
        }
        print(f"seed {seed}: {figures[str(seed)]}", flush=True)
        for line in (*(walked.steps if options.all else ()), *walked.wrong):
            print(f"  {line}", flush=True)
    if options.json is not None:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return sum(bool(each["wrong"]) for each in figures.values())


def _network() -> str:
    """Return the first three parts of addresses that are this process's alone, so that walks go on side by side."""
    process = os.getpid()
    return f"127.{1 + process // 250 % 250}.{1 + process % 250}"


if __name__ == "__main__":
    sys.exit(main())
