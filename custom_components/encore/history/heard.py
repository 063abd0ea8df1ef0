"""What rows of an export say, whatever its format, as columns: an item, when it ended, how long it sounded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from .model import Item, Kind, Source
from .sameness import song_keys

type Numbers = NDArray[np.int64]


class Told(msgspec.Struct, frozen=True, gc=False):
    """How a row names its item."""

    uri: str
    kind: Kind
    title: str
    artist: str
    """The show of an episode, the book of a chapter; empty where it is not said."""
    album: str

    @property
    def item(self) -> Item:
        """The item that it names."""
        artists = (self.artist,) if self.artist else ()
        return Item(self.uri, self.kind, self.title, artists, self.album)


@dataclass(frozen=True, slots=True)
class Heard:
    """Rows that were understood, in columns of one length. Ends are in UTC ms, lengths in ms."""

    told: list[Told]
    """What the rows name; each way to name an item once."""
    which: Numbers
    """The place in `told` of what each row names."""
    ended_at: Numbers
    ms_played: Numbers
    offline_at: Numbers
    skipped: Sequence[bool | None]
    shuffle: Sequence[bool | None]
    offline: Sequence[bool | None]
    incognito: Sequence[bool | None]
    reason_start: Sequence[str | None]
    reason_end: Sequence[str | None]

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.which)


class Description(NamedTuple):
    """An item as a source describes it, and the keys under which it meets others of its song."""

    item: Item
    source: Source
    keys: list[str]


def described(item: Item, source: Source) -> Description:
    """Return an item as a source describes it."""
    return Description(item, source, song_keys(item))


class FirstTold:
    """What the rows of an import name that none of its rows named before."""

    def __init__(self) -> None:
        """Begin with nothing named."""
        self._told: set[int] = set()

    def of(self, told: Iterable[Told], source: Source) -> list[Description]:
        """Return what is new of what some rows name."""
        new = [one for one in told if hash(one) not in self._told]
        self._told.update(map(hash, new))
        return [described(one.item, source) for one in new]


def once_each(told: Iterable[Told]) -> tuple[list[Told], Numbers]:
    """Return what rows name, each way once, and the place in that of what each row names."""
    places: dict[Told, int] = {}
    which = [places.setdefault(one, len(places)) for one in told]
    return list(places), np.array(which, np.int64)


def joined(parts: Sequence[Heard]) -> Heard:
    """Return rows that follow each other as one."""
    places: dict[Told, int] = {}
    which = [
        np.array([places.setdefault(one, len(places)) for one in part.told], np.int64)[
            part.which
        ]
        for part in parts
    ]
    return Heard(
        list(places),
        np.concatenate(which),
        np.concatenate([part.ended_at for part in parts]),
        np.concatenate([part.ms_played for part in parts]),
        np.concatenate([part.offline_at for part in parts]),
        [flag for part in parts for flag in part.skipped],
        [flag for part in parts for flag in part.shuffle],
        [flag for part in parts for flag in part.offline],
        [flag for part in parts for flag in part.incognito],
        [reason for part in parts for reason in part.reason_start],
        [reason for part in parts for reason in part.reason_end],
    )
