"""Files and folders that only the user who runs Home Assistant can read. Blocks."""

from collections.abc import Iterable
import logging
import os
from pathlib import Path
from typing import IO, Final

FILE_MODE: Final = 0o600
FOLDER_MODE: Final = 0o700

_OTHERS: Final = 0o077
"""The bits of a mode that let the group or everybody in."""

_LOGGER: Final = logging.getLogger(__name__)


def create(path: Path) -> IO[bytes]:
    """Create a file for writing. Raises FileExistsError where there is one, or a link; OSError where it cannot be made."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    return os.fdopen(descriptor, "wb")


def create_if_missing(path: Path) -> None:
    """Create an empty file where there is none. A file that is there is not even opened.

    SQLite would lose its locks on a file that this process opens and closes beside it.
    """
    if not path.exists():
        create(path).close()


def make_folder(path: Path) -> None:
    """Make a folder, with all that are missing above it, and close it to others. Raises OSError, also for a file of that name."""
    missing = [each for each in path.parents if not each.exists()]
    for each in (*reversed(missing), path):
        each.mkdir(mode=FOLDER_MODE, exist_ok=True)
    close_folder(path)


def close_folder(path: Path) -> None:
    """Let only the owner look into a folder."""
    _close([path], FOLDER_MODE)


def close_files(paths: Iterable[Path]) -> None:
    """Let only the owner read files, whatever their mode was; those that are not there are left out."""
    _close(paths, FILE_MODE)


def _close(paths: Iterable[Path], mode: int) -> None:
    """Set a mode where others are let in; what belongs to somebody else is named in the log."""
    for path in paths:
        try:
            if path.stat().st_mode & _OTHERS:
                path.chmod(mode)
        except FileNotFoundError:
            continue
        except OSError as err:
            _LOGGER.warning("Others can read %s: %s", path, err.strerror)
