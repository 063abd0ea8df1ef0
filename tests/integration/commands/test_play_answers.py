"""Playing what an answer told, what is forgotten, and what is usual at this hour."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.commands.errors import NothingInAnswer, NothingUsual
from custom_components.encore.history.model import Listener, Observation
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import ServiceValidationError
from simulator.spotify import SpotifySimulator
from simulator.spotify.music import Track
from simulator.spotify.player import Player

from .conftest import LISTENER, Act
from .test_devices import LAPTOP, sound
from .test_play import (
    DAY_MS,
    played_once,
    plays,
    shared,  # noqa: F401 - a fixture
    sonos,
    starts,
)

WEEK_MS = 7 * DAY_MS
HOUR_MS = 3_600_000
CLEO = Listener("household:cleo", "Cleo")
"""Who has no account: nothing is known of her but what a test tells."""


def often(
    listener: Listener, track: Track, until: int, times: int, apart_ms: int = DAY_MS
) -> list[Observation]:
    """Return that a track was heard so often, the last time at a moment (UTC ms)."""
    return [played_once(listener, track, until - n * apart_ms) for n in range(times)]


def all_of(player: Player) -> list[str]:
    """Return what plays and what comes after it."""
    return [plays(player) or "", *(each.uri for each in player.coming())]


@pytest.fixture
async def habits(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
) -> list[Track]:
    """Let Cleo have heard two tracks much long ago, and others every week at this hour or another; returns all."""
    # Every week at this hour is another hour by the clock before summer time than after.
    await hass.config.async_set_time_zone("UTC")
    listener, now = CLEO, spotify.clock.now_ms()
    reported = [
        *often(listener, tracks[0], now - 500 * DAY_MS, 14),
        *often(listener, tracks[1], now - 400 * DAY_MS, 12),
        *often(listener, tracks[8], now - 30 * DAY_MS + 6 * HOUR_MS, 20),
    ]
    for number, track in enumerate(tracks[2:8]):
        reported += often(listener, track, now - WEEK_MS, 9 - number, WEEK_MS)
    await hass.data[DATA_HISTORY].async_append(reported)
    return tracks


@pytest.fixture
async def little(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
) -> None:
    """Let Cleo have heard a track once, two years ago."""
    then = spotify.clock.now_ms() - 730 * DAY_MS
    await hass.data[DATA_HISTORY].async_append([played_once(CLEO, tracks[0], then)])


async def test_a_list_that_was_reported_plays_in_its_order(
    habits: list[Track], act: Act, player: Player, spotify: SpotifySimulator
) -> None:
    """Once, though asked twice; and the sentence says what is first, and how many follow."""
    asked = {"listener": "Cleo", "of": "tracks", "limit": 3}
    answer = await act("play_media", question="top", parameters=asked, room=LAPTOP)
    again = await act("play_media", question="top", parameters=asked, room=LAPTOP)
    top = await act("get_top", **asked)
    assert all_of(player) == [each["uri"] for each in top["top"]]
    assert sound(player) == (LAPTOP, True)
    first = top["top"][0]
    assert answer["speech"] == f"“{first['name']}” by {first['artist']} plays on {LAPTOP}, and two more after it."  # fmt: skip
    assert (answer["more"], again["repeated"], starts(spotify)) == (2, True, 1)


async def test_the_thing_that_an_answer_is_about_plays(
    habits: list[Track], act: Act, player: Player
) -> None:
    """A song that was asked about by name, and the artist who is first in a list."""
    await act("play_media", question="when_heard", parameters={"item": habits[3].uri}, room=LAPTOP)  # fmt: skip
    assert plays(player) == habits[3].uri
    answer = await act("play_media", question="top", parameters={"of": "artists", "listener": "Cleo"}, room=LAPTOP)  # fmt: skip
    top = await act("get_top", of="artists", listener="Cleo")
    assert answer["item"]["name"] == top["top"][0]["name"]
    assert answer["item"]["type"] == "artist"


async def test_an_answer_without_anything_to_hear_is_said(
    alva: MockConfigEntry, act: Act, player: Player
) -> None:
    """Nothing was heard in 1990; and a question that holds none is refused before it is asked."""
    with pytest.raises(NothingInAnswer):
        await act(
            "play_media",
            question="plays",
            parameters={"time_range": "1990"},
            room=LAPTOP,
        )
    with pytest.raises(ServiceValidationError):
        await act(
            "play_media",
            question="plays",
            parameters={"time_range": "31 June"},
            room=LAPTOP,
        )
    assert sound(player) is None


async def test_what_is_forgotten_plays(
    habits: list[Track], act: Act, player: Player
) -> None:
    """Both that were loved and are quiet for half a year, in any order, and nothing else."""
    answer = await act(
        "play_media", selection="forgotten_favorites", played_by="Cleo", room=LAPTOP
    )
    assert set(all_of(player)) == {habits[0].uri, habits[1].uri}
    assert answer["more"] == 1
    assert " plays once more on " in answer["speech"]


async def test_where_nothing_is_forgotten_that_is_said(
    little: None, act: Act, player: Player
) -> None:
    """Cleo has heard nothing much yet."""
    with pytest.raises(NothingInAnswer):
        await act(
            "play_media", selection="forgotten_favorites", played_by="Cleo", room=LAPTOP
        )
    assert sound(player) is None


async def test_what_is_usual_now_plays(
    habits: list[Track], act: Act, player: Player
) -> None:
    """By how often it was heard at this hour of this weekday; what belongs to the evening is left out."""
    answer = await act("play_media", selection="habits", played_by="Cleo", room=LAPTOP)
    assert all_of(player) == [track.uri for track in habits[2:8]]
    assert (answer["more"], answer["listener"]) == (5, LISTENER)


async def test_where_nothing_is_usual_that_is_said(
    little: None, act: Act, player: Player
) -> None:
    """Cleo has heard nothing within a year."""
    with pytest.raises(NothingUsual) as refused:
        await act("play_media", selection="habits", played_by="Cleo", room=LAPTOP)
    assert refused.value.translation_placeholders == {"name": LISTENER}
    assert sound(player) is None


async def test_a_sonos_room_gets_one_after_the_other(
    hass: HomeAssistant,
    habits: list[Track],
    shared: list[ServiceCall],  # noqa: F811 - a fixture
    act: Act,
    spotify: SpotifySimulator,
) -> None:
    """The first plays at once, the others come after it; Spotify is not asked to play."""
    sonos(hass, "One", "Kitchen")
    answer = await act(
        "play_media", selection="habits", played_by="Cleo", room="Kitchen"
    )
    assert [call.data["enqueue"] for call in shared] == ["replace", *["add"] * 5]
    assert [call.data["media_content_id"].rpartition("/")[2] for call in shared] == [
        track.id for track in habits[2:8]
    ]
    assert (answer["queued"], answer["more"], starts(spotify)) == (False, 5, 0)


async def test_one_of_a_list_plays_by_its_rank(
    habits: list[Track], act: Act, player: Player
) -> None:
    """The second one is played alone, and one that there is not is refused."""
    asked = {"listener": "Cleo", "time_range": "all_time", "limit": 3}
    ranked = [each["uri"] for each in (await act("get_top", **asked))["top"]]
    await act("play_it", question="top", parameters=asked, rank=2, room=LAPTOP)
    assert all_of(player)[0] == ranked[1]
    with pytest.raises(NothingInAnswer):
        await act("play_it", question="top", parameters=asked, rank=9, room=LAPTOP)
