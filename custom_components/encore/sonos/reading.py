"""Reads XML that speakers send: the bodies of events, and DIDL-Lite. It was sent over the network: nothing is resolved."""

from dataclasses import dataclass
from typing import Final

from lxml import etree

type Variables = dict[str, str]
"""What a service said, by name without namespace; what it says of a channel is `Volume/Master`."""

_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_UPNP: Final = "{urn:schemas-upnp-org:metadata-1-0/upnp/}"
_RINCON: Final = "{urn:schemas-rinconnetworks-com:metadata-1-0/}"
_DIDL: Final = "{urn:schemas-upnp-org:metadata-1-0/DIDL-Lite/}"
_NOTHING: Final = frozenset({"", "NOT_IMPLEMENTED"})


class Unreadable(ValueError):
    """What a speaker sent is no XML, or none of the kind that was due."""


@dataclass(frozen=True, slots=True)
class Description:
    """What DIDL-Lite says of one item; None for what it leaves out."""

    id: str | None = None
    title: str | None = None
    artist: str | None = None
    album: str | None = None
    art: str | None = None
    upnp_class: str | None = None
    resource: str | None = None
    """The text of `res`: in a Spotify Connect session the only place that names the track."""
    duration_ms: int | None = None
    stream: str | None = None
    """What a radio stream tells of itself (`r:streamContent`)."""
    show: str | None = None


def parse(text: str | bytes) -> etree._Element:
    """Return the root of an XML document; raises Unreadable."""
    data = text.encode() if isinstance(text, str) else text
    # A parser of its own each time: lxml's are not to be shared among threads.
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as err:
        raise Unreadable(str(err)) from err


def read_event(body: bytes) -> Variables:
    """Return the variables in the body of an event; raises Unreadable."""
    variables: Variables = {}
    for prop in parse(body):
        for variable in prop:
            if _name(variable) == "LastChange":
                variables |= _read_last_change(variable.text or "")
            else:
                variables[_name(variable)] = variable.text or ""
    return variables


def _read_last_change(text: str) -> Variables:
    variables: Variables = {}
    for instance in parse(text):
        for variable in instance:
            name = _name(variable)
            if (channel := variable.get("channel")) is not None:
                name = f"{name}/{channel}"
            variables[name] = variable.get("val") or ""
    return variables


def read_didl(text: str | None) -> Description | None:
    """Return what DIDL-Lite says of its first item; None for none, and for what cannot be read."""
    if text is None or text in _NOTHING:
        return None
    try:
        root = parse(text)
    except Unreadable:
        return None
    item = next(iter(root.iterchildren(f"{_DIDL}item", f"{_DIDL}container")), None)
    if item is None:
        return None
    resource = item.find(f"{_DIDL}res")
    return Description(
        id=item.get("id"),
        title=_text(item, f"{_DC}title"),
        artist=_text(item, f"{_DC}creator") or _text(item, f"{_RINCON}albumArtist"),
        album=_text(item, f"{_UPNP}album"),
        art=_text(item, f"{_UPNP}albumArtURI"),
        upnp_class=_text(item, f"{_UPNP}class"),
        resource=(resource.text or None) if resource is not None else None,
        duration_ms=read_duration(resource.get("duration"))
        if resource is not None
        else None,
        stream=_text(item, f"{_RINCON}streamContent"),
        show=_text(item, f"{_RINCON}radioShowMd"),
    )


def read_duration(text: str | None) -> int | None:
    """Return the milliseconds of an `H:MM:SS`, with or without a fraction; None for none."""
    if text is None or text in _NOTHING:
        return None
    try:
        hours, minutes, seconds = text.split(":")
        return round((int(hours) * 3600 + int(minutes) * 60 + float(seconds)) * 1000)
    except ValueError:
        return None


def _name(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _text(item: etree._Element, tag: str) -> str | None:
    return (item.findtext(tag) or "").strip() or None
