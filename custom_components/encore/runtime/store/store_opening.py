"""Opens the store in the executor, and translates what stops it."""

from collections.abc import Callable
from typing import Final

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ConfigEntryError, ConfigEntryNotReady
from homeassistant.helpers.importlib import async_import_module
from homeassistant.requirements import RequirementsNotFound, async_process_requirements

from ...const import DOMAIN, LOGGER
from ...errors import translated
from ...history.database.store import store_at
from ...history.errors import (
    MigrationFailed,
    StoreMissing,
    StoreTooNew,
    StoreUnavailable,
)
from ...history.history import History

POSTGRESQL_DRIVER: Final = "psycopg[binary]>=3.3,<4"
"""Installed where a history is in PostgreSQL; the manifest does not name it, because all others do without."""


class DriverMissing(ConfigEntryNotReady):
    """Home Assistant cannot install or import PostgreSQL's driver."""

    def __init__(self) -> None:
        """Name the driver in the text that the entry shows."""
        super().__init__(
            translation_domain=DOMAIN,
            translation_key="driver_missing",
            translation_placeholders={"driver": POSTGRESQL_DRIVER},
        )


async def async_install_driver(hass: HomeAssistant, url: str) -> None:
    """Install what a store at a URL needs beside the manifest's requirements; nothing for SQLite.

    Raises DriverMissing.
    """
    if store_kind(url) not in {"postgresql", "postgres"}:
        return
    try:
        await async_process_requirements(
            hass, DOMAIN, [POSTGRESQL_DRIVER], is_built_in=False
        )
        await async_import_module(hass, "psycopg")
    except (RequirementsNotFound, ImportError) as err:
        raise DriverMissing from err


def open_history(
    url: str, changed: Callable[[], None], *, must_exist: bool, thoroughly: bool
) -> History:
    """Open the store at a URL; see `History.open`.

    Raises StoreBroken and StoreMissing as they are, because a person decides then, ConfigEntryError for a store of a
    newer Encore or one that cannot be migrated, and ConfigEntryNotReady for what may work later.
    """
    history = History(url, changed)
    try:
        history.open(must_exist=must_exist, thoroughly=thoroughly)
    except StoreTooNew as err:
        raise translated(
            ConfigEntryError,
            "store_too_new",
            found=str(err.found),
            known=str(err.known),
        ) from err
    except MigrationFailed as err:
        # Further lines of what a database says quote what it holds.
        why = str(err.__cause__).partition("\n")[0]
        LOGGER.error("%s: %s", err, why)
        raise translated(
            ConfigEntryError, "store_not_migrated", version=str(err.version)
        ) from err
    except StoreMissing:
        raise
    except StoreUnavailable as err:
        raise translated(ConfigEntryNotReady, "store_unavailable") from err
    return history


def open_and_close(_source: str, url: str) -> None:
    """See whether a store can be opened, and make it if need be."""
    store_at(url).open()


def file_of(url: str) -> str | None:
    """Return the path of the file of a store at a URL; None for one on a server."""
    return url.removeprefix("sqlite:///") if store_kind(url) == "sqlite" else None


def store_kind(url: str) -> str:
    """Return what keeps a store at a URL, such as sqlite; nothing else of the URL, which may hold a password."""
    return url.partition(":")[0].partition("+")[0]
