"""Both doors know what a real account is playing while they answer."""

from typing import Any

from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.setup import async_setup_component
from simulator.spotify import Fault, FaultKind, SpotifySimulator
from simulator.spotify.music import Track
from tests.integration.auth.conftest import (
    Link,
    credentials,  # noqa: F401 - a fixture
    link,  # noqa: F401 - a fixture
)
from tests.integration.running import async_act as act
from tests.integration.spotify.conftest import (
    Later,
    clock_stands_still,  # noqa: F401 - a fixture
    later,  # noqa: F401 - a fixture
    plays,
    set_up,
)
from tests.integration.spotify.playing import seen

from .test_sentences import said


@pytest.fixture
async def kitchen(hass: HomeAssistant) -> str:
    """Set up Assist in a home with a kitchen, whose speaker Alva's laptop is."""
    await hass.config.async_set_time_zone("Europe/Berlin")
    ar.async_get(hass).async_create("Kitchen", aliases={"Alva’s laptop"})
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "conversation", {})
    return "Alva’s laptop"


@pytest.fixture
def tracks(spotify: SpotifySimulator) -> list[Track]:
    """Return some songs of three minutes or more."""
    known = spotify.world.catalogue.tracks.values()
    return [track for track in known if track.duration_ms > 180_000][:3]


@pytest.fixture
async def alva(
    hass: HomeAssistant,
    kitchen: str,
    spotify: SpotifySimulator,
    tracks: list[Track],
    link: Link,  # noqa: F811 - a fixture
    later: Later,  # noqa: F811 - a fixture
) -> MockConfigEntry:
    """Link Alva, who has just put on a song in the kitchen after a day of silence."""
    spotify.clock.advance(24 * 3_600_000)
    entry = await link("alva")
    hass.config_entries.async_update_entry(entry, options={"backfill": False})
    player = spotify.world.player("alva")
    laptop = next(each for each in player.devices if each.name == kitchen)
    player.play(uris=[track.uri for track in tracks], device_id=laptop.id)
    return await set_up(hass, entry)


def by(track: Track) -> str:
    """Return a song as it is said."""
    names = [artist.name for artist in track.artists]
    return f"“{track.name}” by {' and '.join(names)}"


def under_way(data: dict[str, Any]) -> list[str]:
    """Return the titles of what is under way in an answer."""
    return [play["title"] for play in data["plays"] if play["in_progress"]]


async def test_the_first_song_of_the_day_is_known_while_it_plays(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    tracks: list[Track],
    later: Later,  # noqa: F811 - a fixture
) -> None:
    """As what was listened to today and as what is playing, in speech and as data."""
    await later(20)
    assert by(tracks[0]) in await said(hass, "what’s playing")
    await later(40)
    assert await said(hass, "what is playing in the kitchen right now?") == (
        f"Right now Alva Lindqvist is playing {by(tracks[0])} in the Kitchen."
    )
    assert await said(hass, "what song is this") == (
        f"Right now Alva Lindqvist is playing {by(tracks[0])} in the Kitchen."
    )
    assert (
        f"{by(tracks[0])}, which Alva Lindqvist is listening to right now."
        in await said(hass, "what have we been listening to in the last five minutes")
    )
    data = await act(hass, "get_plays", time_range="last_5_minutes", room="kitchen")
    assert under_way(data) == [tracks[0].name]
    assert data["plays"][0]["seconds_played"] == 60
    assert data["plays"][0]["rooms"] == ["Kitchen"]
    assert data["total"] == {"play_count": 1, "minutes": 1}
    data = await act(hass, "get_played_at", moment="now", device="Alva’s laptop")
    assert under_way(data) == [tracks[0].name]


async def test_it_is_reported_once_when_it_is_over(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    tracks: list[Track],
    later: Later,  # noqa: F811 - a fixture
) -> None:
    """At every moment of two songs, neither is missing nor there twice."""
    first = tracks[0].duration_ms // 1000
    for second in range(5, first + 60, 5):
        await later(5)
        data = await act(hass, "get_plays", time_range="last_30_minutes", limit=100)
        played = [play["title"] for play in data["plays"]]
        # At some hours of the day, Spotify's list has what was played before the test began.
        titles = [title for title in played if title in {each.name for each in tracks}]
        # A song of less than half a minute does not count yet; a look follows an end by seconds.
        expected = [tracks[0].name] if second > 30 else []
        if second > first + 35:
            expected = [tracks[1].name, tracks[0].name]
        if second != 30 and not first + 29 <= second <= first + 35:
            assert titles == expected
        assert data["total"]["play_count"] == len(played)
    assert [play.item.title for play in await plays(hass)][-1] == tracks[0].name


async def test_a_paused_song_is_not_playing(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
    later: Later,  # noqa: F811 - a fixture
) -> None:
    """But it was played."""
    await later(60)
    spotify.world.player("alva").pause()
    await seen(alva, later)
    answer = await said(hass, "what am I listening to right now")
    assert answer.startswith("As far as I know, nothing is playing right now. ")
    assert f"The last before was {by(tracks[0])}" in answer
    data = await act(hass, "get_plays", time_range="last_5_minutes")
    assert under_way(data) == [tracks[0].name]
    assert 60 <= data["plays"][0]["seconds_played"] <= 90


async def test_a_private_session_is_reported_to_nobody(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
    later: Later,  # noqa: F811 - a fixture
) -> None:
    """Neither the song during which it was begun."""
    spotify.world.player("alva").private_session(True)
    await seen(alva, later)
    assert tracks[0].name not in await said(hass, "what's playing")
    assert under_way(await act(hass, "get_plays", time_range="last_5_minutes")) == []


@pytest.mark.parametrize("options", [{"record": False}, None])
async def test_who_is_not_recorded_is_not_reported(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    tracks: list[Track],
    later: Later,  # noqa: F811 - a fixture
    options: dict[str, bool] | None,
) -> None:
    """Where recording is switched off, and where the account is not loaded."""
    if options is not None:
        hass.config_entries.async_update_entry(alva, options=options)
        await hass.config_entries.async_reload(alva.entry_id)
    else:
        await hass.config_entries.async_unload(alva.entry_id)
    await later(60)
    data = await act(hass, "get_played_at", moment="now")
    assert data["plays"] == []
    assert under_way(await act(hass, "get_plays", time_range="last_5_minutes")) == []


async def test_out_of_reach_it_is_reported_as_far_as_it_was_seen(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
    freezer: FrozenDateTimeFactory,
    later: Later,  # noqa: F811 - a fixture
) -> None:
    """Nobody knows whether it still plays."""
    await later(40)
    await seen(alva, later)
    spotify.faults.add(
        Fault(kind=FaultKind.SERVER_ERROR, match="/v1/me/player", times=99)
    )
    await seen(alva, later)
    data = await act(hass, "get_played_at", moment="now")
    assert data["plays"] == []
    assert data["before"]["title"] == tracks[0].name
    assert data["before"]["in_progress"]


async def test_a_song_that_is_left_out_while_it_plays_stays_out_when_it_ends(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    tracks: list[Track],
    later: Later,  # noqa: F811 - a fixture
) -> None:
    """It is in no history yet when somebody says so, and the next song counts."""
    await later(60)
    left = await act(hass, "exclude_from_history")
    assert (left["title"], left["play_count"]) == (tracks[0].name, 1)
    await later(tracks[0].duration_ms // 1000)
    await seen(alva, later)
    await later(tracks[1].duration_ms // 1000 + 30)
    await seen(alva, later)
    titles = [play.item.title for play in await plays(hass)]
    assert tracks[0].name not in titles
    assert tracks[1].name in titles
