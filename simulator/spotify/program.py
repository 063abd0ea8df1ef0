"""What a player goes through: a context in order or shuffled, a queue that goes first, and repeat. It knows no time."""

from collections import deque
from collections.abc import Sequence
from enum import StrEnum
from random import Random
from typing import Any

from .catalogue import Catalog
from .errors import BadValue
from .music import Playable


class Repeat(StrEnum):
    """What happens at the end."""

    OFF = "off"
    TRACK = "track"
    CONTEXT = "context"


class Program:
    """The items to play, and where one is in them.

    `current` is the item in the player: one of the context's, or one that came from the queue meanwhile.
    """

    def __init__(self, seed: str) -> None:
        """Start empty; `seed` decides how shuffling falls out."""
        self._seed = seed
        self._shuffles = 0
        self._items: list[Playable] = []
        self._order: list[int] = []
        self._place = 0
        self._queue: deque[Playable] = deque()
        self.current: Playable | None = None
        self.context_uri: str | None = None
        self.shuffled = False
        self.repeat = Repeat.OFF

    def load(
        self,
        items: Sequence[Playable],
        context_uri: str | None,
        offset: int | str | None,
    ) -> None:
        """Take new items and go to the offset: a place, an item's URI, or (None) the first, any one when shuffled.

        The queue stays. Raises `BadValue("offset")` when the offset is not among the items.
        """
        start = self._start(items, offset)
        self._items, self.context_uri = list(items), context_uri
        self._order = list(range(len(items)))
        self._place = start
        if self.shuffled:
            self._shuffle_around(start)
        self.current = self._items[start]

    def forward(self, *, by_hand: bool) -> Playable | None:
        """Go to the next item; None at the end, where the program rewinds to its first. By hand leaves a repeated track."""
        if self.repeat is Repeat.TRACK and not by_hand:
            return self.current
        if self._queue:
            self.current = self._queue.popleft()
            return self.current
        if self._place + 1 < len(self._order):
            self._place += 1
        else:
            self._rewind()
            if self.repeat is not Repeat.CONTEXT:
                self.current = self._items[self._order[0]] if self._items else None
                return None
        self.current = self._items[self._order[self._place]]
        return self.current

    def back(self) -> Playable | None:
        """Go to the item before; the same one at the first."""
        if not self._items:
            return self.current
        from_queue = self.current is not self._items[self._order[self._place]]
        if not from_queue and self._place > 0:
            self._place -= 1
        self.current = self._items[self._order[self._place]]
        return self.current

    def coming(self, limit: int) -> list[Playable]:
        """Return what follows: the queue, then the rest of the context, from its start again when it repeats."""
        following = [
            *self._queue,
            *(self._items[place] for place in self._order[self._place + 1 :]),
        ]
        if self.repeat is Repeat.CONTEXT:
            following += [
                self._items[place] for place in self._order[: self._place + 1]
            ]
        return following[:limit]

    def enqueue(self, item: Playable) -> None:
        """Add an item to the end of the queue."""
        self._queue.append(item)

    def shuffle(self, on: bool) -> None:
        """Shuffle all but the place one is at, or put everything back in order."""
        if on == self.shuffled:
            return
        self.shuffled = on
        if not self._items:
            return
        here = self._order[self._place]
        if on:
            self._shuffle_around(here)
        else:
            self._order = list(range(len(self._items)))
            self._place = here

    def _start(self, items: Sequence[Playable], offset: int | str | None) -> int:
        if isinstance(offset, str):
            for place, item in enumerate(items):
                if item.uri == offset:
                    return place
            raise BadValue("offset")
        if offset is None:
            return (
                self._chance().randrange(len(items))
                if self.shuffled and len(items) > 1
                else 0
            )
        if not 0 <= offset < len(items):
            raise BadValue("offset")
        return offset

    def _rewind(self) -> None:
        self._place = 0
        if self.shuffled and self._items:
            self._shuffle_around(self._chance().randrange(len(self._items)))

    def _shuffle_around(self, first: int) -> None:
        rest = [place for place in range(len(self._items)) if place != first]
        self._chance().shuffle(rest)
        self._order = [first, *rest]
        self._place = 0

    def _chance(self) -> Random:
        self._shuffles += 1
        return Random(f"{self._seed} {self._shuffles}")

    def as_json(self) -> dict[str, Any]:
        """Return it for the state dir."""
        return {
            "items": [item.uri for item in self._items],
            "order": self._order,
            "place": self._place,
            "queue": [item.uri for item in self._queue],
            "current": self.current.uri if self.current else None,
            "context_uri": self.context_uri,
            "shuffled": self.shuffled,
            "repeat": self.repeat.value,
            "shuffles": self._shuffles,
        }

    def load_json(self, data: dict[str, Any], catalogue: Catalog) -> None:
        """Read what `as_json` gave."""
        self._items = [catalogue.playable(uri) for uri in data["items"]]
        self._order, self._place = data["order"], data["place"]
        self._queue = deque(catalogue.playable(uri) for uri in data["queue"])
        self.current = catalogue.playable(data["current"]) if data["current"] else None
        self.context_uri = data["context_uri"]
        self.shuffled = data["shuffled"]
        self.repeat = Repeat(data["repeat"])
        self._shuffles = data["shuffles"]
