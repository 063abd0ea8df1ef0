"""Errors of Sonos, and what SoCo's errors mean.

SonosError
├── SpeakerUnreachable           no answer, or none in time
│   └── NotSonos                 something answers at an address that is no Sonos speaker
├── SonosUpnpOff                 the speaker refuses everything until UPnP is allowed in the Sonos app
├── SocoMissing                  SoCo, the library for all of this, cannot be imported
├── SpeakerGone                  the speaker is not in the household any more
├── OtherHousehold               speakers of two households cannot play together
├── NotASonosRoom                what is to join is no room of a Sonos household
├── GroupingFailed               the speakers took the command, and the groups did not change in time
├── UnknownSonosSource           no input or favourite of this name
├── UnknownSonosMedia            nothing in the household's lists is called so
├── NotRestored                  what a group played does not come back, or not as it was
│   ├── RestoreRoomsAway         none of its rooms is there
│   ├── RestoreAirplay           it was AirPlay
│   ├── RestoreNotLinked         it was Spotify Connect of an account that is not linked
│   ├── RestoreAccountAway       it was Spotify Connect of an account that is not connected
│   ├── RestoreNotSeen           Spotify Connect does not see a speaker of the group
│   ├── RestoreListensElsewhere  it was a paused session, and its account plays somewhere else by now
│   ├── RestoreQueueGone         somebody changed the queue, and it was not saved
│   └── RestoreNotSought         it starts over: the speaker does not seek to where it was
└── SonosRefused                 a speaker understood and will not; holds the error code
    ├── SonosNotNow              not in its present state: nothing to skip to, nothing loaded, an input that cannot be paused
    ├── SonosCannotPlay          it does not know what it is to play
    ├── SonosNotCoordinator      another speaker leads its group, or the music service does not answer
    ├── SonosServiceUnavailable  the music service does not answer it
    ├── SpotifyNotLinkedInSonos  Spotify is not linked in the household
    ├── AlarmExists              the speaker has an alarm at that time already
    └── AlarmGone                the alarm was removed
"""

from collections.abc import Mapping
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


class SonosUpnpOff(SonosError):
    """UPnP is switched off in the Sonos app: HTTP 403 for everything."""


class SocoMissing(SonosError):
    """SoCo cannot be imported."""


class SpeakerGone(SonosError):
    """The speaker was taken out of the household, or is switched off."""


class OtherHousehold(SonosError):
    """A speaker belongs to another household."""


class NotASonosRoom(SonosError):
    """An entity is no room of a Sonos household."""


class GroupingFailed(SonosError):
    """The groups did not become what was asked for."""


class UnknownSonosSource(SonosError):
    """There is no such input or favourite."""


class UnknownSonosMedia(SonosError):
    """The household has nothing of this id or title."""


class NotRestored(SonosError):
    """Base of why what a group played does not come back, or not as it was; all else of it was done."""

    key = ""


class RestoreRoomsAway(NotRestored):
    """None of the rooms is there: `speaker` names them."""


class RestoreAirplay(NotRestored):
    """An AirPlay session is begun by the phone alone."""


class RestoreNotLinked(NotRestored):
    """A Spotify Connect session belongs to no linked account."""


class RestoreAccountAway(NotRestored):
    """The account of a Spotify Connect session is not connected."""


class RestoreNotSeen(NotRestored):
    """Spotify Connect sees no device in the group, or none that takes commands."""


class RestoreListensElsewhere(NotRestored):
    """A session was paused, and its account plays on another device: that is left alone."""


class RestoreQueueGone(NotRestored):
    """The queue is not what it was, and was not saved."""


class RestoreNotSought(NotRestored):
    """It plays, or is loaded, from its beginning."""


class SonosRefused(SonosError):
    """The speaker will not, for a reason that has no name here; `code` is UPnP's."""

    def __init__(self, *, speaker: str, code: str) -> None:
        """Remember who refused, and by which code."""
        self.code = code
        super().__init__(speaker=speaker, code=code)


class SonosNotNow(SonosRefused):
    """Not possible in the present state (701, 710, 711, 712)."""


class SonosCannotPlay(SonosRefused):
    """Not something that Sonos can play (714)."""


class SonosNotCoordinator(SonosRefused):
    """Another speaker leads the group (SoCo's slave error)."""


class SonosServiceUnavailable(SonosRefused):
    """The music service does not answer, or is not linked in the household (800)."""


class SpotifyNotLinkedInSonos(SonosRefused):
    """Spotify is not linked in this Sonos household, or in another region (800 to something of Spotify's)."""


class AlarmExists(SonosRefused):
    """The speaker has an alarm at that time already (801 to CreateAlarm and UpdateAlarm)."""


class AlarmGone(SonosRefused):
    """There is no such alarm any more (701 to UpdateAlarm and DestroyAlarm)."""


_BY_CODE: Final[Mapping[str, type[SonosRefused]]] = {
    "701": SonosNotNow,
    "710": SonosNotNow,
    "711": SonosNotNow,
    "712": SonosNotNow,
    "714": SonosCannotPlay,
    "800": SonosServiceUnavailable,
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
    queue passes `{"800": SpotifyNotLinkedInSonos}`.
    """
    match err:
        case SonosError():
            return err
        case SoCoUPnPException():
            code = str(err.error_code)
            kind = (refusals or {}).get(code) or _BY_CODE.get(code, SonosRefused)
            return kind(speaker=speaker, code=code)
        case SoCoSlaveException():
            return SonosNotCoordinator(speaker=speaker, code="slave")
        case NotSupportedException():
            return SonosNotNow(speaker=speaker, code="not supported")
        case HTTPError(response=requests.Response(status_code=403)):
            return SonosUpnpOff(speaker=speaker)
        case RequestException() | OSError():
            return SpeakerUnreachable(speaker=speaker)
    return SonosRefused(speaker=speaker, code=type(err).__name__)
