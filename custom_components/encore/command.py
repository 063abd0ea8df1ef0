"""The one way from a door to a command: who commands, may they, and what came of it."""

from collections.abc import Mapping

from homeassistant.core import Context, HomeAssistant

from .commands import COMMANDS
from .commands.commanding import Commanding
from .commands.registry import Done
from .policy import async_caller
from .questions.asking import Asking
from .questions.speech import say_done


async def async_command(
    hass: HomeAssistant,
    key: str,
    values: Mapping[str, object],
    asking: Asking,
    context: Context,
) -> Done:
    """Carry out a command on behalf of whoever stands behind the context.

    Raises Unauthorized for who may not, BadParameter for what cannot be given, and what the command raises.
    """
    command = COMMANDS[key]
    (await async_caller(hass, context)).require(command.maturity)
    asked = command.read(values)
    result = await command.async_carry_out(asked, Commanding(hass, context, asking))
    # The first sentence of a language is read from the disk.
    speech = await hass.async_add_executor_job(say_done, key, result, asking)
    return Done({**result.as_data(), "speech": speech}, speech)
