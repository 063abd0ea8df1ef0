"""Numbers that are joined into groups (union-find)."""

from collections import defaultdict
from collections.abc import Iterator


class Groups:
    """The groups of the numbers below some size."""

    def __init__(self, size: int) -> None:
        """Begin with each number on its own."""
        self._head = list(range(size))

    def head(self, i: int) -> int:
        """Return the number that stands for the group of another."""
        while self._head[i] != i:
            self._head[i] = self._head[self._head[i]]
            i = self._head[i]
        return i

    def join(self, i: int, j: int) -> int:
        """Join two groups; the lower head stands for both."""
        low, high = sorted((self.head(i), self.head(j)))
        self._head[high] = low
        return low

    def listed(self) -> Iterator[list[int]]:
        """Yield the groups, and the numbers in them, from low to high."""
        groups: defaultdict[int, list[int]] = defaultdict(list)
        for i in range(len(self._head)):
            groups[self.head(i)].append(i)
        yield from groups.values()
