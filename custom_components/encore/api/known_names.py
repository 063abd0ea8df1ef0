"""Names of listeners, rooms and devices that a caller can ask about."""

from dataclasses import dataclass

from homeassistant.core import HomeAssistant

from ..history.model import Device, Listener, Room
from ..history.queries.history_queries import HistoryQueries
from ..questions.base.query_context import QueryContext
from ..runtime.store.history_service import DATA_HISTORY


@dataclass(frozen=True, slots=True)
class Known:
    """What the history knows by name."""

    devices: list[Device]
    listeners: list[Listener]
    rooms: list[Room]
    recorded_from: int | None
    """When the record begins, in UTC milliseconds; None while there is none."""


async def async_known(hass: HomeAssistant, query_context: QueryContext) -> Known:
    """Return what the history knows by name. Raises HistoryError."""
    memory = hass.data[DATA_HISTORY]
    async with memory.async_held():
        return await memory.async_ask(_known, hidden=query_context.hidden, key=_known)


def _known(queries: HistoryQueries) -> Known:
    return Known(
        queries.devices(),
        queries.listeners(),
        queries.rooms(),
        queries.recorded_from(None),
    )
