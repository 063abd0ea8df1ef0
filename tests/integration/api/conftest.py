"""The house of the unit tests in Home Assistant: two linked accounts, their persons, and a History entry."""

from collections.abc import AsyncGenerator

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.encore.const import DOMAIN
from custom_components.encore.history.model import Observation
from custom_components.encore.history.records.recordings import note
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.setup import async_setup_component
from tests.integration.persons import add_person
from tests.unit.questions.house import PAST, recorded_since


def account(name: str, title: str, person: str | None = None) -> MockConfigEntry:
    """Return the entry of a linked account; it is not loaded, as when Spotify is out of reach."""
    return MockConfigEntry(
        domain=DOMAIN,
        title=title,
        unique_id=f"spotify:{name}",
        data={"kind": "spotify", "account_id": name, "display_name": title},
        options={"person": person} if person else {},
    )


@pytest.fixture
async def ben(hass: HomeAssistant) -> MockUser:
    """Return a user of the home who is no administrator."""
    return MockUser(name="Ben", is_owner=False).add_to_hass(hass)


@pytest.fixture
def past() -> list[Observation]:
    """Return what was heard when the home is set up."""
    return PAST


@pytest.fixture
def linked() -> frozenset[str]:
    """Return whose accounts are linked then."""
    return frozenset({"alva", "ben", "cleo"})


@pytest.fixture
async def accounts(
    hass: HomeAssistant,
    hass_admin_user: MockUser,
    ben: MockUser,
    linked: frozenset[str],
) -> dict[str, MockConfigEntry]:
    """Link Alva's and Ben's account to their persons, and Cleo's to nobody."""
    await add_person(hass, "alva", hass_admin_user, "Alva Lind")
    await add_person(hass, "ben", ben, "Ben")
    entries = {
        "alva": account("alva", "alva_1999", "person.alva"),
        "ben": account("ben", "Ben", "person.ben"),
        "cleo": account("cleo", "Cleo"),
    }
    for name, entry in entries.items():
        if name in linked:
            entry.add_to_hass(hass)
            entry.mock_state(hass, entry.state.SETUP_RETRY)
    return entries


@pytest.fixture
async def house(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    accounts: dict[str, MockConfigEntry],
    past: list[Observation],
) -> AsyncGenerator[MockConfigEntry]:
    """Set up the home on a Wednesday at half past two in Berlin; yield its History entry."""
    await hass.config.async_set_time_zone("Europe/Berlin")
    freezer.move_to("2026-07-15T12:30:00+00:00")
    areas = ar.async_get(hass)
    areas.async_create("Kitchen", aliases={"cook's corner"})
    areas.async_create("Bathroom")
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "conversation", {})
    entry = MockConfigEntry(
        domain=DOMAIN,
        title="Listening history",
        unique_id="history",
        data={"kind": "history"},
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.data[DATA_HISTORY].async_append(past)
    await hass.data[DATA_HISTORY].async_write(
        lambda connection, ingest: note(
            connection, ingest.registers, recorded_since(past)
        )
    )
    yield entry
    if hass.config_entries.async_get_entry(entry.entry_id) is not None:
        await hass.config_entries.async_unload(entry.entry_id)


@pytest.fixture
def as_alva(hass_admin_user: MockUser) -> Context:
    """Return the context of Alva, an administrator."""
    return Context(user_id=hass_admin_user.id)


@pytest.fixture
def as_ben(ben: MockUser) -> Context:
    """Return the context of Ben, who is not."""
    return Context(user_id=ben.id)
