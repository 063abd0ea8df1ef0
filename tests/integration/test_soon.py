"""Work that changes give reason for is done after the last of them, however long it takes."""

import asyncio
from datetime import timedelta

from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.encore.soon import Soon
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

EVERY_S = 10.0


async def later(hass: HomeAssistant) -> None:
    """Let more time pass than has to lie between two calls."""
    async_fire_time_changed(hass, dt_util.utcnow() + timedelta(seconds=EVERY_S + 1))
    await asyncio.sleep(0)


async def test_a_change_in_work_that_takes_long_has_it_done_again(
    hass: HomeAssistant,
) -> None:
    """What was begun before the change does not count, and work without a change is done once."""
    begun, go_on = [], asyncio.Event()

    async def work() -> None:
        begun.append(1)
        await go_on.wait()

    soon = Soon(hass, EVERY_S, work, "work")
    soon.changed()
    await later(hass)
    assert len(begun) == 1
    soon.changed()
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
    soon.stop()


async def test_changes_in_a_row_are_worked_on_together(hass: HomeAssistant) -> None:
    """The first at once, all others together once some seconds passed; after the end none."""
    begun = []

    async def work() -> None:
        begun.append(1)

    soon = Soon(hass, EVERY_S, work, "work")
    for _ in range(5):
        soon.changed()
    await hass.async_block_till_done(wait_background_tasks=True)
    assert len(begun) == 1
    await later(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert len(begun) == 2
    soon.stop()
    soon.changed()
    assert len(begun) == 2
