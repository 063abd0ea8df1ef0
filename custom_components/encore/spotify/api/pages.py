"""Pages of a longer list."""

from dataclasses import dataclass
from typing import Final

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
