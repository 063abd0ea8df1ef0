"""Buffers records, so that many are one write."""

from collections.abc import Callable, Sequence
from typing import Final

from sqlalchemy import Connection

from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE
from homeassistant.core import Event, HomeAssistant, callback

from ...const import LOGGER
from ...history.database.key_tables import Registers
from ...history.errors import HistoryError
from ..planned_call import PlannedCall
from ..supervision import unforeseen_logged
from .history_service import DATA_HISTORY

SAVED_AFTER_S: Final = 10
_MOST_WAITING: Final = 10_000
"""While the store cannot be written, older records than these are lost."""


class WriteBuffer[T]:
    """Keeps records of one kind until the history has them; the last ones are stored when Home Assistant stops."""

    def __init__(
        self,
        hass: HomeAssistant,
        what: str,
        store: Callable[[Connection, Registers, Sequence[T]], object],
    ) -> None:
        """Begin without a record; `store` stores some, and `what` names them in a log."""
        self._hass = hass
        self._what = what
        self._store = store
        self._waiting: list[T] = []
        self._save = PlannedCall(hass, self._async_save)
        self._due_at = 0.0
        hass.bus.async_listen_once(EVENT_HOMEASSISTANT_FINAL_WRITE, self._ending)

    def __len__(self) -> int:
        """Return how many wait."""
        return len(self._waiting)

    @callback
    def add(self, record: T, within_s: float = SAVED_AFTER_S) -> None:
        """Take a record, to be stored within some seconds."""
        self._waiting = [*self._waiting, record][-_MOST_WAITING:]
        due_at = self._hass.loop.time() + within_s
        if self._save.is_planned and self._due_at <= due_at:
            return
        self._due_at = due_at
        self._save.plan(within_s)

    async def async_save(self) -> None:
        """Store what waits; what cannot be stored now is tried again with the next, whatever the error, which is raised if unforeseen."""
        self._save.cancel()
        if not self._waiting or not (history := self._hass.data[DATA_HISTORY]).is_open:
            return
        waiting, self._waiting = self._waiting, []
        try:
            await history.async_store(self._store, waiting)
        except HistoryError as err:
            self._put_back(waiting)
            LOGGER.debug("%s cannot be stored yet: %s", self._what, err)
        except Exception:
            self._put_back(waiting)
            raise

    def _put_back(self, waiting: Sequence[T]) -> None:
        self._waiting = [*waiting, *self._waiting][-_MOST_WAITING:]

    async def _async_save(self) -> None:
        with unforeseen_logged(self._hass, self._what):
            await self.async_save()

    async def _ending(self, _event: Event) -> None:
        await self.async_save()
