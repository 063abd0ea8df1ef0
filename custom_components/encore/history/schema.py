"""The tables of the store, at the newest schema version.

Times are UTC milliseconds. Names of columns that refer to a table are the table's.
"""

from typing import Final

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

VERSION: Final = 12
"""Raised by one with each step in `migrations`."""

metadata: Final = MetaData()

TEXT: Final = Text().with_variant(Text(collation="C"), "postgresql")
"""Text in the order of its code points, on both databases and in Python."""


def _refers(table: str) -> ForeignKey:
    return ForeignKey(f"{table}.id")


def _whose() -> Column[int]:
    """Return the column of the listener with whom the rows of a table go."""
    reference = ForeignKey("listener.id", ondelete="CASCADE")
    return Column("listener", reference, primary_key=True)


def _source() -> CheckConstraint:
    return CheckConstraint("source BETWEEN 1 AND 6", name="source")


meta = Table(
    "meta",
    metadata,
    Column("key", TEXT, primary_key=True),
    Column("value", TEXT, nullable=False),
)

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
    Column("artist", _refers("artist"), nullable=False),
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
    Column("album", _refers("album")),
    Column("song", Integer, nullable=False, index=True),
    Column("duration_ms", Integer),
    Column("isrc", TEXT),
    Column("image_url", TEXT),
    Column("told_by", SmallInteger, nullable=False),
    Column("shown_as", _refers("track")),
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
    Column("track", _refers("track"), primary_key=True),
    sqlite_with_rowid=False,
)
"""Tracks of which something became known, and whose stored observations wait to be merged again."""

track_artist = Table(
    "track_artist",
    metadata,
    Column("track", _refers("track"), primary_key=True),
    Column("position", SmallInteger, primary_key=True),
    Column("artist", _refers("artist"), nullable=False),
    sqlite_with_rowid=False,
)

observation = Table(
    "observation",
    metadata,
    Column("listener", _refers("listener"), primary_key=True),
    Column("ended_at", BigInteger, primary_key=True),
    Column("track", _refers("track"), primary_key=True),
    Column("source", SmallInteger, primary_key=True),
    Column("ms_played", Integer, primary_key=True),
    Column("offline_at", BigInteger, primary_key=True),
    Column("started_at", BigInteger, nullable=False),
    Column("device", _refers("device")),
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
    _source(),
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
    Column("room", _refers("room"), primary_key=True),
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

play = Table(
    "play",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("listener", _refers("listener"), nullable=False),
    Column("started_at", BigInteger, nullable=False),
    Column("track", _refers("track"), nullable=False),
    Column("ended_at", BigInteger, nullable=False),
    Column("ms_played", Integer, nullable=False),
    Column("sources", SmallInteger, nullable=False),
    Column("device", _refers("device")),
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
    Column("room", _refers("room"), primary_key=True),
    Column("from_ms", BigInteger, primary_key=True),
    Column("to_ms", BigInteger, nullable=False),
    Index("play_in_room", "room", "from_ms"),
    CheckConstraint("from_ms <= to_ms", name="interval"),
    sqlite_with_rowid=False,
)

import_run = Table(
    "import",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("listener", _refers("listener"), nullable=False),
    Column("content", TEXT, nullable=False),
    Column("finished", Boolean, nullable=False),
    UniqueConstraint("listener", "content"),
)
"""An export that was or is being imported, known by the hash of its content."""

import_file = Table(
    "import_file",
    metadata,
    Column("import", ForeignKey("import.id"), primary_key=True),
    Column("name", TEXT, primary_key=True),
    Column("finished", Boolean, nullable=False),
    Column("report", TEXT, nullable=False),
    sqlite_with_rowid=False,
)
"""How far a file of an export is read, written with the rows that it speaks of."""

recording = Table(
    "recording",
    metadata,
    _whose(),
    Column("source", SmallInteger, primary_key=True),
    Column("from_ms", BigInteger, primary_key=True),
    Column("to_ms", BigInteger, nullable=False),
    CheckConstraint("from_ms < to_ms", name="recording_interval"),
    _source(),
    sqlite_with_rowid=False,
)
"""When a source was recording a listener, or what exports span; two of a source lie apart."""

recording_gap = Table(
    "recording_gap",
    metadata,
    _whose(),
    Column("reason", SmallInteger, primary_key=True),
    Column("from_ms", BigInteger, primary_key=True),
    Column("to_ms", BigInteger, nullable=False),
    CheckConstraint("from_ms < to_ms", name="recording_gap_interval"),
    CheckConstraint("reason BETWEEN 1 AND 9", name="reason"),
    sqlite_with_rowid=False,
)
"""When a listener was not recorded, and why, as far as it was noticed."""

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
    Column("forgetting", _refers("forgetting"), nullable=False),
    Column("listener", _refers("listener"), nullable=False),
    Column("started_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger, nullable=False),
    Column("sources", SmallInteger, nullable=False),
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
    Column("listener", _refers("listener"), primary_key=True),
    Column("ended_at", BigInteger, primary_key=True),
    Column("track", Text, primary_key=True),
    Column("source", SmallInteger, primary_key=True),
    Column("ms_played", Integer, primary_key=True),
    Column("offline_at", BigInteger, primary_key=True),
    Column("started_at", BigInteger, nullable=False),
    Column("duration_ms", Integer),
    Column("song", Integer, nullable=False),
    Column("forgetting", _refers("forgetting"), nullable=False),
    sqlite_with_rowid=False,
)
"""What is left of removed observations where a rule alone would not know them again: their times,
and digests of their track and song, so that what would have joined them is kept away too."""

job = Table(
    "job",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("listener", ForeignKey("listener.id", ondelete="CASCADE")),
    Column("asked_at", BigInteger, nullable=False),
    Column("started_at", BigInteger),
    Column("ended_at", BigInteger),
    Column("rows", Integer, nullable=False),
    Column("percent", SmallInteger, nullable=False),
    Column("retries", Integer, nullable=False),
    Column("counts", Text, nullable=False),
    Column("error", Text),
)
"""Records of long work, such as imports. `counts` is a JSON object of numbers."""

api_call = Table(
    "api_call",
    metadata,
    _whose(),
    Column("hour", BigInteger, primary_key=True),
    Column("purpose", Text, primary_key=True),
    Column("calls", Integer, nullable=False),
)
"""How often an account was called in an hour, by what for. `hour` is when the hour began, in UTC ms."""

library_shelf = Table(
    "library_shelf",
    metadata,
    _whose(),
    Column("shelf", TEXT, primary_key=True),
    Column("total", Integer, nullable=False),
    Column("known", Integer, nullable=False),
    Column("checked_at", BigInteger, nullable=False),
)
"""How well each part of a listener's library at Spotify is known, and when it was last seen to be so."""

library_item = Table(
    "library_item",
    metadata,
    _whose(),
    Column("shelf", TEXT, primary_key=True),
    Column("uri", TEXT, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("name", TEXT, nullable=False),
    Column("by_whom", TEXT, nullable=False),
    Column("words", TEXT, nullable=False),
    Column("added_at", BigInteger),
    Column("image_url", TEXT),
    Column("parts", Integer),
)
"""What a listener has saved, in the order of `place`. `words` is what it is found by."""

podcast_show = Table(
    "podcast_show",
    metadata,
    _whose(),
    Column("uri", TEXT, primary_key=True),
    Column("name", TEXT, nullable=False),
    Column("kind", SmallInteger, nullable=False),
    Column("image_url", TEXT),
    Column("total", Integer, nullable=False),
    Column("checked_at", BigInteger, nullable=False),
)
"""A podcast or audiobook whose episodes or chapters were read for a listener. `kind` is that of its parts."""

podcast_episode = Table(
    "podcast_episode",
    metadata,
    _whose(),
    Column("uri", TEXT, primary_key=True),
    Column("show", TEXT, nullable=False),
    Column("place", Integer, nullable=False),
    Column("title", TEXT, nullable=False),
    Column("duration_ms", Integer),
    Column("released", TEXT),
    Column("image_url", TEXT),
    Column("position_ms", Integer),
    Column("finished", Boolean),
    Column("moved_at", BigInteger),
    Column("seen_at", BigInteger, nullable=False),
    Column("first_seen_at", BigInteger, nullable=False),
    Index("episode_of_show", "listener", "show", "place"),
)
"""Episodes and chapters with the listener's resume points, as Spotify told them at `seen_at`.

`moved_at` is when a resume point was first seen to be another than before. All times are UTC ms.
"""

episode_mark = Table(
    "episode_mark",
    metadata,
    _whose(),
    Column("uri", TEXT, primary_key=True),
    Column("finished", Boolean, nullable=False),
    Column("marked_at", BigInteger, nullable=False),
)
"""What a listener said to be finished, or not: Spotify's own word on it can only be read."""

looked_up = Table(
    "looked_up",
    metadata,
    Column("track", _refers("track"), primary_key=True),
    Column("looked_up_at", BigInteger, nullable=False),
    Column("found", Boolean, nullable=False),
    sqlite_with_rowid=False,
)
"""Tracks and episodes of which Spotify was asked for what no source told, and whether it knew them (UTC ms)."""

artist_picture = Table(
    "artist_picture",
    metadata,
    Column("artist", _refers("artist"), primary_key=True),
    Column("looked_up_at", BigInteger, nullable=False),
    Column("image_url", TEXT),
    sqlite_with_rowid=False,
)
"""Artists for whose picture Spotify was asked (UTC ms), and its address where there is one."""

made_playlist = Table(
    "made_playlist",
    metadata,
    _whose(),
    Column("asked", TEXT, primary_key=True),
    Column("playlist", TEXT, nullable=False),
    Column("made_at", BigInteger, nullable=False),
)
"""Playlists that were made from answers, by the question and all it was asked with."""
