"""Who commands, when and where: what a command cannot know by itself."""

from dataclasses import dataclass

from homeassistant.core import Context, HomeAssistant

from ..questions.asking import Asking


@dataclass(frozen=True, slots=True)
class Commanding:
    """The circumstances of a command, told by the door that it came through."""

    hass: HomeAssistant
    context: Context
    asking: Asking
    """The same circumstances as a question has them: clock, language, who and where."""
