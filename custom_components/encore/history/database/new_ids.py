"""Row ids for new rows of a table that one thread alone writes."""

from sqlalchemy import Connection

from .bulk import highest


class NewIds:
    """The row ids of a table from the highest on, remembered between batches."""

    def __init__(self, connection: Connection, table: str) -> None:
        """Begin without knowing the highest."""
        self._connection = connection
        self._table = table
        self._last: int | None = None
        self._was_empty = False

    def beyond(self) -> bool:
        """Whether the table may have rows that were there before; to be asked before `take`."""
        if self._last is None:
            self._last = highest(self._connection, self._table)
            self._was_empty = self._last == 0
        return not self._was_empty

    def take(self, number: int) -> range:
        """Return so many row ids that no row has."""
        assert self._last is not None
        first = self._last + 1
        self._last += number
        return range(first, self._last + 1)

    def forget(self) -> None:
        """Know no more which is the highest, when a transaction was rolled back or others may write."""
        self._last = None
