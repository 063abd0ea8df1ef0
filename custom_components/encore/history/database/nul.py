"""The character NUL, which PostgreSQL takes in no text: names that have one get U+FFFD in its place."""

from collections.abc import Sequence
import re
from typing import Final

import msgspec

from ..model import Observation

_WRITTEN: Final = b"\\u0000"
"""How it is written in JSON; there is no other way."""

_NUL: Final = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")
"""The same where its backslash is not itself written by two."""

_read: Final = msgspec.json.Decoder(list[Observation]).decode


def without_nul(json: bytes) -> bytes:
    """Return JSON without NUL in any of its texts; as it is where it has none."""
    return _NUL.sub(rb"\1\\ufffd", json) if _WRITTEN in json else json


def observations_without_nul(
    observations: Sequence[Observation],
) -> Sequence[Observation]:
    """Return observations without NUL in anything that they name."""
    encoded = msgspec.json.encode(observations)
    return _read(without_nul(encoded)) if _WRITTEN in encoded else observations
