"""A file that a history is written into, page by page; and a play as the row of a table."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from typing import NamedTuple

from ..model import Play
from .exported_items import source_name


class Sheet(ABC):
    """Writes plays in a format."""

    @abstractmethod
    def write(self, plays: Sequence[Play]) -> None:
        """Write a page of plays, which follow those before them."""

    @abstractmethod
    def finish(self) -> None:
        """Write what comes after the last play."""

    @abstractmethod
    def abandon(self) -> None:
        """Let go of the stream instead, which may take no more; raises nothing."""


class PlayRow(NamedTuple):
    """A play in a table. Its fields are the columns, by these names."""

    started_local: datetime
    """By the listener's clock, with its offset, as the next one."""
    ended_local: datetime
    started_utc: datetime
    ended_utc: datetime
    title: str
    artists: list[str]
    album: str
    kind: str
    uri: str
    listener: str
    rooms: list[str]
    device: str | None
    seconds: float
    skipped: bool | None
    sources: list[str]


def play_row(play: Play, zone: tzinfo) -> PlayRow:
    """Return a play as a row, with local times of a zone."""
    started = datetime.fromtimestamp(play.started_at / 1000, UTC)
    ended = datetime.fromtimestamp(play.ended_at / 1000, UTC)
    return PlayRow(
        started.astimezone(zone),
        ended.astimezone(zone),
        started,
        ended,
        play.item.title,
        list(play.item.artists),
        play.item.album,
        play.item.kind.name.lower(),
        play.item.uri,
        play.listener.name,
        list(dict.fromkeys(span.room.name for span in play.rooms)),
        play.device.name if play.device else None,
        play.ms_played / 1000,
        play.skipped,
        [source_name(source) for source in sorted(play.sources)],
    )
