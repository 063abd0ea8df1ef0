"""Which redirect URIs Spotify accepts since 2025-11-27."""

import pytest

from custom_components.encore.spotify.auth.redirect_uri import accepted_by_spotify


@pytest.mark.parametrize(
    "uri",
    [
        "https://my.home-assistant.io/redirect/oauth",
        "https://home.example.org:8123/auth/external/callback",
        "http://127.0.0.1:8123/auth/external/callback",
        "http://[::1]:8123/auth/external/callback",
    ],
)
def test_https_and_loopback_numbers_are_accepted(uri: str) -> None:
    """Spotify leads back over https, or to the machine itself by number."""
    assert accepted_by_spotify(uri)


@pytest.mark.parametrize(
    "uri",
    [
        "http://homeassistant.local:8123/auth/external/callback",
        "http://localhost:8123/auth/external/callback",
        "http://192.168.1.10:8123/auth/external/callback",
        "http:///auth/external/callback",
    ],
)
def test_plain_http_to_anywhere_else_is_refused(uri: str) -> None:
    """Not even localhost by its name."""
    assert not accepted_by_spotify(uri)
