"""Access levels: who may ask and command what. Every interface checks them here.

A caller has the access level of its kind, unless the options of the History entry say otherwise, for the kind or for one of
them: administrators are autonomous; other users, Home Assistant itself (an automation or script, whose context names no
user) and voice satellites are supervised; language models are interns, and never more than who speaks through them. A
user who was deleted or deactivated is a student.
"""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from homeassistant.components.websocket_api.connection import current_connection
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.exceptions import Unauthorized
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN
from ..questions.base.operation import AccessLevel, Interface
from ..settings.history_entry import async_history_options

__all__ = [
    "AccessLevel",
    "Caller",
    "CallerKind",
    "Interface",
    "async_caller",
    "async_remember_model",
    "current_context",
]

_MODELS_REMEMBERED: Final = 4096
"""How many contexts of language models are known at once; each serves one sentence or request."""


class CallerKind(StrEnum):
    """What callers there are."""

    ADMINISTRATOR = "administrator"
    USER = "user"
    HOUSE = "house"
    SATELLITE = "satellite"
    LANGUAGE_MODEL = "language_model"


USUAL: Final = {
    CallerKind.ADMINISTRATOR: AccessLevel.AUTONOMOUS,
    CallerKind.USER: AccessLevel.SUPERVISED,
    CallerKind.HOUSE: AccessLevel.SUPERVISED,
    CallerKind.SATELLITE: AccessLevel.SUPERVISED,
    CallerKind.LANGUAGE_MODEL: AccessLevel.INTERN,
}
"""How far each kind is trusted unless the options say otherwise."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, through which interface, and how far they are trusted."""

    context: Context
    access_level: AccessLevel
    kind: CallerKind = CallerKind.HOUSE
    interface: Interface = Interface.ACTION
    satellite_id: str | None = None
    """The entity of the voice satellite that was spoken to."""
    model: str | None = None
    """The integration through which a language model calls, such as `mcp_server`."""
    is_entity: bool = False
    """Whether it is an entity, which asks for what it shows, and not somebody who uses it."""

    @property
    def user_id(self) -> str | None:
        """The user; None for a satellite, to which anybody may speak."""
        return None if self.kind is CallerKind.SATELLITE else self.context.user_id

    def require(self, access_level: AccessLevel) -> None:
        """Raise Unauthorized unless the caller has at least an access level."""
        if self.access_level < access_level:
            raise Unauthorized(
                context=self.context, permission=access_level.name.lower()
            )

    def require_administrator(self) -> None:
        """Raise Unauthorized unless an administrator calls, in person."""
        if self.kind is not CallerKind.ADMINISTRATOR:
            raise Unauthorized(
                context=self.context, permission=CallerKind.ADMINISTRATOR.value
            )


_MODELS: Final[HassKey[OrderedDict[str, str]]] = HassKey(f"{DOMAIN}_models")
"""The integrations behind the contexts of language models, by the contexts' ids."""


@callback
def async_remember_model(
    hass: HomeAssistant, context: Context | None, model: str
) -> None:
    """Know a context from now on as that of a language model, whatever it calls with it."""
    if context is None:
        return
    models = hass.data.setdefault(_MODELS, OrderedDict())
    models[context.id] = model
    models.move_to_end(context.id)
    while len(models) > _MODELS_REMEMBERED:
        models.popitem(last=False)


_BROWSING: Final = frozenset(
    f"websocket_api.async:{command}"
    for command in ("websocket_browse_media", "websocket_search_media")
)
"""The tasks in which Home Assistant browses and searches for a page (`websocket_api.decorators.async_response`)."""


@callback
def current_context(action_context: Context | None) -> Context:
    """Return the context of who browses or searches now: of the page that does, else the one that an action was called with.

    Home Assistant hands over no context from a page. Everything that a page starts inherits its connection: automations,
    language models, timers. They are not the page's user, so the connection counts in the page's own command alone.
    """
    task = asyncio.current_task()
    if task is not None and task.get_name() in _BROWSING:
        connection = current_connection.get()
        if connection is not None:
            return Context(user_id=connection.user.id)
    return action_context or Context()


async def async_caller(
    hass: HomeAssistant,
    context: Context,
    interface: Interface = Interface.ACTION,
    *,
    satellite_id: str | None = None,
) -> Caller:
    """Return who stands behind a context, and behind the satellite that was spoken to, if one was."""
    models = hass.data.get(_MODELS)
    model = models.get(context.id) if models is not None else None
    kind, who = CallerKind.HOUSE, ""
    if context.user_id is not None:
        user = await hass.auth.async_get_user(context.user_id)
        if user is None or not user.is_active:
            return Caller(context, AccessLevel.STUDENT, CallerKind.USER, interface)
        kind = CallerKind.ADMINISTRATOR if user.is_admin else CallerKind.USER
        who = user.id
    access_level = access_level_of(hass, kind, who)
    if satellite_id is not None:
        spoken = access_level_of(hass, CallerKind.SATELLITE, satellite_id)
        # A user who names a satellite as theirs is trusted no more by that.
        access_level = spoken if kind is CallerKind.HOUSE else min(access_level, spoken)
        kind = CallerKind.SATELLITE
    caller = Caller(context, access_level, kind, interface, satellite_id, model)
    if model is None:
        return caller
    trusted = access_level_of(hass, CallerKind.LANGUAGE_MODEL, model)
    return replace(
        caller,
        access_level=min(caller.access_level, trusted),
        # Who speaks to a satellite remains unknown, whatever model answers.
        kind=caller.kind if satellite_id is not None else CallerKind.LANGUAGE_MODEL,
    )


@callback
def trust_option(kind: CallerKind) -> str:
    """Return the name of the option that says how far a kind is trusted."""
    return f"trust_{kind}"


@callback
def exceptions_option(access_level: AccessLevel) -> str:
    """Return the name of the option that lists the callers of an access level other than their kind's."""
    return f"trusted_as_{access_level.name.lower()}"


@callback
def caller_id(kind: CallerKind, who: str) -> str:
    """Return how the options name one caller: a user's id, the entity of a satellite, the integration of a model."""
    return f"{kind}:{who}"


@callback
def access_level_of(hass: HomeAssistant, kind: CallerKind, who: str) -> AccessLevel:
    """Return how far one caller is trusted: by name, else by kind."""
    options = async_history_options(hass)
    if kind is CallerKind.ADMINISTRATOR:
        # They may change the options.
        return USUAL[kind]
    named = caller_id(kind, who)
    for access_level in AccessLevel:
        if named in options.get(exceptions_option(access_level), ()):
            return access_level
    chosen = options.get(trust_option(kind))
    return USUAL[kind] if chosen is None else AccessLevel[chosen.upper()]
