"""Pages of a longer list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from .response_fields import count_of, list_of, object_of

A_PAGE: Final = 50
"""How many things Spotify gives in one answer at the most."""


@dataclass(frozen=True, slots=True)
class Page[T]:
    """What could be read of the `rows` of one answer; `total` there are in all, where Spotify says so."""

    things: tuple[T, ...]
    rows: int
    total: int | None = None

    def ends(self, known: int) -> bool:
        """Whether nothing follows, when `known` rows were answered up to the end of this page."""
        return self.rows < A_PAGE or (self.total is not None and known >= self.total)


def read_page[T](
    answer: Mapping[str, Any], read: Callable[[Mapping[str, Any]], T | None]
) -> Page[T]:
    """Read the `items` of an answer; what cannot be read is left out."""
    rows = list_of(answer.get("items"))
    things = (read(object_of(row)) for row in rows)
    return Page(
        tuple(thing for thing in things if thing is not None),
        len(rows),
        count_of(answer.get("total")),
    )
