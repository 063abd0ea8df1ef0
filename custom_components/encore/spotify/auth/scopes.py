"""OAuth scopes: few when linking, others when first needed.

Which endpoint needs what is from Spotify's description (sonallux/spotify-web-api 2026.5.31, `security`). Left out are
scopes that only add fields: `user-read-private` for the profile, `user-read-playback-position` for shows and episodes,
and their resume points are then null.
"""

from collections.abc import Collection, Mapping
import re
from typing import Final
from urllib.parse import parse_qs

from ...const import ACCESS_CONTROL, ACCESS_HISTORY

READ_PLAYER: Final = "user-read-playback-state"
READ_PLAYING: Final = "user-read-currently-playing"
READ_RECENT: Final = "user-read-recently-played"
CONTROL: Final = "user-modify-playback-state"
LIBRARY_READ: Final = "user-library-read"
LIBRARY_MODIFY: Final = "user-library-modify"
FOLLOW_READ: Final = "user-follow-read"
FOLLOW_MODIFY: Final = "user-follow-modify"
PLAYLISTS_READ: Final = "playlist-read-private"
PLAYLISTS_READ_COLLABORATIVE: Final = "playlist-read-collaborative"
PLAYLISTS_MODIFY: Final = "playlist-modify-private"
PLAYLISTS_MODIFY_PUBLIC: Final = "playlist-modify-public"
TOP_READ: Final = "user-top-read"
POSITION_READ: Final = "user-read-playback-position"

_LISTEN: Final = (READ_PLAYER, READ_PLAYING, READ_RECENT)

SCOPES: Final = {
    ACCESS_HISTORY: _LISTEN,
    ACCESS_CONTROL: (*_LISTEN, CONTROL),
}
"""What is asked for at the link, for each kind of access."""

LIBRARY: Final = (LIBRARY_READ, LIBRARY_MODIFY)
FOLLOWING: Final = (FOLLOW_READ, FOLLOW_MODIFY)
PLAYLISTS: Final = (
    PLAYLISTS_READ,
    PLAYLISTS_READ_COLLABORATIVE,
    PLAYLISTS_MODIFY,
    PLAYLISTS_MODIFY_PUBLIC,
)
FAMILIES: Final[Mapping[str, tuple[str, ...]]] = {
    "library": LIBRARY,
    "following": FOLLOWING,
    "playlists": PLAYLISTS,
    "top": (TOP_READ,),
    "position": (POSITION_READ,),
}
"""What is asked for together, so that nobody has to log in for each of them, by its name in the translations."""
EVERY_SCOPE: Final = frozenset(
    {*_LISTEN, CONTROL, *(each for some in FAMILIES.values() for each in some)}
)
"""All that is ever asked for."""
_AT_THE_LINK: Final[Mapping[str, tuple[str, ...]]] = {
    "listening": _LISTEN,
    "control": (CONTROL,),
}

_MODIFY_PLAYLISTS: Final = (PLAYLISTS_MODIFY, PLAYLISTS_MODIFY_PUBLIC)
_NEEDED: Final[tuple[tuple[str, re.Pattern[str], tuple[str, ...]], ...]] = tuple(
    (methods, re.compile(path), needed)
    for methods, path, needed in (
        ("GET", r"me/player/recently-played", (READ_RECENT,)),
        ("GET", r"me/player/currently-playing", (READ_PLAYING,)),
        ("GET", r"me/player/queue", (READ_PLAYER, READ_PLAYING)),
        ("GET", r"me/player(/devices)?", (READ_PLAYER,)),
        ("PUT POST", r"me/player(/.+)?", (CONTROL,)),
        ("GET", r"me/episodes", (LIBRARY_READ, POSITION_READ)),
        ("GET", r"me/(tracks|albums|shows|audiobooks)", (LIBRARY_READ,)),
        ("GET", r"me/following", (FOLLOW_READ,)),
        ("GET", r"me/top/(tracks|artists)", (TOP_READ,)),
        ("GET", r"me/playlists|playlists/[^/]+/items", (PLAYLISTS_READ,)),
        ("POST", r"me/playlists", _MODIFY_PLAYLISTS),
        ("PUT POST DELETE", r"playlists/[^/]+(/items)?", _MODIFY_PLAYLISTS),
    )
)
_OF_A_KIND: Final = {
    "artist": (FOLLOW_READ, (FOLLOW_MODIFY,)),
    "user": (FOLLOW_READ, (FOLLOW_MODIFY,)),
    "playlist": (PLAYLISTS_READ, _MODIFY_PLAYLISTS),
}


def needed_scopes(method: str, path: str, query: str = "") -> frozenset[str]:
    """Return the scopes without which Spotify refuses a request; `path` is below `/v1/`, `query` as it is sent."""
    path = path.strip("/")
    if path.startswith("me/library"):
        return _of_library(method, query)
    for methods, pattern, needed in _NEEDED:
        if method in methods.split() and pattern.fullmatch(path):
            return frozenset(needed)
    return frozenset()


def _of_library(method: str, query: str) -> frozenset[str]:
    """Return what saving and following need, which depends on the kinds of things in `uris`."""
    needed: set[str] = set()
    for uris in parse_qs(query).get("uris", []):
        for uri in uris.split(","):
            kind = uri.split(":")[1] if uri.count(":") > 1 else ""
            read, modify = _OF_A_KIND.get(kind, (LIBRARY_READ, (LIBRARY_MODIFY,)))
            needed.update((read,) if method == "GET" else modify)
    return frozenset(needed)


def families_of(scopes: Collection[str]) -> list[str]:
    """Return the names of the families that some scopes belong to."""
    every = {**_AT_THE_LINK, **FAMILIES}
    return [name for name, family in every.items() if set(family) & set(scopes)]


def wider(
    access: str, granted: Collection[str], requested: Collection[str]
) -> list[str]:
    """Return what to ask for in a login: what the access needs, what was granted on top, and what is wanted.

    Who chose that Encore only listens is asked for nothing that changes anything, unless it is wanted now.
    """
    scopes = dict.fromkeys(SCOPES[access])
    for family in FAMILIES.values():
        if not set(family) & {*granted, *requested}:
            continue
        scopes.update(
            dict.fromkeys(
                scope
                for scope in family
                if access == ACCESS_CONTROL
                or scope in requested
                or "modify" not in scope
            )
        )
    return list(scopes)
