"""What is asked when an account is linked: whose it is, and who may hear of it."""

from typing import Any, Final

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.encore.access.policy import async_remember_model
from custom_components.encore.access.visibility import hidden_listeners
from custom_components.encore.api.event_log import DATA_EVENT_LOG
from custom_components.encore.listeners.linked_listeners import listeners_of_user
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.components.persistent_notification import (
    _async_get_or_create_notifications,
)
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import Unauthorized
from homeassistant.helpers import device_registry as dr, entity_registry as er
from tests.integration.auth.browser import Browser, entries
from tests.integration.auth.conftest import Link
from tests.integration.persons import add_person, change_sharing, requested_by
from tests.integration.spotify.conftest import set_up

PLAYER = "media_player.alva_lindqvist"


async def test_the_page_of_a_new_account_knows_who_links_it(
    hass: HomeAssistant, browser: Browser, hass_admin_user: MockUser
) -> None:
    """The person of the user is suggested; sent as it comes, the household shares."""
    await add_person(hass, "alva", hass_admin_user)
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
    await add_person(hass, "alva", hass_admin_user)
    await add_person(hass, "guest")
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
    await add_person(hass, "alva", hass_admin_user)
    entry = await set_up(hass, await link("alva"))
    assert hass.states.get(PLAYER) is not None
    for privacy, shown in (("private", False), ("household", True)):
        with requested_by(hass_admin_user):
            await change_sharing(
                hass, entry, {"person": "person.alva", "privacy": privacy}
            )
        await hass.async_block_till_done()
        assert entry.state is entry.state.LOADED
        assert (hass.states.get(PLAYER) is not None) is shown
        found = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
        devices = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
        assert (bool(found), bool(devices)) == (shown, shown)


PRIVATE: Final = {"person": "person.alva", "privacy": "private"}
NARROW: Final = {
    "person": "person.alva",
    "privacy": "people",
    "shared_with": ["person.ben"],
}


@pytest.fixture
async def users(hass: HomeAssistant, hass_admin_user: MockUser) -> dict[str, MockUser]:
    """Return Alva, who is no administrator, Ben, who is one, and Cleo; each is a person."""
    alva = MockUser(name="Alva", is_owner=False).add_to_hass(hass)
    cleo = MockUser(name="Cleo", is_owner=False).add_to_hass(hass)
    users = {"alva": alva, "ben": hass_admin_user, "cleo": cleo}
    for name, user in users.items():
        await add_person(hass, name, user)
    return users


@pytest.fixture
async def account(
    hass: HomeAssistant, link: Link, users: dict[str, MockUser]
) -> MockConfigEntry:
    """Return Alva's account, which shows its history to nobody else."""
    entry = await link("alva")
    options = {**PRIVATE, "birthday": "03-12"}
    hass.config_entries.async_update_entry(entry, options=options, minor_version=3)
    return await set_up(hass, entry)


async def choose(
    hass: HomeAssistant, entry: MockConfigEntry, user: MockUser | None, **chosen: Any
) -> Any:
    """Send the page of an account's options as a user."""
    with requested_by(user):
        form = await hass.config_entries.options.async_init(entry.entry_id)
        result = await hass.config_entries.options.async_configure(
            form["flow_id"], chosen
        )
        await hass.async_block_till_done()
    return result


@pytest.mark.parametrize(
    "chosen",
    [
        {**PRIVATE, "privacy": "household"},
        NARROW,
        {**PRIVATE, "person": "person.ben"},
    ],
    ids=["with everybody", "with oneself", "as one's own"],
)
async def test_an_administrator_cannot_open_somebodys_history(
    hass: HomeAssistant,
    account: MockConfigEntry,
    users: dict[str, MockUser],
    chosen: dict[str, Any],
) -> None:
    """Nor can who is not known; the listener can."""
    before = dict(account.options)
    for other in (users["ben"], users["cleo"], None):
        refused = await choose(hass, account, other, **chosen)
        assert refused["errors"] == {"privacy": "only_listener_shares_more"}
        assert account.options == before
    result = await choose(hass, account, users["alva"], **chosen)
    assert result["type"] == "create_entry"
    assert not _async_get_or_create_notifications(hass)


async def test_an_administrator_can_show_less_and_the_listener_is_informed(
    hass: HomeAssistant, account: MockConfigEntry, users: dict[str, MockUser]
) -> None:
    """By a notice, and in the event log."""
    assert await choose(hass, account, users["alva"], **NARROW)
    assert not _async_get_or_create_notifications(hass)
    result = await choose(hass, account, users["ben"], **PRIVATE)
    assert result["type"] == "create_entry"
    [notice] = _async_get_or_create_notifications(hass).values()
    assert notice["message"].startswith(
        "Mock User changed who can see the listening history of Alva Lindqvist."
    )
    await hass.data[DATA_EVENT_LOG].async_save()
    events = await hass.data[DATA_HISTORY].async_look_up(
        lambda queries: queries.events(0)
    )
    reported = [
        (each.about, each.detail) for each in events if each.what == "sharing_changed"
    ]
    assert reported == [("Alva Lindqvist", "private"), ("Alva Lindqvist", "people")]


async def test_a_birthday_is_shown_to_who_may_see_the_history(
    hass: HomeAssistant, account: MockConfigEntry, users: dict[str, MockUser]
) -> None:
    """And stays as it is when somebody else saves the page."""
    for user, shown in ((users["alva"], True), (users["ben"], False)):
        with requested_by(user):
            form = await hass.config_entries.options.async_init(account.entry_id)
        assert ("birthday" in str(form["data_schema"])) is shown
    result = await choose(hass, account, users["ben"], **PRIVATE)
    assert result["type"] == "create_entry"
    assert account.options["birthday"] == "03-12"


async def test_a_state_makes_nobody_somebody_else(
    hass: HomeAssistant, account: MockConfigEntry, users: dict[str, MockUser]
) -> None:
    """Anybody who may write states could say to be the person an account belongs to."""
    cleo = users["cleo"].id
    hass.states.async_set("person.alva", "home", {"user_id": cleo})
    assert listeners_of_user(hass, cleo) == ()
    assert hidden_listeners(hass, cleo) == {account.runtime_data.listener.key}
    assert hidden_listeners(hass, users["alva"].id) == frozenset()


async def test_an_account_that_was_linked_before_stays_as_open_as_it_was(
    hass: HomeAssistant, link: Link
) -> None:
    """Until then everyone who might ask heard of everyone."""
    entry = await link("alva")
    assert entry.minor_version == 1
    await set_up(hass, entry)
    assert (entry.minor_version, entry.options["privacy"]) == (4, "household")


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
