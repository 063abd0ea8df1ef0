"""A call at a later time."""

from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any, final

from homeassistant.core import CALLBACK_TYPE, HassJob, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later


@final
class PlannedCall:
    """Calls an action once after a delay; one call is planned at a time, and none is made while Home Assistant stops."""

    def __init__(
        self,
        hass: HomeAssistant,
        action: Callable[[], Coroutine[Any, Any, None] | None],
    ) -> None:
        """Plan nothing yet; `action` is a coroutine function or a callback."""
        self._hass = hass
        self._job = HassJob(action)
        self._cancel: CALLBACK_TYPE | None = None

    @property
    def is_planned(self) -> bool:
        """Whether the call is to come."""
        return self._cancel is not None

    @callback
    def plan(self, delay_s: float) -> None:
        """Call after so many seconds, and not when it was planned before."""
        self.cancel()
        job = HassJob(self._call, cancel_on_shutdown=True)
        self._cancel = async_call_later(self._hass, delay_s, job)

    @callback
    def cancel(self) -> None:
        """Call no more, unless it is planned again."""
        if self._cancel is not None:
            self._cancel()
            self._cancel = None

    @callback
    def _call(self, _now: datetime) -> None:
        self._cancel = None
        self._hass.async_run_hass_job(self._job)
