"""A throttled refresh loses no request, however long a refresh takes."""

import asyncio
from datetime import timedelta

from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.encore.runtime.throttled_refresh import ThrottledRefresh
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

EVERY_S = 10.0


async def later(hass: HomeAssistant) -> None:
    """Let more time pass than the cooldown takes."""
    async_fire_time_changed(hass, dt_util.utcnow() + timedelta(seconds=EVERY_S + 1))
    await asyncio.sleep(0)


async def test_a_request_during_a_long_refresh_leads_to_another(
    hass: HomeAssistant,
) -> None:
    """A refresh that began before the request does not count; without a request there is no other."""
    begun, go_on = [], asyncio.Event()

    async def work() -> None:
        begun.append(1)
        await go_on.wait()

    refresh = ThrottledRefresh(hass, EVERY_S, work, "test")
    refresh.async_request()
    await later(hass)
    assert len(begun) == 1
    refresh.async_request()
    await later(hass)
    await later(hass)
    assert len(begun) == 1
    go_on.set()
    await hass.async_block_till_done(wait_background_tasks=True)
    await later(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert len(begun) == 2
    await later(hass)
    assert len(begun) == 2
    refresh.async_shutdown()


async def test_requests_in_a_row_share_a_refresh(hass: HomeAssistant) -> None:
    """The first starts at once, all others share one after the cooldown; none starts after the shutdown."""
    begun = []

    async def work() -> None:
        begun.append(1)

    refresh = ThrottledRefresh(hass, EVERY_S, work, "test")
    for _ in range(5):
        refresh.async_request()
    await hass.async_block_till_done(wait_background_tasks=True)
    assert len(begun) == 1
    await later(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert len(begun) == 2
    refresh.async_shutdown()
    refresh.async_request()
    assert len(begun) == 2
