"""Queues share links of Spotify and other services. Blocks; runs in the executor."""

import re
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

from ..soco_compat import (
    ShareLinkPlugin,
    SoCoUPnPException,
    SpotifyShare,
    SpotifyUSShare,
)

if TYPE_CHECKING:
    from ..soco_speaker import SpeakerSoCo

_NOT_LINKED: Final = "800"
_ARTIST: Final = re.compile(r"spotify.*[:/]artist[:/](\w+)")
_TOP_TRACKS: Final = {
    "artistTopTracks": {
        "prefix": "x-rincon-cpcontainer:000e206c",
        "key": "000e206c",
        "class": "object.container.playlistContainer",
    }
}
"""Speakers take no artist, and do take what they call an artist's top tracks (node-sonos-ts, metadata-helper.ts)."""


class _ArtistShare(SpotifyShare):  # type: ignore[misc]  # SoCo ships no types
    """An artist of Spotify, in Europe."""

    def canonical_uri(self, uri: str) -> str | None:
        """Return what speakers call the artist's top tracks; None for a link to anything else."""
        found = _ARTIST.search(uri)
        return f"spotify:artistTopTracks:{found[1]}" if found else None

    def extract(self, uri: str) -> tuple[str, str]:
        """Return the kind, and the URI as it stands in another URI."""
        canonical = self.canonical_uri(uri) or ""
        return "artistTopTracks", canonical.replace(":", "%3a")

    @staticmethod
    def magic() -> dict[str, Any]:
        """Return what goes before the URI, and its class."""
        return _TOP_TRACKS


class _ArtistUSShare(_ArtistShare):
    """An artist of Spotify, elsewhere."""

    def service_number(self) -> int:
        """Return Spotify's number there."""
        return int(SpotifyUSShare().service_number())


def is_share_link(text: str) -> bool:
    """Whether a text is a link to share, or a URI, of a service that can be queued from."""
    return any(each.canonical_uri(text) for each in _services(ShareLinkPlugin(None)))


def add_shared(
    soco: SpeakerSoCo,
    link: str,
    title: str = "",
    place: int = 0,
    *,
    as_next: bool = False,
) -> int:
    """Queue what a link to share names, as `enqueuing.add`; of an artist, the top tracks.

    Raises what SoCo raises: code 800 where the service is not linked. Spotify is one service in Europe and another
    elsewhere; the one that is not linked answers 800, and what the linked one says counts.
    """
    plugin = ShareLinkPlugin(soco)
    services = [each for each in _services(plugin) if each.canonical_uri(link)]
    refused: SoCoUPnPException | None = None
    for service in services:
        plugin.services = [service]
        try:
            return int(
                plugin.add_share_link_to_queue(
                    link, place, as_next, dc_title=escape(title)
                )
            )
        except SoCoUPnPException as err:
            if refused is None or str(refused.error_code) == _NOT_LINKED:
                refused = err
    if refused is None:
        raise ValueError(link)
    raise refused


def _services(plugin: ShareLinkPlugin) -> list[Any]:
    return [*plugin.services, _ArtistShare(), _ArtistUSShare()]
