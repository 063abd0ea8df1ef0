"""Which Connect devices may be played on: all, or those that an administrator approved.

A device counts as let in where it was seen while nobody had to ask. Devices that are seen later wait, each as an issue on
the repairs page, and nothing is played on them until it is decided.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypedDict, final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.singleton import singleton
from homeassistant.helpers.storage import Store
from homeassistant.util.hass_dict import HassKey

from ...const import DOMAIN
from ...runtime.issues import async_raise_issue
from ..errors import DeviceNotApproved
from .playback import ConnectDevice

CONF_APPROVE_DEVICES: Final = "approve_devices"
ISSUE_NEW_DEVICE: Final = "new_device"
ATTR_DEVICE_ID: Final = "device_id"

_VERSION: Final = 1
_SAVED_AFTER_S: Final = 5


class _Known(TypedDict):
    """A device that was seen; `approved` is None until somebody has decided."""

    name: str
    approved: bool | None


@final
class DeviceApproval:
    """The devices of all accounts that were ever seen, and which of them may be played on."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Know no device yet."""
        self._hass = hass
        self.options: Callable[[], Mapping[str, Any]] = dict
        """Returns what the home chose about devices."""
        self._store: Store[dict[str, _Known]] = Store(
            hass, _VERSION, f"{DOMAIN}.devices", private=True
        )
        self._known: dict[str, _Known] = {}
        self._loaded = False

    async def async_load(self) -> None:
        """Read what was decided before, once."""
        if not self._loaded:
            self._known = {**(await self._store.async_load() or {}), **self._known}
            self._loaded = True

    @property
    def is_needed(self) -> bool:
        """Whether a new device has to be let in."""
        return bool(self.options().get(CONF_APPROVE_DEVICES))

    @callback
    def async_saw(self, devices: Iterable[ConnectDevice]) -> None:
        """Take note of the devices that there are now; those that are new are to be let in, if that is wanted."""
        is_needed, changed = self.is_needed, False
        for device in devices:
            if device.id is None:
                continue
            known = self._known.get(device.id)
            if known is None:
                known = _Known(name=device.name, approved=None)
                self._known[device.id] = known
                changed = True
            if known["approved"] is not None:
                continue
            if is_needed:
                self._ask(device.id, known["name"])
            else:
                self._decided(device.id, approved=True)
                changed = True
        if changed:
            self._store.async_delay_save(lambda: self._known, _SAVED_AFTER_S)

    @callback
    def require(self, device_id: str | None) -> None:
        """Raise DeviceNotApproved unless a device (by id; the one that is active, for None) may be played on."""
        if device_id is None or not self.is_needed:
            return
        known = self._known.get(device_id)
        if known is None or not known["approved"]:
            raise DeviceNotApproved(device=known["name"] if known else device_id)

    @callback
    def async_decide(self, device_id: str, *, approved: bool) -> None:
        """Let a device in, or not."""
        if device_id in self._known:
            self._decided(device_id, approved=approved)
            self._store.async_delay_save(lambda: self._known, _SAVED_AFTER_S)

    @callback
    def async_withdraw(self) -> None:
        """Take back what waits to be decided: no account is left that could play; a device that is seen again is asked about again."""
        for device_id in self._known:
            ir.async_delete_issue(self._hass, DOMAIN, _issue_id(device_id))

    def _decided(self, device_id: str, *, approved: bool) -> None:
        self._known[device_id]["approved"] = approved
        ir.async_delete_issue(self._hass, DOMAIN, _issue_id(device_id))

    def _ask(self, device_id: str, name: str) -> None:
        async_raise_issue(
            self._hass,
            _issue_id(device_id),
            ISSUE_NEW_DEVICE,
            fix={ATTR_DEVICE_ID: device_id},
            device=name,
        )


@singleton(HassKey[DeviceApproval](f"{DOMAIN}_device_approval"))
@callback
def async_get_device_approval(hass: HomeAssistant) -> DeviceApproval:
    """Return the approval of this instance, which all accounts share."""
    return DeviceApproval(hass)


def _issue_id(device_id: str) -> str:
    return f"{ISSUE_NEW_DEVICE}_{device_id}"
