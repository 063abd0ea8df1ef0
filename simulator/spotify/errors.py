"""Why the simulated Spotify refuses. The HTTP side maps each class to a status and a reason.

SpotifyRefusal
├── UnknownThing         404  no such id or URI (`what`)
├── UnknownDevice        404  "Device not found"
├── NoActiveDevice       404  NO_ACTIVE_DEVICE
├── RestrictedDevice     403  the device takes no commands from the Web API
├── NotPremium           403  PREMIUM_REQUIRED
├── RestrictionViolated  403  e.g. pause while paused, resume while playing
├── NotOwner             403  a playlist of somebody else
└── BadValue             400  a position, volume, offset or limit out of range (`what`)
"""


class SpotifyRefusal(Exception):
    """A command that the simulated Spotify does not carry out."""


class UnknownThing(SpotifyRefusal):
    """No such id or URI."""

    def __init__(self, what: str) -> None:
        """Keep the id or URI that was asked for as `what`."""
        super().__init__(f"Nothing is known by {what}")
        self.what = what


class UnknownDevice(SpotifyRefusal):
    """No device of this person has that id."""


class NoActiveDevice(SpotifyRefusal):
    """No device was named and none is active."""


class RestrictedDevice(SpotifyRefusal):
    """The device takes no commands from the Web API."""


class NotPremium(SpotifyRefusal):
    """The account is free; the Web API controls Premium accounts only."""


class RestrictionViolated(SpotifyRefusal):
    """The player is in no state for that command."""


class NotOwner(SpotifyRefusal):
    """The playlist belongs to somebody else and is not collaborative."""


class BadValue(SpotifyRefusal):
    """A number or word out of range."""

    def __init__(self, what: str) -> None:
        """Keep the value's name in the API's words (e.g. `position_ms`) as `what`."""
        super().__init__(f"Invalid {what}")
        self.what = what
