"""Table of the event log."""

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text

from .shared_columns import metadata

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
