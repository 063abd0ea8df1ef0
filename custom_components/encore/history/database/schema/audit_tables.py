"""Tables of the audit log."""

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text

from .shared_columns import metadata

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
