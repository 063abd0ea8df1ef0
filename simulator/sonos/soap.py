"""SOAP as UPnP uses it: requests, answers and faults."""

import re
from typing import Final
from xml.etree import ElementTree as ET

from .didl import quoted

type Arguments = dict[str, str]
type Results = dict[str, object]

INVALID_ACTION: Final = 401
INVALID_ARGUMENTS: Final = 402
NO_SUCH_OBJECT: Final = 701
TRANSITION_UNAVAILABLE: Final = 701
SEEK_MODE_UNKNOWN: Final = 710
ILLEGAL_SEEK_TARGET: Final = 711
PLAY_MODE_UNKNOWN: Final = 712
ILLEGAL_TYPE: Final = 714
NOT_COORDINATOR: Final = 800
SERVICE_UNAVAILABLE: Final = 800
ALARM_EXISTS: Final = 801

_ENVELOPE = "{http://schemas.xmlsoap.org/soap/envelope/}"


class UPnPFault(Exception):
    """What a speaker refuses, with the error code that it answers."""

    def __init__(self, code: int) -> None:
        """Remember the code."""
        super().__init__(f"UPnP error {code}")
        self.code = code


def parse_request(body: bytes) -> Arguments:
    """Return the arguments of a request; UPnPFault if it is no SOAP."""
    try:
        # Bodies come from the test's own process over loopback.
        call = ET.fromstring(body).find(f"{_ENVELOPE}Body")  # noqa: S314
    except ET.ParseError as err:
        raise UPnPFault(INVALID_ARGUMENTS) from err
    if call is None or len(call) == 0:
        raise UPnPFault(INVALID_ARGUMENTS)
    return {argument.tag: argument.text or "" for argument in call[0]}


def answer(service: str, name: str, results: Results) -> str:
    """Return the envelope of an answer."""
    values = "".join(
        f"<{key}>{quoted(value)}</{key}>" for key, value in results.items()
    )
    return _envelope(
        f'<u:{name}Response xmlns:u="urn:schemas-upnp-org:service:{service}:1">{values}</u:{name}Response>'
    )


def fault(code: int) -> str:
    """Return the envelope of a fault, which travels with HTTP 500."""
    return _envelope(
        "<s:Fault><faultcode>s:Client</faultcode><faultstring>UPnPError</faultstring><detail>"
        f'<UPnPError xmlns="urn:schemas-upnp-org:control-1-0"><errorCode>{code}</errorCode></UPnPError>'
        "</detail></s:Fault>"
    )


def action_name(header: str) -> str:
    """Return the action named by a SOAPACTION header."""
    return re.sub(r"^.*#", "", header.strip('"'))


def _envelope(body: str) -> str:
    return (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" '
        's:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/">'
        f"<s:Body>{body}</s:Body></s:Envelope>"
    )
