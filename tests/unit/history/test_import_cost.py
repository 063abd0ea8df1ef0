"""What an import takes of the process that it shares with Home Assistant: memory, and the garbage collector's time."""

from pathlib import Path
import tracemalloc

from custom_components.encore.history.history import History
from tests.collected import promoted

from .exports import AUDIO, VIDEO, Row, row, zipped
from .memory import ALVA, DAY, NOON

ROWS = 6_000
BETWEEN = DAY // 2


def singles(first: int, number: int, every: int) -> list[Row]:
    """Return rows of tracks by one artist, each on an album of its own."""
    return [
        row(
            NOON + place * every,
            master_metadata_track_name=f"Slow Rivers {track}",
            master_metadata_album_album_name=f"Low Water {track}",
            spotify_track_uri=f"spotify:track:{track:022d}",
        )
        for place, track in enumerate(range(first, first + number))
    ]


def test_a_file_over_all_years_brings_no_history_into_memory(
    history: History, tmp_path: Path
) -> None:
    """Spotify puts what has a picture into one file for all years, beside those of a year each."""
    audio = zipped(tmp_path / "audio.zip", {AUDIO: singles(0, ROWS, BETWEEN)})
    video = zipped(
        tmp_path / "video.zip", {VIDEO: singles(ROWS, 100, ROWS // 100 * BETWEEN + 1)}
    )
    assert history.import_export(audio, ALVA).result().stored == ROWS
    tracemalloc.start(1)
    try:
        before, _ = tracemalloc.get_traced_memory()
        assert history.import_export(video, ALVA).result().stored == 100
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (peak - before) / ROWS < 200, "bytes for each row that was stored before"


def test_what_an_import_names_is_not_taken_for_long_lived(
    history: History, tmp_path: Path
) -> None:
    """Else the collector visits all of Home Assistant meanwhile, which stands still for a quarter of a second."""
    path = zipped(tmp_path / "audio.zip", {AUDIO: singles(0, ROWS, BETWEEN)})
    with promoted() as counted:
        assert history.import_export(path, ALVA).result().stored == ROWS
    assert counted.objects < ROWS / 2
