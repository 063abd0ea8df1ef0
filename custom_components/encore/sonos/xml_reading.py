"""Reads XML from speakers: event bodies and DIDL-Lite. Untrusted: no entity is resolved."""

from dataclasses import dataclass
import re
from typing import Final

from lxml import etree

type Variables = dict[str, str]
"""What a service said, by name without namespace; what it says of a channel is `Volume/Master`."""

DC: Final = "{http://purl.org/dc/elements/1.1/}"
UPNP: Final = "{urn:schemas-upnp-org:metadata-1-0/upnp/}"
RINCON: Final = "{urn:schemas-rinconnetworks-com:metadata-1-0/}"
DIDL: Final = "{urn:schemas-upnp-org:metadata-1-0/DIDL-Lite/}"
_NOTHING: Final = frozenset({"", "NOT_IMPLEMENTED"})
_DURATION: Final = re.compile(
    r"(\d{1,5}):([0-5]?\d):([0-5]?\d)(\.\d{1,9})?(/\d+)?", re.ASCII
)
"""`H+:MM:SS[.F+]` or `H+:MM:SS[.F0/F1]`, as AVTransport:1 (2.2.13) defines durations; of the latter only the seconds are read."""
_NUMBER: Final = re.compile(r"-?\d{1,9}", re.ASCII)


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
    """The text of a radio stream (`r:streamContent`)."""
    show: str | None = None
    tv_signal: int | None = None
    """What arrives at the TV input, as a code of `HTAudioIn`; of music `r:streamInfo` says something else, which is none."""


def parse(text: str | bytes) -> etree._Element:
    """Return the root of an XML document; raises Unreadable."""
    # A parser of its own each time: lxml's are not to be shared among threads.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        # A text with half a surrogate pair cannot be encoded, which is a ValueError too.
        data = text.encode() if isinstance(text, str) else text
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as err:
        raise Unreadable(str(err)) from err


def read_event(body: bytes) -> Variables:
    """Return the variables in the body of an event; raises Unreadable."""
    variables: Variables = {}
    for prop in parse(body).iterchildren(etree.Element):
        for variable in prop.iterchildren(etree.Element):
            if _name(variable) == "LastChange":
                variables |= _read_last_change(variable.text or "")
            else:
                variables[_name(variable)] = variable.text or ""
    return variables


def _read_last_change(text: str) -> Variables:
    variables: Variables = {}
    for instance in parse(text).iterchildren(etree.Element):
        for variable in instance.iterchildren(etree.Element):
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
    item = next(iter(root.iterchildren(f"{DIDL}item", f"{DIDL}container")), None)
    if item is None:
        return None
    resource = item.find(f"{DIDL}res")
    return Description(
        id=item.get("id"),
        title=text_in(item, f"{DC}title"),
        artist=text_in(item, f"{DC}creator") or text_in(item, f"{RINCON}albumArtist"),
        album=text_in(item, f"{UPNP}album"),
        art=text_in(item, f"{UPNP}albumArtURI"),
        upnp_class=text_in(item, f"{UPNP}class"),
        resource=(resource.text or None) if resource is not None else None,
        duration_ms=read_duration(resource.get("duration"))
        if resource is not None
        else None,
        stream=text_in(item, f"{RINCON}streamContent"),
        show=text_in(item, f"{RINCON}radioShowMd"),
        tv_signal=read_number(text_in(item, f"{RINCON}streamInfo")),
    )


def read_duration(text: str | None) -> int | None:
    """Return the milliseconds of an `H:MM:SS`, with or without a fraction; None for none, and for anything else."""
    read = _DURATION.fullmatch((text or "").strip())
    if read is None:
        return None
    hours, minutes, seconds, fraction, divisor = read.groups()
    whole = int(hours) * 3600 + int(minutes) * 60 + int(seconds)
    return whole * 1000 + (
        round(float(fraction) * 1000) if fraction and not divisor else 0
    )


def read_number(text: str | None) -> int | None:
    """Return a whole number of up to nine digits; None for none, and for anything else."""
    read = _NUMBER.fullmatch((text or "").strip())
    return int(read.group()) if read else None


def _name(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def text_in(item: etree._Element, tag: str) -> str | None:
    """Return the text of an element below another; None for none."""
    return (item.findtext(tag) or "").strip() or None
