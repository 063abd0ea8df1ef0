"""Reads what people and players call a thing on Spotify: a URI, or a link to share."""

from dataclasses import dataclass
import re
from typing import Final

_KINDS: Final = "track|album|artist|playlist|show|episode"
_URI: Final = re.compile(
    rf"spotify:(?:user:[^:]+:)?(?P<kind>{_KINDS}):(?P<id>[0-9A-Za-z]{{10,64}})"
)
_URL: Final = re.compile(
    r"https?://(?:open|play)\.spotify\.com/(?:intl-[a-z-]+/)?(?:user/[^/]+/)?"
    rf"(?P<kind>{_KINDS})/(?P<id>[0-9A-Za-z]{{10,64}})/?(?:[?#].*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Link:
    """A thing on Spotify: `kind` is track, album, artist, playlist, show or episode."""

    kind: str
    id: str

    @property
    def uri(self) -> str:
        """`spotify:kind:id`."""
        return f"spotify:{self.kind}:{self.id}"

    @property
    def is_single(self) -> bool:
        """Whether it is one thing to hear, which alone can be queued."""
        return self.kind in {"track", "episode"}


def read_link(text: str) -> Link | None:
    """Read a URI or a share link; None when it is neither."""
    text = text.strip()
    match = _URI.fullmatch(text) or _URL.fullmatch(text)
    return None if match is None else Link(match["kind"].lower(), match["id"])
