"""Leaving plays out of the history, as it is said: this song, an evening, a thing."""

from dataclasses import replace

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.commands.errors import LeaveOutTooMany
from custom_components.encore.history.model import Device
from custom_components.encore.history.queries.visible_plays import EVER
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from simulator.spotify import SpotifySimulator
from simulator.spotify.music import Track

from .conftest import LISTENER, Act
from .test_play import DAY_MS, played_once

NAME = "exclude_from_history"


@pytest.fixture
async def three(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
) -> list[Track]:
    """Return what Alva has heard: two tracks long ago, one until just now."""
    listener, now = alva.runtime_data.listener, spotify.clock.now_ms()
    await hass.data[DATA_HISTORY].async_append(
        [
            played_once(listener, tracks[0], now - 201 * DAY_MS),
            played_once(listener, tracks[1], now - 200 * DAY_MS),
            played_once(listener, tracks[2], now - 1_000),
        ]
    )
    return tracks[:3]


async def left(hass: HomeAssistant, among: list[Track]) -> set[str]:
    """Return which titles of some tracks are in the history."""
    plays = await hass.data[DATA_HISTORY].async_ask(
        lambda queries: queries.plays(EVER, limit=10_000), hidden=frozenset()
    )
    return {play.item.title for play in plays} & {each.name for each in among}


async def test_what_was_on_last_is_left_out(
    hass: HomeAssistant, three: list[Track], act: Act, as_admin: Context
) -> None:
    """Where nothing is playing, and it comes back when it is undone."""
    answer = await act(NAME)
    assert answer["play_count"] == 1
    assert answer["title"] == three[2].name
    assert answer["speech"] == (
        f"“{three[2].name}” is left out of {LISTENER}’s history. It can be undone for an hour."
    )
    assert await left(hass, three) == {three[0].name, three[1].name}
    await act("undo_deletion", as_admin, id=answer["undo_id"])
    assert await left(hass, three) == {each.name for each in three}


async def test_a_thing_is_left_out_wherever_it_was(
    hass: HomeAssistant, three: list[Track], act: Act
) -> None:
    """By its name."""
    answer = await act(NAME, item=three[0].name)
    assert (answer["play_count"], answer["title"]) == (1, None)
    assert await left(hass, three) == {three[1].name, three[2].name}


async def test_a_time_in_which_nothing_was_played(
    hass: HomeAssistant, three: list[Track], act: Act
) -> None:
    """Leaves all as it is, and says so."""
    answer = await act(NAME, time_range="2001")
    assert (answer["play_count"], answer["undo_id"]) == (0, None)
    assert answer["speech"] == f"There was nothing to leave out for {LISTENER}."
    assert len(await left(hass, three)) == 3


async def test_many_plays_are_not_left_out_by_a_sentence(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
    act: Act,
) -> None:
    """Somebody may have been misheard."""
    listener, now = alva.runtime_data.listener, spotify.clock.now_ms()
    await hass.data[DATA_HISTORY].async_append(
        [played_once(listener, tracks[0], now - (100 + n) * DAY_MS) for n in range(21)]
    )
    with pytest.raises(LeaveOutTooMany) as refused:
        await act(NAME, time_range="all_time")
    placeholders = refused.value.translation_placeholders
    assert placeholders is not None
    assert int(placeholders["plays"]) >= 21
    assert await left(hass, tracks[:1]) == {tracks[0].name}


async def test_a_player_named_as_a_room_leaves_nothing_out(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    spotify: SpotifySimulator,
    tracks: list[Track],
    act: Act,
) -> None:
    """A deletion rule knows no players, and must not be about all that was played instead."""
    listener, now = alva.runtime_data.listener, spotify.clock.now_ms()
    played = played_once(listener, tracks[0], now - 200 * DAY_MS)
    device = Device("tablet", "Tablet")
    await hass.data[DATA_HISTORY].async_append([replace(played, device=device)])
    with pytest.raises(ServiceValidationError) as refused:
        await act(NAME, room="Tablet")
    assert refused.value.translation_key == "forget_ambiguous"
    assert await left(hass, tracks[:1]) == {tracks[0].name}
