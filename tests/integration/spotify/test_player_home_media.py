"""What Encore's media source shows on an account's player, and plays there."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.commands.errors import NothingCalledSo, NothingToPlay
from custom_components.encore.history.model import Item, Kind
from custom_components.encore.media.media_ids import SOURCE
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from simulator.spotify import SpotifySimulator
from simulator.spotify.music import Track
from simulator.spotify.player import Player
from tests.integration.spotify.playing import Open, call
from tests.unit.history.memory import HOUR, MINUTE, NOON, live


@pytest.fixture
def player(spotify: SpotifySimulator) -> Player:
    """Return Alva's player, as her own hands use it."""
    return spotify.world.player("alva")


@pytest.fixture
async def evening(
    hass: HomeAssistant, alva: MockConfigEntry, tracks: list[Track]
) -> list[Track]:
    """Let three tracks and a radio have been heard on the evening of 1 June 2024; return the tracks in their order."""
    assert await async_setup_component(hass, "media_source", {})
    await hass.config.async_set_time_zone("UTC")
    radio = Item("radio:Radio%20Nord", Kind.RADIO, "Radio Nord", ())
    items = [item_of(track) for track in tracks[:3]]
    await hass.data[DATA_HISTORY].async_append(
        [
            live(NOON + 8 * HOUR + number * 5 * MINUTE, item=item)
            for number, item in enumerate([*items, radio])
        ]
    )
    return tracks[:3]


def item_of(track: Track) -> Item:
    """Return a track as the history has it."""
    return Item(
        track.uri,
        Kind.TRACK,
        track.name,
        track.artist_names,
        track.album_name,
        track.duration_ms,
    )


async def play(hass: HomeAssistant, where: str, **data: Any) -> None:
    """Ask for an id of the media source on Alva's player."""
    await call(hass, "play_media", media_content_type="music", media_content_id=f"{SOURCE}/{where}", **data)  # fmt: skip


def played(player: Player, count: int) -> list[str]:
    """Return the URIs of what is on and what comes next."""
    assert player.state is not None
    coming = [item.uri for item in player.coming(count - 1)]
    return [player.state.item.uri, *coming]


async def test_an_evening_plays_again_in_its_order(
    hass: HomeAssistant, evening: list[Track], player: Player, spotify: SpotifySimulator
) -> None:
    """All of it that Spotify has, by one call that plays and none that looks anything up."""
    spotify.requests.clear()
    await play(hass, "evenings/2024-06-01")
    assert played(player, 3) == [track.uri for track in evening]
    assert spotify.requests.count(endpoint="/v1/search*") == 0


async def test_a_line_of_it_plays_alone_or_behind_what_is_on(
    hass: HomeAssistant, evening: list[Track], player: Player
) -> None:
    """As any track."""
    await play(hass, evening[1].uri)
    assert played(player, 1) == [evening[1].uri]
    await play(hass, evening[2].uri, enqueue="add")
    assert played(player, 2)[1] == evening[2].uri


async def test_a_top_list_plays_what_was_played_most(
    hass: HomeAssistant, evening: list[Track], player: Player
) -> None:
    """Of any window that a question knows."""
    await play(hass, "top/2024/tracks")
    assert {*played(player, 3)} == {track.uri for track in evening}


async def test_artists_and_albums_are_found_at_spotify_by_their_names(
    hass: HomeAssistant,
    evening: list[Track],
    player: Player,
    browse: Open,
) -> None:
    """The history knows them by nothing else."""
    for of, uri in (
        ("artists", evening[0].artists[0].uri),
        ("albums", evening[0].album.uri),
    ):
        shown = await browse(
            {
                "media_content_type": "app",
                "media_content_id": f"{SOURCE}/top/2024/{of}",
            }
        )
        name = evening[0].artist_names[0] if of == "artists" else evening[0].album_name
        line = next(
            each for each in shown["children"] if each["title"].startswith(name)
        )
        await call(hass, "play_media", media_content_type="music", media_content_id=line["media_content_id"])  # fmt: skip
        assert player.state is not None
        assert player.state.context_uri == uri


async def test_what_is_not_there_is_said(
    hass: HomeAssistant, evening: list[Track], player: Player
) -> None:
    """What Spotify does not have, and what nothing names."""
    with pytest.raises(NothingCalledSo):
        await play(hass, "named/artist/Nobody%20Of%20This%20Name")
    for nothing in (
        "evenings/2024-06-02",
        "evenings",
        "named/radio/Radio%20Nord",
        "lost",
    ):
        with pytest.raises(NothingToPlay):
            await play(hass, nothing)


async def test_the_player_shows_it_behind_its_own_folders(
    hass: HomeAssistant, evening: list[Track], browse: Open
) -> None:
    """So it can be reached where the player is chosen, and played from there."""
    root = await browse()
    home = root["children"][-1]
    assert (home["title"], home["media_content_id"]) == ("Everyone’s music", SOURCE)
    opened = await browse(home)
    evenings = opened["children"][-1]
    assert evenings["title"] == "Past evenings"
    shown = await browse(evenings)
    assert "2024" in [child["title"] for child in shown["children"]]
