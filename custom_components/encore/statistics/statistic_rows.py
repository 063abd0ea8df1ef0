"""Reads, writes and clears rows of long-term statistics in the recorder."""

import asyncio
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import partial
from hashlib import sha256
from typing import Final, override

import numpy as np
from numpy.typing import NDArray

from homeassistant.components.recorder.models import (
    StatisticData,
    StatisticMeanType,
    StatisticMetaData,
)
from homeassistant.components.recorder.statistics import (
    StatisticsRow,
    async_add_external_statistics,
    get_last_statistics,
    get_metadata,
    statistics_during_period,
)
from homeassistant.const import UnitOfTime
from homeassistant.core import HomeAssistant
from homeassistant.helpers.recorder import get_instance
from homeassistant.util import slugify
from homeassistant.util.dt import utcnow
from homeassistant.util.unit_conversion import DurationConverter

from ..const import DOMAIN, KIND_SPOTIFY
from ..history.queries.hourly import Correction, Hourly, Sums, correction, sums_of

AT_ONCE: Final = 1_000
"""Up to this many rows are written without a job, and rather than adjusting hours."""

PART: Final = 200
"""How many rows are handed over at once: the recorder takes about half a millisecond for each.

It holds several objects for each row until all of them are stored. Those of a thousand rows live through a few collections
of the garbage collector and count as long-lived; by enough of these it visits all objects of Home Assistant, which stands
still meanwhile.
"""

PAUSE_S: Final = 0.1
"""How long the recorder is left to others after that."""

ADJUSTED: Final = 24
"""How many changed hours are adjusted at the most, where more than AT_ONCE rows would have to be written else."""

_NONE_BEFORE: Final = datetime(2006, 1, 1, tzinfo=UTC)
"""No export has plays before it; what there is, is read at once."""
_FEW: Final = 500
"""How many rows are read at once."""
_MONTH: Final = timedelta(days=30)
_QUARTER: Final = timedelta(days=90)
"""How much of more rows is read at once, where the part before had something and where it had nothing."""

_HOUR_S: Final = 3_600
_SLUG: Final = 200
_UNIT_PLAYS: Final = "plays"


class Measure(StrEnum):
    """The statistic's values of an hour."""

    MINUTES = "minutes"
    PLAYS = "plays"


_PARTS: Final = {Measure.MINUTES: 60_000, Measure.PLAYS: 1}
"""What one of its unit is counted in here: milliseconds, plays."""


class Of(StrEnum):
    """What statistics are of."""

    LISTENER = "listener"
    ROOM = "room"


@dataclass(frozen=True, slots=True)
class Statistic:
    """One statistic: of a listener or a room, by the key that the history has for it."""

    of: Of
    key: str
    measure: Measure
    name: str = ""

    @property
    def id(self) -> str:
        """Its id, which stays the same whatever the listener or the room is called."""
        return f"{DOMAIN}:{self.of}_{_slug(self.key)}_{self.measure}"

    def sums(self, hourly: Hourly) -> Sums:
        """Return the rows that it should have."""
        values = hourly.ms_played if self.measure is Measure.MINUTES else hourly.plays
        return sums_of(hourly.hours, values)

    @property
    def metadata(self) -> StatisticMetaData:
        """How the recorder describes it."""
        minutes = self.measure is Measure.MINUTES
        return StatisticMetaData(
            mean_type=StatisticMeanType.NONE,
            has_sum=True,
            name=self.name,
            source=DOMAIN,
            statistic_id=self.id,
            unit_class=DurationConverter.UNIT_CLASS if minutes else None,
            unit_of_measurement=UnitOfTime.MINUTES if minutes else _UNIT_PLAYS,
        )


def is_of(statistic_id: str, of: Of) -> bool:
    """Whether an id is that of a statistic of listeners, or of rooms."""
    return statistic_id.startswith(f"{DOMAIN}:{of}_")


def _slug(key: str) -> str:
    """Return a key as an id may have it; where that loses something, a hash of the key keeps two of them apart."""
    # Listeners are those of accounts, and all of these keys begin with the same word.
    key = key.removeprefix(f"{KIND_SPOTIFY}:")
    slug = slugify(key)[:_SLUG].strip("_")
    if slug == key:
        return slug
    return f"{slug}_{sha256(key.encode()).hexdigest()[:8]}".lstrip("_")


class StatisticRows:
    """The statistics of this integration in the recorder, which must be there, and what was written to them by now."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Know of nothing written yet."""
        self._hass = hass
        self._written: dict[str, Sums] = {}

    def forget(self) -> None:
        """Read again what is written before more is."""
        self._written.clear()

    async def async_names(self) -> dict[str, str | None]:
        """Return the ids of all statistics that there are, with their names.

        Raises SQLAlchemyError while the recorder's database cannot be read.
        """
        known = await get_instance(self._hass).async_add_executor_job(
            partial(get_metadata, self._hass, statistic_source=DOMAIN)
        )
        for removed in self._written.keys() - known.keys():
            del self._written[removed]
        return {each: about["name"] for each, (_, about) in known.items()}

    async def async_lacking(self, statistic: Statistic, hourly: Hourly) -> Correction:
        """Return what a statistic lacks of what was played. Raises SQLAlchemyError.

        Years of hours take tens of milliseconds to compare, which is done beside the event loop.
        """
        if (written := self._written.get(statistic.id)) is None:
            written = await get_instance(self._hass).async_add_executor_job(
                _read, self._hass, statistic
            )
            self._written[statistic.id] = written
        return await self._hass.async_add_executor_job(
            lambda: correction(statistic.sums(hourly), written)
        )

    async def async_clear(self, ids: Collection[str]) -> None:
        """Clear statistics, and wait until the recorder has done so."""
        for each in ids:
            self._written.pop(each, None)
        done = asyncio.Event()

        def cleared() -> None:
            """Report it from the recorder's thread."""
            self._hass.loop.call_soon_threadsafe(done.set)

        get_instance(self._hass).async_clear_statistics(list(ids), on_done=cleared)
        await done.wait()

    async def async_write(
        self,
        statistic: Statistic,
        needed: Correction,
        went_on: Callable[[int], bool],
    ) -> bool:
        """Write what a statistic lacks, in parts and with pauses; whether all of it was written.

        `went_on` takes how many rows each part had, and says whether more may follow.
        """
        if _is_adjusted(needed):
            self._adjust(statistic, needed)
            went_on(len(needed.changed))
        else:
            for first in range(needed.first, len(needed.after), PART):
                part = slice(first, min(first + PART, len(needed.after)))
                # Until all is there, what was written before is not known to be right.
                self._written.pop(statistic.id, None)
                self._add(statistic, _Data(statistic, needed.after, part))
                await get_instance(self._hass).async_block_till_done()
                if not went_on(part.stop - first):
                    return False
                if part.stop - first == PART:
                    await asyncio.sleep(PAUSE_S)
        if not len(needed):
            self._add(statistic, ())  # has another name
        self._written[statistic.id] = needed.after
        return True

    def _adjust(self, statistic: Statistic, needed: Correction) -> None:
        """Write the hours that changed, and add to all sums from each of them on."""
        about, parts = statistic.metadata, _PARTS[statistic.measure]
        changes = zip(needed.changed.tolist(), needed.by.tolist(), strict=True)
        for place, by in changes:
            row = _Data(statistic, needed.after, slice(place, place + 1))
            (data,) = row
            get_instance(self._hass).async_adjust_statistics(
                statistic.id,
                data["start"],
                by / parts,
                about["unit_of_measurement"] or "",
            )
            self._add(statistic, row)

    def _add(self, statistic: Statistic, rows: Iterable[StatisticData]) -> None:
        async_add_external_statistics(self._hass, statistic.metadata, rows)


class _Data(Iterable[StatisticData]):
    """Some rows as the recorder takes them, each made when its turn comes."""

    def __init__(self, statistic: Statistic, rows: Sums, part: slice) -> None:
        self._columns = rows.hours[part], rows.values[part], rows.sums[part]
        self._parts = _PARTS[statistic.measure]

    @override
    def __iter__(self) -> Iterator[StatisticData]:
        columns = (column.tolist() for column in self._columns)
        for hour, value, total in zip(*columns, strict=True):
            yield StatisticData(
                start=datetime.fromtimestamp(hour * _HOUR_S, UTC),
                state=value / self._parts,
                sum=total / self._parts,
            )


def rows_to_write(needed: Correction) -> int:
    """Return how many rows are written."""
    return len(needed.changed) if _is_adjusted(needed) else len(needed)


def _is_adjusted(needed: Correction) -> bool:
    """Whether few hours are adjusted, where many rows would have to be written else."""
    return (
        needed.adjustable and len(needed) > AT_ONCE and len(needed.changed) <= ADJUSTED
    )


def _read(hass: HomeAssistant, statistic: Statistic) -> Sums:
    """Return the rows that a statistic has. Blocks."""
    parts = _PARTS[statistic.measure]

    def counted(column: Iterable[float | None]) -> NDArray[np.int64]:
        # What is not there is none of ours, and is written again.
        values = [-1.0 if each is None else each for each in column]
        return np.rint(np.array(values, np.float64) * parts).astype(np.int64)

    columns = [
        (
            np.array([row["start"] // _HOUR_S for row in some], np.int64),
            counted(row.get("state") for row in some),
            counted(row.get("sum") for row in some),
        )
        for some in _found(hass, statistic)
    ]
    return Sums(*map(np.concatenate, zip(*columns, strict=True)))


def _found(hass: HomeAssistant, statistic: Statistic) -> Iterator[list[StatisticsRow]]:
    """Yield the rows that a statistic has, few at a time for the reason that `PART` has. Blocks."""
    last = get_last_statistics(hass, _FEW, statistic.id, False, {"state", "sum"})
    if len(few := last.get(statistic.id, [])) < _FEW:
        yield few[::-1]
        return
    since, until = datetime.fromtimestamp(0, UTC), _NONE_BEFORE
    while True:
        ends = None if until > utcnow() else until
        found = statistics_during_period(
            hass, since, ends, {statistic.id}, "hour", None, {"state", "sum"}
        ).get(statistic.id, [])
        yield found
        if ends is None:
            return
        since, until = until, until + (_MONTH if found else _QUARTER)
