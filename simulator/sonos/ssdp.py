"""SSDP on loopback: speakers answer a search, each from its own address."""

import asyncio
import socket
import struct
from typing import TYPE_CHECKING, Final

from .server import SERVER_HEADER

if TYPE_CHECKING:
    from .household import Household
    from .speaker import Speaker

_GROUP: Final = "239.255.255.250"
_PORT: Final = 1900
_ZONE_PLAYER: Final = "urn:schemas-upnp-org:device:ZonePlayer:1"


class Discovery:
    """Answers searches for speakers that come from this machine."""

    def __init__(self, household: Household) -> None:
        """Prepare to answer for a household."""
        self._household = household
        self._listening: socket.socket | None = None
        self._answering: dict[str, socket.socket] = {}

    def start(self) -> None:
        """Listen for searches in the running loop."""
        listening = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        for option in (socket.SO_REUSEADDR, socket.SO_REUSEPORT):
            listening.setsockopt(socket.SOL_SOCKET, option, 1)
        listening.bind((_GROUP, _PORT))
        membership = struct.pack(
            "4s4s", socket.inet_aton(_GROUP), socket.inet_aton("127.0.0.1")
        )
        listening.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, membership)
        listening.setblocking(False)
        self._listening = listening
        for speaker in self._household.speakers:
            answering = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            answering.bind((speaker.address, 0))
            self._answering[speaker.uid] = answering
        asyncio.get_running_loop().add_reader(listening.fileno(), self._searched)

    def stop(self) -> None:
        """Stop listening."""
        if self._listening is None:
            return
        asyncio.get_running_loop().remove_reader(self._listening.fileno())
        self._listening.close()
        for answering in self._answering.values():
            answering.close()

    def _searched(self) -> None:
        if self._listening is None:
            return
        search, asker = self._listening.recvfrom(2048)
        if b"M-SEARCH" not in search or not asker[0].startswith("127."):
            return
        if b"ZonePlayer" not in search and b"ssdp:all" not in search:
            return
        for speaker in self._household.speakers:
            if speaker.upnp_enabled and not speaker.is_down:
                self._answering[speaker.uid].sendto(self._answer(speaker), asker)

    def _answer(self, speaker: Speaker) -> bytes:
        lines = (
            "HTTP/1.1 200 OK",
            "CACHE-CONTROL: max-age = 1800",
            "EXT:",
            f"LOCATION: http://{speaker.address}:{self._household.port}/xml/device_description.xml",
            f"SERVER: {SERVER_HEADER}",
            f"ST: {_ZONE_PLAYER}",
            f"USN: uuid:{speaker.uid}::{_ZONE_PLAYER}",
            f"X-RINCON-HOUSEHOLD: {self._household.id}",
            f"X-RINCON-BOOTSEQ: {speaker.boot_sequence}",
        )
        return ("\r\n".join(lines) + "\r\n\r\n").encode()
