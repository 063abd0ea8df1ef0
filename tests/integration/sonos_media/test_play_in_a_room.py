"""“Play X in the kitchen”: by the speaker itself where it can, else by Connect, for the right listener, once."""

import asyncio

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.const import DOMAIN
from custom_components.encore.sonos.errors import SpotifyNotLinkedInSonos
from custom_components.encore.sonos.household import Household
from custom_components.encore.spotify.auth.scopes import POSITION_READ
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar, entity_registry as er
from simulator.sonos import SonosSimulator
from simulator.sonos.speaker import Speaker
from simulator.spotify import SpotifySimulator
from simulator.spotify.music import Track
from simulator.spotify.people import ResumePoint
from simulator.spotify.player import Player
from tests.integration.auth.conftest import Link
from tests.integration.sonos.conftest import BEDROOM, KITCHEN, call, state_of, until

from .conftest import on, queue


async def act(hass: HomeAssistant, **asked: object) -> dict[str, object]:
    """Have something played, as an automation does."""
    answer = await hass.services.async_call(
        DOMAIN, "play_media", asked, blocking=True, return_response=True
    )
    assert answer is not None
    return dict(answer)


async def test_a_room_plays_it_by_itself(
    hass: HomeAssistant,
    household: Household,
    alva: MockConfigEntry,
    kitchen: Speaker,
    player: Player,
    spotify: SpotifySimulator,
    tracks: list[Track],
) -> None:
    """The speaker is given a share link: Spotify's player is left alone. Then another behind it."""
    answer = await act(hass, item=tracks[0].album.uri, room="kitchen")
    assert {name: answer[name] for name in ("way", "room", "device", "listener")} == {
        "way": "sonos",
        "room": "Kitchen",
        "device": "Kitchen",
        "listener": "Alva Lindqvist",
    }
    whole = [track.name for track in spotify.world.context_items(tracks[0].album.uri)]
    assert (queue(kitchen.transport), on(kitchen.transport)) == (whole, whole[0])
    assert spotify.requests.count(endpoint="/v1/me/player/play") == 0
    assert player.state is None or not player.state.is_playing
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    answer = await act(hass, item=tracks[1].uri, room="Kitchen", enqueue="add")
    assert (answer["way"], answer["queued"]) == ("sonos", True)
    assert queue(kitchen.transport) == [*whole, tracks[1].name]


async def test_an_episode_goes_on_where_the_listener_left_it(
    hass: HomeAssistant,
    household: Household,
    link: Link,
    kitchen: Speaker,
    spotify: SpotifySimulator,
) -> None:
    """By the speaker itself; queued behind something it begins at its start, and one that is finished, too."""
    alva = await link("alva", more=(POSITION_READ,))
    await hass.config_entries.async_setup(alva.entry_id)
    await hass.async_block_till_done()
    episodes = list(spotify.world.catalogue.episodes.values())
    points = spotify.world.library("alva").resume_points
    left, finished = episodes[0], episodes[1]
    points[left.id] = ResumePoint(90_000, fully_played=False)
    points[finished.id] = ResumePoint(0, fully_played=True)
    answer = await act(hass, item=left.uri, room="Kitchen")
    assert (answer["way"], on(kitchen.transport)) == ("sonos", left.name)
    assert abs(kitchen.transport.position_s - 90) <= 5
    await act(hass, item=finished.uri, room="Kitchen")
    assert on(kitchen.transport) == finished.name
    assert kitchen.transport.position_s <= 5
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    await act(hass, item=left.uri, room="Kitchen", enqueue="add")
    assert (on(kitchen.transport), kitchen.transport.position_s <= 9) == (finished.name, True)  # fmt: skip
    await hass.config_entries.async_unload(alva.entry_id)


async def test_two_satellites_that_picked_up_one_sentence_play_it_once(
    hass: HomeAssistant,
    household: Household,
    alva: MockConfigEntry,
    kitchen: Speaker,
    tracks: list[Track],
) -> None:
    """The second is told what came of it."""
    await call(hass, "media_play", KITCHEN)
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    both = await asyncio.gather(
        act(hass, item=tracks[0].uri, room="Kitchen", enqueue="add"),
        act(hass, item=tracks[0].uri, room="kitchen", enqueue="add"),
    )
    assert sorted(bool(each["repeated"]) for each in both) == [False, True]
    assert queue(kitchen.transport).count(tracks[0].name) == 1


async def test_the_listener_who_is_named_is_informed(
    hass: HomeAssistant,
    household: Household,
    alva: MockConfigEntry,
    link: Link,
    kitchen: Speaker,
    tracks: list[Track],
) -> None:
    """Of two accounts."""
    ben = await link("ben")
    await hass.config_entries.async_setup(ben.entry_id)
    await hass.async_block_till_done()
    name = ben.runtime_data.listener.name
    answer = await act(hass, item=tracks[0].uri, room="Kitchen", listener=name)
    assert (answer["listener"], on(kitchen.transport)) == (name, tracks[0].name)


async def test_an_artist_is_played_by_the_speaker(
    hass: HomeAssistant,
    household: Household,
    alva: MockConfigEntry,
    kitchen: Speaker,
    spotify: SpotifySimulator,
    tracks: list[Track],
) -> None:
    """With the tracks that Spotify plays of the artist."""
    artist = tracks[0].artists[0]
    answer = await act(hass, item=artist.uri, room="Kitchen")
    assert answer["way"] == "sonos"
    popular = [track.name for track in spotify.world.context_items(artist.uri)]
    assert queue(kitchen.transport) == popular


async def test_what_the_speaker_does_not_take_goes_by_connect(
    hass: HomeAssistant,
    household: Household,
    alva: MockConfigEntry,
    sonos: SonosSimulator,
    kitchen: Speaker,
    player: Player,
    tracks: list[Track],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Everything where Spotify is not linked in the household; on that speaker."""
    monkeypatch.setattr("custom_components.encore.commands.deduplicate.WITHIN_S", 0)
    sonos.press("Kitchen", "unlink_spotify")
    answer = await act(hass, item=tracks[2].uri, room="Kitchen")
    assert (answer["way"], answer["device"]) == ("connect", "Kitchen")
    assert kitchen.transport.direct is not None
    await until(
        lambda: (
            state_of(hass, KITCHEN).attributes.get("media_content_id") == tracks[2].uri
        )
    )
    # Neither way is left once Spotify does not see the speaker either.
    assert kitchen.companion is not None
    kitchen.companion.went()
    with pytest.raises(SpotifyNotLinkedInSonos):
        await act(hass, item=tracks[1].artists[0].uri, room="Kitchen")


async def test_our_room_is_preferred_to_the_same_one_of_home_assistants_own(
    hass: HomeAssistant,
    household: Household,
    alva: MockConfigEntry,
    kitchen: Speaker,
    tracks: list[Track],
) -> None:
    """One speaker with two players is no question which is meant."""
    area = ar.async_get(hass).async_get_or_create("Kitchen")
    entities = er.async_get(hass)
    theirs = entities.async_get_or_create(
        "media_player", "sonos", kitchen.uid, suggested_object_id="kitchen_of_core"
    )
    entities.async_update_entity(theirs.entity_id, area_id=area.id)
    hass.states.async_set(theirs.entity_id, "playing", {"friendly_name": "Kitchen"})
    answer = await act(hass, item=tracks[0].uri, room="Kitchen")
    assert (answer["way"], on(kitchen.transport)) == ("sonos", tracks[0].name)


async def test_a_member_of_a_group_plays_it_with_its_group(
    hass: HomeAssistant,
    household: Household,
    alva: MockConfigEntry,
    kitchen: Speaker,
    tracks: list[Track],
) -> None:
    """The coordinator is given it."""
    await call(hass, "join", KITCHEN, group_members=[BEDROOM])
    answer = await act(hass, item=tracks[0].uri, room="Bedroom")
    assert (answer["room"], on(kitchen.transport)) == ("Bedroom", tracks[0].name)
