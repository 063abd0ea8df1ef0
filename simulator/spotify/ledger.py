"""The ledger: what each person truly heard. Tests compare everything else with it."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
import gzip
import json
from pathlib import Path
from typing import Any

from .catalogue import Catalog


@dataclass(frozen=True, slots=True)
class Played:
    """One item on one device, from its first sound to its last. Times in UTC milliseconds.

    `ms_played` is how long it truly sounded: `ended_at - started_at`, less where it was paused.
    """

    uri: str
    kind: str
    """`track`, `episode` or `chapter`."""
    title: str
    artists: tuple[str, ...]
    """The show for an episode, the book for a chapter."""
    album: str
    started_at: int
    ended_at: int
    ms_played: int
    device_id: str
    device_name: str
    context_uri: str | None
    skipped: bool
    """Left before its end, by hand."""
    private: bool
    """Heard in a private session."""
    shuffle: bool
    reason_start: str
    """`trackdone`, `fwdbtn`, `backbtn`, `clickrow`, `playbtn`, `remote`."""
    reason_end: str
    """`trackdone`, `fwdbtn`, `backbtn`, `endplay`, `remote`, `logout`."""
    platform: str
    country: str
    offline: bool = False
    synced_at: int | None = None
    """When a play made offline reached Spotify."""

    def as_row(self) -> list[Any]:
        """Return it for the state dir; the catalogue knows the names."""
        flags = self.skipped | self.private << 1 | self.shuffle << 2 | self.offline << 3
        return [
            self.uri,
            self.started_at,
            self.ended_at,
            self.ms_played,
            self.device_id,
            self.device_name,
            self.context_uri,
            flags,
            self.reason_start,
            self.reason_end,
            self.platform,
            self.country,
            self.synced_at,
        ]


def played_from_row(row: Sequence[Any], catalogue: Catalog) -> Played:
    """Read what `Heard.as_row` gave."""
    (
        uri,
        started_at,
        ended_at,
        ms_played,
        device_id,
        device_name,
        context_uri,
        flags,
        start,
        end,
        platform,
        country,
        synced_at,
    ) = row
    item = catalogue.playable(uri)
    return Played(
        uri=uri,
        kind=item.kind.value,
        title=item.name,
        artists=item.artist_names,
        album=item.album_name,
        started_at=started_at,
        ended_at=ended_at,
        ms_played=ms_played,
        device_id=device_id,
        device_name=device_name,
        context_uri=context_uri,
        skipped=bool(flags & 1),
        private=bool(flags & 2),
        shuffle=bool(flags & 4),
        reason_start=start,
        reason_end=end,
        platform=platform,
        country=country,
        offline=bool(flags & 8),
        synced_at=synced_at,
    )


class Ledger:
    """Rows of every person, oldest first, never overlapping for one person.

    With a folder it is kept there: a person's past in `<key>.past.json.gz`, written once, and what they
    hear since then in `<key>.jsonl`, a line appended and flushed for each row. A line that a crash cut
    short is dropped.
    """

    def __init__(
        self,
        catalogue: Catalog,
        past: Callable[[str], list[Played]],
        folder: Path | None = None,
    ) -> None:
        """`past` invents a person's past when it is first asked for and the folder has none."""
        self._catalogue = catalogue
        self._past = past
        self._folder = folder
        self._played: dict[str, list[Played]] = {}
        """Past and since of those who were asked for."""
        self._since: defaultdict[str, list[Played]] = defaultdict(list)
        """What was heard since the past ended."""
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            for path in folder.glob("*.jsonl"):
                self._since[path.stem] = self._stored_since(path)

    def played(
        self, person_key: str, start: int | None = None, end: int | None = None
    ) -> Sequence[Played]:
        """Return the rows that started in `[start, end)`, oldest first; all of them without bounds."""
        rows = self._rows(person_key)
        first = 0 if start is None else bisect_left(rows, start, key=_started_at)
        last = len(rows) if end is None else bisect_left(rows, end, key=_started_at)
        return rows[first:last]

    def append(self, person_key: str, played: Played) -> None:
        """Add the newest row. With a folder it is on disk when this returns."""
        self._since[person_key].append(played)
        if person_key in self._played:
            self._played[person_key].append(played)
        if self._folder is not None:
            line = json.dumps(
                played.as_row(), ensure_ascii=False, separators=(",", ":")
            )
            with (self._folder / f"{person_key}.jsonl").open(
                "a", encoding="utf-8"
            ) as file:
                file.write(f"{line}\n")

    def newest_end(self) -> int:
        """Return the end of the newest row since the past (UTC ms), or 0."""
        return max(
            (rows[-1].ended_at for rows in self._since.values() if rows), default=0
        )

    def _rows(self, key: str) -> list[Played]:
        if key not in self._played:
            self._played[key] = self._stored_past(key) + self._since[key]
        return self._played[key]

    def _stored_past(self, key: str) -> list[Played]:
        if self._folder is None:
            return self._past(key)
        path = self._folder / f"{key}.past.json.gz"
        if path.exists():
            rows = json.loads(gzip.decompress(path.read_bytes()))
            return [played_from_row(row, self._catalogue) for row in rows]
        past = self._past(key)
        text = json.dumps(
            [played.as_row() for played in past],
            ensure_ascii=False,
            separators=(",", ":"),
        )
        unfinished = path.with_suffix(".new")
        unfinished.write_bytes(gzip.compress(text.encode(), compresslevel=1))
        unfinished.replace(path)
        return past

    def _stored_since(self, path: Path) -> list[Played]:
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        whole = [line for line in lines if line.endswith("\n")]
        if len(whole) < len(lines):
            path.write_text("".join(whole), encoding="utf-8")
        return [played_from_row(json.loads(line), self._catalogue) for line in whole]


def _started_at(played: Played) -> int:
    return played.started_at
