"""Every question is behind every door, with the same parameters and the same answer; and is kept by each from who may not hear it."""

from collections.abc import Callable
from pathlib import Path
import re
from typing import Any

import probatio
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.encore.api.llm_tools import for_model
from custom_components.encore.api.openapi import description
from custom_components.encore.api.operations import QUESTION_OPERATIONS
from custom_components.encore.commands.all_commands import COMMANDS
from custom_components.encore.const import DOMAIN
from custom_components.encore.intent import intent_of
from custom_components.encore.language.grammar import understand
from custom_components.encore.language.understood import Names
from custom_components.encore.questions.all_questions import QUESTIONS
from custom_components.encore.questions.base.parameters import by_public_name
from homeassistant.auth.models import RefreshToken
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import intent, llm
from tests.unit.questions.own_tests import OWN_TESTS
from tests.unit.questions.test_documentation import SENTENCES

from .every_interface import NOT_ALLOWED, Interfaces
from .test_history_options import choose
from .test_sentences import said
from .test_tools import context_of, tools

MAY_ASK: dict[str, dict[str, Any]] = {
    "get_plays": {"time_range": "this_week"},
    "get_top": {"of": "artists", "time_range": "this_week"},
    "get_played_at": {"moment": "yesterday 20:03"},
    "get_listening_time": {"time_range": "this_week"},
    "get_heatmap": {"time_range": "this_week"},
    "get_timeline": {"time_range": "this_week"},
    "get_repeat_rate": {"time_range": "this_year"},
    "get_discoveries": {"time_range": "this_year"},
    "get_comparison": {"time_range": "this_week"},
    "get_streaks": {"time_range": "this_year"},
    "get_sessions": {"time_range": "this_week"},
    "get_play_count": {"item": "Ember"},
    "get_first_and_last_play": {"item": "Ember"},
    "get_on_this_day": {},
    "get_forgotten_favorites": {},
    "get_coverage": {"time_range": "this_week"},
    "search": {"text": "Ember", "where": "history"},
    "get_taste": {"time_range": "this_year"},
    "get_year_in_review": {"year": 2026},
    **{
        QUESTIONS[key].name: {
            name: each
            for name, each in by_public_name(own.EXAMPLE).items()
            if name != "listener"
        }
        for key, own in OWN_TESTS.items()
    },
}
"""Something to ask of each question, about everybody."""

ABOUT_BEN = {
    QUESTIONS[question].name: [
        sentence.replace("Alva", "Ben")
        for sentence in sentences
        if "Alva" in sentence or "Ben" in sentence
    ]
    for question, sentences in SENTENCES.items()
}
"""The sentences of docs/questions.md that name somebody."""


@pytest.fixture
def interfaces_of(
    hass: HomeAssistant,
    house: MockConfigEntry,
    hass_client: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
) -> Callable[[MockUser], Any]:
    """Return a way to the doors, for a user."""

    async def interfaces_of(user: MockUser) -> Interfaces:
        refresh: RefreshToken = await hass.auth.async_create_refresh_token(
            user, "https://example.org/"
        )
        token = hass.auth.async_create_access_token(refresh)
        return Interfaces(hass, user, token, hass_client, hass_ws_client)

    return interfaces_of


def test_something_is_asked_of_every_question() -> None:
    """The lists above are complete."""
    assert MAY_ASK.keys() == {question.name for question in QUESTIONS}


async def test_each_interface_gives_the_same_answer(
    hass: HomeAssistant,
    interfaces_of: Callable[..., Any],
    ben: MockUser,
    subtests: pytest.Subtests,
) -> None:
    """To the last value, and in the same words."""
    interfaces = (await interfaces_of(ben)).all()
    ask_by_action = interfaces.pop("action")
    for question, values in MAY_ASK.items():
        with subtests.test(question=question):
            action = await ask_by_action(question, **values)
            assert action.error is None
            assert action.data["speech"]
            for name, ask in interfaces.items():
                reply = await ask(question, **values)
                expected = for_model(action.data) if name == "tool" else action.data
                assert reply.data == expected, name


async def test_a_sentence_gives_the_same_answer(
    hass: HomeAssistant,
    house: MockConfigEntry,
    as_ben: Context,
    subtests: pytest.Subtests,
) -> None:
    """What is said is what the action says to what was understood."""
    for question, (sentence, *_) in SENTENCES.items():
        with subtests.test(question=question):
            understood = understand(sentence, "en", Names())
            assert understood is not None and understood.question == question
            parameters = by_public_name(understood.values)
            if question in COMMANDS:
                # A sentence about the history asks nothing else.
                parameters["where"] = "history"
            answer = await hass.services.async_call(
                *(DOMAIN, QUESTIONS[question].name, parameters),
                blocking=True,
                return_response=True,
                context=as_ben,
            )
            assert answer is not None
            speech = await said(hass, sentence, as_ben)
            # Who asks whether is answered yes or no before.
            plain = speech.removeprefix("Yes, ").removeprefix("No, ")
            assert answer["speech"] in {speech, plain[0].upper() + plain[1:]}


async def test_each_interface_takes_the_same_parameters(
    hass: HomeAssistant,
    house: MockConfigEntry,
    as_ben: Context,
    subtests: pytest.Subtests,
) -> None:
    """As the registry declares them."""
    for question in MAY_ASK:
        with subtests.test(question=question):
            declared = [
                each.public_name for each in QUESTION_OPERATIONS[question].parameters
            ]
            with pytest.raises(probatio.Invalid):
                await hass.services.async_call(
                    *(DOMAIN, question, {"nonsense": 1}),
                    blocking=True,
                    return_response=True,
                )
            handler = next(
                each
                for each in intent.async_get(hass)
                if each.intent_type == intent_of(question)
            )
            assert [str(each) for each in handler.slot_schema or {}] == declared
            for api in (DOMAIN, llm.LLM_API_ASSIST):
                instance = await tools(hass, api, context_of(as_ben))
                [tool] = [
                    each
                    for each in instance.tools
                    if each.name == f"{DOMAIN}__{question}"
                ]
                assert [str(each) for each in tool.parameters.schema] == declared
            path = description("http://house")["paths"][f"/api/encore/ask/{question}"]
            described = path["post"]["requestBody"]["content"]["application/json"][
                "schema"
            ]
            assert list(described["properties"]) == declared


WRONG: list[dict[str, Any]] = [
    {"time_range": "31 June"},
    {"time_range": "next_year"},
    {"listener": "Zoe"},
    {"room": "<img src=x onerror=alert(1)>"},
    {"device": "'; DROP TABLE play;--"},
    {"time_range": "last_night", "start_time": "2026-07-01"},
]


async def test_each_interface_says_in_the_same_words_what_is_wrong(
    hass: HomeAssistant,
    interfaces_of: Callable[..., Any],
    ben: MockUser,
    subtests: pytest.Subtests,
) -> None:
    """And none of them fails."""
    interfaces = (await interfaces_of(ben)).all()
    for parameters in WRONG:
        with subtests.test(parameters=parameters):
            errors = {
                name: (await ask("get_plays", **parameters)).error
                for name, ask in interfaces.items()
            }
            assert errors["action"]
            assert set(errors.values()) == {errors["action"]}


async def test_no_interface_shows_a_private_listener_to_a_second_person(
    hass: HomeAssistant,
    accounts: dict[str, MockConfigEntry],
    interfaces_of: Callable[..., Any],
    hass_admin_user: MockUser,
    ben: MockUser,
    as_alva: Context,
    subtests: pytest.Subtests,
) -> None:
    """Asked about everyone they are left out, asked for by name they are nobody; the owner of the home is told no more."""
    options = {**accounts["ben"].options, "privacy": "private"}
    hass.config_entries.async_update_entry(accounts["ben"], options=options)
    to_alva = (await interfaces_of(hass_admin_user)).all()
    to_ben = (await interfaces_of(ben)).all()
    for question, values in MAY_ASK.items():
        with subtests.test(question=question):
            of_ben = values | {"listener": "Ben"}
            of_nobody = values | {"listener": "Zoe"}
            for interface, ask in to_alva.items():
                reply = await ask(question, **values)
                assert reply.data is not None, interface
                assert "Ben" not in str(reply.data), interface
                unknown = await ask(question, **of_nobody)
                reply = await ask(question, **of_ben)
                assert reply.data is None and unknown.error is not None, interface
                assert reply.error == unknown.error.replace("Zoe", "Ben"), interface
            for sentence in ABOUT_BEN[question]:
                hidden = await said(hass, sentence, as_alva)
                never = await said(hass, sentence.replace("Ben", "Zoe"), as_alva)
                assert hidden.replace("Ben", "Zoe") == never, sentence
            for interface, ask in to_ben.items():
                reply = await ask(question, **of_ben)
                assert reply.error is None, interface


async def test_a_student_gets_no_answer_from_any_interface(
    hass: HomeAssistant,
    house: MockConfigEntry,
    interfaces_of: Callable[..., Any],
    ben: MockUser,
    subtests: pytest.Subtests,
) -> None:
    """Not even what is wrong with a question."""
    await choose(hass, house, "trust", {"trusted_as_student": [f"user:{ben.id}"]})
    interfaces = (await interfaces_of(ben)).all()
    for question, values in MAY_ASK.items():
        with subtests.test(question=question):
            for interface, ask in interfaces.items():
                for parameters in (
                    values,
                    {**values, "listener": "Zoe"},
                ):
                    reply = await ask(question, **parameters)
                    assert (reply.data, reply.error) == (None, NOT_ALLOWED), interface


async def test_assist_offers_each_question_to_a_model_once(
    hass: HomeAssistant, house: MockConfigEntry, as_ben: Context
) -> None:
    """As a tool, and not as an intent beside it."""
    instance = await llm.async_get_api(hass, llm.LLM_API_ASSIST, context_of(as_ben))
    names = [tool.name for tool in instance.tools]
    assert f"{DOMAIN}__get_top" in names
    assert not [name for name in names if "Encore" in name]
    assert len(set(names)) == len(names)


async def test_the_area_of_a_sentence_is_the_room(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """Home Assistant fills the slot with the area that was said, or of who spoke; empty slots were not said."""
    registered = {each.intent_type for each in intent.async_get(hass)}
    assert {intent_of(question) for question in QUESTION_OPERATIONS} <= registered
    response = await intent.async_handle(
        hass,
        "test",
        "EncoreGetPlays",
        {
            "time_range": {"value": "this_week"},
            "area": {"value": "Kitchen"},
            "room": {"value": ""},
        },
    )
    assert response.speech_slots["rooms"] == ["Kitchen"]


async def test_the_sentence_of_the_documentation_is_answered(
    hass: HomeAssistant, house: MockConfigEntry, config_folder: Path, as_ben: Context
) -> None:
    """Somebody's own sentence asks by our intent, and what cannot be answered is said."""
    page = (Path(__file__).parents[3] / "docs" / "interfaces.md").read_text("utf-8")
    [example] = re.findall(r"```yaml\n(language: .+?)```", page, re.DOTALL)
    sentences = config_folder / "custom_sentences" / "en"
    sentences.mkdir(parents=True)
    (sentences / "encore.yaml").write_text(example, "utf-8")
    answer = await hass.services.async_call(
        *(DOMAIN, "get_top", {"of": "artists", "time_range": "this_year"}),
        blocking=True,
        return_response=True,
        context=as_ben,
    )
    assert answer is not None
    assert await said(hass, "which bands ruled our year", as_ben) == answer["speech"]
