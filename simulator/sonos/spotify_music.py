"""What Spotify's URIs stand for, when a speaker plays them itself."""

from collections.abc import Sequence
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from ..spotify.errors import UnknownThing
from .household import drawn
from .tracks import SonosTrack, spotify_track

if TYPE_CHECKING:
    from ..spotify.music import Playable
    from ..spotify.world import SpotifyWorld
    from .household import Household


class SpotifyMusic:
    """Looks a URI up in the simulated Spotify, as a speaker does with the linked account."""

    def __init__(self, world: SpotifyWorld) -> None:
        """Look up in a world."""
        self.household: Household[Any] | None = None
        """Whose region is named in the URIs, once there is a household."""
        self._world = world

    def __call__(self, uri: str) -> Sequence[SonosTrack]:
        """Return the tracks of a track, episode, album, playlist, show or an artist's top tracks; none if it is unknown."""
        try:
            if uri.split(":")[1] in ("track", "episode"):
                return (self._track(self._world.catalogue.playable(uri)),)
            # What speakers call an artist's top tracks are those that Spotify plays of the artist.
            context = uri.replace("spotify:artistTopTracks:", "spotify:artist:")
            return tuple(self._track(one) for one in self._world.context_items(context))
        except UnknownThing:
            return ()

    def cover(self, uri: str) -> bytes:
        """Return the cover of what a speaker plays: Spotify's own where it is Spotify's."""
        found = re.search(r"spotify:(track|episode):\w+", unquote(uri))
        try:
            return drawn(
                self._world.catalogue.playable(found[0]).image_id if found else uri
            )
        except UnknownThing:
            return drawn(uri)

    def _track(self, item: Playable) -> SonosTrack:
        """Return an item as Sonos shows it: with the first artist only."""
        return spotify_track(
            item.uri,
            title=item.name,
            artist=item.artist_names[0],
            album=item.album_name,
            duration_s=item.duration_ms / 1000,
            service_id=self.household.spotify_service_id if self.household else 9,
        )
