"""A Spotify account linked through the config flow, as a person does it in the browser."""

import asyncio
from typing import Any

import aiohttp
from yarl import URL

from simulator.spotify.accounts import DEMO_CLIENT_ID
from simulator.spotify.grants import SCOPES

from .api import HomeAssistantApi, Json
from .errors import DemoError

DOMAIN = "encore"
FLOW = "/api/config/config_entries/flow"
OPTIONS_FLOW = "/api/config/config_entries/options/flow"
SETTLES_IN_S = 30
"""The sentences of a home are read while it sets up."""


class NotLinked(DemoError):
    """The flow ended without an account; `reason` is the flow's own, such as `already_configured`."""

    def __init__(self, reason: str) -> None:
        """Keep why."""
        super().__init__(f"The Spotify account was not linked: {reason}")
        self.reason = reason


async def register_app(api: HomeAssistantApi) -> None:
    """Enter the Spotify app's client id once, with any text in place of a secret."""
    async with api.socket() as socket:
        known = await socket.command("application_credentials/list")
        if any(one["domain"] == DOMAIN for one in known):
            return
        await socket.command(
            "application_credentials/create",
            domain=DOMAIN,
            client_id=DEMO_CLIENT_ID,
            client_secret="not needed",
            name="Encore demo",
        )


async def link(
    api: HomeAssistantApi,
    person: str,
    *,
    access: str = "control",
    decision: str = "allow",
    everything: bool = False,
) -> Json:
    """Link the account of a person of the simulator; return the config entry.

    `access` is `control` or `history`; `decision` is what the person presses on Spotify's page, `allow`
    or `deny`; with `everything` they grant all that there is. Raises NotLinked.
    """
    step = await api.post(FLOW, {"handler": DOMAIN})
    return await go_through(
        api, step, person, access=access, decision=decision, everything=everything
    )


async def grant_everything(api: HomeAssistantApi, entry_id: str, person: str) -> None:
    """Let a linked account do all that there is, by logging in again. Raises NotLinked."""
    step = await api.post(FLOW, {"handler": DOMAIN, "entry_id": entry_id})
    try:
        await go_through(api, step, person, access="control", everything=True)
    except NotLinked as ended:
        if ended.reason != "reconfigure_successful":
            raise


async def go_through(
    api: HomeAssistantApi,
    step: Json,
    person: str,
    *,
    access: str,
    decision: str = "allow",
    everything: bool = False,
) -> Json:
    """Answer the steps of a config flow until it makes an entry; return that.

    Raises NotLinked when it aborts.
    """
    while True:
        here = f"{FLOW}/{step['flow_id']}"
        match step["type"]:
            case "menu":
                step = await api.post(here, {"next_step_id": "spotify"})
            case "form" if step.get("errors"):
                raise NotLinked(str(step["errors"]))
            case "form":
                fields = {field["name"] for field in step["data_schema"]}
                step = await api.post(
                    here, {"access": access} if "access" in fields else {}
                )
            case "external":
                page = URL(step["url"])
                if everything:
                    # Else Encore asks for the rest when somebody first wants it.
                    page = page.update_query(scope=" ".join(sorted(SCOPES)))
                await authorize(api.url, str(page), person, decision)
                step = await api.get(here)
            case "create_entry":
                return step["result"]
            case _:
                raise NotLinked(str(step.get("reason")))


async def authorize(
    url: str, authorize_url: str, person: str, decision: str = "allow"
) -> str:
    """Choose the person on Spotify's page and follow its redirect back; return Home Assistant's page."""
    async with aiohttp.ClientSession() as browser:
        async with browser.post(
            authorize_url,
            data={"person": person, "decision": decision},
            allow_redirects=False,
        ) as response:
            if response.status != 302:
                raise NotLinked(f"Spotify's page answered {response.status}")
            back = URL(response.headers["Location"])
        if not str(back).startswith(f"{url}/"):
            raise NotLinked(f"Spotify's page led to {back.origin()}")
        async with browser.get(back) as response:
            return await response.text()


async def belongs_to(
    api: HomeAssistantApi, entry_id: str, person: str, **chosen: Any
) -> None:
    """Say in the account's options which person of the home it belongs to (`person.alva`), and what else is `chosen` there."""
    step = await api.post(OPTIONS_FLOW, {"handler": entry_id})
    kept = {
        field["name"]: field["default"]
        for field in step["data_schema"]
        if "default" in field
    }
    page = f"{OPTIONS_FLOW}/{step['flow_id']}"
    sent = await api.post(page, {**kept, "person": person, **chosen})
    if sent.get("step_id") == "sharing_ends":
        await api.post(page, {"purge_recorded": False, "hide_name": False})


async def entries(api: HomeAssistantApi) -> list[dict[str, Any]]:
    """Return Encore's config entries."""
    found: list[dict[str, Any]] = await api.get(
        "/api/config/config_entries/entry", domain=DOMAIN
    )
    return found


async def settled(api: HomeAssistantApi) -> dict[str, str]:
    """Return the states of Encore's entries by their titles, once none of them is being set up any more."""
    for _ in range(SETTLES_IN_S * 10):
        states = {str(one["title"]): str(one["state"]) for one in await entries(api)}
        if "setup_in_progress" not in states.values():
            break
        await asyncio.sleep(0.1)
    return states
