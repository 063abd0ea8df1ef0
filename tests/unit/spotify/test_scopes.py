"""Which scopes a request needs, and which a login asks for."""

import pytest

from custom_components.encore.spotify.auth.scopes import (
    LIBRARY,
    PLAYLISTS,
    SCOPES,
    needed_scopes,
    wider,
)


@pytest.mark.parametrize(
    ("method", "path", "query", "needed"),
    [
        ("GET", "me/player", "", {"user-read-playback-state"}),
        ("GET", "me/player/devices", "", {"user-read-playback-state"}),
        ("GET", "me/player/recently-played", "", {"user-read-recently-played"}),
        (
            "GET",
            "me/player/queue",
            "",
            {"user-read-playback-state", "user-read-currently-playing"},
        ),
        ("PUT", "me/player", "", {"user-modify-playback-state"}),
        ("POST", "me/player/queue", "", {"user-modify-playback-state"}),
        ("GET", "me/", "", set()),
        ("GET", "search", "", set()),
        ("GET", "tracks/4iV5W9uYEdYUVa79Axb7Rh", "", set()),
        ("GET", "me/top/artists", "", {"user-top-read"}),
        ("GET", "playlists/4iV5W9uYEdYUVa79Axb7Rh", "", set()),
        (
            "GET",
            "playlists/4iV5W9uYEdYUVa79Axb7Rh/items",
            "",
            {"playlist-read-private"},
        ),
        (
            "DELETE",
            "playlists/4iV5W9uYEdYUVa79Axb7Rh/items",
            "",
            {"playlist-modify-private", "playlist-modify-public"},
        ),
        ("PUT", "me/library", "uris=spotify%3Atrack%3Aa", {"user-library-modify"}),
        (
            "PUT",
            "me/library",
            "uris=spotify%3Atrack%3Aa%2Cspotify%3Aartist%3Ab",
            {"user-library-modify", "user-follow-modify"},
        ),
        (
            "GET",
            "me/library/contains",
            "uris=spotify%3Aplaylist%3Aa",
            {"playlist-read-private"},
        ),
    ],
)
def test_a_request_needs_what_spotify_says(
    method: str, path: str, query: str, needed: set[str]
) -> None:
    """By method, path and, in the library, by what it is about."""
    assert needed_scopes(method, path, query) == needed


def test_a_wider_login_keeps_what_was_granted_and_asks_for_whole_families() -> None:
    """So that a person who saves a track is not asked again when they look at their library."""
    asked = wider("control", {*SCOPES["control"], *PLAYLISTS}, {"user-library-modify"})
    assert set(asked) == {*SCOPES["control"], *PLAYLISTS, *LIBRARY}
    assert len(asked) == len(set(asked))


def test_who_only_wants_to_be_listened_to_is_asked_for_nothing_that_changes() -> None:
    """Not even where it had been granted before."""
    asked = wider("history", {*SCOPES["control"], *PLAYLISTS}, {"user-library-read"})
    assert not [scope for scope in asked if "modify" in scope]
    assert "user-library-read" in asked
