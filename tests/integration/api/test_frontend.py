"""The panel and the cards: who has them, what is served for them, and whom they can ask about."""

from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.encore.api.frontend import BUILT, SERVED
from custom_components.encore.const import DOMAIN
from homeassistant.components.frontend import DATA_EXTRA_MODULE_URL, DATA_PANELS, Panel
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component

from .test_history_options import choose

pytestmark = pytest.mark.usefixtures("front_end")


@pytest.fixture
async def front_end(hass: HomeAssistant) -> None:
    """Let the home have a front end, before Encore begins."""
    assert await async_setup_component(hass, "frontend", {})


def panel(hass: HomeAssistant) -> Panel | None:
    """Return Encore's panel, if it is there."""
    return hass.data[DATA_PANELS].get(DOMAIN)


def modules(hass: HomeAssistant) -> list[str]:
    """Return what Encore has loaded on every page."""
    return [
        each
        for each in hass.data[DATA_EXTRA_MODULE_URL].urls
        if each.startswith(SERVED)
    ]


async def test_everybody_has_the_panel_unless_chosen_otherwise(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """It is there as soon as the history is, with a name and an icon."""
    shown = panel(hass)
    assert shown is not None
    assert shown.sidebar_title == "Encore"
    assert shown.sidebar_icon
    assert not shown.require_admin


async def test_administrators_alone_can_have_the_panel(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """And everybody again, without a restart."""
    await choose(hass, house, "shown", {"panel": "administrators"})
    shown = panel(hass)
    assert shown is not None
    assert shown.require_admin
    await choose(hass, house, "shown", {"panel": "everyone"})
    shown = panel(hass)
    assert shown is not None
    assert not shown.require_admin


async def test_nobody_needs_to_have_the_panel(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """It goes, and the cards stay."""
    await choose(hass, house, "shown", {"panel": "nobody"})
    assert panel(hass) is None
    assert len(modules(hass)) == 1


async def test_the_panel_goes_with_the_history(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """And comes back with it."""
    assert await hass.config_entries.async_unload(house.entry_id)
    assert panel(hass) is None
    assert await hass.config_entries.async_setup(house.entry_id)
    assert panel(hass) is not None


async def test_cards_are_loaded_once_however_often_the_history_is(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """Twice would define their elements twice."""
    for _ in range(2):
        assert await hass.config_entries.async_reload(house.entry_id)
    (address,) = modules(hass)
    assert urlsplit(address).path == f"{SERVED}/encore-cards.js"


async def test_all_that_was_built_is_served(
    hass: HomeAssistant,
    house: MockConfigEntry,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    """As scripts, which browsers may keep: a file that is another has another address."""
    client = await hass_client_no_auth()
    shown = panel(hass)
    assert shown is not None
    assert shown.config is not None
    entries = [shown.config["_panel_custom"]["module_url"], *modules(hass)]
    files = [f"{SERVED}/{each.name}" for each in BUILT.glob("*.js")]
    assert len(files) > len(entries)
    for address in entries + files:
        answer = await client.get(address)
        assert answer.status == HTTPStatus.OK, address
        assert answer.content_type == "text/javascript", address
        assert "max-age" in answer.headers["Cache-Control"], address
    assert all(urlsplit(each).query for each in entries)


@pytest.mark.parametrize("path", ["../const.py", "..%2fconst.py", "nothing.js"])
async def test_nothing_else_is_served(
    house: MockConfigEntry, hass_client_no_auth: ClientSessionGenerator, path: str
) -> None:
    """No file beside the built ones."""
    client = await hass_client_no_auth()
    answer = await client.get(f"{SERVED}/{path}")
    assert answer.status in {
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_FOUND,
    }


async def names(
    hass_ws_client: WebSocketGenerator, hass: HomeAssistant, token: str
) -> dict[str, Any]:
    """Return what a page is told of whom and where it can ask about."""
    socket = await hass_ws_client(hass, token)
    await socket.send_json_auto_id({"type": "encore/names"})
    answer = await socket.receive_json()
    assert answer["success"]
    reported: dict[str, Any] = answer["result"]
    return reported


async def test_a_page_gets_the_listeners_it_can_ask_about(
    hass: HomeAssistant,
    house: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    hass_access_token: str,
) -> None:
    """Of everybody who shares with the household, and who of them is the viewer."""
    reported = await names(hass_ws_client, hass, hass_access_token)
    listeners = {each["name"]: each["me"] for each in reported["listeners"]}
    assert listeners["Alva Lind"]
    assert not listeners["Ben"]
    assert reported["administrator"]
    assert "Kitchen" in reported["rooms"]
    assert reported["recorded_from"].startswith("2019-03-09")


async def test_a_private_listener_is_named_to_nobody_else(
    hass: HomeAssistant,
    accounts: dict[str, MockConfigEntry],
    house: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    hass_access_token: str,
    hass_read_only_access_token: str,
) -> None:
    """Not to administrators, nor to users; to themselves they are."""
    alva, ben = accounts["alva"], accounts["ben"]
    for entry in (alva, ben):
        hass.config_entries.async_update_entry(
            entry, options={**entry.options, "privacy": "private"}
        )
    reported = await names(hass_ws_client, hass, hass_access_token)
    called = {each["name"] for each in reported["listeners"]}
    assert "Ben" not in called
    assert "Alva Lind" in called
    reported = await names(hass_ws_client, hass, hass_read_only_access_token)
    called = {each["name"] for each in reported["listeners"]}
    assert not called & {"Ben", "Alva Lind"}
    assert not reported["administrator"]


async def test_who_may_not_ask_gets_no_names(
    hass: HomeAssistant,
    house: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    hass_read_only_access_token: str,
) -> None:
    """Only that they may not."""
    await choose(hass, house, "trust", {"trust_user": "student"})
    socket = await hass_ws_client(hass, hass_read_only_access_token)
    await socket.send_json_auto_id({"type": "encore/names"})
    answer = await socket.receive_json()
    assert not answer["success"]
    assert answer["error"]["message"]
    assert "Alva" not in str(answer)
