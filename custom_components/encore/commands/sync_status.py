"""The command that returns the sync status of accounts."""

from dataclasses import dataclass
from typing import override

from homeassistant.config_entries import ConfigEntry, ConfigEntryState

from ..access.account_listener import async_listener
from ..access.policy import AccessLevel
from ..history.model import Source
from ..listeners.linked_listeners import visible_accounts
from ..spotify.account import SpotifyAccount
from ..spotify.budget import async_get_budget
from ..spotify.budget.restrictions import in_the_way
from .command_context import CommandContext
from .errors import NoAccount
from .registry import Command, Result


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusParameters:
    """Nothing: it is told of all accounts that the caller may know of."""


@dataclass(frozen=True, slots=True)
class SyncedAccount:
    """One account. Moments are UTC ms, None for never since Home Assistant started."""

    listener: str
    connected: bool
    recording: bool
    """Whether what is played is remembered; not while somebody paused it."""
    recorded_until: int | None = None
    """Up to when its player was watched."""
    fetched_until: int | None = None
    """Up to when recently played was fetched."""
    problem: str | None = None
    """What is wrong, in words."""


@dataclass(frozen=True, slots=True)
class SyncStatus(Result):
    """The accounts, and what keeps calls to Spotify back."""

    accounts: tuple[SyncedAccount, ...]
    calls: int
    """To Spotify, of the whole house within 24 hours."""
    most_calls: int | None
    """How many may be made in 24 hours, if that is limited."""
    paused_until: str | None
    """Until when Spotify wants to be left alone."""
    command_context: CommandContext

    @override
    def as_data(self) -> dict[str, object]:
        return {
            "accounts": [
                {
                    "listener": each.listener,
                    "connected": each.connected,
                    "recording": each.recording,
                    "recorded_until": self._iso(each.recorded_until),
                    "fetched_until": self._iso(each.fetched_until),
                    "problem": each.problem,
                }
                for each in self.accounts
            ],
            "calls_last_24_hours": self.calls,
            "calls_per_day": self.most_calls,
            "paused_until": self.paused_until,
        }

    def _iso(self, moment: int | None) -> str | None:
        if moment is None:
            return None
        clock = self.command_context.query_context.clock
        return clock.local(moment).isoformat(timespec="seconds")


class TellSyncStatus(Command[StatusParameters, SyncStatus]):
    """Whether what is played gets into the history."""

    key = "sync_status"
    title = "Sync status"
    description = "Tells of each linked account whether it is connected and recorded, up to when it was watched and fetched, what is wrong, and how many calls to Spotify were made."
    icon = "mdi:sync-circle"
    declares = StatusParameters
    access_level = AccessLevel.INTERN
    reads = True
    stays_home = True
    everyday = True

    @override
    async def async_run(
        self, asked: StatusParameters, command_context: CommandContext
    ) -> SyncStatus:
        entries = visible_accounts(command_context.hass, command_context.caller.user_id)
        if not entries:
            raise NoAccount
        budget = await async_get_budget(command_context.hass)
        return SyncStatus(
            tuple(_synced(command_context, entry) for entry in entries),
            budget.usage.within_a_day(
                command_context.query_context.clock.now,
                command_context.query_context.withheld,
            ),
            budget.calls_a_day or None,
            in_the_way(budget)["paused_until"],
            command_context,
        )


def _synced(command_context: CommandContext, entry: ConfigEntry) -> SyncedAccount:
    name = async_listener(command_context.hass, entry).name
    if entry.state is not ConfigEntryState.LOADED:
        return SyncedAccount(name, False, False, problem=entry.reason)
    account: SpotifyAccount = entry.runtime_data
    collector, failure = account.collector, account.coordinator.failure
    looks = collector.recording(command_context.query_context.clock.now).recorded
    return SyncedAccount(
        name,
        failure is None,
        not collector.paused,
        max((each.end for each in looks if each.source is Source.LIVE), default=None),
        collector.fetched_until,
        str(failure) if failure else None,
    )
