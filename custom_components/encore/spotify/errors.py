"""What can go wrong between Encore and Spotify, by name.

SpotifyError
├── RateLimited        Spotify asked for a pause; holds until when
├── TokenRejected      the account has to be linked again
├── AccessRefused
│   ├── NotPremium     Spotify lets only Premium accounts do this
│   ├── NotAllowlisted the person is not among the users of the developer app
│   └── MissingScope   the account was linked without this permission
├── CommandRefused     Spotify understood and will not; holds its own words
│   ├── NoActiveDevice
│   ├── RestrictedDevice
│   └── NotFound
└── Unavailable        no answer, or none that can be read
    └── GatewayClosed  the account is unloaded
"""

from datetime import UTC, datetime
from typing import ClassVar

from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from ..const import DOMAIN


class SpotifyError(HomeAssistantError):
    """Base of all that this package raises; each carries its translation."""

    key: ClassVar[str]

    def __init__(self, **placeholders: str) -> None:
        """Remember what the translated sentence needs."""
        super().__init__(
            translation_domain=DOMAIN,
            translation_key=self.key,
            translation_placeholders=placeholders or None,
        )


class RateLimited(SpotifyError):
    """Spotify wants no call from this house before `until` (UTC ms)."""

    key = "rate_limited"

    def __init__(self, until: int) -> None:
        """Say in the home's time when Spotify can be asked again."""
        self.until = until
        moment = dt_util.as_local(datetime.fromtimestamp(until / 1000, UTC))
        super().__init__(until=moment.strftime("%Y-%m-%d %H:%M:%S"))


class TokenRejected(SpotifyError):
    """Spotify no longer accepts the account's token, and no new one is to be had."""

    key = "token_rejected"


class AccessRefused(SpotifyError):
    """The account may not do this at all, whatever is tried."""


class NotPremium(AccessRefused):
    """The account is a free one."""

    key = "not_premium"


class NotAllowlisted(AccessRefused):
    """The account is not in the user list of the developer app (development mode)."""

    key = "not_allowlisted"


class MissingScope(AccessRefused):
    """The person did not grant the permission that this call needs."""

    key = "missing_scope"


class CommandRefused(SpotifyError):
    """Spotify will not carry this out; `detail` is its own explanation."""

    key = "command_refused"


class NoActiveDevice(CommandRefused):
    """No device plays, and none was named."""

    key = "no_active_device"


class RestrictedDevice(CommandRefused):
    """The device takes no commands from the Web API."""

    key = "restricted_device"


class NotFound(CommandRefused):
    """Spotify knows no such item or device."""

    key = "spotify_not_found"


class Unavailable(SpotifyError):
    """Spotify could not be reached, or its answer could not be read; `detail` says how."""

    key = "spotify_unavailable"

    def __init__(self, detail: str) -> None:
        """Remember what was wrong, in words without a secret."""
        super().__init__(detail=detail)


class GatewayClosed(Unavailable):
    """The account was unloaded while somebody still asked."""

    def __init__(self) -> None:
        """Say that the gateway is closed."""
        super().__init__("closed")
