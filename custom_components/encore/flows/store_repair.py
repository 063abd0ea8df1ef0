"""Repair flow for a damaged or missing store."""

import asyncio
from pathlib import Path
from typing import Any, Final

from homeassistant.components.repairs import RepairsFlow, RepairsFlowResult
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryError, ConfigEntryNotReady
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN, LOGGER
from ..history.errors import HistoryError, SalvageFailed, StoreBusy
from ..history.history import now_ms
from ..history.records.job_records import JobKind, JobState, Work, note_job
from ..history.recovery.copies import copies_of, made_at
from ..history.recovery.salvage import Salvaged
from ..runtime.job_errors import stored_error
from ..runtime.jobs import DATA_JOBS
from ..runtime.store.history_service import DATA_HISTORY
from ..runtime.store.store_issue import ATTR_FILE, ATTR_MOVED_TO
from ..runtime.wait_uncancelled import async_wait_uncancelled
from ..settings.options import UserInput

DATA_SALVAGING: Final[HassKey[asyncio.Task[Salvaged | None]]] = HassKey(
    f"{DOMAIN}_salvaging"
)
"""The salvage under way: it goes on when the dialog is closed."""


class StoreRepair(RepairsFlow):
    """Recovers what can be read, restores the last copy, or starts a new history; closing the dialog decides nothing."""

    def __init__(self, data: dict[str, Any]) -> None:
        """Take what the issue knows."""
        self._file: str = data[ATTR_FILE]
        moved_to = data.get(ATTR_MOVED_TO)
        self._damaged = Path(moved_to) if moved_to else None
        self._copy: Path | None = None
        self._salvaging: asyncio.Task[Salvaged | None] | None = None

    async def async_step_init(self, user_input: UserInput = None) -> RepairsFlowResult:
        """Offer what there is to choose from."""
        if self.hass.data.get(DATA_SALVAGING) is not None:
            return await self.async_step_salvage()
        is_damaged, self._copy = await self.hass.async_add_executor_job(self._found)
        options = ["create"]
        if self._copy is not None:
            options.insert(0, "copy")
        if is_damaged:
            options.insert(0, "salvage")
        step = "gone" if self._damaged is None else "init"
        return self.async_show_menu(
            step_id=step, menu_options=options, description_placeholders=self._words
        )

    async def async_step_gone(self, user_input: UserInput = None) -> RepairsFlowResult:
        """Offer what there is to choose from about a file that is not there; its texts are others."""
        return await self.async_step_init()

    def _found(self) -> tuple[bool, Path | None]:
        """Return whether the damaged file is still there, and the newest copy."""
        file = self.hass.data[DATA_HISTORY].file
        copies = copies_of(file) if file is not None else []
        return self._damaged is not None and self._damaged.exists(), next(
            iter(copies), None
        )

    @property
    def _words(self) -> dict[str, str]:
        """What the texts name."""
        made = "-"
        if self._copy is not None:
            local = dt_util.as_local(made_at(self._copy))
            made = local.strftime("%Y-%m-%d %H:%M")
        return {
            "file": self._file,
            "kept": str(self._damaged) if self._damaged else "-",
            "made": made,
        }

    async def async_step_create(
        self, user_input: UserInput = None
    ) -> RepairsFlowResult:
        """Begin a new history, once the person confirms it."""
        if user_input is None:
            return self.async_show_form(
                step_id="create", description_placeholders=self._words
            )
        memory = self.hass.data[DATA_HISTORY]
        return await self._async_done(memory.async_create)

    async def async_step_copy(self, user_input: UserInput = None) -> RepairsFlowResult:
        """Go on with the newest copy, once the person confirms it."""
        if user_input is None:
            return self.async_show_form(
                step_id="copy", description_placeholders=self._words
            )
        memory, copy = self.hass.data[DATA_HISTORY], self._copy
        assert copy is not None
        return await self._async_done(lambda: memory.async_restore_copy(copy))

    async def _async_done(self, recover: Any) -> RepairsFlowResult:
        try:
            async with self.hass.data[DATA_HISTORY].async_held():
                await recover()
        except (HistoryError, ConfigEntryError, ConfigEntryNotReady) as err:
            return self._failed(err)
        return self.async_create_entry(data={})

    async def async_step_salvage(
        self, user_input: UserInput = None
    ) -> RepairsFlowResult:
        """Save what can be read, and show how far that is."""
        if self._salvaging is None:
            self._salvaging = self.hass.data.get(DATA_SALVAGING)
        if self._salvaging is None:
            assert self._damaged is not None
            self._salvaging = async_begin_salvage(self.hass, self._damaged)
        if not self._salvaging.done():
            return self.async_show_progress(
                step_id="salvage",
                progress_action="salvage",
                progress_task=self.hass.async_create_task(
                    _async_ended(self._salvaging)
                ),
            )
        return self.async_show_progress_done(next_step_id="salvaged")

    async def async_step_salvaged(
        self, user_input: UserInput = None
    ) -> RepairsFlowResult:
        """Say what was saved."""
        assert self._salvaging is not None
        try:
            done = await self._salvaging
        except (HistoryError, ConfigEntryError, ConfigEntryNotReady) as err:
            return self._failed(err)
        if done is None:
            return self.async_create_entry(data={})
        if done.cancelled:
            return self.async_abort(reason="salvage_cancelled")
        if user_input is not None:
            return self.async_create_entry(data={})
        return self.async_show_form(
            step_id="salvaged",
            description_placeholders={
                "rows": str(done.rows),
                "unreadable": str(done.unreadable),
                "left_out": str(done.left_out),
                "kept": str(self._damaged),
            },
        )

    def _failed(self, error: Exception) -> RepairsFlowResult:
        LOGGER.warning("The history cannot be repaired: %s", error)
        if isinstance(error, StoreBusy):
            return self.async_abort(reason="history_busy")
        if isinstance(error, SalvageFailed):
            return self.async_abort(
                reason="salvage_failed",
                description_placeholders={"reason": str(error)},
            )
        return self.async_abort(reason="history_unavailable")


@callback
def async_begin_salvage(
    hass: HomeAssistant, damaged: Path
) -> asyncio.Task[Salvaged | None]:
    """Begin to save what can be read of a damaged file, as a job that goes on by itself."""
    task = hass.async_create_background_task(
        _async_salvage(hass, damaged), f"{DOMAIN} salvage", eager_start=False
    )
    hass.data[DATA_SALVAGING] = task
    return task


async def _async_salvage(hass: HomeAssistant, damaged: Path) -> Salvaged | None:
    memory, jobs = hass.data[DATA_HISTORY], hass.data[DATA_JOBS]
    job = jobs.begin_without_store(Work(JobKind.REBUILD, damaged.name))
    begun = now_ms()
    state, counts, error = JobState.FAILED, {}, None
    try:
        async with memory.async_held():
            done = await memory.async_salvage(
                damaged,
                progress=lambda rows, percent: jobs.go_on(job, rows, percent),
                cancelled=job.cancelled,
            )
            if done is not None and not done.cancelled:
                await jobs.async_record(job)
                memory.note(
                    lambda connection, _: note_job(
                        connection, job.id, {"started_at": begun}
                    )
                )
                counts = {
                    "rows": done.rows,
                    "unreadable": done.unreadable,
                    "left_out": done.left_out,
                    "changed": done.plays_changed,
                }
            state = JobState.CANCELLED if done and done.cancelled else JobState.DONE
            await jobs.async_end(job, state, counts)
    except HistoryError as err:
        error = stored_error(err)
        raise
    finally:
        del hass.data[DATA_SALVAGING]
        await jobs.async_end(job, state, counts, error)
    return done


async def _async_ended(task: asyncio.Task[Any]) -> None:
    """Wait for the end of a task, whatever that is; who is cancelled leaves it to go on."""
    try:
        await async_wait_uncancelled(task)
    except Exception as err:  # noqa: BLE001  the step that follows tells it
        LOGGER.debug("A salvage failed: %s", err)
