"""Reads fields of Spotify's answers, any of which may be null, missing, or of another type."""

from collections.abc import Mapping
from datetime import datetime
import re
from typing import Any, Final

_HALF: Final = re.compile("[\ud800-\udfff]")
"""Half of a character that JSON writes as two: names that were cut may end in one, and no text holds it."""


def object_of(value: object) -> Mapping[str, Any]:
    """Return an object, an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def list_of(value: object) -> list[Any]:
    """Return a list, an empty one for anything else."""
    return value if isinstance(value, list) else []


def text_of(value: object) -> str | None:
    """Return a text with something in it; half a character in it is U+FFFD, because no store takes it."""
    if not isinstance(value, str) or not value:
        return None
    return _HALF.sub("\ufffd", value)


def count_of(value: object) -> int | None:
    """Return a number as a whole one, not below 0."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return max(int(value), 0)


def flag_of(value: object) -> bool | None:
    """Return what is true or false."""
    return value if isinstance(value, bool) else None


def moment_of(value: object) -> int | None:
    """Read an ISO 8601 date with zone as UTC ms."""
    try:
        return round(datetime.fromisoformat(text_of(value) or "").timestamp() * 1000)
    except ValueError:
        return None


def image_of(holder: Mapping[str, Any]) -> str | None:
    """Return the address of the first of a thing's images, which is the largest."""
    return next(
        (
            url
            for image in list_of(holder.get("images"))
            if (url := text_of(object_of(image).get("url")))
        ),
        None,
    )
