"""Errors of the history.

HistoryError
├── StoreUnavailable     the store cannot be opened, read or written now
│   ├── StoreBusy        it is at work, or moves, and must be asked again later
│   ├── StoreClosed      it is not open
│   ├── StoreFull        its disk is full
│   ├── StoreLost        its file is damaged or missing; it must be opened again
│   └── StoreMissing     there is none where one was made; a person decides
├── StoreTaken           another history is in it
├── StoreRefused         it refuses the data
├── StoreTooNew          a newer Encore wrote it
├── MigrationFailed      it could not be brought to the newest schema
├── StoreBroken          its file is damaged and was moved aside
├── SalvageFailed        nothing could be saved of a damaged file
├── CopyFailed           no copy of it could be made
├── ImportRefused        an export, or one file of it, cannot be imported
├── ImportInterrupted    what reads an export ended before its end
├── ForgettingRefused    it cannot be forgotten, or what was forgotten cannot be brought back
├── ExportFailed         a history could not be written into a file
└── InvalidWindow        a window that no question can be about
    ├── UnknownWindow    a name, date or moment that does not exist
    ├── UnknownBirthday  it is not known
    ├── FutureWindow     it has not begun
    └── InvertedWindow   it ends before it begins
"""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
import re
from types import MappingProxyType
from typing import override


def key_of(kind: type) -> str:
    """Return what a class is called, in snake case."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


class KeyedError:
    """Base of errors with a text in every language; a family of errors that is not raised itself has none, and an empty key."""

    key: str = ""
    """The key of its text: what the class is called, in snake case, unless it says otherwise."""

    @override
    def __init_subclass__(cls) -> None:
        """Derive the key from the class's name."""
        if "key" not in vars(cls):
            cls.key = key_of(cls)


class HistoryError(Exception):
    """Anything that the history refuses or cannot do."""

    key: str = "history_unavailable"
    """The key of its text."""
    words: Mapping[str, str] = MappingProxyType({})
    """What its text mentions."""
    can_be_mended: bool = False
    """Whether whoever asked can mend it."""


class StoreUnavailable(HistoryError):
    """The store cannot be opened, read or written now; its file may well be whole."""


class StoreBusy(StoreUnavailable):
    """The store is at work that must not be cut short, or is moving; asked later, it does what was asked."""

    key = "history_moving"


class StoreClosed(StoreUnavailable):
    """The history was asked before it was opened or after it was closed."""


class StoreFull(StoreUnavailable):
    """The disk of the store is full; it can be read, and written to again once there is room."""

    key = "history_full"


class StoreLost(StoreUnavailable):
    """The file was damaged or taken away while it was open; opening it again shows what is left."""

    key = "history_lost"

    def __init__(self, message: str, *, damaged: bool = False) -> None:
        """Take what the database said, and whether it says that the file is damaged."""
        super().__init__(message)
        self.damaged = damaged


class StoreMissing(StoreUnavailable):
    """There is no store where one was made before; none was made in its place."""

    key = "history_lost"


class StoreRefused(HistoryError):
    """The store refuses the data, now and later: they break a rule of a table."""


class StoreTaken(HistoryError):
    """A history cannot move into the store, because there is one already."""


class StoreTooNew(HistoryError):
    """The store was written by a newer Encore; it was left as it is."""

    def __init__(self, found: int, known: int) -> None:
        """Take the schema version found in the store and the newest one known here."""
        super().__init__(f"Store has schema version {found}, known are up to {known}")
        self.found = found
        self.known = known


class MigrationFailed(HistoryError):
    """A step to a newer schema failed; the store is as it was before that step."""

    def __init__(self, version: int, copy: Path | None = None) -> None:
        """Take the version that the step leads to, and a copy that could not be put back."""
        beside = f"; the store before it is kept as {copy}" if copy else ""
        super().__init__(f"The step to schema version {version} failed{beside}")
        self.version = version
        self.copy = copy


class StoreBroken(HistoryError):
    """The store's file is damaged; it was moved aside."""

    def __init__(self, moved_to: Path, detail: str) -> None:
        """Take where the damaged file lies now and what the database said about it."""
        super().__init__(f"Store is damaged ({detail}); it was moved to {moved_to}")
        self.moved_to = moved_to
        self.detail = detail


class SalvageFailed(HistoryError):
    """No store could be made of a damaged file, or of a copy; what there was is as it was."""


class CopyFailed(HistoryError):
    """No copy of the store could be made; those that there are stay."""


class Refusal(StrEnum):
    """Why an export, or one file of it, is refused."""

    NOT_FOUND = "not_found"
    """Nothing can be read at that path."""
    NOT_SPOTIFY = "not_spotify"
    """It holds no streaming history of Spotify's."""
    NOT_A_ZIP = "not_a_zip"
    """It is called a ZIP but is none."""
    TRUNCATED = "truncated"
    """It ends too early."""
    ENCRYPTED = "encrypted"
    """It is locked by a password."""
    OUTSIDE = "outside"
    """Its name points out of the ZIP."""
    TOO_DEEP = "too_deep"
    """It lies in more folders than is accepted."""
    DAMAGED = "damaged"
    """Its compressed bytes or its checksum are wrong."""
    WRONG_JSON = "wrong_json"
    """It is not a list of rows in JSON."""
    TOO_LARGE = "too_large"
    """It is larger, or unpacks to more, than is accepted."""


class ImportRefused(HistoryError):
    """An export, or one file of it, cannot be imported; `detail` says where and why."""

    can_be_mended = True

    def __init__(self, reason: Refusal, file: str, detail: str = "") -> None:
        """Take the reason, the name of the file, and the place or what was found there."""
        super().__init__(f"{file}: {reason}{f' ({detail})' if detail else ''}")
        self.key = f"import_{reason}"
        self.words = {"file": file, "detail": detail or "-"}
        self.reason = reason
        self.file = file
        self.detail = detail


class ImportInterrupted(HistoryError):
    """The process that read an export ended before its end; the same import goes on from there."""

    key = "import_interrupted"

    def __init__(self, code: int) -> None:
        """Take its exit code: that of a signal, such as the one for too little memory, is negative."""
        super().__init__(f"The process that read the export ended with {code}")
        self.words = {"code": str(code)}
        self.code = code


class Unforgettable(StrEnum):
    """Why something cannot be forgotten, or not be brought back."""

    NOTHING_NAMED = "nothing_named"
    """Neither a window nor an item, a room or a listener was named: it would be all of history."""
    NEVER_PLAYED = "not_heard"
    """Nothing of that name was ever played."""
    UNKNOWN = "unknown"
    """Nothing was forgotten under that number."""
    REMOVED = "removed"
    """It was removed by now."""
    UNDONE = "undone"
    """It was brought back already."""


class ForgettingRefused(HistoryError):
    """It cannot be forgotten, or what was forgotten cannot be brought back."""

    can_be_mended = True

    def __init__(self, reason: Unforgettable, value: str = "") -> None:
        """Take the reason, and the name or number in question."""
        super().__init__(f"{reason}: {value}" if value else str(reason))
        self.key = f"forget_{reason}"
        self.words = {"asked": value or "-"}
        self.reason = reason
        self.value = value


class Unwritten(StrEnum):
    """Why a history was not written into a file."""

    EXISTS = "exists"
    """There is a file of that name already."""
    NO_PYARROW = "no_pyarrow"
    """Parquet needs pyarrow, which is not installed."""
    WRONG_NAME = "wrong_name"
    """Its name does not end as those of its format do; `detail` has how."""
    FULL = "full"
    """There is no room for it."""
    FAILED = "failed"
    """The file cannot be written."""


class ExportFailed(HistoryError):
    """A history could not be written into a file; none is left behind."""

    def __init__(self, reason: Unwritten, path: Path, detail: str = "") -> None:
        """Take the reason, the path, and what the system said."""
        super().__init__(f"{path}: {reason}{f' ({detail})' if detail else ''}")
        self.key = f"export_{reason}"
        self.words = {"path": str(path), "detail": detail or "-"}
        self.can_be_mended = reason not in {Unwritten.FULL, Unwritten.FAILED}
        self.reason = reason
        self.path = path
        self.detail = detail


class InvalidWindow(KeyedError, HistoryError):
    """A window that is inverted, empty, or in a form that no question understands."""

    key = "unknown_window"
    can_be_mended = True

    def __init__(self, value: str) -> None:
        """Take what was asked for."""
        super().__init__(value)
        self.words = {"asked": value}
        self.value = value


class UnknownWindow(InvalidWindow):
    """A window or moment was called by a name, date or hour that does not exist."""


class UnknownBirthday(InvalidWindow):
    """A birthday that nobody entered; does not say which, because that a listener exists may be private."""


class FutureWindow(InvalidWindow):
    """A window or moment has not begun."""


class InvertedWindow(InvalidWindow):
    """A window ends before or where it begins."""

    def __init__(self, start: str, end: str) -> None:
        """Take the two ends as entered; empty for one that was left out."""
        super().__init__(f"{start} – {end}")
        self.words = {"start": start or "-", "end": end or "-"}
        self.start = start
        self.end = end
