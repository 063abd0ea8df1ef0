"""Query context: who asks, from where, in which language and time zone."""

from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum

from ...history.model import Listener, Play, Room
from ...history.records.recording_coverage import Recorded, Unrecorded
from ...history.time_ranges.birthdays import Birthday
from ...history.time_ranges.local_clock import Clock
from ..naming.listener_groups import Group


class Expected(StrEnum):
    """The answer that a question suggests which is answered with yes or no."""

    YES = "yes"
    LESS = "less"
    """Yes, where something is less than something else."""


@dataclass(frozen=True, slots=True)
class QueryContext:
    """The circumstances of a question, given by the interface that it came through."""

    clock: Clock
    language: str = "en"
    me: tuple[Listener, ...] = ()
    """The listeners that the asker is, one for each linked account; none if nobody knows."""
    here: Room | None = None
    """The room that the asker is in."""
    listeners: tuple[Listener, ...] = ()
    """Who is linked, beside those with plays."""
    groups: tuple[Group, ...] = ()
    """Which listeners may be named together."""
    rooms: tuple[Room, ...] = ()
    """Which rooms the home has, beside those with plays."""
    under_way: tuple[Play, ...] = ()
    """What is being played, as far as it is known by now; the history has it when it is over."""
    zones: tuple[tuple[Listener, tzinfo], ...] = ()
    """Listeners whose days follow another clock than the home's."""
    birthdays: tuple[tuple[Listener, Birthday], ...] = ()
    """Those of the listeners who told them, and of whom the asker may hear."""
    recorded: tuple[Recorded, ...] = ()
    """When listeners were recorded until now, as far as the history does not have it yet."""
    unrecorded: tuple[Unrecorded, ...] = ()
    """When they were not, and why, as far as the history does not have it yet."""
    expected: Expected | None = None
    """What a spoken question suggests; None where it is not answered with yes or no."""
    hidden: frozenset[str] = frozenset()
    """Keys of the listeners of whom the asker may hear nothing, not even that they are there."""
