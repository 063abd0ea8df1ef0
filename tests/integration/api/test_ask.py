"""`encore.ask` answers a sentence as its own action and voice do, by each interface that offers it."""

from typing import Any, Final

import probatio
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.encore.commands.system.ask import LONGEST_SENTENCE
from custom_components.encore.const import DOMAIN
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import Unauthorized
from tests.integration.running import async_act

SENTENCES: Final = {
    "en": "which artists did I listen to most this year",
    "de": "welche Künstler habe ich dieses Jahr am meisten gehört",
    "nl": "welke artiesten heb ik dit jaar het meest geluisterd",
    "fr": "quels artistes est-ce que j'ai le plus écoutés cette année",
    "es": "qué artistas he escuchado más este año",
}
NONSENSE: Final = {
    "letters": "xqzt vrrk blorp",
    "very long": "la " * 3_000,
    "SQL": "'; DROP TABLE plays; --",
    "HTML": "<script>alert(1)</script>",
    "a template": "{{ states('sensor.date') }}",
    "another script": "昨日何を聴きましたか",
    "half a character": "what \ud800 did",
    "ordinary talk": "how often did we play football in june",
}


async def ask(hass: HomeAssistant, context: Context, **data: object) -> dict[str, Any]:
    """Call the action, and return its response."""
    response: Any = await hass.services.async_call(
        DOMAIN, "ask", data, blocking=True, context=context, return_response=True
    )
    return dict(response)


@pytest.mark.every_language
@pytest.mark.parametrize("language", SENTENCES)
async def test_a_sentence_is_answered_as_its_action_answers(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context, language: str
) -> None:
    """With what was understood, the same data, and words in the sentence's language."""
    asked = await ask(hass, as_alva, text=SENTENCES[language], language=language)
    assert asked["operation"] == "get_top"
    assert asked["parameters"]["listener"] == "me"
    assert asked["language"] == language
    action: Any = await hass.services.async_call(
        DOMAIN,
        asked["operation"],
        asked["parameters"],
        blocking=True,
        context=as_alva,
        return_response=True,
    )
    words = {"speech": ""}
    assert asked["answer"] | words == action | words
    assert asked["speech"] == asked["answer"]["speech"] != ""


async def test_the_panel_gets_the_same_by_websocket(
    hass: HomeAssistant,
    house: MockConfigEntry,
    as_alva: Context,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """As a command, with its parameters."""
    client = await hass_ws_client(hass)
    parameters = {"text": SENTENCES["en"]}
    await client.send_json_auto_id(
        {"type": "encore/command", "command": "ask", "parameters": parameters}
    )
    reply = await client.receive_json()
    assert reply["success"]
    assert reply["result"] == await ask(hass, as_alva, **parameters)


async def test_a_language_that_encore_does_not_speak_is_read_as_english(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context
) -> None:
    """And answered in it."""
    asked = await ask(hass, as_alva, text=SENTENCES["en"], language="sv")
    assert (asked["operation"], asked["language"]) == ("get_top", "en")


@pytest.mark.parametrize("text", NONSENSE)
async def test_what_is_not_understood_is_answered_with_help(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context, text: str
) -> None:
    """It is nothing's sentence, and stays for administrators."""
    asked = await ask(hass, as_alva, text=NONSENSE[text])
    assert (asked["operation"], asked["answer"]) == (None, None)
    assert asked["speech"]
    unrecognized = await async_act(hass, "get_unrecognized_requests", as_alva)
    kept = NONSENSE[text].strip()[:200].encode(errors="replace").decode()
    assert [each["sentence"] for each in unrecognized["sentences"]] == [kept]


async def test_whether_is_answered_yes_or_no(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context
) -> None:
    """As by voice."""
    asked = await ask(hass, as_alva, text="did I listen to Ember this week")
    assert asked["speech"].startswith(("Yes", "No"))


async def test_a_sentence_longer_than_anybody_says_is_refused(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context
) -> None:
    """In words that name the parameter."""
    with pytest.raises(probatio.Invalid, match="text"):
        await ask(hass, as_alva, text="a" * (LONGEST_SENTENCE + 1))


async def test_i_is_the_listener_who_is_named(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context, as_ben: Context
) -> None:
    """For an administrator; another user may speak for nobody else."""
    mine = await ask(hass, as_alva, text=SENTENCES["en"])
    bens = await ask(hass, as_alva, text=SENTENCES["en"], listener="Ben")
    assert mine["answer"]["listeners"] != bens["answer"]["listeners"] == ["Ben"]
    with pytest.raises(Unauthorized):
        await ask(hass, as_ben, text=SENTENCES["en"], listener="Alva Lind")


async def test_who_may_only_ask_has_no_sentences(
    hass: HomeAssistant, house: MockConfigEntry, as_ben: Context
) -> None:
    """A sentence may be a command."""
    options = {"trusted_as_intern": [f"user:{as_ben.user_id}"]}
    hass.config_entries.async_update_entry(house, options=options)
    with pytest.raises(Unauthorized):
        await ask(hass, as_ben, text=SENTENCES["en"])
