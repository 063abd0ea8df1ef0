"""Home Assistant's own `sonos` integration works with the simulated household as with a real one."""

from collections.abc import AsyncGenerator
from typing import Any
from unittest.mock import AsyncMock, patch

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from soco import config as soco_config, zonegroupstate

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
from simulator.sonos import SonosSimulator

from .conftest import HERE, until

pytestmark = [
    # Home Assistant asks an XML element whether it is true, and its Sonos library aiohttp for an old argument.
    pytest.mark.filterwarnings(f"ignore:{text}:DeprecationWarning")
    for text in ("Testing an element's truth value", "verify_ssl is deprecated")
]


@pytest.fixture
async def core(
    hass: HomeAssistant,
    big_sonos: SonosSimulator,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncGenerator[Home]:
    """Set the integration up with one address typed in, and unload it afterwards."""
    for name in ("REQUEST_TIMEOUT", "ZGT_EVENT_FALLBACK", "EVENT_ADVERTISE_IP"):
        monkeypatch.setattr(soco_config, name, getattr(soco_config, name))
    monkeypatch.setattr(
        zonegroupstate, "EVENT_CACHE_TIMEOUT", None, raising=False
    )  # the integration sets all of these for the whole process
    # It waits twice as long for its first event before it goes on.
    monkeypatch.setattr("homeassistant.components.sonos.ZGS_SUBSCRIPTION_TIMEOUT", 0.5)
    # It also searches the network, which the loopback is no part of.
    hass.config.components.add("ssdp")
    entry = MockConfigEntry(domain="sonos", title="Sonos")
    entry.add_to_hass(hass)
    typed_in = {"hosts": [f"{HERE}.11"], "advertise_addr": "127.0.0.1"}
    with patch(
        "homeassistant.components.sonos.ssdp.async_register_callback",
        AsyncMock(return_value=lambda: None),
    ):
        config = {"sonos": {"media_player": typed_in}}
        assert await async_setup_component(hass, "sonos", config)
        await until(lambda: len(hass.states.async_all("media_player")) == 5, 20)
        await hass.async_block_till_done()
    yield Home(hass, big_sonos)
    for speaker in entry.runtime_data.discovered.values():
        await speaker.websocket.close()  # which the integration leaves open
    await hass.config_entries.async_unload(entry.entry_id)
    await hass.async_block_till_done()


class Home:
    """The household as Home Assistant has it: entities by room."""

    def __init__(self, hass: HomeAssistant, sonos: SonosSimulator) -> None:
        """Take both sides."""
        self.hass = hass
        self._sonos = sonos

    def entity(self, room: str, platform: str = "media_player", what: str = "") -> str:
        """Return the id of a room's entity, or "" if it has none."""
        uid = self._sonos.speaker(room).uid
        registry = er.async_get(self.hass)
        return registry.async_get_entity_id(platform, "sonos", uid + what) or ""

    def players(self, *rooms: str) -> list[str]:
        """Return the ids of the players of rooms."""
        return [self.entity(room) for room in rooms]

    async def do(self, room: str, action: str, **data: Any) -> None:
        """Call an action of a room's player."""
        target = {"entity_id": self.entity(room)}
        await self.hass.services.async_call(
            "media_player", action, {**target, **data}, blocking=True
        )

    async def shows(self, entity_id: str, state: str, **attributes: Any) -> None:
        """Wait until an entity has this state and these attributes."""
        wanted = {"state": state, **attributes}
        seen: dict[str, Any] = {}

        def is_shown() -> bool:
            if (found := self.hass.states.get(entity_id)) is not None:
                reported = {"state": found.state, **found.attributes}
                seen.update({name: reported.get(name) for name in wanted})
            return seen == wanted

        try:
            await until(is_shown, seconds=60)
        except TimeoutError:
            assert seen == wanted
        await self.hass.async_block_till_done()

    async def player_shows(self, room: str, state: str, **attributes: Any) -> None:
        """Wait until a room's player has this state and these attributes."""
        await self.shows(self.entity(room), state, **attributes)


async def test_rooms_are_players_with_what_their_speakers_have(core: Home) -> None:
    """A pair is one player, satellites are none; battery, night mode and the alarm are there."""
    rooms = ("Kitchen", "Bedroom", "Living Room", "Study", "Bath")
    assert set(core.hass.states.async_entity_ids("media_player")) == set(
        core.players(*rooms)
    )
    await core.shows(core.entity("Bath", "sensor", "-battery"), "100")
    await core.shows(core.entity("Living Room", "switch", "-night_mode"), "off")
    assert core.entity("Kitchen", "switch", "-night_mode") == ""
    await core.shows("switch.sonos_alarm_1", "on", time="07:00:00")


async def test_a_player_plays_and_hears_of_changes(
    core: Home, big_sonos: SonosSimulator
) -> None:
    """Commands reach the speaker, and what is pressed there comes back as an event."""
    await core.do("Kitchen", "media_play")
    await core.player_shows("Kitchen", "playing", media_title="Song 1", queue_size=4)
    big_sonos.press("Kitchen", "skip")
    big_sonos.press("Kitchen", "volume", volume=37)
    await core.player_shows(
        "Kitchen",
        "playing",
        media_title="Song 2",
        media_artist="Band 2",
        volume_level=0.37,
    )
    await core.do("Kitchen", "media_pause")
    await core.player_shows("Kitchen", "paused")


async def test_players_join_and_leave(core: Home, big_sonos: SonosSimulator) -> None:
    """Groups made here and in the Sonos app are told with the coordinator first."""
    await core.do("Kitchen", "join", group_members=core.players("Living Room"))
    together = core.players("Kitchen", "Living Room")
    await core.player_shows("Living Room", "paused", group_members=together)
    big_sonos.press("Bath", "join", to="Kitchen")
    big_sonos.press("Kitchen", "leave")
    together = core.players("Living Room", "Bath")
    await core.player_shows("Bath", "paused", group_members=together)


async def test_sources_are_distinguished(core: Home, big_sonos: SonosSimulator) -> None:
    """A favourite station, the TV and a line-in show as what they are."""
    await core.do("Bath", "select_source", source="Harbour FM")
    await core.player_shows(
        "Bath",
        "playing",
        media_channel="Harbour FM • The Morning Tide",
        media_artist="The Quiet Harbour",
        media_title="Paper Lanterns",
    )
    big_sonos.press("Living Room", "tv")
    await core.player_shows("Living Room", "playing", source="TV")
    big_sonos.press("Bedroom", "line_in")
    await core.player_shows("Bedroom", "playing", source="Line-in")


async def test_a_lost_speaker_is_unavailable(
    core: Home, big_sonos: SonosSimulator
) -> None:
    """The others tell that it has vanished."""
    big_sonos.press("Bath", "vanish")
    await core.player_shows("Bath", "unavailable")


async def test_a_clip_is_announced(core: Home, big_sonos: SonosSimulator) -> None:
    """The speaker takes the clip over its WebSocket and goes on with what it plays."""
    big_sonos.press("Kitchen", "play")
    await core.do(
        "Kitchen",
        "play_media",
        media_content_type="music",
        media_content_id="http://127.0.0.1/ding.mp3",
        announce=True,
        extra={"volume": 30},
    )
    (clip,) = big_sonos.speaker("Kitchen").clips
    assert (clip.url, clip.volume) == ("http://127.0.0.1/ding.mp3", 30)
    await core.player_shows("Kitchen", "playing", media_title="Song 1")
