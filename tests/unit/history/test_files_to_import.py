"""What a record keeps of the files of an import."""

from custom_components.encore.history.errors import ImportRefused, Refusal
from custom_components.encore.history.imports.file_results import (
    MOST_TOLD,
    as_text,
    from_text,
    told_files,
)
from custom_components.encore.history.imports.report import (
    FileReport,
    ImportReport,
    Skipped,
)
from custom_components.encore.history.model import Source


def test_a_record_keeps_what_became_of_each_file() -> None:
    """With why one was refused, and by what rows were merged and skipped."""
    report = ImportReport(
        [
            FileReport("a.json", 5, 1, 1, {Source.LIVE: 2}, {Skipped.NO_TIME: 1}),
            FileReport(
                "b.json", refused=ImportRefused(Refusal.DAMAGED, "b.json", "byte 7")
            ),
        ],
        1.0,
    )
    whole, damaged = from_text(as_text(told_files(report)))
    assert (whole.rows, whole.stored, whole.duplicates) == (5, 1, 1)
    assert (whole.merged, whole.skipped, whole.error) == (
        {"live": 2},
        {"no_time": 1},
        None,
    )
    assert damaged.error is not None
    assert (damaged.error.reason, damaged.error.file, damaged.error.detail) == (
        Refusal.DAMAGED,
        "b.json",
        "byte 7",
    )


def test_a_record_has_room_for_so_many_files() -> None:
    """Somebody may pack any number of them; the list of all jobs is read at once."""
    report = ImportReport(
        [FileReport(f"{number}.json") for number in range(MOST_TOLD + 5)], 1.0
    )
    told = told_files(report)
    assert [each.name for each in told] == [
        f"{number}.json" for number in range(MOST_TOLD)
    ]
