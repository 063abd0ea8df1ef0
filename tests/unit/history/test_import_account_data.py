"""Account data, which has no URIs and is to the minute, becomes plays, and meets what else is known."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from custom_components.encore.history.history import History
from custom_components.encore.history.model import Kind, Play, Source
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.history.records.import_report import ImportReport, Skipped

from .exports import AUDIO, NAMELESS, as_json, chapter_row, episode_row, row, zipped
from .memory import ALL, ALVA, DAY, EPISODE, HOUR, MINUTE, NOON, SECOND, SONG, live

FOLDER = "Spotify Account Data"


def end_time(moment: int) -> str:
    """Return a moment (UTC ms) as account data writes it: the minute that it lies in."""
    return datetime.fromtimestamp(moment / 1000, UTC).strftime("%Y-%m-%d %H:%M")


def music(end: int = NOON, ms: int = 200_000, **more: Any) -> dict[str, Any]:
    """Return a row of music."""
    return {
        "endTime": end_time(end),
        "artistName": "Ilse Vann",
        "trackName": "Slow Rivers",
        "msPlayed": ms,
    } | more


def imported(history: History, path: Path) -> ImportReport:
    """Import an export of Alva's."""
    return history.import_export(path, ALVA).result()


def plays_of(history: History) -> list[Play]:
    """Return all plays, the oldest first."""
    return history.ask(
        lambda queries: queries.plays(ALL, min_ms=0, newest_first=False),
        hidden=NOBODY_HIDDEN,
    ).result()


@pytest.mark.parametrize("form", ["zip", "folder", "file"])
@pytest.mark.parametrize(
    "name", ["StreamingHistory_music_0.json", "StreamingHistory3.json"]
)
def test_music_in_each_form(
    history: History, tmp_path: Path, form: str, name: str
) -> None:
    """The newer and the older name of the file, in a ZIP, a folder or alone."""
    rows = [music(), music(NOON + DAY)]
    if form == "zip":
        path = zipped(tmp_path / "my_spotify_data.zip", {f"{FOLDER}/{name}": rows})
    else:
        path = tmp_path / name if form == "file" else tmp_path / "deep"
        file = path if form == "file" else path / FOLDER / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(as_json(rows))
    report = imported(history, path)
    assert (report.rows, report.stored) == (2, 2)
    first, second = plays_of(history)
    assert (first.started_at, first.ended_at) == (NOON - 200_000, NOON)
    assert (first.item.title, first.item.artists) == ("Slow Rivers", ("Ilse Vann",))
    assert first.item == second.item
    assert first.item.uri.startswith("encore:track:")
    assert first.sources == {Source.ACCOUNT_DATA}


def podcast(end: int = NOON, ms: int = 900_000, **more: Any) -> dict[str, Any]:
    """Return a row of a podcast."""
    return {
        "endTime": end_time(end),
        "podcastName": "Daily Dial",
        "episodeName": "The Weather, Again",
        "msPlayed": ms,
    } | more


def audiobook(end: int = NOON, ms: int = 900_000, **more: Any) -> dict[str, Any]:
    """Return a row of an audiobook."""
    return {
        "endTime": end_time(end),
        "audiobookName": "The Long Field",
        "chapterName": "Chapter 3",
        "authorName": "B. Aker",
        "msPlayed": ms,
    } | more


CHAPTER_URI = "spotify:episode:0Q86acNRm6V9GYx55SXKwf"
PODCAST = f"{FOLDER}/StreamingHistory_podcast_0.json"
AUDIOBOOK = f"{FOLDER}/StreamingHistory_audiobook_0.json"


def test_podcasts_and_audiobooks(history: History, tmp_path: Path) -> None:
    """Episodes by show, chapters by book; a row that names only its book is kept under that."""
    path = zipped(
        tmp_path / "a.zip",
        {
            PODCAST: [podcast()],
            AUDIOBOOK: [
                audiobook(NOON + DAY),
                audiobook(NOON + 2 * DAY, chapterName=None),
            ],
            f"{FOLDER}/Userdata.json": b"{}",
        },
    )
    report = imported(history, path)
    assert (report.stored, report.skipped) == (3, {})
    episode, chapter, book = (play.item for play in plays_of(history))
    assert (episode.kind, episode.title, episode.artists) == (
        Kind.EPISODE,
        "The Weather, Again",
        ("Daily Dial",),
    )
    assert (chapter.kind, chapter.title, chapter.artists) == (
        Kind.CHAPTER,
        "Chapter 3",
        ("The Long Field",),
    )
    assert (book.kind, book.title) == (Kind.CHAPTER, "The Long Field")


@pytest.mark.parametrize("account_first", [True, False])
def test_podcasts_and_audiobooks_of_both_exports_are_one_history(
    history: History, tmp_path: Path, account_first: bool
) -> None:
    """What both name counts once and as what it really is; what one of them lacks is kept."""
    account = zipped(
        tmp_path / "a.zip",
        {
            PODCAST: [podcast(), podcast(NOON + DAY)],
            AUDIOBOOK: [audiobook(NOON + HOUR), audiobook(NOON + 2 * DAY)],
        },
    )
    extended = zipped(
        tmp_path / "b.zip",
        {AUDIO: [episode_row(NOON + 5 * SECOND), chapter_row(NOON + HOUR)]},
    )
    for path in (account, extended) if account_first else (extended, account):
        imported(history, path)
    plays = plays_of(history)
    both = {Source.ACCOUNT_DATA, Source.EXPORT}
    assert [(play.item.uri, set(play.sources)) for play in plays] == [
        (EPISODE.uri, both),
        (CHAPTER_URI, both),
        (EPISODE.uri, {Source.ACCOUNT_DATA}),
        (CHAPTER_URI, {Source.ACCOUNT_DATA}),
    ]


def test_a_podcast_among_the_music_is_a_podcast_once_it_is_known(
    history: History, tmp_path: Path
) -> None:
    """Account data from before 2023 names shows as artists."""
    path = zipped(
        tmp_path / "a.zip",
        {
            "StreamingHistory0.json": [
                music(artistName="Daily Dial", trackName="The Weather, Again")
            ]
        },
    )
    imported(history, path)
    history.append([live(NOON + 20 * SECOND, item=EPISODE)]).result()
    [play] = plays_of(history)
    assert play.item == EPISODE
    assert play.sources == {Source.LIVE, Source.ACCOUNT_DATA}


@pytest.mark.parametrize("account_first", [True, False])
@pytest.mark.parametrize("late", [0, 20 * SECOND, 59 * SECOND])
def test_what_was_also_seen_live_is_one_play(
    history: History, tmp_path: Path, account_first: bool, late: int
) -> None:
    """A row meets its real track by its names, wherever in its minute the play ended."""
    path = zipped(
        tmp_path / "a.zip", {"StreamingHistory_music_0.json": [music(NOON + late)]}
    )
    if account_first:
        imported(history, path)
    history.append([live(NOON + late)]).result()
    if not account_first:
        assert imported(history, path).merged == {Source.LIVE: 1}
    [play] = plays_of(history)
    assert play.sources == {Source.LIVE, Source.ACCOUNT_DATA}
    assert (play.item, play.ended_at) == (SONG, NOON + late)


def test_both_exports_are_one_history(history: History, tmp_path: Path) -> None:
    """In one ZIP or one after the other: the extended history knows better, and counts once."""
    path = zipped(
        tmp_path / "a.zip",
        {
            AUDIO: [row(NOON + 10 * SECOND), row(NOON + DAY)],
            f"{FOLDER}/StreamingHistory_music_0.json": [
                music(NOON + 10 * SECOND, 199_000),
                music(NOON + 2 * DAY),
            ],
        },
    )
    report = imported(history, path)
    assert (report.stored, report.merged) == (3, {Source.ACCOUNT_DATA: 1})
    plays = plays_of(history)
    assert [play.ended_at - NOON for play in plays] == [10 * SECOND, DAY, 2 * DAY]
    assert plays[0].ms_played == 200_000
    assert imported(history, path).duplicates == 4


def test_repeats_survive(history: History, tmp_path: Path) -> None:
    """One song over and over, three minutes each: as many plays as rows."""
    rows = [music(NOON + i * 3 * MINUTE, 170_000 + i) for i in range(10)]
    path = zipped(tmp_path / "a.zip", {"StreamingHistory_music_0.json": rows})
    assert imported(history, path).stored == 10
    assert len(plays_of(history)) == 10


def test_rows_that_say_too_little(history: History, tmp_path: Path) -> None:
    """Each is skipped with its reason."""
    rows = [
        music(),
        music(trackName=None),
        music(endTime=None),
        music(endTime="noon"),
        music(endTime="1999-01-01 00:00"),
        music(msPlayed=-1),
        music(msPlayed="long"),
    ]
    path = zipped(tmp_path / "a.zip", {"StreamingHistory_music_0.json": rows})
    report = imported(history, path)
    assert report.stored == 1
    assert report.skipped == {
        Skipped.NO_ITEM: 1,
        Skipped.NO_TIME: 2,
        Skipped.IMPOSSIBLE_TIME: 1,
        Skipped.NO_LENGTH: 1,
        Skipped.WRONG_TYPE: 1,
    }


def test_a_file_of_ones_own_has_a_stable_name(history: History, tmp_path: Path) -> None:
    """Rows of the extended history without a URI are one item, however its name is dressed."""
    rows = [
        row(NOON, spotify_track_uri=None),
        row(
            NOON + DAY, spotify_track_uri=None, master_metadata_track_name="SLOW RIVERS"
        ),
        row(
            NOON + 2 * DAY,
            spotify_track_uri=None,
            master_metadata_album_album_name="Other",
        ),
        row(NOON + 3 * DAY, **NAMELESS, episode_name="Pilot", episode_show_name="Dial"),
        row(
            NOON + 4 * DAY,
            **NAMELESS,
            audiobook_title="The Long Field",
            audiobook_chapter_title="Chapter 1",
        ),
    ]
    assert imported(history, zipped(tmp_path / "a.zip", {AUDIO: rows})).stored == 5
    first, same, other, episode, chapter = (p.item for p in plays_of(history))
    assert first.uri == same.uri != other.uri
    assert (episode.kind, chapter.kind) == (Kind.EPISODE, Kind.CHAPTER)
    history.append([live(NOON, item=replace(SONG, uri="spotify:track:real"))]).result()
    assert plays_of(history)[0].item.uri == "spotify:track:real"
