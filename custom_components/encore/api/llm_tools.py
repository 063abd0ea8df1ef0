"""Tools for language models, in Assist's API and in an API of Encore's own. MCP serves both.

Home Assistant calls `async_get_tools` for whatever is to have Assist's tools, and the API's instance for whatever is to
have Encore's. Both note the context as a language model's, so that it is known again when it comes by another way, as
Home Assistant's own HassMediaPause does to our players.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final, override

from homeassistant.components.llm import LLMTools
from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er, llm

from ..access.policy import Caller, Interface, async_caller, async_remember_model
from ..const import DOMAIN, LOGGER
from ..dispatch.caller_context import async_query_context, room_of
from ..dispatch.dispatcher import async_respond
from ..dispatch.request_context import RequestContext
from ..language.speech import say_phrase
from ..questions.base.operation import Operation
from .error_responses import async_refusal
from .operations import OPERATIONS
from .schemas import tool_schema

API_NAME: Final = "Encore"
ANY_LANGUAGE: Final = "*"
"""What Home Assistant's MCP server gives as the language."""

PROMPT: Final = (
    "Encore remembers what was played in this house: when, by whom and in which rooms. Ask it with the tools whose "
    "names begin with encore__; each result has a sentence as speech, which is true and may be said as it is. Give "
    "a time_range by its name, such as last_night, this_week or last_90_days; leave out what was not asked for. "
    "“I” and “my” are the listener me; what is called so in a result's `assumed` was understood otherwise."
)

NOT_FOR_MODELS: Final = frozenset(
    {"id", "device_id", "image_url", "snapshot_id", "entry_id"}
)
"""Keys of answers that a model has no use for: things have URIs, devices and rooms have names."""


@callback
def async_get_tools(
    hass: HomeAssistant, llm_context: llm.LLMContext, api_id: str
) -> LLMTools | None:
    """Return what Assist's language model is offered of Encore; nothing where the caller may not even ask."""
    # Assist's tools are Home Assistant's too, which reach our players.
    context = _known(hass, llm_context)
    if api_id != llm.LLM_API_ASSIST:
        return None
    caller = hass.async_create_task(
        _async_caller(hass, llm_context, context),
        f"{DOMAIN} who asks",
        eager_start=True,
    )
    if not caller.done():
        # It only looks into what is in memory; should that ever change, nobody is trusted unseen.
        caller.cancel()
        return None
    tools = _tools_for(caller.result(), everyday=True)
    return LLMTools(tools, PROMPT) if tools else None


@callback
def async_open_tools(hass: HomeAssistant) -> CALLBACK_TYPE:
    """Register Encore's own API, until the returned function is called."""
    return llm.async_register_api(hass, EncoreAPI(hass=hass, id=DOMAIN, name=API_NAME))


class EncoreAPI(llm.API):
    """Everything that Encore offers, for a language model that is there for it alone."""

    @override
    async def async_get_api_instance(
        self, llm_context: llm.LLMContext
    ) -> llm.APIInstance:
        """Return what a caller may use of it."""
        context = _known(self.hass, llm_context)
        caller = await _async_caller(self.hass, llm_context, context)
        tools = _tools_for(caller, everyday=False)
        return llm.APIInstance(
            api=self,
            api_prompt=PROMPT if tools else "",
            llm_context=llm_context,
            tools=tools,
            custom_serializer=llm.selector_serializer,
        )


class EncoreTool(llm.Tool):
    """A question or a command, as a language model has it."""

    integration = DOMAIN

    def __init__(self, operation: Operation[Any, Any]) -> None:
        """Describe it."""
        self._operation = operation
        self.name = f"{DOMAIN}__{operation.name}"
        self.title = operation.title
        self.description = operation.description
        self.parameters = tool_schema(operation.parameters)
        self.annotations = annotations(operation)

    @override
    async def async_call(
        self,
        hass: HomeAssistant,
        tool_input: llm.ToolInput,
        llm_context: llm.LLMContext,
    ) -> llm.ToolResult:
        """Answer or carry it out; what goes wrong is said in words."""
        context = _known(hass, llm_context)
        caller = await _async_caller(hass, llm_context, context)
        language = llm_context.language
        query_context = async_query_context(
            hass,
            caller,
            language=None if language == ANY_LANGUAGE else language,
            here=room_of(hass, caller.satellite_id, llm_context.device_id),
        )
        values = _not_blank(tool_input.tool_args)
        request_context = RequestContext(hass, caller, query_context)
        try:
            data = await async_respond(self._operation, values, request_context)
        except HomeAssistantError as err:
            refusal = await async_refusal(
                hass, err, query_context, reads=self._operation.reads
            )
            words = refusal.message
        except Exception:  # noqa: BLE001  whatever it is, the model goes on with words
            LOGGER.exception("The tool %s failed", self.name)
            words = await hass.async_add_executor_job(
                say_phrase, "failed", query_context
            )
        else:
            return llm.ToolResult(for_model(data))
        return llm.ToolResult({"error": words}, error=True)


def annotations(operation: Operation[Any, Any]) -> llm.ToolAnnotations:
    """Return how a tool behaves: `open_world` says that Spotify is asked, not only this home."""
    return llm.ToolAnnotations(
        read_only=operation.reads,
        destructive=not (operation.reads or operation.adds),
        idempotent=operation.reads or operation.repeatable,
        open_world=not operation.stays_home,
    )


def for_model(data: Any) -> Any:
    """Return an answer without the ids and addresses that a model does not need."""
    if isinstance(data, Mapping):
        return {
            key: for_model(value)
            for key, value in data.items()
            if key not in NOT_FOR_MODELS
        }
    if isinstance(data, (list, tuple)):
        return [for_model(each) for each in data]
    return data


@callback
def _known(hass: HomeAssistant, llm_context: llm.LLMContext) -> Context:
    """Return the context of a language model, which is known as such from now on."""
    context = llm_context.context or Context()
    async_remember_model(hass, context, llm_context.platform)
    return context


async def _async_caller(
    hass: HomeAssistant, llm_context: llm.LLMContext, context: Context
) -> Caller:
    return await async_caller(
        hass,
        context,
        Interface.TOOL,
        satellite_id=_satellite_of(hass, llm_context.device_id),
    )


@callback
def _satellite_of(hass: HomeAssistant, device_id: str | None) -> str | None:
    """Return the voice satellite (entity) that a device is, if it is one."""
    if device_id is None:
        return None
    for entity in er.async_entries_for_device(er.async_get(hass), device_id):
        if entity.domain == "assist_satellite":
            return entity.entity_id
    return None


def _tools_for(caller: Caller, *, everyday: bool) -> list[llm.Tool]:
    """Return the tools that a caller may use."""
    return [
        _tool(key)
        for key, operation in OPERATIONS.items()
        if caller.access_level >= operation.access_level
        and (operation.everyday or not everyday)
    ]


@cache
def _tool(key: str) -> EncoreTool:
    return EncoreTool(OPERATIONS[key])


def _not_blank(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was given; models write empty texts and lists for what they leave out."""
    return {
        name: value
        for name, value in arguments.items()
        if value is not None and value != [] and str(value).strip()
    }
