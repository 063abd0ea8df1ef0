"""What development mode no longer has answers as gone, with a token or without."""

import pytest

from .conftest import Caller

ID = "4iV5W9uYEdYUVa79Axb7Rh"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"/tracks/?ids={ID}"),
        ("GET", f"/tracks?ids={ID}"),
        ("GET", "/albums"),
        ("GET", "/artists"),
        ("GET", "/shows"),
        ("GET", "/episodes"),
        ("GET", "/audiobooks"),
        ("GET", "/chapters"),
        ("GET", "/markets"),
        ("GET", f"/artists/{ID}/top-tracks"),
        ("GET", f"/artists/{ID}/related-artists"),
        ("PUT", "/me/tracks"),
        ("DELETE", "/me/albums"),
        ("GET", "/me/episodes/contains"),
        ("PUT", "/me/following"),
        ("GET", f"/playlists/{ID}/tracks"),
        ("POST", f"/playlists/{ID}/tracks"),
        ("PUT", f"/playlists/{ID}/followers"),
        ("GET", "/users/somebody"),
        ("POST", "/users/somebody/playlists"),
        ("GET", "/browse/new-releases"),
        ("GET", "/browse/categories"),
        ("GET", "/recommendations"),
        ("GET", f"/audio-features/{ID}"),
        ("GET", f"/audio-analysis/{ID}"),
    ],
)
async def test_a_removed_endpoint_is_forbidden(
    alva: Caller, method: str, path: str
) -> None:
    """403 with `Forbidden`, as was measured."""
    address, _, _ = path.partition("?")
    query = {"ids": ID} if "?" in path else {}
    error = await alva.refused(403, method, address, query)
    assert error == {"status": 403, "message": "Forbidden"}


async def test_what_never_was_is_not_found(alva: Caller) -> None:
    """An address that no Spotify ever had is a 404, a wrong method a 405."""
    await alva.refused(404, "GET", "/me/mood")
    await alva.refused(405, "DELETE", "/me/player")


async def test_a_removed_endpoint_still_wants_a_token(alva: Caller) -> None:
    """Without one it says 401, as everything does."""
    alva.token = None
    await alva.refused(401, "GET", "/recommendations")
