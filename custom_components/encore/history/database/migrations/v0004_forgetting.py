"""What was forgotten: the rules, the plays that they hide, and what keeps them away."""

from typing import Final

from sqlalchemy import Connection

_FORGETTING: Final = """
    CREATE TABLE forgetting (
        id INTEGER NOT NULL PRIMARY KEY, listener TEXT, room TEXT, from_ms BIGINT,
        to_ms BIGINT NOT NULL, track TEXT, artist TEXT, album TEXT, show TEXT, kind SMALLINT,
        song_keys TEXT NOT NULL, why TEXT NOT NULL, keep_away BOOLEAN NOT NULL,
        asked_at BIGINT NOT NULL, asked_by TEXT, plays INTEGER NOT NULL,
        ms_played BIGINT NOT NULL, purge_at BIGINT NOT NULL, undone_at BIGINT, undone_by TEXT,
        lifted_at BIGINT, lifted_by TEXT, purged_at BIGINT
    )"""

_HIDDEN_PLAY: Final = """
    CREATE TABLE hidden_play (
        play INTEGER NOT NULL PRIMARY KEY,
        forgetting INTEGER NOT NULL REFERENCES forgetting (id),
        listener INTEGER NOT NULL REFERENCES listener (id), started_at BIGINT NOT NULL,
        ended_at BIGINT NOT NULL, sources SMALLINT NOT NULL
    )"""

_FORGOTTEN_SONG: Final = """
    CREATE TABLE forgotten_song (digest TEXT NOT NULL PRIMARY KEY, song INTEGER NOT NULL)"""

_FORGOTTEN_OBSERVATION: Final = """
    CREATE TABLE forgotten_observation (
        listener INTEGER NOT NULL REFERENCES listener (id), ended_at BIGINT NOT NULL,
        track TEXT NOT NULL, source SMALLINT NOT NULL, ms_played INTEGER NOT NULL,
        offline_at BIGINT NOT NULL, started_at BIGINT NOT NULL, duration_ms INTEGER,
        song INTEGER NOT NULL, forgetting INTEGER NOT NULL REFERENCES forgetting (id),
        PRIMARY KEY (listener, ended_at, track, source, ms_played, offline_at)
    )"""


def forget_by_rule(connection: Connection) -> None:
    """Make the tables; nothing was forgotten before."""
    clustered = " WITHOUT ROWID" if connection.dialect.name == "sqlite" else ""
    for statement in (
        _FORGETTING,
        _HIDDEN_PLAY,
        "CREATE INDEX hidden_by ON hidden_play (forgetting, listener, started_at)",
        _FORGOTTEN_SONG,
        _FORGOTTEN_OBSERVATION + clustered,
    ):
        connection.exec_driver_sql(statement)
