"""Totals by SQL, for comparison with those of the columns."""

from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    case,
    func,
    null,
    select,
)

from custom_components.encore.history.database.play_tables import (
    album,
    artist,
    play,
    track,
    track_artist,
)
from custom_components.encore.history.model import (
    By,
    Kind,
    Source,
    TopEntry,
    TopOf,
    Total,
    Window,
)
from custom_components.encore.history.queries.filters import Filters, conditions


def total(connection: Connection, window: Window, filters: Filters) -> Total:
    """Return how many plays a window has and how long they sounded."""
    plays, ms_played, assumed_ms = connection.execute(
        select(_COUNT, _SUM, _ASSUMED)
        .select_from(play.join(track, track.c.id == play.c.track))
        .where(*conditions(window, filters))
    ).one()
    return Total(plays, ms_played, assumed_ms)


def kinds(connection: Connection, window: Window, filters: Filters) -> dict[Kind, int]:
    """Return how many plays of each kind a window has; a kind that it lacks is left out."""
    counted = connection.execute(
        select(track.c.kind, _COUNT)
        .select_from(play.join(track, track.c.id == play.c.track))
        .where(*conditions(window, filters))
        .group_by(track.c.kind)
    )
    return {Kind(kind): plays for kind, plays in counted}


def top(
    connection: Connection,
    window: Window,
    filters: Filters,
    of: TopOf,
    *,
    by: By,
    limit: int,
) -> list[TopEntry]:
    """Return the most played tracks, artists or albums: by plays or time, the other one, then name."""
    first = (_COUNT, _SUM) if by is By.PLAYS else (_SUM, _COUNT)
    question, *names = RANKED_IN_SQL[of]
    rows = connection.execute(
        question.where(*conditions(window, filters))
        .order_by(*(each.desc() for each in first), *names)
        .limit(limit)
    )
    return [
        TopEntry(row.name, row.by, row.uri, Total(row.plays, row.ms_played))
        for row in rows
    ]


_COUNT: Final = func.count()
_SUM: Final = func.coalesce(func.sum(play.c.ms_played), 0)
_ASSUMED: Final = func.coalesce(
    func.sum(
        case(
            (
                (play.c.sources == 1 << Source.POLLED)
                & (track.c.kind == int(Kind.TRACK)),
                play.c.ms_played,
            ),
            else_=0,
        )
    ),
    0,
)
"""What `Play.is_assumed` says, in ms."""


def _ranked(
    by: Column[Any],
    name: Column[Any],
    artist_name: ColumnElement[Any],
    through: Any,
    uri: Column[Any] | None = None,
) -> tuple[Select[Any], Any, Any, Any]:
    """Return the question for the most played by a row id, without filters and order, and what orders equals."""
    question = (
        select(
            name.label("name"),
            artist_name.label("by"),
            (null() if uri is None else uri).label("uri"),
            _COUNT.label("plays"),
            _SUM.label("ms_played"),
        )
        .select_from(through)
        .group_by(by)
    )
    return question, name, artist_name, by if uri is None else uri


_first_artist: Final = (
    select(artist.c.name)
    .join(track_artist, track_artist.c.artist == artist.c.id)
    .where(track_artist.c.track == track.c.id, track_artist.c.position == 0)
    .scalar_subquery()
)
_album_artist: Final = (
    select(artist.c.name).where(artist.c.id == album.c.artist).scalar_subquery()
)
_played: Final = play.join(track, track.c.id == play.c.track)

RANKED_IN_SQL: Final = {
    TopOf.TRACKS: _ranked(
        track.c.id,
        track.c.title,
        func.coalesce(_first_artist, ""),
        _played,
        track.c.uri,
    ),
    TopOf.ARTISTS: _ranked(
        artist.c.id,
        artist.c.name,
        artist.c.name,
        _played.join(track_artist, track_artist.c.track == track.c.id).join(
            artist, artist.c.id == track_artist.c.artist
        ),
    ),
    TopOf.ALBUMS: _ranked(
        album.c.id,
        album.c.name,
        _album_artist,
        _played.join(album, album.c.id == track.c.album),
    ),
}
