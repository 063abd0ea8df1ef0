"""Tables of tracks, artists, albums and their metadata."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Integer,
    SmallInteger,
    Table,
    UniqueConstraint,
)

from .shared_columns import TEXT, metadata, refers

artist = Table(
    "artist",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", TEXT, nullable=False, unique=True),
)

album = Table(
    "album",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("artist", refers("artist"), nullable=False),
    Column("name", TEXT, nullable=False),
    UniqueConstraint("artist", "name"),
)

song_key = Table(
    "song_key",
    metadata,
    Column("key", TEXT, primary_key=True),
    Column("song", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""The keys under which releases of one recording meet; songs that share a key become one."""

track = Table(
    "track",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("uri", TEXT, nullable=False, unique=True),
    Column("kind", SmallInteger, nullable=False),
    Column("title", TEXT, nullable=False),
    Column("album", refers("album")),
    Column("song", Integer, nullable=False, index=True),
    Column("duration_ms", Integer),
    Column("isrc", TEXT),
    Column("image_url", TEXT),
    Column("told_by", SmallInteger, nullable=False),
    Column("shown_as", refers("track")),
    CheckConstraint("kind BETWEEN 1 AND 6", name="kind"),
    CheckConstraint("duration_ms >= 0", name="duration"),
    CheckConstraint("told_by BETWEEN -1 AND 3", name="told_by"),
)
"""Tracks, episodes and chapters, radio stations and inputs. `told_by` is the rank of the source that described it.

`shown_as` is the real track that the plays of a local one show, of which only names are known.
"""

unsettled = Table(
    "unsettled",
    metadata,
    Column("track", refers("track"), primary_key=True),
    sqlite_with_rowid=False,
)
"""Tracks of which something became known, and whose stored observations wait to be merged again."""

track_artist = Table(
    "track_artist",
    metadata,
    Column("track", refers("track"), primary_key=True),
    Column("position", SmallInteger, primary_key=True),
    Column("artist", refers("artist"), nullable=False),
    sqlite_with_rowid=False,
)

looked_up = Table(
    "looked_up",
    metadata,
    Column("track", refers("track"), primary_key=True),
    Column("looked_up_at", BigInteger, nullable=False),
    Column("found", Boolean, nullable=False),
    sqlite_with_rowid=False,
)
"""Tracks and episodes of which Spotify was asked for what no source told, and whether it knew them (UTC ms)."""

artist_picture = Table(
    "artist_picture",
    metadata,
    Column("artist", refers("artist"), primary_key=True),
    Column("looked_up_at", BigInteger, nullable=False),
    Column("image_url", TEXT),
    sqlite_with_rowid=False,
)
"""Artists for whose picture Spotify was asked (UTC ms), and its address where there is one."""
