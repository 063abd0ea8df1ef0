"""Faults to order: each fails the way the real thing does, for whom and as often as was asked."""

import asyncio
from collections.abc import Callable
import json
from typing import Any

import aiohttp
import pytest

from simulator.spotify import DEMO_CLIENT_ID, Fault, FaultKind, SpotifySimulator

from .conftest import ALL_SCOPES, Caller


@pytest.mark.parametrize(
    ("kind", "status", "message", "reason"),
    [
        (FaultKind.UNAUTHORIZED, 401, "The access token expired", None),
        (
            FaultKind.NOT_PREMIUM,
            403,
            "Player command failed: Premium required",
            "PREMIUM_REQUIRED",
        ),
        (FaultKind.MISSING_SCOPE, 403, "Insufficient client scope", None),
        (
            FaultKind.RESTRICTED_DEVICE,
            403,
            "Player command failed: Restricted device",
            "UNKNOWN",
        ),
        (
            FaultKind.NO_ACTIVE_DEVICE,
            404,
            "Player command failed: No active device found",
            "NO_ACTIVE_DEVICE",
        ),
        (FaultKind.RATE_LIMITED, 429, "API rate limit exceeded", None),
        (FaultKind.QUOTA_EXCEEDED, 429, "Too many requests", "QUOTA_EXCEEDED"),
        (FaultKind.SERVER_ERROR, 502, "Bad gateway.", None),
    ],
)
async def test_a_refusal_to_order(
    alva: Caller,
    spotify: SpotifySimulator,
    kind: FaultKind,
    status: int,
    message: str,
    reason: str | None,
) -> None:
    """It strikes once, and the next request is answered."""
    spotify.faults.add(Fault(kind))
    error = await alva.refused(status, "GET", "/me")
    assert error["message"] == message
    assert error.get("reason") == reason
    await alva.call("GET", "/me")


async def test_words_where_an_error_object_was_due(
    alva: Caller, spotify: SpotifySimulator, session: aiohttp.ClientSession
) -> None:
    """Of an app whose owner has no Premium, at every address, and to order; the header says that it is JSON."""
    url, headers = f"{spotify.url}/v1/me", {"Authorization": f"Bearer {alva.token}"}
    spotify.faults.add(Fault(FaultKind.TEXT_AS_JSON))
    spotify.manners.owner_premium = False
    for said in ("User not registered", "Active premium subscription required"):
        async with session.get(url, headers=headers) as answer:
            assert (answer.status, answer.content_type) == (403, "application/json")
            assert (await answer.text()).startswith(said)
    spotify.manners.owner_premium = True
    await alva.call("GET", "/me")


async def test_an_account_can_fall_from_the_allowlist(
    alva: Caller, spotify: SpotifySimulator
) -> None:
    """For ever, until it is taken back."""
    spotify.faults.add(Fault(FaultKind.NOT_ALLOWLISTED, times=None))
    for _ in range(3):
        error = await alva.refused(403, "GET", "/me/player")
        assert "not registered" in error["message"]
    spotify.faults.clear()
    await alva.call("GET", "/me")


@pytest.mark.parametrize("kind", [FaultKind.RATE_LIMITED, FaultKind.QUOTA_EXCEEDED])
async def test_a_429_says_how_long_to_wait(
    alva: Caller,
    spotify: SpotifySimulator,
    session: aiohttp.ClientSession,
    kind: FaultKind,
) -> None:
    """In the header, in seconds: hours have been seen."""
    spotify.faults.add(Fault(kind, retry_after=52_531))
    headers = {"Authorization": f"Bearer {alva.token}"}
    async with session.get(f"{spotify.url}/v1/me", headers=headers) as answer:
        assert answer.headers["Retry-After"] == "52531"


async def test_a_fault_lasts_until_its_moment_and_says_what_is_left(
    alva: Caller, spotify: SpotifySimulator, session: aiohttp.ClientSession
) -> None:
    """`Retry-After` counts down, and whoever waits as told is answered."""
    until = spotify.clock.now_ms() + 1_800_000
    spotify.faults.add(Fault(FaultKind.QUOTA_EXCEEDED, times=None, until_ms=until))
    headers = {"Authorization": f"Bearer {alva.token}"}
    for waited_s, left in ((0, "1800"), (1_799, "1")):
        spotify.clock.advance(waited_s * 1000)
        async with session.get(f"{spotify.url}/v1/me", headers=headers) as answer:
            assert (answer.status, answer.headers["Retry-After"]) == (429, left)
    spotify.clock.advance(1_000)
    await alva.call("GET", "/me")
    assert spotify.faults.waiting == []


async def test_a_fault_strikes_only_whom_it_is_meant_for(
    alva: Caller, spotify: SpotifySimulator
) -> None:
    """By path, pattern, method and person; the others pass, and it waits."""
    ben = alva.as_person("ben")
    fault = spotify.faults.add(
        Fault(
            FaultKind.SERVER_ERROR,
            match="/v1/me/player*",
            method="GET",
            person="ben",
            times=2,
        )
    )
    await alva.call("GET", "/me/player")
    await ben.call("GET", "/me")
    await ben.refused(404, "PUT", "/me/player/pause")
    assert fault.times == 2
    await ben.refused(502, "GET", "/me/player")
    await ben.refused(502, "GET", "/me/player/devices/")
    await ben.call("GET", "/me/player/devices")


async def test_an_exact_path_is_no_prefix(
    alva: Caller, spotify: SpotifySimulator
) -> None:
    """`/v1/me` is not `/v1/me/player`, but it is `/v1/me/`."""
    spotify.faults.add(Fault(FaultKind.SERVER_ERROR, match="/v1/me", status=503))
    await alva.call("GET", "/me/player")
    await alva.refused(503, "GET", "/me/")


@pytest.mark.parametrize(
    ("kind", "hold"),
    [
        (
            FaultKind.HTML_BODY,
            lambda status, body: (status, body[:9]) == (502, b"<!DOCTYPE"),
        ),
        (
            FaultKind.STRING_ERROR,
            lambda status, body: (status, body[:10]) == (400, b'{"error": '),
        ),
        (
            FaultKind.CUT_JSON,
            lambda status, body: (
                status == 200 and body[:1] == b"{" and body[-1:] != b"}"
            ),
        ),
    ],
)
async def test_a_body_that_nobody_can_read(
    alva: Caller,
    spotify: SpotifySimulator,
    session: aiohttp.ClientSession,
    kind: FaultKind,
    hold: Callable[[int, bytes], bool],
) -> None:
    """A proxy's page, an error that is a string, half an answer."""
    spotify.faults.add(Fault(kind))
    headers = {"Authorization": f"Bearer {alva.token}"}
    async with session.get(f"{spotify.url}/v1/me", headers=headers) as answer:
        assert hold(answer.status, await answer.read())
    await alva.call("GET", "/me")


async def test_an_answer_with_other_values_in_it(
    alva: Caller, spotify: SpotifySimulator
) -> None:
    """As no endpoint gives it now, and as one may later."""
    true = await alva.call("GET", "/me")
    fields = {"type": "hologram", "new.deep": 1, "display_name": None}
    spotify.faults.add(Fault(FaultKind.ALTERED, fields=fields))
    altered = await alva.call("GET", "/me", sound=False)
    changed = {"type": "hologram", "new": {"deep": 1}, "display_name": None}
    assert altered == {**true, **changed}
    assert await alva.call("GET", "/me") == true


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        (FaultKind.DROPPED, aiohttp.ServerDisconnectedError),
        (FaultKind.ANSWER_LOST, aiohttp.ServerDisconnectedError),
        (FaultKind.CUT_CONNECTION, aiohttp.ClientPayloadError),
    ],
)
async def test_a_connection_that_breaks(
    alva: Caller,
    spotify: SpotifySimulator,
    session: aiohttp.ClientSession,
    kind: FaultKind,
    error: type[aiohttp.ClientError],
) -> None:
    """Before the answer or in the middle of it; the log notes that nothing arrived."""
    # aiohttp's client repeats a GET once when a kept connection was closed under it.
    spotify.faults.add(Fault(kind, times=2))
    headers = {"Authorization": f"Bearer {alva.token}"}
    with pytest.raises(error):
        async with session.get(f"{spotify.url}/v1/me", headers=headers) as answer:
            await answer.read()
    assert spotify.requests.asked[-1].status == 0
    spotify.faults.clear()
    await alva.call("GET", "/me")


async def test_a_lost_answer_did_what_was_asked(
    alva: Caller, spotify: SpotifySimulator
) -> None:
    """A dropped request did not."""
    tracks = list(spotify.world.catalogue.tracks.values())
    player = spotify.world.player("alva")
    player.play(uris=[tracks[0].uri, tracks[1].uri, tracks[2].uri])
    for kind, playing in ((FaultKind.DROPPED, 0), (FaultKind.ANSWER_LOST, 1)):
        spotify.faults.add(Fault(kind))
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await alva.call("POST", "/me/player/next")
        assert player.state
        assert player.state.item.uri == tracks[playing].uri


async def test_a_stall_ends_when_it_is_taken_back(
    alva: Caller, spotify: SpotifySimulator
) -> None:
    """Until then nothing comes; afterwards the true answer does."""
    spotify.faults.add(Fault(FaultKind.STALL))
    waiting = asyncio.create_task(alva.call("GET", "/me"))
    while spotify.faults.waiting:
        await asyncio.sleep(0)
    assert not waiting.done()
    spotify.faults.clear()
    assert (await waiting)["id"]


async def test_a_command_that_nobody_waits_for_is_not_carried_out(
    alva: Caller, spotify: SpotifySimulator
) -> None:
    """Whoever hangs up in a stall skips nothing."""
    tracks = list(spotify.world.catalogue.tracks.values())
    player = spotify.world.player("alva")
    player.play(uris=[tracks[0].uri, tracks[1].uri])
    spotify.faults.add(Fault(FaultKind.STALL))
    waiting = asyncio.create_task(alva.call("POST", "/me/player/next"))
    while spotify.faults.waiting:
        await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    while not spotify.requests.asked:
        await asyncio.sleep(0)
    spotify.faults.clear()
    await alva.call("GET", "/me")
    assert player.state
    assert player.state.item.uri == tracks[0].uri


async def test_a_transfer_that_does_nothing(
    alva: Caller, spotify: SpotifySimulator
) -> None:
    """204, and the music stays where it was."""
    spotify.world.player("alva").play(
        uris=[next(iter(spotify.world.catalogue.tracks.values())).uri]
    )
    before = await alva.call("GET", "/me/player")
    other = next(
        one
        for one in (await alva.call("GET", "/me/player/devices"))["devices"]
        if not one["is_restricted"] and not one["is_active"]
    )
    spotify.faults.add(Fault(FaultKind.IGNORED_TRANSFER))
    body = {"device_ids": [other["id"]]}
    await alva.call("PUT", "/me/player", body=body, status=204)
    assert (await alva.call("GET", "/me/player"))["device"] == before["device"]
    await alva.call("PUT", "/me/player", body=body, status=204)
    assert (await alva.call("GET", "/me/player"))["device"]["id"] == other["id"]


class Tokens:
    """The token endpoint, asked to refresh."""

    def __init__(
        self, session: aiohttp.ClientSession, spotify: SpotifySimulator
    ) -> None:
        """Let Alva let the app in."""
        self._session = session
        self._url = f"{spotify.url}/api/token"
        self.refresh_token = spotify.accounts.authorize("alva", ALL_SCOPES)[
            "refresh_token"
        ]

    async def refresh(self) -> tuple[int, Any]:
        """Return the status and the body of a refresh."""
        form = {
            "grant_type": "refresh_token",
            "client_id": DEMO_CLIENT_ID,
            "refresh_token": self.refresh_token,
        }
        async with self._session.post(self._url, data=form) as answer:
            return answer.status, await answer.json()


@pytest.fixture
def tokens(session: aiohttp.ClientSession, spotify: SpotifySimulator) -> Tokens:
    """Return a refresh token of Alva's and the place to use it."""
    return Tokens(session, spotify)


async def test_a_rotation_whose_answer_never_arrives(
    spotify: SpotifySimulator, tokens: Tokens
) -> None:
    """The old refresh token is dead, and nobody knows the new one."""
    spotify.faults.add(Fault(FaultKind.ANSWER_LOST, match="/api/token", person="alva"))
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await tokens.refresh()
    assert await tokens.refresh() == (
        400,
        {"error": "invalid_grant", "error_description": "Refresh token revoked"},
    )


async def test_a_refresh_that_never_arrived_changes_nothing(
    spotify: SpotifySimulator, tokens: Tokens
) -> None:
    """A dropped request can be repeated."""
    spotify.faults.add(Fault(FaultKind.DROPPED, match="/api/token"))
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await tokens.refresh()
    assert (await tokens.refresh())[0] == 200


@pytest.mark.parametrize(
    ("kind", "status", "error"),
    [
        (FaultKind.UNAUTHORIZED, 400, "invalid_grant"),
        (FaultKind.RATE_LIMITED, 429, "server_error"),
        (FaultKind.SERVER_ERROR, 502, "server_error"),
    ],
)
async def test_the_token_endpoint_fails_in_its_own_words(
    spotify: SpotifySimulator,
    tokens: Tokens,
    kind: FaultKind,
    status: int,
    error: str,
) -> None:
    """And rotates nothing: the next refresh works."""
    spotify.faults.add(Fault(kind, match="/api/token"))
    answered, body = await tokens.refresh()
    assert (answered, body["error"]) == (status, error)
    assert (await tokens.refresh())[0] == 200


async def test_requests_are_counted_by_person_and_endpoint(
    alva: Caller, spotify: SpotifySimulator
) -> None:
    """With their route, whatever the slash and the id; since a moment, and anew after `clear`."""
    ben = alva.as_person("ben")
    track_id = next(iter(spotify.world.catalogue.tracks))
    await alva.call("GET", "/me/")
    await alva.call("GET", "/me")
    await ben.call("GET", "/me")
    await ben.call("GET", f"/tracks/{track_id}")
    count = spotify.requests.count
    assert count(endpoint="/v1/me") == 3
    assert count(endpoint="/v1/me", person="alva") == 2
    assert count(person="ben", method="GET") == 2
    assert count(endpoint="/v1/tracks/{id}") == 1
    assert count(endpoint="/v1/*") == count() == 4
    assert spotify.requests.counts()["alva", "GET", "/v1/me"] == 2
    spotify.clock.advance(1_000)
    now = spotify.clock.now_ms()
    await alva.call("GET", "/me")
    assert count(since_ms=now) == 1
    spotify.requests.clear()
    assert count() == 0


async def test_listeners_see_every_answer_that_was_sent(
    alva: Caller, spotify: SpotifySimulator
) -> None:
    """With its body; of a connection that was cut, that it was."""
    seen: list[tuple[str, int, bytes]] = []
    spotify.answered.append(
        lambda asked, body: seen.append((asked.endpoint, asked.status, body))
    )
    profile = await alva.call("GET", "/me")
    await alva.refused(404, "GET", "/nowhere")
    spotify.faults.add(Fault(FaultKind.CUT_CONNECTION))
    with pytest.raises(aiohttp.ClientError):
        await alva.call("GET", "/me")
    assert [(endpoint, status) for endpoint, status, _ in seen] == [
        ("/v1/me", 200),
        ("/v1/nowhere", 404),
        ("/v1/me", 0),
    ]
    assert json.loads(seen[0][2]) == profile
