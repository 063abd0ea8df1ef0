"""The formats of exports: which files they are, how their rows are read, and who speaks in them."""

from collections.abc import Callable
import re
from typing import Any, Final, NamedTuple

from ..ingest.export_columns import Numbered
from ..model import Source
from . import account_data, extended
from .account_data import AccountRow
from .extended import ExtendedRow
from .own_format import OwnRow
from .row_times import ParsedRows

type Row = ExtendedRow | AccountRow | OwnRow


class Format(NamedTuple):
    """A format: its files by their base name, its row type, and the source that speaks in it."""

    files: re.Pattern[str]
    row: type[ExtendedRow | AccountRow | OwnRow]
    source: Source
    understood: Callable[[Any, Numbered], ParsedRows] | None = None
    """Returns what rows say was played, which name what was numbered before; None where they are read otherwise."""


EXTENDED: Final = Format(
    re.compile(
        r"(?:Streaming_History_(?:Audio|Video)|endsong|endvideo).*\.json",
        re.IGNORECASE,
    ),
    ExtendedRow,
    Source.EXPORT,
    extended.understood,
)
"""Extended streaming history; `endsong` and `endvideo` are from before 2023."""

ACCOUNT_DATA: Final = Format(
    re.compile(
        r"StreamingHistory(?:_(?:music|podcast|audiobook))?_?\d*\.json", re.IGNORECASE
    ),
    AccountRow,
    Source.ACCOUNT_DATA,
    account_data.understood,
)
"""The account data of the last year."""


OWN: Final = Format(EXTENDED.files, OwnRow, Source.EXPORT)
"""What Encore itself exported: in files called as Spotify's, so that other programs read them."""

_OWN_BEGINS: Final = re.compile(rb'"encore_observations"\s*:\s*\[')
"""No text in JSON holds quotes like these."""


def as_it_begins(form: Format, beginning: bytes) -> Format:
    """Return the format of a file that is called as those of one are, by its first row."""
    return OWN if form is EXTENDED and _OWN_BEGINS.search(beginning) else form


def format_of(name: str) -> Format | None:
    """Return the format of a file by its base name, None where it is no streaming history."""
    for form in (EXTENDED, ACCOUNT_DATA):
        if form.files.fullmatch(name):
            return form
    return None
