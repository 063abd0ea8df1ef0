"""Podcasts and audiobooks of a listener: shows, episodes, and progress.

Resume points are Spotify's and can only be read; what a listener marked as finished is stored here. Either may be the
later word: a mark holds until the resume point moves again.
"""

from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, or_, select, true

from ..database.record_tables import (
    episode_mark,
    library_item,
    podcast_episode,
    podcast_show,
)
from ..model import Kind
from ..search.normalization import words_of
from .saved_library import LibrarySection, OfListeners


@dataclass(frozen=True, slots=True)
class Show:
    """A podcast, or an audiobook with its chapters. `total` is how many parts it has."""

    uri: str
    name: str
    kind: Kind = Kind.EPISODE
    image_url: str | None = None
    total: int = 0


@dataclass(frozen=True, slots=True)
class Episode:
    """An episode or chapter with its listener's resume point, which is None where Spotify does not report it."""

    uri: str
    title: str
    duration_ms: int | None = None
    released: str | None = None
    """A date as Spotify writes it: `2026-11-20`, or less of it."""
    image_url: str | None = None
    position_ms: int | None = None
    finished: bool | None = None


@dataclass(frozen=True, slots=True)
class KnownShow:
    """A show, and when its newest episodes were last read (UTC ms)."""

    show: Show
    checked_at: int


@dataclass(frozen=True, slots=True)
class KnownEpisode:
    """An episode as it was seen at `seen_at`; `moved_at` is when its resume point was first seen where it is. UTC ms."""

    episode: Episode
    show: Show
    place: int
    """Counted from 0, in the order in which Spotify lists the show."""
    seen_at: int
    moved_at: int | None = None
    marked: bool | None = None
    """What the listener said of it, where that still holds."""

    @property
    def finished(self) -> bool:
        """Whether it counts as played to the end."""
        return self.episode.finished is True if self.marked is None else self.marked

    @property
    def under_way(self) -> bool:
        """Whether it was begun and not finished."""
        return not self.finished and (self.episode.position_ms or 0) > 0

    @property
    def left_ms(self) -> int | None:
        """How much of it is left to play."""
        if self.finished:
            return 0
        if self.episode.duration_ms is None:
            return None
        return max(self.episode.duration_ms - (self.episode.position_ms or 0), 0)


class PodcastQueries(OfListeners):
    """Queries of stored podcasts and audiobooks."""

    def shows(self, listener: str) -> list[KnownShow]:
        """Return the shows of which a listener (by key) has episodes, those read longest ago first."""
        rows = self._connection.execute(
            self._of(podcast_show, listener).order_by(
                podcast_show.c.checked_at, podcast_show.c.uri
            )
        )
        return [
            KnownShow(msgspec.convert(row, Show, from_attributes=True), row.checked_at)
            for row in rows
        ]

    def show(self, listener: str, name: str) -> KnownShow | None:
        """Return the show of a listener (by key) that a URI or a name stands for, or begins."""
        words = words_of(name)
        shows = self.shows(listener)
        named = [
            known
            for known in shows
            if known.show.uri == name or words_of(known.show.name) == words
        ] or [
            known
            for known in shows
            if words and words_of(known.show.name)[: len(words)] == words
        ]
        return named[0] if named else None

    def episodes(
        self, listener: str, show: str, limit: int | None = None
    ) -> list[KnownEpisode]:
        """Return the episodes of a show (by URI), in Spotify's order: an audiobook's first to last, a podcast's newest first."""
        return self._episodes(
            listener, podcast_episode.c.show == show, limit, podcast_episode.c.place
        )

    def episode(self, listener: str, uri: str) -> KnownEpisode | None:
        """Return one episode of a listener (by key)."""
        return next(iter(self._episodes(listener, podcast_episode.c.uri == uri)), None)

    def named(self, listener: str, title: str) -> list[KnownEpisode]:
        """Return the episodes of a listener (by key) whose title has these words, and no others."""
        words = words_of(title)
        return [
            known
            for known in self._episodes(listener, true())
            if words_of(known.episode.title) == words
        ]

    def new(self, listener: str, since: str, limit: int) -> list[KnownEpisode]:
        """Return episodes of saved shows that came out on a day (`2026-11-20`) or later and are not finished, the newest first."""
        saved = select(library_item.c.uri).where(
            library_item.c.listener == podcast_episode.c.listener,
            library_item.c.shelf == str(LibrarySection.SHOWS),
        )
        found = self._episodes(
            listener,
            and_(
                podcast_episode.c.released >= since, podcast_episode.c.show.in_(saved)
            ),
            None,
            podcast_episode.c.released.desc(),
            podcast_episode.c.show,
            podcast_episode.c.place,
        )
        return [known for known in found if not known.finished][:limit]

    def under_way(self, listener: str, limit: int) -> list[KnownEpisode]:
        """Return what was begun and not finished, what was played last first."""
        found = self._episodes(
            listener,
            or_(
                podcast_episode.c.position_ms > 0,
                episode_mark.c.finished.is_(False),
            ),
        )
        return sorted(
            (known for known in found if known.under_way),
            key=lambda known: (
                -(known.moved_at or 0),
                _backwards(known.episode.released or ""),
                known.place,
            ),
        )[:limit]

    def _episodes(
        self,
        listener: str,
        which: ColumnElement[bool],
        limit: int | None = None,
        *order: Any,
    ) -> list[KnownEpisode]:
        rows = self._connection.execute(
            self._of(
                podcast_episode,
                listener,
                podcast_show.c.name,
                podcast_show.c.kind,
                podcast_show.c.image_url.label("show_image"),
                podcast_show.c.total,
                episode_mark.c.finished.label("marked"),
                episode_mark.c.marked_at,
            )
            .outerjoin(
                podcast_show,
                and_(
                    podcast_show.c.listener == podcast_episode.c.listener,
                    podcast_show.c.uri == podcast_episode.c.show,
                ),
            )
            .outerjoin(
                episode_mark,
                and_(
                    episode_mark.c.listener == podcast_episode.c.listener,
                    episode_mark.c.uri == podcast_episode.c.uri,
                ),
            )
            .where(which)
            .order_by(*order, podcast_episode.c.uri)
            .limit(limit)
        )
        return [_episode(row) for row in rows]


def _episode(row: Any) -> KnownEpisode:
    holds = row.marked is not None and (
        row.moved_at is None or row.marked_at >= row.moved_at
    )
    return KnownEpisode(
        msgspec.convert(row, Episode, from_attributes=True),
        # Of a show that is not in the library, only single episodes are known.
        Show(
            row.show,
            row.name or "",
            Kind.EPISODE if row.kind is None else Kind(row.kind),
            row.show_image,
            row.total or 0,
        ),
        row.place,
        row.seen_at,
        row.moved_at,
        row.marked if holds else None,
    )


def _backwards(text: str) -> tuple[int, ...]:
    """Return a key by which texts are sorted from the last to the first."""
    return tuple(-ord(character) for character in text)
