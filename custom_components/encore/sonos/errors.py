"""Errors of Sonos, and what SoCo's errors mean.

SonosError
├── SpeakerUnreachable     no answer, or none in time
│   └── NotSonos           something answers at an address that is no Sonos speaker
├── UpnpOff                the speaker refuses everything until UPnP is allowed in the Sonos app
├── SocoMissing            SoCo, the library for all of this, cannot be imported
├── SpeakerGone            the speaker is not in the household any more
├── OtherHousehold         speakers of two households cannot play together
├── NotARoom               what is to join is no room of a Sonos household
├── GroupingFailed         the speakers took the command, and the groups did not change in time
├── UnknownSource          no input or favourite of this name
├── UnknownMedia           nothing in the household's lists is called so
├── NotRestored            what a group played does not come back, or not as it was
│   ├── NothingOfIt        none of its rooms is there
│   ├── PhoneHasToBegin    it was AirPlay
│   ├── GuestHasToBegin    it was Spotify Connect of an account that is not linked
│   ├── AccountAway        it was Spotify Connect of an account that is not connected
│   ├── NotSeenBySpotify   Spotify Connect does not see a speaker of the group
│   ├── ListensElsewhere   it was a paused session, and its account plays somewhere else by now
│   ├── QueueGone          somebody changed the queue, and it was not saved
│   └── NotSought          it starts over: the speaker does not seek to where it was
└── SonosRefused           a speaker understood and will not; holds the error code
    ├── NotNow             not in its present state: nothing to skip to, nothing loaded, an input that cannot be paused
    ├── CannotPlay         it does not know what it is to play
    ├── NotTheCoordinator  another speaker leads its group, or the music service does not answer
    ├── ServiceUnavailable the music service does not answer it
    ├── SpotifyNotLinked   Spotify is not linked in the household
    ├── AlarmExists        the speaker has an alarm at that time already
    └── AlarmGone          the alarm was removed
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final
from xml.etree.ElementTree import ParseError

import requests
from requests.exceptions import HTTPError, RequestException

from ..errors import NamedError
from .soco_compat import (
    NotSupportedException,
    SoCoException,
    SoCoSlaveException,
    SoCoUPnPException,
)
from .xml_reading import Unreadable


class SonosError(NamedError):
    """Base of all that this package raises; each carries its translation."""

    key = ""


class SpeakerUnreachable(SonosError):
    """A speaker does not answer."""


class NotSonos(SpeakerUnreachable):
    """What answers is no Sonos speaker."""


class UpnpOff(SonosError):
    """UPnP is switched off in the Sonos app: HTTP 403 for everything."""

    key = "sonos_upnp_off"


class SocoMissing(SonosError):
    """SoCo cannot be imported."""


class SpeakerGone(SonosError):
    """The speaker was taken out of the household, or is switched off."""


class OtherHousehold(SonosError):
    """A speaker belongs to another household."""


class NotARoom(SonosError):
    """An entity is no room of a Sonos household."""

    key = "not_a_sonos_room"


class GroupingFailed(SonosError):
    """The groups did not become what was asked for."""


class UnknownSource(SonosError):
    """There is no such input or favourite."""

    key = "unknown_sonos_source"


class UnknownMedia(SonosError):
    """The household has nothing of this id or title."""

    key = "unknown_sonos_media"


class NotRestored(SonosError):
    """Base of why what a group played does not come back, or not as it was; all else of it was done."""

    key = ""


class NothingOfIt(NotRestored):
    """None of the rooms is there: `speaker` names them."""

    key = "restore_rooms_away"


class PhoneHasToBegin(NotRestored):
    """An AirPlay session is begun by the phone alone."""

    key = "restore_airplay"


class GuestHasToBegin(NotRestored):
    """A Spotify Connect session belongs to no linked account."""

    key = "restore_not_linked"


class AccountAway(NotRestored):
    """The account of a Spotify Connect session is not connected."""

    key = "restore_account_away"


class NotSeenBySpotify(NotRestored):
    """Spotify Connect sees no device in the group, or none that takes commands."""

    key = "restore_not_seen"


class ListensElsewhere(NotRestored):
    """A session was paused, and its account plays on another device: that is left alone."""

    key = "restore_listens_elsewhere"


class QueueGone(NotRestored):
    """The queue is not what it was, and was not saved."""

    key = "restore_queue_gone"


class NotSought(NotRestored):
    """It plays, or is loaded, from its beginning."""

    key = "restore_not_sought"


class SonosRefused(SonosError):
    """The speaker will not, for a reason that has no name here; `code` is UPnP's."""

    def __init__(self, *, speaker: str, code: str) -> None:
        """Remember who refused, and by which code."""
        self.code = code
        super().__init__(speaker=speaker, code=code)


class NotNow(SonosRefused):
    """Not possible in the present state (701, 710, 711, 712)."""

    key = "sonos_not_now"


class CannotPlay(SonosRefused):
    """Not something that Sonos can play (714)."""

    key = "sonos_cannot_play"


class NotTheCoordinator(SonosRefused):
    """Another speaker leads the group (SoCo's slave error)."""

    key = "sonos_not_coordinator"


class ServiceUnavailable(SonosRefused):
    """The music service does not answer, or is not linked in the household (800)."""

    key = "sonos_service_unavailable"


class SpotifyNotLinked(SonosRefused):
    """Spotify is not linked in this Sonos household, or in another region (800 to something of Spotify's)."""

    key = "spotify_not_linked_in_sonos"


class AlarmExists(SonosRefused):
    """The speaker has an alarm at that time already (801 to CreateAlarm and UpdateAlarm)."""


class AlarmGone(SonosRefused):
    """There is no such alarm any more (701 to UpdateAlarm and DestroyAlarm)."""


_BY_CODE: Final[Mapping[str, type[SonosRefused]]] = {
    "701": NotNow,
    "710": NotNow,
    "711": NotNow,
    "712": NotNow,
    "714": CannotPlay,
    "800": ServiceUnavailable,
}

FAILURES: Final = (
    SoCoException,
    RequestException,
    OSError,
    ParseError,
    Unreadable,
    LookupError,
    ValueError,
    TypeError,
)
"""What calls to a speaker raise when something is wrong outside of this machine.

The last three: an answer lacks what was due, or has something else there; SoCo returns True for one that is empty.
"""


def as_sonos_error(
    err: Exception,
    speaker: str,
    refusals: Mapping[str, type[SonosRefused]] | None = None,
) -> SonosError:
    """Return what an error of SoCo or requests means; `refusals` says what a code means for this call.

    SoCo's `error_code` is text. 800 is ambiguous: mostly the music service, so what puts something of Spotify's into a
    queue passes `{"800": SpotifyNotLinked}`.
    """
    match err:
        case SonosError():
            return err
        case SoCoUPnPException():
            code = str(err.error_code)
            kind = (refusals or {}).get(code) or _BY_CODE.get(code, SonosRefused)
            return kind(speaker=speaker, code=code)
        case SoCoSlaveException():
            return NotTheCoordinator(speaker=speaker, code="slave")
        case NotSupportedException():
            return NotNow(speaker=speaker, code="not supported")
        case HTTPError() if _status(err.response) == HTTPStatus.FORBIDDEN:
            return UpnpOff(speaker=speaker)
        case RequestException() | OSError():
            return SpeakerUnreachable(speaker=speaker)
    return SonosRefused(speaker=speaker, code=type(err).__name__)


def _status(response: requests.Response | None) -> int | None:
    return None if response is None else response.status_code
