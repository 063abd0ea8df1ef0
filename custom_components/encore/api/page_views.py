"""Tracks which pages and cards show the player of an account: while one is open, the account is polled more often."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from homeassistant.components.websocket_api.connection import ActiveConnection
from homeassistant.core import HomeAssistant, callback

from ..access.policy import Interface, async_caller
from ..dispatch.caller_context import async_query_context
from ..spotify.tracking.open_pages import async_get_views

_SHOWS_NOW: Final = ("get_played_at", "now")
"""The question and the moment that such a page subscribes to."""


def shows_now(message: Mapping[str, Any]) -> bool:
    """Whether a subscription is that of a page or card that shows what plays now."""
    return (message["question"], message["parameters"].get("moment")) == _SHOWS_NOW


async def async_view(
    hass: HomeAssistant,
    connection: ActiveConnection,
    subscription: int,
    shown: Collection[str],
) -> None:
    """Let the accounts of the listeners that are shown (by name; all for none) be looked at until a subscription ends.

    Whom the user may hear nothing of is not looked at for them.
    """
    message = {"id": subscription}
    caller = await async_caller(hass, connection.context(message), Interface.WEBSOCKET)
    listeners = {
        each.key
        for each in async_query_context(hass, caller).listeners
        if not shown or each.name in shown
    }
    if (unfollow := connection.subscriptions.get(subscription)) is None:
        return
    close = async_get_views(hass).open(listeners)

    @callback
    def stop() -> None:
        close()
        unfollow()

    connection.subscriptions[subscription] = stop
