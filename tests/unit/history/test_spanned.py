"""An import covers the time that its export spans, once it is whole."""

from pathlib import Path
import threading

import pytest

from custom_components.encore.history.history import History
from custom_components.encore.history.imports import slices
from custom_components.encore.history.model import Source
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.history.records.import_report import ImportProgress
from custom_components.encore.history.records.recording_coverage import Coverage
from custom_components.encore.history.time_ranges.intervals import Span

from .exports import AUDIO, FOLDER, VIDEO, Row, row, zipped
from .memory import ALVA, DAY, NOON

EARLY = f"{FOLDER}/Streaming_History_Audio_2023_1.json"
LENGTH = 200_000
"""Of each row, in ms."""


def covered(history: History) -> dict[Source, list[Span]]:
    """Return what each source covers of Alva."""
    known: Coverage = history.ask(
        lambda queries: queries.coverage([ALVA.key]), hidden=NOBODY_HIDDEN
    ).result()
    return known.by_source()


def test_a_zip_covers_from_its_first_row_to_its_last(
    history: History, tmp_path: Path
) -> None:
    """Over all its files, in whatever order rows and files come; account data for itself."""
    path = zipped(
        tmp_path / "my_spotify_data.zip",
        {
            AUDIO: [row(NOON + DAY), row(NOON + 3 * DAY), row(NOON)],
            EARLY: [row(NOON - 400 * DAY)],
            "MyData/StreamingHistory_music_0.json": [
                {
                    "endTime": "2024-05-01 12:00",
                    "artistName": "Ilse Vann",
                    "trackName": "Slow Rivers",
                    "msPlayed": LENGTH,
                }
            ],
        },
    )
    for _ in range(2):
        history.import_export(path, ALVA).result()
        spans = covered(history)
        assert spans[Source.EXPORT] == [(NOON - 400 * DAY - LENGTH, NOON + 3 * DAY)]
        assert len(spans[Source.ACCOUNT_DATA]) == 1
        assert spans.keys() == {Source.EXPORT, Source.ACCOUNT_DATA}


def test_with_a_file_that_cannot_be_read_each_other_covers_its_own_time(
    history: History, tmp_path: Path
) -> None:
    """Whose time is missing is not known."""
    path = zipped(
        tmp_path / "my_spotify_data.zip",
        {AUDIO: [row(NOON)], VIDEO: b"[{", EARLY: [row(NOON - 400 * DAY)]},
    )
    report = history.import_export(path, ALVA).result()
    assert len(report.refused) == 1
    assert covered(history) == {
        Source.EXPORT: [
            (NOON - 400 * DAY - LENGTH, NOON - 400 * DAY),
            (NOON - LENGTH, NOON),
        ]
    }


def test_an_import_that_was_stopped_covers_nothing_until_it_has_gone_on(
    history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And then all of it, what was read before the stop as well."""
    monkeypatch.setattr(slices, "SLICES_AT_ONCE", 1)
    monkeypatch.setattr(slices, "SLICE_BYTES", 2_000)
    rows: list[Row] = [row(NOON + place * DAY) for place in range(20)]
    path = zipped(tmp_path / "my_spotify_data.zip", {AUDIO: rows, EARLY: rows[:1]})
    stop = threading.Event()

    def once_begun(now: ImportProgress) -> None:
        if now.rows:
            stop.set()

    report = history.import_export(
        path, ALVA, progress=once_begun, cancelled=stop
    ).result()
    assert report.cancelled
    assert 0 < report.rows < 20
    assert covered(history) == {}
    history.import_export(path, ALVA).result()
    assert covered(history) == {
        Source.EXPORT: [(NOON - LENGTH, NOON + 19 * DAY)],
    }
