"""Sends the rows of an export to the process that asked for them."""

from pathlib import Path
from typing import IO

from custom_components.encore.history.errors import ImportRefused

from .messages import Told, read_asked, read_message, write_message, write_told
from .package import opened
from .reading import Refused, read


def tell(asker: IO[bytes], telling: IO[bytes]) -> None:
    """Read what is asked for on a stream, and tell it on another.

    Raises EOFError or BrokenPipeError where nobody asks or listens any more.
    """
    asked = read_asked(read_message(asker))
    try:
        with opened(Path(asked.path), asked.limits) as export:
            for part in read(export, asked):
                write_message(telling, write_told(Told(part)))
    except ImportRefused as err:
        refused = Refused(err.reason, err.file, err.detail)
        write_message(telling, write_told(Told(refused=refused)))
    write_message(telling, write_told(Told()))
