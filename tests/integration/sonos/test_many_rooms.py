"""As many speakers as Sonos allows in one household."""

from collections.abc import AsyncGenerator

import pytest

from custom_components.encore.sonos.household import Household
from custom_components.encore.sonos.model import Zone
from custom_components.encore.sonos.speaker import Link
from homeassistant.core import HomeAssistant
from simulator.clock import SimulatedClock
from simulator.sonos import SonosSimulator, many_rooms
from tests.loopback import own_network

from .conftest import AddHousehold, until

ROOMS = 32


@pytest.fixture
async def hotel(
    clock: SimulatedClock, addresses: None
) -> AsyncGenerator[SonosSimulator]:
    """Run 32 speakers."""
    simulator = SonosSimulator(clock, places=many_rooms(ROOMS, own_network(3)))
    await simulator.start()
    yield simulator
    await simulator.stop()


async def test_32_speakers_are_set_up_and_no_change_is_missed(
    hass: HomeAssistant,
    hotel: SonosSimulator,
    add_household: AddHousehold,
) -> None:
    """All are pushed; then each change is seen, in its order."""
    entry = await add_household(hotel.household.speakers[0].address)
    household: Household = entry.runtime_data
    await until(lambda: {link for _, link in household.links()} == {Link.PUSHED}, 20)
    assert len(household.zones) == ROOMS
    seen: dict[str, list[int | None]] = {}

    def changed(before: Zone | None, after: Zone) -> None:
        if before is not None and before.sound != after.sound:
            seen.setdefault(after.uid, []).append(after.sound.volume)

    household.async_listen(changed)
    volumes = list(range(30, 42))
    for volume in volumes:
        for speaker in hotel.household.rooms:
            hotel.press(speaker.name, "volume", volume=volume)
        # A speaker tells the newest only of what changes in quick succession.
        await until(
            lambda: all(
                seen.get(uid, [])[-1:] == [volume]  # noqa: B023  waited for at once
                for uid in household.zones
            ),
            20,
        )
    assert all(reported == volumes for reported in seen.values())
    await hass.config_entries.async_unload(entry.entry_id)
