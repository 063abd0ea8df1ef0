"""What Home Assistant serves is fetched by the speaker that announces it: speech, and files of its own."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, override

from aiohttp.test_utils import TestClient
import pytest

from custom_components.encore.sonos.household import Household
from homeassistant.components.tts import TextToSpeechEntity, TtsAudioType
from homeassistant.components.tts.const import DATA_COMPONENT
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from simulator.sonos import SonosSimulator
from simulator.sonos.speaker import Speaker
from tests.integration.sonos.conftest import BEDROOM, KITCHEN, call, state_of, until

from .conftest import on, play

type NewClient = Callable[[], Coroutine[Any, Any, TestClient[Any, Any]]]


def sound(text: str) -> bytes:
    """Return an MP3 that goes with a text: 0.4 seconds in 15 frames of 128 kbit/s, which hold its bytes."""
    frame = b"\xff\xfb\x90\x64" + text.encode().ljust(413, b"\0")
    return frame * 15


class Voice(TextToSpeechEntity):
    """An engine of Home Assistant's own `tts` that speaks in bytes."""

    _attr_name = "Voice"
    _attr_default_language = "en"
    _attr_supported_languages = ["en"]

    @override
    async def async_get_tts_audio(
        self, message: str, language: str, options: dict[str, Any]
    ) -> TtsAudioType:
        return "mp3", sound(message)


@pytest.fixture(autouse=True)
async def served(
    hass: HomeAssistant,
    sonos: SonosSimulator,
    household: Household,
    hass_client_no_auth: NewClient,
) -> None:
    """Let Home Assistant answer at an address that speakers can reach, and speakers fetch what they play."""
    for domain in ("media_source", "tts"):
        assert await async_setup_component(hass, domain, {})
    await hass.data[DATA_COMPONENT].async_add_entities([Voice()])
    await hass.async_block_till_done()
    client = await hass_client_no_auth()
    hass.config.internal_url = f"http://127.0.0.1:{client.port}"
    sonos.household.web_files.is_on = True


async def speak(hass: HomeAssistant, player: str | list[str], message: str) -> None:
    """Have something said, as automations do."""
    await hass.services.async_call(
        "tts",
        "speak",
        {
            "entity_id": "tts.voice",
            "media_player_entity_id": player,
            "message": message,
        },  # fmt: skip
        blocking=True,
    )


async def test_speech_is_fetched_and_plays(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator, kitchen: Speaker
) -> None:
    """The speaker gets the very sound from Home Assistant, without a login; then the music goes on."""
    sonos.press("Kitchen", "play", queue=2)
    await until(lambda: kitchen.transport.state == "PLAYING")
    sonos.press("Kitchen", "seek", secs=40)
    await speak(hass, KITCHEN, "The laundry is done")
    (fetched,) = kitchen.fetched
    assert (fetched.status, fetched.content_type) == (200, "audio/mpeg")
    assert fetched.body == sound("The laundry is done")
    assert on(kitchen.transport) == "Song 2"
    await until(lambda: kitchen.transport.state == "PLAYING")
    assert abs(kitchen.transport.position_s - 40) <= 5


async def test_speech_to_a_group_is_fetched_once(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator, kitchen: Speaker
) -> None:
    """By the one that leads; a room that plays alone fetches it for itself."""
    bedroom, living_room = sonos.speaker("Bedroom"), sonos.speaker("Living Room")
    await call(hass, "join", KITCHEN, group_members=[BEDROOM])
    await speak(hass, [KITCHEN, BEDROOM, "media_player.living_room"], "Dinner")
    assert [len(one.fetched) for one in (kitchen, bedroom, living_room)] == [1, 0, 1]


async def test_a_file_of_home_assistant_is_fetched_and_plays(
    hass: HomeAssistant, household: Household, kitchen: Speaker
) -> None:
    """By an address that it signed."""
    bell = sound("ding dong")
    folder = Path(hass.config.media_dirs["local"])
    await hass.async_add_executor_job(write, folder / "own bell.mp3", bell)
    try:
        await play(
            hass, KITCHEN, "media-source://media_source/local/own bell.mp3", announce=True
        )  # fmt: skip
    finally:
        await hass.async_add_executor_job((folder / "own bell.mp3").unlink)
    (fetched,) = kitchen.fetched
    assert (fetched.status, fetched.body) == (200, bell)


def write(file: Path, body: bytes) -> None:
    """Write a file, in a folder that may not be there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(body)


async def test_what_cannot_be_fetched_does_not_keep_the_music(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator, kitchen: Speaker
) -> None:
    """The speaker stops, and goes on with what it played."""
    sonos.press("Kitchen", "play", queue=2)
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    await play(hass, KITCHEN, f"{hass.config.internal_url}/nowhere.mp3", announce=True)
    assert [one.status for one in kitchen.fetched] == [404]
    assert on(kitchen.transport) == "Song 2"
    await until(lambda: kitchen.transport.state == "PLAYING")
