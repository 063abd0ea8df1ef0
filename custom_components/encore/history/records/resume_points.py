"""Stores the resume points of episodes and the listener's own marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import Connection, select

from ..database.bulk import run, upsert, write_many
from ..database.key_tables import Registers
from ..database.record_tables import podcast_episode, podcast_show
from ..model import Listener
from .podcast_progress import Episode, Show

RESUMED_FROM_MS: Final = 30_000
"""A resume point that moved by less says nothing: it counts as a play from 30 seconds on."""


NEVER: Final = 0
"""When a show was read of which only single episodes are known."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A resume point that went forward by `heard_ms`, some time after `since` and until `until` (UTC ms)."""

    episode: Episode
    show: Show
    moved_ms: int
    since: int
    until: int


class _Before(NamedTuple):
    seen_at: int
    position_ms: int = 0
    finished: bool = False
    moved_at: int | None = None


def save_episodes(
    connection: Connection,
    registers: Registers,
    listener: Listener,
    show: Show,
    episodes: Sequence[Episode],
    *,
    now: int,
    first_place: int | None = 0,
) -> list[Moved]:
    """Store what was read of a show `now` (UTC ms), from a place of its list on; returns which resume points moved.

    Without a place they are single episodes, met elsewhere than in the list of their show. Of an
    episode that came out since the show was last read, the resume point was at the beginning then.
    """
    number = registers.listeners.enter(listener)
    read_before = connection.execute(
        select(podcast_show.c.checked_at).where(
            podcast_show.c.listener == number, podcast_show.c.uri == show.uri
        )
    ).scalar_one_or_none()
    rows_before = connection.execute(
        select(podcast_episode).where(
            podcast_episode.c.listener == number, podcast_episode.c.show == show.uri
        )
    )
    known = {row.uri: row for row in rows_before}
    moved: list[Moved] = []
    rows: list[tuple[object, ...]] = []
    for place, episode in enumerate(episodes, start=first_place or 0):
        row = known.get(episode.uri)
        before = None
        if row is not None and row.position_ms is not None:
            finished = row.finished is True
            before = _Before(row.seen_at, row.position_ms, finished, row.moved_at)
        elif read_before and _came_out(episode, read_before):
            before = _Before(read_before)
        moved_at = before.moved_at if before else None
        if before is not None and episode.position_ms is not None:
            is_finished = episode.finished is True
            if (episode.position_ms, is_finished) != before[1:3]:
                moved_at = now
            if (moved_ms := _moved_ms(before, episode)) >= RESUMED_FROM_MS:
                moved.append(Moved(episode, show, moved_ms, before.seen_at, now))
        if first_place is None:
            place = row.place if row else 0
        rows.append(
            (
                number,
                episode.uri,
                show.uri,
                place,
                # A NUL cannot be stored everywhere, and no title needs one.
                episode.title.replace("\0", ""),
                episode.duration_ms,
                episode.released,
                episode.image_url,
                episode.position_ms,
                episode.finished,
                moved_at,
                now,
                now,
            )
        )
    if first_place == 0 or read_before is None:
        _save_show(connection, number, show, now if first_place == 0 else NEVER)
    write_many(
        connection,
        "INSERT INTO podcast_episode (listener, uri, show, place, title, duration_ms, released,"
        " image_url, position_ms, finished, moved_at, seen_at, first_seen_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (listener, uri) DO UPDATE SET"
        " show = excluded.show, place = excluded.place, title = excluded.title,"
        " duration_ms = excluded.duration_ms, released = excluded.released,"
        " image_url = excluded.image_url,"
        # Without the permission for it, Spotify reports no resume point: the last one known stays.
        " position_ms = coalesce(excluded.position_ms, podcast_episode.position_ms),"
        " finished = coalesce(excluded.finished, podcast_episode.finished),"
        " moved_at = excluded.moved_at, seen_at = excluded.seen_at",
        rows,
    )
    return moved


def mark_episode(
    connection: Connection,
    registers: Registers,
    listener: Listener,
    uri: str,
    *,
    finished: bool,
    at: int,
) -> None:
    """Store that a listener marked an episode as finished, or not, at a moment (UTC ms)."""
    number = registers.listeners.enter(listener)
    run(
        connection,
        upsert("episode_mark", "listener, uri", "finished, marked_at"),
        (number, uri, finished, at),
    )


def drop_unsaved(
    connection: Connection, registers: Registers, listener: Listener
) -> None:
    """Drop the shows that a listener no longer has in the library, except for what was begun or marked."""
    number = registers.listeners.enter(listener)
    run(
        connection,
        "DELETE FROM podcast_episode WHERE listener = ?"
        " AND show NOT IN (SELECT uri FROM library_item WHERE listener = ?)"
        " AND uri NOT IN (SELECT uri FROM library_item WHERE listener = ?)"
        " AND uri NOT IN (SELECT uri FROM episode_mark WHERE listener = ?)"
        " AND (position_ms IS NULL OR position_ms = 0)",
        (number,) * 4,
    )
    run(
        connection,
        "DELETE FROM podcast_show WHERE listener = ?"
        " AND uri NOT IN (SELECT uri FROM library_item WHERE listener = ?)"
        " AND uri NOT IN (SELECT show FROM podcast_episode WHERE listener = ?)",
        (number,) * 3,
    )


def _came_out(episode: Episode, since: int) -> bool:
    """Whether an episode is from the day of a moment (UTC ms) or later; a day's grace for time zones."""
    day = datetime.fromtimestamp(since / 1000, UTC) - timedelta(days=1)
    return episode.released is not None and episode.released >= day.date().isoformat()


def _moved_ms(before: _Before, episode: Episode) -> int:
    """Return by how much (ms) a resume point went forward; what was finished and begun again started again."""
    start = 0 if before.finished else before.position_ms
    if episode.finished:
        if before.finished or episode.duration_ms is None:
            return 0
        return episode.duration_ms - start
    return (episode.position_ms or 0) - start


def _save_show(connection: Connection, listener: int, show: Show, now: int) -> None:
    run(
        connection,
        upsert(
            "podcast_show", "listener, uri", "name, kind, image_url, total, checked_at"
        ),
        (
            listener,
            show.uri,
            show.name.replace("\0", ""),
            int(show.kind),
            show.image_url,
            show.total,
            now,
        ),
    )
