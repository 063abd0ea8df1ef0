"""One pause for all calls: kept as long as Spotify asks, over restarts, and never shortened."""

from datetime import timedelta
import itertools
import math
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.encore.spotify.budget import (
    async_get_budget,
    retry_after as deadline_module,
)
from custom_components.encore.spotify.budget.call_budget import DATA_BUDGET
from custom_components.encore.spotify.budget.retry_after import STORE_KEY, Deadline
from custom_components.encore.spotify.errors import (
    QuotaExceeded,
    RateLimited,
    WaitCapped,
)
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
from tests.integration.spotify.conftest import complaints

HOUR = 3_600_000


def now() -> int:
    """Return the time in UTC ms."""
    return round(dt_util.utcnow().timestamp() * 1000)


@pytest.fixture
async def deadline(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> Deadline:
    """Return the instance's deadline, at a time that stands still."""
    return (await async_get_budget(hass)).deadline


async def restarted(hass: HomeAssistant) -> Deadline:
    """Return the deadline as the next start of Home Assistant finds it."""
    del hass.data[DATA_BUDGET]
    return (await async_get_budget(hass)).deadline


async def test_there_is_one_budget(hass: HomeAssistant, deadline: Deadline) -> None:
    """Whoever asks for it, and however many at once."""
    assert (await async_get_budget(hass)).deadline is deadline


async def test_calls_pass_until_spotify_asks_for_a_pause(deadline: Deadline) -> None:
    """And again after it."""
    deadline.check()
    assert deadline.until is None


async def test_the_wait_of_retry_after_lasts_to_its_end(
    deadline: Deadline, freezer: FrozenDateTimeFactory
) -> None:
    """To the second, and no longer."""
    error = await deadline.async_refused(now(), 52_531, "QUOTA_EXCEEDED")
    assert error.until == now() + 52_531_000
    freezer.tick(52_530)
    with pytest.raises(RateLimited) as caught:
        deadline.check()
    assert caught.value.until == error.until
    freezer.tick(1)
    deadline.check()


async def test_a_wait_outlives_a_restart_at_once(
    hass: HomeAssistant, deadline: Deadline, hass_storage: dict[str, Any]
) -> None:
    """It is on disk before anybody learns of it: hours are real, and so are power cuts."""
    error = await deadline.async_refused(now(), 40_000, None)
    assert hass_storage[STORE_KEY]["data"]["until"] == error.until
    assert (await restarted(hass)).until == error.until


async def test_a_wait_is_never_shortened(
    deadline: Deadline, freezer: FrozenDateTimeFactory
) -> None:
    """A later, shorter one changes nothing; a longer one does."""
    long = await deadline.async_refused(now(), 3600, None)
    freezer.tick(60)
    assert (await deadline.async_refused(now(), 5, None)).until == long.until
    assert (await deadline.async_refused(now(), None, None)).until == long.until
    assert (await deadline.async_refused(now(), 7200, None)).until > long.until


@pytest.mark.parametrize("asked_s", [86_401, 10 * 365 * 86_400, 1e300, math.inf])
async def test_a_wait_of_more_than_a_day_is_one_of_a_day_and_reported(
    hass: HomeAssistant,
    deadline: Deadline,
    freezer: FrozenDateTimeFactory,
    asked_s: float,
) -> None:
    """Over restarts too; the next one can be anything again."""
    error = await deadline.async_refused(now(), asked_s, "QUOTA_EXCEEDED")
    assert type(error) is WaitCapped
    assert error.until == now() + 24 * HOUR
    deadline = await restarted(hass)
    assert (deadline.until, deadline.capped) == (error.until, True)
    with pytest.raises(WaitCapped):
        deadline.check()
    freezer.tick(86_400)
    deadline.check()
    assert not deadline.capped
    again = await deadline.async_refused(now(), 86_400, "QUOTA_EXCEEDED")
    assert type(again) is QuotaExceeded
    assert (again.until, deadline.capped) == (now() + 24 * HOUR, False)


async def test_a_wait_of_years_that_an_earlier_version_stored_ends_a_day_after_it_began(
    hass: HomeAssistant,
    hass_storage: dict[str, Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """Whoever was shut out is let in by the update."""
    stored = {"asked_at": now() - HOUR, "until": now() + 10_000 * HOUR, "reason": None}
    hass_storage[STORE_KEY] = {"version": 1, "key": STORE_KEY, "data": stored}
    deadline = (await async_get_budget(hass)).deadline
    assert (deadline.until, deadline.capped) == (now() + 23 * HOUR, True)
    freezer.tick(23 * 3600)
    (await restarted(hass)).check()


async def test_unexplained_waits_double_up_to_a_minute(
    deadline: Deadline, freezer: FrozenDateTimeFactory
) -> None:
    """1, 2, 4 … 60 s without a `Retry-After`, and small again after an answer."""
    waits = []
    for _ in range(8):
        error = await deadline.async_refused(now(), None, None)
        waits.append((error.until - now()) // 1000)
        freezer.tick(waits[-1])
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    deadline.answered()
    assert (await deadline.async_refused(now(), 0, None)).until == now() + 1000


async def test_calls_under_way_together_are_refused_once(
    deadline: Deadline, freezer: FrozenDateTimeFactory
) -> None:
    """The wait grows by waits, not by how many ran into the same one."""
    sent_at = now()
    freezer.tick(0.2)
    first = await deadline.async_refused(sent_at, None, None)
    assert (await deadline.async_refused(sent_at, None, None)).until == first.until
    freezer.tick(5)
    assert (await deadline.async_refused(now(), None, None)).until == now() + 2000


async def test_a_clock_set_back_does_not_lengthen_a_wait(
    deadline: Deadline,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nobody has to wait for the years to come again."""
    ticks = itertools.count(100.0, 0)
    monkeypatch.setattr(deadline_module, "monotonic", lambda: next(ticks))
    await deadline.async_refused(now(), 3600, None)
    freezer.move_to("2020-01-01T00:00:00Z")
    assert deadline.until == pytest.approx(now() + HOUR, abs=1000)
    ticks = itertools.count(3701.0, 0)
    deadline.check()


async def test_a_clock_that_begins_long_ago_does_not_shorten_a_wait(
    hass: HomeAssistant,
    deadline: Deadline,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A machine without a battery starts in another year, and sets its clock a minute later; or never."""
    monkeypatch.setattr(deadline_module, "monotonic", lambda: 100.0)
    end = (await deadline.async_refused(now(), 3600, None)).until
    today = dt_util.utcnow()
    freezer.move_to("2020-01-01T00:00:00Z")
    deadline = await restarted(hass)
    assert deadline.until == pytest.approx(now() + HOUR, abs=1000)
    freezer.move_to(today + timedelta(minutes=10))
    assert deadline.until == end
    freezer.move_to(today + timedelta(minutes=60))
    deadline.check()


async def test_a_long_wait_is_one_line_in_the_log(
    hass: HomeAssistant, deadline: Deadline, caplog: pytest.LogCaptureFixture
) -> None:
    """With its end in the home's time; short ones are daily life."""
    await deadline.async_refused(now(), 5, None)
    assert complaints(caplog) == []
    await deadline.async_refused(now(), 7200, "QUOTA_EXCEEDED")
    await deadline.async_refused(now(), 9000, "QUOTA_EXCEEDED")
    assert len(complaints(caplog)) <= 1
