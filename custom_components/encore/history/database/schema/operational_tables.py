"""Tables of the store's version, imports, jobs and API calls."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

from .shared_columns import TEXT, metadata, refers, whose

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
    whose(),
    Column("hour", BigInteger, primary_key=True),
    Column("purpose", Text, primary_key=True),
    Column("calls", Integer, nullable=False),
)
"""How often an account was called in an hour, by what for. `hour` is when the hour began, in UTC ms."""
