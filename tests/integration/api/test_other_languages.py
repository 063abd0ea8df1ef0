"""A house that speaks another language asks in it, and is answered in it."""

from typing import Final

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.components import conversation
from homeassistant.components.assist_pipeline import async_get_pipelines
from homeassistant.components.assist_pipeline.pipeline import KEY_ASSIST_PIPELINE
from homeassistant.core import Context, HomeAssistant
from homeassistant.setup import async_setup_component

pytestmark = pytest.mark.every_language

CONVERSATIONS: Final = {
    "es": [
        (
            "¿Qué escuché anoche?",
            "Escuchaste cuatro canciones anoche, 13 minutos en total. Sobre todo Aurora Vale; lo último fue «Ember» de Kite Season.",
        ),
        (
            "y en la kitchen",
            "Escuchaste tres canciones en la habitación Kitchen anoche, diez minutos en total. Sobre todo Aurora Vale; lo último fue «Glass» de The Harbours y Aurora Vale.",
        ),
        (
            "cuantas veces he escuchado ember esta semana",
            "Has escuchado «Ember» de Kite Season una vez en lo que va de semana, hoy a las 0:30.",
        ),
        (
            "¿Y Ben?",
            "Ben ha escuchado «Ember» de Kite Season al menos tres veces en lo que va de semana, diez minutos en total; la primera el lunes a las 20:00, la última hoy a las 9:00. El historial de Ben solo se remonta al lunes.",
        ),
    ],
    "fr": [
        (
            "Qu'est-ce qu'on a écouté hier soir ?",
            "On a écouté quatre titres à la maison hier soir, 13 minutes en tout. Le plus souvent Aurora Vale\u202f; en dernier, «\u202fGlass\u202f» de The Harbours et d’Aurora Vale.",
        ),
        (
            "et dans la kitchen",
            "On a écouté trois titres dans la pièce Kitchen hier soir, dix minutes en tout. Le plus souvent Aurora Vale\u202f; en dernier, «\u202fGlass\u202f» de The Harbours et d’Aurora Vale.",
        ),
        (
            "combien de fois ai-je entendu ember cette semaine",
            "Tu as écouté «\u202fEmber\u202f» de Kite Season une fois depuis le début de la semaine, aujourd’hui à 0\xa0h\xa030.",
        ),
        (
            "et Ben ?",
            "Ben a écouté «\u202fEmber\u202f» de Kite Season au moins trois fois depuis le début de la semaine, dix minutes en tout\u202f; la première fois lundi à 20\xa0h, la dernière aujourd’hui à 9\xa0h. L’historique de Ben ne remonte qu’à lundi.",
        ),
    ],
}
"""What is said one after the other, and what is answered."""


@pytest.mark.parametrize("language", sorted(CONVERSATIONS))
async def test_a_home_is_asked_in_its_language(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context, language: str
) -> None:
    """Its sentences are understood, by themselves and after a question, and answered in its words."""
    await hass.config.async_update(language=language)
    for component in ("homeassistant", "assist_pipeline"):
        assert await async_setup_component(hass, component, {})
    await hass.config_entries.async_reload(house.entry_id)
    said, conversation_id = [], None
    for text, _ in CONVERSATIONS[language]:
        result = await conversation.async_converse(
            hass,
            text,
            conversation_id,
            as_alva,
            language=language,
            agent_id="conversation.encore",
        )
        conversation_id = result.conversation_id
        said.append((text, result.response.speech["plain"]["speech"]))
    assert said == CONVERSATIONS[language]


async def test_a_language_is_listened_for_once_somebody_speaks_it(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context
) -> None:
    """Its grammar is read when its first voice assistant comes, without anything being set up again."""
    for component in ("homeassistant", "assist_pipeline"):
        assert await async_setup_component(hass, component, {})
    await hass.config_entries.async_reload(house.entry_id)
    text, answer = CONVERSATIONS["es"][0]

    async def said() -> str:
        result = await conversation.async_converse(
            hass, text, None, as_alva, language="es"
        )
        return str(result.response.speech["plain"]["speech"])

    assert await said() != answer
    pipelines = hass.data[KEY_ASSIST_PIPELINE].pipeline_store
    (assistant,) = async_get_pipelines(hass)
    others = [
        await pipelines.async_create_item(
            {name: value for name, value in assistant.to_json().items() if name != "id"}
            | {"name": language, "language": language}
        )
        for language in ("fr", "es")
    ]
    await hass.async_block_till_done()
    assert await said() == answer
    for other in others:
        await pipelines.async_delete_item(other.id)
    await hass.async_block_till_done()
    assert await said() != answer
