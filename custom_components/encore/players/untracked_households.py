"""Records why a household is not tracked while it cannot be set up."""

from dataclasses import dataclass
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN, LOGGER
from ..history.errors import HistoryError
from ..history.records.recording_coverage import GapReason, Unrecorded
from ..history.records.recordings import note
from ..runtime.moments import now_ms
from ..runtime.store.history_service import DATA_HISTORY
from ..sonos.errors import SonosUpnpOff
from .collector import HOUSEHOLD_LISTENER

RETRIED_WITHIN_MS: Final = 10 * 60_000
"""Home Assistant tries again sooner; after a longer time nobody tried, as while the entry was disabled."""


@dataclass(slots=True)
class _Failing:
    """Since when (UTC ms) set-ups fail for one reason, and until when that was noted."""

    reason: GapReason
    since: int
    until: int


_FAILING: Final[HassKey[dict[str, _Failing]]] = HassKey(f"{DOMAIN}_unwatched")
"""By the entry that cannot be set up."""


async def async_note_unwatched(
    hass: HomeAssistant, entry: ConfigEntry, error: BaseException | None
) -> None:
    """Note that a household cannot be set up now; `error` is what its speakers answered."""
    reason = (
        GapReason.REFUSED if isinstance(error, SonosUpnpOff) else GapReason.OUT_OF_REACH
    )
    now = now_ms()
    failing = hass.data.setdefault(_FAILING, {})
    known = failing.get(entry.entry_id)
    if known is not None and 0 <= now - known.until <= RETRIED_WITHIN_MS:
        await _async_note(hass, known, now)
        if known.reason is reason:
            return
    failing[entry.entry_id] = _Failing(reason, now, now)


async def async_note_watched(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Note until when a household could not be set up, if it could not."""
    known, now = hass.data.get(_FAILING, {}).pop(entry.entry_id, None), now_ms()
    if known is not None and 0 <= now - known.until <= RETRIED_WITHIN_MS:
        await _async_note(hass, known, now)


async def _async_note(hass: HomeAssistant, known: _Failing, now: int) -> None:
    known.until = now
    gap = Unrecorded(HOUSEHOLD_LISTENER, known.reason, known.since, now)
    try:
        await hass.data[DATA_HISTORY].async_store(note, unrecorded=[gap])
    except HistoryError as err:
        LOGGER.debug("Why rooms were not recorded cannot be noted: %s", err)
