"""To version 3: a track of which only names are known meets the real one, be it music or spoken."""

from sqlalchemy import Connection

from custom_components.encore.history.database.bulk import (
    insert_many,
    rows_of,
    rows_where_in,
    run,
    write_many,
)
from custom_components.encore.history.merge.same_song import normalised


def meet_by_names(connection: Connection) -> None:
    """Add what tracks are shown as and which of them wait, and give what is spoken its names as keys.

    All tracks of which only names are known wait to be merged again. An import that was under way
    and skipped podcasts begins again.
    """
    run(
        connection, "ALTER TABLE track ADD COLUMN shown_as INTEGER REFERENCES track(id)"
    )
    without_rowid = " WITHOUT ROWID" if connection.dialect.name == "sqlite" else ""
    run(
        connection,
        "CREATE TABLE unsettled (track INTEGER NOT NULL PRIMARY KEY REFERENCES track(id))"
        + without_rowid,
    )
    run(
        connection,
        "CREATE INDEX observation_polled ON observation (listener, ended_at) WHERE source = 2",
    )
    run(connection, "DELETE FROM import_file WHERE report LIKE ?", ("%named_only%",))
    _name_what_is_spoken(connection)
    run(
        connection,
        "INSERT INTO unsettled (track) SELECT id FROM track WHERE uri LIKE ?",
        ("encore:%",),
    )


def _name_what_is_spoken(connection: Connection) -> None:
    """Let episodes and chapters meet under their title with their show or book, as music does."""
    spoken = rows_of(
        connection,
        "SELECT t.id, t.uri, t.song, t.title, a.name FROM track t"
        " JOIN track_artist c ON c.track = t.id AND c.position = 0"
        " JOIN artist a ON a.id = c.artist WHERE t.kind <> 1 AND t.title <> ''"
        " ORDER BY t.song",
    )
    keys = {
        track: f"name:{normalised(show)}|{normalised(title)}"
        for track, _, _, title, show in spoken
    }
    known = dict(
        rows_where_in(
            connection,
            "SELECT key, song FROM song_key WHERE key IN",
            set(keys.values()),
        )
    )
    songs = dict(known)
    for track, _, song, _, _ in spoken:
        songs.setdefault(keys[track], song)
    insert_many(
        connection,
        "INSERT INTO song_key (key, song) VALUES",
        [(key, song) for key, song in songs.items() if key not in known],
    )
    moved = [
        (songs[keys[track]], track, uri)
        for track, uri, song, _, _ in spoken
        if songs[keys[track]] != song
    ]
    write_many(
        connection,
        "UPDATE track SET song = ? WHERE id = ?",
        [(song, track) for song, track, _ in moved],
    )
    write_many(
        connection,
        "UPDATE song_key SET song = ? WHERE key = ?",
        [(song, uri) for song, _, uri in moved],
    )
