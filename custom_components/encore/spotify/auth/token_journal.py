"""Writes a refreshed token to disk before it is used.

Spotify retires the old refresh token when it hands out a new one, which it does not always do, and Home Assistant saves a
config entry one second late. A power cut in that second would cost the account, so each refreshed token is first written here: sealed, to a
temporary file, flushed, renamed, and the folder flushed too. At set-up the newer of entry and journal wins.

Newer is a matter of counting, not of clocks: each authorization has a name (`grant`), and each refresh within it a
number (`rotation`). A token of another authorization is never newer: a new login always beats the journal.

When the journal cannot be written, the refreshed token is used all the same, because the old one may be dead: the
entry is saved a second later, a repair issue says that the net is missing, and it goes once a write succeeds.
"""

import asyncio
import json
import os
from pathlib import Path
from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.singleton import singleton
from homeassistant.helpers.storage import STORAGE_DIR
from homeassistant.util.hass_dict import HassKey

from ...const import DOMAIN, LOGGER
from ...runtime.issues import async_raise_issue
from .token import GRANT, ROTATION, Token
from .token_encryption import (
    TokenEncryption,
    TokensUnreadable,
    async_get_token_encryption,
    sync_folder,
)

JOURNAL_FILE: Final = "encore.tokens"
ISSUE_UNWRITABLE: Final = "journal_unwritable"


class TokenJournal:
    """The last refreshed token of each authorization."""

    def __init__(self, hass: HomeAssistant, seal: TokenEncryption, file: Path) -> None:
        """Prepare a journal in `file`; nothing is read yet."""
        self._hass = hass
        self._seal = seal
        self._file = file
        self._tokens: dict[str, Token] = {}
        self._writing = asyncio.Lock()

    async def async_load(self) -> None:
        """Read what an earlier run wrote; what cannot be opened is as good as not there."""
        try:
            sealed = await self._hass.async_add_executor_job(self._file.read_text)
            self._tokens = json.loads(self._seal.open(sealed))
        except FileNotFoundError:
            return
        except OSError, UnicodeDecodeError, TokensUnreadable:
            LOGGER.warning("%s cannot be read and is started over", self._file)

    def newest(self, token: Token) -> Token:
        """Return the journal's token of the same authorization if it was refreshed later, else `token`."""
        stored = self._tokens.get(token[GRANT])
        if stored is not None and stored[ROTATION] > token[ROTATION]:
            return stored
        return token

    async def async_record(self, token: Token) -> None:
        """Write a refreshed token, its values sealed; a failure to write is reported and not raised."""
        async with self._writing:
            self._tokens[token[GRANT]] = token
            await self._async_write(newest_grant=token[GRANT])

    async def async_forget(self, token: Token) -> None:
        """Delete what is stored of an authorization that is no longer used."""
        async with self._writing:
            if self._tokens.pop(token[GRANT], None) is not None:
                await self._async_write()

    async def _async_write(self, newest_grant: str | None = None) -> None:
        """Write the authorizations of all entries, and `newest_grant`; replaced and removed ones are dropped."""
        in_use = self._grants_in_use() | {newest_grant}
        self._tokens = {
            grant: token for grant, token in self._tokens.items() if grant in in_use
        }
        sealed = self._seal.close(json.dumps(self._tokens))
        try:
            await self._hass.async_add_executor_job(_replace, self._file, sealed)
        except OSError as err:
            self._report_unwritable(err)
        else:
            ir.async_delete_issue(self._hass, DOMAIN, ISSUE_UNWRITABLE)

    @callback
    def _grants_in_use(self) -> set[str | None]:
        return {
            entry.data["token"].get(GRANT)
            for entry in self._hass.config_entries.async_entries(DOMAIN)
            if "token" in entry.data
        }

    @callback
    def _report_unwritable(self, err: OSError) -> None:
        if ir.async_get(self._hass).async_get_issue(DOMAIN, ISSUE_UNWRITABLE) is None:
            LOGGER.error("%s cannot be written: %s", self._file, err.strerror)
        async_raise_issue(
            self._hass,
            ISSUE_UNWRITABLE,
            is_error=True,
            file=str(self._file),
            reason=err.strerror or type(err).__name__,
        )


@singleton(HassKey[TokenJournal](f"{DOMAIN}_journal"), async_=True)
async def async_get_journal(hass: HomeAssistant) -> TokenJournal:
    """Return the journal of this instance; raises KeyUnusable."""
    file = Path(hass.config.path(STORAGE_DIR, JOURNAL_FILE))
    journal = TokenJournal(hass, await async_get_token_encryption(hass), file)
    await journal.async_load()
    return journal


def _replace(file: Path, text: str) -> None:
    """Replace the content of a file as a whole and for good, readable by its owner only. Blocking."""
    file.parent.mkdir(exist_ok=True)
    beside = file.with_name(f"{file.name}.new")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(descriptor)
    beside.replace(file)
    sync_folder(file.parent)
