"""What the tests with Home Assistant share: the integration, and a real simulated Spotify on loopback."""

from collections.abc import AsyncGenerator, Generator
from pathlib import Path
import sqlite3
from typing import Any
from urllib.parse import urlsplit

from aiohttp.web_urldispatcher import UrlDispatcher
import pytest
import pytest_socket
import requests

import custom_components.encore  # noqa: F401  the plugin's own test folder would win otherwise
from custom_components.encore.api import voice
from custom_components.encore.const import DOMAIN, ENV_ACCOUNTS_URL, ENV_API_URL
from custom_components.encore.history.database import sqlite
from custom_components.encore.spotify.api import recently_played
from homeassistant.components.repairs import RepairsFlow
from homeassistant.config_entries import OptionsFlow
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowManager
from homeassistant.helpers import issue_registry as ir
from simulator.clock import SimulatedClock
from simulator.sonos import SONOS_PORT
from simulator.spotify import SpotifySimulator
from tests.contract.described import fault_of
from tests.integration.settling import until_set_up
from tests.texts import check_issue, check_page


@pytest.fixture(autouse=True)
async def encore_enabled(
    hass: HomeAssistant, enable_custom_integrations: None
) -> AsyncGenerator[None]:
    """Let Home Assistant find Encore, and come to the end of what it sets up."""
    yield
    await until_set_up(hass)


def pytest_configure(config: pytest.Config) -> None:
    """Name the mark of the tests that are about languages."""
    config.addinivalue_line(
        "markers",
        "every_language: sentences are taken in each language, not in English alone",
    )


@pytest.fixture(autouse=True)
def english_alone(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Spare tests the grammars of the other languages unless they are marked to be about them."""
    if request.node.get_closest_marker("every_language") is None:
        monkeypatch.setattr(voice, "grammars", lambda: frozenset({"en"}))


@pytest.fixture
def open_router(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let integrations add their views to an HTTP server that answers already, as Home Assistant's own does."""
    monkeypatch.setattr(UrlDispatcher, "freeze", lambda _self: None)


@pytest.fixture(autouse=True)
def pages_in_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait between pages of recently played."""
    monkeypatch.setattr(recently_played, "BETWEEN_PAGES_S", 0)


@pytest.fixture(autouse=True)
def stores_wait_for_no_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave to the system when SQLite's pages reach the disk; no test takes the power away."""

    def prepare(
        connection: sqlite3.Connection, _prepare: Any = sqlite._prepare
    ) -> None:
        _prepare(connection)
        connection.execute("PRAGMA synchronous=OFF")

    monkeypatch.setattr(sqlite, "_prepare", prepare)


@pytest.fixture(autouse=True)
def texts_are_complete(monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    """Hold every page and every issue that a test meets against the English texts."""
    handle_step = FlowManager._async_handle_step
    create_issue = ir.IssueRegistry.async_get_or_create
    failures: list[AssertionError] = []

    async def checked_step(self: Any, flow: Any, *args: Any) -> Any:
        page = await handle_step(self, flow, *args)
        if type(flow).__module__.startswith("custom_components.encore"):
            try:
                check_page(category_of(flow), page)
            except AssertionError as err:
                failures.append(err)
        return page

    def checked_issue(self: Any, domain: str, issue_id: str, **issue: Any) -> Any:
        if domain == DOMAIN:
            try:
                check_issue(issue)
            except AssertionError as err:
                failures.append(err)
        return create_issue(self, domain, issue_id, **issue)

    monkeypatch.setattr(FlowManager, "_async_handle_step", checked_step)
    monkeypatch.setattr(ir.IssueRegistry, "async_get_or_create", checked_issue)
    yield
    assert not failures, failures


def category_of(flow: Any) -> str:
    """Return where the texts of a flow stand."""
    if isinstance(flow, OptionsFlow):
        return "options"
    if isinstance(flow, RepairsFlow):
        issue = ir.async_get(flow.hass).async_get_issue(DOMAIN, flow.issue_id)
        # The last page of a fix comes after its issue is withdrawn.
        key = issue.translation_key if issue else flow.issue_id
        return f"issues.{key}.fix_flow"
    return "config"


@pytest.fixture
def hass_config_dir(tmp_path: Path) -> str:
    """Give each test an empty config folder of its own, so that no store leaks into the next."""
    return str(tmp_path)


@pytest.fixture
def config_folder(hass: HomeAssistant) -> Path:
    """Return the config folder of this test."""
    return Path(hass.config.config_dir)


@pytest.fixture
def loopback(socket_enabled: None) -> Generator[None]:
    """Allow connections inside the machine and nowhere else."""
    pytest_socket.socket_allow_hosts(["127.0.0.1", "::1"], allow_unix_socket=True)
    yield
    pytest_socket.socket_allow_hosts(["127.0.0.1"])


@pytest.fixture
def requests_are_described(monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    """Hold every request that a gateway sends against Spotify's own description; those to speakers are none."""
    send = requests.Session.send
    faults: list[str] = []

    def checked_send(
        self: Any, request: requests.PreparedRequest, **more: Any
    ) -> requests.Response:
        to_speaker = urlsplit(str(request.url)).port == SONOS_PORT
        if not to_speaker and (fault := fault_of(request)) is not None:
            faults.append(fault)
        return send(self, request, **more)

    monkeypatch.setattr(requests.Session, "send", checked_send)
    yield
    assert not faults, faults


@pytest.fixture
def past_days() -> int:
    """Return for how many days people listened before: the first fetch of an account reads as many, up to 30."""
    return 3


@pytest.fixture
async def spotify(
    loopback: None,
    monkeypatch: pytest.MonkeyPatch,
    requests_are_described: None,
    past_days: int,
) -> AsyncGenerator[SpotifySimulator]:
    """Run a simulated Spotify, and let Encore take it for the real one."""
    simulator = SpotifySimulator(seed=7, clock=SimulatedClock(), past_days=past_days)
    await simulator.start(host="127.0.0.1", port=0)
    monkeypatch.setenv(ENV_ACCOUNTS_URL, simulator.url)
    monkeypatch.setenv(ENV_API_URL, f"{simulator.url}/v1/")
    yield simulator
    await simulator.stop()
