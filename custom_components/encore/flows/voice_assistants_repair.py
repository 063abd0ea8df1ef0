"""The repair that puts Encore's conversation agent in front of the voice assistants that a person chooses."""

from typing import Any

from homeassistant.components.repairs import RepairsFlow, RepairsFlowResult
from homeassistant.config_entries import ConfigEntry

from ..settings.voice_assistants import (
    CONF_ASSISTANTS,
    assistants_schema,
    async_choose_assistants,
    async_voice_assistants,
)


class VoiceAssistantsRepair(RepairsFlow):
    """Asks once, with every voice assistant chosen."""

    def __init__(self, entry: ConfigEntry) -> None:
        """Take the History entry, whose options have the choice."""
        self._entry = entry

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Begin with the choice; `user_input` is the issue."""
        return await self.async_step_choose()

    async def async_step_choose(
        self, user_input: dict[str, Any] | None = None
    ) -> RepairsFlowResult:
        """Show the choice, then make it; choosing none is a choice, too."""
        if user_input is not None:
            before = await async_choose_assistants(
                self.hass, self._entry, user_input[CONF_ASSISTANTS]
            )
            self.hass.config_entries.async_update_entry(
                self._entry, options={**self._entry.options, CONF_ASSISTANTS: before}
            )
            return self.async_create_entry(data={})
        everything = {CONF_ASSISTANTS: list(async_voice_assistants(self.hass))}
        return self.async_show_form(
            step_id="choose",
            data_schema=self.add_suggested_values_to_schema(
                assistants_schema(self.hass), everything
            ),
        )
