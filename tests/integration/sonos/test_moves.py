"""Music that moves from room to room: its leader leaves the group in mid-track. One song is one play, whoever leads."""

import asyncio
from functools import partial
from typing import Final

import pytest

from custom_components.encore.sonos import speaker_state
from homeassistant.core import HomeAssistant
from simulator.sonos import SonosSimulator
from simulator.spotify.world import SpotifyWorld

from .conftest import BEDROOM, KITCHEN, AddHousehold, call, state_of, until
from .test_rooms import playing_now, silent_now, stored, unloaded

MIDDLE_S: Final = 60
"""Where the track is when it moves: further than its start, which nobody may take for it."""

ORDERS: Final = {
    "music first": {},
    "groups first": {"late_transports": 0.3},
    "at the start at first": {"late_position": 0.4},
}
"""What the speakers tell first once a leader left, and what they tell wrongly at first."""


@pytest.mark.parametrize(
    ("source", "by", "order"),
    [
        ("queue", "app", "music first"),
        ("queue", "home assistant", "groups first"),
        ("queue", "app", "at the start at first"),
        ("connect", "home assistant", "music first"),
        ("connect", "app", "groups first"),
        ("connect", "home assistant", "at the start at first"),
    ],
)
async def test_a_leader_that_leaves_in_mid_track_splits_no_play(
    hass: HomeAssistant,
    add_household: AddHousehold,
    sonos: SonosSimulator,
    world: SpotifyWorld,
    monkeypatch: pytest.MonkeyPatch,
    source: str,
    by: str,
    order: str,
) -> None:
    """The kitchen plays, the bedroom joins, the kitchen leaves: it sounds in one room, in both, in the other."""
    monkeypatch.setattr(speaker_state, "NEW_LEADER_AGAIN_S", 0.5, raising=False)
    for room in ("Kitchen", "Bedroom"):
        for hook, seconds in ORDERS[order].items():
            sonos.press(room, hook, secs=seconds)
    entry = await add_household()
    uri = await begin(hass, sonos, world, source)
    await move(hass, sonos, by)
    await until(lambda: state_of(hass, BEDROOM).state == "playing")
    await until(lambda: state_of(hass, KITCHEN).state == "idle")
    await playing_now(hass, "Bedroom")
    await silent_now(hass, "Kitchen")
    await until(
        lambda: state_of(hass, BEDROOM).attributes.get("media_position", 0) >= MIDDLE_S
    )
    sonos.press("Bedroom", "skip")
    await stored(hass)
    played = [play for play in await unloaded(hass, entry) if play.item.uri == uri]
    (play,) = played
    rooms = sorted(play.rooms, key=lambda span: span.start)
    assert [span.room.name for span in rooms] == ["Kitchen", "Bedroom"]
    kitchen, bedroom = rooms
    assert kitchen.start == play.started_at < bedroom.start
    assert bedroom.start < kitchen.end < bedroom.end == play.ended_at


async def test_a_skip_just_after_the_move_ends_the_play(
    hass: HomeAssistant,
    add_household: AddHousehold,
    sonos: SonosSimulator,
    world: SpotifyWorld,
) -> None:
    """The kitchen leaves and is slow to answer: nobody knows yet who goes on, and the bedroom goes on to the next track."""
    entry = await add_household()
    uri = await begin(hass, sonos, world, "queue")
    before = {None, title_of(hass, KITCHEN)}
    await regroup(hass, sonos, "app", "join")
    sonos.press("Kitchen", "slow", secs=1)
    await regroup(hass, sonos, "app", "leave")
    sonos.press("Bedroom", "skip")
    await until(lambda: title_of(hass, BEDROOM) not in before)
    sonos.press("Kitchen", "slow", secs=0)
    (play,) = await stored(hass)
    await hass.config_entries.async_unload(entry.entry_id)
    assert play.item.uri == uri
    assert play.skipped
    assert {span.room.name for span in play.rooms} == {"Kitchen", "Bedroom"}


async def begin(
    hass: HomeAssistant, sonos: SonosSimulator, world: SpotifyWorld, source: str
) -> str:
    """Let the kitchen play a track, somewhere in its middle, and return the track."""
    tracks = [*world.catalogue.tracks.values()]
    uris = [track.uri for track in tracks if track.duration_ms > 120_000][:2]
    if source == "queue":
        sonos.press("Kitchen", "spotify", uri=uris[0])
        sonos.press("Kitchen", "enqueue", uri=uris[1])
    else:
        player = world.player("alva")
        device = next(one for one in player.devices if one.name == "Kitchen")
        player.play(uris=uris, device_id=device.id)
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    sonos.press("Kitchen", "seek", secs=MIDDLE_S)
    await until(
        lambda: state_of(hass, KITCHEN).attributes.get("media_position", 0) >= MIDDLE_S
    )
    await playing_now(hass, "Kitchen")
    return uris[0]


async def move(hass: HomeAssistant, sonos: SonosSimulator, by: str) -> None:
    """Let the bedroom join the kitchen, and the kitchen leave: how music is moved."""
    for hook in ("join", "leave"):
        await regroup(hass, sonos, by, hook)
        await asyncio.sleep(0.3)


async def regroup(
    hass: HomeAssistant, sonos: SonosSimulator, by: str, hook: str
) -> None:
    """Let the bedroom join the kitchen, or the kitchen leave."""
    if by == "home assistant":
        if hook == "join":
            await call(hass, "join", KITCHEN, group_members=[BEDROOM])
        else:
            await call(hass, "unjoin", KITCHEN)
    elif hook == "join":
        sonos.press("Bedroom", "join", to="Kitchen")
    else:
        sonos.press("Kitchen", "leave")
    await until(partial(_are_in_groups_of, hass, 2 if hook == "join" else 1))


def title_of(hass: HomeAssistant, entity_id: str) -> str | None:
    """Return the title that a player shows."""
    title: str | None = state_of(hass, entity_id).attributes.get("media_title")
    return title


def _are_in_groups_of(hass: HomeAssistant, count: int) -> bool:
    players = (state_of(hass, each) for each in (KITCHEN, BEDROOM))
    return all(len(each.attributes["group_members"]) == count for each in players)
