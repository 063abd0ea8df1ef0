"""What Encore keeps in Home Assistant's storage is for the user who runs Home Assistant alone."""

from pathlib import Path

from custom_components.encore.const import DOMAIN
from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import STORAGE_DIR
from homeassistant.setup import async_setup_component


async def test_what_an_earlier_version_left_open_is_closed(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    """At the start, whatever is kept; what is Home Assistant's stays as it is."""
    hass.config.config_dir = str(tmp_path)
    storage = tmp_path / STORAGE_DIR
    storage.mkdir()
    names = "encore.watched_folder.x", "encore.spotify_budget", "core.config"
    for name in names:
        (storage / name).write_text("{}")
        (storage / name).chmod(0o644)
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, DOMAIN, {})
    modes = {name: (storage / name).stat().st_mode & 0o777 for name in names}
    assert modes == dict(zip(names, (0o600, 0o600, 0o644), strict=True))
