"""Which playlist was made from which answer, so that asking again brings the same playlist up to date."""

from sqlalchemy import Connection, select

from ..database.bulk import run, upsert
from ..database.key_tables import Registers
from ..database.play_tables import listener as listener_table
from ..database.record_tables import made_playlist
from ..model import Listener


def save_made_playlist(
    connection: Connection,
    registers: Registers,
    listener: Listener,
    *,
    answer_key: str,
    playlist: str,
    now: int,
) -> None:
    """Store the id of the playlist with the answer to a question, by a listener's account."""
    run(
        connection,
        upsert("made_playlist", "listener, asked", "playlist, made_at"),
        (registers.listeners.enter(listener), answer_key, playlist, now),
    )


def made_from(connection: Connection, listener: str, answer_key: str) -> str | None:
    """Return the id of the playlist that was made from what was asked, for a listener (by key)."""
    return connection.execute(
        select(made_playlist.c.playlist)
        .join(listener_table, listener_table.c.id == made_playlist.c.listener)
        .where(listener_table.c.key == listener, made_playlist.c.asked == answer_key)
    ).scalar_one_or_none()
