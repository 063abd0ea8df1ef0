"""What the tests with Home Assistant share: the integration, and a real simulated Spotify on loopback."""

from collections.abc import AsyncGenerator, Generator
from pathlib import Path

from homeassistant.core import HomeAssistant
import pytest
import pytest_socket

import custom_components.encore  # noqa: F401  the plugin's own test folder would win otherwise
from custom_components.encore.const import ENV_ACCOUNTS_URL, ENV_API_URL
from simulator.clock import SimulatedClock
from simulator.spotify import SpotifySimulator


@pytest.fixture(autouse=True)
def encore_enabled(enable_custom_integrations: None) -> None:
    """Let Home Assistant find Encore."""


@pytest.fixture
def hass_config_dir(hass_tmp_config_dir: str) -> str:
    """Give each test a config folder of its own, so that no store leaks into the next."""
    return hass_tmp_config_dir


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
async def spotify(
    loopback: None, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[SpotifySimulator]:
    """Run a simulated Spotify, and let Encore take it for the real one."""
    # The backfill reaches 30 days back; a longer past would only cost time.
    simulator = SpotifySimulator(seed=7, clock=SimulatedClock(), past_days=40)
    await simulator.start(host="127.0.0.1", port=0)
    monkeypatch.setenv(ENV_ACCOUNTS_URL, simulator.url)
    monkeypatch.setenv(ENV_API_URL, f"{simulator.url}/v1/")
    yield simulator
    await simulator.stop()
