"""Encore's agent understands what no template has, hands on what is nobody's, and asks back where it is not sure which is meant."""

from typing import Final

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.language.grammar import understand_exactly
from custom_components.encore.language.reader.reading import reader_of
from custom_components.encore.language.understood import AskBack, Names
from homeassistant.components import conversation
from homeassistant.core import Context, HomeAssistant
from homeassistant.setup import async_setup_component

from .test_conversation_agent import AGENT, Elsewhere, choose, elsewhere, speech_of

__all__ = ["elsewhere"]

pytestmark = pytest.mark.every_language

UNDERSTOOD: Final = {
    "en": ("so um yesterday what all did we listen to then", "yesterday"),
    "de": ("welche lieder haben wir gestern denn gehört sag", "gestern"),
    "nl": ("zeg eens wat hebben we gisteren nou allemaal geluisterd", "gisteren"),
    "fr": ("bon euh hier qu'est-ce qu'on a mis comme chansons nous tous déjà", "hier"),
    "es": ("oye pues ayer qué música escuchamos nosotros", "ayer"),
}
"""Sentences that only the reader understands, and a word of their answers."""
NOBODYS: Final = {
    "en": "how often did we play football in june",
    "de": "was haben wir gestern gegessen",
    "nl": "hoe vaak hebben we gisteren gevoetbald",
    "fr": "qu'est-ce qu'on a mangé hier soir",
    "es": "qué cenamos anoche en la cocina",
}
AMBIGUOUS: Final = (
    "play or tell me what i listened to yesterday",
    "can we have our favourite songs of the summer",
    "our ember this week",
    "my music yesterday play",
    "my music last month play",
    "our music day by day",
    "our songs last month taste",
    "ember at night",
    "ember this week count or when",
    "old favourites",
    "forgotten favourite",
    "minutes of ember",
    "my music yesterday",
    "play what was on yesterday",
    "the songs of yesterday",
    "play the songs from yesterday again",
    "play my music of yesterday",
    "music for now",
    "songs today number",
)
"""Sentences of which one or another has two meanings that are close."""


@pytest.fixture
async def agent(
    hass: HomeAssistant, house: MockConfigEntry, elsewhere: Elsewhere
) -> Elsewhere:
    """Set up voice assistants whose agent before Encore's is another one."""
    for component in ("homeassistant", "assist_pipeline"):
        assert await async_setup_component(hass, component, {})
    await hass.config_entries.async_reload(house.entry_id)
    await choose(hass, engine="elsewhere")
    return elsewhere


async def _said(
    hass: HomeAssistant,
    text: str,
    language: str,
    context: Context,
    conversation_id: str | None = None,
) -> conversation.ConversationResult:
    return await conversation.async_converse(
        hass, text, conversation_id, context, language=language, agent_id=AGENT
    )


@pytest.mark.parametrize("language", sorted(UNDERSTOOD))
async def test_the_reader_understands_what_no_template_has(
    hass: HomeAssistant, agent: Elsewhere, as_alva: Context, language: str
) -> None:
    """It is answered in its language, and nobody else is asked."""
    text, word = UNDERSTOOD[language]
    assert understand_exactly(text, language, Names()) is None
    result = await _said(hass, text, language, as_alva)
    assert word in speech_of(result).casefold()
    assert agent.asked == []


@pytest.mark.parametrize("language", sorted(NOBODYS))
async def test_what_is_nobodys_is_handed_on(
    hass: HomeAssistant, agent: Elsewhere, as_alva: Context, language: str
) -> None:
    """However much it sounds like a question about listening."""
    result = await _said(hass, NOBODYS[language], language, as_alva)
    assert speech_of(result) == "From elsewhere."
    assert [each.text for each in agent.asked] == [NOBODYS[language]]


async def test_two_close_meanings_are_asked_back(
    hass: HomeAssistant, agent: Elsewhere, as_alva: Context
) -> None:
    """The reply takes one of them, and its answer is what is said."""
    reader = reader_of("en")
    assert reader is not None
    read = {
        text: reader.read(text, Names(), None, lambda name: name == "ember").decided
        for text in AMBIGUOUS
    }
    text, asked = next(
        (text, decided)
        for text, decided in read.items()
        if isinstance(decided, AskBack)
    )
    first = await _said(hass, text, "en", as_alva)
    assert speech_of(first).startswith("Do you mean ")
    assert first.continue_conversation
    second = await _said(hass, "the first one", "en", as_alva, first.conversation_id)
    assert agent.asked == []
    assert not speech_of(second).startswith("Do you mean ")
    assert asked.first != asked.second


async def test_another_sentence_after_it_is_read_by_itself(
    hass: HomeAssistant, agent: Elsewhere, as_alva: Context
) -> None:
    """What was asked back is not insisted on."""
    reader = reader_of("en")
    assert reader is not None
    text = next(
        text
        for text in AMBIGUOUS
        if isinstance(
            reader.read(text, Names(), None, lambda name: name == "ember").decided,
            AskBack,
        )
    )
    first = await _said(hass, text, "en", as_alva)
    key = first.conversation_id
    result = await _said(hass, "how far is it to the moon", "en", as_alva, key)
    assert speech_of(result) == "From elsewhere."
