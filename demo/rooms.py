"""The Sonos household of the demo house, added by the address of one speaker as a person does it."""

from typing import Any

from simulator.sonos import SONOS_PORT

from .api import HomeAssistantApi
from .errors import DemoError
from .home import Home
from .link import DOMAIN, FLOW, entries
from .ports import LOOPBACK
from .simulators import SPEAKERS_NETWORK, network_of
from .steps import step

TITLE = "Sonos"


async def furnish_rooms(home: Home) -> list[str]:
    """Add the household where an earlier run has not; return the players of its rooms, none without speakers.

    Where the speakers moved since then, the household is told.
    """
    if not home.simulators.speakers:
        print(
            f"  No Sonos: port {SONOS_PORT} is taken on every address of this machine, or there is only {LOOPBACK}."
        )
        return []
    host = home.simulators.speakers[0].address
    if (network := network_of(host)) != SPEAKERS_NETWORK:
        print(
            f"  Port {SONOS_PORT} of {SPEAKERS_NETWORK}.* is taken: the speakers are on {network}.* this time."
        )
    added = [entry for entry in await entries(home.api) if entry["title"] == TITLE]
    if not added:
        with step("Adding the Sonos household") as line:
            await add_household(home.api, host)
            line.outcome = f"{len(await room_players(home.api))} rooms"
    else:
        await _tell_where(home.api, added[0]["entry_id"], host)
    return await room_players(home.api)


async def _tell_where(api: HomeAssistantApi, entry_id: str, host: str) -> None:
    """Tell an added household where a speaker is, unless it is where it was; raises DemoError when that fails."""
    flow = await api.post(FLOW, {"handler": DOMAIN, "entry_id": entry_id})
    here = f"{FLOW}/{flow['flow_id']}"
    [field] = flow["data_schema"]
    if network_of(field["description"]["suggested_value"]) == network_of(host):
        await api.delete(here)
        return
    with step("Telling the Sonos household where its speakers are"):
        result = await api.post(here, {"host": host})
        if result.get("reason") != "reconfigure_successful":
            raise DemoError(f"The Sonos household was not found again: {result}")


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
