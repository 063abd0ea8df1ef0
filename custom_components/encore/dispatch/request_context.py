"""Request context: who asks or commands, and in which circumstances."""

from dataclasses import dataclass

from homeassistant.core import Context, HomeAssistant

from ..access.policy import Caller
from ..questions.base.query_context import QueryContext


@dataclass(frozen=True, slots=True)
class RequestContext:
    """The circumstances of one question or command, made by the interface that it came through."""

    hass: HomeAssistant
    caller: Caller
    query_context: QueryContext
    """The same circumstances as the history has them: clock, language, who and where."""

    @property
    def context(self) -> Context:
        """The context of the caller, for actions of Home Assistant that are called on their behalf."""
        return self.caller.context
