"""Who may ask and command what: every door passes here.

A caller is as mature as its kind: administrators are autonomous; other users, the house itself (an automation or
script, whose context names no user) and voice satellites are supervised; a user who is gone or switched off is a student.
"""

from dataclasses import dataclass
from enum import IntEnum

from homeassistant.components.websocket_api.connection import current_connection
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.exceptions import Unauthorized


class Maturity(IntEnum):
    """How far a caller is trusted; each may what the one before may."""

    STUDENT = 0
    """Nothing."""
    INTERN = 1
    """May ask."""
    SUPERVISED = 2
    """May also control playback, queue, groups and alarms, pause their own recording, make playlists and presets, and save and follow for themselves."""
    AUTONOMOUS = 3
    """May also change or remove what is kept: library, playlists, history and settings."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, and how far they are trusted."""

    context: Context
    maturity: Maturity

    def require(self, maturity: Maturity) -> None:
        """Raise Unauthorized unless the caller is at least so mature."""
        if self.maturity < maturity:
            raise Unauthorized(context=self.context, permission=maturity.name.lower())


@callback
def context_of_now(given: Context | None) -> Context:
    """Return the context of who calls an entity now: who opened it in the frontend, else who called an action last."""
    if (connection := current_connection.get()) is not None:
        return Context(user_id=connection.user.id)
    return given or Context()


async def async_caller(hass: HomeAssistant, context: Context) -> Caller:
    """Return who stands behind a context."""
    if context.user_id is None:
        return Caller(context, Maturity.SUPERVISED)
    user = await hass.auth.async_get_user(context.user_id)
    if user is None or not user.is_active:
        return Caller(context, Maturity.STUDENT)
    return Caller(
        context, Maturity.AUTONOMOUS if user.is_admin else Maturity.SUPERVISED
    )
