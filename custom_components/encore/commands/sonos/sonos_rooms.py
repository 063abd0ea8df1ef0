"""Finds Sonos rooms by area, name, or media player."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Final

from homeassistant.components.media_player.const import DOMAIN as MEDIA_PLAYER_DOMAIN
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er

from ...const import DOMAIN, KIND_SONOS
from ...dispatch.request_context import RequestContext
from ...history.model import Room
from ...players.player_rooms import async_room_of_speaker
from ...questions.base.parameters import Described, Form, Parameters
from ...questions.base.scope import HERE
from ...runtime.named_storage import HOUSEHOLD, NamedStorage, Stored
from ...settings.history_entry import entries_of
from ...sonos.errors import OtherHousehold
from ...sonos.household import Household
from ...sonos.model import Zone
from ..errors import (
    CommandError,
    HouseholdAway,
    NoHousehold,
    NoSonosRoom,
    WhichPlayer,
    listed,
)
from ..exposure import is_exposed
from ..playback.playback_targets import area_meant

ROOM: Final = Described(
    Form.DEVICE,
    "The Sonos room: an area, a speaker, its entity, or here for the room of the voice assistant.",
    "kitchen",
)
ROOMS: Final = Described(
    Form.ROOM, "The Sonos rooms: areas, speakers or their entities.", "kitchen"
)


class RoomParameters(Parameters):
    """Which room."""

    room: Annotated[str, ROOM]


@dataclass(frozen=True, slots=True)
class SonosRoom:
    """A room of a Sonos household, and where it is in the home."""

    household: Household
    zone: Zone
    entity_id: str | None
    place: Room

    @property
    def name(self) -> str:
        """What Sonos calls it."""
        return self.zone.name

    def is_called(self, text: str) -> bool:
        """Whether a text, casefolded, is its name, its uid or its player."""
        zone = self.zone
        return text in {zone.name.casefold(), zone.uid.casefold(), self.entity_id}


@callback
def async_households(hass: HomeAssistant) -> list[Household]:
    """Return the Sonos households that are connected."""
    return [
        entry.runtime_data
        for entry in entries_of(hass, KIND_SONOS)
        if entry.state is ConfigEntryState.LOADED
    ]


@callback
def async_sonos_rooms(hass: HomeAssistant) -> list[SonosRoom]:
    """Return all rooms of all households. Raises NoHousehold."""
    households = async_households(hass)
    if not households:
        raise NoHousehold
    registry = er.async_get(hass)
    found = []
    for household in households:
        for zone in household.zones.values():
            entity_id = registry.async_get_entity_id(
                MEDIA_PLAYER_DOMAIN, DOMAIN, zone.uid
            )
            place = async_room_of_speaker(hass, entity_id, zone.uid, zone.name)
            found.append(SonosRoom(household, zone, entity_id, place))
    return found


@callback
def exposed_rooms(context: RequestContext) -> list[SonosRoom]:
    """Return the rooms that the caller's interface may control. Raises NoHousehold."""
    return [
        each
        for each in async_sonos_rooms(context.hass)
        if is_exposed(context, each.entity_id)
    ]


def room_of(context: RequestContext, named: str) -> SonosRoom:
    """Return the room of a name. Raises NoHousehold, NoSonosRoom, UnknownHere and WhichPlayer.

    Of an area with several speakers it is the one that plays, or any where they play together.
    """
    found = _called(context, named)
    playing = [each for each in found if each.zone.is_playing]
    for likely in (found, playing):
        if len(likely) == 1 or len({each.zone.members for each in likely}) == 1:
            return likely[0]
    raise WhichPlayer(name=named, players=listed({each.name for each in found}))


def rooms_of(context: RequestContext, names: Iterable[str]) -> list[SonosRoom]:
    """Return the rooms of several names, in their order and each once; of an area all that are in it. Raises as `room_of`."""
    found: dict[str, SonosRoom] = {}
    for named in names:
        for room in _called(context, named):
            found.setdefault(room.zone.uid, room)
    return list(found.values())


def of_one_household(rooms: Sequence[SonosRoom]) -> Household:
    """Return the household of rooms. Raises OtherHousehold where it is not the same for all."""
    household = rooms[0].household
    for room in rooms:
        if room.household is not household:
            raise OtherHousehold(entity=room.entity_id or room.name)
    return household


def names_of(household: Household, uids: Iterable[str]) -> list[str]:
    """Return what Sonos calls rooms, by their uids."""
    return [household.zones[uid].name for uid in uids if uid in household.zones]


def household_of(hass: HomeAssistant, stored: Stored) -> Household:
    """Return the household of a preset or snapshot. Raises HouseholdAway."""
    for household in async_households(hass):
        if household.id == stored[HOUSEHOLD]:
            return household
    raise HouseholdAway(name=stored["name"])


async def async_known(
    storage: NamedStorage, name: str, unknown: type[CommandError]
) -> Stored:
    """Return the preset or snapshot of a name. Raises `unknown`, which names those that there are."""
    if (stored := await storage.async_named(name)) is not None:
        return stored
    known = sorted(one["name"] for one in (await storage.async_all()).values())
    raise unknown(name=name, known=", ".join(known) or "–")


def _called(context: RequestContext, named: str) -> list[SonosRoom]:
    rooms = exposed_rooms(context)
    wanted = named.casefold()
    if wanted != HERE and (there := [one for one in rooms if one.is_called(wanted)]):
        return there
    area = area_meant(context, named)
    there = [each for each in rooms if area and each.place.key == area.key]
    if not there:
        raise NoSonosRoom(
            name=area.name if area else named, rooms=listed({r.name for r in rooms})
        )
    return there
