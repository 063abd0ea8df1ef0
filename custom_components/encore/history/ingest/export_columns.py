"""Rows of an export of any format, as columns: item, end, time played."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from ..merge.same_song import local_uri, song_keys
from ..model import Item, Kind, Source

type Numbers = NDArray[np.int64]


type Named = tuple[str, int, str | None, str | None, str | None]
"""How a row names its item: URI, kind, title, artist and album, None where it is not said.

The artist is the show of an episode, the book of a chapter.
"""


def named(kind: Kind, artist: str | None, title: str, album: str | None) -> Named:
    """Return how a row without a URI names its item."""
    uri = local_uri(kind, artist or "", title, album or "")
    return uri, int(kind), title, artist, album


type Flags = NDArray[np.int8]
"""What may be so or not: 1, 0, and -1 where it is not said."""

UNSAID: Final = -1
_UNNUMBERED: Final = -1
_FLAGS: Final = {None: UNSAID, False: 0, True: 1}


def flags(values: Iterable[bool | None]) -> Flags:
    """Return what is said of each row in a column."""
    return np.array([*map(_FLAGS.__getitem__, values)], np.int8)


def flag_value(flag: int) -> bool | None:
    """Return what a flag of a column stands for."""
    return None if flag == UNSAID else bool(flag)


@dataclass(frozen=True, slots=True)
class ExportColumns:
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


class FirstNamed(msgspec.Struct, frozen=True, gc=False, array_like=True):
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


def first_named(named_items: Named) -> FirstNamed:
    """Return what a row names, with its key, as an import hands it on."""
    uri, number, *names = named_items
    kind = Kind(number)
    title, artist, album = (name or "" for name in names)
    (key,) = song_keys(_item(uri, kind, title, artist, album))
    return FirstNamed(uri, kind, title, artist, album, key)


def _item(uri: str, kind: Kind, title: str, artist: str, album: str) -> Item:
    return Item(uri, kind, title, (artist,) if artist else (), album)


class Numbered:
    """What the rows of an import name: each way to name an item has a number, from 0 on as they come."""

    def __init__(self) -> None:
        """Begin with nothing named."""
        # Only hashes are stored, in columns: the names of a lifetime are many.
        self._hashes = np.empty(0, np.int64)
        """Ascending."""
        self._numbers = np.empty(0, np.int32)

    def numbers(self, named_items: Sequence[Named]) -> tuple[Numbers, list[Named]]:
        """Return the numbers of what rows name, and what of it no row before named, in their order."""
        hashes = np.fromiter(map(hash, named_items), np.int64, len(named_items))
        numbers = np.full(len(named_items), _UNNUMBERED, np.int64)
        if len(self._hashes):
            places = np.searchsorted(self._hashes, hashes)
            places[places == len(self._hashes)] = 0
            found = self._hashes[places] == hashes
            numbers[found] = self._numbers[places[found]]
        unknown = np.flatnonzero(numbers == _UNNUMBERED)
        new, first, which = np.unique(
            hashes[unknown], return_index=True, return_inverse=True
        )
        as_they_come = np.argsort(first)
        new_numbers = np.empty(len(new), np.int32)
        new_numbers[as_they_come] = np.arange(len(new)) + len(self._numbers)
        numbers[unknown] = new_numbers[which]
        places = np.searchsorted(self._hashes, new)
        self._hashes = np.insert(self._hashes, places, new)
        self._numbers = np.insert(self._numbers, places, new_numbers)
        return numbers, [
            named_items[place] for place in unknown[first[as_they_come]].tolist()
        ]

    def take_back(self, newest: int) -> None:
        """Assign the newest numbers again: those of rows that are not passed on."""
        older = self._numbers < len(self._numbers) - newest
        self._hashes, self._numbers = self._hashes[older], self._numbers[older]
