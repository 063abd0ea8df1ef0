"""One pause for all calls: kept as long as Spotify asks, over restarts, and never shortened."""

from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.encore.spotify.budget import (
    DATA_BUDGET,
    STORE_KEY,
    Budget,
    async_get_budget,
)
from custom_components.encore.spotify.errors import RateLimited
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from tests.integration.spotify.conftest import complaints

HOUR = 3_600_000


def now() -> int:
    """Return the time in UTC ms."""
    return round(dt_util.utcnow().timestamp() * 1000)


@pytest.fixture
async def budget(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> Budget:
    """Return the instance's budget, at a time that stands still."""
    return await async_get_budget(hass)


async def restarted(hass: HomeAssistant) -> Budget:
    """Return the budget as the next start of Home Assistant finds it."""
    del hass.data[DATA_BUDGET]
    return await async_get_budget(hass)


async def test_there_is_one_budget(hass: HomeAssistant, budget: Budget) -> None:
    """Whoever asks for it, and however many at once."""
    assert await async_get_budget(hass) is budget


async def test_calls_pass_until_spotify_asks_for_a_pause(budget: Budget) -> None:
    """And again after it."""
    budget.check()
    assert budget.until is None


async def test_the_wait_of_retry_after_is_kept_to_its_end(
    budget: Budget, freezer: FrozenDateTimeFactory
) -> None:
    """To the second, and no longer."""
    error = await budget.async_refused(now(), 52_531, "QUOTA_EXCEEDED")
    assert error.until == now() + 52_531_000
    freezer.tick(52_530)
    with pytest.raises(RateLimited) as caught:
        budget.check()
    assert caught.value.until == error.until
    freezer.tick(1)
    budget.check()


async def test_a_wait_outlives_a_restart_at_once(
    hass: HomeAssistant, budget: Budget, hass_storage: dict[str, Any]
) -> None:
    """It is on disk before anybody learns of it: hours are real, and so are power cuts."""
    error = await budget.async_refused(now(), 40_000, None)
    assert hass_storage[STORE_KEY]["data"]["until"] == error.until
    assert (await restarted(hass)).until == error.until


async def test_a_wait_is_never_shortened(
    budget: Budget, freezer: FrozenDateTimeFactory
) -> None:
    """A later, shorter one changes nothing; a longer one does."""
    long = await budget.async_refused(now(), 3600, None)
    freezer.tick(60)
    assert (await budget.async_refused(now(), 5, None)).until == long.until
    assert (await budget.async_refused(now(), None, None)).until == long.until
    assert (await budget.async_refused(now(), 7200, None)).until > long.until


async def test_unexplained_waits_double_up_to_a_minute(
    budget: Budget, freezer: FrozenDateTimeFactory
) -> None:
    """1, 2, 4 … 60 s without a `Retry-After`, and small again after an answer."""
    waits = []
    for _ in range(8):
        error = await budget.async_refused(now(), None, None)
        waits.append((error.until - now()) // 1000)
        freezer.tick(waits[-1])
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    budget.answered()
    assert (await budget.async_refused(now(), 0, None)).until == now() + 1000


async def test_calls_under_way_together_are_refused_once(
    budget: Budget, freezer: FrozenDateTimeFactory
) -> None:
    """The wait grows by waits, not by how many ran into the same one."""
    sent_at = now()
    freezer.tick(0.2)
    first = await budget.async_refused(sent_at, None, None)
    assert (await budget.async_refused(sent_at, None, None)).until == first.until
    freezer.tick(5)
    assert (await budget.async_refused(now(), None, None)).until == now() + 2000


async def test_a_clock_set_back_does_not_lengthen_a_wait(
    hass: HomeAssistant, budget: Budget, freezer: FrozenDateTimeFactory
) -> None:
    """A machine without a battery may wake years early."""
    await budget.async_refused(now(), 3600, None)
    freezer.move_to("2020-01-01T00:00:00Z")
    assert (await restarted(hass)).until == now() + HOUR


async def test_a_long_wait_is_one_line_in_the_log(
    hass: HomeAssistant, budget: Budget, caplog: pytest.LogCaptureFixture
) -> None:
    """With its end in the home's time; short ones are daily life."""
    await budget.async_refused(now(), 5, None)
    assert complaints(caplog) == []
    await budget.async_refused(now(), 7200, "QUOTA_EXCEEDED")
    await budget.async_refused(now(), 9000, "QUOTA_EXCEEDED")
    assert len(complaints(caplog)) <= 1
