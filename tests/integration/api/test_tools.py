"""The tools of language models: what each caller is offered, what they answer, and what they refuse."""

import json
from typing import Any

import probatio
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.encore.access.policy import CallerKind, Interface, async_caller
from custom_components.encore.api.llm_tools import NOT_FOR_MODELS, for_model
from custom_components.encore.api.operations import OPERATIONS, QUESTION_OPERATIONS
from custom_components.encore.commands.all_commands import COMMANDS
from custom_components.encore.const import DOMAIN
from custom_components.encore.questions.all_questions import QUESTIONS
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
    llm,
)
from tests.integration.running import async_act as act

from .test_history_options import choose

MODEL = "some_model"


def context_of(
    context: Context | None, *, device_id: str | None = None, platform: str = MODEL
) -> llm.LLMContext:
    """Return what Home Assistant hands a language model's integration."""
    return llm.LLMContext(
        platform=platform,
        context=context,
        language="*",
        assistant="conversation",
        device_id=device_id,
    )


async def tools(
    hass: HomeAssistant, api: str, llm_context: llm.LLMContext
) -> llm.APIInstance:
    """Return an API as a language model has it, with our tools alone."""
    instance = await llm.async_get_api(hass, api, llm_context)
    instance.tools = [tool for tool in instance.tools if tool.integration == DOMAIN]
    return instance


async def called(
    hass: HomeAssistant,
    llm_context: llm.LLMContext,
    tool: str,
    api: str = DOMAIN,
    **arguments: Any,
) -> llm.ToolResult:
    """Call one of our tools."""
    instance = await tools(hass, api, llm_context)
    return await instance.async_call_tool(
        llm.ToolInput(f"{DOMAIN}__{tool}", dict(arguments))
    )


def names(instance: llm.APIInstance) -> set[str]:
    """Return the names of the tools of an API, without the prefix."""
    assert all(tool.name.startswith(f"{DOMAIN}__") for tool in instance.tools)
    return {tool.name.removeprefix(f"{DOMAIN}__") for tool in instance.tools}


async def trusted(
    hass: HomeAssistant, house: MockConfigEntry, **options: object
) -> None:
    """Choose how far callers are trusted."""
    await choose(hass, house, "trust", dict(options))


async def test_an_autonomous_model_has_everything(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context
) -> None:
    """Every question and every command is a tool of Encore's own API."""
    await trusted(hass, house, trust_language_model="autonomous")
    instance = await tools(hass, DOMAIN, context_of(as_alva))
    commands = {each.name for each in COMMANDS if Interface.TOOL in each.interfaces}
    expected = {each.name for each in QUESTIONS} | commands
    assert names(instance) == expected
    assert len(instance.tools) == len(expected)
    assert instance.api_prompt


async def test_an_intern_may_only_ask(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context
) -> None:
    """A language model is one unless somebody chose otherwise, also through an administrator."""
    for api in (DOMAIN, llm.LLM_API_ASSIST):
        instance = await tools(hass, api, context_of(as_alva))
        assert {each.name for each in QUESTIONS} <= names(instance)
        assert all(tool.annotations.read_only for tool in instance.tools)
        assert "transfer_playback" not in names(instance)


async def test_assist_is_offered_less_than_everything(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context
) -> None:
    """Each tool costs a model attention that it needs for the rest of the home, too."""
    await trusted(hass, house, trust_language_model="supervised")
    assist = names(await tools(hass, llm.LLM_API_ASSIST, context_of(as_alva)))
    own = names(await tools(hass, DOMAIN, context_of(as_alva)))
    assert (
        {*QUESTION_OPERATIONS, "play_media", "transfer_playback", "create_playlist"}
        <= assist
        < own
    )
    assert "delete_alarm" not in own


@pytest.mark.parametrize("api", [DOMAIN, llm.LLM_API_ASSIST])
async def test_a_student_has_nothing(
    hass: HomeAssistant,
    house: MockConfigEntry,
    api: str,
    ben: MockUser,
    as_ben: Context,
    as_alva: Context,
) -> None:
    """No tool, no instructions; and who kept one from before is refused."""
    before = await tools(hass, api, context_of(as_ben))
    assert before.tools
    await trusted(hass, house, trusted_as_student=[f"user:{ben.id}"])
    instance = await tools(hass, api, context_of(as_ben))
    assert instance.tools == []
    assert "encore" not in instance.api_prompt.casefold()
    result = await before.async_call_tool(
        llm.ToolInput("encore__get_plays", {"time_range": "this_week"})
    )
    assert (result.error, list(result.data)) == (True, ["error"])
    with pytest.raises(HomeAssistantError):
        await called(hass, context_of(as_ben), "get_plays", api)
    assert (await tools(hass, api, context_of(as_alva))).tools
    await trusted(hass, house, trusted_as_student=[f"language_model:{MODEL}"])
    assert not (await tools(hass, api, context_of(as_alva))).tools
    assert (await tools(hass, api, context_of(as_alva, platform="another"))).tools


async def test_an_intern_can_not_command_with_a_tool_from_before(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context
) -> None:
    """What is offered is not what decides."""
    await trusted(hass, house, trust_language_model="autonomous")
    before = await tools(hass, DOMAIN, context_of(as_alva))
    await trusted(hass, house, trust_language_model="intern")
    for tool in before.tools:
        if tool.annotations.read_only:
            continue
        result = await before.async_call_tool(llm.ToolInput(tool.name, {}))
        assert result.error
        assert result.data["error"] == "I’m not allowed to do that for you."


async def test_each_tool_is_described_in_full(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context
) -> None:
    """As MCP describes it: plain types, and for each parameter what it means."""
    await trusted(hass, house, trust_language_model="autonomous")
    instance = await tools(hass, DOMAIN, context_of(as_alva))
    for tool in instance.tools:
        offered = OPERATIONS[tool.name.removeprefix(f"{DOMAIN}__")]
        assert (tool.title, tool.description) == (offered.title, offered.description)
        shown = probatio.to_openapi(
            tool.parameters,
            custom_serializer=instance.custom_serializer,
            openapi_version="3.1.0",
        )
        json.dumps(shown)
        assert list(shown["properties"]) == [
            each.public_name for each in offered.parameters
        ]
        for parameter in offered.parameters:
            field = shown["properties"][parameter.public_name]
            assert field["description"] == parameter.described.description
            assert field["type"] in {"string", "integer", "boolean", "array", "object"}
            assert field.get("enum", []) == list(parameter.choices)
            assert (
                parameter.public_name in shown.get("required", [])
            ) == parameter.required


def test_annotations_are_honest() -> None:
    """What reads neither destroys nor adds; what Encore takes for a removal does not pass for an addition."""
    for command in COMMANDS:
        assert not (command.reads and command.adds)
        assert not (command.name.startswith(("remove", "delete", "un", "clear")) and command.adds)  # fmt: skip


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("get_top", {"of": "artists", "time_range": "this_week"}),
        ("get_top", {"of": "tracks", "limit": 3, "room": ["kitchen"]}),
        ("get_plays", {"time_range": "last_night", "listener": ["Alva"]}),
        ("get_heatmap", {}),
        ("get_taste", {"listener": "Alva"}),
    ],
)
async def test_a_tool_answers_as_the_action_does(
    hass: HomeAssistant,
    house: MockConfigEntry,
    as_alva: Context,
    tool: str,
    arguments: dict[str, Any],
) -> None:
    """The same data and the same sentence, without what a model has no use for."""
    answer = await act(hass, tool, as_alva, **arguments)
    result = await called(hass, context_of(as_alva), tool, **arguments)
    assert not result.error
    assert result.data == for_model(answer)
    assert result.data["speech"] == answer["speech"]
    assert not any(f'"{key}"' in json.dumps(result.data) for key in NOT_FOR_MODELS)


async def test_what_is_left_empty_was_not_given(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context
) -> None:
    """Models fill in every field, some of them with nothing; and write numbers as texts."""
    result = await called(
        *(hass, context_of(as_alva), "get_top"),
        listener=[],
        room=None,
        time_range=" ",
        kind="",
        limit="2",
    )
    assert not result.error
    listed: Any = result.data["top"]
    assert len(listed) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"listener": "Zoe"}, "Zoe"),
        ({"colour": "blue"}, "colour"),
        ({"limit": 1_000_000}, "limit"),
        ({"limit": {"$gt": 0}}, "limit"),
        ({"listener": [["Alva"]]}, "listener"),
        ({"time_range": "31 June"}, "31 June"),
        ({"time_range": "x" * 10_000}, "time_range"),
        ({"time_range": "next_year"}, "next_year"),
        ({"of": "'; DROP TABLE play;--"}, "of"),
    ],
)
async def test_what_is_wrong_is_said_in_words(
    hass: HomeAssistant,
    house: MockConfigEntry,
    as_alva: Context,
    arguments: dict[str, Any],
    said: str,
) -> None:
    """An error is an answer that the model can go on with, not an exception."""
    result = await called(hass, context_of(as_alva), "get_top", **arguments)
    assert result.error
    assert list(result.data) == ["error"]
    assert said in str(result.data["error"])


@pytest.fixture
def hall(hass: HomeAssistant, house: MockConfigEntry) -> dr.DeviceEntry:
    """Return the device of a voice satellite that stands in the kitchen."""
    [kitchen] = [
        area for area in ar.async_get(hass).async_list_areas() if area.name == "Kitchen"
    ]
    devices = dr.async_get(hass)
    device = devices.async_get_or_create(
        config_entry_id=house.entry_id, identifiers={("test", "hall")}
    )
    devices.async_update_device(device.id, area_id=kitchen.id)
    er.async_get(hass).async_get_or_create(
        "assist_satellite",
        "test",
        "hall",
        suggested_object_id="hall",
        device_id=device.id,
    )
    return device


async def test_a_model_behind_a_satellite_speaks_for_its_speaker(
    hass: HomeAssistant,
    house: MockConfigEntry,
    accounts: dict[str, MockConfigEntry],
    hall: dr.DeviceEntry,
    as_ben: Context,
) -> None:
    """“Here” is where it stands, “I” whose it is, and what is not shared with the household is not told."""
    hass.config_entries.async_update_entry(
        accounts["ben"],
        options={"privacy": "private", "person": "person.ben"},
    )
    here = context_of(Context(), device_id=hall.id)
    result = await called(hass, here, "get_plays", time_range="this_week", room="here")
    assert result.data["rooms"] == ["Kitchen"]
    reported = await called(hass, context_of(as_ben, device_id=hall.id), "get_plays", listener="Ben")  # fmt: skip
    assert reported.error
    own = await called(hass, context_of(as_ben), "get_plays", listener="Ben")
    assert not own.error


async def test_a_user_gains_no_trust_by_naming_a_satellite(
    hass: HomeAssistant,
    house: MockConfigEntry,
    hall: dr.DeviceEntry,
    ben: MockUser,
    as_ben: Context,
) -> None:
    """An MCP client may say that it is any device of the home."""
    await trusted(hass, house, trusted_as_student=[f"user:{ben.id}"])
    for api in (DOMAIN, llm.LLM_API_ASSIST):
        assert not (await tools(hass, api, context_of(as_ben, device_id=hall.id))).tools


@pytest.mark.parametrize("api", [DOMAIN, llm.LLM_API_ASSIST])
async def test_who_got_tools_is_known_as_a_model_elsewhere(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context, api: str
) -> None:
    """By its context, which Home Assistant's own tools pass on to our players."""
    assert (await async_caller(hass, as_alva)).kind is CallerKind.ADMINISTRATOR
    await llm.async_get_api(hass, api, context_of(as_alva))
    caller = await async_caller(hass, as_alva, Interface.ENTITY)
    assert (caller.kind, caller.model) == (CallerKind.LANGUAGE_MODEL, MODEL)


async def test_a_model_without_a_context_is_one_all_the_same(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """It may ask, and no more."""
    instance = await tools(hass, DOMAIN, context_of(None))
    assert instance.tools
    assert all(tool.annotations.read_only for tool in instance.tools)
    result = await called(hass, context_of(None), "get_plays", time_range="this_week")
    assert not result.error


async def test_the_api_goes_with_the_history(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """And comes back with it, once."""

    def apis() -> list[str]:
        return [api.id for api in llm.async_get_apis(hass) if api.id == DOMAIN]

    assert apis() == [DOMAIN]
    assert await hass.config_entries.async_reload(house.entry_id)
    assert apis() == [DOMAIN]
    assert await hass.config_entries.async_unload(house.entry_id)
    assert apis() == []
    assert await hass.config_entries.async_setup(house.entry_id)
