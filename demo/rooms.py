"""The Sonos household of the demo house, added by the address of one speaker as a person does it."""

from typing import Any

from .api import HomeAssistantApi
from .errors import DemoError
from .house import House
from .link import DOMAIN, FLOW, entries
from .steps import step

TITLE = "Sonos"


async def furnish_rooms(house: House) -> list[str]:
    """Add the household where an earlier run has not; return the players of its rooms, none without speakers."""
    if not house.simulators.speakers:
        return []
    if not any(entry["title"] == TITLE for entry in await entries(house.api)):
        with step("Adding the Sonos household") as line:
            await add_household(house.api, house.simulators.speakers[0].address)
            line.outcome = f"{len(await room_players(house.api))} rooms"
    return await room_players(house.api)


async def add_household(api: HomeAssistantApi, host: str) -> None:
    """Go through the config flow with the address of a speaker; raises DemoError when that ends without an entry."""
    flow = await api.post(FLOW, {"handler": DOMAIN})
    here = f"{FLOW}/{flow['flow_id']}"
    await api.post(here, {"next_step_id": "sonos"})
    result = await api.post(here, {"host": host})
    if result["type"] != "create_entry":
        said = result.get("errors") or result.get("reason")
        raise DemoError(f"The Sonos household was not added: {said}")


async def room_players(api: HomeAssistantApi) -> list[str]:
    """Return the media players of the household's rooms."""
    ours = {
        entry["entry_id"] for entry in await entries(api) if entry["title"] == TITLE
    }
    entities: list[dict[str, Any]] = await api.command("config/entity_registry/list")
    return sorted(
        str(entity["entity_id"])
        for entity in entities
        if entity["config_entry_id"] in ours
        and entity["entity_id"].startswith("media_player.")
    )
