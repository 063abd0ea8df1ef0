"""Tables of deletions, libraries, imports, jobs, and logs.

Times are UTC milliseconds. Names of columns that refer to a table are the table's.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

from .play_tables import TEXT, metadata, observation_key, of_listener, refers

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
    *observation_key(refers("listener"), Text),
    Column("started_at", BigInteger, nullable=False),
    Column("duration_ms", Integer),
    Column("song", Integer, nullable=False),
    Column("forgetting", refers("forgetting"), nullable=False),
    Column("rooms", Text),
    sqlite_with_rowid=False,
)
"""What is left of removed observations where a rule alone would not know them again: their times,
and digests of their track, song and rooms, so that what would have joined them is kept away too."""

library_shelf = Table(
    "library_shelf",
    metadata,
    of_listener(),
    Column("shelf", TEXT, primary_key=True),
    Column("total", Integer, nullable=False),
    Column("known", Integer, nullable=False),
    Column("checked_at", BigInteger, nullable=False),
)
"""How well each part of a listener's library at Spotify is known, and when it was last seen to be so."""

library_item = Table(
    "library_item",
    metadata,
    of_listener(),
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
    of_listener(),
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
    of_listener(),
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
"""Episodes and chapters with the listener's resume points, as Spotify reported them at `seen_at`.

`moved_at` is when a resume point was first seen to be another than before. All times are UTC ms.
"""

episode_mark = Table(
    "episode_mark",
    metadata,
    of_listener(),
    Column("uri", TEXT, primary_key=True),
    Column("finished", Boolean, nullable=False),
    Column("marked_at", BigInteger, nullable=False),
)
"""What a listener said to be finished, or not: Spotify's own word on it can only be read."""

made_playlist = Table(
    "made_playlist",
    metadata,
    of_listener(),
    Column("asked", TEXT, primary_key=True),
    Column("playlist", TEXT, nullable=False),
    Column("made_at", BigInteger, nullable=False),
)
"""Playlists that were made from answers, by the question and all it was asked with."""

meta = Table(
    "meta",
    metadata,
    Column("key", TEXT, primary_key=True),
    Column("value", TEXT, nullable=False),
)

import_run = Table(
    "import",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("listener", refers("listener"), nullable=False),
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
    Column("files", Text),
)
"""Records of long work, such as imports.

`counts` is a JSON object of numbers, `files` a list of what became of each file of an import.
"""

api_call = Table(
    "api_call",
    metadata,
    of_listener(),
    Column("hour", BigInteger, primary_key=True),
    Column("purpose", Text, primary_key=True),
    Column("calls", Integer, nullable=False),
)
"""How often an account was called in an hour, by what for. `hour` is when the hour began, in UTC ms."""

audited = Table(
    "audited",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("took_ms", Integer, nullable=False),
    Column("caller", Text, nullable=False),
    Column("who", Text),
    Column("model", Text),
    Column("door", Text, nullable=False),
    Column("deed", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("given", Text),
    Column("outcome", Text, nullable=False),
    Column("reason", Text),
)
"""A question or command each: `caller` is the kind of caller, `who` a user's id or the entity of a satellite, `given` a
JSON object."""

Index("audited_at", audited.c.at)

counted_read = Table(
    "counted_read",
    metadata,
    Column("hour", BigInteger, primary_key=True, autoincrement=False),
    Column("caller", Text, primary_key=True),
    Column("who", Text, primary_key=True),
    Column("door", Text, primary_key=True),
    Column("deed", Text, primary_key=True),
    Column("what", Text, primary_key=True),
    Column("outcome", Text, primary_key=True),
    Column("times", Integer, nullable=False),
)
"""How often a caller read the same in an hour, which begins at `hour` (UTC ms); `who` is empty for nobody."""

logged_event = Table(
    "logged_event",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("about", Text),
    Column("detail", Text),
)
"""An event each: what happened (`kind` and `what`) to whom or what, and why."""

Index("logged_event_at", logged_event.c.at)
