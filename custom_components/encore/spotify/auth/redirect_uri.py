"""The redirect URI that must be registered at the Spotify app."""

from ipaddress import ip_address

from yarl import URL

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.config_entry_oauth2_flow import (
    AUTH_CALLBACK_PATH,
    HEADER_FRONTEND_BASE,
    MY_AUTH_CALLBACK_PATH,
)
from homeassistant.helpers.http import current_request
from homeassistant.helpers.network import NoURLAvailableError, get_url


@callback
def redirect_uri(hass: HomeAssistant) -> str | None:
    """Return the redirect URI that a flow started now would use, or None when that is unknown.

    With My Home Assistant it is always the same; without, it follows the address in the person's browser. A request
    without that address (the credentials dialog speaks WebSocket) is answered from its origin or the settings.
    """
    if "my" in hass.config.components:
        return MY_AUTH_CALLBACK_PATH
    request = current_request.get()
    base = request and (
        request.headers.get(HEADER_FRONTEND_BASE) or request.headers.get("Origin")
    )
    if not base:
        try:
            base = get_url(hass)
        except NoURLAvailableError:
            return None
    return f"{base}{AUTH_CALLBACK_PATH}"


def accepted_by_spotify(uri: str) -> bool:
    """Whether Spotify lets an app register this URI: https, or http on a loopback address written as a number.

    Names such as localhost have been refused since 2025-11-27.
    """
    url = URL(uri)
    if url.scheme == "https":
        return True
    try:
        return ip_address(url.host or "").is_loopback
    except ValueError:
        return False
