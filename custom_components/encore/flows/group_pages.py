"""Options pages for groups of listeners."""

from collections.abc import Iterable
from typing import Any, Final

import probatio

from homeassistant.config_entries import ConfigFlowResult, OptionsFlowWithReload
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.selector import SelectOptionDict, TextSelector

from ..access.account_listener import async_listener
from ..access.visibility import hidden_listeners
from ..const import CONF_DISPLAY_NAME, CONF_GROUPS
from ..history.errors import HistoryError
from ..history.model import Listener
from ..listeners.linked_listeners import account_entries
from ..listeners.listener_groups import groups_in
from ..questions.base.scope import HERE
from ..questions.naming.listener_choice import EVERYONE, ME
from ..questions.naming.listener_groups import Group, group_called
from ..questions.naming.names import bare, folded, tidied
from ..runtime.store.history_service import DATA_HISTORY
from ..settings.options import UserInput, choice, filled
from .sharing import user_of_now

CONF_GROUP: Final = "group"
CONF_NAME: Final = "group_name"
CONF_MEMBERS: Final = "group_members"

LONGEST_NAME: Final = 50
"""Characters; it is said aloud."""
_TAKEN: Final = frozenset({ME, EVERYONE, HERE})
"""What stands for somebody already, through every interface."""


class GroupPages(OptionsFlowWithReload):
    """Which group, and who is in it."""

    _group: Group | None = None
    """The group that is changed; None while another one is named."""

    async def async_step_groups(self, user_input: UserInput = None) -> ConfigFlowResult:
        """Ask which group to change; without a choice, or where there is none yet, another one is named."""
        groups = self._named()
        if user_input is None and groups:
            field = choice([each.name for each in groups], "dropdown")
            return self.async_show_form(
                step_id="groups",
                data_schema=probatio.Schema({probatio.Optional(CONF_GROUP): field}),
            )
        chosen = (user_input or {}).get(CONF_GROUP)
        self._group = next((each for each in groups if each.name == chosen), None)
        return await self.async_step_group()

    async def async_step_group(self, user_input: UserInput = None) -> ConfigFlowResult:
        """Ask for the name and the members; a group that nobody is left in is gone."""
        known = await _async_known(self.hass)
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = self._errors(user_input, known)
            if not errors:
                return self._save(user_input)
        offered = _offered(self.hass, self._group, known)
        listeners = [
            SelectOptionDict(value=key, label=label) for key, label in offered.items()
        ]
        members_field = choice(listeners, "list", multiple=True)
        schema = probatio.Schema(
            {
                probatio.Required(CONF_NAME): TextSelector(),
                probatio.Optional(CONF_MEMBERS, default=list): members_field,
            }
        )
        now: dict[str, Any] = {}
        if self._group is not None:
            members = [key for key in self._group.members if key in offered]
            now = {CONF_NAME: self._group.name, CONF_MEMBERS: members}
        return filled(self, "group", schema, user_input or now, errors)

    def _named(self) -> tuple[Group, ...]:
        return groups_in(self.config_entry.options)

    def _others(self) -> list[Group]:
        """Return the groups beside the one that is changed."""
        return [each for each in self._named() if each != self._group]

    def _errors(
        self, chosen: dict[str, Any], known: Iterable[Listener]
    ) -> dict[str, str]:
        """Return what is wrong with what was chosen, by the field."""
        name = tidied(chosen[CONF_NAME])
        if not name or len(name) > LONGEST_NAME:
            return {CONF_NAME: "group_name_length"}
        if {folded(name), folded(bare(name))} & _TAKEN:
            return {CONF_NAME: "group_name_taken"}
        if any(_hides(name, each) for each in (*_linked(self.hass), *known)):
            return {CONF_NAME: "group_named_as_listener"}
        if group_called(name, self._others()) is not None:
            return {CONF_NAME: "group_named_twice"}
        if not chosen[CONF_MEMBERS] and self._group is None:
            return {CONF_MEMBERS: "group_without_members"}
        return {}

    def _save(self, chosen: dict[str, Any]) -> ConfigFlowResult:
        groups = {each.name: list(each.members) for each in self._others()}
        if chosen[CONF_MEMBERS]:
            groups[tidied(chosen[CONF_NAME])] = chosen[CONF_MEMBERS]
        return self.async_create_entry(
            data={**self.config_entry.options, CONF_GROUPS: groups}
        )


async def _async_known(hass: HomeAssistant) -> list[Listener]:
    """Return the listeners that the history knows and that whoever chooses may hear of; none while it cannot be read."""
    hidden = hidden_listeners(hass, user_of_now())
    memory = hass.data[DATA_HISTORY]
    try:
        async with memory.async_held():
            return await memory.async_ask(
                lambda queries: queries.listeners(), hidden=hidden
            )
    except HistoryError:
        return []


@callback
def _linked(hass: HomeAssistant) -> list[Listener]:
    """Return who is linked, by the names of the listeners and by those of the accounts."""
    return [
        Listener(listener.key, name)
        for entry in account_entries(hass)
        for listener in (async_listener(hass, entry),)
        for name in dict.fromkeys((listener.name, str(entry.data[CONF_DISPLAY_NAME])))
    ]


@callback
def _offered(
    hass: HomeAssistant, group: Group | None, known: Iterable[Listener]
) -> dict[str, str]:
    """Return who can be in a group, by key, with their names: all who are linked, and of its members those whose account is gone."""
    offered: dict[str, str] = {}
    for each in _linked(hass):
        before = offered.get(each.key)
        offered[each.key] = f"{before} ({each.name})" if before else each.name
    members = group.members if group else ()
    departed = {each.key: each.name for each in known if each.key in members}
    return departed | offered


def _hides(name: str, listener: Listener) -> bool:
    """Whether a listener could be meant by the name of a group."""
    theirs = folded(listener.name)
    return any(
        theirs == wanted or theirs.startswith(f"{wanted} ") or listener.key == wanted
        for wanted in (folded(name), folded(bare(name)))
    )
