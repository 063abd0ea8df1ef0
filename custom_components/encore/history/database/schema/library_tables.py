"""Tables of saved libraries, podcasts, and playlists made from answers."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, SmallInteger, Table

from .shared_columns import TEXT, metadata, whose

library_shelf = Table(
    "library_shelf",
    metadata,
    whose(),
    Column("shelf", TEXT, primary_key=True),
    Column("total", Integer, nullable=False),
    Column("known", Integer, nullable=False),
    Column("checked_at", BigInteger, nullable=False),
)
"""How well each part of a listener's library at Spotify is known, and when it was last seen to be so."""

library_item = Table(
    "library_item",
    metadata,
    whose(),
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
    whose(),
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
    whose(),
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
    whose(),
    Column("uri", TEXT, primary_key=True),
    Column("finished", Boolean, nullable=False),
    Column("marked_at", BigInteger, nullable=False),
)
"""What a listener said to be finished, or not: Spotify's own word on it can only be read."""

made_playlist = Table(
    "made_playlist",
    metadata,
    whose(),
    Column("asked", TEXT, primary_key=True),
    Column("playlist", TEXT, nullable=False),
    Column("made_at", BigInteger, nullable=False),
)
"""Playlists that were made from answers, by the question and all it was asked with."""
