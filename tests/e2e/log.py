"""What Home Assistant wrote into its log, and into Activity."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
import re

from demo.home import Home

from .waiting import until

RECORD = re.compile(
    r"^\d{4}-\d\d-\d\d [\d:.]+ (?P<level>[A-Z]+) \((?P<thread>.+?)\) \[(?P<logger>.+?)\] (?P<message>.*)"
)
STANDING_NOTICE = "We found a custom integration encore which has not been tested"
"""Home Assistant says this of every custom integration at every start."""

TOOK_LONG = re.compile(r"Updating state for \S+ \(.+\) took [\d.]+ seconds\.")
"""Home Assistant says this by the clock on the wall: beside enough other work, any state takes so long."""


@dataclass(slots=True)
class Record:
    """One record with the traceback that follows it."""

    level: str
    logger: str
    text: str


def records(log: Path) -> Iterator[Record]:
    """Return the records of a log; lines before the first belong to none."""
    current: Record | None = None
    for line in log.read_text(errors="replace").splitlines():
        if match := RECORD.match(line):
            if current:
                yield current
            current = Record(match["level"], match["logger"], match["message"])
        elif current:
            current.text += f"\n{line}"
    if current:
        yield current


def complaints(log: Path, about: str = "encore") -> list[Record]:
    """Return the warnings and errors that name something, but for the standing notice and what only a busy machine may be."""
    return [
        record
        for record in records(log)
        if record.level in ("WARNING", "ERROR", "CRITICAL")
        and about in f"{record.logger} {record.text}".casefold()
        and STANDING_NOTICE not in record.text
        and not TOOK_LONG.match(record.text)
    ]


ASKED = "answered “plays” (administrator, action)"


async def activity(home: Home, since: datetime) -> list[str]:
    """Return the lines of Encore in Home Assistant's Activity since a moment, up to that of a question which is asked now."""
    await home.api.act("encore.get_plays", {"time_range": "last_hour"}, answer=True)

    async def reported() -> list[str] | None:
        """Look whether the recorder has written it, as it does every few seconds."""
        lines = await home.api.command(
            "logbook/get_events", start_time=since.isoformat()
        )
        found = [line["message"] for line in lines if line.get("domain") == "encore"]
        return found if ASKED in found else None

    return await until(reported, what="a question in Activity")
