"""Statistics are for everyone: who does not share might as well never have been there."""

import pytest

from custom_components.encore.history.model import Listener
from tests.unit.history.years import LISTENERS, years

from .conftest import Home, Rows

ADA, BO, _ = LISTENERS


@pytest.fixture
def who() -> tuple[Listener, ...]:
    """Return whose accounts are linked."""
    return LISTENERS


async def everything(home: Home) -> dict[str, Rows]:
    """Return all rows of all statistics."""
    return {each: await home.rows(each) for each in await home.names()}


@pytest.mark.parametrize("privacy", ["private", "people"])
async def test_a_home_is_answered_about_as_if_they_had_never_been_there(
    home: Home, privacy: str
) -> None:
    """To the last row, whether they never shared or do so no longer: not even an hour of nothing tells of them."""
    life = years(500, seed=6)
    await home.hear(*(one for one in life if one.listener != BO))
    without = await everything(home)
    assert without
    await home.share("bo", privacy)
    await home.hear(*(one for one in life if one.listener == BO))
    assert await everything(home) == without
    await home.share("bo", "household")
    shared = await everything(home)
    assert shared.keys() - without.keys() == {
        each for each in shared if each.startswith("encore:listener_bo_")
    }
    assert all(shared[each] != without[each] for each in without if "room" in each)
    await home.share("bo", privacy)
    assert await everything(home) == without


async def test_who_departed_in_private_stays_private(home: Home) -> None:
    """Their history may stay; nothing of it is in a statistic, also after the next start."""
    life = years(300, seed=7)
    await home.hear(*(one for one in life if one.listener != BO))
    without = await everything(home)
    await home.share("bo", "private")
    await home.hear(*(one for one in life if one.listener == BO))
    await home.hass.config_entries.async_remove(home.accounts["bo"].entry_id)
    await home.restart()
    assert await everything(home) == without


async def test_work_at_statistics_names_nobody(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its record names no listener."""
    monkeypatch.setattr(
        "custom_components.encore.statistics.hourly_statistics.AT_ONCE", 5
    )
    await home.share("bo", "private")
    await home.hear(*years(60, seed=8))
    jobs = (await home.tell("get_jobs", kind="statistics"))["jobs"]
    assert jobs
    assert all(job["listener"] is None and not job["about"] for job in jobs)
