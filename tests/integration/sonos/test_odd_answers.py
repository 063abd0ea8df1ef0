"""What the network may send, and no speaker of the books does: it is read or refused, and freezes no room."""

from functools import partial
from typing import Any

import pytest

from custom_components.encore.sonos.household import Household
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from simulator.sonos import SonosSimulator

from .conftest import BEDROOM, KITCHEN, PLACES, AddHousehold, call, state_of, until


@pytest.fixture(autouse=True)
def no_tracebacks(caplog: pytest.LogCaptureFixture) -> Any:
    """Find no error and no traceback in the log of what a test did."""
    yield
    for record in caplog.get_records("call"):
        assert record.exc_info is None or record.levelname == "DEBUG", record.message
        # SoCo says itself what it cannot parse, in one line.
        assert record.levelname != "ERROR" or record.name == "soco.services"


def has_volume(hass: HomeAssistant, entity_id: str, level: float) -> bool:
    """Whether a room shows a volume."""
    return state_of(hass, entity_id).attributes.get("volume_level") == level


@pytest.mark.parametrize("elapsed", ["0:00:inf", "0:00:nan", "-1:00:00", "soon"])
async def test_a_position_that_is_none_freezes_no_room(
    impatient: None,
    hass: HomeAssistant,
    household: Household,
    sonos: SonosSimulator,
    elapsed: str,
) -> None:
    """The room goes on, asked or told, and its entry can be set up again."""
    oddly = {"action": "GetPositionInfo", "name": "RelTime", "value": elapsed}
    sonos.press("Kitchen", "answer_oddly", **oddly)
    sonos.press("Kitchen", "play")
    await until(lambda: state_of(hass, KITCHEN).state == "playing")
    await until(lambda: "media_position" not in state_of(hass, KITCHEN).attributes)
    sonos.press("Kitchen", "mute_events")
    sonos.press("Kitchen", "volume", volume=77)
    await until(partial(has_volume, hass, KITCHEN, 0.77))
    assert await hass.config_entries.async_reload(household.entry.entry_id)
    await until(lambda: state_of(hass, KITCHEN).state == "playing")


async def test_comments_in_an_event_are_no_variables(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """XML has them anywhere, and instructions too."""
    sonos.press("Kitchen", "comment_events")
    sonos.press("Kitchen", "volume", volume=71)
    await until(partial(has_volume, hass, KITCHEN, 0.71))
    sonos.press("Kitchen", "play")
    await until(
        lambda: state_of(hass, KITCHEN).attributes.get("media_title") == "Song 1"
    )


async def test_html_instead_of_an_answer_is_a_speaker_that_is_away(
    impatient: None, hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """With HTTP 500, which SoCo takes for an error of UPnP; it is back as soon as it answers."""
    sonos.press("Kitchen", "answer_html")
    await until(lambda: state_of(hass, KITCHEN).state == "unavailable")
    assert state_of(hass, BEDROOM).state == "idle"
    sonos.press("Kitchen", "answer_html", on=False)
    await until(lambda: state_of(hass, KITCHEN).state == "idle")


async def test_a_speaker_is_reached_where_its_location_says(
    impatient: None,
    dns: dict[str, str],
    hass: HomeAssistant,
    household: Household,
    sonos: SonosSimulator,
) -> None:
    """That is an address of IPv6, or a name; a name that nobody knows is a speaker that is away."""
    sonos.press("Kitchen", "locate", host="sonos-kitchen.invalid")
    await until(lambda: state_of(hass, KITCHEN).state == "unavailable")
    sonos.press("Bedroom", "volume", volume=41)
    await until(partial(has_volume, hass, BEDROOM, 0.41))
    sonos.press("Kitchen", "locate", host=f"[::ffff:{PLACES[0].address}]")
    await until(lambda: state_of(hass, KITCHEN).state == "idle")
    await call(hass, "volume_set", KITCHEN, volume_level=0.37)
    await until(partial(has_volume, hass, KITCHEN, 0.37))


async def test_half_a_character_in_a_title_leaves_the_rest(
    hass: HomeAssistant, household: Household, sonos: SonosSimulator
) -> None:
    """XML has no lone surrogates: what has one is not read, and the room plays on."""
    metadata = '<DIDL-Lite xmlns="urn:schemas-upnp-org:metadata-1-0/DIDL-Lite/"><item>&#55357;</item></DIDL-Lite>'
    for action, name in (
        ("GetPositionInfo", "TrackMetaData"),
        ("GetMediaInfo", "CurrentURIMetaData"),
    ):
        sonos.press("Kitchen", "answer_oddly", action=action, name=name, value=metadata)
    kitchen = household._speakers[sonos.speaker("Kitchen").uid]
    sonos.press("Kitchen", "play")
    await kitchen.state.async_read()
    await until(lambda: state_of(hass, KITCHEN).state == "playing")


async def test_numbers_beyond_sense_are_none(
    impatient: None,
    add_household: AddHousehold,
    hass: HomeAssistant,
    sonos: SonosSimulator,
) -> None:
    """A volume of 4 billion percent is none, and no row of the history."""
    for room in ("Kitchen", "Bedroom", "Living Room"):
        sonos.press(room, "mute_events")
    oddly = {"action": "GetVolume", "name": "CurrentVolume", "value": 4294967295}
    sonos.press("Kitchen", "answer_oddly", **oddly)
    entry = await add_household()
    assert entry.state is ConfigEntryState.LOADED
    assert "volume_level" not in state_of(hass, KITCHEN).attributes
    await hass.config_entries.async_unload(entry.entry_id)
