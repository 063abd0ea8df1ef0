"""Stored jobs: kind, progress, outcome."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, delete, or_, select, update

from ..database.bulk import insert_numbered
from ..database.key_tables import Registers
from ..database.play_tables import listener as listener_table
from ..database.record_tables import job as job_table
from ..model import Listener
from .import_report import FileReport

RETENTION_MS: Final = 90 * 86_400_000
"""How long a record is kept after its job began."""

INTERRUPTED: Final = "interrupted"
"""The error of a job that Home Assistant's end interrupted."""

MOST_FILES: Final = 1_000
"""Of how many files of an import a record says what became of them; an export of Spotify's has some dozens."""

_decode_files: Final = msgspec.json.Decoder(tuple[FileReport, ...]).decode


class JobKind(StrEnum):
    """What is worked at."""

    IMPORT = "import"
    EXPORT = "export"
    REBUILD = "rebuild"
    FORGET = "forget"
    LIBRARY = "library"
    SYNC = "sync"
    """What was played before the account was linked."""
    POLL = "poll"
    """What was played lately; recorded where somebody asked for it, or it failed."""
    ENRICHMENT = "enrichment"
    """What no source reported of tracks and episodes; one record a day."""
    STATISTICS = "statistics"
    """What is played each hour, written into Home Assistant's long-term statistics; recorded where it is much."""


class JobState(StrEnum):
    """How far a job is."""

    PENDING = "pending"
    """It waits for others to end."""
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def ended(self) -> bool:
        """Whether nothing follows any more."""
        return self not in {JobState.PENDING, JobState.RUNNING}


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be worked at."""

    kind: JobKind
    about: str = ""
    """What it works on, such as the name of a file."""
    listener: Listener | None = None
    """The listener, None for all."""


@dataclass(frozen=True, slots=True)
class Job:
    """One record. Times are in UTC milliseconds."""

    id: int
    work: Work
    state: JobState
    asked_at: int
    started_at: int | None = None
    ended_at: int | None = None
    rows: int = 0
    """How many rows or observations it went through."""
    percent: int = 0
    retries: int = 0
    """How often the same was begun before and did not get done."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """What came of it, by what it counts."""
    error: str | None = None
    """Why it failed, in English, for readers of the records."""
    files: tuple[FileReport, ...] = ()
    """What became of each file, of an import that came to an end."""


_ALIKE: Final = (
    {field.name for field in fields(Job)} & {*job_table.columns.keys()}
) - {"state", "counts", "files"}
"""What a record says in a column of its name, as it is stored."""


def begin_job(
    connection: Connection, registers: Registers, work: Work, now: int
) -> int:
    """Record that work was asked for at a time (UTC ms), and return its row id; drops records that are too old."""
    connection.execute(
        delete(job_table).where(job_table.c.asked_at < now - RETENTION_MS)
    )
    listener = work.listener
    listener_id = None if listener is None else registers.listeners.enter(listener)
    before = connection.execute(
        select(job_table.c.state, job_table.c.retries)
        .where(
            job_table.c.kind == work.kind,
            job_table.c.about == work.about,
            job_table.c.listener.is_not_distinct_from(listener_id),
        )
        .order_by(job_table.c.id.desc())
        .limit(1)
    ).one_or_none()
    again = before is not None and before.state in {JobState.FAILED, JobState.CANCELLED}
    row = {
        "kind": work.kind,
        "state": JobState.PENDING,
        "about": work.about,
        "listener": listener_id,
        "asked_at": now,
        "rows": 0,
        "percent": 0,
        "retries": before.retries + 1 if before is not None and again else 0,
        "counts": "{}",
    }
    return insert_numbered(connection, job_table, [row])


def note_job(connection: Connection, number: int, changed: Mapping[str, Any]) -> None:
    """Record how far a job is: any of `state`, `started_at`, `ended_at`, `rows`, `percent`, `counts`, `error`, `files`."""
    values = dict(changed)
    if "counts" in values:
        values["counts"] = msgspec.json.encode(values["counts"]).decode()
    if "files" in values:
        values["files"] = msgspec.json.encode(values["files"][:MOST_FILES]).decode()
    connection.execute(
        update(job_table).where(job_table.c.id == number).values(**values)
    )


def end_interrupted(connection: Connection, now: int) -> None:
    """Record that jobs of a process before this one did not end."""
    connection.execute(
        update(job_table)
        .where(job_table.c.state.in_([JobState.PENDING, JobState.RUNNING]))
        .values(state=JobState.FAILED, ended_at=now, error=INTERRUPTED)
    )


def jobs(
    connection: Connection,
    limit: int = 20,
    kind: JobKind | None = None,
    state: JobState | None = None,
    *,
    hidden: Collection[str],
) -> Sequence[Job]:
    """Return the newest records, the newest first; of one kind or in one state only, where that is named.

    Those about hidden listeners (by key) are left out.
    """
    conditions = [job_table.c.kind == kind] if kind else []
    conditions += [job_table.c.state == state] if state else []
    if hidden:
        is_visible = or_(
            listener_table.c.key.is_(None), listener_table.c.key.not_in(hidden)
        )
        conditions.append(is_visible)
    rows = connection.execute(
        select(job_table, listener_table.c.key, listener_table.c.name)
        .select_from(
            job_table.outerjoin(
                listener_table, listener_table.c.id == job_table.c.listener
            )
        )
        .where(*conditions)
        .order_by(job_table.c.id.desc())
        .limit(limit)
    )
    return [
        Job(
            work=Work(
                JobKind(row.kind),
                row.about,
                None if row.key is None else Listener(row.key, row.name),
            ),
            state=JobState(row.state),
            counts=msgspec.json.decode(row.counts, type=dict[str, int]),
            files=() if row.files is None else _decode_files(row.files),
            **{name: getattr(row, name) for name in _ALIKE},
        )
        for row in rows
    ]
