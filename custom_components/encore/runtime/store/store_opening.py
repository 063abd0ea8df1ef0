"""Opens the store in the executor, and translates what stops it."""

from collections.abc import Callable

from homeassistant.exceptions import ConfigEntryError, ConfigEntryNotReady

from ...const import DOMAIN, LOGGER
from ...history.database.store import Store
from ...history.errors import (
    MigrationFailed,
    StoreMissing,
    StoreTooNew,
    StoreUnavailable,
)
from ...history.history import History


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
        raise ConfigEntryError(
            translation_domain=DOMAIN,
            translation_key="store_too_new",
            translation_placeholders={
                "found": str(err.found),
                "known": str(err.known),
            },
        ) from err
    except MigrationFailed as err:
        # Further lines of what a database says quote what it holds.
        why = str(err.__cause__).partition("\n")[0]
        LOGGER.error("%s: %s", err, why)
        raise ConfigEntryError(
            translation_domain=DOMAIN,
            translation_key="store_not_migrated",
            translation_placeholders={"version": str(err.version)},
        ) from err
    except StoreMissing:
        raise
    except StoreUnavailable as err:
        raise ConfigEntryNotReady(
            translation_domain=DOMAIN, translation_key="store_unavailable"
        ) from err
    return history


def open_and_close(_source: str, url: str) -> None:
    """See whether a store can be opened, and make it if need be."""
    Store(url).open()


def file_of(url: str) -> str | None:
    """Return the path of the file of a store at a URL; None for one on a server."""
    return url.removeprefix("sqlite:///") if store_kind(url) == "sqlite" else None


def store_kind(url: str) -> str:
    """Return what keeps a store at a URL, such as sqlite; nothing else of the URL, which may hold a password."""
    return url.partition(":")[0].partition("+")[0]
