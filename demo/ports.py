"""Free ports on the loopback interface."""

import errno
import socket

from .errors import DemoError

LOOPBACK = "127.0.0.1"
TRIED = 20
"""How many ports after the wanted one are tried."""


_KEPT: dict[tuple[str, int], socket.socket] = {}


def is_free(port: int, address: str = LOOPBACK) -> bool:
    """Whether a server could listen on that port of a loopback address now."""
    with socket.socket() as probe:
        # As servers do: a port that still lingers after a closed connection is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as err:
            # macOS has no loopback address but the first.
            if err.errno in (errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL):
                return False
            raise
    return True


def reserved(port: int, address: str = LOOPBACK) -> bool:
    """Keep a port for this process until it ends or lets it go; False where another one keeps it, for instance a second demo.

    A server listens a while after its port was chosen. Until then the datagram port of the same number stands for it.
    """
    if (address, port) in _KEPT:
        return True
    keeper = socket.socket(type=socket.SOCK_DGRAM)
    try:
        keeper.bind((address, port))
    except OSError as err:
        keeper.close()
        if err.errno in (errno.EADDRINUSE, errno.EACCES):
            return False
        raise
    _KEPT[address, port] = keeper
    return True


def let_go(port: int, address: str = LOOPBACK) -> None:
    """Leave a port that was `reserved` to others; whether it was makes no difference."""
    if keeper := _KEPT.pop((address, port), None):
        keeper.close()


def is_there(address: str) -> bool:
    """Whether this machine has a loopback address; macOS has none but the first."""
    with socket.socket() as probe:
        try:
            probe.bind((address, 0))
        except OSError as err:
            if err.errno == errno.EADDRNOTAVAIL:
                return False
            raise
    return True


def exactly(port: int) -> int:
    """Return the port that a person asked for; raises DemoError when it is taken."""
    if not (is_free(port) and reserved(port)):
        raise DemoError(f"Port {port} is taken. Choose another one with --port.")
    return port


def free_port(wanted: int) -> int:
    """Return the wanted port or the next free one after it, and keep it.

    Raises DemoError when none of the next TRIED is free.
    """
    for port in range(wanted, min(wanted + TRIED, 65536)):
        if is_free(port) and reserved(port):
            return port
    raise DemoError(
        f"The ports from {wanted} on are all taken. Name a free one with --port."
    )


def any_port() -> int:
    """Return a free port that nobody else is likely to look at, for homes that run side by side."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])
