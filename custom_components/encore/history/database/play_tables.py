"""Tables of tracks, observations, plays, and recorded time.

Times are UTC milliseconds. Names of columns that refer to a table are the table's.
"""

from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

metadata: Final = MetaData()
"""All tables; those of records are added by `record_tables`."""

TEXT: Final = Text().with_variant(Text(collation="C"), "postgresql")
"""Text in the order of its code points, on both databases and in Python."""


def refers(table: str) -> ForeignKey:
    """Return a reference to the row ids of a table."""
    return ForeignKey(f"{table}.id")


def of_listener() -> Column[int]:
    """Return the column of the listener with whom the rows of a table go."""
    reference = ForeignKey("listener.id", ondelete="CASCADE")
    return Column("listener", reference, primary_key=True)


def _source_is_known() -> CheckConstraint:
    """Return the constraint of a column `source`: it has the number of a source."""
    return CheckConstraint("source BETWEEN 1 AND 6", name="source")


def _register(name: str) -> Table:
    """Return a table of what is known by a key, with its latest name."""
    return Table(
        name,
        metadata,
        Column("id", Integer, primary_key=True),
        Column("key", TEXT, nullable=False, unique=True),
        Column("name", TEXT, nullable=False),
    )


def observation_key(listener: Any, track: Any) -> list[Column[Any]]:
    """Return the columns that distinguish an observation; the listener and the track are of a type, or refer to a table."""
    return [
        Column("listener", listener, primary_key=True),
        Column("ended_at", BigInteger, primary_key=True),
        Column("track", track, primary_key=True),
        Column("source", SmallInteger, primary_key=True),
        Column("ms_played", Integer, primary_key=True),
        Column("offline_at", BigInteger, primary_key=True),
    ]


def _of_observation() -> list[Any]:
    """Return the columns of a table whose rows go with an observation, by its key."""
    columns = observation_key(Integer, Integer)
    names = [column.name for column in columns]
    key = [f"observation.{name}" for name in names]
    return [*columns, ForeignKeyConstraint(names, key, ondelete="CASCADE")]


def _time_ranges(name: str, kind: str, known: CheckConstraint) -> Table:
    """Return a table of time ranges of listeners, each of a kind."""
    return Table(
        name,
        metadata,
        of_listener(),
        Column(kind, SmallInteger, primary_key=True),
        Column("from_ms", BigInteger, primary_key=True),
        Column("to_ms", BigInteger, nullable=False),
        CheckConstraint("from_ms < to_ms", name=f"{name}_interval"),
        known,
        sqlite_with_rowid=False,
    )


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
"""Tracks and episodes of which Spotify was asked for what no source reported, and whether it knew them (UTC ms)."""

artist_picture = Table(
    "artist_picture",
    metadata,
    Column("artist", refers("artist"), primary_key=True),
    Column("looked_up_at", BigInteger, nullable=False),
    Column("image_url", TEXT),
    sqlite_with_rowid=False,
)
"""Artists for whose picture Spotify was asked (UTC ms), and its address where there is one."""

listener = _register("listener")
room = _register("room")
device = _register("device")

reason = Table(
    "reason",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", TEXT, nullable=False, unique=True),
)

observation = Table(
    "observation",
    metadata,
    *observation_key(refers("listener"), refers("track")),
    Column("started_at", BigInteger, nullable=False),
    Column("device", refers("device")),
    Column("context_uri", TEXT),
    Column("skipped", Boolean),
    Column("shuffle", Boolean),
    Column("offline", Boolean),
    Column("incognito", Boolean),
    # Row ids of reasons; a foreign key would look each up, for a fifth of what a row costs.
    Column("reason_start", Integer),
    Column("reason_end", Integer),
    # No foreign key: it would need an index of its own, or each play that goes would cost a scan.
    Column("play", Integer),
    CheckConstraint("started_at <= ended_at", name="interval"),
    CheckConstraint("ms_played >= 0", name="length"),
    _source_is_known(),
    CheckConstraint("offline_at >= 0", name="offline"),
    sqlite_with_rowid=False,
)
"""What was said, never edited but for the play it belongs to. `offline_at` is 0 where unknown."""

Index(
    "observation_polled",
    observation.c.listener,
    observation.c.ended_at,
    sqlite_where=observation.c.source == 2,
    postgresql_where=observation.c.source == 2,
)
"""Finds the newest of “recently played”, from which a collector goes on."""

observation_room = Table(
    "observation_room",
    metadata,
    *_of_observation(),
    Column("room", refers("room"), primary_key=True),
    Column("from_ms", BigInteger, primary_key=True),
    Column("to_ms", BigInteger, nullable=False),
    CheckConstraint("from_ms <= to_ms", name="interval"),
    sqlite_with_rowid=False,
)

observation_volume = Table(
    "observation_volume",
    metadata,
    *_of_observation(),
    Column("room", refers("room"), primary_key=True),
    Column("at_ms", BigInteger, primary_key=True),
    Column("percent", SmallInteger, nullable=False),
    Index("volume_in_room", "room", "at_ms"),
    CheckConstraint("percent BETWEEN 0 AND 100", name="percent"),
    sqlite_with_rowid=False,
)
"""How loud a room was from a moment on, while an observation sounded there: it goes with the observation."""

play = Table(
    "play",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("listener", refers("listener"), nullable=False),
    Column("started_at", BigInteger, nullable=False),
    Column("track", refers("track"), nullable=False),
    Column("ended_at", BigInteger, nullable=False),
    Column("ms_played", Integer, nullable=False),
    Column("sources", SmallInteger, nullable=False),
    Column("device", refers("device")),
    Column("context_uri", TEXT),
    Column("skipped", Boolean),
    UniqueConstraint("listener", "started_at", "track"),
    CheckConstraint("started_at <= ended_at", name="interval"),
    CheckConstraint("ms_played >= 0", name="length"),
    CheckConstraint("sources BETWEEN 2 AND 126", name="sources"),
)
"""What was concluded. `sources` is a set of bits, `1 << source` for each."""

play_room = Table(
    "play_room",
    metadata,
    Column("play", ForeignKey("play.id", ondelete="CASCADE"), primary_key=True),
    Column("room", refers("room"), primary_key=True),
    Column("from_ms", BigInteger, primary_key=True),
    Column("to_ms", BigInteger, nullable=False),
    Index("play_in_room", "room", "from_ms"),
    CheckConstraint("from_ms <= to_ms", name="interval"),
    sqlite_with_rowid=False,
)

recording = _time_ranges("recording", "source", _source_is_known())
"""When a source was recording a listener, or what exports span; two of a source lie apart."""

recording_gap = _time_ranges(
    "recording_gap", "reason", CheckConstraint("reason BETWEEN 1 AND 9", name="reason")
)
"""When a listener was not recorded, and why, as far as it was noticed."""
