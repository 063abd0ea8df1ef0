"""What Spotify's URIs stand for, when a speaker plays them itself."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..spotify.errors import UnknownThing
from .tracks import SonosTrack, spotify_track

if TYPE_CHECKING:
    from ..spotify.music import Playable
    from ..spotify.world import SpotifyWorld


class SpotifyMusic:
    """Looks a URI up in the simulated Spotify, as a speaker does with the linked account."""

    service_id = 9

    def __init__(self, world: SpotifyWorld) -> None:
        """Look up in a world."""
        self._world = world

    def __call__(self, uri: str) -> Sequence[SonosTrack]:
        """Return the tracks of a track, episode, album, playlist or show; none if it is unknown."""
        try:
            if uri.split(":")[1] in ("track", "episode"):
                return (self._track(self._world.catalogue.playable(uri)),)
            return tuple(self._track(one) for one in self._world.context_items(uri))
        except UnknownThing:
            return ()

    def _track(self, item: Playable) -> SonosTrack:
        """Return an item as Sonos shows it: with the first artist only."""
        return spotify_track(
            item.uri,
            title=item.name,
            artist=item.artist_names[0],
            album=item.album_name,
            duration_s=item.duration_ms / 1000,
            service_id=self.service_id,
        )
