"""The accounts service: the page where people let an app in, and the tokens that come of it."""

from collections.abc import Mapping
import re
import secrets
from typing import Any

import aiohttp
import pytest
from yarl import URL

from simulator.spotify import DEMO_CLIENT_ID, SpotifySimulator
from simulator.spotify.accounts import DEMO_CLIENT_SECRET, challenge_of

from .conftest import Caller

CALLBACK = "http://127.0.0.1:8123/auth/external/callback"
HOUR_MS = 3_600_000


class App:
    """An app that asks to be let in, the way Home Assistant does."""

    def __init__(
        self, session: aiohttp.ClientSession, spotify: SpotifySimulator
    ) -> None:
        """Make a code verifier."""
        self._session = session
        self._url = URL(spotify.url)
        self.verifier = secrets.token_urlsafe(64)
        self.query = {
            "response_type": "code",
            "client_id": DEMO_CLIENT_ID,
            "redirect_uri": CALLBACK,
            "state": "a state of ours",
            "scope": "user-read-playback-state user-read-recently-played",
            "code_challenge": challenge_of(self.verifier),
            "code_challenge_method": "S256",
        }

    async def page(self, **changed: str) -> tuple[int, str]:
        """Open the page of `/authorize`; an empty value leaves a parameter out."""
        url = (self._url / "authorize").with_query(self._asked(changed))
        async with self._session.get(url) as answer:
            assert answer.content_type == "text/html"
            return answer.status, await answer.text()

    async def decide(
        self, decision: str, person: str = "alva", **changed: str
    ) -> Mapping[str, str]:
        """Decide on the page and return the query with which the browser is sent back."""
        url = (self._url / "authorize").with_query(self._asked(changed))
        form = {"person": person, "decision": decision}
        async with self._session.post(url, data=form, allow_redirects=False) as answer:
            assert answer.status == 302
            back = URL(answer.headers["Location"])
        assert back.with_query(None) == URL(
            changed.get("redirect_uri", CALLBACK)
        ).with_query(None)
        return back.query

    async def token(self, status: int = 200, **form: str) -> dict[str, Any]:
        """Ask the token endpoint and return its body."""
        form = {"client_id": DEMO_CLIENT_ID, **form}
        url = self._url / "api/token"
        async with self._session.post(url, data=form) as answer:
            assert answer.status == status, await answer.text()
            assert answer.headers["Cache-Control"] == "no-store"
            body: dict[str, Any] = await answer.json()
            return body

    async def redeem(self, code: str, status: int = 200, **form: str) -> dict[str, Any]:
        """Redeem a code."""
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": CALLBACK,
            "code_verifier": self.verifier,
            **form,
        }
        return await self.token(status, **asked)

    async def refresh(self, token: str, status: int = 200) -> dict[str, Any]:
        """Use a refresh token."""
        return await self.token(status, grant_type="refresh_token", refresh_token=token)

    async def let_in(self, person: str = "alva") -> dict[str, Any]:
        """Let the app in and return the first tokens."""
        return await self.redeem((await self.decide("allow", person))["code"])

    def _asked(self, changed: Mapping[str, str]) -> dict[str, str]:
        return {
            name: value for name, value in {**self.query, **changed}.items() if value
        }


@pytest.fixture
def app(session: aiohttp.ClientSession, spotify: SpotifySimulator) -> App:
    """Return an app that nobody let in yet."""
    return App(session, spotify)


async def test_the_page_offers_everybody_and_says_what_the_app_wants(app: App) -> None:
    """All four people can be chosen, and each scope is put in words."""
    status, page = await app.page()
    assert status == 200
    assert re.findall(r'name="person" value="(\w+)"', page) == [
        "alva",
        "ben",
        "cleo",
        "dara",
    ]
    assert "See what you played recently" in page
    assert "Control playback" not in page
    assert CALLBACK in page


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"client_id": ""}, "Missing required parameter: client_id"),
        ({"client_id": "0" * 32}, "INVALID_CLIENT: Invalid client"),
        ({"redirect_uri": ""}, "Missing required parameter: redirect_uri"),
        (
            {"redirect_uri": "https://example.org/"},
            "INVALID_CLIENT: Invalid redirect URI",
        ),
        (
            {"redirect_uri": "http://127.0.0.1:8123/auth/external/callback/"},
            "INVALID_CLIENT: Invalid redirect URI",
        ),
        (
            {"redirect_uri": "http://localhost:8123/auth/external/callback"},
            "INVALID_CLIENT: Insecure redirect URI",
        ),
        (
            {"redirect_uri": "http://homeassistant.local/auth/external/callback"},
            "INVALID_CLIENT: Insecure redirect URI",
        ),
        ({"response_type": "token"}, "response_type must be code"),
        ({"code_challenge_method": "plain"}, "code_challenge_method must be S256"),
        ({"code_challenge": ""}, "Missing required parameter: code_challenge"),
        ({"scope": "user-read-everything"}, "INVALID_SCOPE: Invalid scope"),
    ],
)
async def test_a_wrong_request_is_refused_on_the_page(
    app: App, changed: dict[str, str], sentence: str
) -> None:
    """Nothing is sent to a redirect URI when the request itself is wrong."""
    status, page = await app.page(**changed)
    assert status == 400
    assert sentence in page
    assert "<form" not in page


@pytest.mark.parametrize(
    "uri",
    [
        "http://127.0.0.1/auth/external/callback",
        "http://127.0.0.1:40123/auth/external/callback",
        "http://[::1]:8123/auth/external/callback",
        "https://my.home-assistant.io/redirect/oauth",
    ],
)
async def test_a_registered_redirect_is_followed(app: App, uri: str) -> None:
    """Registered ones exactly, and any port on loopback literals."""
    back = await app.decide("allow", redirect_uri=uri)
    assert back["state"] == "a state of ours"
    assert await app.redeem(back["code"], redirect_uri=uri)


async def test_tokens_are_as_spotify_gives_them(
    app: App, spotify: SpotifySimulator
) -> None:
    """An hour, bearer, the granted scopes, and strings that a search for leaks can find."""
    tokens = await app.let_in()
    assert tokens["token_type"] == "Bearer"
    assert tokens["expires_in"] == 3600
    assert tokens["scope"] == app.query["scope"]
    assert tokens["access_token"].startswith("BQsim")
    assert tokens["refresh_token"].startswith("AQsim")
    assert {tokens["access_token"], tokens["refresh_token"]} <= set(
        spotify.accounts.issued
    )


async def test_a_denied_request_says_so(app: App) -> None:
    """The browser goes back with `access_denied` and the state."""
    assert dict(await app.decide("deny")) == {
        "error": "access_denied",
        "state": "a state of ours",
    }


async def test_a_code_is_good_once(app: App) -> None:
    """A replayed code is no code."""
    code = (await app.decide("allow"))["code"]
    await app.redeem(code)
    assert await app.redeem(code, 400) == {
        "error": "invalid_grant",
        "error_description": "Invalid authorization code",
    }


async def test_a_code_expires(app: App, spotify: SpotifySimulator) -> None:
    """Ten minutes later it is too late."""
    code = (await app.decide("allow"))["code"]
    spotify.clock.advance(600_000)
    refused = await app.redeem(code, 400)
    assert refused["error_description"] == "Authorization code expired"


@pytest.mark.parametrize(
    ("form", "error", "description"),
    [
        ({"code_verifier": "x" * 64}, "invalid_grant", "code_verifier was incorrect"),
        ({"code_verifier": ""}, "invalid_request", "code_verifier must be supplied"),
        (
            {"redirect_uri": "http://127.0.0.1:9999/auth/external/callback"},
            "invalid_grant",
            "Invalid redirect URI",
        ),
        ({"client_id": "0" * 32}, "invalid_client", "Invalid client"),
        ({"client_secret": "any text"}, "invalid_client", "Invalid client secret"),
        (
            {"grant_type": ""},
            "unsupported_grant_type",
            "grant_type parameter is missing",
        ),
        (
            {"grant_type": "password"},
            "unsupported_grant_type",
            "grant_type must be authorization_code or refresh_token",
        ),
    ],
)
async def test_a_code_is_refused_to_whom_it_was_not_given(
    app: App, form: dict[str, str], error: str, description: str
) -> None:
    """Each wrong part is told, and the right one still works afterwards."""
    code = (await app.decide("allow"))["code"]
    assert await app.redeem(code, 400, **form) == {
        "error": error,
        "error_description": description,
    }
    assert await app.redeem(code)


async def test_the_right_secret_is_no_obstacle(app: App) -> None:
    """PKCE needs none, but a client that has the app's own may send it, also in the header."""
    code = (await app.decide("allow"))["code"]
    assert await app.redeem(code, client_secret=DEMO_CLIENT_SECRET)


async def test_a_refresh_rotates(app: App) -> None:
    """The new refresh token works, the old one is revoked at once, and so it stays."""
    first = await app.let_in()
    second = await app.refresh(first["refresh_token"])
    assert second["refresh_token"] != first["refresh_token"]
    assert second["access_token"] != first["access_token"]
    assert await app.refresh(first["refresh_token"], 400) == {
        "error": "invalid_grant",
        "error_description": "Refresh token revoked",
    }
    assert await app.refresh(second["refresh_token"])


@pytest.mark.parametrize(
    ("answers", "values"), [("absent", {}), ("null", None), ("empty", "")]
)
async def test_a_refresh_may_give_no_new_refresh_token(
    app: App, spotify: SpotifySimulator, answers: str, values: object
) -> None:
    """The old one goes on then."""
    spotify.manners.change(refresh_token=answers)
    first = await app.let_in()
    for _ in range(2):
        answer = await app.refresh(first["refresh_token"])
        assert answer["access_token"] != first["access_token"]
        assert answer.get("refresh_token", {}) == values


async def test_an_unknown_refresh_token_is_invalid(app: App) -> None:
    """A token that was never issued is told apart from a revoked one."""
    refused = await app.refresh("AQnever", 400)
    assert refused["error_description"] == "Invalid refresh token"


async def test_an_access_token_lasts_an_hour(
    app: App, spotify: SpotifySimulator, alva: Caller
) -> None:
    """Then the Web API says that it expired."""
    alva.token = (await app.let_in())["access_token"]
    spotify.clock.advance(HOUR_MS - 1)
    await alva.call("GET", "/me")
    spotify.clock.advance(1)
    error = await alva.refused(401, "GET", "/me")
    assert error["message"] == "The access token expired"


async def test_access_can_be_made_to_expire(
    app: App, spotify: SpotifySimulator, alva: Caller
) -> None:
    """The refresh token survives."""
    tokens = await app.let_in()
    alva.token = tokens["access_token"]
    assert spotify.accounts.expire_access("alva")
    await alva.refused(401, "GET", "/me")
    alva.token = (await app.refresh(tokens["refresh_token"]))["access_token"]
    await alva.call("GET", "/me")


async def test_six_months_after_the_authorization_it_is_over(
    app: App, spotify: SpotifySimulator
) -> None:
    """Refreshing does not prolong it: the authorization counts."""
    tokens = await app.let_in()
    spotify.accounts.age_authorization("alva", 181)
    tokens = await app.refresh(tokens["refresh_token"])
    spotify.accounts.age_authorization("alva", 1)
    refused = await app.refresh(tokens["refresh_token"], 400)
    assert refused["error"] == "invalid_grant"


async def test_revoking_ends_everything_of_one_person(
    app: App, spotify: SpotifySimulator, alva: Caller
) -> None:
    """Access and refresh token are dead; others' live on, and a new authorization works."""
    alvas, bens = await app.let_in("alva"), await app.let_in("ben")
    spotify.accounts.revoke("alva")
    alva.token = alvas["access_token"]
    error = await alva.refused(401, "GET", "/me")
    assert error["message"] == "Invalid access token"
    refused = await app.refresh(alvas["refresh_token"], 400)
    assert refused["error_description"] == "Refresh token revoked"
    assert await app.refresh(bens["refresh_token"])
    assert await app.let_in("alva")


async def test_each_person_gets_their_own_token(
    app: App, spotify: SpotifySimulator, alva: Caller
) -> None:
    """`/me` tells who let the app in."""
    for person in ("alva", "ben", "cleo"):
        alva.token = (await app.let_in(person))["access_token"]
        me = await alva.call("GET", "/me")
        assert me["account_id"] == spotify.world.people[person].account_id
