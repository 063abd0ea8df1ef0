"""Options page: access levels by kind of caller, and for single ones by name."""

from typing import Any, Final

import probatio

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.selector import BooleanSelector, SelectOptionDict

from ..access.policy import (
    USUAL,
    AccessLevel,
    CallerKind,
    caller_id,
    exceptions_option,
    trust_option,
)
from ..settings.options import choice
from ..spotify.api.device_approval import CONF_APPROVE_DEVICES

CHOSEN: Final = tuple(kind for kind in CallerKind if kind != CallerKind.ADMINISTRATOR)
"""Kinds whose trust can be chosen; administrators may change the choice in any case."""

MODELS: Final = ("mcp_server", "openai_conversation", "anthropic", "ollama")
"""Integrations through which language models call most; others can be entered by their domain."""


async def async_trust_schema(hass: HomeAssistant) -> probatio.Schema:
    """Return the choice by kind, and for each access level the list of the callers who have it in any case."""
    levels = choice(
        [access_level.name.lower() for access_level in AccessLevel],
        "dropdown",
        translation_key="maturity",
    )
    named = choice(
        await _async_callers(hass), "dropdown", multiple=True, custom_value=True
    )
    kinds: dict[probatio.Marker, Any] = {
        probatio.Required(trust_option(kind), default=USUAL[kind].name.lower()): levels
        for kind in CHOSEN
    }
    return probatio.Schema(
        kinds
        | {
            probatio.Optional(exceptions_option(access_level), default=list): named
            for access_level in AccessLevel
        }
        | {
            probatio.Required(CONF_APPROVE_DEVICES, default=False): BooleanSelector(),
        }
    )


def trust_errors(chosen: dict[str, Any]) -> dict[str, str]:
    """Return what is wrong with what was chosen, by the field: nobody can be trusted in two ways."""
    errors: dict[str, str] = {}
    met: set[str] = set()
    for access_level in AccessLevel:
        named = set(chosen.get(exceptions_option(access_level), ()))
        if met & named:
            errors[exceptions_option(access_level)] = "trusted_twice"
        if any(not _is_caller(each) for each in named):
            errors[exceptions_option(access_level)] = "no_caller"
        met |= named
    return errors


def _is_caller(named: str) -> bool:
    kind, _, who = named.partition(":")
    return kind in CHOSEN and bool(who)


async def _async_callers(hass: HomeAssistant) -> list[SelectOptionDict]:
    """Return the users, satellites and language models that there are, by how they are called."""
    users = [
        (caller_id(CallerKind.USER, user.id), user.name or user.id)
        for user in await hass.auth.async_get_users()
        if not user.is_admin and not user.system_generated
    ]
    satellites = [
        (
            caller_id(CallerKind.SATELLITE, entity.entity_id),
            entity.name or entity.original_name or entity.entity_id,
        )
        for entity in er.async_get(hass).entities.values()
        if entity.domain == "assist_satellite"
    ]
    models = [
        (caller_id(CallerKind.LANGUAGE_MODEL, domain), domain)
        for domain in MODELS
        if domain in hass.config.components
    ]
    return [
        SelectOptionDict(value=value, label=label)
        for value, label in (*sorted(users), *sorted(satellites), *models)
    ]
