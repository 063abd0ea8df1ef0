"""The conversation agent: Home Assistant's commands first, then questions about listening, then the agent before."""

from typing import override

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.api.conversations import FOLLOWED_S
from custom_components.encore.const import DOMAIN
from custom_components.encore.settings.history_entry import async_history_entry
from custom_components.encore.settings.voice_assistants import (
    CONF_ASSISTANTS,
    ISSUE_VOICE_ASSISTANTS,
    async_agent_before,
    async_agent_id,
)
from homeassistant.components import conversation
from homeassistant.components.assist_pipeline import (
    async_get_pipelines,
    async_update_pipeline,
)
from homeassistant.components.assist_pipeline.pipeline import KEY_ASSIST_PIPELINE
from homeassistant.components.conversation import (
    HOME_ASSISTANT_AGENT,
    ConversationInput,
    ConversationResult,
)
from homeassistant.components.conversation.models import AbstractConversationAgent
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.components.repairs import DOMAIN as REPAIRS
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import chat_session, intent, issue_registry as ir
from homeassistant.setup import async_setup_component

AGENT = "conversation.encore"


class Elsewhere(AbstractConversationAgent):
    """Another agent, which keeps what it is asked."""

    def __init__(self) -> None:
        """Nothing was asked yet."""
        self.asked: list[ConversationInput] = []

    @property
    @override
    def supported_languages(self) -> list[str]:
        return ["en", "de"]

    @override
    async def async_process(self, user_input: ConversationInput) -> ConversationResult:
        self.asked.append(user_input)
        response = intent.IntentResponse(language=user_input.language)
        response.async_set_speech("From elsewhere.")
        return ConversationResult(response, user_input.conversation_id)


@pytest.fixture
async def assist(hass: HomeAssistant) -> None:
    """Set up Assist and Repairs before the home."""
    for component in ("homeassistant", "conversation", "assist_pipeline", REPAIRS):
        assert await async_setup_component(hass, component, {})


@pytest.fixture
def elsewhere(hass: HomeAssistant) -> Elsewhere:
    """Return another agent, registered as integrations do that have one."""
    entry = MockConfigEntry(entry_id="elsewhere")
    entry.add_to_hass(hass)
    agent = Elsewhere()
    conversation.async_set_agent(hass, entry, agent)
    return agent


async def said(
    hass: HomeAssistant,
    text: str,
    context: Context | None = None,
    *,
    conversation_id: str | None = None,
    satellite_id: str | None = None,
) -> ConversationResult:
    """Say something to Encore's agent."""
    return await conversation.async_converse(
        hass,
        text,
        conversation_id,
        context or Context(),
        language="en",
        agent_id=AGENT,
        device_id="a device",
        satellite_id=satellite_id,
    )


def speech_of(result: ConversationResult) -> str:
    """Return what is said."""
    speech: str = result.response.speech["plain"]["speech"]
    return speech


@pytest.mark.usefixtures("assist", "house")
async def test_a_question_about_listening_is_answered(
    hass: HomeAssistant, as_alva: Context
) -> None:
    """In the conversation in which it was asked, and so that pipelines know it as an answer."""
    result = await said(hass, "What did I listen to last night?", as_alva)
    assert speech_of(result).startswith("You played four tracks last night")
    assert result.response.response_type is intent.IntentResponseType.QUERY_ANSWER
    assert result.conversation_id


@pytest.mark.usefixtures("assist", "house")
async def test_home_assistant_is_asked_first(
    hass: HomeAssistant, as_alva: Context
) -> None:
    """A command in the middle of a dialogue is carried out, and the dialogue goes on."""
    hass.states.async_set("light.lamp", "on", {"friendly_name": "Lamp"})
    assert await async_setup_component(hass, "light", {})
    async_expose_entity(hass, "conversation", "light.lamp", should_expose=True)
    first = await said(hass, "how many tracks did I hear today", as_alva)
    key = first.conversation_id
    second = await said(hass, "is the lamp on", as_alva, conversation_id=key)
    assert speech_of(second).startswith("Yes")
    third = await said(hass, "and yesterday", as_alva, conversation_id=key)
    assert "yesterday" in speech_of(third)


@pytest.mark.usefixtures("assist", "house")
async def test_what_only_free_text_matches_is_encores_where_it_is_sure(
    hass: HomeAssistant, as_alva: Context
) -> None:
    """Home Assistant would search its players for the words; what Encore does not read is searched for."""
    searched: list[str] = []

    class Search(intent.IntentHandler):
        intent_type = "HassMediaSearchAndPlay"

        @override
        async def async_handle(
            self, intent_obj: intent.Intent
        ) -> intent.IntentResponse:
            searched.append(intent_obj.slots["search_query"]["value"])
            return intent_obj.create_response()

    intent.async_register(hass, Search())
    mine = await said(hass, "play what we heard at eight in the kitchen", as_alva)
    assert searched == []
    assert mine.response.response_type is intent.IntentResponseType.QUERY_ANSWER
    await said(hass, "play the blurple of the attic in the kitchen", as_alva)
    assert searched == ["the blurple of the attic"]


@pytest.mark.usefixtures("assist", "house")
async def test_a_follow_up_belongs_to_its_conversation(
    hass: HomeAssistant, elsewhere: Elsewhere, as_alva: Context
) -> None:
    """In another conversation the same words are somebody else's."""
    await choose(hass, engine="elsewhere")
    await said(hass, "how many tracks did I hear today", as_alva)
    assert speech_of(await said(hass, "and yesterday", as_alva)) == "From elsewhere."


@pytest.mark.usefixtures("assist", "house")
async def test_a_follow_up_comes_within_two_minutes(
    hass: HomeAssistant, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is said later begins anew."""
    await choose(hass, engine="elsewhere")
    now = [1000.0]
    monkeypatch.setattr(
        "custom_components.encore.api.conversations.monotonic", lambda: now[0]
    )
    first = await said(hass, "how many tracks did we hear today")
    key = first.conversation_id
    now[0] += FOLLOWED_S - 1
    assert "yesterday" in speech_of(
        await said(hass, "and yesterday", conversation_id=key)
    )
    now[0] += FOLLOWED_S + 1
    later = await said(hass, "and yesterday", conversation_id=key)
    assert speech_of(later) == "From elsewhere."


@pytest.mark.usefixtures("assist", "house")
async def test_everything_else_goes_to_the_agent_before(
    hass: HomeAssistant, elsewhere: Elsewhere, as_alva: Context
) -> None:
    """With the conversation, the context and the place of who asked."""
    await choose(hass, engine="elsewhere")
    satellite = "assist_satellite.kitchen"
    result = await said(
        hass, "how far is it to the moon", as_alva, satellite_id=satellite
    )
    assert speech_of(result) == "From elsewhere."
    (asked,) = elsewhere.asked
    assert asked.conversation_id == result.conversation_id
    assert asked.context == as_alva
    assert (asked.device_id, asked.satellite_id) == ("a device", satellite)


@pytest.mark.usefixtures("assist", "house")
async def test_without_an_agent_before_home_assistant_says_so(
    hass: HomeAssistant,
) -> None:
    """Its own agent is the last one, also where the one before is gone."""
    result = await said(hass, "how far is it to the moon")
    assert result.response.response_type is intent.IntentResponseType.ERROR
    entry = async_history_entry(hass)
    assert entry is not None
    (assistant,) = async_get_pipelines(hass)
    hass.config_entries.async_update_entry(
        entry, options={CONF_ASSISTANTS: {assistant.id: "conversation.gone"}}
    )
    assert async_agent_before(hass, entry) == HOME_ASSISTANT_AGENT


@pytest.mark.usefixtures("assist", "house")
async def test_the_agent_is_offered_once(hass: HomeAssistant) -> None:
    """The repair puts it in front of the chosen assistants, and remembers what stood there."""
    (assistant,) = async_get_pipelines(hass)
    assert ir.async_get(hass).async_get_issue(DOMAIN, ISSUE_VOICE_ASSISTANTS)
    flows = hass.data[REPAIRS]["flow_manager"]
    flow = await flows.async_init(DOMAIN, data={"issue_id": ISSUE_VOICE_ASSISTANTS})
    await flows.async_configure(flow["flow_id"], {CONF_ASSISTANTS: [assistant.id]})
    (assistant,) = async_get_pipelines(hass)
    assert assistant.conversation_engine == AGENT
    entry = async_history_entry(hass)
    assert entry is not None
    assert entry.options[CONF_ASSISTANTS] == {assistant.id: HOME_ASSISTANT_AGENT}
    assert ir.async_get(hass).async_get_issue(DOMAIN, ISSUE_VOICE_ASSISTANTS) is None
    await hass.config_entries.async_reload(entry.entry_id)
    assert ir.async_get(hass).async_get_issue(DOMAIN, ISSUE_VOICE_ASSISTANTS) is None


@pytest.mark.usefixtures("assist", "house")
async def test_an_assistant_gets_its_agent_back(
    hass: HomeAssistant, elsewhere: Elsewhere
) -> None:
    """Where it is no longer chosen in the options, and where Encore is removed; not where a person chose another one since."""
    await choose(hass, engine="elsewhere")
    entry = async_history_entry(hass)
    assert entry is not None
    flow = await hass.config_entries.options.async_init(entry.entry_id)
    flow = await hass.config_entries.options.async_configure(
        flow["flow_id"], {"next_step_id": "voice"}
    )
    await hass.config_entries.options.async_configure(
        flow["flow_id"], {CONF_ASSISTANTS: []}
    )
    await hass.async_block_till_done()
    assert _engine(hass) == "elsewhere"
    assert entry.options[CONF_ASSISTANTS] == {}

    await choose(hass, engine="elsewhere")
    await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done()
    assert _engine(hass) == "elsewhere"


@pytest.mark.usefixtures("assist", "house")
async def test_the_language_decides_whose_agent_was_before(
    hass: HomeAssistant, elsewhere: Elsewhere
) -> None:
    """Two assistants that had two agents each get their own."""
    entry = async_history_entry(hass)
    assert entry is not None
    (assistant,) = async_get_pipelines(hass)
    store = hass.data[KEY_ASSIST_PIPELINE].pipeline_store
    german = await store.async_create_item(
        {name: value for name, value in assistant.to_json().items() if name != "id"}
        | {"name": "German", "conversation_language": "de"}
    )
    before = {assistant.id: HOME_ASSISTANT_AGENT, german.id: "elsewhere"}
    hass.config_entries.async_update_entry(entry, options={CONF_ASSISTANTS: before})
    assert async_agent_before(hass, entry, language="de") == "elsewhere"
    assert async_agent_before(hass, entry, language="en") == HOME_ASSISTANT_AGENT
    assert async_agent_before(hass, entry) == HOME_ASSISTANT_AGENT


def _engine(hass: HomeAssistant) -> str:
    (assistant,) = async_get_pipelines(hass)
    return assistant.conversation_engine


async def choose(hass: HomeAssistant, *, engine: str) -> None:
    """Have the assistant use Encore's agent, with another one before."""
    entry = async_history_entry(hass)
    assert entry is not None
    assert async_agent_id(hass, entry) == AGENT
    (assistant,) = async_get_pipelines(hass)
    await async_update_pipeline(hass, assistant, conversation_engine=AGENT)
    hass.config_entries.async_update_entry(
        entry, options={**entry.options, CONF_ASSISTANTS: {assistant.id: engine}}
    )


SISTER = "When did I last hear from my sister?"
"""A sentence trigger takes it, because of how it begins."""


async def taken(hass: HomeAssistant, text: str) -> str | None:
    """Return what sentence triggers say to a sentence, None where none takes it, as a pipeline with another agent asks them."""
    asked = ConversationInput(
        text=text,
        context=Context(),
        conversation_id=None,
        device_id=None,
        satellite_id=None,
        language="en",
        agent_id="elsewhere",
    )
    with (
        chat_session.async_get_chat_session(hass) as session,
        conversation.async_get_chat_log(hass, session, asked) as chat_log,
    ):
        return await conversation.async_handle_sentence_triggers(hass, asked, chat_log)


@pytest.mark.usefixtures("assist", "house")
async def test_what_a_trigger_takes_that_is_not_ours_goes_to_the_agent_that_was_asked(
    hass: HomeAssistant, elsewhere: Elsewhere
) -> None:
    """Triggers are tried before any agent; what surely asks Encore is answered by them."""

    assert await taken(hass, SISTER) == "From elsewhere."
    assert [each.text for each in elsewhere.asked] == [SISTER]
    speech = await taken(hass, "What did we listen to last night?")
    assert speech and "Aurora Vale" in speech
    assert len(elsewhere.asked) == 1


@pytest.fixture
async def sister_known(hass: HomeAssistant) -> None:
    """Give Home Assistant an intent of the user's own for it."""
    sentences = {"intents": {"HeardOfSister": [SISTER.rstrip("?")]}}
    scripts = {"HeardOfSister": {"speech": {"text": "On Sunday."}}}
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(
        hass, "conversation", {"conversation": sentences}
    )
    assert await async_setup_component(
        hass, "intent_script", {"intent_script": scripts}
    )


@pytest.mark.usefixtures("sister_known", "house")
async def test_what_a_trigger_takes_that_is_not_ours_is_an_intent_where_there_is_one(
    hass: HomeAssistant,
) -> None:
    """A sentence of the user's own is Home Assistant's, as without Encore."""
    result = await conversation.async_converse(
        hass, SISTER, None, Context(), language="en"
    )
    assert speech_of(result) == "On Sunday."


@pytest.mark.usefixtures("assist", "house")
async def test_what_a_trigger_takes_that_is_nobodys_is_not_answered(
    hass: HomeAssistant,
) -> None:
    """It is told what can be asked; nothing is said of somebody's listening."""
    result = await conversation.async_converse(
        hass, SISTER, None, Context(), language="en"
    )
    assert speech_of(result).startswith("You can ask what was playing")


@pytest.mark.usefixtures("assist", "house")
async def test_no_trigger_takes_anything_once_an_assistant_uses_the_agent(
    hass: HomeAssistant, elsewhere: Elsewhere
) -> None:
    """It would be tried before the agent, and again when that hands a sentence on; it is there again when nobody uses the agent."""
    await choose(hass, engine=HOME_ASSISTANT_AGENT)
    await hass.async_block_till_done()
    assert await taken(hass, "What did we listen to last night?") is None
    assert speech_of(await said(hass, SISTER)) == "Sorry, I couldn't understand that"
    assert "Aurora Vale" in speech_of(
        await said(hass, "What did we listen to last night?")
    )
    (assistant,) = async_get_pipelines(hass)
    await async_update_pipeline(hass, assistant, conversation_engine="elsewhere")
    await hass.async_block_till_done()
    assert "Aurora Vale" in str(await taken(hass, "What did we listen to last night?"))
