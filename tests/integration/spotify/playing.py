"""How tests handle a player of Home Assistant: look at it, and call its actions."""

from collections.abc import Awaitable, Callable
from typing import Any

from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.core import Context, HomeAssistant, State
from tests.integration.spotify.conftest import ALVA, Later

type Open = Callable[..., Awaitable[dict[str, Any]]]


def shown(hass: HomeAssistant, entity_id: str = ALVA) -> State:
    """Return the player's state."""
    state = hass.states.get(entity_id)
    assert state is not None
    return state


async def seen(entry: MockConfigEntry, later: Later) -> None:
    """Let Encore look at an account's player, as after a command."""
    entry.runtime_data.coordinator.async_look_soon()
    await later(1.5)
    await later(4)


async def call(
    hass: HomeAssistant,
    action: str,
    entity_id: str = ALVA,
    *,
    context: Context | None = None,
    **data: Any,
) -> None:
    """Call an action on a player."""
    await hass.services.async_call(
        "media_player",
        action,
        {"entity_id": entity_id, **data},
        blocking=True,
        context=context,
    )
