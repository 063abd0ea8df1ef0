"""When two tracks may be one song: the keys under which releases of a recording meet."""

from functools import lru_cache
from hashlib import blake2b
import re
from typing import Final
import unicodedata

from ..model import Item, Kind

_CREDITS: Final = re.compile(
    r"[(\[]\s*(?:feat|ft|featuring|with)\b[^)\]]*[)\]]"  # (feat. Somebody)
    r"|\s[-–]\s[^-–]*\b(?:remaster|remastered)\b.*$"  # - Remastered 2011
    r"|[(\[][^)\]]*\b(?:remaster|remastered)\b[^)\]]*[)\]]",  # (2011 Remaster)
    re.IGNORECASE,
)
_NO_LETTERS: Final = re.compile(r"[\W_]+")

LOCAL: Final = "encore:"
"""How the URIs of what only names are known of begin."""


NAMELESS: Final = "forgotten:"
"""The prefix of the URIs of tracks without plays, after their names were removed."""


def song_keys(item: Item) -> list[str]:
    """Return the keys of an item; items that share one are of one song, and looked at together.

    Music has its ISRC, where known, and its title with its first artist; episodes and chapters
    have their title with their show or book. Whether two of one song are one, the merge decides:
    a daily show repeats its titles.
    """
    keys = []
    if item.isrc and item.kind is Kind.TRACK:
        keys.append(f"isrc:{item.isrc.upper()}")
    if item.title and item.artists:
        keys.append(f"name:{normalized(item.artists[0])}|{normalized(item.title)}")
    return keys or [item.uri]


def same_song(one: Item, other: Item) -> bool:
    """Whether two items are one recording: Spotify names one by several URIs, and not always by the same."""
    return one.uri == other.uri or not {*song_keys(one)}.isdisjoint(song_keys(other))


def local_uri(kind: Kind, artist: str, title: str, album: str) -> str:
    """Return a stable URI for what a source names without one, from its names as they compare.

    It meets its real track under the key of its names, as soon as that is known.
    """
    names = "|".join(normalized(name) for name in (artist, title, album))
    digest = blake2b(names.encode(), digest_size=11).hexdigest()
    return f"{LOCAL}{kind.name.lower()}:{digest}"


def is_local(uri: str) -> bool:
    """Whether a URI was made by `local_uri`, because only names are known."""
    return uri.startswith(LOCAL)


@lru_cache(maxsize=8_192)
def normalized(name: str) -> str:
    """Return a name without case, accents, punctuation, guests and remasters."""
    if name.isascii() and name.replace(" ", "").isalnum():
        return " ".join(name.lower().split())  # as below, and much sooner
    plain = _CREDITS.sub("", name)
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _NO_LETTERS.sub(" ", plain.casefold()).strip() or name.casefold()
