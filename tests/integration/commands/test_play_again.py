"""Playing once more what was heard: last, at a moment, in a room, by somebody."""

from datetime import UTC, datetime

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.commands.errors import NothingPlayedThen
from custom_components.encore.history.model import Listener, Room, RoomSpan, Source
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import area_registry as ar
from simulator.spotify import SpotifySimulator
from simulator.spotify.music import Track
from simulator.spotify.player import Player

from .conftest import LISTENER, Act
from .test_devices import LAPTOP, sound
from .test_play import DAY_MS, played_once, plays, starts

LONG_MS = 200 * DAY_MS


@pytest.fixture
async def two(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
) -> list[Track]:
    """Return two tracks that Alva has heard: long ago, and until just now: before and after all that Spotify tells of."""
    listener, now = alva.runtime_data.listener, spotify.clock.now_ms()
    await hass.data[DATA_HISTORY].async_append(
        [
            played_once(listener, tracks[0], now - LONG_MS),
            played_once(listener, tracks[1], now - 1_000),
        ]
    )
    return tracks[:2]


async def test_what_was_played_last_plays_again(
    two: list[Track], act: Act, player: Player, spotify: SpotifySimulator
) -> None:
    """Once, though asked twice; no search is needed."""
    answer = await act("play_media", selection="last_played", room=LAPTOP)
    again = await act("play_media", selection="last_played", room=LAPTOP)
    assert (plays(player), sound(player)) == (two[1].uri, (LAPTOP, True))
    assert (answer["found_in"], answer["listener"]) == ("history", LISTENER)
    assert answer["speech"] == f"“{two[1].name}” by {', '.join(two[1].artist_names)} plays again on {LAPTOP}."  # fmt: skip
    assert (again["repeated"], starts(spotify)) == (True, 1)
    assert not spotify.requests.count(endpoint="/v1/search")


async def test_what_was_played_at_a_moment_plays_again(
    two: list[Track], act: Act, player: Player, spotify: SpotifySimulator
) -> None:
    """Also a while after it was over."""
    now = spotify.clock.now_ms()
    for after_ms in (-30_000, 3_600_000):
        moment = datetime.fromtimestamp((now - LONG_MS + after_ms) / 1000, UTC)
        player.lose_device()
        answer = await act("play_media", moment=moment.isoformat(timespec="seconds"), room=LAPTOP)  # fmt: skip
        silent = answer["speech"].startswith("Nothing was playing then; ")
        assert silent == (after_ms > 0)
        assert plays(player) == two[0].uri
        assert sound(player) == (LAPTOP, True)


async def test_what_sounded_in_a_room_plays_again_for_any_listener(
    hass: HomeAssistant,
    two: list[Track],
    tracks: list[Track],
    act: Act,
    player: Player,
    spotify: SpotifySimulator,
) -> None:
    """Unless it is said who; and a room where nothing sounded is told."""
    ended_at = spotify.clock.now_ms() - 5 * DAY_MS
    kitchen = ar.async_get(hass).async_create("Kitchen")
    ar.async_get(hass).async_create("Attic")
    ben, track = Listener("spotify:ben", "Ben"), tracks[3]
    started_at = ended_at - track.duration_ms
    await hass.data[DATA_HISTORY].async_append(
        [
            played_once(
                ben,
                track,
                ended_at,
                rooms=(RoomSpan(Room(kitchen.id, "Kitchen"), started_at, ended_at),),
                source=Source.LIVE,
            )
        ]
    )
    await act("play_media", selection="last_played", played_in="kitchen", room=LAPTOP)
    assert plays(player) == track.uri
    with pytest.raises(NothingPlayedThen) as refused:
        await act(
            "play_media",
            selection="last_played",
            played_in="kitchen",
            played_by=LISTENER,
            room=LAPTOP,
        )
    assert refused.value.translation_placeholders == {"name": LISTENER}
    with pytest.raises(NothingPlayedThen):
        await act("play_media", selection="last_played", played_in="Attic", room=LAPTOP)


async def test_where_nothing_was_played_that_is_said(
    alva: MockConfigEntry, act: Act, player: Player
) -> None:
    """And a moment that is none is refused."""
    with pytest.raises(NothingPlayedThen):
        await act("play_media", room=LAPTOP, moment="1990-01-01T12:00:00")
    with pytest.raises(ServiceValidationError):
        await act("play_media", room=LAPTOP, moment="when pigs fly")
    assert sound(player) is None
