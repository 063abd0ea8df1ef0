"""Runs a command for any interface: checks the access level, runs it, writes the audit log."""

from collections.abc import Mapping

from homeassistant.core import HomeAssistant

from ..access.policy import Caller
from ..commands.all_commands import COMMANDS
from ..commands.command_context import CommandContext
from ..commands.registry import Done, Result
from ..dispatch.audit import async_audited
from ..history.records.audit_log import RequestType
from ..language.speech import say_done
from ..questions.query_context import QueryContext


async def async_command(
    hass: HomeAssistant,
    key: str,
    values: Mapping[str, object],
    query_context: QueryContext,
    caller: Caller,
) -> Done:
    """Carry out a command on behalf of a caller.

    Raises Unauthorized for who may not, BadParameter for what cannot be given, and what the command raises.
    """
    command = COMMANDS[key]
    async with async_audited(
        hass,
        caller,
        needs=command.maturity,
        deed=RequestType.COMMAND,
        what=key,
        given=values,
        reads=command.reads,
    ):
        asked = command.read(values)
        result = await command.async_carry_out(
            asked, CommandContext(hass, caller, query_context)
        )
    # The first sentence of a language is read from the disk, and the data of many plays takes long to write.
    return await hass.async_add_executor_job(_done, key, result, query_context)


def _done(key: str, result: Result, query_context: QueryContext) -> Done:
    speech = say_done(key, result, query_context)
    return Done({**result.as_data(), "speech": speech}, speech)
