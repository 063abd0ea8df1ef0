"""The result of pausing or resuming a recording."""

from dataclasses import dataclass

from ..dispatch.command import Result
from ..questions.base.response import Moment


@dataclass(frozen=True, slots=True)
class RecordingResult(Result):
    """Whether a listener is recorded now."""

    listener: str
    recording: bool
    changed: bool
    """Whether it was otherwise before."""
    until: Moment | None = None
    """When the pause ends by itself."""
