"""Who may ask and command what."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.encore.access.policy import (
    AccessLevel,
    Caller,
    CallerKind,
    Interface,
    async_caller,
    async_remember_model,
)
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import Unauthorized

from .test_history_options import choose


async def test_maturity_follows_from_who_calls(
    hass: HomeAssistant, hass_admin_user: MockUser, hass_read_only_user: MockUser
) -> None:
    """Administrators are autonomous, users and the home supervised, who is gone a student."""
    callers = {
        hass_admin_user.id: AccessLevel.AUTONOMOUS,
        hass_read_only_user.id: AccessLevel.SUPERVISED,
        None: AccessLevel.SUPERVISED,
        "gone": AccessLevel.STUDENT,
    }
    for user_id, access_level in callers.items():
        caller = await async_caller(hass, Context(user_id=user_id))
        assert caller.access_level is access_level
    hass_admin_user.is_active = False
    caller = await async_caller(hass, Context(user_id=hass_admin_user.id))
    assert caller.access_level is AccessLevel.STUDENT


@pytest.mark.parametrize("access_level", list(AccessLevel))
def test_each_may_what_the_ones_before_may(access_level: AccessLevel) -> None:
    """Maturity is an order."""
    caller = Caller(Context(), access_level)
    for required in AccessLevel:
        if required <= access_level:
            caller.require(required)
        else:
            with pytest.raises(Unauthorized):
                caller.require(required)


async def test_a_kind_is_trusted_as_was_chosen_and_one_of_them_by_name(
    hass: HomeAssistant, house: MockConfigEntry, ben: MockUser, as_ben: Context
) -> None:
    """Administrators are autonomous whatever is chosen: they may change it."""
    chosen = {
        "trust_user": "intern",
        "trust_house": "student",
        "trust_satellite": "intern",
        "trust_language_model": "supervised",
        "trusted_as_student": [],
        "trusted_as_intern": [],
        "trusted_as_supervised": ["satellite:assist_satellite.hall"],
        "trusted_as_autonomous": [f"user:{ben.id}"],
    }
    await choose(hass, house, "trust", chosen)
    assert (await async_caller(hass, as_ben)).access_level is AccessLevel.AUTONOMOUS
    other = MockUser(is_owner=False).add_to_hass(hass)
    context = Context(user_id=other.id)
    assert (await async_caller(hass, context)).access_level is AccessLevel.INTERN
    assert (await async_caller(hass, Context())).access_level is AccessLevel.STUDENT
    for satellite, access_level in (
        ("assist_satellite.hall", AccessLevel.SUPERVISED),
        ("assist_satellite.attic", AccessLevel.INTERN),
    ):
        caller = await async_caller(hass, Context(), satellite_id=satellite)
        assert (caller.kind, caller.access_level) == (
            CallerKind.SATELLITE,
            access_level,
        )


@pytest.mark.parametrize(
    ("named", "errors"),
    [
        (
            {
                "trusted_as_intern": ["satellite:assist_satellite.hall"],
                "trusted_as_autonomous": ["satellite:assist_satellite.hall"],
            },
            {"trusted_as_autonomous": "trusted_twice"},
        ),
        ({"trusted_as_student": ["Ben"]}, {"trusted_as_student": "no_caller"}),
    ],
)
async def test_who_is_trusted_twice_or_nobody_is_said(
    hass: HomeAssistant,
    house: MockConfigEntry,
    named: dict[str, list[str]],
    errors: dict[str, str],
) -> None:
    """The page stays, with what was chosen."""
    menu = await hass.config_entries.options.async_init(house.entry_id)
    page = await hass.config_entries.options.async_configure(
        menu["flow_id"], {"next_step_id": "trust"}
    )
    result = await hass.config_entries.options.async_configure(page["flow_id"], named)
    assert (result["type"], result["errors"]) == ("form", errors)


async def test_a_language_model_is_known_by_its_context(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context, as_ben: Context
) -> None:
    """It may ask whatever who speaks through it may be told, and do no more than was chosen for it."""
    async_remember_model(hass, as_alva, "mcp_server")
    caller = await async_caller(hass, as_alva, Interface.TOOL)
    assert (caller.kind, caller.access_level) == (
        CallerKind.LANGUAGE_MODEL,
        AccessLevel.INTERN,
    )
    assert (caller.model, caller.user_id) == ("mcp_server", as_alva.user_id)
    again = await async_caller(hass, Context(user_id=as_alva.user_id))
    assert again.access_level is AccessLevel.AUTONOMOUS
    await choose(hass, house, "trust", {"trusted_as_autonomous": ["language_model:ollama"]})  # fmt: skip
    async_remember_model(hass, as_ben, "ollama")
    assert (await async_caller(hass, as_ben)).access_level is AccessLevel.SUPERVISED
    spoken = Context()
    async_remember_model(hass, spoken, "ollama")
    caller = await async_caller(hass, spoken, satellite_id="assist_satellite.hall")
    assert (caller.kind, caller.access_level) == (
        CallerKind.SATELLITE,
        AccessLevel.SUPERVISED,
    )


async def test_contexts_of_models_are_forgotten_in_the_end(hass: HomeAssistant) -> None:
    """A home that runs for years keeps the latest alone."""
    first = Context()
    async_remember_model(hass, first, "ollama")
    for _ in range(4096):
        async_remember_model(hass, Context(), "ollama")
    assert (await async_caller(hass, first)).model is None
