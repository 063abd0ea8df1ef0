"""Speakers are found on the loopback network by SSDP and mDNS, and hosts that are no Sonos are not."""

import asyncio
from collections.abc import AsyncGenerator
import os
import socket
import struct
from xml.etree.ElementTree import ParseError

import pytest
import soco
from soco import SoCo
from zeroconf import IPVersion, const
from zeroconf._dns import DNSQuestion
from zeroconf._protocol.outgoing import DNSOutgoing
from zeroconf.asyncio import AsyncServiceInfo, AsyncZeroconf

from homeassistant.components.sonos.helpers import hostname_to_uid
from homeassistant.util.async_ import get_scheduled_timer_handles
from simulator.clock import SimulatedClock
from simulator.sonos import SonosSimulator, Stranger
from simulator.sonos.mdns import SERVICE_TYPE
from simulator.sonos.speaker import Speaker

from .conftest import PLACES, SPARE_ADDRESS, reported, until


@pytest.fixture
async def found(
    clock: SimulatedClock, fresh_soco: None
) -> AsyncGenerator[SonosSimulator]:
    """Run a household that this machine can find."""
    simulator = SonosSimulator(
        clock,
        places=PLACES,
        # Searches reach every simulated household on this machine.
        household_id=f"Sonos_Found{os.getpid()}",
        discoverable=True,
    )
    await simulator.start()
    yield simulator
    await simulator.stop()


class Passer:
    """Hears what is said to all on the network."""

    def __init__(self) -> None:
        """Join SSDP's group on loopback."""
        self.heard: list[str] = []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        for option in (socket.SO_REUSEADDR, socket.SO_REUSEPORT):
            self._socket.setsockopt(socket.SOL_SOCKET, option, 1)
        self._socket.bind(("239.255.255.250", 1900))
        group = struct.pack(
            "4s4s",
            socket.inet_aton("239.255.255.250"),
            socket.inet_aton("127.0.0.1"),
        )
        self._socket.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group)
        self._socket.setblocking(False)
        asyncio.get_running_loop().add_reader(self._socket.fileno(), self._hear)

    def _hear(self) -> None:
        self.heard.append(self._socket.recv(2048).decode())

    def heard_of(self, speaker: Speaker, what: str) -> list[str]:
        """Return what was said of a speaker, `alive` or `byebye`."""
        return [
            one for one in self.heard if f"ssdp:{what}" in one and speaker.uid in one
        ]

    def close(self) -> None:
        """Walk on."""
        asyncio.get_running_loop().remove_reader(self._socket.fileno())
        self._socket.close()


async def test_soco_finds_the_household_by_a_search(found: SonosSimulator) -> None:
    """Each speaker answers from its own address."""
    zones = await reported(
        lambda: soco.discover(
            timeout=5,
            interface_addr="127.0.0.1",
            household_id=found.household.id,
        )
    )
    assert {zone.ip_address for zone in zones} == {place.address for place in PLACES}


async def test_speakers_say_when_they_come_and_go(found: SonosSimulator) -> None:
    """A vanished one says why, and one that is back counts its start."""
    passer = Passer()
    try:
        speaker = found.speaker("Bedroom")
        speaker.vanish("sleeping")
        await until(lambda: bool(passer.heard_of(speaker, "byebye")))
        assert "X-RINCON-REASON: sleeping" in passer.heard_of(speaker, "byebye")[0]
        speaker.appear()
        await until(lambda: bool(passer.heard_of(speaker, "alive")))
        (alive,) = passer.heard_of(speaker, "alive")
        assert f"X-RINCON-BOOTSEQ: {speaker.boot_sequence}" in alive
        assert f"LOCATION: http://{speaker.address}:1400/" in alive
    finally:
        passer.close()


async def test_speakers_are_services_of_mdns(found: SonosSimulator) -> None:
    """The host name leads to the uid, and the properties name household and start."""
    speaker = found.speaker("Kitchen")
    zeroconf = AsyncZeroconf(interfaces=["127.0.0.1"], ip_version=IPVersion.V4Only)
    try:
        name = f"Sonos-{speaker.mac}@Kitchen.{SERVICE_TYPE}"
        info = AsyncServiceInfo(SERVICE_TYPE, name)
        assert await info.async_request(zeroconf.zeroconf, 3_000)
        assert info.parsed_addresses() == [speaker.address]
        assert hostname_to_uid(info.server or "") == speaker.uid
        assert info.decoded_properties["hhid"] == found.household.id
        assert info.decoded_properties["bootseq"] == str(speaker.boot_sequence)
    finally:
        await zeroconf.async_close()


async def test_a_household_stops_while_it_is_asked_over_mdns(
    found: SonosSimulator,
) -> None:
    """The answer that waits to be sent leaves no timer behind, of which the clean-up would tell."""
    speaker = found.speaker("Kitchen")
    zeroconf = AsyncZeroconf(interfaces=["127.0.0.1"], ip_version=IPVersion.V4Only)
    try:
        await zeroconf.zeroconf.async_wait_for_start()
        question = DNSOutgoing(const._FLAGS_QR_QUERY)
        name = f"Sonos-{speaker.mac}@Kitchen.{SERVICE_TYPE}"
        question.add_question(DNSQuestion(name, const._TYPE_SRV, const._CLASS_IN))
        zeroconf.zeroconf.async_send(question)
        await until(
            lambda: (
                "OutgoingQueue"
                in repr(get_scheduled_timer_handles(asyncio.get_running_loop()))
            )
        )
    finally:
        await zeroconf.async_close()


@pytest.mark.parametrize("refuses", [False, True])
async def test_a_stranger_is_no_speaker(fresh_soco: None, refuses: bool) -> None:
    """Whether a host answers with a page or finds nothing: SoCo reads either as a description, and can't."""
    stranger = Stranger(SPARE_ADDRESS, refuses=refuses)
    await stranger.start()
    try:
        with pytest.raises(ParseError):
            await reported(lambda: SoCo(SPARE_ADDRESS).household_id)
    finally:
        await stranger.stop()
