"""Home Assistant's own Spotify integration in the house of the day; its library comes with the development requirements."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
import json
import time
from typing import Any, Final
from unittest.mock import patch

from spotifyaio import models
from yarl import URL

from homeassistant.components.application_credentials import AuthorizationServer
from homeassistant.components.spotify.const import SPOTIFY_SCOPES
from simulator.spotify import SpotifySimulator

from ._day_home import Home

CORE_DOMAIN: Final = "spotify"

_SERVER: Final = (
    "homeassistant.components.spotify.application_credentials.AuthorizationServer"
)


@contextmanager
def core_pointed_at(spotify: SpotifySimulator) -> Iterator[None]:
    """Let the integration take the simulator for Spotify, whose addresses are fixed in it.

    Its library does without no field that it knows, and `product` is gone from the profile since 2026-02: it is filled in,
    or there would be nothing to count.
    """
    read = models.UserProfile.from_json

    def profile(answer: str) -> models.UserProfile:
        return read(json.dumps({"product": "premium", **json.loads(answer)}))

    def server(**_addresses: object) -> AuthorizationServer:
        return AuthorizationServer(
            authorize_url=f"{spotify.url}/authorize",
            token_url=f"{spotify.url}/api/token",
        )

    class Addresses:
        """Stands in for yarl's URL where the library builds its one address."""

        @staticmethod
        def build(**_address: object) -> URL:
            """Return the simulator's address."""
            return URL(spotify.url)

    with (
        patch.object(models.UserProfile, "from_json", profile),
        patch("spotifyaio.spotify.URL", Addresses),
        patch(_SERVER, server),
    ):
        yield


async def link_core(
    home: Home, spotify: SpotifySimulator, people: Sequence[str]
) -> None:
    """Link accounts of the integration that were authorized just now."""
    for person in people:
        who = spotify.world.people[person]
        answer: dict[str, Any] = spotify.accounts.authorize(person, SPOTIFY_SCOPES)
        token = {**answer, "expires_at": time.time() + answer["expires_in"]}
        data = {"auth_implementation": CORE_DOMAIN, "token": token}
        await home.add(who.id, who.display_name, data)
