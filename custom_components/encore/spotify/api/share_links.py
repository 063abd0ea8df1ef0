"""Parses Spotify URIs and share links."""

from dataclasses import dataclass
import re
from typing import Final

from homeassistant.exceptions import ServiceValidationError

from ...errors import NamedError

_KINDS: Final = "track|album|artist|playlist|show|episode|audiobook|chapter"
_URI: Final = re.compile(
    rf"spotify:(?:user:[^:]+:)?(?P<kind>{_KINDS}):(?P<id>[0-9A-Za-z]{{10,64}})"
)
_SITE: Final = r"(?:https?://)?(?:open|play)\.spotify\.com/(?:intl-[a-z-]+/)?"
_URL: Final = re.compile(
    rf"{_SITE}(?:embed(?:-podcast)?/)?(?:user/[^/]+/)?"
    rf"(?P<kind>{_KINDS})/(?P<id>[0-9A-Za-z]{{10,64}})/?(?:[?#].*)?",
    re.IGNORECASE,
)
_SHORT: Final = re.compile(
    r"(?:https?://)?(?:spotify\.link|spotify\.app\.link|link\.tospotify\.com|spoti\.fi)(?:/.*)?",
    re.IGNORECASE,
)
_LIKED: Final = re.compile(
    rf"spotify:(?:user:[^:]+:)?collection(?::tracks)?|{_SITE}collection(?:/tracks)?/?(?:[?#].*)?",
    re.IGNORECASE,
)

COLLECTION: Final = "collection"
"""The kind of a person's liked songs, which are no playlist."""


class NotALink(NamedError, ServiceValidationError):
    """A text (`media_id`) names nothing on Spotify."""

    key = "not_a_spotify_link"


class ShortLink(NamedError, ServiceValidationError):
    """A text (`media_id`) is a link that leads to Spotify, and does not say to what."""


@dataclass(frozen=True, slots=True)
class Link:
    """A thing on Spotify: `kind` is track, album, artist, playlist, show, episode, audiobook, chapter or collection."""

    kind: str
    id: str

    @property
    def uri(self) -> str:
        """`spotify:kind:id`."""
        return f"spotify:{self.kind}:{self.id}"

    @property
    def is_single(self) -> bool:
        """Whether it is a single item, which alone can be queued."""
        return self.kind in {"track", "episode", "chapter"}


LIKED_SONGS: Final = Link(COLLECTION, "tracks")
"""The liked songs of the listener in question: a link to them names nobody, or the person who shared it."""


def read_link(text: str) -> Link | None:
    """Read a URI or a share link; None when it is neither."""
    text = text.strip()
    if _LIKED.fullmatch(text):
        return LIKED_SONGS
    match = _URI.fullmatch(text) or _URL.fullmatch(text)
    return None if match is None else Link(match["kind"].lower(), match["id"])


def link_of(text: str) -> Link:
    """Return what a URI or a share link names. Raises NotALink, and ShortLink for one that hides it."""
    if (link := read_link(text)) is not None:
        return link
    text = text.strip()
    raise (ShortLink if _SHORT.fullmatch(text) else NotALink)(media_id=text)
