"""What linked accounts have to do with what players report: waking those that may play it, and what they withhold."""

from collections.abc import Iterable
from typing import Final, final

from homeassistant.core import HomeAssistant, callback

from ..const import CONF_PRIVATE
from ..history.model import Item
from ..listeners import loaded_accounts
from ..spotify.account import SpotifyAccount
from ..spotify.playback import Playback
from ..witness.group import Group

CLAIMED_WITHIN_MS: Final = 4_000
"""An account that plays looks by itself a moment after a track began; what it shows then wakes nobody."""

NEXT_WOKEN_MS: Final = 30_000
"""Accounts that do not seem to play are woken if those that do have not shown it by then."""

REMEMBERED_MS: Final = 600_000


@final
class Accounts:
    """The accounts of the house, as far as players are concerned."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Prepare to look at whichever accounts are loaded."""
        self._hass = hass
        self._reported: dict[str, tuple[int, int]] = {}
        """By URI, since when (UTC ms) something is reported that no account shows, and how many were woken for it."""
        self._withheld: dict[str, int] = {}
        """When (UTC ms) an account that withholds what it plays was last seen with an item, by URI."""

    @callback
    def async_withholds(self, group: Group, at: int) -> bool:
        """Whether what a group plays is on an account whose recording is paused, or in a private session.

        It is where the account has the same on, or says that it plays on one of these players.
        """
        if group.item is None or not _is_spotify(group.item):
            return False
        places = {group.player.name.casefold()}
        places |= {room.name.casefold() for room in group.rooms}
        self._withheld = {
            uri: seen_at
            for uri, seen_at in self._withheld.items()
            if 0 <= at - seen_at < REMEMBERED_MS
        }
        for seen in self._withholding():
            if seen.item is not None:
                self._withheld[seen.item.uri] = at
                if seen.item.uri == group.item.uri:
                    return True
            on = seen.device.name.casefold() if seen.device else None
            if seen.playing and on in places:
                return True
        return False

    @callback
    def async_withheld(self, item: Item, at: int) -> bool:
        """Whether an account that withholds what it plays was seen with an item not long ago."""
        seen_at = self._withheld.get(item.uri)
        return seen_at is not None and at - seen_at < REMEMBERED_MS

    @callback
    def async_wake(self, groups: Iterable[Group], at: int) -> bool:
        """Let accounts look that may play what groups report and no account shows; whether any may have to later."""
        playing = {
            group.item.uri
            for group in groups
            if group.playing and group.item and _is_spotify(group.item)
        }
        accounts = loaded_accounts(self._hass)
        seen = [(account, account.coordinator.seen) for account in accounts]
        shown = {now.item.uri for _, now in seen if now and now.playing and now.item}
        self._reported = {
            uri: self._reported.get(uri, (at, 0)) for uri in playing - shown
        }
        for uri, (since, woken) in self._reported.items():
            active = [each for each, now in seen if now is not None and now.playing]
            if not woken and at - since >= CLAIMED_WITHIN_MS:
                for account in active or accounts:
                    account.async_wake()
                self._reported[uri] = since, 1 if active else 2
            elif woken == 1 and at - since >= NEXT_WOKEN_MS:
                for account in accounts:
                    account.async_wake()
                self._reported[uri] = since, 2
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


def _is_spotify(item: Item) -> bool:
    return item.uri.startswith("spotify:")
