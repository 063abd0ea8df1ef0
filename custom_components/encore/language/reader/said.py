"""What a sentence says beside what it asks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from .masked import Masked

NOTHING: Final = "-"
"""That a detail is not said."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a sentence says beside what it asks."""

    masked: Masked
    name: str | None = None
    """What was heard, by name."""
    place: tuple[int, int] = (0, 0)
    """Which words the name takes."""
    names: tuple[str, ...] = ()
    """All names, where several stand beside each other: "Ember or Glass"."""
    details: Mapping[str, str] = field(default_factory=dict)
    """By detail, what was learned to be said."""
    until: frozenset[str] = frozenset()
    """Words before an end."""
    between: frozenset[str] = frozenset()
    """Words between two clock times that are the ends of a time range."""
    relative: frozenset[str] = frozenset()
    """Words with which a clause begins that says what is meant: "what we heard"."""
    same_before: bool = False
    """Whether the time range before one is named without its name."""
    this_time: bool = False
    """Whether this hour is meant, of another day."""
    called: tuple[int, int] | None = None
    """Which words say what something new shall be called."""
    kind: str | None = None
    """Which kind of what was heard is named, such as podcasts."""
    type: str | None = None
    """What the name is said to be, such as an album."""
    lasting: str | None = None
    """How long something shall last."""
    we: bool = False
    """Whether the asker speaks of all of the house."""
    me: bool = False
    """Whether the asker speaks of himself."""
    me_too: bool = False
    """Whether he names himself beside others: "me and Priya"."""
    by_me: bool = False
    """Whether a verb says that nobody but the asker does it."""
    owner: str | None = None
    """Whose what is asked about is said to be: me or everyone."""
    heard_at: frozenset[int] = frozenset()
    """Which words are places in which something was heard, and not where to play it."""
    was_somebody: bool = False
    """Whether the listener who is named is who it was that listened."""
    number: int | None = None
    """One where one song or the like is named, more where some are."""
    known: bool = False
    """Whether there is what the name is of."""
    type_with: str | None = None
    """What the name is a part of: "an album with night" in its title."""
