"""Listened for is what the house and its voice assistants speak."""

from unittest.mock import Mock

import pytest

from custom_components.encore.api.voice import (
    async_follow_spoken_languages,
    async_spoken_languages,
)
from homeassistant.components.assist_pipeline import (
    async_get_pipelines,
    async_update_pipeline,
)
from homeassistant.components.assist_pipeline.pipeline import KEY_ASSIST_PIPELINE
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component

pytestmark = pytest.mark.every_language

UNDERSTOOD = frozenset({"de", "en", "fr"})


@pytest.fixture
async def assistants(hass: HomeAssistant) -> None:
    """Set up Assist as a home has it, with one voice assistant of its own language."""
    for component in ("homeassistant", "conversation", "assist_pipeline"):
        assert await async_setup_component(hass, component, {})
    await hass.async_block_till_done()


def test_without_voice_assistants_every_language_may_be_spoken(
    hass: HomeAssistant,
) -> None:
    """Each sentence then comes with its language."""
    assert async_spoken_languages(hass, UNDERSTOOD) == UNDERSTOOD


@pytest.mark.usefixtures("assistants")
async def test_a_home_speaks_its_language_and_those_of_its_assistants(
    hass: HomeAssistant,
) -> None:
    """A variant of a language is that language, and an assistant for any language speaks its own."""
    assert async_spoken_languages(hass, UNDERSTOOD) == {"en"}
    await hass.config.async_update(language="de-CH")
    assert async_spoken_languages(hass, UNDERSTOOD) == {"de", "en"}
    (assistant,) = async_get_pipelines(hass)
    await async_update_pipeline(
        hass, assistant, language="fr-CA", conversation_language="*"
    )
    assert async_spoken_languages(hass, UNDERSTOOD) == {"de", "fr"}


@pytest.mark.usefixtures("assistants")
async def test_who_speaks_none_of_them_may_ask_in_english(hass: HomeAssistant) -> None:
    """A home is not left without any sentence."""
    await hass.config.async_update(language="pl")
    (assistant,) = async_get_pipelines(hass)
    await async_update_pipeline(
        hass, assistant, language="pl", conversation_language="pl"
    )
    assert async_spoken_languages(hass, UNDERSTOOD) == {"en"}


@pytest.mark.usefixtures("assistants")
async def test_a_change_is_reported_until_nobody_listens(hass: HomeAssistant) -> None:
    """The home's language, and voice assistants that come, change and go."""
    changed = Mock()
    unfollow = async_follow_spoken_languages(hass, changed)
    await hass.config.async_update(language="de")
    await hass.async_block_till_done()
    assert changed.call_count == 1
    (assistant,) = async_get_pipelines(hass)
    await async_update_pipeline(hass, assistant, language="de")
    assert changed.call_count == 2
    pipelines = hass.data[KEY_ASSIST_PIPELINE].pipeline_store
    other = await pipelines.async_create_item(
        {name: value for name, value in assistant.to_json().items() if name != "id"}
        | {"name": "French", "language": "fr"}
    )
    await pipelines.async_delete_item(other.id)
    assert changed.call_count == 4
    unfollow()
    await hass.config.async_update(language="en")
    await async_update_pipeline(hass, assistant, language="en")
    assert changed.call_count == 4
