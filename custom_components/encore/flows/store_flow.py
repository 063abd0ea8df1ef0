"""Reconfigure flow that moves the history to another database."""

import asyncio
from typing import Any, Final

import probatio

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.config_entry_oauth2_flow import AbstractOAuth2FlowHandler
from homeassistant.helpers.selector import BooleanSelector, TextSelector
from homeassistant.requirements import async_clear_install_history

from ..const import CONF_DB_URL
from ..history.database.store import shown, with_password_of
from ..history.errors import HistoryError, StoreBusy, StoreTaken, StoreTooNew
from ..runtime.store.history_service import DATA_HISTORY
from ..runtime.store.store_opening import POSTGRESQL_DRIVER, DriverMissing
from ..runtime.wait_uncancelled import async_wait_uncancelled
from ..settings.options import UserInput, filled

CONF_COPY: Final = "copy"

STORE_SCHEMA: Final = probatio.Schema(
    {
        probatio.Optional(CONF_DB_URL): TextSelector(),
        probatio.Required(CONF_COPY, default=True): BooleanSelector(),
    }
)


_FAILURES: Final[dict[type[Exception], str]] = {
    ValueError: "not_a_db_url",
    StoreBusy: "store_busy",
    StoreTaken: "store_taken",
    StoreTooNew: "store_of_newer_encore",
}


class StoreFlow(AbstractOAuth2FlowHandler):
    """The steps that ask where to, move, and say how it went."""

    def __init__(self) -> None:
        """Begin with nothing asked for."""
        super().__init__()
        self._asked: dict[str, Any] = {}
        self._moving: asyncio.Task[None] | None = None
        self._failure: tuple[str, str] | None = None

    async def async_step_store(self, user_input: UserInput = None) -> ConfigFlowResult:
        """Ask for the URL; none stands for the file in the configuration folder."""
        known = self._get_reconfigure_entry().data.get(CONF_DB_URL)
        errors: dict[str, str] = {}
        reason = "-"
        if self._failure is not None:
            errors["base"], reason = self._failure
            self._failure = None
        elif user_input is not None:
            self._asked = user_input
            return await self.async_step_move()
        suggested = self._asked or ({CONF_DB_URL: shown(known)} if known else {})
        example = "postgresql://encore:password@host/encore"
        words = {"reason": reason, "example": example}
        return filled(self, "store", STORE_SCHEMA, suggested, errors, words=words)

    async def async_step_move(self, user_input: UserInput = None) -> ConfigFlowResult:
        """Move, and show that it goes on."""
        if self._moving is None:
            self._moving = self.hass.async_create_task(self._async_unhurried())
        if not self._moving.done():
            return self.async_show_progress(
                step_id="move", progress_action="move", progress_task=self._moving
            )
        moving, self._moving = self._moving, None
        try:
            await moving
        except DriverMissing:
            self._failure = ("driver_missing", POSTGRESQL_DRIVER)
        except (HistoryError, HomeAssistantError, ValueError) as err:
            reasons = (why for kind, why in _FAILURES.items() if isinstance(err, kind))
            reason = next(reasons, "store_refused")
            self._failure = (reason, str(err) if reason == "store_refused" else "-")
        else:
            return self.async_show_progress_done(next_step_id="moved")
        return self.async_show_progress_done(next_step_id="store")

    async def async_step_moved(self, user_input: UserInput = None) -> ConfigFlowResult:
        """Say that the history moved."""
        return self.async_update_reload_and_abort(
            self._get_reconfigure_entry(), reason="store_moved"
        )

    @property
    def _url(self) -> str | None:
        """What was asked for, with the password that the person was not shown."""
        asked = self._asked.get(CONF_DB_URL, "").strip()
        known = self._get_reconfigure_entry().data.get(CONF_DB_URL)
        return (with_password_of(asked, known) if known else asked) or None

    async def _async_unhurried(self) -> None:
        """Move to the end, also when the person closes the page meanwhile."""
        moving = self.hass.async_create_task(self._async_move())
        await async_wait_uncancelled(moving)

    async def _async_move(self) -> None:
        """Move, and keep where the history is from then on."""
        memory, entry = self.hass.data[DATA_HISTORY], self._get_reconfigure_entry()
        asked = self._url
        url = asked or memory.file_url
        if url != memory.url:
            # Home Assistant tries a driver again that it could not install before.
            async_clear_install_history(self.hass)
            await memory.async_move(url, copy=self._asked[CONF_COPY])
        data = {key: value for key, value in entry.data.items() if key != CONF_DB_URL}
        if asked:
            data[CONF_DB_URL] = asked
        self.hass.config_entries.async_update_entry(entry, data=data)
