"""Intents for custom sentences: one for each question, such as EncoreGetTop, with its parameters as slots."""

from typing import Any, override

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import intent

from .access.policy import Interface, async_caller
from .api.error_responses import async_refusal
from .api.operations import QUESTION_OPERATIONS
from .api.schemas import tool_schema
from .dispatch.caller_context import async_query_context, room_of
from .dispatch.dispatcher import async_respond
from .dispatch.request_context import RequestContext
from .questions.base.operation import Operation

AREA = "area"
"""The slot in which Home Assistant gives the area of a sentence, or of who spoke it; it is the room."""
ROOM = "room"


async def async_setup_intents(hass: HomeAssistant) -> None:
    """Register an intent for each question; Home Assistant calls this once, when Encore is set up."""
    for question in QUESTION_OPERATIONS.values():
        intent.async_register(hass, QuestionIntent(question))


def intent_of(question: str) -> str:
    """Return the name of a question's intent."""
    return "Encore" + "".join(part.capitalize() for part in question.split("_"))


class QuestionIntent(intent.IntentHandler):
    """Answers a question. Language models have a tool for it, and are not offered this."""

    def __init__(self, question: Operation[Any, Any]) -> None:
        """Take what is asked."""
        self._question = question
        self._known = {each.public_name for each in question.parameters}
        self.intent_type = intent_of(question.name)
        self.description = question.description

    @property
    @override
    def slot_schema(self) -> dict[Any, Any]:
        schema: dict[Any, Any] = tool_schema(self._question.parameters).schema
        return schema

    @override
    async def async_handle(self, intent_obj: intent.Intent) -> intent.IntentResponse:
        """Say the answer; its data is in the slots of the response. What cannot be answered is said, too."""
        hass = intent_obj.hass
        caller = await async_caller(
            hass,
            intent_obj.context,
            Interface.INTENT,
            satellite_id=intent_obj.satellite_id,
        )
        query_context = async_query_context(
            hass,
            caller,
            language=intent_obj.language,
            here=room_of(hass, intent_obj.satellite_id, intent_obj.device_id),
        )
        response = intent_obj.create_response()
        response.response_type = intent.IntentResponseType.QUERY_ANSWER
        try:
            data = await async_respond(
                self._question,
                self._parameters(intent_obj),
                RequestContext(hass, caller, query_context),
            )
        except HomeAssistantError as err:
            refusal = await async_refusal(hass, err, query_context, reads=True)
            response.async_set_error(
                intent.IntentResponseErrorCode.FAILED_TO_HANDLE, refusal.message
            )
            return response
        response.async_set_speech(data["speech"])
        response.async_set_speech_slots(data)
        return response

    def _parameters(self, intent_obj: intent.Intent) -> dict[str, Any]:
        """Return what was said for each parameter; empty slots were not said."""
        slots = {name: slot["value"] for name, slot in intent_obj.slots.items()}
        parameters = {
            name: value
            for name, value in slots.items()
            if name != AREA and not intent.is_blank_slot_value(value)
        }
        area = slots.get(AREA)
        if ROOM in self._known and not intent.is_blank_slot_value(area):
            parameters.setdefault(ROOM, area)
        return parameters
