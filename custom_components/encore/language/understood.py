"""What a sentence was understood as, and the names that may be mentioned."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Names:
    """What may be mentioned by name: what is heard, and what is meant by it."""

    listeners: tuple[tuple[str, str], ...] = ()
    rooms: tuple[tuple[str, str], ...] = ()
    devices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """A question and what it was asked with, as an interface would give it."""

    question: str
    """Or a command."""
    values: dict[str, object]
    instead: tuple[Understood, ...] = field(default=(), compare=False)
    """Other readings: "Dancing in the Kitchen" may be what was heard, or "Dancing" what was heard there."""

    def meant(self, is_name: Callable[[str], bool]) -> Understood:
        """Return the reading that is meant: of those whose thing has that very name, the one with the longest."""
        for reading in sorted((self, *self.instead), key=_length):
            if is_name(str(reading.values.get("thing", ""))):
                return reading
        return self


@dataclass(frozen=True, slots=True)
class AskBack:
    """Two readings that are as likely: somebody has to say which is meant."""

    first: Understood
    second: Understood


def _length(reading: Understood) -> int:
    return -len(str(reading.values.get("thing", "")))
