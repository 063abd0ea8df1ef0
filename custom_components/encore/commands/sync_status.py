"""The command that returns the sync status of accounts."""

from typing import override

from msgspec import Struct

from homeassistant.config_entries import ConfigEntry, ConfigEntryState

from ..access.account_listener import async_listener
from ..dispatch.command import NoParameters, ReadCommand, Result
from ..dispatch.request_context import RequestContext
from ..history.model import Source
from ..listeners.linked_listeners import linked_listeners, visible_accounts
from ..questions.base.operation import NO_ACTION
from ..questions.base.response import Moment
from ..spotify.account import SpotifyAccount
from ..spotify.budget import async_get_budget
from ..spotify.budget.restrictions import in_the_way
from .errors import NoAccount
from .recording import async_room_pauses


class SyncedAccount(Struct, frozen=True, kw_only=True):
    """One account. Moments are None for never since Home Assistant started."""

    listener: str
    connected: bool
    recording: bool
    """Whether what is played is recorded; not while somebody paused it."""
    recorded_until: Moment | None = None
    """Up to when its player was watched."""
    fetched_until: Moment | None = None
    """Up to when recently played was fetched."""
    problem: str | None = None
    """What is wrong, in words."""


class PausedRoom(Struct, frozen=True, kw_only=True):
    """A room in which nothing is recorded."""

    room: str
    listener: str | None
    """Whose plays aren't recorded there; None for everyone's."""
    until: Moment | None
    """When the pause ends by itself."""


class SyncStatus(Result, kw_only=True):
    """The accounts, the rooms whose recording is paused, and what keeps calls to Spotify back."""

    accounts: tuple[SyncedAccount, ...]
    paused_rooms: tuple[PausedRoom, ...]
    calls_last_24_hours: int
    """To Spotify, of the whole home."""
    calls_per_day: int | None
    """How many may be made in 24 hours, if that is limited."""
    paused_until: str | None
    """Until when Spotify allows no calls."""


class TellSyncStatus(ReadCommand[NoParameters, SyncStatus]):
    """Whether what is played gets into the history."""

    key = "sync_status"
    action = "get_sync_status"
    description = "Returns for each linked account whether it is connected and recorded, when it was last updated, problems, and the number of calls to Spotify."
    interfaces = NO_ACTION
    stays_home = True
    everyday = True

    @override
    async def async_run(
        self, asked: NoParameters, context: RequestContext
    ) -> SyncStatus:
        entries = visible_accounts(context.hass, context.caller.user_id)
        if not entries:
            raise NoAccount
        budget = await async_get_budget(context.hass)
        return SyncStatus(
            accounts=tuple(_synced(context, entry) for entry in entries),
            paused_rooms=await _async_paused_rooms(context),
            calls_last_24_hours=budget.usage.within_a_day(
                context.query_context.clock.now,
                context.query_context.hidden,
            ),
            calls_per_day=budget.calls_a_day or None,
            paused_until=in_the_way(budget)["paused_until"],
        )


async def _async_paused_rooms(context: RequestContext) -> tuple[PausedRoom, ...]:
    pauses = await async_room_pauses(context)
    query_context = context.query_context
    rooms = {room.key: room.name for room in query_context.rooms}
    listeners = {each.key: each.name for each in linked_listeners(context.hass)}
    return tuple(
        PausedRoom(
            room=rooms.get(one.room, one.room),
            listener=one.listener and listeners.get(one.listener, one.listener),
            until=Moment.at(query_context.clock, one.until),
        )
        for one in pauses
    )


def _synced(context: RequestContext, entry: ConfigEntry) -> SyncedAccount:
    name = async_listener(context.hass, entry).name
    if entry.state is not ConfigEntryState.LOADED:
        return SyncedAccount(
            listener=name, connected=False, recording=False, problem=entry.reason
        )
    account: SpotifyAccount = entry.runtime_data
    collector, failure = account.collector, account.coordinator.failure
    clock = context.query_context.clock
    looks = collector.recording(clock.now).recorded
    until = max(
        (each.end for each in looks if each.source is Source.LIVE), default=None
    )
    return SyncedAccount(
        listener=name,
        connected=failure is None,
        recording=not collector.paused,
        recorded_until=Moment.at(clock, until),
        fetched_until=Moment.at(clock, collector.fetched_until),
        problem=str(failure) if failure else None,
    )
