"""The result of pausing or resuming a recording."""

from dataclasses import dataclass
from typing import override

from .registry import Result


@dataclass(frozen=True, slots=True)
class RecordingResult(Result):
    """Whether a listener is recorded now."""

    listener: str
    recording: bool
    changed: bool
    """Whether it was otherwise before."""

    @override
    def as_data(self) -> dict[str, object]:
        return {
            "listener": self.listener,
            "recording": self.recording,
            "changed": self.changed,
        }
