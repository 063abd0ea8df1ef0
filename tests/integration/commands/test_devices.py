"""Which devices there are, and moving the music between them."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.commands.errors import UnknownConnectDevice
from custom_components.encore.questions.base.errors import UnknownHere
from custom_components.encore.spotify.errors import (
    NotPremium,
    RateLimited,
    RestrictedDevice,
    TransferIgnored,
)
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
from simulator.spotify import Fault, FaultKind, SpotifySimulator
from simulator.spotify.music import Track
from simulator.spotify.player import Player

from .conftest import LISTENER, Act

PHONE = "Alva’s Pixel 9"
LAPTOP = "Alva’s laptop"


def names(answer: dict[str, Any]) -> list[str]:
    """Return the names of the devices of an answer."""
    return [device["name"] for device in answer["devices"]]


def named(player: Player, name: str) -> str:
    """Return the id of a device."""
    return next(device.id for device in player.devices if device.name == name)


def sound(player: Player) -> tuple[str, bool] | None:
    """Return on which device a player is, and whether it plays."""
    device, state = player.active_device, player.state
    return (device.name, state.is_playing) if device and state else None


@pytest.fixture
def on_phone(player: Player, tracks: list[Track]) -> Player:
    """Return Alva's player, on which a track plays on her phone."""
    player.play(uris=[tracks[0].uri], device_id=named(player, PHONE))
    return player


async def test_the_devices_are_named_the_one_that_plays_first(
    hass: HomeAssistant, alva: MockConfigEntry, act: Act, on_phone: Player
) -> None:
    """With the room that one is called after, and whether it takes commands."""
    ar.async_get(hass).async_create("Study", aliases={LAPTOP})
    answer = await act("get_devices")
    assert answer["listener"] == LISTENER
    first, *others = answer["devices"]
    assert (first["name"], first["active"], first["playable"]) == (PHONE, True, True)
    assert {each["name"]: each["room"] for each in others}[LAPTOP] == "Study"
    assert [each["playable"] for each in others].count(False) == 1
    assert answer["speech"] == (
        f"{LISTENER} is on {PHONE}. There is also {LAPTOP}."
        " Living room TV can’t be controlled from here."
    )


async def test_a_device_is_in_the_area_where_home_assistant_has_it(
    hass: HomeAssistant, alva: MockConfigEntry, act: Act
) -> None:
    """Of namesakes in two areas nobody knows which it is."""
    devices, areas = dr.async_get(hass), ar.async_get(hass)
    rooms = []
    for number, area in enumerate(("Study", "Attic")):
        device = devices.async_get_or_create(
            config_entry_id=alva.entry_id, identifiers={("test", str(number))}
        )
        devices.async_update_device(
            device.id, name_by_user=LAPTOP.upper(), area_id=areas.async_create(area).id
        )
        answer = await act("get_devices")
        rooms.append({each["name"]: each["room"] for each in answer["devices"]})
    assert [room[LAPTOP] for room in rooms] == ["Study", None]
    assert rooms[0][PHONE] is None


async def test_a_device_is_where_a_player_of_its_name_was_put(
    hass: HomeAssistant, alva: MockConfigEntry, act: Act, player: Player
) -> None:
    """An area of its own goes before that of its device, as everywhere in Home Assistant."""
    areas, entities = ar.async_get(hass), er.async_get(hass)
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=alva.entry_id, identifiers={("cast", "laptop")}, name=LAPTOP
    )
    dr.async_get(hass).async_update_device(
        device.id, area_id=areas.async_create("Attic").id
    )
    entity = entities.async_get_or_create(
        "media_player", "cast", "laptop", device_id=device.id, original_name=LAPTOP
    )
    rooms = [
        {each["name"]: each["room"] for each in (await act("get_devices"))["devices"]}
    ]
    entities.async_update_entity(
        entity.entity_id, name=LAPTOP, area_id=areas.async_create("Study").id
    )
    rooms.append({each["name"]: each["room"] for each in (await act("get_devices"))["devices"]})  # fmt: skip
    assert [each[LAPTOP] for each in rooms] == ["Attic", "Study"]


async def test_devices_that_were_seen_just_now_are_not_asked_for_again(
    alva: MockConfigEntry, act: Act, on_phone: Player, spotify: SpotifySimulator
) -> None:
    """Until the music moves; while Spotify is out of reach those seen before it are told."""
    assert (await act("get_devices"))["from_cache"] is False
    spotify.requests.clear()
    assert (await act("get_devices"))["from_cache"] is True
    assert spotify.requests.count(endpoint="/v1/me/player/devices") == 0
    await act("transfer_playback", device=LAPTOP)
    answer = await act("get_devices")
    assert (answer["from_cache"], answer["devices"][0]["name"]) == (False, LAPTOP)


async def test_devices_at_rest_are_offered(alva: MockConfigEntry, act: Act) -> None:
    """Nothing plays: any of them could."""
    answer = await act("get_devices")
    assert not any(device["active"] for device in answer["devices"])
    assert answer["speech"] == (
        f"{LISTENER} could play on {LAPTOP} or {PHONE}."
        " Living room TV can’t be controlled from here."
    )


@pytest.mark.parametrize("by", ["name", "id", "area", "alias"])
async def test_music_moves_to_a_device_by_any_name_it_has(
    hass: HomeAssistant,
    alva: MockConfigEntry,
    act: Act,
    player: Player,
    tracks: list[Track],
    by: str,
) -> None:
    """Its own, its id, and that of the area which it is called after."""
    area = ar.async_get(hass).async_create("Study", aliases={LAPTOP, "den"})
    player.play(uris=[tracks[0].uri], device_id=named(player, PHONE), position_ms=9_000)
    device = {
        "name": LAPTOP.upper(),
        "id": named(player, LAPTOP),
        "area": area.id,
        "alias": "Den",
    }[by]
    answer = await act("transfer_playback", device=device)
    assert sound(player) == (LAPTOP, True)
    assert answer == {
        "listener": LISTENER,
        "device": LAPTOP,
        "device_id": named(player, LAPTOP),
        "was_there": False,
        "speech": f"It’s now on {LAPTOP}.",
    }


async def test_what_is_there_already_is_not_moved(
    alva: MockConfigEntry, act: Act, on_phone: Player, spotify: SpotifySimulator
) -> None:
    """A transfer to itself would make the music stumble."""
    spotify.faults.add(Fault(FaultKind.SERVER_ERROR, "/v1/me/player", "PUT"))
    answer = await act("transfer_playback", device=PHONE)
    assert answer["was_there"] is True
    assert answer["speech"] == f"It’s already on {PHONE}."


async def test_paused_music_stays_paused_unless_it_is_to_play(
    alva: MockConfigEntry, act: Act, on_phone: Player
) -> None:
    """Moving is not resuming."""
    on_phone.pause()
    await act("transfer_playback", device=LAPTOP)
    assert sound(on_phone) == (LAPTOP, False)
    await act("transfer_playback", device=PHONE, play=True)
    assert sound(on_phone) == (PHONE, True)


async def test_a_transfer_that_spotify_only_says_to_have_done_is_an_error(
    alva: MockConfigEntry, act: Act, on_phone: Player, spotify: SpotifySimulator
) -> None:
    """204, and the music stays where it was: a later look finds out."""
    spotify.faults.add(Fault(FaultKind.IGNORED_TRANSFER))
    with pytest.raises(TransferIgnored) as refused:
        await act("transfer_playback", device=LAPTOP)
    assert refused.value.translation_placeholders == {"device": LAPTOP}
    assert sound(on_phone) == (PHONE, True)


async def test_a_restricted_device_is_refused_by_its_name(
    alva: MockConfigEntry, act: Act, player: Player
) -> None:
    """Before Spotify is asked to move anything."""
    television = next(device for device in player.devices if device.is_restricted)
    with pytest.raises(RestrictedDevice):
        await act("transfer_playback", device=television.name)


async def test_a_device_that_nobody_sees_is_answered_with_those_that_are(
    alva: MockConfigEntry, act: Act
) -> None:
    """The person can choose from the error."""
    with pytest.raises(UnknownConnectDevice) as refused:
        await act("transfer_playback", device="Garage")
    assert refused.value.translation_placeholders == {
        "name": "Garage",
        "known": f"{LAPTOP}, {PHONE}",
    }


async def test_here_needs_a_place(alva: MockConfigEntry, act: Act) -> None:
    """An automation stands nowhere."""
    with pytest.raises(ServiceValidationError) as refused:
        await act("transfer_playback", device="here")
    assert refused.value.translation_key == UnknownHere.key


async def test_a_free_account_is_reported(
    alva: MockConfigEntry, act: Act, on_phone: Player, spotify: SpotifySimulator
) -> None:
    """Spotify lets only Premium accounts be controlled."""
    spotify.faults.add(Fault(FaultKind.NOT_PREMIUM, "/v1/me/player", "PUT"))
    with pytest.raises(NotPremium):
        await act("transfer_playback", device=LAPTOP)


async def test_a_pause_that_spotify_asks_for_is_reported_with_its_end(
    alva: MockConfigEntry, act: Act, spotify: SpotifySimulator
) -> None:
    """A command is refused with the time it will work again."""
    spotify.faults.add(
        Fault(FaultKind.RATE_LIMITED, "/v1/me/player/devices", retry_after=3600)
    )
    for _ in range(2):
        with pytest.raises(RateLimited) as refused:
            await act("get_devices")
        assert refused.value.translation_placeholders is not None
        assert refused.value.translation_placeholders["until"]
