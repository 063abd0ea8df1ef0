"""A Spotify of our own: accounts service and Web API in development mode as of late 2026, on loopback."""

from .accounts import DEMO_CLIENT_ID, Accounts
from .app import SpotifySimulator
from .faults import Fault, FaultKind, Faults
from .request_log import Asked, RequestLog

__all__ = [
    "DEMO_CLIENT_ID",
    "Accounts",
    "Asked",
    "Fault",
    "FaultKind",
    "Faults",
    "RequestLog",
    "SpotifySimulator",
]
