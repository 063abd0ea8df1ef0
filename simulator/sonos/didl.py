"""XML as Sonos writes it: DIDL-Lite items, and the escaping that goes with it."""

from typing import Final
from xml.sax.saxutils import escape

DIDL_OPEN: Final = (
    '<DIDL-Lite xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:upnp="urn:schemas-upnp-org:metadata-1-0/upnp/" '
    'xmlns:r="urn:schemas-rinconnetworks-com:metadata-1-0/" '
    'xmlns="urn:schemas-upnp-org:metadata-1-0/DIDL-Lite/">'
)
DIDL_CLOSE: Final = "</DIDL-Lite>"


def quoted(value: object) -> str:
    """Return a value as XML text that may also stand in a double-quoted attribute."""
    return escape(str(value), {'"': "&quot;"})


def didl(*elements: str) -> str:
    """Wrap items or containers into one DIDL-Lite document."""
    return DIDL_OPEN + "".join(elements) + DIDL_CLOSE


def container(
    object_id: str, parent_id: str, title: str, upnp_class: str, inner: str = ""
) -> str:
    """Return a container such as a playlist or an artist; `inner` is XML already."""
    return (
        f'<container id="{quoted(object_id)}" parentID="{quoted(parent_id)}" restricted="true">'
        f"{inner}<dc:title>{quoted(title)}</dc:title><upnp:class>{upnp_class}</upnp:class></container>"
    )


def clock_time(seconds: float) -> str:
    """Return seconds as UPnP writes a duration, `H:MM:SS`."""
    whole = int(seconds)
    return f"{whole // 3600}:{whole % 3600 // 60:02d}:{whole % 60:02d}"


def seconds_of(text: str) -> int:
    """Return the seconds of an `H:MM:SS`; ValueError if it is none."""
    hours, minutes, seconds = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds)
