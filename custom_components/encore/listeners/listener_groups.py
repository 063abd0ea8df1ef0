"""The groups of listeners that a household has named, such as the kids."""

from collections.abc import Collection, Mapping
from typing import Any

from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError

from ..const import CONF_GROUPS
from ..errors import NamedError
from ..questions.base.scope import Scope
from ..questions.naming.listener_groups import Group, narrowed_groups
from ..settings.history_entry import async_history_options


class GroupForOne(NamedError, ServiceValidationError):
    """The `name` is a group's, and what was asked for is for one listener; `known` are its members."""


def refuse_group(scope: Scope) -> None:
    """Raise GroupForOne where a group was named."""
    if scope.groups:
        known = sorted((each.name for each in scope.listeners), key=str.casefold)
        raise GroupForOne(name=scope.groups[0].name, known=", ".join(known))


def groups_in(options: Mapping[str, Any]) -> tuple[Group, ...]:
    """Return the groups that options of the history name, with all their members."""
    named: Mapping[str, list[str]] = options.get(CONF_GROUPS, {})
    return tuple(Group(name, tuple(members)) for name, members in named.items())


@callback
def visible_groups(hass: HomeAssistant, hidden: Collection[str]) -> tuple[Group, ...]:
    """Return the groups without hidden listeners (by key), and without groups of hidden listeners alone."""
    groups = groups_in(async_history_options(hass))
    return narrowed_groups(groups, lambda key: key not in hidden)
