"""Assist: sentences about listening are answered, in text as in speech."""

import logging

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockUser,
    async_fire_time_changed,
)

from custom_components.encore.history.errors import StoreUnavailable
from custom_components.encore.history.queries.history_queries import HistoryQueries
from custom_components.encore.language import candidates, grammar, intents, speech
from custom_components.encore.language.sentence_files import (
    english_instead,
    grammars,
    languages,
)
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.components import conversation
from homeassistant.components.conversation.agent_manager import get_agent_manager
from homeassistant.components.conversation.chat_log import (
    AssistantContent,
    async_get_chat_log,
)
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    chat_session,
    device_registry as dr,
    entity_registry as er,
)
from homeassistant.setup import async_setup_component
from tests.unit.questions.house import ALVA, EMBER, heard, song

from .conftest import account

AGENT = "conversation.encore"


async def said(
    hass: HomeAssistant,
    text: str,
    context: Context | None = None,
    *,
    language: str = "en",
    device_id: str | None = None,
    satellite_id: str | None = None,
    conversation_id: str | None = None,
    agent_id: str | None = None,
) -> str:
    """Say something to Assist, or to one of its agents, and return what it says."""
    result = await conversation.async_converse(
        hass,
        text,
        conversation_id,
        context or Context(),
        language=language,
        agent_id=agent_id,
        device_id=device_id,
        satellite_id=satellite_id,
    )
    speech: str = result.response.speech["plain"]["speech"]
    return speech


async def test_i_am_the_listener_of_my_person(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context, as_ben: Context
) -> None:
    """Who is logged in is told of their own listening."""
    assert await said(hass, "What did I listen to last night?", as_alva) == (
        "You played four tracks last night, 13 minutes in all. "
        "Most often Aurora Vale; the latest was “Ember” by Kite Season."
    )
    assert await said(hass, "who was my top artist this week", as_ben) == (
        "Your top artist so far this week is Kite Season with three plays. "
        "Your history begins on Monday."
    )


async def test_an_unknown_asker_gets_the_whole_home(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """A voice without a user hears of everyone."""
    answer = await said(hass, "what did I listen to last night")
    assert answer.startswith("Five tracks were played by everyone at home last night")


async def test_we_are_the_home(hass: HomeAssistant, house: MockConfigEntry) -> None:
    """The word "we" means everyone, and a person is found by name."""
    answer = await said(hass, "what did we hear yesterday evening")
    assert answer.startswith("Four tracks were played yesterday evening")
    answer = await said(hass, "what did Ben play today")
    assert answer.startswith("Ben played one track so far today")


async def test_a_moment_in_a_room(hass: HomeAssistant, house: MockConfigEntry) -> None:
    """Rooms are areas, by their name or an alias."""
    for room in ("kitchen", "cook's corner"):
        assert await said(hass, f"what was playing in the {room} at 8:03 pm") == (
            "At 8:03 pm yesterday, Alva Lind was playing “Glass” "
            "by The Harbours and Aurora Vale in the Kitchen."
        )


async def test_something_by_its_name(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context
) -> None:
    """How often and when it was heard; what nothing is called is said with what comes close."""
    assert await said(hass, "how many times did I hear ember", as_alva) == (
        "You have played “Ember” by Kite Season five times since March 9, 2019, 17 minutes in all; "
        "first at noon on March 9, 2019, last at 12:30 am today. That is number 1 of 4 tracks."
    )
    answer = await said(hass, "when did we last hear anything by Aurora Vale", as_alva)
    assert answer == (
        "Aurora Vale was last played at 8:06 pm yesterday, "
        "with “River Light”, by you in the Kitchen on Phone."
    )
    assert await said(hass, "when did I first hear river", as_alva) == (
        "You first played “River Light” by Aurora Vale at 7:58 pm yesterday, "
        "in the Kitchen on Phone."
    )
    answer = await said(hass, "when did I last hear Emberland Suite", as_alva)
    assert answer.startswith("I found nothing called “Emberland Suite”")


async def test_a_name_may_hold_the_words_of_a_place(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context
) -> None:
    """What has that very name is meant; without it, the words say where."""
    text = "how often did I hear ember in the kitchen"
    answer = await said(hass, text, as_alva)
    assert answer.startswith(
        "As far as I know, you haven’t played “Ember” by Kite Season in the Kitchen"
    )
    dance = song("Ember in the Kitchen", "Kite Season")
    await hass.data[DATA_HISTORY].async_append([heard(ALVA, dance, "2026-07-15 11:00")])
    answer = await said(hass, text, as_alva)
    assert answer.startswith(
        "You have played “Ember in the Kitchen” by Kite Season once"
    )


async def test_this_day_and_what_is_forgotten(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context
) -> None:
    """Both can be asked in a sentence."""
    memory = hass.data[DATA_HISTORY]
    await memory.async_append([heard(ALVA, EMBER, "2023-07-15 10:00")])
    assert await said(hass, "what did I listen to on this day", as_alva) == (
        "On this day, you had one play in 2023, “Ember” by Kite Season."
    )
    await memory.async_append(
        [
            heard(ALVA, song("Old", "Kite Season"), f"2023-07-{day} 10:00")
            for day in range(10, 20)
        ]
    )
    answer = await said(hass, "what haven't I heard for ages", as_alva)
    assert answer.endswith("but haven’t played it since July 2023.")


@pytest.fixture
def satellite(hass: HomeAssistant, house: MockConfigEntry) -> er.RegistryEntry:
    """Return a voice satellite whose device stands in the kitchen."""
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=house.entry_id, identifiers={("test", "satellite")}
    )
    dr.async_get(hass).async_update_device(device.id, area_id="kitchen")
    return er.async_get(hass).async_get_or_create(
        "assist_satellite",
        "test",
        "satellite",
        device_id=device.id,
        original_name="Ear",
    )


async def test_here_is_where_the_satellite_stands(
    hass: HomeAssistant, satellite: er.RegistryEntry
) -> None:
    """The word "here" means the area of the satellite, or of its device, or of the device that asks."""
    expected = "Three tracks were played in the Kitchen last night"
    text = "what did we listen to here last night"
    answer = await said(hass, text, satellite_id=satellite.entity_id)
    assert answer.startswith(expected)
    answer = await said(hass, text, device_id=satellite.device_id)
    assert answer.startswith(expected)
    er.async_get(hass).async_update_entity(satellite.entity_id, area_id="bathroom")
    answer = await said(hass, text, satellite_id=satellite.entity_id)
    assert answer == "As far as I know, nothing was played in the Bathroom last night."


async def test_here_is_nowhere_without_a_satellite(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """Somebody at a desk has to name the room; a device without an area is no help."""
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=house.entry_id, identifiers={("test", "phone")}
    )
    for device_id in (None, device.id, "gone"):
        answer = await said(hass, "what was playing here at eight", device_id=device_id)
        assert answer == "I can’t tell which room you are in. Try naming it."


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (
            "what did Bob listen to last night",
            "I don’t know anyone called “Bob”. I know Alva Lind, Ben and Cleo.",
        ),
        (
            "what was playing in the cellar at eight",
            "I don’t know a room called “cellar”. I know Alva's study, Bathroom and Kitchen.",
        ),
        (
            "what did we listen to tomorrow",
            "Tomorrow hasn’t come yet, and I only know what was played. Try last night, this week or July.",
        ),
        (
            "what did we hear on the 31st of June",
            "I don’t know when “june 31” is. Try last night, this week, July or 2019.",
        ),
    ],
)
async def test_what_cannot_be_is_said(
    hass: HomeAssistant, house: MockConfigEntry, text: str, answer: str
) -> None:
    """An unknown name and an impossible time get a sentence that says what would work."""
    assert await said(hass, text) == answer


async def test_what_is_not_understood_is_helped(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """A sentence that begins like ours gets examples of what can be asked."""
    answer = await said(hass, "what did we hear about the election")
    assert answer.startswith("You can ask what was playing")
    answer = await said(hass, f"what did we hear {'about ' * 2_000}")
    assert answer.startswith("You can ask what was playing")


@pytest.mark.every_language
async def test_home_assistants_own_sentences_go_their_way(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """What is not about listening is answered by Home Assistant."""
    assert "AM" in (answer := await said(hass, "what time is it")) or "PM" in answer
    answer = await said(hass, "what did the fox say")
    assert answer == "Sorry, I couldn't understand that"


@pytest.mark.every_language
async def test_who_speaks_another_language_gets_the_sentences_language(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """Triggers are one pool for all languages: English is answered in English."""
    answer = await said(hass, "what did we hear yesterday evening", language="de")
    assert answer.startswith("Four tracks were played yesterday evening")


@pytest.mark.every_language
async def test_a_home_is_asked_in_dutch(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context
) -> None:
    """A question, what follows it in the same conversation, and another question."""
    await hass.config.async_update(language="nl")
    texts = (
        "weet je nog wat we gisteravond gedraaid hebben",
        "en ik dan",
        "hoe vaak heb ik Ember gehoord",
    )
    answers = await talk(hass, as_alva, *texts, language="nl")
    assert answers == [
        (
            "Jullie hebben gisteravond vier nummers beluisterd, in totaal 13 minuten. "
            "Het vaakst speelde Aurora Vale, het laatst “Glass” van The Harbours en Aurora Vale."
        ),
        (
            "Je hebt gisteravond drie nummers beluisterd, in totaal tien minuten. "
            "Het vaakst speelde Aurora Vale, het laatst “Glass” van The Harbours en Aurora Vale."
        ),
        (
            "Je hebt “Ember” van Kite Season sinds 9 maart 2019 vijf keer gehoord, in totaal 17 minuten; "
            "het eerst op 9 maart 2019 om 12 uur, het laatst vandaag om 0:30 uur. "
            "Dat is plek 1 van de 4 nummers."
        ),
    ]


async def test_who_is_gone_is_not_reported(
    hass: HomeAssistant, house: MockConfigEntry, ben: MockUser, as_ben: Context
) -> None:
    """A user who was switched off gets a refusal that reveals nothing."""
    ben.is_active = False
    answer = await said(hass, "what did I listen to last night", as_ben)
    assert answer == "I’m not allowed to tell you that."


async def test_a_history_out_of_reach_is_said(
    hass: HomeAssistant,
    house: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A store that cannot be read leads to words, not to silence or “Done”."""

    def unreadable(queries: HistoryQueries) -> None:
        raise StoreUnavailable("disk failure")

    # What entities ask at first would be logged, too.
    await hass.async_block_till_done(wait_background_tasks=True)
    monkeypatch.setattr(HistoryQueries, "devices", unreadable)
    answer = await said(hass, "what did we hear yesterday evening")
    assert answer == "I can’t look that up right now. Please try again in a moment."
    assert not [each for each in caplog.records if each.levelno >= logging.ERROR]


async def test_a_mistake_of_ours_is_logged_and_said(
    hass: HomeAssistant,
    house: MockConfigEntry,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Whatever goes wrong, the person who asked gets words, and the log the reason."""

    def broken(queries: HistoryQueries) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(HistoryQueries, "devices", broken)
    answer = await said(hass, "what did we hear yesterday evening")
    assert answer == "I can’t look that up right now. Please try again in a moment."
    assert "A sentence could not be answered" in caplog.text


def listened_for(hass: HomeAssistant) -> int:
    """Return how many English templates are listened for at any time: all begin with what may be said first."""
    templates = get_agent_manager(hass).trigger_sentences
    return sum(template.startswith("[hey|um|") for template in templates)


async def test_sentences_follow_the_accounts(
    hass: HomeAssistant, house: MockConfigEntry, accounts: dict[str, MockConfigEntry]
) -> None:
    """A listener who is linked later can be asked about, and one pool entry stays one."""
    text = "what did Dara play yesterday"
    assert await said(hass, text) == "Sorry, I couldn't understand that"
    sentences = listened_for(hass)
    entry = account("dara", "Dara")
    await hass.config_entries.async_add(entry)
    assert await said(hass, text) == "I don’t know of anything that Dara played yet."
    assert listened_for(hass) == sentences == 2
    await hass.config_entries.async_remove(entry.entry_id)
    assert await said(hass, text) == "Sorry, I couldn't understand that"


async def test_sentences_are_returned_when_the_history_is_unloaded(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """Without a History entry, Assist is as it was."""
    await hass.config_entries.async_unload(house.entry_id)
    assert get_agent_manager(hass).trigger_sentences == []
    answer = await said(hass, "what did we hear yesterday evening")
    assert answer == "Sorry, I couldn't understand that"
    await hass.config_entries.async_setup(house.entry_id)
    answer = await said(hass, "what did we hear yesterday evening")
    assert answer.startswith("Four tracks were played")


async def test_an_area_without_a_name_of_its_own_history(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """An area that was made a moment ago is a room already."""
    ar.async_get(hass).async_create("Attic")
    answer = await said(hass, "what did we listen to in the attic last night")
    assert answer == "As far as I know, nothing was played in the Attic last night."


@pytest.mark.every_language
async def test_the_first_question_finds_grammar_and_words_read(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """Reading them takes longer than an answer may; it is done when the home is set up."""
    reading = (intents.intents_of, candidates.candidates_of, speech._template)
    await hass.config_entries.async_unload(house.entry_id)
    for read in reading:
        read.cache_clear()
    await hass.config_entries.async_setup(house.entry_id)
    # Sentences and what follows them, and those in English that a language lacks; answers have a template, and so has
    # what commands say.
    lacking = [each for each in grammars() if english_instead(each) is not None]
    grammar_parts = 2 * len(grammars()) + len(lacking)
    read_once = [grammar_parts, grammar_parts, 2 * len(languages())]
    assert [read.cache_info().misses for read in reading] == read_once
    answer = await said(hass, "how complete is our listening history")
    assert answer == "The history since March 9, 2019 is complete."
    assert [read.cache_info().misses for read in reading] == read_once


async def talk(
    hass: HomeAssistant, context: Context, *texts: str, language: str = "en"
) -> list[str]:
    """Say one thing after the other in one conversation, whose first turn has no id; return the answers."""
    answers, conversation_id = [], None
    for text in texts:
        result = await conversation.async_converse(
            hass,
            text,
            conversation_id,
            context,
            language=language,
            agent_id=AGENT,
        )
        conversation_id = result.conversation_id
        answers.append(result.response.speech["plain"]["speech"])
    return answers


async def test_a_conversation_goes_on(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context
) -> None:
    """What follows a question keeps what was said before."""
    answers = await talk(
        hass,
        as_alva,
        "how often did I hear ember this year",
        "and in the kitchen?",
        "what about Ben",
    )
    assert answers[0].startswith("You played “Ember” by Kite Season three times")
    assert answers[1] == (
        "As far as I know, you haven’t played “Ember” by Kite Season in the Kitchen so far this year."
    )
    assert answers[2].startswith("As far as I know, Ben hasn’t played “Ember” by Kite Season in the Kitchen")  # fmt: skip


@pytest.mark.parametrize(
    ("language", "conversation"),
    [
        (
            "de",
            {
                "was haben wir gestern Abend gehört": "Ihr habt gestern Abend vier Titel gehört, insgesamt 13 Minuten. Am häufigsten lief Aurora Vale, zuletzt „Glass“ von The Harbours und Aurora Vale.",
                "und Ben": "Ben hat gestern Abend einen Titel gehört: „Ember“ von Kite Season, um 20:01 Uhr.",
            },
        ),
    ],
)
@pytest.mark.every_language
async def test_a_home_asks_in_its_own_language(
    hass: HomeAssistant,
    house: MockConfigEntry,
    as_alva: Context,
    language: str,
    conversation: dict[str, str],
) -> None:
    """What is asked in the language of the home is answered in it, and so is what follows."""
    await hass.config.async_update(language=language)
    answers = await talk(hass, as_alva, *conversation, language=language)
    assert dict(zip(conversation, answers, strict=True)) == conversation


async def test_a_command_may_follow(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context
) -> None:
    """What an answer told is to be played, by the account of whoever asks; here it is not connected."""
    answers = await talk(hass, as_alva, "what was playing at 8:03 pm", "play it")
    assert answers[1] == (
        "The Spotify account of Alva Lind isn’t connected. For details, see Settings → Devices & services → Encore."
    )


async def test_nothing_follows_where_nothing_was_asked(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """In another conversation the same words are no question of ours."""
    (first,) = await talk(hass, Context(), "and last week")
    assert first == "Sorry, I couldn't understand that"
    await talk(hass, Context(), "what did we hear yesterday evening")
    (other,) = await talk(hass, Context(), "and last week")
    assert other == "Sorry, I couldn't understand that"


async def test_the_agent_follows_what_a_sentence_trigger_answered(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context
) -> None:
    """Home Assistant runs sentence triggers before every agent; what follows is the agent's, and no trigger is added for it."""
    before = listened_for(hass)
    result = await conversation.async_converse(
        hass, "what did we hear yesterday evening", None, as_alva, language="en"
    )
    assert listened_for(hass) == before
    answer = await conversation.async_converse(
        hass,
        "and Ben",
        result.conversation_id,
        as_alva,
        language="en",
        agent_id=AGENT,
    )
    said = answer.response.speech["plain"]["speech"]
    assert said.startswith("Ben played one track yesterday evening")


@pytest.mark.every_language
async def test_home_assistants_sentences_go_their_way_in_a_conversation(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context
) -> None:
    """What begins with "and" is not ours for that."""
    answers = await talk(
        hass,
        as_alva,
        "what did we hear yesterday evening",
        "and turn on the lights",
        "what about dinner",
    )
    assert [answer.startswith("Sorry, I ") for answer in answers[1:]] == [True, True]


async def test_a_conversation_is_forgotten_when_it_ends(
    hass: HomeAssistant,
    house: MockConfigEntry,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Home Assistant ends it after five minutes; then nothing can follow."""
    result = await conversation.async_converse(
        hass,
        "what did we hear yesterday evening",
        None,
        Context(),
        language="en",
        agent_id=AGENT,
    )
    freezer.tick(400)
    async_fire_time_changed(hass)
    await hass.async_block_till_done()
    key = result.conversation_id
    answer = await said(hass, "and last week", conversation_id=key, agent_id=AGENT)
    assert answer == "Sorry, I couldn't understand that"


@pytest.mark.parametrize(
    ("answerer", "follows"),
    [
        (
            "conversation.home_assistant",
            "As far as I know, nothing was played last week.",
        ),
        ("conversation.gpt", "Sorry, I couldn't understand that"),
    ],
)
async def test_who_else_answers_is_asked_on(
    hass: HomeAssistant,
    house: MockConfigEntry,
    as_alva: Context,
    answerer: str,
    follows: str,
) -> None:
    """What follows the answer of a language model is for the model; what Home Assistant did in between changes nothing."""
    result = await conversation.async_converse(
        hass, "what did we hear yesterday evening", None, as_alva, language="en"
    )
    key = result.conversation_id
    assert key is not None
    with (
        chat_session.async_get_chat_session(hass, key) as session,
        async_get_chat_log(hass, session) as log,
    ):
        log.async_add_assistant_content_without_tools(
            AssistantContent(agent_id=answerer, content="It is raining.")
        )
    answer = await said(
        hass, "and last week", as_alva, conversation_id=key, agent_id=AGENT
    )
    assert answer == follows


async def test_a_command_of_a_stranger_to_accounts_is_said(
    hass: HomeAssistant, house: MockConfigEntry, as_ben: Context
) -> None:
    """What the account needs is told in words, as by the action."""
    answer = await said(hass, "play something I forgot", as_ben)
    assert answer.startswith("The Spotify account of Ben isn’t connected")


@pytest.mark.every_language
async def test_a_language_that_nobody_speaks_is_not_listened_for(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """What Home Assistant has to parse is that of the voice assistants, and follows them."""
    manager = get_agent_manager(hass)
    every = len(manager.trigger_sentences)
    await hass.config_entries.async_unload(house.entry_id)
    for component in ("homeassistant", "assist_pipeline"):
        assert await async_setup_component(hass, component, {})
    await hass.config_entries.async_setup(house.entry_id)
    spoken = len(manager.trigger_sentences)
    templates = {one for each in grammars() for one in grammar.triggers(each, ())}
    assert every == len(templates)
    assert spoken == len(grammar.triggers("en", ())) == 2 < every
    await hass.config.async_update(language="pl")
    await hass.async_block_till_done()
    assert len(manager.trigger_sentences) == spoken
    answer = await said(hass, "what did we hear yesterday evening")
    assert answer.startswith("Four tracks were played")
