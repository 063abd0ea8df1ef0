"""Errors of Spotify.

SpotifyError
├── RateLimited           Spotify asked for a pause; holds until when
│   ├── QuotaExceeded     … for hours, because the developer account's quota is spent
│   ├── WaitCapped        … for more than a day, which cannot be meant
│   ├── TooManyCalls      the call rate is at its limit
│   └── BudgetSpent       the budget for background work is spent
├── TokenRejected         the account has to be linked again
│   └── ClientGone        … because Spotify does not know the developer app any more
├── AccessRefused
│   ├── NotPremium        Spotify allows only Premium accounts to do this
│   ├── OwnerNotPremium   the owner of the developer app has no Premium, and Spotify serves nobody through it
│   ├── NotAllowlisted    the person is not among the users of the developer app
│   ├── MissingScope      the account was linked without this permission
│   └── HistoryOnly       the user chose to record the account's history and not to control it
├── CommandRefused        Spotify understood and will not; holds its own words
│   ├── NoActiveDevice
│   ├── DeviceMissing     the device to play on is not there; names those that are
│   ├── WhichDevice       nothing is on, and the person has to say where to play
│   ├── RestrictedDevice
│   ├── VolumeFixed       the device does not allow setting its volume remotely
│   ├── TransferIgnored   Spotify accepted a transfer, and did not carry it out
│   └── NotFound
└── Unavailable           no answer, or none that can be read
    ├── AnswerUnreadable  an answer came, and is not what was due
    ├── SpotifyDown       it failed several times in a row and is left alone; holds until when
    └── GatewayClosed     the account is unloaded
"""

from collections.abc import Collection
from datetime import UTC, datetime

from homeassistant.util import dt as dt_util

from ..errors import NamedError


class SpotifyError(NamedError):
    """Base of all that this package raises; each carries its translation."""

    key = ""


class RateLimited(SpotifyError):
    """Spotify accepts no call from this home before `until` (UTC ms)."""

    def __init__(self, until: int) -> None:
        """Say in the home's time when Spotify can be asked again."""
        self.until = until
        super().__init__(until=_in_home_time(until))


class QuotaExceeded(RateLimited):
    """The quota of the developer account is spent, for all its apps together."""


class WaitCapped(RateLimited):
    """Spotify asked for more than a day, of which Encore waits one."""


class TooManyCalls(RateLimited):
    """The calls of half a minute are used up; there is room again at `until` (UTC ms)."""


class BudgetSpent(RateLimited):
    """The call budget of background work is spent until `until` (UTC ms); a person may go on."""


class TokenRejected(SpotifyError):
    """Spotify no longer accepts the account's token, and no new one is to be had."""


class ClientGone(TokenRejected):
    """Spotify does not know the developer app that the account was linked by."""


class AccessRefused(SpotifyError):
    """The account may not do this at all, whatever is tried."""

    key = ""


class NotPremium(AccessRefused):
    """The account is a free one."""


class OwnerNotPremium(AccessRefused):
    """The owner of the developer app has no Premium; that says nothing of the account, and every call is refused."""


class NotAllowlisted(AccessRefused):
    """The account is not in the user list of the developer app (development mode)."""


class MissingScope(AccessRefused):
    """The person did not grant the permission that this call needs; they are asked for it when they want it."""

    def __init__(
        self,
        scopes: Collection[str] = (),
        *,
        account: str = "–",
        by_spotify: bool = False,
    ) -> None:
        """Take what is missing, as far as that is known, the `account` that lacks it, and whether Spotify itself said so."""
        super().__init__(account=account)
        self.scopes = frozenset(scopes)
        self.by_spotify = by_spotify


class HistoryOnly(AccessRefused):
    """The entry of `account` allows recording its history and nothing else; a login does not change that."""


class CommandRefused(SpotifyError):
    """Spotify will not carry this out; `detail` is its own explanation."""


class NoActiveDevice(CommandRefused):
    """No device plays, and none was named."""


class DeviceMissing(CommandRefused):
    """The `device` that the options name for playing is not there; `devices` are."""


class WhichDevice(CommandRefused):
    """Nothing is on, and the options want the person to say on which of `devices` to play."""


class RestrictedDevice(CommandRefused):
    """The device takes no commands from the Web API."""


class DeviceNotApproved(CommandRefused):
    """The `device` is new, and an administrator has not let it in."""


class VolumeFixed(CommandRefused):
    """The device does not allow setting its volume remotely."""


class TransferIgnored(CommandRefused):
    """Spotify accepted a transfer, and the playback is not on the `device`."""


class NotFound(CommandRefused):
    """Spotify knows no such item or device."""

    key = "spotify_not_found"


class Unavailable(SpotifyError):
    """Spotify could not be reached, or its answer could not be read; `detail` says how."""

    key = "spotify_unavailable"

    def __init__(self, detail: str, **placeholders: str) -> None:
        """Remember what was wrong, in words without a secret."""
        super().__init__(detail=detail, **placeholders)


class AnswerUnreadable(Unavailable):
    """An answer came and is not what was due: a page for people, nothing at all, JSON of another form."""

    key = "spotify_unreadable"


class SpotifyDown(Unavailable):
    """Spotify failed several times in a row; nobody asks it before `until` (UTC ms)."""

    def __init__(self, until: int) -> None:
        """Say in the home's time when Spotify is asked again."""
        self.until = until
        super().__init__("several calls in a row", until=_in_home_time(until))


class GatewayClosed(Unavailable):
    """The account was unloaded while somebody still asked."""

    key = Unavailable.key

    def __init__(self) -> None:
        """Say that the gateway is closed."""
        super().__init__("closed")


def _in_home_time(moment: int) -> str:
    """Return a moment (UTC ms) as a person in the home reads it."""
    local = dt_util.as_local(datetime.fromtimestamp(moment / 1000, UTC))
    return local.strftime("%Y-%m-%d %H:%M:%S")
