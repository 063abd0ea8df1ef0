"""What the overview tells of speakers."""

from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.encore.sonos.household import Household
from homeassistant.core import HomeAssistant


async def test_each_speaker_is_reported_with_how_its_events_arrive(
    hass: HomeAssistant, household: Household, hass_ws_client: WebSocketGenerator
) -> None:
    """By its events, and when it was heard last."""
    socket = await hass_ws_client(hass)
    await socket.send_json_auto_id({"type": "encore/overview"})
    [reported] = (await socket.receive_json())["result"]["households"]
    assert reported["state"] == "loaded"
    speakers = {one["room"]: one for one in reported["speakers"]}
    assert {"Kitchen", "Bedroom"} <= speakers.keys()
    for speaker in speakers.values():
        assert speaker["link"] == "pushed"
        assert speaker["heard_at"] is not None
        assert speaker["model"]
