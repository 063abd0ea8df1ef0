"""What is asked when an account is linked: whose it is, and who may hear of it."""

import pytest
from pytest_homeassistant_custom_component.common import MockUser

from custom_components.encore.policy import async_remember_model
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import Unauthorized
from homeassistant.helpers import device_registry as dr, entity_registry as er
from tests.integration.auth.browser import Browser, entries
from tests.integration.auth.conftest import Link
from tests.integration.spotify.conftest import set_up

PLAYER = "media_player.alva_lindqvist"


async def test_the_page_of_a_new_account_knows_who_links_it(
    hass: HomeAssistant, browser: Browser, hass_admin_user: MockUser
) -> None:
    """The person of the user is suggested; sent as it comes, the household shares."""
    hass.states.async_set("person.alva", "home", {"user_id": hass_admin_user.id})
    flow = await browser.submit(await browser.begin(), {"access": "control"})
    await browser.come_back(await browser.decide(flow, "alva"))
    page = await browser.look(flow)
    assert page["step_id"] == "sharing"
    [person] = [one for one in page["data_schema"] if one["name"] == "person"]
    assert person["description"] == {"suggested_value": "person.alva"}
    await browser.submit(page, {"person": "person.alva"})
    (entry,) = entries(hass, "spotify")
    assert dict(entry.options) == {
        "person": "person.alva",
        "privacy": "household",
        "shared_with": [],
        "satellites": [],
    }


@pytest.mark.parametrize(
    ("chosen", "field"),
    [
        ({"privacy": "private"}, "person"),
        ({"privacy": "private", "person": "person.guest"}, "person"),
        ({"privacy": "people", "person": "person.alva"}, "shared_with"),
    ],
)
async def test_what_is_not_for_the_household_needs_users_to_be_for(
    hass: HomeAssistant,
    browser: Browser,
    hass_admin_user: MockUser,
    chosen: dict[str, str],
    field: str,
) -> None:
    """A person without a login could never be told from others."""
    hass.states.async_set("person.alva", "home", {"user_id": hass_admin_user.id})
    hass.states.async_set("person.guest", "home", {"user_id": None})
    page = await browser.link("alva", sharing=chosen)
    assert (page["step_id"], page["errors"]) == (
        "sharing",
        {field: "person_without_user"},
    )
    result = await browser.submit(page, {"privacy": "private", "person": "person.alva"})
    assert result["type"] == "create_entry"


async def test_an_account_has_entities_while_the_household_shares_it(
    hass: HomeAssistant, link: Link, hass_admin_user: MockUser
) -> None:
    """Home Assistant shows entities to everyone."""
    hass.states.async_set("person.alva", "home", {"user_id": hass_admin_user.id})
    entry = await set_up(hass, await link("alva"))
    assert hass.states.get(PLAYER) is not None
    for privacy, shown in (("private", False), ("household", True)):
        form = await hass.config_entries.options.async_init(entry.entry_id)
        await hass.config_entries.options.async_configure(
            form["flow_id"], {"person": "person.alva", "privacy": privacy}
        )
        await hass.async_block_till_done()
        assert entry.state is entry.state.LOADED
        assert (hass.states.get(PLAYER) is not None) is shown
        found = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
        devices = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
        assert (bool(found), bool(devices)) == (shown, shown)


async def test_an_account_that_was_linked_before_stays_as_open_as_it_was(
    hass: HomeAssistant, link: Link
) -> None:
    """Until then everyone who might ask heard of everyone."""
    entry = await link("alva")
    assert entry.minor_version == 1
    await set_up(hass, entry)
    assert (entry.minor_version, entry.options["privacy"]) == (3, "household")


async def test_a_language_model_that_may_ask_cannot_use_the_player(
    hass: HomeAssistant, link: Link, hass_admin_user: MockUser
) -> None:
    """Not even through Home Assistant's own actions, which carry its context."""
    await set_up(hass, await link("alva"))
    context = Context(user_id=hass_admin_user.id)
    async_remember_model(hass, context, "mcp_server")
    with pytest.raises(Unauthorized):
        await hass.services.async_call(
            "media_player",
            "play_media",
            {
                "entity_id": PLAYER,
                "media_content_type": "music",
                "media_content_id": "spotify:album:1",
            },
            blocking=True,
            context=context,
        )
