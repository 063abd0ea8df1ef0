"""The admin hook: people's own hands, the truth, faults and the clock, for who runs in another process."""

from typing import Any

import aiohttp
import pytest

from simulator.spotify import SpotifySimulator

from .conftest import ALL_SCOPES, Caller


class Hook:
    """The admin hook over HTTP."""

    def __init__(
        self, session: aiohttp.ClientSession, spotify: SpotifySimulator
    ) -> None:
        """Call the hook of `spotify`."""
        self._session = session
        self._url = f"{spotify.url}/__sim__"

    async def __call__(
        self, method: str, path: str, body: object = None, *, status: int = 200
    ) -> dict[str, Any]:
        """Call and return the JSON object."""
        url = f"{self._url}/{path}"
        async with self._session.request(method, url, json=body) as answer:
            assert answer.status == status, await answer.text()
            shown: dict[str, Any] = await answer.json()
            return shown


@pytest.fixture
def hook(session: aiohttp.ClientSession, spotify: SpotifySimulator) -> Hook:
    """Return the admin hook."""
    return Hook(session, spotify)


async def test_it_knows_the_people(hook: Hook) -> None:
    """Who they are, and what they play on."""
    people = {one["key"]: one for one in (await hook("GET", "people"))["people"]}
    assert list(people) == ["alva", "ben", "cleo", "dara"]
    assert not people["cleo"]["premium"]
    assert not people["dara"]["allowlisted"]
    assert people["alva"]["devices"]


async def test_a_person_plays_by_hand(
    hook: Hook, alva: Caller, spotify: SpotifySimulator
) -> None:
    """Play, skip, pause and go on; what was heard is in the ledger."""
    album = next(
        album
        for album in spotify.world.catalogue.albums.values()
        if len(album.track_ids) > 1
    )
    started = await hook("POST", "play", {"person": "alva", "context_uri": album.uri})
    assert started["uri"] == f"spotify:track:{album.track_ids[0]}"
    assert started["is_playing"] is True
    moved = await hook("POST", "clock", {"advance_ms": 40_000})
    skipped = await hook("POST", "skip", {"person": "alva"})
    assert skipped["uri"] == f"spotify:track:{album.track_ids[1]}"
    paused = await hook("POST", "pause", {"person": "alva"})
    assert paused["is_playing"] is False
    await hook("POST", "resume", {"person": "alva"})
    assert (await alva.call("GET", "/me/player"))["is_playing"] is True
    since = moved["now_ms"] - 60_000
    ledger = await hook("GET", f"ledger?person=alva&start={since}")
    assert ledger["heard"][0]["uri"] == started["uri"]
    assert ledger["heard"][0]["ms_played"] == 40_000
    assert ledger["heard"][0]["skipped"] is True
    assert (await hook("GET", "clock"))["now_ms"] == moved["now_ms"]


async def test_spotify_answers_as_commanded(
    hook: Hook, alva: Caller, spotify: SpotifySimulator
) -> None:
    """Each manner by itself, until it is changed back; a word that is none changes nothing."""
    assert await hook("GET", "manners") == {
        "refresh_token": "rotated",
        "playlist_rows": "item",
        "account_id": True,
        "owner_premium": True,
        "clock_ms": 0,
        "played_at": "end",
        "late_ms": 0,
        "repeats_rows": False,
        "relinks": False,
        "misses_rows": False,
    }
    await hook("POST", "manners", {"playlist_rows": "track", "account_id": False})
    assert "account_id" not in await alva.call("GET", "/me", sound=False)
    playlist = spotify.world.playlists_of("alva")[0]
    path = f"/playlists/{playlist.id}"
    whole = await alva.call("GET", path, sound=False)
    rows = await alva.call("GET", f"{path}/items", sound=False)
    first = playlist.entries[0].item.uri
    for row in (whole["tracks"]["items"][0], rows["items"][0]):
        assert row["track"]["uri"] == first
    await hook("POST", "manners", {"owner_premium": "?", "colour": 1}, status=400)
    await hook("POST", "manners", {"refresh_token": "blue"}, status=400)
    changed = await hook("POST", "manners", {"account_id": True})
    assert (changed["refresh_token"], changed["owner_premium"]) == ("rotated", True)
    assert "account_id" in await alva.call("GET", "/me", sound=False)


async def test_accounts_are_withdrawn(hook: Hook, spotify: SpotifySimulator) -> None:
    """Tokens listed, expired, aged and revoked."""
    tokens = spotify.accounts.authorize("ben", ALL_SCOPES)
    listed = (await hook("GET", "tokens"))["tokens"]
    assert {tokens["access_token"], tokens["refresh_token"]} <= set(listed)
    assert await hook("POST", "expire", {"person": "ben"}) == {"expired": 1}
    await hook("POST", "age", {"person": "ben", "days": 183})
    assert await hook("POST", "revoke", {"person": "ben"}) == {"revoked": 1}


async def test_faults_are_ordered_and_taken_back(hook: Hook, alva: Caller) -> None:
    """With any field of a fault."""
    body = {"kind": "rate_limited", "match": "/v1/me", "times": 2, "retry_after": 9}
    await hook("POST", "faults", body)
    await alva.refused(429, "GET", "/me")
    assert (await hook("GET", "faults"))["faults"][0]["times"] == 1
    await hook("DELETE", "faults")
    await alva.call("GET", "/me")


async def test_requests_are_shown(hook: Hook, alva: Caller) -> None:
    """Counts, and the newest ones in full; the hook's own are not among them."""
    await alva.call("GET", "/me/player/devices")
    shown = await hook("GET", "requests?last=5")
    assert shown["counts"] == [
        {
            "person": "alva",
            "method": "GET",
            "endpoint": "/v1/me/player/devices",
            "count": 1,
        }
    ]
    assert shown["last"][0]["status"] == 200
    await hook("DELETE", "requests")
    assert (await hook("GET", "requests"))["counts"] == []


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("play", {"person": "eve"}, 404),
        ("play", {"person": "alva", "uris": ["spotify:track:nothing"]}, 409),
        ("play", {"person": "alva", "mood": "good"}, 400),
        ("pause", {"person": "alva"}, 409),
        ("clock", {}, 400),
        ("faults", {"kind": "earthquake"}, 400),
        ("age", {"person": "alva", "days": "many"}, 400),
    ],
)
async def test_nonsense_is_reported(
    hook: Hook, path: str, body: object, status: int
) -> None:
    """Unknown people, things and words, each with a sentence."""
    assert (await hook("POST", path, body, status=status))["error"]
