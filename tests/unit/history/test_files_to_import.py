"""What the record of a job keeps of the files of an import."""

from collections.abc import Sequence

from custom_components.encore.history.errors import Refusal
from custom_components.encore.history.model import Source
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.history.records.import_report import FileReport, Skipped
from custom_components.encore.history.records.job_records import (
    MOST_FILES,
    JobKind,
    Work,
    begin_job,
    jobs,
    note_job,
)

from .memory import ALVA, NOON, Memory


def recorded(store: Memory, files: Sequence[FileReport]) -> Sequence[FileReport]:
    """Return what a record keeps of some files."""
    work = Work(JobKind.IMPORT, "a.zip", ALVA)
    with store.writing() as connection:
        number = begin_job(connection, store.ingest.registers, work, NOON)
        note_job(connection, number, {"files": files})
        [job] = jobs(connection, hidden=NOBODY_HIDDEN)
    return job.files


def test_a_record_keeps_what_became_of_each_file(store: Memory) -> None:
    """With why one was refused, and by what rows were merged and skipped."""
    files = (
        FileReport("a.json", 5, 1, 1, {Source.LIVE: 2}, {Skipped.NO_TIME: 1}),
        FileReport("b.json", refusal=Refusal.DAMAGED, detail="byte 7"),
    )
    whole, damaged = recorded(store, files)
    assert (whole, damaged) == files
    assert whole.refused is None
    assert damaged.refused is not None
    assert (damaged.refused.reason, damaged.refused.file, damaged.refused.detail) == (
        Refusal.DAMAGED,
        "b.json",
        "byte 7",
    )


def test_a_record_has_room_for_so_many_files(store: Memory) -> None:
    """Somebody may pack any number of them; the list of all jobs is read at once."""
    files = [FileReport(f"{number}.json") for number in range(MOST_FILES + 5)]
    assert [each.name for each in recorded(store, files)] == [
        f"{number}.json" for number in range(MOST_FILES)
    ]
