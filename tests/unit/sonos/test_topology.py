"""Who is in a household, read from the ZoneGroupState that speakers send."""

import pytest

from custom_components.encore.sonos.topology import read_topology
from custom_components.encore.sonos.xml_reading import Unreadable


def member(uid: str, name: str, more: str = "", inside: str = "") -> str:
    """Return a speaker as it stands in a group."""
    return (
        f'<ZoneGroupMember UUID="{uid}" Location="http://192.168.1.{uid[-2:]}:1400/xml/device_description.xml" '
        f'ZoneName="{name}" BootSeq="7" {more}>{inside}</ZoneGroupMember>'
    )


def household(*groups: str) -> str:
    """Return the document of a household."""
    return (
        f"<ZoneGroupState><ZoneGroups>{''.join(groups)}</ZoneGroups>"
        f"<VanishedDevices></VanishedDevices></ZoneGroupState>"
    )


def group(coordinator: str, *members: str) -> str:
    """Return a group."""
    return f'<ZoneGroup Coordinator="{coordinator}" ID="{coordinator}:1">{"".join(members)}</ZoneGroup>'


def test_the_coordinator_is_the_first_of_its_group() -> None:
    """Wherever it stands in the document."""
    text = household(group("R22", member("R11", "Kitchen"), member("R22", "Bath")))
    topology = read_topology(text)
    assert topology.group_of("R11") == ("R22", "R11")
    assert topology.coordinator_of("R11") == "R22"


def test_two_speakers_tell_the_same_household_in_different_orders() -> None:
    """So that what the second says is no news."""
    kitchen, bath = (
        group("R11", member("R11", "Kitchen")),
        group("R22", member("R22", "Bath"), member("R33", "Hall")),
    )
    turned = group("R22", member("R33", "Hall"), member("R22", "Bath"))
    assert read_topology(household(kitchen, bath)) == read_topology(
        household(turned, kitchen)
    )


def test_a_stereo_pair_is_one_room() -> None:
    """Both halves carry the channel map; the right one is invisible."""
    channels = 'ChannelMapSet="R11:LF,LF;R12:RF,RF"'
    topology = read_topology(
        household(
            group(
                "R11",
                member("R11", "Study", channels),
                member("R12", "Study", f'{channels} Invisible="1"'),
            )
        )
    )
    assert [zone.uid for zone in topology.zones] == ["R11"]
    assert topology.group_of("R11") == ("R11",)
    assert topology.hidden == {"R11": ("R12",)}


def test_a_home_theatre_is_one_room() -> None:
    """Satellites stand inside the soundbar."""
    satellites = "".join(
        f'<Satellite UUID="{uid}" Location="http://192.168.1.9:1400/x" ZoneName="Den" BootSeq="3" Invisible="1"/>'
        for uid in ("R21", "R22")
    )
    topology = read_topology(
        household(group("R20", member("R20", "Den", inside=satellites)))
    )
    assert [zone.uid for zone in topology.zones] == ["R20"]
    assert topology.hidden == {"R20": ("R21", "R22")}
    assert set(topology.members) == {"R20", "R21", "R22"}


def test_a_bridge_is_no_room() -> None:
    """It plays nothing."""
    bridge = member("R31", "BRIDGE", 'IsZoneBridge="1"')
    topology = read_topology(household(group("R31", bridge)))
    assert not list(topology.zones)
    assert not topology.groups


def test_old_firmware_has_no_zone_groups_element() -> None:
    """Before 10.1."""
    text = f"<ZoneGroups>{group('R11', member('R11', 'Kitchen'))}</ZoneGroups>"
    assert [zone.name for zone in read_topology(text).zones] == ["Kitchen"]


@pytest.mark.parametrize(
    "text",
    ["", "no xml", '<a><ZoneGroup Coordinator="R1"><ZoneGroupMember/></ZoneGroup></a>'],
)
def test_nonsense_is_unreadable(text: str) -> None:
    """And is told as such."""
    with pytest.raises(Unreadable):
        read_topology(text)
