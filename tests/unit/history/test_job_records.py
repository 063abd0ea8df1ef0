"""Long work leaves a record that outlives it."""

from pathlib import Path

from custom_components.encore.history.history import History
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.history.records import job_records as records
from custom_components.encore.history.records.job_records import (
    INTERRUPTED,
    Job,
    JobKind,
    JobState,
    Work,
)

from .memory import ALVA, BEN, DAY, NOON, Memory


def begun(store: Memory, about: str = "a.zip", now: int = NOON) -> int:
    """Record an import of Alva's."""
    store.connection.rollback()
    with store.connection.begin():
        return records.begin_job(
            store.connection,
            store.ingest.registers,
            Work(JobKind.IMPORT, about, ALVA),
            now,
        )


def noted(store: Memory, number: int, **changed: object) -> None:
    """Record how far a job is."""
    with store.connection.begin():
        records.note_job(store.connection, number, changed)


def stored(store: Memory) -> list[Job]:
    """Return all records."""
    store.connection.rollback()
    with store.connection.begin():
        return list(records.jobs(store.connection, 100, hidden=NOBODY_HIDDEN))


def test_a_record_follows_its_job(store: Memory) -> None:
    """From the asking to the end, with what came of it."""
    number = begun(store)
    assert stored(store) == [
        Job(number, Work(JobKind.IMPORT, "a.zip", ALVA), JobState.PENDING, NOON)
    ]
    noted(
        store, number, state=JobState.RUNNING, started_at=NOON + 1, rows=5, percent=50
    )
    noted(
        store,
        number,
        state=JobState.DONE,
        ended_at=NOON + 2,
        percent=100,
        counts={"stored": 10},
    )
    [job] = stored(store)
    assert (job.state, job.started_at, job.ended_at) == (
        JobState.DONE,
        NOON + 1,
        NOON + 2,
    )
    assert (job.rows, job.percent, job.counts) == (5, 100, {"stored": 10})


def test_retries_count_until_the_same_is_done(store: Memory) -> None:
    """What failed or was cancelled and is begun again is a retry; another file is not."""
    retries = []
    for ends in (JobState.FAILED, JobState.CANCELLED, JobState.DONE, JobState.DONE):
        noted(store, begun(store), state=ends)
        retries.append(stored(store)[0].retries)
    assert retries == [0, 1, 2, 0]
    begun(store, "b.zip")
    assert stored(store)[0].retries == 0


def test_records_are_stored_for_ninety_days(store: Memory) -> None:
    """Older ones go when the next job begins."""
    begun(store, "old.zip", NOON - 91 * DAY)
    begun(store, "kept.zip", NOON - 89 * DAY)
    begun(store, "new.zip", NOON)
    assert [job.work.about for job in stored(store)] == ["new.zip", "kept.zip"]


def test_a_job_that_its_process_did_not_end_is_reported_as_failed(
    tmp_path: Path,
) -> None:
    """As after a kill: the next start says so."""
    url = f"sqlite:///{tmp_path / 'encore.db'}"
    history = History(url)
    history.open()
    number = history.write(
        lambda connection, ingest: records.begin_job(
            connection, ingest.registers, Work(JobKind.REBUILD, listener=BEN), 0
        )
    ).result()
    changed = {"state": JobState.RUNNING, "percent": 7}
    history.write(
        lambda connection, _: records.note_job(connection, number, changed)
    ).result()
    history.close()
    history.open()
    [job] = history.look_up(lambda queries: queries.jobs(hidden=NOBODY_HIDDEN)).result()
    history.close()
    assert (job.id, job.state, job.error) == (number, JobState.FAILED, INTERRUPTED)
    assert job.percent == 7
    assert job.ended_at is not None
