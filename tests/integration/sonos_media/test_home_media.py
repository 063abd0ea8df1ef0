"""What Encore's media source has, shown and played in a Sonos room."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.encore.commands.errors import (
    NoAccountConnected,
    NothingToPlay,
    OnlyFilesAreAnnounced,
)
from custom_components.encore.media.media_ids import SOURCE
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from custom_components.encore.sonos.household import Household
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from simulator.sonos.speaker import Speaker
from simulator.spotify.music import Track
from tests.integration.sonos.conftest import KITCHEN
from tests.integration.spotify.test_player_home_media import item_of
from tests.unit.history.memory import HOUR, MINUTE, NOON, live

from .conftest import play, queue


@pytest.fixture
async def evening(
    hass: HomeAssistant, household: Household, tracks: list[Track]
) -> list[str]:
    """Let three tracks have been heard on the evening of 1 June 2024, and return their names."""
    assert await async_setup_component(hass, "media_source", {})
    await hass.config.async_set_time_zone("UTC")
    await hass.data[DATA_HISTORY].async_append(
        [
            live(NOON + 8 * HOUR + number * 5 * MINUTE, item=item_of(track))
            for number, track in enumerate(tracks[:3])
        ]
    )
    return [track.name for track in tracks[:3]]


async def test_an_evening_is_queued_in_its_order_without_an_account(
    hass: HomeAssistant, evening: list[str], kitchen: Speaker
) -> None:
    """The household plays it by its own link to Spotify."""
    await play(hass, KITCHEN, f"{SOURCE}/evenings/2024-06-01")
    assert queue(kitchen.transport) == evening


async def test_a_line_of_it_is_put_behind_what_is_queued(
    hass: HomeAssistant, evening: list[str], tracks: list[Track], kitchen: Speaker
) -> None:
    """As any track."""
    await play(hass, KITCHEN, f"{SOURCE}/{tracks[0].uri}")
    await play(hass, KITCHEN, f"{SOURCE}/{tracks[2].uri}", enqueue="add")
    assert queue(kitchen.transport) == [evening[0], evening[2]]


async def test_an_album_is_found_through_an_account(
    hass: HomeAssistant,
    evening: list[str],
    alva: MockConfigEntry,
    tracks: list[Track],
    kitchen: Speaker,
) -> None:
    """By its name, which is all that the history has of it."""
    album = tracks[0].album
    await play(
        hass, KITCHEN, f"{SOURCE}/named/album/{album.name}/{tracks[0].artist_names[0]}"
    )
    assert tracks[0].name in queue(kitchen.transport)


async def test_what_cannot_be_played_is_said(
    hass: HomeAssistant, evening: list[str], kitchen: Speaker
) -> None:
    """Nothing of that name, nobody to look it up with, or no file to announce."""
    before = queue(kitchen.transport)
    with pytest.raises(NothingToPlay):
        await play(hass, KITCHEN, f"{SOURCE}/evenings/2024-06-02")
    with pytest.raises(NoAccountConnected):
        await play(hass, KITCHEN, f"{SOURCE}/named/artist/Ilse%20Vann")
    with pytest.raises(OnlyFilesAreAnnounced):
        await play(hass, KITCHEN, f"{SOURCE}/recently_played", announce=True)
    assert queue(kitchen.transport) == before


async def test_the_room_shows_it_among_the_media_sources(
    hass: HomeAssistant,
    evening: list[str],
    alva: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """With its lines, which are no files; and once, not in the folder of the account, too."""
    client = await hass_ws_client(hass)

    async def children(media_id: str | None = None) -> list[dict[str, Any]]:
        which = {} if media_id is None else {"media_content_type": "app", "media_content_id": media_id}  # fmt: skip
        await client.send_json_auto_id(
            {"type": "media_player/browse_media", "entity_id": KITCHEN, **which}
        )
        answer = await client.receive_json()
        assert answer["success"], answer
        found: list[dict[str, Any]] = answer["result"]["children"]
        return found

    root = await children()
    assert SOURCE in [each["media_content_id"] for each in root]
    lines = await children(f"{SOURCE}/evenings/2024-06-01")
    assert [each["title"].split(" ", 1)[1].split(" – ")[0] for each in lines] == evening
    account = next(each for each in root if each["title"].startswith("Spotify"))
    inside = await children(account["media_content_id"])
    assert SOURCE not in str(inside)
