"""An export becomes plays, and every row of it is accounted for."""

from collections.abc import Callable
import json
from pathlib import Path
import threading
import time

import pytest

from custom_components.encore.history.errors import StoreClosed
from custom_components.encore.history.history import History
from custom_components.encore.history.imports import slices
from custom_components.encore.history.model import Item, Kind, Play, Source
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.history.records.import_report import (
    ImportProgress,
    ImportReport,
    Skipped,
)

from .exports import (
    AUDIO,
    NAMELESS,
    SECRETS,
    VIDEO,
    Row,
    as_json,
    chapter_row,
    episode_row,
    row,
    ts,
    zipped,
)
from .memory import ALL, ALVA, BEN, DAY, NOON, content, live, polled


def imported(history: History, path: Path) -> ImportReport:
    """Import an export of Alva's."""
    return history.import_export(path, ALVA).result()


def plays_of(history: History) -> list[Play]:
    """Return all plays, the oldest first."""
    return history.ask(
        lambda queries: queries.plays(ALL, min_ms=0, newest_first=False),
        hidden=NOBODY_HIDDEN,
    ).result()


def accounted(report: ImportReport) -> int:
    """Return how many rows the report gives a fate."""
    return (
        report.stored
        + report.duplicates
        + sum(report.merged.values())
        + sum(report.skipped.values())
    )


def rows_of_a_day(number: int, start: int = NOON) -> list[Row]:
    """Return rows one after the other, with two titles that a careless reader trips over."""
    titles = ["Slow Rivers", 'a }, { "b', "Söng ] é\\"]
    return [
        row(
            start + i * 200_000,
            master_metadata_track_name=titles[i % 3],
            spotify_track_uri=f"spotify:track:{i % 7:022d}",
        )
        for i in range(number)
    ]


def test_a_zip_becomes_plays(history: History, tmp_path: Path) -> None:
    """Tracks, episodes and chapters, from audio and video files, at any depth."""
    path = zipped(
        tmp_path / "my_spotify_data.zip",
        {
            AUDIO: [row(NOON), episode_row(NOON + DAY)],
            f"deep/er/{VIDEO}": [chapter_row(NOON + 2 * DAY)],
            "MyData/endsong_0.json": [row(NOON - DAY)],
            "MyData/endvideo.json": [],
        },
    )
    report = imported(history, path)
    assert (report.rows, report.stored, report.refused) == (4, 4, [])
    assert {file.name: file.rows for file in report.files} == {
        AUDIO: 2,
        f"deep/er/{VIDEO}": 1,
        "MyData/endsong_0.json": 1,
        "MyData/endvideo.json": 0,
    }
    plays = plays_of(history)
    assert [play.item.kind for play in plays] == [
        Kind.TRACK,
        Kind.TRACK,
        Kind.EPISODE,
        Kind.CHAPTER,
    ]
    assert plays[1].item == Item(
        "spotify:track:6rqhFgbbKwnb9MLmUQDhG6",
        Kind.TRACK,
        "Slow Rivers",
        ("Ilse Vann",),
        "Low Water",
    )
    assert (plays[1].started_at, plays[1].ended_at) == (NOON - 200_000, NOON)
    assert plays[3].item.artists == ("The Long Field",)
    assert {play.listener for play in plays} == {ALVA}


@pytest.mark.parametrize("form", ["zip", "folder", "file"])
def test_the_form_of_an_export_does_not_matter(
    history: History, tmp_path: Path, form: str
) -> None:
    """A ZIP, a folder and a single file with the same rows give the same plays."""
    rows = rows_of_a_day(20)
    if form == "zip":
        path = zipped(tmp_path / "a.zip", {AUDIO: rows})
    elif form == "folder":
        path = tmp_path / "unpacked"
        (path / AUDIO).parent.mkdir(parents=True)
        (path / AUDIO).write_bytes(as_json(rows))
    else:
        path = tmp_path / "some name.json"
        path.write_bytes(b"\xef\xbb\xbf" + as_json(rows))
    assert imported(history, path).stored == 20
    assert len(plays_of(history)) == 20


def test_each_row_is_accounted_for(history: History, tmp_path: Path) -> None:
    """Stored, merged, duplicate, or skipped for one of a closed list of reasons."""
    history.append([live(NOON), polled(NOON + 1), polled(NOON + DAY)]).result()
    wrong = [
        (row(**NAMELESS), Skipped.NO_ITEM),
        (dict.fromkeys(row()), Skipped.NO_ITEM),
        ({}, Skipped.NO_ITEM),
        (row(ts=None), Skipped.NO_TIME),
        (row(ts="yesterday"), Skipped.NO_TIME),
        (row(ts="1970-01-01T00:00:00Z"), Skipped.IMPOSSIBLE_TIME),
        (row(ts="2199-01-01T00:00:00Z"), Skipped.IMPOSSIBLE_TIME),
        (row(ms=None), Skipped.NO_LENGTH),
        (row(ms=-1), Skipped.NO_LENGTH),
        (row(ms=10**20), Skipped.NO_LENGTH),
        (row(ms_played="long"), Skipped.WRONG_TYPE),
        (row(shuffle={"a": [{}]}), Skipped.WRONG_TYPE),
    ]
    good = [row(NOON), row(NOON + DAY), row(NOON + 2 * DAY), row(NOON + 2 * DAY)]
    path = zipped(tmp_path / "a.zip", {AUDIO: [*good, *(one for one, _ in wrong)]})
    report = imported(history, path)
    assert report.rows == accounted(report) == len(good) + len(wrong)
    assert report.merged == {Source.LIVE: 1, Source.POLLED: 1}
    assert (report.stored, report.duplicates) == (1, 1)
    assert report.skipped == {
        reason: sum(one is reason for _, one in wrong) for _, reason in wrong
    }


def test_bytes_that_are_no_text_cost_their_row_only(
    history: History, tmp_path: Path
) -> None:
    """A row whose name is not UTF-8 is skipped as of a wrong type."""
    text = as_json([row(NOON), row(NOON + DAY), row(NOON + 2 * DAY)])
    broken = text.replace(b"Slow Rivers", b"Slow \xff", 1)
    report = imported(history, zipped(tmp_path / "a.zip", {AUDIO: broken}))
    assert (report.stored, report.skipped) == (2, {Skipped.WRONG_TYPE: 1})


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (rb"Slow \ud83c", "Slow \ufffd"),
        (rb"Slow \uDF0A Rivers", "Slow \ufffd Rivers"),
        (rb"Slow \ud83c\ud83c\udf0a", "Slow \ufffd🌊"),
        (rb"Slow \ud83c\n", "Slow \ufffd\n"),
        (rb"Slow \\ud83c", r"Slow \ud83c"),
    ],
)
def test_half_a_character_costs_nothing(
    history: History, tmp_path: Path, written: bytes, title: str
) -> None:
    """A name that was cut within a character: what is left of it is written as one that is unknown."""
    text = as_json([row(NOON), row(NOON + DAY), row(NOON + 2 * DAY)])
    broken = text.replace(b"Slow Rivers", written)
    report = imported(history, zipped(tmp_path / "a.zip", {AUDIO: broken}))
    assert (report.stored, report.refused) == (3, [])
    assert {play.item.title for play in plays_of(history)} == {title}


def test_a_second_import_changes_nothing(history: History, tmp_path: Path) -> None:
    """The same export again, or under another name, is duplicates from end to end."""
    path = zipped(tmp_path / "a.zip", {AUDIO: rows_of_a_day(50)})
    imported(history, path)
    before = plays_of(history)
    for name in ("a.zip", "b.zip"):
        path = path.rename(tmp_path / name)
        report = imported(history, path)
        assert (report.rows, report.duplicates) == (50, 50)
    assert plays_of(history) == before


def test_one_export_for_two_listeners_is_two_histories(
    history: History, tmp_path: Path
) -> None:
    """An import belongs to its listener."""
    path = zipped(tmp_path / "a.zip", {AUDIO: [row()]})
    assert imported(history, path).stored == 1
    assert history.import_export(path, BEN).result().stored == 1
    assert [play.listener for play in plays_of(history)] == [ALVA, BEN]


def test_rows_played_offline_are_placed_by_their_own_timestamps(
    history: History, tmp_path: Path
) -> None:
    """Rows of one sync share a `ts`; seconds and milliseconds, zero and null are all met."""
    offline_rows = [
        row(NOON, offline=True, offline_timestamp=(NOON - DAY) // 1000),
        row(NOON, offline=True, offline_timestamp=NOON - 2 * DAY),
        row(NOON, offline=True, offline_timestamp=0),
        row(NOON - 1000, offline=True, offline_timestamp=None),
        row(NOON - 2000, offline=False, offline_timestamp=(NOON - DAY) // 1000),
        row(NOON - 3000, offline=True, offline_timestamp=NOON * 1000),
    ]
    imported(history, zipped(tmp_path / "a.zip", {AUDIO: offline_rows}))
    assert [play.started_at - NOON for play in plays_of(history)] == [
        -2 * DAY,
        -DAY,
        -203_000,
        -202_000,
        -201_000,
        -200_000,
    ]


@pytest.mark.parametrize(
    ("written", "ms"),
    [
        ("2024-03-31T00:59:59Z", 1_711_846_799_000),
        ("2024-03-31T01:00:00Z", 1_711_846_800_000),
        ("2024-10-27 01:30:00", 1_729_992_600_000),
        ("2023-12-31T23:59:59+00:00", 1_704_067_199_000),
    ],
)
def test_times_are_utc_on_every_night(
    history: History, tmp_path: Path, written: str, ms: int
) -> None:
    """Nights on which clocks change, the turn of the year, and older forms of `ts`."""
    imported(history, zipped(tmp_path / "a.zip", {AUDIO: [row(ts=written)]}))
    [play] = plays_of(history)
    assert play.ended_at == ms


def test_nothing_personal_reaches_the_store(tmp_path: Path) -> None:
    """Neither address nor user name nor user agent is in the file or its log."""
    history = History(f"sqlite:///{tmp_path / 'encore.db'}")
    history.open()
    imported(history, zipped(tmp_path / "a.zip", {AUDIO: rows_of_a_day(30)}))
    files = list(tmp_path.glob("encore.db*"))
    written = b"".join(file.read_bytes() for file in files)
    history.close()
    assert b"Ilse Vann" in written
    for secret in SECRETS:
        assert secret.encode() not in written


def test_progress_rises_to_the_whole(
    history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows and percentage only rise; the last word is all of it."""
    monkeypatch.setattr(slices, "SLICE_BYTES", 4096)
    monkeypatch.setattr(slices, "SLICES_AT_ONCE", 2)
    seen: list[ImportProgress] = []
    path = zipped(tmp_path / "a.zip", {AUDIO: rows_of_a_day(100), VIDEO: [row()]})
    history.import_export(path, ALVA, progress=seen.append).result()
    assert len(seen) > 5
    assert seen == sorted(seen, key=lambda one: (one.rows, one.percent))
    assert (seen[-1].rows, seen[-1].percent, seen[-1].file) == (101, 100.0, VIDEO)


def test_rows_without_anything_at_the_end_of_a_file_are_only_skipped(
    history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that began with Spotify's rows is Spotify's, whatever the last ones that are read at once lack."""
    monkeypatch.setattr(slices, "SLICE_BYTES", 4096)
    monkeypatch.setattr(slices, "SLICES_AT_ONCE", 1)
    nothing = {**row(**NAMELESS), "ts": None, "ms_played": None}
    rows = [*rows_of_a_day(30), *[nothing] * 30]
    report = imported(history, zipped(tmp_path / "a.zip", {AUDIO: rows}))
    assert not report.refused
    assert (report.stored, report.skipped) == (30, {Skipped.NO_ITEM: 30})


def test_a_cancelled_import_goes_on_where_it_stopped(
    history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped again and again, in the end it is as if it had never been."""
    monkeypatch.setattr(slices, "SLICE_BYTES", 4096)
    monkeypatch.setattr(slices, "SLICES_AT_ONCE", 2)
    rows = rows_of_a_day(200)
    path = zipped(tmp_path / "a.zip", {AUDIO: rows[:150], VIDEO: rows[150:]})

    def imported_until_reported() -> ImportReport:
        cancelled = threading.Event()

        def stop(now: ImportProgress) -> None:
            if now.rows:
                cancelled.set()

        return history.import_export(
            path, ALVA, progress=stop, cancelled=cancelled
        ).result()

    reports = [imported_until_reported()]
    while reports[-1].cancelled:
        reports.append(imported_until_reported())
    assert len(reports) > 5
    assert all(report.rows == accounted(report) for report in reports)
    report = reports[-1]
    assert (report.rows, report.stored, report.duplicates) == (200, 200, 0)
    assert len(plays_of(history)) == 200


def test_closing_stops_an_import_that_goes_on_after_opening(
    tmp_path: Path, new_store: Callable[[], str]
) -> None:
    """Home Assistant stops in the middle of an import; nothing is lost or doubled."""
    path = zipped(tmp_path / "a.zip", {AUDIO: rows_of_a_day(6_000)})
    url = new_store()
    first = History(url)
    first.open()
    begun = threading.Event()
    running = first.import_export(path, ALVA, progress=lambda _: begun.set())
    assert begun.wait(60)
    first.close()
    assert running.result().cancelled
    with pytest.raises(StoreClosed):
        first.import_export(path, ALVA)
    second = History(url)
    second.open()
    report = second.import_export(path, ALVA).result()
    assert (report.rows, report.stored, report.duplicates) == (6_000, 6_000, 0)
    second.close()


@pytest.mark.parametrize("size", [64, 700, 1 << 18])
def test_the_size_of_slices_does_not_matter(
    history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    """Rows are cut anywhere, in strings with braces and in the middle of letters."""
    monkeypatch.setattr(slices, "SLICE_BYTES", size)
    history.append([live(NOON + i * 200_000) for i in range(0, 30, 7)]).result()
    rows = rows_of_a_day(30)
    packed = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()
    report = imported(history, zipped(tmp_path / "a.zip", {AUDIO: packed}))
    assert (report.rows, accounted(report)) == (30, 30)
    assert [
        one[1] for one in content(plays_of(history)) if Source.EXPORT in one[5]
    ] == [NOON + (i - 1) * 200_000 for i in range(30)]


def test_an_import_steps_back_for_questions(
    history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While a question waits, the import does; not for ever."""
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    answer = threading.Event()
    waiting = history.ask(lambda _: answer.wait(60), hidden=NOBODY_HIDDEN)
    imported(history, zipped(tmp_path / "a.zip", {AUDIO: [row()]}))
    answer.set()
    assert waiting.result()
    paused = [seconds for seconds in slept if seconds]
    assert 0 < len(paused) <= 20


def test_a_row_without_names_is_named_by_a_later_one(
    history: History, tmp_path: Path
) -> None:
    """Spotify forgets the names of what it no longer has; another row may still know."""
    bare = row(NOON, **(NAMELESS | {"spotify_track_uri": row()["spotify_track_uri"]}))
    imported(history, zipped(tmp_path / "a.zip", {AUDIO: [bare]}))
    assert plays_of(history)[0].item.title == ""
    imported(history, zipped(tmp_path / "b.zip", {AUDIO: [row(NOON + DAY)]}))
    assert {play.item.title for play in plays_of(history)} == {"Slow Rivers"}


def test_moments_are_written_as_spotify_does() -> None:
    """The builder of these tests writes what exports hold."""
    assert ts(NOON) == "2024-06-01T12:00:00Z"
