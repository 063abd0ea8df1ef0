"""What the entities of a Spotify account share."""

from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .const import CONF_ACCOUNT_ID, CONF_DISPLAY_NAME, DOMAIN
from .spotify.coordinator import PlayerCoordinator


class SpotifyAccountEntity(CoordinatorEntity[PlayerCoordinator]):
    """An entity on the device that stands for an account."""

    _attr_has_entity_name = True

    def __init__(self, coordinator: PlayerCoordinator) -> None:
        """Place the entity on the account's device."""
        super().__init__(coordinator)
        account = coordinator.config_entry.data
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, account[CONF_ACCOUNT_ID])},
            entry_type=DeviceEntryType.SERVICE,
            manufacturer="Spotify",
            name=account[CONF_DISPLAY_NAME],
        )
