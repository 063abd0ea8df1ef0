"""A simulated Spotify on loopback, and a caller whose every request and answer is held against the description."""

from collections.abc import AsyncGenerator, Collection, Generator, Mapping
import json
from pathlib import Path
from typing import Any, Final

import aiohttp
from openapi_core import OpenAPI
from openapi_core.testing import MockRequest, MockResponse
import pytest
import pytest_socket
from yarl import URL

from simulator.clock import SimulatedClock
from simulator.spotify import SpotifySimulator
from simulator.spotify.grants import SCOPES

ALL_SCOPES: Final = tuple(SCOPES)
START_MS: Final = 1_795_000_000_000
"""2026-11-18T11:06:40Z: a Wednesday noon."""


class Caller:
    """An app that calls the Web API on behalf of one person, with every scope unless told otherwise."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        spotify: SpotifySimulator,
        description: OpenAPI,
        person: str = "alva",
        scopes: Collection[str] = ALL_SCOPES,
    ) -> None:
        """Let `person` let the app in."""
        self._session = session
        self._spotify = spotify
        self._description = description
        self.person = person
        self.token: str | None = spotify.accounts.authorize(person, scopes)[
            "access_token"
        ]

    def as_person(self, person: str, scopes: Collection[str] = ALL_SCOPES) -> Caller:
        """Return a caller for somebody else."""
        return Caller(self._session, self._spotify, self._description, person, scopes)

    async def call(
        self,
        method: str,
        path: str,
        query: Mapping[str, str | int] | None = None,
        *,
        body: object = None,
        jpeg: str | None = None,
        status: int | None = None,
        sound: bool = True,
    ) -> Any:
        """Call an endpoint below `/v1` and return its JSON, or None for an empty body.

        Asserts the status (by default any success), and that request and answer are as described; `sound` false is for
        a request that is wrong on purpose, or whose endpoint is not described, and holds the answer's status only.
        """
        data = jpeg if jpeg is not None else None if body is None else json.dumps(body)
        content_type = "image/jpeg" if jpeg is not None else "application/json"
        headers = {"Content-Type": content_type} if data is not None else {}
        if self.token is not None:
            headers["Authorization"] = f"Bearer {self.token}"
        url = URL(f"{self._spotify.url}/v1{path}").with_query(query or {})
        async with self._session.request(
            method, url, data=data, headers=headers
        ) as answer:
            content = await answer.read()
        assert answer.status == status if status else answer.status < 300, content
        if sound:
            asked = MockRequest(
                str(url.origin()),
                method,
                url.path.rstrip("/"),
                args={name: str(value) for name, value in (query or {}).items()},
                headers=headers,
                data=data.encode() if data is not None else None,
                content_type=content_type,
            )
            self._description.validate_request(asked)
            self._description.validate_response(
                asked,
                MockResponse(
                    content,
                    answer.status,
                    dict(answer.headers),
                    answer.content_type,
                ),
            )
        return json.loads(content) if content else None

    async def refused(
        self,
        status: int,
        method: str,
        path: str,
        query: Mapping[str, str | int] | None = None,
        *,
        body: object = None,
    ) -> dict[str, Any]:
        """Call, expecting a refusal, and return Spotify's error object; asserts that it is one."""
        answer = await self.call(
            method, path, query, body=body, status=status, sound=False
        )
        error: dict[str, Any] = answer["error"]
        assert error["status"] == status
        assert isinstance(error["message"], str)
        return error


def description_file() -> Path:
    """Return where the description is."""
    return Path(__file__).parents[1] / "spotify-openapi.yml"


@pytest.fixture(scope="session")
def description() -> OpenAPI:
    """Read the description of the endpoints that live."""
    return OpenAPI.from_file_path(
        str(Path(__file__).parents[1] / "spotify-openapi.yml")
    )


@pytest.fixture
def loopback(socket_enabled: None) -> Generator[None]:
    """Allow connections inside the machine and nowhere else."""
    pytest_socket.socket_allow_hosts(["127.0.0.1"], allow_unix_socket=True)
    yield
    pytest_socket.socket_allow_hosts(["127.0.0.1"])


@pytest.fixture
async def spotify(loopback: None) -> AsyncGenerator[SpotifySimulator]:
    """Run a Spotify whose clock stands still and whose people have a past of some days."""
    clock = SimulatedClock(speed=0, start_ms=START_MS)
    simulator = SpotifySimulator(seed=7, clock=clock, past_days=4)
    await simulator.start()
    yield simulator
    await simulator.stop()


@pytest.fixture
async def session(loopback: None) -> AsyncGenerator[aiohttp.ClientSession]:
    """Return an HTTP client that follows no redirect out of the machine."""
    async with aiohttp.ClientSession() as client:
        yield client


@pytest.fixture
def alva(
    session: aiohttp.ClientSession, spotify: SpotifySimulator, description: OpenAPI
) -> Caller:
    """Call as Alva, who has Premium."""
    return Caller(session, spotify, description)
