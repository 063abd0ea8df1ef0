"""An import whose disk is full says so, leaves nothing half, and goes on once there is room."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from custom_components.encore.history.errors import StoreFull
from custom_components.encore.history.history import History
from custom_components.encore.history.imports import slices
from custom_components.encore.history.model import Play
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.history.records.import_report import ImportReport
from custom_components.encore.history.writer import Job

from .exports import AUDIO, VIDEO, Row, row, zipped
from .memory import ALL, ALVA, NOON, content

PAGES = 1 << 30


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    """Give an open history in a file of SQLite's, which alone can be told how full its disk is."""
    opened = History(f"sqlite:///{tmp_path / 'encore.db'}")
    opened.open()
    yield opened
    opened.close()


def written[T](history: History, job: Job[T]) -> T:
    """Run a job of the writer."""
    return history._opened.writer.submit(job).result()


def limit(history: History, pages: int) -> int:
    """Let the disk have room for so many pages; returns how many that are, no less than there are now."""
    return written(
        history,
        lambda connection, _: int(
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}").scalar_one()
        ),
    )


def rows(number: int, start: int = NOON) -> list[Row]:
    """Return rows of as many tracks, with names that fill pages."""
    return [
        row(
            start + i * 200_000,
            master_metadata_track_name=f"{start + i} {'long ' * 40}",
            spotify_track_uri=f"spotify:track:{start + i:022d}",
        )
        for i in range(number)
    ]


def plays_of(history: History) -> list[Play]:
    """Return all plays."""
    return history.ask(
        lambda queries: queries.plays(ALL, min_ms=0), hidden=NOBODY_HIDDEN
    ).result()


def stored(history: History) -> tuple[int, int, int]:
    """Return how many observations there are, how many of them have their play, and how many plays there are."""
    statement = (
        "SELECT (SELECT count(*) FROM observation), (SELECT count(*) FROM observation o"
        " JOIN play p ON p.id = o.play), (SELECT count(*) FROM play)"
    )
    found = written(
        history, lambda connection, _: connection.exec_driver_sql(statement).one()
    )
    return found[0], found[1], found[2]


def imported(history: History, path: Path) -> ImportReport:
    """Import an export of Alva's."""
    return history.import_export(path, ALVA).result()


def test_what_does_not_fit_is_not_taken_for_read(
    history: History, tmp_path: Path
) -> None:
    """A file whose rows found no room is not noted as done, though the note itself would fit."""
    path = zipped(tmp_path / "a.zip", {AUDIO: rows(300), VIDEO: rows(1, 2 * NOON)})
    limit(history, 1)
    with pytest.raises(StoreFull, match="disk is full"):
        imported(history, path)
    assert stored(history) == (0, 0, 0)
    limit(history, PAGES)
    report = imported(history, path)
    assert (report.rows, report.stored, len(plays_of(history))) == (301, 301, 301)


def test_an_import_goes_on_from_wherever_the_disk_was_full(
    history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given a little more room each time, it ends as one that was never stopped."""
    monkeypatch.setattr(slices, "SLICE_BYTES", 4096)
    monkeypatch.setattr(slices, "SLICES_AT_ONCE", 2)
    # Among long rows short ones, which would fit where those before them did not.
    all_rows = [
        one
        for i in range(20)
        for one in (*rows(15, NOON + i * 4_000_000), *all_short(i))
    ]
    files = {AUDIO: all_rows[:500], VIDEO: all_rows[500:]}
    path = zipped(tmp_path / "a.zip", files)
    whole = History(f"sqlite:///{tmp_path / 'whole.db'}")
    whole.open()
    expected = imported(whole, path), content(plays_of(whole))
    whole.close()
    room, full = limit(history, 1), 0
    while True:
        limit(history, room)
        try:
            report = imported(history, path)
        except StoreFull:
            full += 1
            observations, with_play, plays = stored(history)
            assert observations == with_play == plays
            room += 5
        else:
            break
    assert full > 5
    report.seconds = expected[0].seconds
    assert (report, content(plays_of(history))) == expected


def all_short(number: int) -> list[Row]:
    """Return rows of one track that was heard again and again."""
    return [
        row(NOON + number * 4_000_000 + 3_100_000 + i * 40_000, 30_000)
        for i in range(20)
    ]
