"""What is asked for twice is carried out once."""

import asyncio

import pytest

from custom_components.encore.commands.deduplicate import async_once
from homeassistant.core import HomeAssistant


async def test_who_goes_away_does_not_end_what_another_waits_for(
    hass: HomeAssistant,
) -> None:
    """An automation that is restarted in the middle, and a person who asked for the same."""
    begun, go_on, times = asyncio.Event(), asyncio.Event(), []

    async def carry_out() -> str:
        times.append(1)
        begun.set()
        await go_on.wait()
        return "done"

    first = asyncio.create_task(async_once(hass, "request", carry_out))
    await begun.wait()
    second = asyncio.create_task(async_once(hass, "request", carry_out))
    await asyncio.sleep(0)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    go_on.set()
    assert await second == ("done", True)
    assert len(times) == 1


async def test_a_failure_is_reported_to_all_who_wait_and_then_tried_again(
    hass: HomeAssistant,
) -> None:
    """Nothing was carried out that could count."""
    go_on, times = asyncio.Event(), []

    async def carry_out() -> str:
        times.append(1)
        await go_on.wait()
        if len(times) == 1:
            raise ValueError("refused")
        return "done"

    both = [asyncio.create_task(async_once(hass, 1, carry_out)) for _ in range(2)]
    await asyncio.sleep(0)
    go_on.set()
    results = await asyncio.gather(*both, return_exceptions=True)
    assert [str(result) for result in results] == ["refused", "refused"]
    assert await async_once(hass, 1, carry_out) == ("done", False)


async def test_another_request_is_another_one(hass: HomeAssistant) -> None:
    """However near."""

    async def carry_out() -> str:
        return "done"

    for request in ("kitchen", "study"):
        assert await async_once(hass, request, carry_out) == ("done", False)
    assert await async_once(hass, "kitchen", carry_out) == ("done", True)
