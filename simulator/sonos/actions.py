"""The table of UPnP actions, and how one is performed on a speaker."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from .soap import (
    INVALID_ACTION,
    INVALID_ARGUMENTS,
    NOT_COORDINATOR,
    Arguments,
    Results,
    UPnPFault,
)
from .speaker import Speaker

type ActionBody = Callable[[Speaker, Arguments], Results | None]


@dataclass(frozen=True, slots=True)
class Action:
    """One action of a service, and whether only a group's coordinator may do it."""

    body: ActionBody
    coordinator_only: bool


ACTIONS: Final[dict[tuple[str, str], Action]] = {}


def action(
    service: str, *names: str, coordinator_only: bool = False
) -> Callable[[ActionBody], ActionBody]:
    """Enter a function into the table under the actions it serves."""

    def enter(body: ActionBody) -> ActionBody:
        for name in names:
            ACTIONS[service, name] = Action(body, coordinator_only)
        return body

    return enter


def perform(speaker: Speaker, service: str, name: str, arguments: Arguments) -> Results:
    """Do an action on a speaker. Raises UPnPFault as a real one would."""
    if (entry := ACTIONS.get((service, name))) is None:
        speaker.household.unknown_actions.add((service, name))
        raise UPnPFault(INVALID_ACTION)
    if entry.coordinator_only and not speaker.is_coordinator:
        raise UPnPFault(NOT_COORDINATOR)
    try:
        return entry.body(speaker, arguments) or {}
    except KeyError as err:
        raise UPnPFault(INVALID_ARGUMENTS) from err
