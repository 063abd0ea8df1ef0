"""Imports what is put into the folder that was chosen for an account."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.helpers.storage import Store

from ...access.account_listener import async_listener
from ...const import CONF_FOLDER, DOMAIN, LOGGER
from ...history.errors import (
    HistoryError,
    ImportInterrupted,
    ImportRefused,
    StoreRefused,
)
from ...history.imports.watched_files import (
    IMPORTED,
    REFUSED,
    known_export,
    set_aside,
    waiting,
)
from ...history.records.import_report import ImportReport
from ...runtime.error_translation import translated_errors
from ...runtime.issues import async_raise_issue
from ...runtime.jobs import DATA_JOBS
from ...runtime.store.history_service import DATA_HISTORY
from ...runtime.supervision import async_attempt
from ...settings.options import import_limits

LOOK_EVERY: Final = timedelta(minutes=1)
"""What did not change between two looks is complete."""

ISSUE_REFUSED: Final = "import_refused"
ISSUE_INCOMPLETE: Final = "import_incomplete"
ISSUE_GIVEN_UP: Final = "import_given_up"
ISSUES: Final = (ISSUE_REFUSED, ISSUE_INCOMPLETE, ISSUE_GIVEN_UP)

MOST_TRIES: Final = 3
"""How often an export is tried whose import ends in the middle, such as for lack of memory."""

MOST_NAMED: Final = 5
"""How many files of one export a notice names."""

_VERSION: Final = 1


@callback
def async_watch_folder(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Import what is put into the folder of an account, while its entry is loaded; fine where it has none."""
    if folder := entry.options.get(CONF_FOLDER):
        entry.async_on_unload(WatchedFolder(hass, entry, Path(folder)).async_start())


async def async_forget_folder(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Drop what was remembered and reported of the folder of an account that is removed."""
    await _settled(hass, entry).async_remove()
    its = tuple(_issue_id(entry, issue, "") for issue in ISSUES)
    for domain, issue_id in list(ir.async_get(hass).issues):
        if domain == DOMAIN and issue_id.startswith(its):
            ir.async_delete_issue(hass, DOMAIN, issue_id)


@dataclass
class WatchedFolder:
    """One folder; it is looked at once a minute, and one export is imported after the other."""

    hass: HomeAssistant
    entry: ConfigEntry
    folder: Path
    _before: dict[str, str] = field(default_factory=dict)
    """What the last look found, by name, each with its mark."""
    _settled: dict[str, str] | None = None
    """What stays where it is and is left alone until its mark is another; read at the first look."""
    _tries: dict[tuple[str, str], int] = field(default_factory=dict)
    """How often the import of one ended in the middle, by name and mark."""
    _busy: bool = False
    _troubled: bool = False

    @callback
    def async_start(self) -> CALLBACK_TYPE:
        """Look at the folder from now on; returns what stops that."""
        return async_track_time_interval(
            self.hass,
            self._look_soon,
            LOOK_EVERY,
            name=f"{DOMAIN} watched folder",
            cancel_on_shutdown=True,
        )

    @callback
    def _look_soon(self, _now: datetime) -> None:
        if not self._busy:
            self._busy = True
            what = f"{DOMAIN} watched folder"
            self.entry.async_create_background_task(
                self.hass, async_attempt(self.hass, what, self._async_look), what
            )

    async def _async_look(self) -> None:
        try:
            await self._async_import_all()
        except (OSError, HistoryError) as err:
            # Once, not every minute: it is tried again by itself.
            if not self._troubled:
                LOGGER.warning("Nothing can be imported from %s: %s", self.folder, err)
            self._troubled = True
        else:
            self._troubled = False
        finally:
            self._busy = False

    async def _async_import_all(self) -> None:
        """Import what did not change since the last look; raises OSError or HistoryError."""
        if self._settled is None:
            self._settled = await _settled(self.hass, self.entry).async_load() or {}
        found = await self.hass.async_add_executor_job(self._waiting)
        at_rest = [
            (name, mark)
            for name, mark in found.items()
            if self._before.get(name) == mark and self._settled.get(name) != mark
        ]
        self._before = found
        for name, mark in at_rest:
            await self._async_import(name, mark)

    def _waiting(self) -> dict[str, str]:
        """Look at the folder, which Home Assistant must still be allowed to read."""
        if not self.hass.config.is_allowed_path(str(self.folder)):
            raise PermissionError("Home Assistant may not read it")
        return waiting(self.folder)

    async def _async_import(self, name: str, mark: str) -> None:
        """Import one export unless it was imported before, and set it aside."""
        path = self.folder / name
        if await self._async_was_imported(path):
            await self._async_finish(path, mark, IMPORTED)
            return
        listener = async_listener(self.hass, self.entry)
        try:
            report = await self.hass.data[DATA_JOBS].async_import(path, listener)
        except ImportRefused as err:
            if await self.hass.async_add_executor_job(path.exists):
                self._report(ISSUE_REFUSED, name, _message(err))
                await self._async_finish(path, mark, REFUSED)
            return
        except (ImportInterrupted, StoreRefused) as err:
            await self._async_broken_off(path, mark, err)
            return
        if report.cancelled:
            await self._async_finish(path, mark, None)
            return
        self._report_on(name, report)
        await self._async_finish(path, mark, IMPORTED)

    async def _async_broken_off(
        self, path: Path, mark: str, error: HistoryError
    ) -> None:
        """Try again what was broken off, from there at the next looks; in the end leave it alone."""
        tries = self._tries.pop((path.name, mark), 0) + 1
        if tries < MOST_TRIES:
            self._tries[path.name, mark] = tries
            return
        self._report(ISSUE_GIVEN_UP, path.name, _message(error))
        await self._async_finish(path, mark, None)

    async def _async_was_imported(self, path: Path) -> bool:
        known = await self.hass.async_add_executor_job(
            known_export, path, import_limits(self.hass)
        )
        if known is None:
            return False
        listener = async_listener(self.hass, self.entry).key
        return await self.hass.data[DATA_HISTORY].async_look_up(
            lambda queries: queries.was_imported(listener, known)
        )

    async def _async_finish(self, path: Path, mark: str, to: str | None) -> None:
        """Move an export that is done with; what cannot be moved, or is to stay, is left alone until it changes."""
        assert self._settled is not None
        if to is not None:
            try:
                await self.hass.async_add_executor_job(set_aside, path, to)
            except OSError as err:
                LOGGER.debug("An export stays where it is: %s", err)
            else:
                return
        self._settled = {
            name: known for name, known in self._settled.items() if name in self._before
        } | {path.name: mark}
        await _settled(self.hass, self.entry).async_save(self._settled)

    @callback
    def _report_on(self, name: str, report: ImportReport) -> None:
        """Tell of the files of an export that were refused; take back what was said of it before."""
        for issue in ISSUES:
            ir.async_delete_issue(self.hass, DOMAIN, _issue_id(self.entry, issue, name))
        if refused := [_message(err) for err in report.refused]:
            named = refused[:MOST_NAMED]
            if left := len(refused) - len(named):
                named.append(f"(+ {left})")
            self._report(
                ISSUE_INCOMPLETE, name, "\n".join(f"- {each}" for each in named)
            )

    @callback
    def _report(self, issue: str, name: str, detail: str) -> None:
        async_raise_issue(
            self.hass,
            _issue_id(self.entry, issue, name),
            issue,
            # Nothing is left to fix; confirming takes the notice away.
            fix={"entry_id": self.entry.entry_id},
            account=self.entry.title,
            file=name,
            detail=detail,
            folder=str(self.folder),
        )


def _issue_id(entry: ConfigEntry, issue: str, name: str) -> str:
    return f"{issue}_{entry.entry_id}_{name}"


def _settled(hass: HomeAssistant, entry: ConfigEntry) -> Store[dict[str, str]]:
    """Return where it is remembered what stays in the folder of an account."""
    return Store(
        hass, _VERSION, f"{DOMAIN}.watched_folder.{entry.entry_id}", private=True
    )


def _message(error: HistoryError) -> str:
    """Return why something was not imported, in the words of the action's error."""
    try:
        with translated_errors():
            raise error
    except HomeAssistantError as err:
        return str(err)
