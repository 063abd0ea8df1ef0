"""Registers the sidebar panel and the dashboard cards."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from homeassistant.components.http.server import StaticPathConfig
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback

from ..const import DOMAIN
from ..settings.history_entry import async_history_options
from ..settings.options import CONF_PANEL, PanelFor

PANEL: Final = DOMAIN
"""The panel's address below the root of Home Assistant."""
BUILT: Final = Path(__file__).parents[1] / "panel"
"""Made of `frontend/` by script/frontend."""
SERVED: Final = f"/{DOMAIN}_files"

_FRONTEND: Final = "frontend"


async def async_serve_front_end(hass: HomeAssistant) -> None:
    """Serve the files of the panel and the cards, and let dashboards know the cards; once, where there are dashboards."""
    if _FRONTEND not in hass.config.components:
        return
    # Home Assistant has its own front end installed only where it is used.
    from homeassistant.components.frontend import add_extra_js_url  # noqa: PLC0415

    await hass.http.async_register_static_paths(
        [StaticPathConfig(SERVED, str(BUILT), cache_headers=True)]
    )
    add_extra_js_url(hass, await hass.async_add_executor_job(_address, "encore-cards"))


async def async_open_panel(hass: HomeAssistant) -> CALLBACK_TYPE:
    """Put the panel into the sidebar of those who are to have it; return what takes it out."""
    shown_to = PanelFor(async_history_options(hass).get(CONF_PANEL, PanelFor.EVERYONE))
    if _FRONTEND not in hass.config.components or shown_to is PanelFor.NOBODY:
        return _nothing
    from homeassistant.components.frontend import async_remove_panel  # noqa: PLC0415
    from homeassistant.components.panel_custom import async_register_panel  # noqa: PLC0415

    await async_register_panel(
        hass,
        PANEL,
        "encore-panel",
        sidebar_title="Encore",
        sidebar_icon="mdi:music-clef-treble",
        module_url=await hass.async_add_executor_job(_address, "encore-panel"),
        require_admin=shown_to is PanelFor.ADMINISTRATORS,
        handle_safe_area=True,
    )

    @callback
    def close() -> None:
        async_remove_panel(hass, PANEL, warn_if_unknown=False)

    return close


@callback
def _nothing() -> None:
    """Take nothing away."""


@cache
def _address(entry: str) -> str:
    """Return where browsers find an entry; another where it is another, for they keep what they have."""
    digest = sha256((BUILT / f"{entry}.js").read_bytes()).hexdigest()[:12]
    return f"{SERVED}/{entry}.js?{digest}"
