"""Names with the character NUL in them are stored on every database, however they come."""

from dataclasses import replace
from pathlib import Path

import pytest

from custom_components.encore.history.database.nul import without_nul
from custom_components.encore.history.history import History
from custom_components.encore.history.model import Device, Listener, Room
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN

from .exports import AUDIO, row, zipped
from .memory import ALL, ALVA, NOON, SONG, live, span

NUL = "\0"
SHOWN = "\ufffd"


@pytest.mark.parametrize(
    ("json", "expected"),
    [
        (rb'"a\u0000b"', rb'"a\ufffdb"'),
        (rb'"\u0000\u0000"', rb'"\ufffd\ufffd"'),
        # A backslash, and a word that only looks like it.
        (rb'"a\\u0000b"', rb'"a\\u0000b"'),
        (rb'"a\\\u0000b"', rb'"a\\\ufffdb"'),
        (rb'"a\\\\u0000b"', rb'"a\\\\u0000b"'),
        (rb'"u0000"', rb'"u0000"'),
    ],
)
def test_only_what_stands_for_it_is_taken_for_it(json: bytes, expected: bytes) -> None:
    """JSON writes it in one way, and a backslash in another."""
    assert without_nul(json) == expected


def test_what_is_observed_may_have_it_anywhere(history: History) -> None:
    """The same play is told as without it, with a mark in its place; twice is once."""
    item = replace(
        SONG, title=f"Slow{NUL}Rivers", artists=(f"Ilse{NUL}",), album=f"{NUL}Low"
    )
    observation = live(
        NOON,
        item=item,
        listener=Listener(ALVA.key, f"Al{NUL}va"),
        device=Device("phone", f"{NUL}phone"),
        rooms=(span(Room("area:study", f"Stu{NUL}dy"), NOON - 200_000, NOON),),
        context_uri=f"spotify:playlist:{NUL}",
        reason_end=f"track{NUL}done",
    )
    history.append([observation]).result()
    assert history.append([observation]).result().duplicates == 1
    [play] = history.ask(
        lambda queries: queries.plays(ALL), hidden=NOBODY_HIDDEN
    ).result()
    assert (play.item.title, play.item.artists, play.item.album) == (
        f"Slow{SHOWN}Rivers",
        (f"Ilse{SHOWN}",),
        f"{SHOWN}Low",
    )
    assert play.rooms[0].room.name == f"Stu{SHOWN}dy"
    assert play.context_uri == f"spotify:playlist:{SHOWN}"


def test_what_is_imported_may_have_it(history: History, tmp_path: Path) -> None:
    """It meets what was live, and a title that only looks like it stays as it is."""
    rows = [
        row(NOON, master_metadata_track_name=f"Slow{NUL}Rivers"),
        row(
            NOON + 400_000,
            spotify_track_uri="spotify:track:other",
            master_metadata_track_name="\\u0000",
            reason_end=f"{NUL}",
        ),
    ]
    history.append([live(NOON, item=replace(SONG, title=f"Slow{NUL}Rivers"))]).result()
    report = history.import_export(
        zipped(tmp_path / "a.zip", {AUDIO: rows}), ALVA
    ).result()
    assert (report.rows, report.stored, sum(report.merged.values())) == (2, 1, 1)
    plays = history.ask(
        lambda queries: queries.plays(ALL, newest_first=False), hidden=NOBODY_HIDDEN
    ).result()
    assert [play.item.title for play in plays] == [f"Slow{SHOWN}Rivers", "\\u0000"]
