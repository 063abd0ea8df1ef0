"""A request that is not as Spotify describes it is noticed."""

from typing import Any

import pytest
import requests

from .described import fault_of

TRACK = "4iV5W9uYEdYUVa79Axb7Rh"


def sent(
    method: str, path: str, params: dict[str, str] | None = None, body: Any = None
) -> requests.PreparedRequest:
    """Return a request as it would be sent."""
    return requests.Request(
        method,
        f"http://127.0.0.1:9090/v1/{path}",
        params=params,
        json=body,
        headers={
            "Authorization": "Bearer token",
            "Content-Type": "application/json",
        },
    ).prepare()


@pytest.mark.parametrize(
    "request_",
    [
        sent("GET", "me/player", {"additional_types": "track,episode"}),
        sent("GET", "me/"),
        sent("PUT", "me/player", body={"device_ids": ["d"], "play": False}),
        sent("PUT", "me/library", {"uris": f"spotify:track:{TRACK}"}),
        sent("POST", f"playlists/{TRACK}/items", body={"uris": [f"spotify:track:{TRACK}"]}),
        sent("GET", "search", {"q": "rain", "type": "track", "limit": "10"}),
    ],
    ids=lambda request: f"{request.method} {request.path_url}",
)  # fmt: skip
def test_what_is_described_passes(request_: requests.PreparedRequest) -> None:
    """With and without a body, with a slash at the end as spotipy sends it."""
    assert fault_of(request_) is None


@pytest.mark.parametrize(
    ("request_", "reported"),
    [
        (sent("GET", "me/tracks/contains"), "no such endpoint"),
        (sent("GET", "artists", {"ids": TRACK}), "no such endpoint"),
        (sent("PATCH", "me/player"), "no such endpoint"),
        (sent("GET", "me/player", {"additional_type": "track"}), "unknown query"),
        (sent("GET", "search", {"type": "track"}), "q"),
        (sent("GET", "search", {"q": "rain", "type": "track", "limit": "20"}), "limit"),
        (sent("GET", "me/player", body={"a": 1}), "a body where none"),
        (sent("PUT", "me/player", body={"device_ids": "d"}), "device_ids"),
        (sent("PUT", "me/player/volume", {"volume_percent": "loud"}), "volume_percent"),
    ],
    ids=lambda value: (
        f"{value.method} {value.path_url}"
        if isinstance(value, requests.PreparedRequest)
        else value
    ),
)
def test_what_is_not_described_is_reported(
    request_: requests.PreparedRequest, reported: str
) -> None:
    """A removed endpoint, a parameter misspelt, missing or too large, a body of another form."""
    assert reported in (fault_of(request_) or "")
