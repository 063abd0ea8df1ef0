"""A person with a browser: Home Assistant's pages on one side, Spotify's on the other, all over HTTP."""

from collections.abc import Mapping
from typing import Any, Final

from aiohttp import ClientResponse, ClientSession
from aiohttp.test_utils import TestClient
from yarl import URL

from custom_components.encore.api.event_log import DATA_EVENT_LOG
from custom_components.encore.history.records.logged_events import EventKind
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers.config_entry_oauth2_flow import HEADER_FRONTEND_BASE
from homeassistant.helpers.http import KEY_HASS

FRONTEND: Final = "http://127.0.0.1:8123"
FLOWS: Final = "/api/config/config_entries/flow"


class Browser:
    """What the front end and a person's clicks send, no more."""

    def __init__(
        self, home: TestClient[Any, Any], outside: TestClient[Any, Any], base: str
    ) -> None:
        """Use `home` where somebody is logged in, `outside` where nobody is; `base` is the address line."""
        self._home = home
        self._outside = outside
        self._headers = {HEADER_FRONTEND_BASE: base}

    async def begin(self) -> dict[str, Any]:
        """Press “add” on the integration's page and choose the Spotify account."""
        flow = await self._post(FLOWS, {"handler": "encore"})
        if flow["type"] != "menu":
            return flow
        return await self.submit(flow, {"next_step_id": "spotify"})

    async def reconfigure(self, entry_id: str) -> dict[str, Any]:
        """Choose “reconfigure” in the menu of an entry."""
        return await self._post(FLOWS, {"handler": "encore", "entry_id": entry_id})

    async def submit(
        self, flow: dict[str, Any], user_input: dict[str, Any]
    ) -> dict[str, Any]:
        """Fill in a page and send it."""
        return await self._post(f"{FLOWS}/{flow['flow_id']}", user_input)

    async def look(self, flow: dict[str, Any]) -> dict[str, Any]:
        """Return what the dialog of a flow shows now; after a login this takes it further."""
        async with self._home.get(
            f"{FLOWS}/{flow['flow_id']}", headers=self._headers
        ) as response:
            return await _answer(response)

    async def decide(
        self, flow: dict[str, Any], person: str, decision: str = "allow"
    ) -> URL:
        """Say on Spotify's page who one is and whether one agrees; returns where Spotify leads to."""
        async with (
            ClientSession() as session,
            session.post(
                flow["url"],
                data={"person": person, "decision": decision},
                allow_redirects=False,
            ) as response,
        ):
            assert response.status == 302, await response.text()
            return URL(response.headers["Location"])

    async def come_back(self, address: URL) -> ClientResponse:
        """Follow the redirect to Home Assistant, where nobody needs to be logged in."""
        return await self._outside.get(address.path_qs)

    async def log_in(
        self,
        flow: dict[str, Any],
        person: str,
        sharing: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Go through Spotify's page, say how a new account is shared, and return what the dialog then shows.

        Without `sharing`, that page is sent as it comes.
        """
        response = await self.come_back(await self.decide(flow, person))
        assert response.status == 200
        page = await self.look(flow)
        if page.get("step_id") == "sharing":
            return await self.submit(page, dict(sharing or {}))
        return page

    async def link(
        self,
        person: str,
        access: str = "control",
        sharing: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """Link an account from the first click to the last."""
        flow = await self.submit(await self.begin(), {"access": access})
        result = await self.log_in(flow, person, sharing)
        await self._home.app[KEY_HASS].async_block_till_done()
        return result

    async def _post(self, path: str, data: dict[str, Any]) -> dict[str, Any]:
        async with self._home.post(path, json=data, headers=self._headers) as response:
            return await _answer(response)


async def _answer(response: ClientResponse) -> dict[str, Any]:
    assert response.status == 200, await response.text()
    answer: dict[str, Any] = await response.json()
    return answer


def entries(hass: HomeAssistant, kind: str) -> list[ConfigEntry]:
    """Return the entries of one kind."""
    return [
        entry
        for entry in hass.config_entries.async_entries("encore")
        if entry.data["kind"] == kind
    ]


async def logins(hass: HomeAssistant) -> list[tuple[str, str | None]]:
    """Return how logins ended, as the event log tells it."""
    memory = hass.data[DATA_HISTORY]
    async with memory.async_held():
        await hass.data[DATA_EVENT_LOG].async_save()
        events = await memory.async_look_up(lambda queries: queries.events(0))
    return [(one.what, one.detail) for one in events if one.kind is EventKind.LINK]
