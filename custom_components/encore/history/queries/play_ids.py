"""Public ids of plays: when one started, and a digest of listener and item.

They say nothing about other plays, as row ids would: of a gap in those, who may not know of a listener would know that
there is something.
"""

from hashlib import blake2b
import re
from typing import NamedTuple, Self

from ..model import Play

_DIGEST_BYTES = 4
_SHAPE = re.compile(r"(\d{1,15})-([0-9a-f]{8})", re.ASCII)


class PlayId(NamedTuple):
    """The id of a play, which stays as long as its start, its listener and its item do."""

    started_at: int
    """UTC ms."""
    digest: str
    """Distinguishes plays that began in one millisecond."""

    @classmethod
    def of(cls, play: Play) -> Self:
        """Return the id of a play."""
        identity = f"{play.stored_under}\n{play.item.uri}".encode()
        digest = blake2b(identity, digest_size=_DIGEST_BYTES).hexdigest()
        return cls(play.started_at, digest)

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the id that a text is. Raises ValueError for any other text."""
        if (found := _SHAPE.fullmatch(text)) is None:
            raise ValueError(text)
        return cls(int(found[1]), found[2])

    @property
    def text(self) -> str:
        """The id as interfaces give and take it."""
        return f"{self.started_at}-{self.digest}"
