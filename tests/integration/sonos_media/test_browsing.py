"""What a room's browser shows and finds, and that all of it can be opened or played."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.encore.sonos.household import Household
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from simulator.sonos import SonosSimulator
from simulator.sonos.speaker import Speaker
from simulator.sonos.tracks import SonosTrack
from simulator.spotify import SpotifySimulator
from simulator.spotify.music import Track
from tests.integration.auth.conftest import Link
from tests.integration.sonos.conftest import KITCHEN, call, state_of, until

from .conftest import on, play

type Ask = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
async def ask(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    household: Household,
    tmp_path: Path,
) -> Ask:
    """Return a way to ask the kitchen's player, as the frontend does."""
    (tmp_path / "bell.mp3").touch()
    hass.config.media_dirs = {"local": str(tmp_path)}
    assert await async_setup_component(hass, "media_source", {})
    client = await hass_ws_client(hass)

    async def ask(
        what: str, media_id: str | None = None, **more: Any
    ) -> dict[str, Any]:
        if media_id is not None:
            more |= {"media_content_type": "music", "media_content_id": media_id}
        await client.send_json_auto_id(
            {"type": f"media_player/{what}", "entity_id": KITCHEN, **more}
        )
        answer: dict[str, Any] = await client.receive_json()
        return answer

    return ask


def titles(answer: dict[str, Any]) -> list[str]:
    """Return the titles of what is in a folder."""
    assert answer["success"], answer
    return [child["title"] for child in answer["result"]["children"]]


async def test_the_root_has_what_there_is(
    hass: HomeAssistant, ask: Ask, alva: MockConfigEntry
) -> None:
    """What the household keeps, Spotify by the listener's name, and media sources."""
    there = titles(await ask("browse_media"))
    assert there[6:] == ["Encore", "My media"]
    assert there[:6] == [
        "Sonos favorites",
        "Sonos playlists",
        "Music library",
        "Queue",
        "Radio stations",
        "Spotify: Alva Lindqvist",
    ]


async def test_every_thing_the_household_keeps_opens_or_plays(
    hass: HomeAssistant, ask: Ask, kitchen: Speaker
) -> None:
    """From the root down, three levels deep."""
    waiting = [("", 0)]
    opened: set[str] = set()
    playable: dict[str, str] = {}
    while waiting:
        media_id, depth = waiting.pop()
        answer = await ask("browse_media", media_id or None)
        assert answer["success"], (media_id, answer)
        opened.add(media_id)
        for child in answer["result"]["children"]:
            child_id = child["media_content_id"]
            if child["can_play"]:
                playable.setdefault(child["media_class"], child_id)
            if child["can_expand"] and depth < 3 and "media-source" not in child_id:
                waiting.append((child_id, depth + 1))
    assert {"A:ALBUMARTIST", "A:ALBUM", "A:GENRE", "S:", "SQ:0", "Q:0"} <= opened
    assert {"album", "artist", "track", "playlist", "channel", "genre"} <= set(playable)
    for media_id in playable.values():
        await play(hass, KITCHEN, media_id)
        assert on(kitchen.transport) is not None


async def test_a_long_list_comes_in_parts(
    hass: HomeAssistant, ask: Ask, kitchen: Speaker
) -> None:
    """A hundred at a time."""
    kitchen.transport.queue.replace(
        [SonosTrack(f"x-file-cifs://nas/{n}.mp3", f"Number {n}") for n in range(230)]
    )
    first = titles(await ask("browse_media", "Q:0"))
    assert (len(first), first[-1]) == (101, "Show more")
    rest = titles(await ask("browse_media", "Q:0#from=200"))
    assert (len(rest), rest[0]) == (30, "Number 200")


async def test_what_is_not_there_is_said_in_words(
    hass: HomeAssistant, ask: Ask, alva: MockConfigEntry, sonos: SonosSimulator
) -> None:
    """An id of nothing, and a speaker that does not answer."""
    for nothing in ("SQ:99", "nonsense", "Q:0#from=x", "spotify:track:6trkAAAAAAAAAAAAAAAA01"):  # fmt: skip
        answer = await ask("browse_media", nothing)
        assert not answer["success"], nothing
        assert nothing.partition("#")[0] in answer["error"]["message"]
    sonos.press("Kitchen", "upnp_off")
    answer = await ask("browse_media", "SQ:")
    assert "UPnP is turned off" in answer["error"]["message"]


async def test_spotify_is_browsed_and_played_by_the_speakers(
    hass: HomeAssistant,
    ask: Ask,
    alva: MockConfigEntry,
    kitchen: Speaker,
    tracks: list[Track],
) -> None:
    """An album and an artist open, and are played."""
    album = tracks[0].album
    answer = await ask("browse_media", album.uri)
    assert answer["result"]["can_play"]
    first = answer["result"]["children"][0]
    await play(hass, KITCHEN, first["media_content_id"])
    assert on(kitchen.transport) == first["title"]
    artist = (await ask("browse_media", tracks[0].artists[0].uri))["result"]
    assert artist["can_play"]
    assert artist["can_expand"]


async def test_a_later_part_of_a_show_opens_in_a_room(
    hass: HomeAssistant, ask: Ask, alva: MockConfigEntry, spotify: SpotifySimulator
) -> None:
    """Also where one account is all there is, so that no id names it."""
    catalogue = spotify.world.catalogue
    show = max(catalogue.shows.values(), key=lambda one: len(one.episode_ids))
    episodes = [episode.name for episode in catalogue.episodes_of(show)]
    assert len(episodes) > 50
    first = await ask("browse_media", show.uri)
    *there, more = titles(first)
    assert (there, more) == (episodes[:50], "Show more")
    rest = first["result"]["children"][-1]["media_content_id"]
    assert titles(await ask("browse_media", rest))[0] == episodes[50]


async def test_several_accounts_are_distinguished(
    hass: HomeAssistant, ask: Ask, alva: MockConfigEntry, link: Link, kitchen: Speaker, tracks: list[Track]
) -> None:  # fmt: skip
    """What is chosen in one person's folder is theirs."""
    ben = await link("ben")
    await hass.config_entries.async_setup(ben.entry_id)
    await hass.async_block_till_done()
    root = (await ask("browse_media"))["result"]["children"]
    theirs = {
        each["title"]: each["media_content_id"]
        for each in root
        if each["title"].startswith("Spotify: ")
    }
    assert len(theirs) == 2
    for name, media_id in theirs.items():
        answer = await ask("browse_media", media_id)
        assert answer["result"]["title"] == name.removeprefix("Spotify: ")
    prefix = theirs["Spotify: Alva Lindqvist"].removesuffix("encore:")
    opened = await ask("browse_media", f"{prefix}{tracks[0].album.uri}")
    first = opened["result"]["children"][0]
    assert first["media_content_id"].startswith(prefix)
    await play(hass, KITCHEN, first["media_content_id"])
    assert on(kitchen.transport) == first["title"]


async def test_a_private_account_is_not_in_the_rooms_of_others(
    hass: HomeAssistant, ask: Ask, alva: MockConfigEntry, link: Link
) -> None:
    """Neither its name nor its id; what is shared is named as if there were no other, and a room is searched in any case."""
    shared = await ask("browse_media"), await ask("search_media", search_query="Kite")
    ben = await link("ben")
    await hass.config_entries.async_setup(ben.entry_id)
    hass.config_entries.async_update_entry(ben, options={"privacy": "private"})
    await hass.async_block_till_done()
    reported = await ask("browse_media"), await ask("search_media", search_query="Kite")
    assert [one["result"] for one in reported] == [one["result"] for one in shared]
    hass.config_entries.async_update_entry(alva, options={"privacy": "private"})
    assert "Spotify: Alva Lindqvist" not in titles(await ask("browse_media"))
    assert (await ask("search_media", search_query="Kite"))["success"]


async def test_a_search_finds_what_is_stored_and_what_spotify_has(
    hass: HomeAssistant, ask: Ask, alva: MockConfigEntry, sonos: SonosSimulator, tracks: list[Track]
) -> None:  # fmt: skip
    """What is spelt so comes first; by kind; and from those who answer."""
    answer = await ask("search_media", search_query="sunday")
    assert answer["result"]["result"][0]["title"] == "Sunday"
    name = tracks[0].name
    answer = await ask("search_media", search_query=name)
    assert name in [
        one["title"].partition(" – ")[0] for one in answer["result"]["result"]
    ]
    answer = await ask(
        "search_media", search_query="album 0", media_filter_classes=["album"]
    )
    assert answer["result"]["result"][0]["media_content_id"] == "A:ALBUM/Album%200"
    sonos.press("Kitchen", "upnp_off")
    answer = await ask("search_media", search_query=name)
    assert answer["success"], answer


async def test_without_an_account_the_household_is_searched_alone(
    hass: HomeAssistant, ask: Ask, sonos: SonosSimulator
) -> None:
    """And a speaker that does not answer is named."""
    answer = await ask("search_media", search_query="song 5")
    assert [one["title"] for one in answer["result"]["result"]] == ["Song 5 – Band 5"]
    sonos.press("Kitchen", "upnp_off")
    answer = await ask("search_media", search_query="song 5")
    assert "UPnP is turned off" in answer["error"]["message"]


async def test_covers_come_from_the_speaker_through_home_assistant(
    hass: HomeAssistant,
    ask: Ask,
    household: Household,
    sonos: SonosSimulator,
    hass_client: ClientSessionGenerator,
) -> None:
    """In the browser and of what plays; from nowhere else."""
    client = await hass_client()
    listed = (await ask("browse_media", "A:TRACKS"))["result"]["children"][0]
    assert listed["thumbnail"].startswith(
        "/api/media_player_proxy/media_player.kitchen"
    )
    answer = await client.get(listed["thumbnail"])
    assert (answer.status, answer.content_type) == (200, "image/png")
    elsewhere = listed["thumbnail"].partition("media_image_id=")[0]
    answer = await client.get(f"{elsewhere}media_image_id=@example.org/")
    assert answer.status != 200
    await call(hass, "media_play", KITCHEN)
    await until(lambda: "entity_picture" in state_of(hass, KITCHEN).attributes)
    shown = state_of(hass, KITCHEN).attributes["entity_picture"]
    answer = await client.get(shown)
    assert (answer.status, answer.content_type) == (200, "image/png")
    sonos.press("Kitchen", "skip")
    await until(lambda: state_of(hass, KITCHEN).attributes["entity_picture"] != shown)
