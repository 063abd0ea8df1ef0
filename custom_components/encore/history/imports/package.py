"""An export as it was handed over: a ZIP, a folder or one JSON file, and the files of it that count."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
import hashlib
import io
import os
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO, Final, NamedTuple, override
import zipfile
import zlib

from ..errors import ImportRefused, Refusal
from .formats import EXTENDED, Format, as_it_begins, format_of
from .limits import Limits

BEGINS_AS_ZIP: Final = b"PK"
"""The first bytes of every ZIP (APPNOTE 4.3)."""

_BEGINNING: Final = 64 * 1024
"""How many bytes show what a file is."""

_ENCRYPTED: Final = 0x1
"""The bit of a ZIP entry's flags that says so (APPNOTE 4.4.4)."""


class ExportFile(NamedTuple):
    """A file of an export: its name in it, its format, its size unpacked (bytes), how it is opened."""

    name: str
    form: Format
    size: int
    open: Callable[[], IO[bytes]]


class Export(NamedTuple):
    """What can be imported of an export, what not and why, and how it is distinguished from others."""

    files: list[ExportFile]
    refused: list[ImportRefused]
    digest: Callable[[], str]

    @property
    def content(self) -> str:
        """The hash that identifies it, for which all of it is read. Raises ImportRefused where it cannot be."""
        try:
            return self.digest()
        except OSError as err:
            name = Path(err.filename or "").name
            raise ImportRefused(Refusal.NOT_FOUND, name, err.strerror or "") from err


class _Within(io.BufferedReader):
    """A ZIP that gives so many bytes at once, and no more.

    `zipfile` reads the list of all files in one piece, whatever its length, and makes eleven times as much of it in memory.
    """

    def __init__(self, path: Path, most: int) -> None:
        """Open the file. Raises OSError."""
        super().__init__(io.FileIO(path))
        self._name, self._most = path.name, most

    @override
    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or not 0 <= size <= self._most:
            detail = f"a list of its files of {size} bytes"
            raise ImportRefused(Refusal.TOO_LARGE, self._name, detail)
        return super().read(size)


@contextmanager
def opened(path: Path, limits: Limits) -> Iterator[Export]:
    """Open the export at a path.

    Raises ImportRefused when nothing of it can be imported; the files are read later.
    """
    with ExitStack() as held:
        export = _opened(path, limits, held)
        yield export._replace(files=[_looked_into(file) for file in export.files])


def _opened(path: Path, limits: Limits, held: ExitStack) -> Export:
    try:
        if path.is_dir():
            return _checked(_folder(path, limits), path)
        if path.suffix.lower() != ".zip" and not _begins_as_zip(path):
            return _checked(_single(path), path)
        if (size := path.stat().st_size) > limits.zip_bytes:
            raise ImportRefused(Refusal.TOO_LARGE, path.name, f"{size} bytes")
        file = held.enter_context(_Within(path, limits.directory_bytes))
        archive = held.enter_context(zipfile.ZipFile(file))
        return _checked(_zip(path, archive, limits), path)
    except zipfile.BadZipFile as err:
        reason = Refusal.TRUNCATED if _begins_as_zip(path) else Refusal.NOT_A_ZIP
        raise ImportRefused(reason, path.name, str(err)) from err
    except UnicodeDecodeError as err:
        detail = "the name of a file in it is no text"
        raise ImportRefused(Refusal.DAMAGED, path.name, detail) from err
    except OSError as err:
        raise ImportRefused(Refusal.NOT_FOUND, path.name, err.strerror or "") from err


def _looked_into(file: ExportFile) -> ExportFile:
    """Return a file with the format that its beginning shows; one that cannot be read raises when it is."""
    try:
        with file.open() as stream:
            beginning = stream.read(_BEGINNING)
    except zipfile.BadZipFile, NotImplementedError, OSError, EOFError, zlib.error:
        return file
    return file._replace(form=as_it_begins(file.form, beginning))


def _begins_as_zip(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(len(BEGINS_AS_ZIP)) == BEGINS_AS_ZIP


def _checked(export: Export, path: Path) -> Export:
    if export.files:
        return export
    if export.refused:
        raise export.refused[0]
    raise ImportRefused(
        Refusal.NOT_SPOTIFY, path.name, "no Streaming_History_….json in it"
    )


def _single(path: Path) -> Export:
    form = format_of(path.name) or EXTENDED
    file = ExportFile(path.name, form, path.stat().st_size, partial(_bytes_of, path))
    return Export([file], [], partial(_digest, path))


def _folder(root: Path, limits: Limits) -> Export:
    files: list[ExportFile] = []
    refused: list[ImportRefused] = []
    counted: list[tuple[str, Path]] = []
    names = _Names()
    for path in sorted(root.rglob("*.json")):
        # The bytes of a name may be no text, and none of the records of an import would hold it.
        name = os.fsencode(path.relative_to(root).as_posix()).decode(errors="replace")
        name = names.free(name)
        if not path.resolve().is_relative_to(root.resolve()):
            refused.append(ImportRefused(Refusal.OUTSIDE, name))
        elif (form := format_of(path.name)) is None:
            continue
        elif too_deep := _too_deep(name, limits):
            refused.append(too_deep)
        else:
            files.append(
                ExportFile(name, form, path.stat().st_size, partial(_bytes_of, path))
            )
            counted.append((name, path))

    def digest() -> str:
        content = hashlib.sha256()
        for name, path in counted:
            content.update(f"{name}\0{_digest(path)}\0".encode())
        return content.hexdigest()

    return Export(files, refused, digest)


def _zip(path: Path, archive: zipfile.ZipFile, limits: Limits) -> Export:
    files: list[ExportFile] = []
    refused: list[ImportRefused] = []
    names = _Names()
    for entry in sorted(archive.infolist(), key=lambda entry: entry.filename):
        name = entry.filename
        if _points_outside(name):
            refused.append(ImportRefused(Refusal.OUTSIDE, name))
        elif entry.is_dir() or (form := format_of(PurePosixPath(name).name)) is None:
            continue
        elif too_deep := _too_deep(name, limits):
            refused.append(too_deep)
        elif entry.flag_bits & _ENCRYPTED:
            refused.append(ImportRefused(Refusal.ENCRYPTED, name))
        # zipfile never reads more than `file_size`, so a header that lies is cut short.
        elif entry.file_size > min(
            limits.unpacked_bytes, limits.inflation * max(entry.compress_size, 4096)
        ):
            detail = f"{entry.compress_size} bytes would unpack to {entry.file_size}"
            refused.append(ImportRefused(Refusal.TOO_LARGE, name, detail))
        else:
            name = names.free(name)  # a ZIP may hold two files of one name
            files.append(
                ExportFile(name, form, entry.file_size, partial(archive.open, entry))
            )
    return Export(files, refused, partial(_digest, path))


class _Names:
    """The names of files, of which no two are the same."""

    def __init__(self) -> None:
        """Begin with none."""
        self._taken: set[str] = set()
        self._times: Counter[str] = Counter()

    def free(self, name: str) -> str:
        """Return a name, or the first of `name (2)`, `name (3)` … that is not taken, and take it."""
        free = name
        while free in self._taken:
            # Counted on from the last one: thousands of files may share a name.
            self._times[name] += 1
            free = f"{name} ({self._times[name] + 1})"
        self._taken.add(free)
        return free


def _too_deep(name: str, limits: Limits) -> ImportRefused | None:
    """Return the refusal of a file that lies in too many folders."""
    depth = len(PurePosixPath(name).parts) - 1
    if depth <= limits.depth:
        return None
    return ImportRefused(Refusal.TOO_DEEP, name, f"{depth} folders deep")


def _points_outside(name: str) -> bool:
    windows = PureWindowsPath(name)
    return ".." in windows.parts or bool(windows.root or windows.drive)


def _bytes_of(path: Path) -> IO[bytes]:
    return path.open("rb")


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
