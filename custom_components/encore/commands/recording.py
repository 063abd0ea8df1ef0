"""The result of pausing or resuming a recording."""

from dataclasses import dataclass

from ..dispatch.command import Result


@dataclass(frozen=True, slots=True)
class RecordingResult(Result):
    """Whether a listener is recorded now."""

    listener: str
    recording: bool
    changed: bool
    """Whether it was otherwise before."""
