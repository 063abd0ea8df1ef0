"""SSDP on loopback: speakers answer a search, and say when they come and go, each from its own address."""

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
_LOOPBACK: Final = "127.0.0.1"
_ZONE_PLAYER: Final = "urn:schemas-upnp-org:device:ZonePlayer:1"


class Discovery:
    """Answers searches for speakers that come from this machine."""

    def __init__(self, household: Household[Speaker]) -> None:
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
            "4s4s", socket.inet_aton(_GROUP), socket.inet_aton(_LOOPBACK)
        )
        listening.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, membership)
        listening.setblocking(False)
        self._listening = listening
        asyncio.get_running_loop().add_reader(listening.fileno(), self._searched)
        self._household.heralds.append(self)

    def stop(self) -> None:
        """Stop listening."""
        if self._listening is None:
            return
        self._household.heralds.remove(self)
        asyncio.get_running_loop().remove_reader(self._listening.fileno())
        self._listening.close()
        for answering in self._answering.values():
            answering.close()
        self._answering.clear()

    def came(self, speaker: Speaker) -> None:
        """Say that a speaker is there, or there anew."""
        self._send(
            speaker,
            "NOTIFY * HTTP/1.1",
            f"HOST: {_GROUP}:{_PORT}",
            f"NT: {_ZONE_PLAYER}",
            "NTS: ssdp:alive",
        )

    def went(self, speaker: Speaker, reason: str) -> None:
        """Say that a speaker goes, and why."""
        self._send(
            speaker,
            "NOTIFY * HTTP/1.1",
            f"HOST: {_GROUP}:{_PORT}",
            f"NT: {_ZONE_PLAYER}",
            "NTS: ssdp:byebye",
            f"X-RINCON-REASON: {reason}",
        )

    def _searched(self) -> None:
        if self._listening is None:
            return
        search, asker = self._listening.recvfrom(2048)
        if b"M-SEARCH" not in search or not asker[0].startswith("127."):
            return
        if b"ZonePlayer" not in search and b"ssdp:all" not in search:
            return
        for speaker in self._household.speakers:
            if speaker.faults.upnp_enabled and not speaker.faults.is_down:
                self._send(
                    speaker, "HTTP/1.1 200 OK", "EXT:", f"ST: {_ZONE_PLAYER}", to=asker
                )

    def _send(
        self, speaker: Speaker, *first: str, to: tuple[str, int] = (_GROUP, _PORT)
    ) -> None:
        lines = (
            *first,
            "CACHE-CONTROL: max-age = 1800",
            f"LOCATION: {speaker.url}/xml/device_description.xml",
            f"SERVER: {SERVER_HEADER}",
            f"USN: uuid:{speaker.uid}::{_ZONE_PLAYER}",
            f"X-RINCON-HOUSEHOLD: {self._household.id}",
            f"X-RINCON-BOOTSEQ: {speaker.boot_sequence}",
        )
        message = ("\r\n".join(lines) + "\r\n\r\n").encode()
        self._socket_of(speaker).sendto(message, to)

    def _socket_of(self, speaker: Speaker) -> socket.socket:
        if (known := self._answering.get(speaker.address)) is None:
            known = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            known.bind((speaker.address, 0))
            known.setsockopt(
                socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(_LOOPBACK)
            )
            self._answering[speaker.address] = known
        return known
