"""Matches two sides one to one: most pairs first, then the nearest."""

from collections.abc import Sequence
from heapq import heappop, heappush
from typing import Final

type Candidates = Sequence[Sequence[tuple[int, int]]]
"""For each on the left, whom on the right it may be paired with: (how far apart, number)."""

MOST_CANDIDATES: Final = 20_000
"""Beyond so many, as in thousands of rows of one second, the nearest are paired first instead."""


def paired(candidates: Candidates, rights: int) -> list[int | None]:
    """Return for each on the left its number on the right, or None.

    There are `rights` on the right, numbered from 0. The pairs are as many as can be, and their
    distances add up to the least; among equals the order of the arguments decides.
    """
    nearest = [min(some)[1] for some in candidates if some]
    if len(set(nearest)) == len(nearest):
        return [min(some)[1] if some else None for some in candidates]
    if sum(map(len, candidates)) > MOST_CANDIDATES:
        return _nearest_first(candidates)
    return _Pairing(candidates, rights).pairs()


def _nearest_first(candidates: Candidates) -> list[int | None]:
    pairs: list[int | None] = [None] * len(candidates)
    taken: set[int] = set()
    for _, left, right in sorted(
        (apart, left, right)
        for left, some in enumerate(candidates)
        for apart, right in some
    ):
        if pairs[left] is None and right not in taken:
            pairs[left] = right
            taken.add(right)
    return pairs


class _Pairing:
    """The Hungarian method on few candidates: one shortest augmenting path for each on the left.

    Each on the left may also stay alone, which is dearer than any other choice of all.
    """

    def __init__(self, candidates: Candidates, rights: int) -> None:
        alone = 1 + sum(max(some)[0] for some in candidates if some)
        self._rights = rights
        self._edges = [
            [*some, (alone, rights + left)] for left, some in enumerate(candidates)
        ]
        self._owner: dict[int, int] = {}
        self._place: dict[int, int] = {}
        self._left_price = [0] * len(candidates)
        self._right_price: dict[int, int] = {}

    def pairs(self) -> list[int | None]:
        """Return whom each on the left is paired with."""
        for left in range(len(self._edges)):
            self._settle(left)
        places = (self._place[left] for left in range(len(self._edges)))
        return [right if right < self._rights else None for right in places]

    def _settle(self, root: int) -> None:
        """Place one more of the left, and move others, along the cheapest way to a free place."""
        way = {root: 0}
        came: dict[int, int] = {}
        reached: dict[int, int] = {}
        queue: list[tuple[int, int]] = []
        left, so_far = root, 0
        while True:
            spent = so_far - self._left_price[left]
            for apart, right in self._edges[left]:
                cost = spent + apart - self._right_price.get(right, 0)
                if right not in reached or cost < reached[right]:
                    reached[right], came[right] = cost, left
                    heappush(queue, (cost, right))
            while True:
                so_far, right = heappop(queue)
                owner = self._owner.get(right)
                if owner is None or owner not in way:
                    break
            if owner is None:
                break
            left = owner
            way[left] = so_far
        for seen, cost in way.items():
            self._left_price[seen] += so_far - cost
        for passed, cost in reached.items():
            if cost < so_far:
                self._right_price[passed] = (
                    self._right_price.get(passed, 0) + cost - so_far
                )
        self._move(came, right)

    def _move(self, came: dict[int, int], free: int) -> None:
        """Give each on the way to a free place the place after its own."""
        left = came[free]
        while True:
            before = self._place.get(left)
            self._owner[free], self._place[left] = left, free
            if before is None:
                return
            free, left = before, came[before]
