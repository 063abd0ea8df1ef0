"""Puts Encore's conversation agent in front of chosen voice assistants, and the agent before back.

Which agent each voice assistant had is stored in the options of the History entry, so that removing Encore restores it.
"""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Final

import probatio

from homeassistant.components.conversation import HOME_ASSISTANT_AGENT
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er, issue_registry as ir
from homeassistant.helpers.selector import SelectOptionDict

from ..const import DOMAIN
from .options import choice

if TYPE_CHECKING:
    from homeassistant.components.assist_pipeline import Pipeline

CONF_ASSISTANTS: Final = "voice_assistants"
"""Option: by the id of each voice assistant that uses Encore's agent, the agent it had before."""

ISSUE_VOICE_ASSISTANTS: Final = "voice_assistants"

_ASSIST_PIPELINE: Final = "assist_pipeline"


@callback
def async_voice_assistants(hass: HomeAssistant) -> dict[str, str]:
    """Return the names of the voice assistants by their ids; none where there is no Assist pipeline."""
    return {each.id: each.name for each in _pipelines(hass)}


@callback
def async_assistants_with_encore(hass: HomeAssistant, entry: ConfigEntry) -> list[str]:
    """Return the ids of the voice assistants that use Encore's agent now."""
    agent = async_agent_id(hass, entry)
    return [each.id for each in _pipelines(hass) if each.conversation_engine == agent]


@callback
def async_agent_id(hass: HomeAssistant, entry: ConfigEntry) -> str | None:
    """Return the entity id of Encore's agent; None before it was first set up."""
    return er.async_get(hass).async_get_entity_id(
        "conversation", DOMAIN, f"{entry.entry_id}_conversation"
    )


async def async_choose_assistants(
    hass: HomeAssistant, entry: ConfigEntry, chosen: Collection[str]
) -> dict[str, str]:
    """Have exactly the chosen voice assistants (by id) use Encore's agent; return the agents they had before, to be stored."""
    from homeassistant.components.assist_pipeline import async_update_pipeline  # noqa: PLC0415

    agent = async_agent_id(hass, entry)
    before = dict(_before(entry))
    if agent is None:
        return before
    for pipeline in _pipelines(hass):
        current = pipeline.conversation_engine
        if pipeline.id in chosen and current != agent:
            before[pipeline.id] = current
            await async_update_pipeline(hass, pipeline, conversation_engine=agent)
        elif pipeline.id not in chosen and current == agent:
            restored = before.pop(pipeline.id, HOME_ASSISTANT_AGENT)
            await async_update_pipeline(hass, pipeline, conversation_engine=restored)
    used = async_assistants_with_encore(hass, entry)
    return {key: engine for key, engine in before.items() if key in used}


async def async_restore_assistants(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Give each voice assistant that still uses Encore's agent the one it had before; the History entry is removed."""
    from homeassistant.components.assist_pipeline import async_update_pipeline  # noqa: PLC0415

    agent = async_agent_id(hass, entry)
    for pipeline in _pipelines(hass):
        current = pipeline.conversation_engine
        is_missing = agent is None and hass.states.get(current) is None
        if pipeline.id in _before(entry) and (current == agent or is_missing):
            restored = _before(entry)[pipeline.id]
            await async_update_pipeline(hass, pipeline, conversation_engine=restored)


@callback
def async_offer_assistants(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Raise the repair that offers Encore's agent to the voice assistants, until somebody has chosen or ignored it."""
    if CONF_ASSISTANTS in entry.options or not async_voice_assistants(hass):
        ir.async_delete_issue(hass, DOMAIN, ISSUE_VOICE_ASSISTANTS)
        return
    ir.async_create_issue(
        hass,
        DOMAIN,
        ISSUE_VOICE_ASSISTANTS,
        data={"issue": ISSUE_VOICE_ASSISTANTS, "entry_id": entry.entry_id},
        is_fixable=True,
        severity=ir.IssueSeverity.WARNING,
        translation_key=ISSUE_VOICE_ASSISTANTS,
    )


@callback
def assistants_schema(hass: HomeAssistant) -> probatio.Schema:
    """Return the form that chooses voice assistants, by the names that they have."""
    choices = [
        SelectOptionDict(value=key, label=name)
        for key, name in async_voice_assistants(hass).items()
    ]
    field = choice(choices, multiple=True)
    return probatio.Schema({probatio.Optional(CONF_ASSISTANTS, default=list): field})


@callback
def async_agent_before(
    hass: HomeAssistant, entry: ConfigEntry, *, language: str | None = None
) -> str:
    """Return the agent to hand a sentence on to: that of the voice assistant of its language, or of the preferred one.

    Home Assistant's own where that agent no longer exists.
    """
    before = _before(entry)
    preferred = _preferred(hass)
    pipelines = sorted(
        (each for each in _pipelines(hass) if each.id in before),
        key=lambda each: (
            language is not None and each.conversation_language != language,
            each.id != preferred,
        ),
    )
    for pipeline in pipelines:
        engine = before[pipeline.id]
        if hass.states.get(engine) is not None or "." not in engine:
            return engine
    return HOME_ASSISTANT_AGENT


def _before(entry: ConfigEntry) -> Mapping[str, str]:
    stored: Mapping[str, str] = entry.options.get(CONF_ASSISTANTS, {})
    return stored


def _pipelines(hass: HomeAssistant) -> list[Pipeline]:
    if _ASSIST_PIPELINE not in hass.config.components:
        return []
    # Home Assistant asks for its libraries only where somebody has voice assistants.
    from homeassistant.components.assist_pipeline import async_get_pipelines  # noqa: PLC0415

    return async_get_pipelines(hass)


def _preferred(hass: HomeAssistant) -> str | None:
    if _ASSIST_PIPELINE not in hass.config.components:
        return None
    from homeassistant.components.assist_pipeline.pipeline import async_get_pipeline  # noqa: PLC0415

    return async_get_pipeline(hass).id
