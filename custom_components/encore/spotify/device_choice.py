"""The default device of an account."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant

from ..const import CONF_PLAY_ON, CONF_PLAY_ON_DEVICE, LOGGER
from ..history.errors import HistoryError
from ..history.model import Listener, Source, Window
from ..history.queries.visible_plays import NOBODY_HIDDEN
from ..runtime.moments import now_ms
from ..runtime.store.history_service import DATA_HISTORY
from .api.playback import ConnectDevice
from .errors import DeviceMissing, NoActiveDevice, WhichDevice

_LATELY_MS: Final = 90 * 86_400_000
_PLAYS: Final = 20
"""How many plays are searched for the device that was used last; those without one are skipped."""


class PlayOn(StrEnum):
    """Which device is taken."""

    LAST_USED = "last_used"
    NAMED = "named"
    ASK = "ask"


def usable(devices: Iterable[ConnectDevice]) -> list[ConnectDevice]:
    """Return the devices that take commands."""
    return [device for device in devices if device.id and not device.restricted]


async def async_choose_device(
    hass: HomeAssistant,
    entry: ConfigEntry,
    listener: Listener,
    devices: Sequence[ConnectDevice],
    last_used: str | None,
) -> ConnectDevice:
    """Return the device to play on, of those that Spotify sees now; `last_used` is the id of the one seen playing last.

    Raises NoActiveDevice where there is none, and DeviceMissing and WhichDevice, which name those that there are.
    """
    choices = usable(devices)
    if not choices:
        raise NoActiveDevice
    match entry.options.get(CONF_PLAY_ON, PlayOn.LAST_USED):
        case PlayOn.ASK:
            if len(choices) == 1:
                return choices[0]
            raise WhichDevice(devices=_names(choices))
        case PlayOn.NAMED:
            wanted_name: str = entry.options.get(CONF_PLAY_ON_DEVICE, "")
            for device in choices:
                if wanted_name.casefold() in {device.name.casefold(), device.id}:
                    return device
            raise DeviceMissing(device=wanted_name, devices=_names(choices))
    by_id = {device.id: device for device in choices}
    if last_used not in by_id:
        last_used = await _async_last_used(hass, listener, set(by_id))
    return by_id.get(last_used, choices[0])


async def _async_last_used(
    hass: HomeAssistant, listener: Listener, ids: set[str | None]
) -> str | None:
    """Return which of some devices the listener used last; the history knows it over a restart."""
    now = now_ms()
    lately = Window(now - _LATELY_MS, now + 1)
    try:
        plays = await hass.data[DATA_HISTORY].async_ask(
            lambda queries: queries.plays(
                lately, limit=_PLAYS, listeners=(listener.key,), sources=(Source.LIVE,)
            ),
            hidden=NOBODY_HIDDEN,
        )
    except HistoryError as err:
        LOGGER.debug("The device used last is not known: %s", err)
        return None
    return next(
        (play.device.key for play in plays if play.device and play.device.key in ids),
        None,
    )


def _names(devices: Sequence[ConnectDevice]) -> str:
    return ", ".join(sorted({device.name for device in devices}, key=str.casefold))
