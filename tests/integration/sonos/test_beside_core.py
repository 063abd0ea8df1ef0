"""Home Assistant's own `sonos` lives in the same process, shares SoCo with us, and neither breaks the other."""

from collections.abc import AsyncGenerator, Callable
from unittest.mock import AsyncMock, patch

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from soco import SoCo, config as soco_config, events_asyncio, zonegroupstate
from soco.core import soco_reset

from custom_components.encore.const import DOMAIN
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from simulator.sonos import SonosSimulator

from .conftest import BEDROOM, KITCHEN, PLACES, AddHousehold, call, state_of, until

pytestmark = [
    # Home Assistant asks an XML element whether it is true, and its Sonos library aiohttp for an old argument.
    pytest.mark.filterwarnings(f"ignore:{text}:DeprecationWarning")
    for text in ("Testing an element's truth value", "verify_ssl is deprecated")
]


class Core:
    """Home Assistant's own integration, with the same speakers."""

    def __init__(
        self,
        hass: HomeAssistant,
        sonos: SonosSimulator,
        unused_port: Callable[[], int],
    ) -> None:
        """Take both sides."""
        self._hass = hass
        self._unused_port = unused_port
        self._sonos = sonos
        self.entry = MockConfigEntry(domain="sonos", title="Sonos")
        self.entry.add_to_hass(hass)
        self._is_set_up = False

    async def load(self) -> None:
        """Set it up, and wait until it has all rooms."""
        # SoCo leaves a socket open for each port that it finds taken, be it by a test that ran before.
        events_asyncio.event_listener.requested_port_number = self._unused_port()
        if self._is_set_up:
            await self._hass.config_entries.async_setup(self.entry.entry_id)
        else:
            self._is_set_up = True
            typed_in = {"hosts": [PLACES[0].address], "advertise_addr": "127.0.0.1"}
            config = {"sonos": {"media_player": typed_in}}
            assert await async_setup_component(self._hass, "sonos", config)
        await until(self._shows_all, 20)
        await self._hass.async_block_till_done()

    async def unload(self) -> None:
        """Unload it: it stops SoCo's listener, and resets SoCo."""
        for speaker in self.entry.runtime_data.discovered.values():
            await speaker.websocket.close()  # which the integration leaves open
        await self._hass.config_entries.async_unload(self.entry.entry_id)
        await self._hass.async_block_till_done()

    def player(self, room: str) -> str:
        """Return the id of its player of a room, "" as long as it has none."""
        uid = self._sonos.speaker(room).uid
        registry = er.async_get(self._hass)
        return registry.async_get_entity_id("media_player", "sonos", uid) or ""

    def volume(self, room: str) -> float | None:
        """Return the volume that its player of a room shows."""
        state = self._hass.states.get(self.player(room))
        return state.attributes.get("volume_level") if state else None

    def _shows_all(self) -> bool:
        return all(self.volume(place.name) is not None for place in PLACES)


@pytest.fixture
async def core(
    hass: HomeAssistant,
    sonos: SonosSimulator,
    monkeypatch: pytest.MonkeyPatch,
    unused_tcp_port_factory: Callable[[], int],
) -> AsyncGenerator[Core]:
    """Return it, not loaded yet."""
    for name in (
        "REQUEST_TIMEOUT",
        "ZGT_EVENT_FALLBACK",
        "EVENT_ADVERTISE_IP",
        "EVENTS_MODULE",
    ):
        monkeypatch.setattr(soco_config, name, getattr(soco_config, name))
    monkeypatch.setattr(zonegroupstate, "EVENT_CACHE_TIMEOUT", None, raising=False)
    # It waits twice as long for its first event before it goes on.
    monkeypatch.setattr("homeassistant.components.sonos.ZGS_SUBSCRIPTION_TIMEOUT", 0.5)
    listener = events_asyncio.event_listener
    monkeypatch.setattr(listener, "_stop_grace_seconds", 0, raising=False)
    monkeypatch.setattr(listener, "requested_port_number", 0)
    # It also searches the network, which the loopback is no part of.
    hass.config.components.add("ssdp")
    soco_reset()
    SoCo.zone_group_states.clear()
    with patch(
        "homeassistant.components.sonos.ssdp.async_register_callback",
        AsyncMock(return_value=lambda: None),
    ):
        yield Core(hass, sonos, unused_tcp_port_factory)
    soco_reset()
    SoCo.zone_group_states.clear()


async def works(hass: HomeAssistant, sonos: SonosSimulator, volume: int) -> None:
    """Hold that our rooms hear of changes, group and play."""
    sonos.press("Kitchen", "volume", volume=volume)
    await until(
        lambda: state_of(hass, KITCHEN).attributes["volume_level"] == volume / 100
    )
    await call(hass, "join", KITCHEN, group_members=[BEDROOM])
    await call(hass, "media_play", BEDROOM)
    await until(lambda: state_of(hass, BEDROOM).state == "playing")
    await call(hass, "media_pause", KITCHEN)
    await until(lambda: state_of(hass, BEDROOM).state == "paused")
    await call(hass, "unjoin", BEDROOM)
    assert state_of(hass, KITCHEN).attributes["group_members"] == [KITCHEN]


async def test_ours_lives_through_loads_and_unloads_of_the_other(
    hass: HomeAssistant,
    sonos: SonosSimulator,
    add_household: AddHousehold,
    core: Core,
) -> None:
    """Ours first: it keeps its subscriptions when SoCo is reset and its listener stopped."""
    entry = await add_household()
    await works(hass, sonos, 31)
    await core.load()
    await works(hass, sonos, 32)
    ours = set(sonos.speaker("Kitchen").subscriptions)
    await core.unload()
    assert ours & set(sonos.speaker("Kitchen").subscriptions)
    await works(hass, sonos, 33)
    await core.load()
    await works(hass, sonos, 34)
    await until(lambda: core.volume("Kitchen") == 0.34)
    await core.unload()
    await hass.config_entries.async_unload(entry.entry_id)


async def test_the_other_lives_through_loads_and_unloads_of_ours(
    hass: HomeAssistant,
    sonos: SonosSimulator,
    add_household: AddHousehold,
    core: Core,
) -> None:
    """Ours second: the other one hears of changes before, beside and after it."""
    await core.load()
    entry = await add_household()
    await works(hass, sonos, 41)
    await until(lambda: core.volume("Kitchen") == 0.41)
    await hass.config_entries.async_unload(entry.entry_id)
    sonos.press("Kitchen", "volume", volume=42)
    await until(lambda: core.volume("Kitchen") == 0.42)
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    await works(hass, sonos, 43)
    await until(lambda: core.volume("Kitchen") == 0.43)
    await hass.config_entries.async_unload(entry.entry_id)
    await core.unload()


async def test_each_has_devices_of_its_own(
    hass: HomeAssistant,
    sonos: SonosSimulator,
    add_household: AddHousehold,
    core: Core,
) -> None:
    """A device belongs to one entry; both are in the same room."""
    entry = await add_household()
    await core.load()
    registry = er.async_get(hass)
    ours = registry.async_get(KITCHEN)
    theirs = registry.async_get(core.player("Kitchen"))
    assert ours is not None
    assert theirs is not None
    assert ours.platform == DOMAIN
    assert theirs.platform == "sonos"
    assert ours.unique_id == theirs.unique_id
    assert ours.device_id != theirs.device_id
    await core.unload()
    await hass.config_entries.async_unload(entry.entry_id)


async def test_soco_reset_by_anybody_changes_nothing(
    hass: HomeAssistant, sonos: SonosSimulator, add_household: AddHousehold
) -> None:
    """Nor does a stop of SoCo's listener."""
    entry = await add_household()
    soco_reset()
    SoCo.zone_group_states.clear()
    await events_asyncio.event_listener.async_stop()
    await works(hass, sonos, 51)
    await hass.config_entries.async_unload(entry.entry_id)
