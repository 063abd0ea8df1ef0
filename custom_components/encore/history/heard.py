"""What rows of an export say, whatever its format, as columns: an item, when it ended, how long it sounded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from .model import Item, Kind, Source
from .sameness import local_uri, song_keys

type Numbers = NDArray[np.int64]


type Told = tuple[str, int, str | None, str | None, str | None]
"""How a row names its item: URI, kind, title, artist and album, None where it is not said.

The artist is the show of an episode, the book of a chapter.
"""


def named(kind: Kind, artist: str | None, title: str, album: str | None) -> Told:
    """Return how a row without a URI names its item."""
    uri = local_uri(kind, artist or "", title, album or "")
    return uri, int(kind), title, artist, album


type Flags = NDArray[np.int8]
"""What may be so or not: 1, 0, and -1 where it is not said."""

UNSAID: Final = -1
_FLAGS: Final = {None: UNSAID, False: 0, True: 1}


def flags(said: Iterable[bool | None]) -> Flags:
    """Return what is said of each row in a column."""
    return np.array([*map(_FLAGS.__getitem__, said)], np.int8)


def said(flag: int) -> bool | None:
    """Return what a flag of a column stands for."""
    return None if flag == UNSAID else bool(flag)


@dataclass(frozen=True, slots=True)
class Heard:
    """Rows that were understood, in columns of one length. Ends are in UTC ms, lengths in ms."""

    named: Numbers
    """The number of what each row names, which an import gave it: see `Numbered`."""
    ended_at: Numbers
    ms_played: Numbers
    offline_at: Numbers
    skipped: Flags
    shuffle: Flags
    offline: Flags
    incognito: Flags
    words: list[str | None]
    """The words for how a row begins and ends; None stands for none."""
    reason_start: Numbers
    """The place of a row's word in `words`."""
    reason_end: Numbers

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.named)


class Description(NamedTuple):
    """An item as a source describes it, and the keys under which it meets others of its song."""

    item: Item
    source: Source
    keys: list[str]


def described(item: Item, source: Source) -> Description:
    """Return an item as a source describes it."""
    return Description(item, source, song_keys(item))


class FirstTold(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What a row names that no row before it named. As many as there are, they hold nothing to collect."""

    uri: str
    kind: Kind
    title: str
    artist: str
    album: str
    key: str
    """Under what it meets others of its song."""

    def described(self, source: Source) -> Description:
        """Return it as its source describes it."""
        item = _item(self.uri, self.kind, self.title, self.artist, self.album)
        return Description(item, source, [self.key])


def told_first(told: Told) -> FirstTold:
    """Return what a row names, with its key, as an import hands it on."""
    uri, number, *names = told
    kind = Kind(number)
    title, artist, album = (name or "" for name in names)
    (key,) = song_keys(_item(uri, kind, title, artist, album))
    return FirstTold(uri, kind, title, artist, album, key)


def _item(uri: str, kind: Kind, title: str, artist: str, album: str) -> Item:
    return Item(uri, kind, title, (artist,) if artist else (), album)


class Numbered:
    """What the rows of an import name: each way to name an item has a number, from 0 on as they come."""

    def __init__(self) -> None:
        """Begin with nothing named."""
        self._numbers: dict[int, int] = {}

    def numbers(self, told: Sequence[Told]) -> tuple[Numbers, list[Told]]:
        """Return the numbers of what rows name, and what of it no row before named, in their order."""
        known = self._numbers
        # Hashes alone are kept: the names of a lifetime are many.
        names = [*map(hash, told)]
        numbers = [*map(known.get, names)]
        new = []
        if None in numbers:
            for place, number in enumerate(numbers):
                if number is None:
                    name = names[place]
                    if (number := known.get(name)) is None:
                        number = known[name] = len(known)
                        new.append(told[place])
                    numbers[place] = number
        return np.array(numbers, np.int64), new

    def take_back(self, newest: int) -> None:
        """Give the newest numbers to others: what rows named that nobody will be told of."""
        for _ in range(newest):
            self._numbers.popitem()
