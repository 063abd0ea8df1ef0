"""All questions and commands by key, as every interface offers them. A command goes before the question of its key."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.core import HomeAssistant

from ..access.policy import AccessLevel, Caller
from ..commands.all_commands import COMMANDS
from ..commands.errors import UnknownCommand
from ..commands.registry import Command
from ..dispatch.ask_question import async_answer
from ..dispatch.audit import async_audited
from ..history.records.audit_log import RequestType
from ..questions.all_questions import QUESTIONS
from ..questions.errors import QuestionError, UnknownQuestion
from ..questions.query_context import QueryContext
from ..questions.registry import Question
from .run_command import async_command
from .schemas import read_given

type Operation = Question[Any, Any] | Command[Any, Any]

QUESTION_OPERATIONS: Final[dict[str, Operation]] = {
    each.key: each for each in QUESTIONS
} | {each.key: each for each in COMMANDS if each.key in QUESTIONS}
"""What can be asked of the history; where a command asks the question and does more, the command."""

COMMAND_OPERATIONS: Final[dict[str, Command[Any, Any]]] = {
    each.key: each for each in COMMANDS if each.key not in QUESTION_OPERATIONS
}
"""All other commands."""

OPERATIONS: Final[dict[str, Operation]] = {**QUESTION_OPERATIONS, **COMMAND_OPERATIONS}
"""Everything."""


def reads(offered: Operation) -> bool:
    """Return whether something changes nothing, and is called for its answer alone."""
    return not isinstance(offered, Command) or offered.reads


def access_level_for(offered: Operation) -> AccessLevel:
    """Return how far a caller must be trusted."""
    return offered.maturity if isinstance(offered, Command) else AccessLevel.INTERN


async def async_asked(
    hass: HomeAssistant,
    question: str,
    given: Mapping[str, Any],
    query_context: QueryContext,
    caller: Caller,
) -> dict[str, Any]:
    """Answer a question on behalf of a caller: data that JSON can carry, and in it the speech.

    Raises Unauthorized for who may not ask, UnknownQuestion, what `read_given` raises, and what the question does.
    """
    if question not in QUESTION_OPERATIONS:
        caller.require(AccessLevel.INTERN)
        raise UnknownQuestion(question)
    return await async_called(
        hass, QUESTION_OPERATIONS[question], given, query_context, caller
    )


async def async_commanded(
    hass: HomeAssistant,
    command: str,
    given: Mapping[str, Any],
    query_context: QueryContext,
    caller: Caller,
) -> dict[str, Any]:
    """Carry out a command on behalf of a caller: data that JSON can carry, and in it the speech.

    Raises Unauthorized for who may not, UnknownCommand, what `read_given` raises, and what the command does.
    """
    if command not in COMMANDS:
        caller.require(AccessLevel.INTERN)
        raise UnknownCommand(command=command)
    return await async_called(hass, COMMANDS[command], given, query_context, caller)


async def async_called(
    hass: HomeAssistant,
    offered: Operation,
    given: Mapping[str, Any],
    query_context: QueryContext,
    caller: Caller,
) -> dict[str, Any]:
    """Answer a question or carry out a command, as `async_asked` and `async_commanded` do."""
    wrong: QuestionError | None = None
    values: dict[str, Any] = {}
    try:
        values = read_given(offered.parameters, given)
    except QuestionError as err:
        wrong = err
    deed = RequestType.COMMAND if isinstance(offered, Command) else RequestType.QUESTION
    async with async_audited(
        hass,
        caller,
        needs=access_level_for(offered),
        deed=deed,
        what=offered.key,
        given=values,
        reads=reads(offered),
    ):
        if wrong is not None:
            # Who may not is not even told what would have been right.
            raise wrong
        if isinstance(offered, Command):
            return (
                await async_command(hass, offered.key, values, query_context, caller)
            ).data
        return (
            await async_answer(hass, offered.key, values, query_context, caller)
        ).data
