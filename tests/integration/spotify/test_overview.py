"""What the overview tells of an account that works, and of one that was granted too little."""

from typing import Any

from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from homeassistant.core import HomeAssistant


async def test_an_account_that_works_is_reported(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """It is recorded, its token is good, it was looked at, and nothing is missing."""
    socket = await hass_ws_client(hass)
    await socket.send_json_auto_id({"type": "encore/overview"})
    reported: dict[str, Any] = (await socket.receive_json())["result"]
    [account] = reported["accounts"]
    assert (account["state"], account["recording"]) == ("loaded", True)
    assert (account["token"]["health"], account["missing_scopes"]) == ("valid", [])
    assert "listening" in account["permissions"]
    assert account["sync"]["problem"] is None
    assert account["sync"]["looks_every_s"] > 0
    [calls] = reported["api"]["accounts"]
    [hour] = calls["hours"]
    assert sum(hour["by_purpose"].values()) == reported["api"]["last_24_hours"] > 0
    assert "token" not in str(reported["store"])
    tokens = alva.data["token"]
    for secret in (tokens["access_token"], tokens["refresh_token"]):
        assert str(secret) not in str(reported)


async def test_when_a_private_listener_listens_is_hidden(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """Who listens is looked at more often: that it works is told, and no moment."""
    socket = await hass_ws_client(hass)
    private = {**alva.options, "privacy": "private", "person": None}
    hass.config_entries.async_update_entry(alva, options=private)
    await hass.async_block_till_done()
    await socket.send_json_auto_id({"type": "encore/overview"})
    reported: dict[str, Any] = (await socket.receive_json())["result"]
    [account] = reported["accounts"]
    assert (account["state"], account["token"]["health"]) == ("loaded", "valid")
    sync = account["sync"]
    assert (sync["problem"], sync["looks_every_s"]) == (None, None)
    assert (sync["watched_until"], sync["fetched_until"]) == (None, None)
    assert account["token"]["expires_at"] is None
    assert reported["api"]["accounts"] == []
