"""Repair flows that ask what to do about an issue."""

from typing import ClassVar

from homeassistant.components.repairs import RepairsFlow, RepairsFlowResult
from homeassistant.config_entries import ConfigEntry
from homeassistant.helpers import issue_registry as ir

from ..const import DOMAIN, LOGGER
from ..history.deletion.deletion_jobs import ForgetRequest
from ..history.errors import HistoryError
from ..history.records.deletion_rules import Rule, Why
from ..listeners.housekeeping import async_get_housekeeping
from ..runtime.moments import now_ms
from ..runtime.store.history_service import DATA_HISTORY
from ..settings.options import UserInput, filled
from ..settings.voice_assistants import (
    CONF_ASSISTANTS,
    assistants_schema,
    async_choose_assistants,
    async_voice_assistants,
)
from ..spotify.api.device_approval import async_get_device_approval


class ChoiceRepair(RepairsFlow):
    """Offers what can be done about an issue, each a step; closing the dialog decides nothing."""

    choices: ClassVar[tuple[str, ...]]

    async def async_step_init(self, user_input: UserInput = None) -> RepairsFlowResult:
        """Ask."""
        issue = ir.async_get(self.hass).async_get_issue(DOMAIN, self.issue_id)
        return self.async_show_menu(
            step_id="init",
            menu_options=[*self.choices],
            description_placeholders=issue.translation_placeholders if issue else None,
        )


class NewDeviceRepair(ChoiceRepair):
    """Lets a Connect device be played on or not, as an administrator chooses."""

    choices = ("approve", "refuse")

    def __init__(self, device_id: str) -> None:
        """Take the id that Spotify has for the device."""
        self._device_id = device_id

    async def async_step_approve(
        self, user_input: UserInput = None
    ) -> RepairsFlowResult:
        """Let it in."""
        return self._decide(approved=True)

    async def async_step_refuse(
        self, user_input: UserInput = None
    ) -> RepairsFlowResult:
        """Play nothing on it."""
        return self._decide(approved=False)

    def _decide(self, *, approved: bool) -> RepairsFlowResult:
        async_get_device_approval(self.hass).async_decide(
            self._device_id, approved=approved
        )
        return self.async_create_entry(data={})


class DepartedRepair(ChoiceRepair):
    """Keeps or forgets what a listener played, as the person chooses."""

    choices = ("keep", "forget")

    def __init__(self, listener: str) -> None:
        """Take the listener's key."""
        self._listener = listener

    async def async_step_keep(self, user_input: UserInput = None) -> RepairsFlowResult:
        """Keep everything."""
        return self.async_create_entry(data={})

    async def async_step_forget(
        self, user_input: UserInput = None
    ) -> RepairsFlowResult:
        """Forget everything; who links the account again begins again."""
        history = self.hass.data[DATA_HISTORY]
        now = now_ms()
        request = ForgetRequest(
            Rule(listener=self._listener), now, why=Why.ACCOUNT, keep_away=False
        )
        try:
            async with history.async_held():
                await history.async_run(lambda history: history.forget(request))
                await async_get_housekeeping(self.hass).async_plan_purge()
        except HistoryError as err:
            LOGGER.warning("The history of an account cannot be forgotten: %s", err)
            return self.async_abort(reason="history_unavailable")
        return self.async_create_entry(data={})


class VoiceAssistantsRepair(RepairsFlow):
    """Asks once, with every voice assistant chosen."""

    def __init__(self, entry: ConfigEntry) -> None:
        """Take the History entry, whose options have the choice."""
        self._entry = entry

    async def async_step_init(self, user_input: UserInput = None) -> RepairsFlowResult:
        """Begin with the choice; `user_input` is the issue."""
        return await self.async_step_choose()

    async def async_step_choose(
        self, user_input: UserInput = None
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
        return filled(self, "choose", assistants_schema(self.hass), everything)
