"""The owner, the home, its people and areas, made over HTTP as the welcome pages do."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from .api import HomeAssistantApi

HOME = "Encore demo house"
COUNTRY = "NL"
AREAS = ("Kitchen", "Living Room", "Bedroom", "Study", "Bath")


@dataclass(frozen=True, slots=True)
class Owner:
    """Who signs in to the demo: one of its listeners, so that "I" in a question means someone."""

    name: str = "Alva"
    username: str = "owner"
    password: str = "encore"


async def onboard(url: str, owner: Owner) -> str:
    """Create the owner of a fresh Home Assistant; return a long-lived access token."""
    client_id = f"{url}/"
    async with HomeAssistantApi(url) as anybody:
        created = await anybody.post(
            "/api/onboarding/users",
            {
                "name": owner.name,
                "username": owner.username,
                "password": owner.password,
                "language": "en",
                "client_id": client_id,
            },
        )
        return await _long_lived_token(anybody, client_id, created["auth_code"])


async def sign_in(url: str, owner: Owner) -> str:
    """Sign the owner in with the password; return a long-lived access token."""
    client_id = f"{url}/"
    async with HomeAssistantApi(url) as anybody:
        flow = await anybody.post(
            "/auth/login_flow",
            {
                "client_id": client_id,
                "handler": ["homeassistant", None],
                "redirect_uri": client_id,
            },
        )
        flow = await anybody.post(
            f"/auth/login_flow/{flow['flow_id']}",
            {
                "username": owner.username,
                "password": owner.password,
                "client_id": client_id,
            },
        )
        return await _long_lived_token(anybody, client_id, flow["result"])


async def furnish(
    api: HomeAssistantApi, people: Collection[str], *, time_zone: str
) -> None:
    """Name the home, set its clock, and make its areas, its persons and a switch for guests where missing."""
    async with api.socket() as socket:
        await socket.command(
            "config/core/update",
            location_name=HOME,
            language="en",
            time_zone=time_zone,
            country=COUNTRY,
            currency="EUR",
            unit_system="metric",
        )
        areas = {
            area["name"] for area in await socket.command("config/area_registry/list")
        }
        for name in AREAS:
            if name not in areas:
                await socket.command("config/area_registry/create", name=name)
        known = await socket.command("person/list")
        present = {person["name"] for person in [*known["storage"], *known["config"]]}
        for name in people:
            if name not in present:
                await socket.command("person/create", name=name, device_trackers=[])
        if not await socket.command("input_boolean/list"):
            await socket.command("input_boolean/create", name="Guests")


async def _long_lived_token(
    anybody: HomeAssistantApi, client_id: str, code: str
) -> str:
    tokens: dict[str, Any] = await anybody.submit(
        "/auth/token",
        {"client_id": client_id, "grant_type": "authorization_code", "code": code},
    )
    async with HomeAssistantApi(anybody.url, tokens["access_token"]) as owner:
        token: str = await owner.command(
            "auth/long_lived_access_token",
            # Home Assistant wants a name that no other token has.
            client_name=f"Encore demo, {datetime.now(UTC):%Y-%m-%d %H:%M:%S}",
            lifespan=365,
        )
        return token
