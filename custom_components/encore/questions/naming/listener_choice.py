"""Resolves whose plays a question is about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, Final

from ...history.model import Listener
from ...history.queries.history_queries import HistoryQueries
from ...history.time_ranges.birthdays import Birthday, Birthdays
from ..base.errors import UnknownListener
from ..base.parameters import LISTENER, Parameters
from ..base.query_context import QueryContext
from .listener_groups import Group, group_called, narrowed_groups
from .names import beginning, called, names_of, several

ME: Final = "me"
EVERYONE: Final = "everyone"


class Who(StrEnum):
    """How the listeners are spoken of."""

    YOU = "you"
    HOUSE = "house"
    NAMED = "named"


class Assumed(StrEnum):
    """What was taken for granted, because the question left it open."""

    EVERYONE = "everyone"
    """The asker said "I" and is no known listener."""
    DEVICE = "device"
    """The room is a player's name."""


class ListenerParameters(Parameters):
    """MeantListeners listening."""

    listener: Annotated[str | tuple[str, ...] | None, LISTENER] = None


@dataclass(frozen=True, slots=True)
class MeantListeners:
    """The listeners that are meant, and how they were named."""

    who: Who
    listeners: tuple[Listener, ...] = ()
    """Empty for everyone."""
    groups: tuple[Group, ...] = ()
    """Those that were named; their members are among the listeners."""
    called: tuple[str, ...] = ()
    """What those are called who were named: a group by its own name, whoever is in it."""
    assumed: tuple[Assumed, ...] = ()

    @property
    def keys(self) -> frozenset[str] | None:
        """The listeners' keys, or None for everyone."""
        return frozenset(each.key for each in self.listeners) or None


def whose(
    queries: HistoryQueries,
    asked: str | tuple[str, ...] | None,
    query_context: QueryContext,
) -> MeantListeners:
    """Return the listeners that are meant by names. Raises UnknownListener.

    A group stands for those of its members that the asker may hear of; where there are none, nobody has its name. Where a
    listener has the very name of a group, the listener is meant.
    """
    names = several(asked)
    folded = {name.casefold() for name in names}
    if not names or EVERYONE in folded:
        return MeantListeners(Who.HOUSE)
    if ME in folded and not query_context.me:
        return MeantListeners(Who.HOUSE, assumed=(Assumed.EVERYONE,))
    known = {
        each.key: each for each in (*queries.listeners(), *query_context.listeners)
    }
    groups = narrowed_groups(query_context.groups, known.__contains__)
    those: list[Listener | Group] = []
    for name in names:
        meant = (
            query_context.me if name.casefold() == ME else _meant(name, known, groups)
        )
        if not meant:
            raise UnknownListener(name, names_of((*known.values(), *groups)))
        those += meant
    found = {
        listener.key: listener
        for each in those
        for listener in (
            [known[key] for key in each.members] if isinstance(each, Group) else [each]
        )
    }
    named = tuple(each for each in those if isinstance(each, Group))
    is_asker = not named and found.keys() == {each.key for each in query_context.me}
    return MeantListeners(
        Who.YOU if is_asker else Who.NAMED,
        tuple(found.values()),
        named,
        tuple(dict.fromkeys(each.name for each in those)),
    )


def asking_about(
    queries: HistoryQueries, asked: object, query_context: QueryContext
) -> QueryContext:
    """Return the circumstances of a question, by the clock and with the birthday of the listener that it is about.

    A listener may have a time zone other than the home's; it counts where nobody else is meant.
    Raises UnknownListener.
    """
    if not isinstance(asked, ListenerParameters):
        return query_context
    if not query_context.zones and not query_context.birthdays:
        return query_context
    meant = whose(queries, asked.listener, query_context)
    clock = query_context.clock
    if meant.who is not Who.HOUSE:
        theirs = _shared(meant.listeners, query_context.birthdays)
        clock = replace(clock, birthdays=replace(clock.birthdays, theirs=theirs))
    zones = {listener.key: zone for listener, zone in query_context.zones}
    meant_zones = {zones.get(listener.key) for listener in meant.listeners}
    if len(meant_zones) == 1 and (zone := meant_zones.pop()) is not None:
        clock = replace(clock, zone=zone)
    return replace(query_context, clock=clock)


def birthdays_of(
    asker: Iterable[Listener], told: Iterable[tuple[Listener, Birthday]]
) -> Birthdays:
    """Return the birthdays that somebody may name who asks about everyone, of those that may be told."""
    known = tuple(told)
    mine = _shared(asker, known)
    return Birthdays(
        mine, mine, tuple((each.name, birthday) for each, birthday in known)
    )


def _shared(
    listeners: Iterable[Listener], told: Iterable[tuple[Listener, Birthday]]
) -> Birthday | None:
    """Return the birthday of listeners: of several people only where all of them have the same."""
    known = {listener.key: birthday for listener, birthday in told}
    by_name: dict[str, set[Birthday]] = {}
    for each in listeners:
        theirs = by_name.setdefault(each.name, set())
        if each.key in known:
            theirs.add(known[each.key])
    all_of_them = {frozenset(theirs) for theirs in by_name.values()}
    if len(all_of_them) != 1 or len(found := all_of_them.pop()) != 1:
        return None
    return next(iter(found))


def _meant(
    name: str, known: Mapping[str, Listener], groups: Iterable[Group]
) -> tuple[Listener | Group, ...]:
    """Return what has this name, or else the only listener whose name begins with it."""
    if exact := called(name, known.values()):
        return exact
    if (group := group_called(name, groups)) is not None:
        return (group,)
    return beginning(name, known.values())
