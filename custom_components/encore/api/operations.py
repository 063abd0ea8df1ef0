"""The questions and commands that each interface offers, and calls of them by name."""

from collections.abc import Mapping
from typing import Any, Final

from ..access.policy import AccessLevel
from ..commands.all_commands import COMMANDS
from ..commands.errors import UnknownCommand
from ..dispatch.dispatcher import async_respond
from ..dispatch.request_context import RequestContext
from ..questions.all_questions import QUESTIONS
from ..questions.base.errors import UnknownQuestion
from ..questions.base.operation import Interface, Operation
from ..runtime.error_translation import translated_errors

type Operations = dict[str, Operation[Any, Any]]
type Data = dict[str, Any]
"""What JSON can carry."""


def offered_by(interface: Interface) -> Operations:
    """Return what an interface offers, by name: questions, then commands."""
    everything: tuple[Operation[Any, Any], ...] = (*QUESTIONS, *COMMANDS)
    return {each.name: each for each in everything if interface in each.interfaces}


ACTIONS: Final = offered_by(Interface.ACTION)
OPERATIONS: Final = offered_by(Interface.TOOL)
"""What programs and language models are offered, too."""
QUESTION_OPERATIONS: Final = offered_by(Interface.HTTP)
"""What is asked at an address of HTTP, by the WebSocket's `ask`, and by intents."""
SENTENCES: Final[Operations] = {
    each.key: each for each in offered_by(Interface.SENTENCE).values()
}
"""What is asked and commanded in sentences, by key."""
COMMAND_OPERATIONS: Final[Operations] = {
    each.name: each for each in COMMANDS if Interface.WEBSOCKET in each.interfaces
}


async def async_answered_question(
    key: str, values: Mapping[str, Any], context: RequestContext
) -> Data:
    """Return the data of the answer to a question, with its speech. Raises HomeAssistantError, for unknown questions, too."""
    return await async_commanded(QUESTION_OPERATIONS, key, values, context)


async def async_commanded(
    operations: Operations, key: str, values: Mapping[str, Any], context: RequestContext
) -> Data:
    """Return the data of the result of a command or action, with its speech. Raises as `async_answered_question`."""
    if key in operations:
        return await async_respond(operations[key], values, context)
    with translated_errors():
        context.caller.require(AccessLevel.INTERN)
        if operations is QUESTION_OPERATIONS:
            raise UnknownQuestion(key)
        raise UnknownCommand(command=key)
