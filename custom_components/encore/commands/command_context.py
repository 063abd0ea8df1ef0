"""Command context: who commands, from where, in which language and time zone."""

from dataclasses import dataclass

from homeassistant.core import Context, HomeAssistant

from ..access.policy import Caller
from ..questions.query_context import QueryContext


@dataclass(frozen=True, slots=True)
class CommandContext:
    """The circumstances of a command, given by the interface that it came through."""

    hass: HomeAssistant
    caller: Caller
    query_context: QueryContext
    """The same circumstances as a question has them: clock, language, who and where."""

    @property
    def context(self) -> Context:
        """The context of the caller, for what Home Assistant is told to do."""
        return self.caller.context
