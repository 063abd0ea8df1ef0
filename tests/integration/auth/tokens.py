"""What tests do to tokens, and what they count: at Home Assistant's end and at Spotify's."""

from collections.abc import Callable
import time
from typing import Any, Final

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from simulator.spotify import SpotifySimulator
from simulator.spotify.grants import App

TOKEN_PATH: Final = "/api/token"


def shift(hass: HomeAssistant, entry: ConfigEntry, left_s: float) -> None:
    """Let the access token have this many seconds left."""
    token = {**entry.data["token"], "expires_at": time.time() + left_s}
    hass.config_entries.async_update_entry(entry, data={**entry.data, "token": token})


def refreshes(spotify: SpotifySimulator) -> int:
    """Return how often the token endpoint was asked."""
    return spotify.requests.count(endpoint=TOKEN_PATH)


def logins(hass: HomeAssistant) -> list[str]:
    """Return the flows that wait for a person to log in again."""
    return [
        flow["step_id"]
        for flow in hass.config_entries.flow.async_progress()
        if flow["context"]["source"] == "reauth"
    ]


def when_rotated(
    spotify: SpotifySimulator, monkeypatch: pytest.MonkeyPatch, act: Callable[[], Any]
) -> None:
    """Do something the moment Spotify has retired the old refresh token, before its answer leaves."""
    monkeypatch.setattr(spotify.accounts, "_saved", act)


def when_asked(
    spotify: SpotifySimulator, monkeypatch: pytest.MonkeyPatch, act: Callable[[], Any]
) -> None:
    """Do something the moment Spotify is asked for a token, before it decides."""
    check_client = spotify.accounts.check_client

    def act_first(*args: Any) -> App:
        act()
        return check_client(*args)

    monkeypatch.setattr(spotify.accounts, "check_client", act_first)


def log_in_again(
    hass: HomeAssistant, entry: MockConfigEntry, token: dict[str, Any]
) -> None:
    """Replace the token as a finished login does."""
    hass.config_entries.async_update_entry(entry, data={**entry.data, "token": token})
