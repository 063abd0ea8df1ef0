"""Whose account a command is for, and who may give it."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.encore.access.policy import AccessLevel, async_caller
from custom_components.encore.api.operations import ACTIONS
from custom_components.encore.commands.all_commands import COMMANDS
from custom_components.encore.commands.errors import (
    AccountNotReady,
    NoAccount,
    UnknownAccount,
    UnknownCommand,
    WhichAccount,
)
from custom_components.encore.const import DOMAIN
from custom_components.encore.dispatch.caller_context import async_query_context
from custom_components.encore.questions.base.errors import UnknownQuestion
from custom_components.encore.questions.base.operation import Registry
from homeassistant.core import Context, HomeAssistant, SupportsResponse
from homeassistant.exceptions import ServiceValidationError, Unauthorized
from homeassistant.setup import async_setup_component
from simulator.spotify import SpotifySimulator
from tests.integration.persons import add_person
from tests.integration.running import async_command

from .conftest import LISTENER, Act


async def whose(act: Act, context: Context | None = None, **data: object) -> str:
    """Return whose account a command was carried out on."""
    return str((await act("get_devices", context, **data))["listener"])


async def test_the_only_account_is_meant(alva: MockConfigEntry, act: Act) -> None:
    """A home with one account never asks which."""
    assert await whose(act) == LISTENER


async def test_of_several_the_callers_own_is_meant(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    ben: MockConfigEntry,
    act: Act,
    hass_admin_user: MockUser,
) -> None:
    """Who calls is a person, and an account is that person's."""
    await add_person(hass, "ben", hass_admin_user)
    hass.config_entries.async_update_entry(ben, options={"person": "person.ben"})
    await hass.async_block_till_done()
    as_ben = Context(user_id=hass_admin_user.id)
    assert await whose(act, as_ben) == await whose(act, as_ben, listener="me")
    assert await whose(act, as_ben) != LISTENER
    assert await whose(act, as_ben, listener="Alva") == LISTENER


async def test_an_automation_gets_what_it_may_name(
    alva: MockConfigEntry, ben: MockConfigEntry, act: Act, spotify: SpotifySimulator
) -> None:
    """Nobody's account of several: the error names the choices."""
    bens = spotify.world.people["ben"].display_name
    for data in ({}, {"listener": "me"}):
        with pytest.raises(WhichAccount) as refused:
            await act("get_devices", **data)
        assert refused.value.translation_placeholders == {
            "known": f"{LISTENER}, {bens}"
        }


@pytest.mark.parametrize(
    "name", ["alva lindqvist", "ALVA", "Alva Lindqvist", "the id", "the entry"]
)
async def test_an_account_is_known_by_its_names(
    alva: MockConfigEntry, ben: MockConfigEntry, act: Act, name: str
) -> None:
    """In full, by the first word, by Spotify's id, by the id of its entry."""
    ids = {"the id": alva.data["account_id"], "the entry": alva.entry_id}
    assert await whose(act, listener=ids.get(name, name)) == LISTENER


@pytest.mark.parametrize("entity_id", ["person.alva", "media_player.alva_lindqvist"])
async def test_an_account_is_known_by_its_person_and_its_player(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    ben: MockConfigEntry,
    act: Act,
    hass_admin_user: MockUser,
    entity_id: str,
) -> None:
    """As pickers of Home Assistant give them; what is an entity of nobody's account stays the name that it is."""
    await add_person(hass, "alva", hass_admin_user)
    options = {"person": "person.alva", "privacy": "household"}
    hass.config_entries.async_update_entry(alva, options=options)
    await hass.async_block_till_done()
    assert hass.states.get(entity_id)
    mine = await whose(act, listener="alva")
    assert await whose(act, listener=entity_id) == mine
    assert mine != await whose(act, listener="ben")
    with pytest.raises(UnknownAccount) as refused:
        await act("get_devices", listener="person.zoe")
    assert refused.value.translation_placeholders is not None
    assert refused.value.translation_placeholders["name"] == "person.zoe"


async def test_a_name_that_no_account_has_is_answered_with_those_there_are(
    alva: MockConfigEntry, act: Act
) -> None:
    """Even where only one could be meant: it is not theirs."""
    with pytest.raises(UnknownAccount) as refused:
        await act("get_devices", listener="Cleo")
    assert refused.value.translation_placeholders == {"name": "Cleo", "known": LISTENER}


async def test_without_an_account_the_home_says_how_to_link_one(
    hass: HomeAssistant, act: Act
) -> None:
    """The actions are there before the first account."""
    for domain in ("homeassistant", DOMAIN):
        assert await async_setup_component(hass, domain, {})
    with pytest.raises(NoAccount):
        await act("get_devices")


async def test_an_account_that_is_not_connected_is_named(
    hass: HomeAssistant, alva: MockConfigEntry, act: Act
) -> None:
    """It is linked, and something else is wrong with it."""
    await hass.config_entries.async_unload(alva.entry_id)
    with pytest.raises(AccountNotReady) as refused:
        await act("get_devices")
    assert refused.value.translation_placeholders == {"name": LISTENER}


async def test_every_command_is_an_action_that_answers(
    hass: HomeAssistant, alva: MockConfigEntry
) -> None:
    """One that only reads always, one that does something when asked to."""
    for command in ACTIONS.values():
        response = hass.services.supports_response(DOMAIN, command.name)
        expected = SupportsResponse.ONLY if command.reads else SupportsResponse.OPTIONAL
        assert response is expected, command.key


async def test_a_command_needs_no_response(
    hass: HomeAssistant, alva: MockConfigEntry
) -> None:
    """An automation that only wants it done is not told; what goes wrong it is."""
    with pytest.raises(ServiceValidationError):
        await hass.services.async_call(
            DOMAIN, "transfer_playback", {"device": "Garage"}, blocking=True
        )


async def test_every_command_asks_how_far_its_caller_is_trusted(
    hass: HomeAssistant, alva: MockConfigEntry
) -> None:
    """Before anything else: who is gone may nothing, whatever is asked."""
    removed = await async_caller(hass, Context(user_id="gone"))
    for command in COMMANDS:
        assert command.access_level >= AccessLevel.INTERN
        with pytest.raises(Unauthorized):
            await async_command(
                hass,
                command.key,
                {"nonsense": 1},
                async_query_context(hass, removed),
                removed,
            )


async def test_what_only_the_autonomous_may_is_refused_to_others(
    hass: HomeAssistant, alva: MockConfigEntry
) -> None:
    """The home itself, whose automations are supervised, is one of them."""
    home = await async_caller(hass, Context())
    for command in COMMANDS:
        if command.access_level is AccessLevel.AUTONOMOUS:
            with pytest.raises(Unauthorized):
                await async_command(
                    hass, command.key, {}, async_query_context(hass, home), home
                )


def test_a_key_is_registered_once() -> None:
    """Two commands of one name would hide each other."""
    devices = COMMANDS["devices"]
    assert "devices" in Registry([devices], UnknownQuestion)
    with pytest.raises(ValueError, match="devices"):
        Registry([devices, devices], UnknownQuestion)
    with pytest.raises(UnknownCommand):
        COMMANDS["fly"]
