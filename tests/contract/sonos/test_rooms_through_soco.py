"""Rooms of several speakers, several households, and speakers that go, come and move, as SoCo sees them."""

import pytest
import requests
from soco import SoCo
from soco.exceptions import NotSupportedException, SoCoUPnPException

from simulator.sonos import SonosSimulator, SpeakerPlace

from .conftest import HERE, NEXT_DOOR, SPARE_ADDRESS, forget_speakers, reported

LIVING_ROOM, REAR_LEFT, REAR_RIGHT, SUB = (f"{HERE}.{n}" for n in (13, 14, 15, 16))
STUDY, STUDY_RIGHT, BATH = (f"{HERE}.{n}" for n in (17, 18, 19))


async def rooms(zone: SoCo) -> set[str]:
    """Return the names of all visible zones, asked for anew."""

    def names() -> set[str]:
        zone.zone_group_state.clear_cache()
        return {one.player_name for one in zone.visible_zones}

    return await reported(names)


async def test_a_room_of_several_speakers_is_one_visible_zone(
    big_sonos: SonosSimulator,
) -> None:
    """Nine speakers are five rooms; the others of a pair and of a soundbar are hidden."""
    kitchen = SoCo(f"{HERE}.11")
    assert len(await reported(lambda: kitchen.all_zones)) == 9
    assert len(await reported(lambda: kitchen.visible_zones)) == 5
    assert await rooms(kitchen) == {
        "Kitchen",
        "Bedroom",
        "Living Room",
        "Study",
        "Bath",
    }


async def test_a_soundbar_has_satellites_with_channels(
    big_sonos: SonosSimulator,
) -> None:
    """SoCo tells soundbar, rears and sub apart, and their group is one room."""
    bar = SoCo(LIVING_ROOM)

    def seen() -> tuple[object, ...]:
        return (
            bar.has_satellites,
            bar.has_subwoofer,
            bar.channel,
            SoCo(REAR_LEFT).channel,
            SoCo(REAR_RIGHT).channel,
            SoCo(SUB).is_subwoofer,
            SoCo(REAR_LEFT).is_satellite,
            SoCo(REAR_LEFT).is_visible,
            bar.group.coordinator is bar,
            len(bar.group.members),
        )

    assert await reported(seen) == (
        *(True, True, "LF,RF", "LR", "RR"),
        *(True, True, False, True, 4),
    )


async def test_a_stereo_pair_is_one_room_and_goes_where_its_left_goes(
    big_sonos: SonosSimulator,
) -> None:
    """The right one is hidden, never leads, joins with the left and sounds like it."""
    left, right, kitchen = SoCo(STUDY), SoCo(STUDY_RIGHT), SoCo(f"{HERE}.11")

    def seen() -> tuple[object, ...]:
        return left.channel, right.channel, right.is_visible, right.is_coordinator

    assert await reported(seen) == ("LF", "RF", False, False)
    await reported(left.join, kitchen)
    group = await reported(lambda: kitchen.group)
    assert {left, right} < group.members
    assert group.coordinator is kitchen
    await reported(setattr, left, "volume", 33)
    assert await reported(lambda: right.volume) == 33
    with pytest.raises(SoCoUPnPException) as refused:
        await reported(right.unjoin)
    assert refused.value.error_code == "800"


async def test_pairs_are_made_and_separated(big_sonos: SonosSimulator) -> None:
    """Two rooms become one and two again; who is paired can't be paired once more."""
    kitchen, bedroom = SoCo(f"{HERE}.11"), SoCo(f"{HERE}.12")
    await reported(kitchen.create_stereo_pair, bedroom)
    assert await rooms(kitchen) == {"Kitchen", "Living Room", "Study", "Bath"}
    with pytest.raises(SoCoUPnPException):
        await reported(kitchen.create_stereo_pair, bedroom)
    await reported(bedroom.separate_stereo_pair)
    assert "Bedroom" in await rooms(kitchen)
    await reported(SoCo(LIVING_ROOM).separate_satellite_speakers)
    assert len(await rooms(kitchen)) == 5  # the rears are called like the soundbar
    assert len(await reported(lambda: kitchen.visible_zones)) == 8


async def test_a_battery_is_reported_by_speakers_that_have_one(
    big_sonos: SonosSimulator,
) -> None:
    """The Roam says how full it is; others say nothing."""
    battery = big_sonos.at(BATH).battery
    assert battery is not None
    battery.level, battery.power_source = 41, "BATTERY"
    assert await reported(SoCo(BATH).get_battery_info) == {
        "Health": "GREEN",
        "Level": 41,
        "Temperature": "NORMAL",
        "PowerSource": "BATTERY",
    }
    with pytest.raises(NotSupportedException):
        await reported(SoCo(STUDY).get_battery_info)


async def test_households_do_not_mix(
    big_sonos: SonosSimulator, other_sonos: SonosSimulator
) -> None:
    """Each speaker knows its own household only, and refuses to join a speaker of another."""
    mine, theirs = SoCo(f"{HERE}.11"), SoCo(f"{NEXT_DOOR}.11")
    assert await reported(lambda: mine.household_id) != await reported(
        lambda: theirs.household_id
    )
    assert await reported(lambda: mine.all_zones.isdisjoint(theirs.all_zones))
    with pytest.raises(SoCoUPnPException) as refused:
        await reported(mine.join, theirs)
    assert refused.value.error_code == "714"
    assert await reported(lambda: mine.group.members) == {mine}


async def test_a_vanished_coordinator_leaves_its_group_silent(
    big_sonos: SonosSimulator,
) -> None:
    """The next member leads a group that has stopped; the lost one is among the vanished, then back alone."""
    kitchen, bedroom, bath = (SoCo(f"{HERE}.{number}") for number in (11, 12, 19))
    for member in (bedroom, bath):
        await reported(member.join, kitchen)
    await reported(kitchen.play)
    big_sonos.household.clock.advance(1_000)
    lost = big_sonos.speaker("Kitchen")
    boots = lost.boot_sequence
    lost.vanish()
    assert "Kitchen" not in await rooms(bedroom)
    group = await reported(lambda: bedroom.group)
    assert (group.coordinator, group.members) == (bedroom, {bedroom, bath})
    state = await reported(bedroom.get_current_transport_info)
    assert state["current_transport_state"] == "STOPPED"
    document = await reported(bedroom.zoneGroupTopology.GetZoneGroupState)
    assert (
        f'<Device UUID="{lost.uid}" ZoneName="Kitchen" Reason="powered off"/>'
        in document["ZoneGroupState"]
    )
    with pytest.raises(requests.ConnectionError):
        await reported(lambda: kitchen.volume)
    lost.appear()
    assert "Kitchen" in await rooms(bedroom)
    assert await reported(lambda: kitchen.boot_seqnum) == boots + 1


async def test_a_silent_speaker_lets_a_caller_wait(big_sonos: SonosSimulator) -> None:
    """Its connections are taken, and nothing comes: the caller's own time limit ends the call."""
    speaker = big_sonos.speaker("Kitchen")
    speaker.faults.is_silent = speaker.faults.is_away = True
    with pytest.raises(requests.Timeout):
        await reported(
            lambda: SoCo(f"{HERE}.11").renderingControl.GetVolume(
                [("InstanceID", 0), ("Channel", "Master")], timeout=0.2
            )
        )


async def test_a_speaker_moves_to_another_address(big_sonos: SonosSimulator) -> None:
    """The others tell where it is now, it is still itself, and its old address is dead."""
    kitchen, bedroom = SoCo(f"{HERE}.11"), SoCo(f"{HERE}.12")
    uid = await reported(lambda: kitchen.uid)
    await big_sonos.move(big_sonos.speaker("Kitchen"), SPARE_ADDRESS)
    with pytest.raises(requests.ConnectionError):
        await reported(lambda: kitchen.volume)
    forget_speakers()
    zones = await reported(lambda: SoCo(f"{HERE}.12").visible_zones)
    assert {zone.uid: zone.ip_address for zone in zones}[uid] == SPARE_ADDRESS
    assert await reported(lambda: SoCo(SPARE_ADDRESS).volume) == 20
    assert bedroom.ip_address == f"{HERE}.12"


async def test_a_new_speaker_is_a_new_zone(big_sonos: SonosSimulator) -> None:
    """What is plugged in while the household runs is part of it."""
    kitchen = SoCo(f"{HERE}.11")
    before = await rooms(kitchen)
    await big_sonos.plug_in(SpeakerPlace("Attic", SPARE_ADDRESS))
    assert await rooms(kitchen) == before | {"Attic"}


async def test_the_old_topology_is_reported_for_a_while(
    big_sonos: SonosSimulator,
) -> None:
    """After a join, speakers may go on telling the groups of before."""
    household = big_sonos.household
    household.topology_delay_ms = 60_000
    kitchen, bedroom = SoCo(f"{HERE}.11"), SoCo(f"{HERE}.12")
    await reported(bedroom.join, kitchen)
    assert await reported(lambda: bedroom.group.coordinator) is bedroom
    household.clock.advance(60_000)
    await rooms(bedroom)
    assert await reported(lambda: bedroom.group.coordinator) is kitchen
