"""What can be asked of Sonos rooms and done with them by actions: groups, queues, sleep timers."""

import pytest
from pytest_homeassistant_custom_component.common import MockUser

from custom_components.encore.commands.errors import (
    NoHousehold,
    NoSonosRoom,
    NoSuchQueuePlace,
    WhichPlayer,
)
from custom_components.encore.sonos.errors import SpeakerUnreachable
from custom_components.encore.sonos.household import Household
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError, Unauthorized
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
from simulator.sonos import SonosSimulator
from tests.integration.running import async_act

from .conftest import BEDROOM, KITCHEN, LIVING_ROOM, AddHousehold, call, state_of, until


def titles(sonos: SonosSimulator, room: str) -> list[str]:
    """Return what is in the queue of a simulated speaker."""
    return [track.title for track in sonos.speaker(room).transport.queue.tracks]


async def test_rooms_are_grouped_by_name_area_or_player(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """And play alone again."""
    done = await async_act(hass, "group_rooms", room="kitchen", others=["Bedroom", "living_room"])  # fmt: skip
    assert set(done["rooms"]) == {"Kitchen", "Bedroom", "Living Room"}
    assert done["rooms"][0] == "Kitchen"
    assert "play together" in done["speech"]
    assert len(sonos.speaker("Kitchen").members) == 3
    done = await async_act(hass, "ungroup_rooms", rooms=[BEDROOM, "Kitchen"])
    assert done["speech"] == "Bedroom and Kitchen play alone."
    assert [len(one.members) for one in sonos.household.rooms] == [1, 1, 1]


async def test_a_party_is_every_room_that_is_there(
    impatient: None, hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """Who is away is named."""
    sonos.press("Bedroom", "vanish")
    await until(lambda: state_of(hass, BEDROOM).state == "unavailable")
    done = await async_act(hass, "group_rooms", room=LIVING_ROOM)
    assert done["rooms"] == ["Living Room", "Kitchen"]
    assert done["skipped"] == ["Bedroom"]
    assert (
        done["speech"]
        == "Living Room and Kitchen play together. Bedroom isn’t available."
    )


async def test_a_room_that_is_away_cannot_be_named(
    impatient: None, hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """Then nothing was wanted of the others alone."""
    sonos.press("Bedroom", "vanish")
    await until(lambda: state_of(hass, BEDROOM).state == "unavailable")
    with pytest.raises(SpeakerUnreachable):
        await async_act(hass, "group_rooms", room="kitchen", others=["bedroom"])


async def test_unknown_rooms_are_reported_with_those_that_there_are(
    hass: HomeAssistant, household: Household
) -> None:
    """So that the next try works."""
    with pytest.raises(NoSonosRoom) as caught:
        await async_act(hass, "get_queue", room="Cellar")
    words = caught.value.translation_placeholders
    assert words == {"name": "Cellar", "rooms": "Bedroom, Kitchen, Living Room"}
    with pytest.raises(ServiceValidationError) as here:
        await async_act(hass, "get_queue", room="here")
    assert here.value.translation_key == "unknown_here"


async def test_without_a_household_that_is_said(
    hass: HomeAssistant, add_household: AddHousehold
) -> None:
    """Not that there were no such room."""
    entry = await add_household()
    await hass.config_entries.async_unload(entry.entry_id)
    with pytest.raises(NoHousehold):
        await async_act(hass, "get_queue", room="Kitchen")


async def test_of_two_speakers_in_an_area_the_one_that_plays_is_meant(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """While none plays, it is asked which."""
    salon = ar.async_get(hass).async_create("Salon")
    for player in (KITCHEN, BEDROOM):
        entity = er.async_get(hass).async_get(player)
        assert entity is not None
        assert entity.device_id is not None
        dr.async_get(hass).async_update_device(entity.device_id, area_id=salon.id)
    with pytest.raises(WhichPlayer) as caught:
        await async_act(hass, "set_sleep_timer", room="Salon", minutes=5)
    assert caught.value.translation_placeholders == {
        "name": "Salon",
        "players": "Bedroom, Kitchen",
    }
    sonos.press("Bedroom", "radio")
    await until(lambda: state_of(hass, BEDROOM).state == "playing")
    assert (await async_act(hass, "set_sleep_timer", room="Salon", minutes=5))[
        "rooms"
    ] == ["Bedroom"]
    await async_act(hass, "group_rooms", room="Living Room", others=[salon.id])
    assert len(sonos.speaker("Living Room").members) == 3


async def test_a_queue_is_read_in_parts(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """With places, titles and Spotify URIs; a member tells its coordinator's."""
    queue = titles(sonos, "Kitchen")
    await call(hass, "join", KITCHEN, group_members=[BEDROOM])
    await call(hass, "media_play", BEDROOM)
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    reported = await async_act(hass, "get_queue", room="bedroom", start=2, limit=2)
    assert reported["total"] == len(queue)
    assert reported["playing_position"] == 1
    assert [(one["position"], one["title"]) for one in reported["items"]] == [
        (2, queue[1]),
        (3, queue[2]),
    ]
    assert reported["items"][0]["artist"] == "Band 2"
    assert reported["speech"].endswith(f"Next come “{queue[1]}” and “{queue[2]}”.")


async def test_a_queue_of_hundreds_is_read(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """A speaker is asked for a hundred at a time."""
    queue = sonos.speaker("Kitchen").transport.queue
    queue.replace(queue.tracks[:1] * 250)
    reported = await async_act(hass, "get_queue", room="kitchen", limit=230)
    assert reported["total"] == 250
    assert [one["position"] for one in reported["items"]] == list(range(1, 231))


async def test_tracks_are_taken_out_of_a_queue(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """Several in a row; a place that is not there is told with the last one."""
    before = titles(sonos, "Kitchen")
    done = await async_act(
        hass, "remove_from_queue", room="kitchen", position=2, count=2
    )
    assert done["items"] == before[1:3]
    assert titles(sonos, "Kitchen") == before[:1] + before[3:]
    assert done["left"] == len(before) - 2
    with pytest.raises(NoSuchQueuePlace) as caught:
        await async_act(hass, "remove_from_queue", room="kitchen", position=len(before))
    words = caught.value.translation_placeholders
    assert words == {"room": "Kitchen", "last": str(len(before) - 2)}


@pytest.mark.parametrize(
    ("place", "count", "to"), [(1, 1, 3), (3, 1, 1), (1, 2, 2), (2, 2, 1), (2, 1, 2)]
)
async def test_tracks_are_moved_in_a_queue(
    hass: HomeAssistant,
    household: Household,
    sonos: SonosSimulator,
    place: int,
    count: int,
    to: int,
) -> None:
    """What is moved stands at the place that was asked for, afterwards."""
    before = titles(sonos, "Kitchen")
    moved = before[place - 1 : place - 1 + count]
    await async_act(hass, "move_in_queue", room="kitchen", position=place, count=count, to=to)  # fmt: skip
    after = titles(sonos, "Kitchen")
    assert after[to - 1 : to - 1 + count] == moved
    rest = [title for title in before if title not in moved]
    assert [title for title in after if title not in moved] == rest


async def test_tracks_are_not_moved_behind_the_end(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """And the queue stays as it is."""
    before = titles(sonos, "Kitchen")
    with pytest.raises(NoSuchQueuePlace) as caught:
        await async_act(hass, "move_in_queue", room="kitchen", position=1, count=2, to=len(before))  # fmt: skip
    assert caught.value.translation_placeholders == {
        "room": "Kitchen",
        "last": str(len(before) - 1),
    }
    assert titles(sonos, "Kitchen") == before


async def test_a_queue_is_cleared(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """Twice does no harm."""
    done = await async_act(hass, "clear_queue", room="kitchen")
    assert done["speech"] == "The queue of Kitchen is empty now."
    assert titles(sonos, "Kitchen") == []
    done = await async_act(hass, "clear_queue", room="kitchen")
    assert done["speech"] == "The queue of Kitchen was already empty."
    reported = await async_act(hass, "get_queue", room="kitchen")
    assert (reported["total"], reported["items"], reported["playing_position"]) == (
        0,
        [],
        None,
    )


async def test_a_sleep_timer_is_set_read_and_cleared(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """For the whole group, whichever of its rooms is named."""
    await call(hass, "join", KITCHEN, group_members=[BEDROOM])
    done = await async_act(hass, "set_sleep_timer", room="bedroom", minutes=45)
    assert done["rooms"] == ["Kitchen", "Bedroom"]
    assert done["speech"] == "Kitchen and Bedroom stop in 45 minutes."
    assert done["minutes_left"] == 45
    assert done["ends"] is not None
    assert sonos.speaker("Kitchen").transport.sleep_timer.left_s is not None
    done = await async_act(hass, "set_sleep_timer", room="kitchen", minutes=0)
    assert (done["ends"], done["minutes_left"]) == (None, 0)
    assert done["speech"] == "No sleep timer is set in Kitchen and Bedroom."


async def test_who_may_not_control_rooms_changes_nothing(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """Not even by asking."""
    user = MockUser(is_active=False).add_to_hass(hass)
    context = Context(user_id=user.id)
    before = titles(sonos, "Kitchen")
    for action in ("clear_queue", "get_queue"):
        with pytest.raises(Unauthorized):
            await async_act(hass, action, context, room="kitchen")
    assert titles(sonos, "Kitchen") == before
