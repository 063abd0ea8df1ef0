"""What every door offers, by name: the questions, and the commands. A command goes before the question of its key."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.core import HomeAssistant

from ..access.policy import Caller, Maturity
from ..commands.all_commands import COMMANDS
from ..commands.errors import UnknownCommand
from ..commands.registry import Command
from ..dispatch.ask_question import async_ask
from ..dispatch.audit import async_audited
from ..history.records.audit_log import Deed
from ..questions.all_questions import QUESTIONS
from ..questions.errors import QuestionError, UnknownQuestion
from ..questions.query_context import Asking
from ..questions.registry import Question
from .run_command import async_command
from .schemas import read_given

type Offered = Question[Any, Any] | Command[Any, Any]

QUESTIONS_OFFERED: Final[dict[str, Offered]] = {
    each.key: each for each in QUESTIONS
} | {each.key: each for each in COMMANDS if each.key in QUESTIONS}
"""What can be asked of the history; where a command asks the question and does more, the command."""

COMMANDS_OFFERED: Final[dict[str, Command[Any, Any]]] = {
    each.key: each for each in COMMANDS if each.key not in QUESTIONS_OFFERED
}
"""All other commands."""

OFFERED: Final[dict[str, Offered]] = {**QUESTIONS_OFFERED, **COMMANDS_OFFERED}
"""Everything."""


def reads(offered: Offered) -> bool:
    """Return whether something changes nothing, and is called for its answer alone."""
    return not isinstance(offered, Command) or offered.reads


def maturity_for(offered: Offered) -> Maturity:
    """Return how far a caller must be trusted."""
    return offered.maturity if isinstance(offered, Command) else Maturity.INTERN


async def async_asked(
    hass: HomeAssistant,
    question: str,
    given: Mapping[str, Any],
    asking: Asking,
    caller: Caller,
) -> dict[str, Any]:
    """Answer a question on behalf of a caller: data that JSON can carry, and in it the speech.

    Raises Unauthorized for who may not ask, UnknownQuestion, what `read_given` raises, and what the question does.
    """
    if question not in QUESTIONS_OFFERED:
        caller.require(Maturity.INTERN)
        raise UnknownQuestion(question)
    return await async_called(hass, QUESTIONS_OFFERED[question], given, asking, caller)


async def async_commanded(
    hass: HomeAssistant,
    command: str,
    given: Mapping[str, Any],
    asking: Asking,
    caller: Caller,
) -> dict[str, Any]:
    """Carry out a command on behalf of a caller: data that JSON can carry, and in it the speech.

    Raises Unauthorized for who may not, UnknownCommand, what `read_given` raises, and what the command does.
    """
    if command not in COMMANDS:
        caller.require(Maturity.INTERN)
        raise UnknownCommand(command=command)
    return await async_called(hass, COMMANDS[command], given, asking, caller)


async def async_called(
    hass: HomeAssistant,
    offered: Offered,
    given: Mapping[str, Any],
    asking: Asking,
    caller: Caller,
) -> dict[str, Any]:
    """Answer a question or carry out a command, as `async_asked` and `async_commanded` do."""
    wrong: QuestionError | None = None
    values: dict[str, Any] = {}
    try:
        values = read_given(offered.parameters, given)
    except QuestionError as err:
        wrong = err
    deed = Deed.COMMAND if isinstance(offered, Command) else Deed.QUESTION
    async with async_audited(
        hass,
        caller,
        needs=maturity_for(offered),
        deed=deed,
        what=offered.key,
        given=values,
        reads=reads(offered),
    ):
        if wrong is not None:
            # Who may not is not even told what would have been right.
            raise wrong
        if isinstance(offered, Command):
            return (await async_command(hass, offered.key, values, asking, caller)).data
        return (await async_ask(hass, offered.key, values, asking, caller)).data
