"""Which linked accounts a player's report concerns: wakes their polling, and applies their privacy."""

from collections.abc import Sequence
import re
from typing import Final, final

from homeassistant.core import HomeAssistant, callback

from ..const import CONF_PRIVATE
from ..history.model import Item
from ..listeners.linked_listeners import loaded_accounts
from ..spotify.account import SpotifyAccount
from ..spotify.api.playback import Playback
from ..tracking.group import Group, Transport

CLAIMED_WITHIN_MS: Final = 4_000
"""An account that plays looks by itself a moment after a track began; what it shows then wakes nobody."""

NEXT_WOKEN_MS: Final = 30_000
"""Accounts that do not seem to play are woken if those that do have not shown it by then."""

REMEMBERED_MS: Final = 600_000

_AND_OTHERS: Final = re.compile(r" \+ \d+$")


@final
class Accounts:
    """The linked accounts, as far as players are concerned."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Prepare to look at whichever accounts are loaded."""
        self._hass = hass
        self._reported: dict[tuple[str, str], tuple[int, int]] = {}
        """By URI, and by account where it is one that shows it, since when (UTC ms) groups and accounts contradict each other, and how many accounts were woken for it: none, those that play, all that may have to."""
        self._not_recorded: dict[str, int] = {}
        """When (UTC ms) an account that withholds what it plays was last seen with an item, by URI."""

    @callback
    def async_withholds(self, group: Group, at: int) -> bool:
        """Whether what a group plays is on an account whose recording is paused, or in a private session.

        It is where the account has the same on, or says that it plays on one of these players.
        """
        if group.item is None or not _is_spotify(group.item):
            return False
        places = _places(group)
        self._not_recorded = {
            uri: seen_at
            for uri, seen_at in self._not_recorded.items()
            if 0 <= at - seen_at < REMEMBERED_MS
        }
        for seen in self._withholding():
            if seen.item is not None:
                self._not_recorded[seen.item.uri] = at
                if seen.item.uri == group.item.uri:
                    return True
            on = _leader(seen.device.name) if seen.device else None
            if seen.playing and on in places:
                return True
        return False

    @callback
    def async_is_not_recorded(self, item: Item, at: int) -> bool:
        """Whether an account that withholds what it plays was seen with an item not long ago."""
        seen_at = self._not_recorded.get(item.uri)
        return seen_at is not None and at - seen_at < REMEMBERED_MS

    @callback
    def async_wake(self, groups: Sequence[Group], at: int) -> bool:
        """Let accounts look whose players contradict what groups report; whether any may have to later.

        That is where groups play what no account shows there, and where an account shows what its group does not play any more.
        """
        accounts = loaded_accounts(self._hass)
        playing = [
            (account, now.item.uri, _leader(now.device.name) if now.device else None)
            for account in accounts
            if (now := account.coordinator.seen) and now.playing and now.item
        ]
        active = [account for account, _, _ in playing]
        to_wake: dict[tuple[str, str], list[SpotifyAccount]] = {}
        anybodys: set[tuple[str, str]] = set()
        for group in groups:
            sounds = group.item.uri if group.playing and group.item else None
            places = _places(group)
            there = [one for one in playing if one[2] in places]
            for account, uri, _ in there:
                if uri != sounds and group.transport is not Transport.TRANSITIONING:
                    to_wake[uri, account.listener.key] = [account]
            if group.item is None or sounds is None or not _is_spotify(group.item):
                continue
            showing = [one for one in playing if one[1] == sounds]
            if not any(where is None or where in places for _, _, where in showing):
                to_wake[sounds, ""] = (
                    [each for each, _, _ in showing] or active or accounts
                )
                if active and not showing:
                    anybodys.add((sounds, ""))
        self._reported = {key: self._reported.get(key, (at, 0)) for key in to_wake}
        for key, (since, woken) in self._reported.items():
            if not woken and at - since >= CLAIMED_WITHIN_MS:
                for account in to_wake[key]:
                    account.async_wake()
                self._reported[key] = since, 1 if key in anybodys else 2
            elif woken == 1 and at - since >= NEXT_WOKEN_MS:
                for account in accounts:
                    account.async_wake()
                self._reported[key] = since, 2
        return any(woken < 2 for _, woken in self._reported.values())

    @property
    def any_withholds(self) -> bool:
        """Whether any account withholds what it plays now."""
        return bool(self._withholding())

    def _withholding(self) -> list[Playback]:
        """Return what those accounts that withhold what they play were last seen with."""
        return [
            seen
            for account in loaded_accounts(self._hass)
            if (seen := account.coordinator.seen) is not None
            and (account.collector.paused or _is_private(account, seen))
        ]


def _is_private(account: SpotifyAccount, seen: Playback) -> bool:
    options = account.coordinator.config_entry.options
    private = seen.device is not None and seen.device.private
    return private and not options.get(CONF_PRIVATE, False)


def _places(group: Group) -> set[str]:
    """Return what Spotify may call a group's device: by its player or by one of its rooms."""
    return {
        name.casefold()
        for name in (group.player.name, *(room.name for room in group.rooms))
    }


def _leader(device_name: str) -> str:
    """Return the name of a Connect device without the number of rooms that play with it, as in “Kitchen + 1”."""
    return _AND_OTHERS.sub("", device_name).casefold()


def _is_spotify(item: Item) -> bool:
    return item.uri.startswith("spotify:")
