"""The tables of the store, at the newest schema version.

Times are UTC milliseconds. Names of columns that refer to a table are the table's.
"""

from typing import Final

from .audit_tables import audited, counted_read
from .catalog_tables import (
    album,
    artist,
    artist_picture,
    looked_up,
    song_key,
    track,
    track_artist,
    unsettled,
)
from .deletion_tables import (
    forgetting,
    forgotten_observation,
    forgotten_song,
    hidden_play,
)
from .event_log_tables import logged_event
from .library_tables import (
    episode_mark,
    library_item,
    library_shelf,
    made_playlist,
    podcast_episode,
    podcast_show,
)
from .operational_tables import api_call, import_file, import_run, job, meta
from .play_tables import (
    device,
    listener,
    observation,
    observation_room,
    observation_volume,
    play,
    play_room,
    reason,
    recording,
    recording_gap,
    room,
)
from .shared_columns import metadata

VERSION: Final = 1
"""Raised by one with each step in `migrations`."""

__all__ = [
    "VERSION",
    "album",
    "api_call",
    "artist",
    "artist_picture",
    "audited",
    "counted_read",
    "device",
    "episode_mark",
    "forgetting",
    "forgotten_observation",
    "forgotten_song",
    "hidden_play",
    "import_file",
    "import_run",
    "job",
    "library_item",
    "library_shelf",
    "listener",
    "logged_event",
    "looked_up",
    "made_playlist",
    "meta",
    "metadata",
    "observation",
    "observation_room",
    "observation_volume",
    "play",
    "play_room",
    "podcast_episode",
    "podcast_show",
    "reason",
    "recording",
    "recording_gap",
    "room",
    "song_key",
    "track",
    "track_artist",
    "unsettled",
]
