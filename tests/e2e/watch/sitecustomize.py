# ruff: noqa: INP001  Python imports it by its name from a folder on the path; a package would hide it
"""Loaded by Python itself at the start of Home Assistant: notes whom the process wants to reach.

`ENCORE_E2E_REACHED` names the file that every address outside this machine is appended to, and
`ENCORE_E2E_WITHOUT` a module that cannot be imported, as on a machine that lacks what it needs.
"""

from ipaddress import ip_address
import os
from pathlib import Path
import socket
import sys
from typing import Any, override

import pycares

REACHED = Path(os.environ["ENCORE_E2E_REACHED"])


def _note(kind: str, host: object) -> None:
    """Append one line unless the host is this machine; a name needs a look-up, so it counts."""
    try:
        outside = not ip_address(str(host)).is_loopback
    except ValueError:
        outside = host not in {None, "", "localhost"}
    if outside:
        with REACHED.open("a") as reached:
            reached.write(f"{kind} {host}\n")


def _watch(event: str, args: tuple[Any, ...]) -> None:
    if event == "socket.connect":
        connection, address = args
        # Connecting a datagram socket sends nothing: Home Assistant learns its own address so.
        if connection.type == socket.SOCK_STREAM and isinstance(address, tuple):
            _note("connect", address[0])
    elif event == "socket.sendto" and isinstance(args[1], tuple):
        _note("send", args[1][0])
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        _note("resolve", args[0])


class _WatchedChannel(pycares.Channel):
    """The resolver that aiohttp uses speaks to name servers without Python's sockets."""

    @override
    def getaddrinfo(self, host: str, *args: Any, **kwargs: Any) -> None:
        """Note the name, then look it up."""
        _note("resolve", host)
        super().getaddrinfo(host, *args, **kwargs)


pycares.Channel = _WatchedChannel  # type: ignore[misc]  # every later import finds the watched one
sys.addaudithook(_watch)
if absent := os.environ.get("ENCORE_E2E_WITHOUT"):
    sys.modules[absent] = None  # type: ignore[assignment]  # how Python notes "not importable"
