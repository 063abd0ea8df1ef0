"""A history as Spotify's extended streaming history: a ZIP of JSON files, a play in a row.

Other programs read a row in Spotify's keys and count each play once. What each source said lies in
it as well, and is what an import of ours goes by.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import IO, Any, Final, override
import zipfile

import msgspec

from ..merge.field_resolution import LENGTH_FROM
from ..merge.same_song import is_local
from ..model import Kind, Play
from .csv_and_parquet import Sheet
from .exported_items import source_name
from .plays_with_sources import PlayWithSources, SourcesOfPlays

FOLDER: Final = "Spotify Extended Streaming History"

UNKNOWN_COUNTRY: Final = "ZZ"
"""What Spotify says where it does not know the country."""

_BY_BELIEF: Final = {source_name(source): at for at, source in enumerate(LENGTH_FROM)}


class SpotifyZip(Sheet):
    """Writes plays into a ZIP, a file for each year in which some began."""

    def __init__(self, stream: IO[bytes], merge_rows: SourcesOfPlays) -> None:
        """Write to a stream, with what is known of observations."""
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED)
        self._witnesses = merge_rows
        self._file: _JsonFile | None = None
        self._year = 0
        self._files = 0

    @override
    def write(self, plays: Sequence[Play]) -> None:
        """Write a page of plays, which follow those before them."""
        for one in self._witnesses.of(plays):
            year = datetime.fromtimestamp(one.play.started_at / 1000, UTC).year
            self._of_year(year).write(msgspec.json.encode(_row(one)))

    @override
    def finish(self) -> None:
        """End the last file, and the ZIP."""
        if self._file is None:
            self._of_year(datetime.now(UTC).year)
        if self._file is not None:
            self._file.end()
        self._zip.close()

    @override
    def abandon(self) -> None:
        """Let go of the stream: a ZIP that is not closed complains when nobody listens."""
        if self._file is not None:
            with suppress(OSError, ValueError):
                self._file.end()
        with suppress(OSError, ValueError):
            self._zip.close()

    def _of_year(self, year: int) -> _JsonFile:
        """Return the file of a year, begun where it is the first of it."""
        if self._file is None or year != self._year:
            if self._file is not None:
                self._file.end()
            name = f"{FOLDER}/Streaming_History_Audio_{year}_{self._files}.json"
            self._file = _JsonFile(self._zip.open(name, "w", force_zip64=True))
            self._year = year
            self._files += 1
        return self._file


class _JsonFile:
    """A JSON list of rows, a row in a line."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._rows = 0

    def write(self, row: bytes) -> None:
        self._stream.write(b"%b%b" % (b",\n" if self._rows else b"[\n", row))
        self._rows += 1

    def end(self) -> None:
        self._stream.write(b"\n]" if self._rows else b"[]")
        self._stream.close()


def _row(one: PlayWithSources) -> dict[str, Any]:
    """Return a play as a row of Spotify's extended streaming history, with what only Encore knows of it."""
    play, item = one.play, one.play.item
    artist = item.artists[0] if item.artists else None
    uri = None if is_local(item.uri) else item.uri
    track = item.kind is Kind.TRACK
    episode = item.kind is Kind.EPISODE
    chapter = item.kind is Kind.CHAPTER
    believed = sorted(one.observations, key=lambda each: _BY_BELIEF[each.source])

    def said(name: str) -> Any:
        values = (getattr(each, name) for each in believed)
        return next((value for value in values if value is not None), None)

    offline_at = next((each.offline_at for each in believed if each.offline_at), None)
    ended = datetime.fromtimestamp(play.ended_at // 1000, UTC)
    return {
        "ts": ended.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "platform": play.device.name if play.device else "",
        "ms_played": play.ms_played,
        "conn_country": UNKNOWN_COUNTRY,
        "ip_addr": None,
        "master_metadata_track_name": item.title if track else None,
        "master_metadata_album_artist_name": artist if track else None,
        "master_metadata_album_album_name": item.album if track else None,
        "spotify_track_uri": uri if track else None,
        "episode_name": item.title if episode else None,
        "episode_show_name": artist if episode else None,
        "spotify_episode_uri": uri if episode else None,
        "audiobook_title": artist if chapter else None,
        "audiobook_uri": None,
        "audiobook_chapter_uri": uri if chapter else None,
        "audiobook_chapter_title": item.title if chapter else None,
        "reason_start": said("reason_start"),
        "reason_end": said("reason_end"),
        "shuffle": said("shuffle"),
        "skipped": play.skipped,
        "offline": said("offline"),
        "offline_timestamp": None if offline_at is None else offline_at // 1000,
        "incognito_mode": said("incognito"),
        "encore_started_at": play.started_at,
        "encore_ended_at": play.ended_at,
        "encore_rooms": play.rooms,
        "encore_item": one.item,
        "encore_observations": one.observations,
    }
