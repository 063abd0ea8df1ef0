"""What is kept of Sonos rooms by name: group presets and snapshots."""

from typing import Any

import pytest

from custom_components.encore.commands.errors import (
    BadVolumes,
    HouseholdAway,
    PresetExists,
    UnknownPreset,
    UnknownSnapshot,
    VolumeOfAnother,
)
from custom_components.encore.runtime.named_storage import (
    NamedStorage,
    async_group_presets,
)
from custom_components.encore.sonos.errors import SpeakerUnreachable
from custom_components.encore.sonos.household import Household
from homeassistant.auth.models import User
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import Unauthorized
from simulator.sonos import SonosSimulator
from tests.integration.running import async_act as act

from .conftest import BEDROOM, KITCHEN, LIVING_ROOM, AddHousehold, call, state_of, until


@pytest.fixture
def admin(hass_admin_user: User) -> Context:
    """Return the context of an administrator."""
    return Context(user_id=hass_admin_user.id)


def volumes(sonos: SonosSimulator) -> dict[str, int]:
    """Return how loud the simulated rooms are."""
    return {one.name: one.sound.volume for one in sonos.household.rooms}


def group_of(sonos: SonosSimulator, room: str) -> list[str]:
    """Return who plays with a simulated room, its coordinator first."""
    speaker = sonos.speaker(room)
    rest = [one.name for one in speaker.members if one is not speaker.coordinator]
    return [speaker.coordinator.name, *sorted(rest)]


async def save(hass: HomeAssistant, **more: Any) -> dict[str, Any]:
    """Save the preset of the tests."""
    asked: dict[str, Any] = {"name": "Dinner", "rooms": ["living room", "kitchen"]}
    return await act(hass, "save_group_preset", **asked | more)


async def test_a_preset_is_saved_applied_and_removed(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator, admin: Context
) -> None:
    """Groups and volumes come back; who plays along and is not of it leaves."""
    await save(hass, volumes={"kitchen": 35})
    sonos.press("Living Room", "volume", volume=70)
    await call(hass, "join", LIVING_ROOM, group_members=[BEDROOM])
    done = await act(hass, "apply_group_preset", name="dinner")
    assert done["rooms"] == ["Living Room", "Kitchen"]
    assert done["skipped"] == []
    assert group_of(sonos, "Kitchen") == ["Living Room", "Kitchen"]
    assert group_of(sonos, "Bedroom") == ["Bedroom"]
    assert volumes(sonos) == {"Kitchen": 35, "Bedroom": 20, "Living Room": 20}
    reported = await act(hass, "get_group_presets")
    assert reported["presets"] == [
        {
            "name": "Dinner",
            "rooms": [
                {"room": "Living Room", "volume": 20},
                {"room": "Kitchen", "volume": 35},
            ],
        }
    ]
    assert reported["speech"] == "There is one group preset: “Dinner”."
    await act(hass, "delete_group_preset", admin, name="Dinner")
    assert (await act(hass, "get_group_presets"))[
        "speech"
    ] == "There is no group preset."


async def test_a_preset_is_applied_without_a_speaker_that_is_gone(
    impatient: None, hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """The answer says who was left out; with nobody left it is an error."""
    await save(hass, rooms=["bedroom", "kitchen", "living room"])
    sonos.press("Bedroom", "vanish")
    await until(lambda: state_of(hass, BEDROOM).state == "unavailable")
    done = await act(hass, "apply_group_preset", name="Dinner")
    assert done["rooms"] == ["Kitchen", "Living Room"]
    assert done["skipped"] == ["Bedroom"]
    assert (
        done["speech"]
        == "Kitchen and Living Room play together. Bedroom isn’t available."
    )
    presets = async_group_presets(hass)
    stored = await presets.async_named("Dinner")
    assert stored is not None
    await presets.async_put("Alone", stored | {"rooms": stored["rooms"][:1]}, 10)
    with pytest.raises(SpeakerUnreachable):
        await act(hass, "apply_group_preset", name="Alone")


async def test_a_name_is_one_presets(
    hass: HomeAssistant, household: Household, admin: Context
) -> None:
    """Whatever its capitals; only an administrator lets another take its place."""
    await save(hass)
    with pytest.raises(PresetExists):
        await save(hass, name="DINNER")
    with pytest.raises(Unauthorized):
        await save(hass, name="DINNER", replace=True)
    await act(hass, "save_group_preset", admin, name="DINNER", rooms=["bedroom"], replace=True)  # fmt: skip
    reported = await act(hass, "get_group_presets")
    assert [(one["name"], len(one["rooms"])) for one in reported["presets"]] == [("DINNER", 1)]  # fmt: skip
    with pytest.raises(UnknownPreset) as caught:
        await act(hass, "apply_group_preset", name="Lunch")
    words = caught.value.translation_placeholders
    assert words == {"name": "Lunch", "known": "DINNER"}


@pytest.mark.parametrize("percent", [101, -1, "loud", True])
async def test_a_volume_that_cannot_be_is_refused(
    hass: HomeAssistant, household: Household, percent: object
) -> None:
    """And no preset is kept."""
    with pytest.raises(BadVolumes):
        await save(hass, volumes={"kitchen": percent})
    assert (await act(hass, "get_group_presets"))["presets"] == []


async def test_a_volume_of_a_room_that_is_not_in_it_is_refused(
    hass: HomeAssistant, household: Household
) -> None:
    """Rather than forgotten."""
    with pytest.raises(VolumeOfAnother) as caught:
        await save(hass, volumes={"bedroom": 10})
    words = caught.value.translation_placeholders
    assert words == {"room": "Bedroom", "name": "Dinner"}
    assert (await act(hass, "get_group_presets"))["presets"] == []


async def test_of_rooms_that_are_away_no_snapshot_is_taken(
    impatient: None, hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """Else it would bring back nothing, later."""
    sonos.press("Bedroom", "vanish")
    await until(lambda: state_of(hass, BEDROOM).state == "unavailable")
    with pytest.raises(SpeakerUnreachable, match="Bedroom"):
        await act(hass, "create_snapshot", rooms=["bedroom"])
    with pytest.raises(UnknownSnapshot):
        await act(hass, "restore_snapshot")


async def test_what_is_stored_outlives_a_restart_and_not_its_household(
    hass: HomeAssistant, add_household: AddHousehold
) -> None:
    """It is in Home Assistant's storage."""
    entry = await add_household()
    await save(hass)
    again = NamedStorage(hass, "group_presets")
    assert set(await again.async_all()) == {"dinner"}
    await hass.config_entries.async_unload(entry.entry_id)
    with pytest.raises(HouseholdAway):
        await act(hass, "apply_group_preset", name="Dinner")
    await hass.config_entries.async_remove(entry.entry_id)
    assert set(await NamedStorage(hass, "group_presets").async_all()) == set()


async def test_a_snapshot_brings_back_groups_queue_track_and_volume(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """Whatever was played meanwhile."""
    await call(hass, "join", KITCHEN, group_members=[BEDROOM])
    sonos.press("Kitchen", "play", queue=2)
    await until(
        lambda: state_of(hass, KITCHEN).attributes.get("media_title") == "Song 2"
    )
    await call(hass, "media_seek", KITCHEN, seek_position=42)
    before = [track.uri for track in sonos.speaker("Kitchen").transport.queue.tracks]
    stored = await act(hass, "create_snapshot", name="Before", rooms=["kitchen"])
    assert stored["groups"][0]["title"] == "Song 2"
    assert stored["speech"] == "Saved “Song 2” in Kitchen and Bedroom."
    await call(hass, "unjoin", BEDROOM)
    await act(hass, "clear_queue", room="kitchen")
    sonos.press("Kitchen", "radio")
    sonos.press("Bedroom", "volume", volume=66)
    await until(lambda: state_of(hass, KITCHEN).attributes.get("media_channel"))
    done = await act(hass, "restore_snapshot", name="before")
    assert [part["problem"] for part in done["groups"]] == [None]
    transport = sonos.speaker("Kitchen").transport
    assert [track.uri for track in transport.queue.tracks] == before
    assert transport.queue.index == 1
    assert abs(transport.position_s - 42) < 5
    assert group_of(sonos, "Bedroom") == ["Kitchen", "Bedroom"]
    assert volumes(sonos)["Bedroom"] == 20
    await until(lambda: state_of(hass, BEDROOM).state == "playing")


async def test_a_snapshot_that_nobody_took_is_reported(
    hass: HomeAssistant, household: Household
) -> None:
    """With those that there are; one without a name is the last."""
    with pytest.raises(UnknownSnapshot):
        await act(hass, "restore_snapshot")
    stored = await act(hass, "create_snapshot")
    assert (stored["name"], len(stored["groups"])) == ("last", 3)
    assert stored["speech"] == "Saved that nothing is playing."
    done = await act(hass, "restore_snapshot")
    assert done["speech"] == "The rooms are restored."
    with pytest.raises(UnknownSnapshot) as caught:
        await act(hass, "restore_snapshot", name="Yesterday")
    assert caught.value.translation_placeholders == {
        "name": "Yesterday",
        "known": "last",
    }


async def test_of_several_groups_one_that_cannot_go_on_is_reported(
    impatient: None, hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """The others do."""
    sonos.press("Kitchen", "play")
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    await act(hass, "create_snapshot", name="All")
    await call(hass, "media_pause", KITCHEN)
    sonos.press("Bedroom", "vanish")
    await until(lambda: state_of(hass, BEDROOM).state == "unavailable")
    done = await act(hass, "restore_snapshot", name="All")
    problems = {part["rooms"][0]: part["problem"] for part in done["groups"]}
    assert problems["Kitchen"] is None
    assert "Bedroom" in problems["Bedroom"]
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
