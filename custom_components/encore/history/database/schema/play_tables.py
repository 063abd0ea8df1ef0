"""Tables of observations, plays, rooms, devices, listeners and recorded time."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    Table,
    UniqueConstraint,
)

from .shared_columns import TEXT, metadata, refers, source_is_known, whose

listener = Table(
    "listener",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", TEXT, nullable=False, unique=True),
    Column("name", TEXT, nullable=False),
)

room = Table(
    "room",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", TEXT, nullable=False, unique=True),
    Column("name", TEXT, nullable=False),
)

device = Table(
    "device",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", TEXT, nullable=False, unique=True),
    Column("name", TEXT, nullable=False),
)

reason = Table(
    "reason",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", TEXT, nullable=False, unique=True),
)

observation = Table(
    "observation",
    metadata,
    Column("listener", refers("listener"), primary_key=True),
    Column("ended_at", BigInteger, primary_key=True),
    Column("track", refers("track"), primary_key=True),
    Column("source", SmallInteger, primary_key=True),
    Column("ms_played", Integer, primary_key=True),
    Column("offline_at", BigInteger, primary_key=True),
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
    source_is_known(),
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
    Column("listener", Integer, primary_key=True),
    Column("ended_at", BigInteger, primary_key=True),
    Column("track", Integer, primary_key=True),
    Column("source", SmallInteger, primary_key=True),
    Column("ms_played", Integer, primary_key=True),
    Column("offline_at", BigInteger, primary_key=True),
    Column("room", refers("room"), primary_key=True),
    Column("from_ms", BigInteger, primary_key=True),
    Column("to_ms", BigInteger, nullable=False),
    ForeignKeyConstraint(
        ["listener", "ended_at", "track", "source", "ms_played", "offline_at"],
        [
            "observation.listener",
            "observation.ended_at",
            "observation.track",
            "observation.source",
            "observation.ms_played",
            "observation.offline_at",
        ],
        ondelete="CASCADE",
    ),
    CheckConstraint("from_ms <= to_ms", name="interval"),
    sqlite_with_rowid=False,
)

observation_volume = Table(
    "observation_volume",
    metadata,
    Column("listener", Integer, primary_key=True),
    Column("ended_at", BigInteger, primary_key=True),
    Column("track", Integer, primary_key=True),
    Column("source", SmallInteger, primary_key=True),
    Column("ms_played", Integer, primary_key=True),
    Column("offline_at", BigInteger, primary_key=True),
    Column("room", refers("room"), primary_key=True),
    Column("at_ms", BigInteger, primary_key=True),
    Column("percent", SmallInteger, nullable=False),
    ForeignKeyConstraint(
        ["listener", "ended_at", "track", "source", "ms_played", "offline_at"],
        [
            "observation.listener",
            "observation.ended_at",
            "observation.track",
            "observation.source",
            "observation.ms_played",
            "observation.offline_at",
        ],
        ondelete="CASCADE",
    ),
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

recording = Table(
    "recording",
    metadata,
    whose(),
    Column("source", SmallInteger, primary_key=True),
    Column("from_ms", BigInteger, primary_key=True),
    Column("to_ms", BigInteger, nullable=False),
    CheckConstraint("from_ms < to_ms", name="recording_interval"),
    source_is_known(),
    sqlite_with_rowid=False,
)
"""When a source was recording a listener, or what exports span; two of a source lie apart."""

recording_gap = Table(
    "recording_gap",
    metadata,
    whose(),
    Column("reason", SmallInteger, primary_key=True),
    Column("from_ms", BigInteger, primary_key=True),
    Column("to_ms", BigInteger, nullable=False),
    CheckConstraint("from_ms < to_ms", name="recording_gap_interval"),
    CheckConstraint("reason BETWEEN 1 AND 9", name="reason"),
    sqlite_with_rowid=False,
)
"""When a listener was not recorded, and why, as far as it was noticed."""
