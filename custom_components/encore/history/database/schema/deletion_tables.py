"""Tables of deletions and re-import blocks."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
)

from .shared_columns import metadata, refers

forgetting = Table(
    "forgetting",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("listener", Text),
    Column("room", Text),
    Column("from_ms", BigInteger),
    Column("to_ms", BigInteger, nullable=False),
    Column("track", Text),
    Column("artist", Text),
    Column("album", Text),
    Column("show", Text),
    Column("kind", SmallInteger),
    Column("song_keys", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("keep_away", Boolean, nullable=False),
    Column("asked_at", BigInteger, nullable=False),
    Column("asked_by", Text),
    Column("plays", Integer, nullable=False),
    Column("ms_played", BigInteger, nullable=False),
    Column("purge_at", BigInteger, nullable=False),
    Column("undone_at", BigInteger),
    Column("undone_by", Text),
    Column("lifted_at", BigInteger),
    Column("lifted_by", Text),
    Column("purged_at", BigInteger),
)
"""What was to be forgotten: the rule and who asked for it, kept as the record of that. Listener
and room are keys, because their rows may go."""

hidden_play = Table(
    "hidden_play",
    metadata,
    Column("play", Integer, primary_key=True),
    Column("forgetting", refers("forgetting"), nullable=False),
    Column("listener", refers("listener"), nullable=False),
    Column("started_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger, nullable=False),
    Column("sources", SmallInteger, nullable=False),
    Column("ms_played", Integer, nullable=False, server_default="0"),
    Index("hidden_by", "forgetting", "listener", "started_at"),
)
"""Plays that a rule hides: no row of `play` has their id, and observations belong to them."""

forgotten_song = Table(
    "forgotten_song",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("song", Integer, nullable=False),
)
"""The keys of songs that were forgotten, as digests: what they are called is not kept."""

forgotten_observation = Table(
    "forgotten_observation",
    metadata,
    Column("listener", refers("listener"), primary_key=True),
    Column("ended_at", BigInteger, primary_key=True),
    Column("track", Text, primary_key=True),
    Column("source", SmallInteger, primary_key=True),
    Column("ms_played", Integer, primary_key=True),
    Column("offline_at", BigInteger, primary_key=True),
    Column("started_at", BigInteger, nullable=False),
    Column("duration_ms", Integer),
    Column("song", Integer, nullable=False),
    Column("forgetting", refers("forgetting"), nullable=False),
    Column("rooms", Text),
    sqlite_with_rowid=False,
)
"""What is left of removed observations where a rule alone would not know them again: their times,
and digests of their track, song and rooms, so that what would have joined them is kept away too."""
