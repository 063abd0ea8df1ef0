"""Column types that tables share."""

from typing import Final

from sqlalchemy import CheckConstraint, Column, ForeignKey, MetaData, Text

metadata: Final = MetaData()

TEXT: Final = Text().with_variant(Text(collation="C"), "postgresql")
"""Text in the order of its code points, on both databases and in Python."""


def refers(table: str) -> ForeignKey:
    """Return a reference to the row ids of a table."""
    return ForeignKey(f"{table}.id")


def whose() -> Column[int]:
    """Return the column of the listener with whom the rows of a table go."""
    reference = ForeignKey("listener.id", ondelete="CASCADE")
    return Column("listener", reference, primary_key=True)


def source_is_known() -> CheckConstraint:
    """Return the constraint of a column `source`: it has the number of a source."""
    return CheckConstraint("source BETWEEN 1 AND 6", name="source")
