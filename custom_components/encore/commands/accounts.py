"""Chooses the account that a command is for."""

from collections.abc import Iterable

from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant, callback

from ..access.account_listener import async_listener
from ..access.policy import AccessLevel
from ..const import CONF_ACCOUNT_ID, CONF_DISPLAY_NAME
from ..dispatch.request_context import RequestContext
from ..history.model import Listener
from ..listeners.linked_listeners import account_entries, visible_accounts
from ..listeners.listener_groups import GroupForOne
from ..questions.naming.listener_choice import EVERYONE, ME
from ..questions.naming.listener_groups import group_called
from ..spotify.account import SpotifyAccount
from .errors import AccountNotReady, NoAccount, UnknownAccount, WhichAccount, listed


@callback
def account_of(context: RequestContext, name: str | None) -> SpotifyAccount:
    """Return the account of a listener called so: else the caller's own, else the only one.

    Raises NoAccount, UnknownAccount, WhichAccount and GroupForOne (which name the choices), and AccountNotReady.
    """
    entry = _entry(context, name)
    if entry.state is not ConfigEntryState.LOADED:
        raise AccountNotReady(name=_name(context.hass, entry))
    account: SpotifyAccount = entry.runtime_data
    return account


@callback
def own_account_of(context: RequestContext, name: str | None) -> SpotifyAccount:
    """Return the account that `account_of` does, if the caller has a say about it.

    A user who is not autonomous has one about their own alone; an automation about all. Raises Unauthorized, and what
    `account_of` raises.
    """
    account = account_of(context, name)
    _require_say(context, account.listener)
    return account


@callback
def own_listener_of(context: RequestContext, name: str | None) -> Listener:
    """Return the listener of an account, connected or not, for whom the caller may speak. Raises as `own_account_of`."""
    listener = async_listener(context.hass, _entry(context, name))
    _require_say(context, listener)
    return listener


def _require_say(context: RequestContext, listener: Listener) -> None:
    """Refuse a user who is neither the listener nor autonomous. Raises Unauthorized."""
    mine = {each.key for each in context.query_context.me}
    if context.context.user_id is not None and listener.key not in mine:
        context.caller.require(AccessLevel.AUTONOMOUS)


@callback
def any_account_of(context: RequestContext, name: str | None) -> SpotifyAccount | None:
    """Return the account that `account_of` would, or any that is connected, or None.

    For what is the same through each of them.
    """
    hass = context.hass
    connected = [
        entry
        for entry in account_entries(hass)
        if entry.state is ConfigEntryState.LOADED
    ]
    preferred = _meant(context, name or ME, connected) or connected
    account: SpotifyAccount | None = preferred[0].runtime_data if preferred else None
    return account


@callback
def listeners_meant(
    context: RequestContext, named: str | tuple[str, ...] | None
) -> list[Listener]:
    """Return the listeners of accounts, connected or not, that a search is about: those named, else the asker, else all."""
    entries = _visible_entries(context)
    names = (named,) if isinstance(named, str) else named or (ME,)
    if EVERYONE not in names:
        meant = [
            each
            for name in names
            for each in _meant(context, name, entries)
            or _members(context, name, entries)
        ]
        # Who asks and is no listener hears of everyone, as from the history.
        entries = meant or (entries if ME in names else [])
    found = (async_listener(context.hass, entry) for entry in entries)
    return list({listener.key: listener for listener in found}.values())


def _visible_entries(context: RequestContext) -> list[ConfigEntry]:
    """Return the accounts that the caller may know of."""
    return visible_accounts(context.hass, context.caller.user_id)


def _entry(context: RequestContext, name: str | None) -> ConfigEntry:
    entries = _visible_entries(context)
    if not entries:
        raise NoAccount
    if name is not None:
        meant = _meant(context, name, entries)
        if not meant and name.casefold() != ME:
            if members := _members(context, name, entries):
                raise GroupForOne(name=name, known=_names(context, members))
            raise UnknownAccount(name=name, known=_names(context, entries))
    else:
        meant = _meant(context, ME, entries)
    choices = meant or entries
    if len(choices) > 1:
        raise WhichAccount(known=_names(context, choices))
    return choices[0]


def _members(
    context: RequestContext, name: str, entries: Iterable[ConfigEntry]
) -> list[ConfigEntry]:
    """Return the accounts of a group's members; none where no group has the name."""
    group = group_called(name, context.query_context.groups)
    members = group.members if group else ()
    return [
        entry for entry in entries if async_listener(context.hass, entry).key in members
    ]


def _meant(
    context: RequestContext, name: str, entries: Iterable[ConfigEntry]
) -> list[ConfigEntry]:
    """Return the accounts that a name may stand for."""
    hass, wanted = context.hass, name.casefold()
    if wanted == ME:
        mine = {listener.key for listener in context.query_context.me}
        return [entry for entry in entries if async_listener(hass, entry).key in mine]
    return [
        entry
        for entry in entries
        if wanted
        in {
            _name(hass, entry).casefold(),
            str(entry.data[CONF_DISPLAY_NAME]).casefold(),
            str(entry.data[CONF_ACCOUNT_ID]).casefold(),
            entry.entry_id.casefold(),
        }
    ] or [
        entry
        for entry in entries
        if _name(hass, entry).casefold().startswith(f"{wanted} ")
    ]


def _name(hass: HomeAssistant, entry: ConfigEntry) -> str:
    return async_listener(hass, entry).name


def _names(context: RequestContext, entries: Iterable[ConfigEntry]) -> str:
    return listed(_name(context.hass, entry) for entry in entries)
