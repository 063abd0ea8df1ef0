"""To version 18: plays of assumed length are clipped to the time that no other play of their listener takes.

What is left of removed observations keeps which rooms they were in.
"""

from sqlalchemy import Connection

from custom_components.encore.history.database.bulk import run


def clip_assumed(connection: Connection) -> None:
    """Add how long hidden plays sounded, and let rows of recently played that nobody else saw be merged again."""
    run(
        connection,
        "ALTER TABLE hidden_play ADD COLUMN ms_played INTEGER DEFAULT 0 NOT NULL",
    )
    run(connection, "ALTER TABLE forgotten_observation ADD COLUMN rooms TEXT")
    run(
        connection,
        "INSERT INTO unsettled (track) SELECT DISTINCT o.track FROM observation o"
        " WHERE o.source = 2 AND 4 IN ((SELECT p.sources FROM play p WHERE p.id = o.play),"
        " (SELECT h.sources FROM hidden_play h WHERE h.play = o.play))"
        " ON CONFLICT DO NOTHING",
    )
