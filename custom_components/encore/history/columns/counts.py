"""How often and how long each of many things was played: counts at the things' row ids."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..model import Total
from .columns import Flags


@dataclass(frozen=True, slots=True)
class Counts:
    """How many plays there are of each thing, and their milliseconds, at the thing's row id."""

    plays: NDArray[np.int64]
    ms_played: NDArray[np.int64]

    def of(self, number: int) -> Total:
        """Return the total of one thing."""
        return Total(int(self.plays[number]), int(self.ms_played[number]))

    def total(self) -> Total:
        """Return the total of all things."""
        return Total(int(self.plays.sum()), int(self.ms_played.sum()))

    def where(self, flags: Flags) -> Counts:
        """Return the counts of the flagged things, and 0 for all else."""
        return Counts(self.plays * flags, self.ms_played * flags)

    def played(self, size: int) -> Flags:
        """Return a flag for each thing whose row id is below `size`: whether it was played; counts may end sooner, or later."""
        flags = np.zeros(size, np.bool_)
        plays = self.plays[:size]
        flags[: len(plays)] = plays > 0
        return flags


def counted_at(numbers: NDArray[Any], ms: NDArray[Any], size: int) -> Counts:
    """Return the counts of plays at their numbers, each with the milliseconds that it sounded."""
    return Counts(
        np.bincount(numbers, minlength=size),
        # Sums stay exact up to 2^53 ms, longer than anybody listens.
        np.bincount(numbers, weights=ms, minlength=size).astype(np.int64),
    )


def summed_at(
    numbers: NDArray[Any], plays: NDArray[Any], ms: NDArray[Any], size: int
) -> Counts:
    """Return the sums of plays and of milliseconds at each of some numbers."""
    return Counts(
        *(
            np.bincount(numbers, weights=column, minlength=size).astype(np.int64)
            for column in (plays, ms)
        )
    )


def folded(counts: Counts, of: NDArray[Any] | slice, into: NDArray[Any]) -> Counts:
    """Return counts of what some things belong to, of which there is a row for each `of`."""
    size = int(into.max(initial=0)) + 1
    return summed_at(into, counts.plays[of], counts.ms_played[of], size)
