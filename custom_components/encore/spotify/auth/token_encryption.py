"""Encrypts Spotify's tokens at rest.

The key is `ENCORE_KEY` from the environment, else the file `.encore_key` in the config folder, which is made at first
need. docs/security.md says what this protects and what it does not.
"""

from collections.abc import Mapping
import os
from pathlib import Path
from typing import Any, Final

from cryptography.fernet import Fernet, InvalidToken

from homeassistant.const import CONF_ACCESS_TOKEN
from homeassistant.core import HomeAssistant
from homeassistant.helpers.singleton import singleton
from homeassistant.util.hass_dict import HassKey

from ...const import DOMAIN, ENV_KEY, LOGGER

KEY_FILE: Final = ".encore_key"
CONF_REFRESH_TOKEN: Final = "refresh_token"
SECRETS: Final = (CONF_ACCESS_TOKEN, CONF_REFRESH_TOKEN)


class TokensUnreadable(Exception):
    """A sealed value cannot be opened: the key was lost or replaced, or the value was damaged."""


class KeyUnusable(Exception):
    """There is a key, but nothing can be sealed with it; `source` names the variable or file it comes from."""

    def __init__(self, source: str) -> None:
        """Take where the key comes from."""
        super().__init__(f"The key in {source} cannot be used")
        self.source = source


class TokenEncryption:
    """Seals and opens text with one key."""

    def __init__(self, key: bytes) -> None:
        """Take a Fernet key: 32 bytes in URL-safe base64; raises ValueError for anything else."""
        self._fernet = Fernet(key)

    def close(self, text: str) -> str:
        """Return `text` sealed; sealing the same text twice gives two different values."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """Return the text that `close` sealed; raises SealBroken when that is not to be had."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken as err:
            raise TokensUnreadable from err

    def close_token(self, token: Mapping[str, Any]) -> dict[str, Any]:
        """Return an OAuth token with its two secret values sealed and all other fields as they are."""
        return {
            name: self.close(value) if name in SECRETS else value
            for name, value in token.items()
        }


def read_key(file: Path, from_environment: str | None) -> bytes:
    """Return the key `from_environment`, else the one in `file`, which is made when there is none. Blocking.

    A file that holds no key is saved beside the new one, and nothing that it sealed can be opened any more. Raises
    KeyUnusable when the key from the environment is invalid or the file cannot be read or written.
    """
    if from_environment:
        if not _is_key(from_environment.encode()):
            raise KeyUnusable(ENV_KEY)
        return from_environment.encode()
    try:
        key = _key_in(file)
        if key is None:
            key = _make_key(file)
    except OSError as err:
        raise KeyUnusable(str(file)) from err
    return key


@singleton(HassKey[TokenEncryption](f"{DOMAIN}_seal"), async_=True)
async def async_get_token_encryption(hass: HomeAssistant) -> TokenEncryption:
    """Return the seal of this instance; raises KeyUnusable."""
    file = Path(hass.config.path(KEY_FILE))
    return TokenEncryption(
        await hass.async_add_executor_job(read_key, file, os.environ.get(ENV_KEY))
    )


def _key_in(file: Path) -> bytes | None:
    """Return the key in `file` or None if there is none, after moving aside what else is there."""
    try:
        key = file.read_bytes().strip()
    except FileNotFoundError:
        return None
    if _is_key(key):
        _close_to_others(file)
        return key
    aside = file.with_name(f"{file.name}.unusable")
    file.replace(aside)
    _close_to_others(aside)
    LOGGER.error(
        "%s held no key; it was saved as %s and a new key is made", file, aside
    )
    return None


def _close_to_others(file: Path) -> None:
    """Let only the owner read a file with a key; one that is mounted read-only still serves."""
    if file.stat().st_mode & 0o077:
        try:
            file.chmod(0o600)
        except OSError as err:
            LOGGER.warning("Others can read %s: %s", file, err.strerror)


def _make_key(file: Path) -> bytes:
    """Write a new key that survives a power cut before anything is sealed with it."""
    key = Fernet.generate_key()
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(key)
        opened.flush()
        os.fsync(descriptor)
    sync_folder(file.parent)
    return key


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut. Blocking."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _is_key(candidate: bytes) -> bool:
    try:
        Fernet(candidate)
    except ValueError:
        return False
    return True
