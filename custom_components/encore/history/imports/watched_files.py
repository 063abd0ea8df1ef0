"""Files in a watched folder: which are complete, and where they go. Blocks."""

from collections.abc import Iterator
import hashlib
import os
from pathlib import Path
from typing import Final

from ..database.private_files import make_folder
from ..errors import ImportRefused
from ..records.import_progress import ExportContent
from .limits import Limits
from .package import opened

IMPORTED: Final = "imported"
REFUSED: Final = "refused"
"""The folders, beside what was dropped, that it goes to."""

_SUFFIXES: Final = frozenset({".zip", ".json"})


def waiting(folder: Path) -> dict[str, str]:
    """Return by its name what waits in a folder, with a mark that is another once it changes.

    That is each ZIP and JSON, and each folder with a JSON anywhere in it. What is hidden, a link,
    of another kind, or has a name that is no text is none of ours. Raises OSError for a folder that cannot be read.
    """
    found = {}
    for path in sorted(folder.iterdir()):
        if path.name in {IMPORTED, REFUSED} or not _ours(path):
            continue
        try:
            if mark := _mark(path):
                found[path.name] = mark
        except FileNotFoundError:
            continue  # it went while we looked, so it is not at rest
    return found


def known_export(path: Path, limits: Limits) -> ExportContent | None:
    """Return what identifies an export, None where any of it would be refused."""
    try:
        with opened(path, limits) as export:
            names = frozenset(file.name for file in export.files)
            return None if export.refused else ExportContent(export.content, names)
    except ImportRefused:
        return None


def set_aside(path: Path, to: str) -> None:
    """Move an export into a folder beside it, under a name that is free there; raises OSError."""
    folder = path.parent / to
    make_folder(folder)
    free = (path.name, *(f"{path.stem} ({n}){path.suffix}" for n in range(2, 1_000)))
    for name in free:
        if not (target := folder / name).exists():
            path.rename(target)
            return
    raise FileExistsError(folder / path.name)


def _ours(path: Path) -> bool:
    if path.name.startswith(".") or path.is_symlink() or not _is_text(path.name):
        return False
    return path.is_dir() or path.suffix.lower() in _SUFFIXES


def _is_text(name: str) -> bool:
    """Whether the bytes of a name are UTF-8, without which no record of an import can hold it."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _mark(path: Path) -> str:
    """Return a digest of names, sizes and times of change; nothing for a folder without a JSON."""
    digest = hashlib.sha256()
    something = False
    for file in _files(path):
        known = file.stat()
        digest.update(os.fsencode(file.relative_to(path.parent)))
        digest.update(f"\0{known.st_size}\0{known.st_mtime_ns}\0".encode())
        something |= path.is_file() or file.suffix.lower() == ".json"
    return digest.hexdigest() if something else ""


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    else:
        yield from (file for file in sorted(path.rglob("*")) if file.is_file())
