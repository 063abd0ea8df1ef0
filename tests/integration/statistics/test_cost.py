"""What years of statistics take of Home Assistant: none of their rows lives so long that the collector counts it as long-lived."""

import numpy as np
import pytest
from sqlalchemy import insert

from custom_components.encore.history.queries.hourly import (
    Hourly,
    Sums,
    correction,
    sums_of,
)
from custom_components.encore.statistics.statistic_rows import (
    Measure,
    Of,
    Statistic,
    StatisticRows,
)
from homeassistant.components.recorder.core import Recorder
from homeassistant.components.recorder.db_schema import Statistics as RecordedRow
from homeassistant.core import HomeAssistant
from homeassistant.helpers.recorder import get_instance, session_scope
from tests.collected import promoted

STATISTIC = Statistic(Of.LISTENER, "spotify:alva", Measure.PLAYS, "Alva: plays")
ROWS = 4_000
MANY = 20_000
SINCE = 350_000
"""The first hour (from 1970), in 2009."""


@pytest.fixture(autouse=True)
def recorded(async_test_recorder: object, recorder_mock: Recorder) -> None:
    """Record."""


def played(every: int, rows: int) -> Hourly:
    """Return two plays in each of some hours."""
    hours = SINCE + np.arange(rows) * every
    plays = np.full(rows, 2)
    return Hourly(hours, plays, plays * 200_000)


async def written(hass: HomeAssistant, rows: int) -> None:
    """Write statistics of a listener."""
    nothing = sums_of(*np.empty((2, 0), np.int64))
    needed = correction(STATISTIC.sums(played(1, rows)), nothing)
    assert await StatisticRows(hass).async_write(STATISTIC, needed, lambda _: True)


def stored(hass: HomeAssistant, wanted: Sums) -> None:
    """Store all rows but the first, which was written, at once; the recorder's own way takes a while for so many."""
    with session_scope(hass=hass) as session:
        session.execute(
            insert(RecordedRow),
            [
                {
                    "metadata_id": 1,
                    "start_ts": hour * 3600.0,
                    "created_ts": 0.0,
                    "state": value,
                    "sum": total,
                }
                for hour, value, total in zip(
                    wanted.hours[1:].tolist(),
                    wanted.values[1:].tolist(),
                    wanted.sums[1:].tolist(),
                    strict=True,
                )
            ],
        )


async def test_what_is_written_is_gone_at_once(hass: HomeAssistant) -> None:
    """The recorder keeps objects for each row until all rows that it was handed are stored."""
    await written(hass, 300)  # what the recorder loads and compiles once
    with promoted() as counted:
        await written(hass, 1)
    assert counted.objects < ROWS / 2


@pytest.mark.parametrize("every", [1, 7])
async def test_what_is_read_is_gone_at_once(hass: HomeAssistant, every: int) -> None:
    """And is all that was written, whether each hour has something or one of seven, up to the last."""
    await written(hass, 1)
    wanted = STATISTIC.sums(played(every, MANY))
    await get_instance(hass).async_add_executor_job(stored, hass, wanted)
    with promoted() as counted:
        needed = await StatisticRows(hass).async_lacking(STATISTIC, played(every, MANY))
    assert not len(needed)
    assert counted.objects < MANY / 2
