"""By which clock questions are answered: the weeks of the house, and the time zones of its listeners."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.access.policy import async_caller
from custom_components.encore.dispatch.caller_context import async_query_context
from custom_components.encore.settings.options import async_first_weekday
from homeassistant.core import Context, HomeAssistant
from tests.integration.api.test_history_options import choose
from tests.integration.auth.conftest import (
    Link,
    credentials,  # noqa: F401 - a fixture
    link,  # noqa: F401 - a fixture
)

MONDAY, SATURDAY, SUNDAY = 0, 5, 6


@pytest.mark.parametrize(
    ("country", "weekday"),
    [("NL", MONDAY), ("US", SUNDAY), ("EG", SATURDAY), ("XX", MONDAY), (None, MONDAY)],
)
async def test_weeks_begin_as_is_the_custom_in_the_country(
    hass: HomeAssistant, house: MockConfigEntry, country: str | None, weekday: int
) -> None:
    """Unless told otherwise; also with the page sent as it is shown."""
    hass.config.country = country
    assert async_first_weekday(hass) == weekday
    await choose(hass, house, "week", {})
    assert async_first_weekday(hass) == weekday


async def test_the_first_weekday_can_be_chosen(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """It holds for whoever asks, through every door."""
    hass.config.country = "US"
    await choose(hass, house, "week", {"first_weekday": "saturday"})
    assert (
        async_query_context(
            hass, await async_caller(hass, Context())
        ).clock.first_weekday
        == SATURDAY
    )


async def test_a_listener_can_live_by_another_clock(
    hass: HomeAssistant,
    link: Link,  # noqa: F811 - a fixture
) -> None:
    """Chosen in the options of the account, and taken back there."""
    entry = await link("alva", "history")
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    assert async_query_context(hass, await async_caller(hass, Context())).zones == ()
    for chosen in ({"time_zone": "Asia/Kathmandu"}, {}):
        form = await hass.config_entries.options.async_init(entry.entry_id)
        await hass.config_entries.options.async_configure(
            form["flow_id"], {"record": True, "backfill": True, **chosen}
        )
        await hass.async_block_till_done()
        zones = [
            (listener.name, str(zone))
            for listener, zone in async_query_context(
                hass, await async_caller(hass, Context())
            ).zones
        ]
        assert zones == [("Alva Lindqvist", zone) for zone in chosen.values()]


async def test_a_zone_that_is_none_counts_as_the_homes(
    hass: HomeAssistant,
    link: Link,  # noqa: F811 - a fixture
) -> None:
    """A time zone database may forget one."""
    entry = await link("alva", "history")
    hass.config_entries.async_update_entry(entry, options={"time_zone": "Mars/Olympus"})
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    assert async_query_context(hass, await async_caller(hass, Context())).zones == ()
