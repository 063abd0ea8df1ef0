"""What the accounts service hands out: apps, authorization codes, grants and tokens."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Final

from yarl import URL

# Lifetimes, in milliseconds. Access tokens: "expires_in": 3600 of every token answer. Refresh tokens: six months from
# the authorization, whatever is refreshed (https://developer.spotify.com/blog/2026-06-18-refresh-token-expiration).
# A code is good for ten minutes, the most that RFC 6749 section 4.1.2 recommends; Spotify publishes no figure.
ACCESS_TOKEN_MS: Final = 3_600_000
GRANT_MS: Final = 182 * 86_400_000
CODE_MS: Final = 600_000

# Every secret that this service makes starts with one of these, so that a search finds any that leaked.
ACCESS_TOKEN_PREFIX: Final = "BQsim"
REFRESH_TOKEN_PREFIX: Final = "AQsimR"
CODE_PREFIX: Final = "AQsimC"

SCOPES: Final = {
    "ugc-image-upload": "Upload images to Spotify",
    "user-read-playback-state": "See your devices and what is playing on them",
    "user-modify-playback-state": "Control playback on your devices",
    "user-read-currently-playing": "See what you are playing",
    "app-remote-control": "Communicate with the Spotify app on your device",
    "streaming": "Play music in other apps",
    "playlist-read-private": "See your private playlists",
    "playlist-read-collaborative": "See your collaborative playlists",
    "playlist-modify-private": "Change your private playlists",
    "playlist-modify-public": "Change your public playlists",
    "user-follow-modify": "Change whom you follow",
    "user-follow-read": "See whom you follow",
    "user-read-playback-position": "See where you stopped in podcasts and audiobooks",
    "user-top-read": "See your most played artists and tracks",
    "user-read-recently-played": "See what you played recently",
    "user-library-modify": "Change what is saved in your library",
    "user-library-read": "See what is saved in your library",
    "user-read-email": "Get your e-mail address",
    "user-read-private": "See your account's details",
}


@dataclass(frozen=True, slots=True)
class App:
    """An app as its developer registered it: development mode, so only the allowlisted may use the Web API.

    `secret` is the client secret: a token request need not carry one (PKCE), but one that does must carry this.
    """

    client_id: str
    name: str
    redirect_uris: tuple[str, ...]
    secret: str

    def accepts_redirect(self, uri: str) -> bool:
        """Return whether `uri` is registered: exactly, but for the port where the host is a loopback literal.

        Source: https://developer.spotify.com/documentation/web-api/concepts/redirect_uri.
        """
        if uri in self.redirect_uris:
            return True
        return is_loopback_literal(uri) and _without_port(uri) in {
            _without_port(registered)
            for registered in self.redirect_uris
            if is_loopback_literal(registered)
        }


def is_loopback_literal(uri: str) -> bool:
    """Return whether the host of `uri` is a loopback address written as a number; `localhost` is not."""
    try:
        return ip_address(URL(uri).host or "").is_loopback
    except ValueError:
        return False


def _without_port(uri: str) -> str:
    return str(URL(uri).with_port(None))


@dataclass(frozen=True, slots=True)
class AuthorizationRequest:
    """A checked request of an app to be let in, as the query of `/authorize` states it."""

    app: App
    redirect_uri: str
    scopes: tuple[str, ...]
    state: str | None
    code_challenge: str


@dataclass(slots=True)
class Code:
    """An authorization code on its way to the app; good once, until `expires_at` (ms, UTC)."""

    value: str
    person: str
    client_id: str
    redirect_uri: str
    scopes: tuple[str, ...]
    code_challenge: str
    issued_at: int
    used: bool = False

    @property
    def expires_at(self) -> int:
        """Return when it stops being redeemable, in ms UTC."""
        return self.issued_at + CODE_MS


@dataclass(slots=True)
class Grant:
    """What one authorization by one person gave one app; its refresh token changes at each refresh."""

    number: int
    person: str
    client_id: str
    scopes: tuple[str, ...]
    authorized_at: int
    refresh_token: str
    revoked: bool = False
    retired: list[str] = field(default_factory=list)

    @property
    def expires_at(self) -> int:
        """Return when its refresh token dies, in ms UTC."""
        return self.authorized_at + GRANT_MS


@dataclass(slots=True)
class AccessToken:
    """A bearer token of a grant, good until `expires_at` (ms, UTC)."""

    value: str
    grant: int
    expires_at: int


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who asks, and what they were allowed to: what a valid access token says."""

    person: str
    client_id: str
    scopes: frozenset[str]

    def may_any(self, scopes: Iterable[str]) -> bool:
        """Return whether at least one of `scopes` was granted."""
        return not self.scopes.isdisjoint(scopes)
