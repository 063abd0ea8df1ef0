"""Uploads: parts of an export are stored until it is complete, then it is imported.

They lie in the config's cache, which no backup holds, under names of our own. What is left there by a process before this
one is removed at the start.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
import errno
from functools import partial
from pathlib import Path
import shutil
from typing import Any, Final
from uuid import uuid4

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import ATTR_CONFIG_ENTRY_ID
from homeassistant.core import CALLBACK_TYPE, HassJob, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers.event import async_call_later
from homeassistant.util.hass_dict import HassKey

from ...access.account_listener import async_listener
from ...const import DOMAIN, LOGGER
from ...errors import translated
from ...history.database.private_files import close_folder, create, make_folder
from ...history.errors import HistoryError, ImportRefused, Refusal
from ...history.imports.package import BEGINS_AS_ZIP
from ...listeners.linked_listeners import visible_accounts
from ...runtime.jobs import DATA_JOBS
from ...runtime.supervision import log_unforeseen
from ...settings.options import import_limits
from .upload_errors import (
    UploadBrokenOff,
    UploadBusy,
    UploadNoRoom,
    UploadNotWritten,
    UploadPieceTooLarge,
    UploadTooMany,
    UploadUnknown,
    UploadWrongOffset,
)

MIB: Final = 1024**2
PIECE_BYTES: Final = 8 * MIB
"""The most that is taken at once; a proxy in front of Home Assistant may take less."""

WRITTEN_AT_ONCE: Final = MIB
STALLED_S: Final = 30
"""After so long without a byte, a connection is taken for lost, so that another can go on."""

EXPIRES_AFTER: Final = timedelta(days=1)
"""How long after the last piece an upload is kept."""

MOST_AT_ONCE: Final = 4
"""How many exports of one user can be on their way."""

SPARE_BYTES: Final = 256 * MIB
"""What stays free on the disk, for the history and for everything else of the home."""


@dataclass(slots=True)
class Upload:
    """An export of which pieces have come; sizes are in bytes."""

    id: str
    user_id: str
    """Who sends it: nobody else is told of it."""
    entry_id: str
    """The account for whose listener it is."""
    name: str
    """What the user calls the file; nothing on our disk is called so."""
    size: int
    path: Path
    received: int = 0
    job: int | None = None
    """The import, once it has begun."""
    busy: bool = False
    """Whether somebody is sending a piece."""
    beginning: bool = False
    """Whether its import is about to begin, or going on."""
    expire: CALLBACK_TYPE = field(default=lambda: None)

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON can carry it: a page that lost its connection goes on from what was `received`."""
        return {
            "upload": self.id,
            ATTR_CONFIG_ENTRY_ID: self.entry_id,
            "name": self.name,
            "size": self.size,
            "received": self.received,
            "job": self.job,
        }


class Uploads:
    """The exports that are on their way to this home."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Begin with none."""
        self._hass = hass
        self._folder = Path(hass.config.cache_path(DOMAIN, "uploads"))
        self._uploads: dict[str, Upload] = {}

    async def async_open(self) -> None:
        """Remove what a process before this one left."""
        remove = partial(shutil.rmtree, self._folder, ignore_errors=True)
        await self._hass.async_add_executor_job(remove)

    @callback
    def of(self, user_id: str) -> list[Upload]:
        """Return what a user sends, or sent within a day."""
        return [each for each in self._uploads.values() if each.user_id == user_id]

    @callback
    def get(self, number: str, user_id: str) -> Upload:
        """Return an upload. Raises UploadUnknown where there is none of the user's."""
        upload = self._uploads.get(number)
        if upload is None or upload.user_id != user_id:
            raise UploadUnknown
        return upload

    async def async_begin(
        self, user_id: str, entry_id: str, name: str, size: int
    ) -> Upload:
        """Make room for an export of so many bytes, for the listener of an account.

        Raises ServiceValidationError for an account that the user may not know of or that there is not, ImportRefused for
        what is too large, and UploadRefused where there is no room.
        """
        name = _shown(name)
        self._require_account(user_id, entry_id)
        if size > import_limits(self._hass).zip_bytes:
            raise ImportRefused(Refusal.TOO_LARGE, name, f"{size} bytes")
        on_their_way = [each for each in self._uploads.values() if each.job is None]
        if sum(each.user_id == user_id for each in on_their_way) >= MOST_AT_ONCE:
            raise UploadTooMany(most=str(MOST_AT_ONCE))
        number = uuid4().hex
        path = self._folder / f"{number}.zip"
        upload = Upload(number, user_id, entry_id, name, size, path)
        # Before anything is waited for: whoever begins meanwhile is to count it.
        self._uploads[number] = upload
        needed = size + sum(each.size - each.received for each in on_their_way)
        try:
            with _named_faults():
                await self._hass.async_add_executor_job(_make, path, needed)
        except BaseException:
            await self.async_give_up(upload)
            raise
        self._expire_later(upload)
        return upload

    async def async_take(
        self, upload: Upload, offset: int, length: int, pieces: AsyncIterator[bytes]
    ) -> None:
        """Write `length` bytes at an offset, which is where the upload has come to; whole, it is imported.

        What has come of them when the connection breaks is kept. To take nothing of an upload that is whole begins an import
        that could not begin before. Raises UploadRefused, and ImportRefused for what is no ZIP, which is given up.
        """
        if upload.busy:
            raise UploadBusy
        if offset != upload.received:
            raise UploadWrongOffset(received=str(upload.received))
        if length > PIECE_BYTES or offset + length > upload.size:
            raise UploadPieceTooLarge(most=str(min(PIECE_BYTES, upload.size - offset)))
        upload.busy = True
        try:
            if length:
                await self._async_write_all(upload, length, pieces)
            if upload.id not in self._uploads:
                raise UploadUnknown
            if upload.received == upload.size and upload.job is None:
                await self._async_begin_import(upload)
        finally:
            upload.busy = False

    async def async_give_up(self, upload: Upload) -> None:
        """Remove an upload; an import that has begun is cancelled after the part under way."""
        self._uploads.pop(upload.id, None)
        upload.expire()
        if upload.job is not None:
            self._hass.data[DATA_JOBS].cancel(upload.job)
        elif not upload.beginning:
            # Else the file goes when the import has ended.
            await self._async_remove(upload)

    async def _async_write_all(
        self, upload: Upload, length: int, pieces: AsyncIterator[bytes]
    ) -> None:
        end = upload.received + length
        waiting = b""
        try:
            async for piece in pieces:
                if upload.received + len(waiting) + len(piece) > end:
                    raise UploadBrokenOff
                waiting += piece
                if len(waiting) >= WRITTEN_AT_ONCE:
                    written, waiting = waiting, b""
                    await self._async_write(upload, written)
        finally:
            # Also where the connection broke, so that a slow one gets on.
            if waiting:
                await self._async_write(upload, waiting)
        if upload.received < end:
            raise UploadBrokenOff
        self._expire_later(upload)

    async def _async_write(self, upload: Upload, piece: bytes) -> None:
        """Write at the end; a caller who is cancelled meanwhile leaves no thread behind that still writes."""
        if upload.id not in self._uploads:
            raise UploadUnknown
        if upload.received == 0 and not piece.startswith(BEGINS_AS_ZIP[: len(piece)]):
            await self.async_give_up(upload)
            raise ImportRefused(Refusal.NOT_A_ZIP, upload.name, "it begins otherwise")
        writing = self._hass.async_add_executor_job(
            _write, upload.path, upload.received, piece
        )
        try:
            await asyncio.wait((writing,))
        finally:
            if not writing.done():
                await asyncio.wait((writing,))
            if writing.exception() is None:
                upload.received += len(piece)
        try:
            with _named_faults():
                writing.result()
        except FileNotFoundError as err:
            await self.async_give_up(upload)
            raise UploadUnknown from err

    async def _async_begin_import(self, upload: Upload) -> None:
        """Return once the import is a job, which goes on by itself. Raises what keeps it from beginning."""
        begun: asyncio.Future[None] = self._hass.loop.create_future()

        @callback
        def note(job: int) -> None:
            upload.job = job
            begun.set_result(None)
            if upload.id not in self._uploads:
                self._hass.data[DATA_JOBS].cancel(job)

        upload.beginning = True
        importing = self._hass.async_create_task(
            self._async_import(upload, note), f"{DOMAIN} import of an upload"
        )
        await asyncio.wait((begun, importing), return_when=asyncio.FIRST_COMPLETED)
        if not begun.done():
            await importing

    async def _async_import(self, upload: Upload, begun: Callable[[int], None]) -> None:
        """Import an upload and remove its file; one whose import cannot begin stays."""
        try:
            entry = self._require_account(upload.user_id, upload.entry_id)
            await self._hass.data[DATA_JOBS].async_import(
                upload.path,
                async_listener(self._hass, entry),
                name=upload.name,
                begun=begun,
            )
        except HistoryError, HomeAssistantError:
            if upload.job is None:
                raise
            # The record of the job tells why.
        except Exception as err:
            if upload.job is None:
                raise
            # Nobody waits any more.
            log_unforeseen(self._hass, "the import of an upload", err)
        finally:
            upload.beginning = False
            if upload.job is not None or upload.id not in self._uploads:
                await self._async_remove(upload)

    def _require_account(self, user_id: str, entry_id: str) -> ConfigEntry:
        """Return the entry of an account of which a user may know. Raises ServiceValidationError."""
        for entry in visible_accounts(self._hass, user_id):
            if entry.entry_id == entry_id:
                return entry
        raise translated(ServiceValidationError, "not_an_account")

    def _expire_later(self, upload: Upload) -> None:
        """Keep an upload for a day from now."""

        async def expire(_now: datetime) -> None:
            upload.expire = lambda: None
            if upload.busy:
                self._expire_later(upload)
            elif upload.job is None:
                await self.async_give_up(upload)
            else:
                # Its import goes on, however long that takes.
                self._uploads.pop(upload.id, None)

        upload.expire()
        job = HassJob(expire, "upload kept", cancel_on_shutdown=True)
        upload.expire = async_call_later(self._hass, EXPIRES_AFTER, job)

    async def _async_remove(self, upload: Upload) -> None:
        await self._hass.async_add_executor_job(_remove, upload.path)


@contextmanager
def _named_faults() -> Iterator[None]:
    """Raise UploadNoRoom or UploadNotWritten for what the disk will not do; FileNotFoundError stays as it is."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as err:
        if err.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise UploadNoRoom from err
        raise UploadNotWritten(detail=err.strerror or "-") from err


def _shown(name: str) -> str:
    """Return the last part of what a browser calls a file, without what cannot be shown or stored."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(each for each in last if each.isprintable()).strip() or "export.zip"


def _make(path: Path, needed: int) -> None:
    """Make an empty file where there is room for so many bytes; only this process's user may read it."""
    make_folder(path.parent)
    close_folder(path.parent.parent)
    _require_room(path.parent, needed)
    create(path).close()


def _write(path: Path, offset: int, piece: bytes) -> None:
    _require_room(path.parent, len(piece))
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(piece)


def _require_room(folder: Path, needed: int) -> None:
    """Raise OSError where no room would be left beside what is wanted."""
    if shutil.disk_usage(folder).free < needed + SPARE_BYTES:
        raise OSError(errno.ENOSPC, "No room would be left")


def _remove(path: Path) -> None:
    """Remove a file; one that cannot be removed now is at the next start."""
    try:
        path.unlink(missing_ok=True)
    except OSError as err:
        LOGGER.debug("An upload stays until the next start: %s", err.strerror)


DATA_UPLOADS: HassKey[Uploads] = HassKey(f"{DOMAIN}_uploads")
