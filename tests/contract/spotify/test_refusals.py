"""Who may ask what, and how much at once."""

import pytest

from simulator.spotify import SpotifySimulator

from .conftest import ALL_SCOPES, Caller

TRACK = "spotify:track:4iV5W9uYEdYUVa79Axb7Rh"

# Every endpoint that refuses without a scope, and that scope.
SCOPED = [
    ("GET", "/me/player", "user-read-playback-state"),
    ("PUT", "/me/player", "user-modify-playback-state"),
    ("GET", "/me/player/devices", "user-read-playback-state"),
    ("GET", "/me/player/currently-playing", "user-read-currently-playing"),
    ("PUT", "/me/player/play", "user-modify-playback-state"),
    ("PUT", "/me/player/pause", "user-modify-playback-state"),
    ("POST", "/me/player/next", "user-modify-playback-state"),
    ("POST", "/me/player/previous", "user-modify-playback-state"),
    ("PUT", "/me/player/seek", "user-modify-playback-state"),
    ("PUT", "/me/player/repeat", "user-modify-playback-state"),
    ("PUT", "/me/player/volume", "user-modify-playback-state"),
    ("PUT", "/me/player/shuffle", "user-modify-playback-state"),
    ("GET", "/me/player/queue", "user-read-currently-playing"),
    ("GET", "/me/player/queue", "user-read-playback-state"),
    ("POST", "/me/player/queue", "user-modify-playback-state"),
    ("GET", "/me/player/recently-played", "user-read-recently-played"),
    ("GET", "/me/tracks", "user-library-read"),
    ("GET", "/me/albums", "user-library-read"),
    ("GET", "/me/shows", "user-library-read"),
    ("GET", "/me/episodes", "user-read-playback-position"),
    ("GET", "/me/audiobooks", "user-library-read"),
    ("GET", "/me/following", "user-follow-read"),
    ("GET", "/me/top/tracks", "user-top-read"),
    ("GET", "/me/top/artists", "user-top-read"),
    ("GET", "/me/playlists", "playlist-read-private"),
]


@pytest.mark.parametrize(("method", "path", "scope"), SCOPED)
async def test_a_missing_scope_is_refused(
    alva: Caller, method: str, path: str, scope: str
) -> None:
    """All other scopes do not make up for it."""
    others = [one for one in ALL_SCOPES if one != scope]
    error = await alva.as_person("alva", others).refused(403, method, path)
    assert error["message"] == "Insufficient client scope"


@pytest.mark.parametrize(
    ("method", "path", "uri", "scope"),
    [
        ("PUT", "/me/library", TRACK, "user-library-modify"),
        ("DELETE", "/me/library", TRACK, "user-library-modify"),
        ("GET", "/me/library/contains", TRACK, "user-library-read"),
        (
            "PUT",
            "/me/library",
            "spotify:artist:4iV5W9uYEdYUVa79Axb7Rh",
            "user-follow-modify",
        ),
        (
            "GET",
            "/me/library/contains",
            "spotify:artist:4iV5W9uYEdYUVa79Axb7Rh",
            "user-follow-read",
        ),
        (
            "GET",
            "/me/library/contains",
            "spotify:playlist:4iV5W9uYEdYUVa79Axb7Rh",
            "playlist-read-private",
        ),
    ],
)
async def test_the_library_wants_the_scope_of_each_uri(
    alva: Caller, method: str, path: str, uri: str, scope: str
) -> None:
    """A track is saved with another scope than an artist is followed."""
    others = [one for one in ALL_SCOPES if one != scope]
    await alva.as_person("alva", others).refused(403, method, path, {"uris": uri})


async def test_without_a_good_token_nothing_is_answered(alva: Caller) -> None:
    """No token, and one that was never issued."""
    alva.token = None
    assert (await alva.refused(401, "GET", "/me"))["message"] == "No token provided"
    alva.token = "BQsimulated-by-somebody-else"
    error = await alva.refused(401, "GET", "/me")
    assert error["message"] == "Invalid access token"


@pytest.mark.parametrize("path", ["/me", "/me/player", "/search", "/recommendations"])
async def test_a_user_outside_the_allowlist_is_refused_everywhere(
    alva: Caller, path: str
) -> None:
    """Dara can log in, and then gets 403 whatever is asked."""
    error = await alva.as_person("dara").refused(403, "GET", path)
    assert "not registered for this application" in error["message"]


@pytest.mark.parametrize(
    ("method", "path", "query", "body"),
    [
        ("PUT", "/me/player/play", {}, {"uris": [TRACK]}),
        ("PUT", "/me/player/pause", {}, None),
        ("POST", "/me/player/next", {}, None),
        ("POST", "/me/player/previous", {}, None),
        ("PUT", "/me/player/seek", {"position_ms": 1}, None),
        ("PUT", "/me/player/repeat", {"state": "off"}, None),
        ("PUT", "/me/player/volume", {"volume_percent": 1}, None),
        ("PUT", "/me/player/shuffle", {"state": "true"}, None),
        ("POST", "/me/player/queue", {"uri": TRACK}, None),
        ("PUT", "/me/player", {}, {"device_ids": ["d"]}),
    ],
)
async def test_a_free_account_is_not_controlled(
    alva: Caller,
    method: str,
    path: str,
    query: dict[str, str | int],
    body: object,
) -> None:
    """Every command names the reason; reading is allowed."""
    cleo = alva.as_person("cleo")
    error = await cleo.refused(403, method, path, query, body=body)
    assert error["reason"] == "PREMIUM_REQUIRED"
    await cleo.call("GET", "/me/player/devices")


async def test_a_command_needs_a_device(alva: Caller) -> None:
    """None active and none named, or one that nobody has."""
    error = await alva.refused(404, "PUT", "/me/player/pause")
    assert error["reason"] == "NO_ACTIVE_DEVICE"
    error = await alva.refused(404, "PUT", "/me/player", body={"device_ids": ["none"]})
    assert error["message"] == "Device not found"


async def test_a_restricted_device_takes_no_commands(alva: Caller) -> None:
    """It is listed as restricted, and refuses."""
    devices = (await alva.call("GET", "/me/player/devices"))["devices"]
    restricted = next(one for one in devices if one["is_restricted"])
    error = await alva.refused(
        403, "PUT", "/me/player", body={"device_ids": [restricted["id"]]}
    )
    assert "Restricted device" in error["message"]


async def test_pausing_twice_violates_a_restriction(
    alva: Caller, spotify: SpotifySimulator
) -> None:
    """As Spotify has it: 403 with the reason UNKNOWN."""
    spotify.world.player("alva").play(
        uris=[next(iter(spotify.world.catalogue.tracks.values())).uri]
    )
    await alva.call("PUT", "/me/player/pause", status=204)
    error = await alva.refused(403, "PUT", "/me/player/pause")
    assert error == {
        "status": 403,
        "message": "Player command failed: Restriction violated",
        "reason": "UNKNOWN",
    }


LIMITED = [
    ("/me/player/recently-played", {}, 50),
    ("/me/tracks", {}, 50),
    ("/me/albums", {}, 50),
    ("/me/shows", {}, 50),
    ("/me/episodes", {}, 50),
    ("/me/audiobooks", {}, 50),
    ("/me/playlists", {}, 50),
    ("/me/following", {"type": "artist"}, 50),
    ("/me/top/tracks", {}, 50),
    ("/me/top/artists", {}, 50),
    ("/search", {"q": "a", "type": "track"}, 10),
]


@pytest.mark.parametrize(("path", "query", "most"), LIMITED)
async def test_a_limit_is_enforced(
    alva: Caller, path: str, query: dict[str, str | int], most: int
) -> None:
    """The most is fine; one more, none and nonsense are refused."""
    await alva.call("GET", path, {**query, "limit": most})
    for limit in (most + 1, 0, "many"):
        error = await alva.refused(400, "GET", path, {**query, "limit": limit})
        assert error["message"] == "Invalid limit"


async def test_an_artists_albums_come_by_ten(
    alva: Caller, spotify: SpotifySimulator
) -> None:
    """Spotipy's default of 20 is refused."""
    path = f"/artists/{next(iter(spotify.world.catalogue.artists))}/albums"
    await alva.call("GET", path, {"limit": 10})
    error = await alva.refused(400, "GET", path, {"limit": 20})
    assert error["message"] == "Invalid limit"


async def test_the_library_takes_forty(alva: Caller, spotify: SpotifySimulator) -> None:
    """Forty URIs are fine, forty-one are not."""
    uris = [track.uri for track in list(spotify.world.catalogue.tracks.values())[:41]]
    await alva.call("PUT", "/me/library", {"uris": ",".join(uris[:40])})
    await alva.refused(400, "PUT", "/me/library", {"uris": ",".join(uris)})
    await alva.refused(400, "GET", "/me/library/contains", {"uris": "nonsense"})


@pytest.mark.parametrize(
    ("status", "asked"),
    [
        (400, ("GET", "/tracks/nonsense", {}, None)),
        (404, ("GET", "/tracks/0000000000000000000000", {}, None)),
        (400, ("GET", "/me/player", {"market": "Sweden"}, None)),
        (400, ("GET", "/search", {"type": "track"}, None)),
        (400, ("GET", "/search", {"q": "a"}, None)),
        (400, ("GET", "/search", {"q": "a", "type": "mood"}, None)),
        (400, ("GET", "/search", {"q": "a", "type": "track", "offset": 1001}, None)),
        (400, ("GET", "/me/top/tracks", {"time_range": "ever"}, None)),
        (400, ("GET", "/me/following", {"type": "user"}, None)),
        (400, ("GET", "/me/player/recently-played", {"after": 1, "before": 2}, None)),
        (400, ("GET", "/me/tracks", {"offset": -1}, None)),
        (400, ("PUT", "/me/player", {}, {"device_ids": ["one", "two"]})),
        (400, ("PUT", "/me/player", {}, {})),
        (400, ("PUT", "/me/player/play", {}, ["spotify:track:x"])),
        (400, ("PUT", "/me/player/play", {}, {"uris": [], "position_ms": 0})),
        (400, ("PUT", "/me/player/play", {}, {"uris": [TRACK], "context_uri": TRACK})),
        (400, ("PUT", "/me/player/play", {}, {"uris": [TRACK], "position_ms": -1})),
        (400, ("PUT", "/me/player/play", {}, {"uris": [TRACK], "offset": 3})),
        (400, ("PUT", "/me/player/seek", {}, None)),
        (400, ("PUT", "/me/player/seek", {"position_ms": -1}, None)),
        (400, ("PUT", "/me/player/volume", {"volume_percent": 101}, None)),
        (400, ("PUT", "/me/player/shuffle", {"state": "maybe"}, None)),
        (400, ("POST", "/me/player/queue", {}, None)),
        (400, ("POST", "/me/playlists", {}, {"description": "without a name"})),
        (400, ("POST", "/me/playlists", {}, {"name": 5})),
        (404, ("GET", "/playlists/0000000000000000000000", {}, None)),
    ],
)
async def test_nonsense_is_refused(
    alva: Caller, status: int, asked: tuple[str, str, dict[str, str | int], object]
) -> None:
    """A wrong parameter or body is a 400, an unknown id a 404."""
    method, path, query, body = asked
    await alva.refused(status, method, path, query, body=body)
