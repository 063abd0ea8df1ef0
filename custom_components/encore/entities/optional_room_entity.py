"""Base of room entities that exist only on speakers with the feature."""

from collections.abc import Callable, Iterable
from typing import ClassVar, override

from homeassistant.core import callback
from homeassistant.helpers.entity import Entity, EntityDescription
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import slugify

from ..sonos.household import Household, SonosConfigEntry
from ..sonos.model import Zone
from .base_entities import SonosZoneEntity

type Told[T] = Callable[[Household, Zone], T | None]
"""From a zone to what an entity shows; None for what the speaker does not have or did not tell."""

type Offer = tuple[EntityDescription, Told[object], Callable[[Household, str], Entity]]
"""What an entity is, what it shows, and how it is made for the uid of a zone."""


@callback
def async_add_as_offered(
    entry: SonosConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    offers: Iterable[Offer],
) -> None:
    """Add to each room what it has, and what it turns out to have later."""
    household = entry.runtime_data
    awaited: dict[str, list[Offer]] = {}

    def add(_before: Zone | None, zone: Zone) -> None:
        waiting = awaited.setdefault(zone.uid, list(offers))
        there = [offer for offer in waiting if offer[1](household, zone) is not None]
        if there:
            awaited[zone.uid] = [offer for offer in waiting if offer not in there]
            async_add_entities([make(household, zone.uid) for _, _, make in there])

    for zone in list(household.zones.values()):
        add(None, zone)
    entry.async_on_unload(household.async_listen(add))


class RoomDetail[T](SonosZoneEntity):
    """One thing that a room tells."""

    domain: ClassVar[str]
    """Home Assistant's word for what kind of entity it is."""

    def __init__(
        self,
        household: Household,
        uid: str,
        description: EntityDescription,
        told: Told[T],
    ) -> None:
        """Take what the entity is, and what it shows."""
        super().__init__(household, uid)
        self.entity_description = description
        # Else it were `kitchen_kitchen_bass`: the device has the name of its area.
        self.entity_id = (
            f"{self.domain}.{slugify(f'{self.zone.name} {description.key}')}"
        )
        self._attr_unique_id = f"{uid}_{description.key}"
        self._told = told

    @property
    def told(self) -> T | None:
        """What it shows now."""
        return self._told(self.household, self.zone)

    @property
    @override
    def available(self) -> bool:
        """Whether the speaker is there, and still has it."""
        return super().available and self.told is not None

    @override
    def _is_news(self, before: Zone | None, after: Zone) -> bool:
        return after.uid == self.uid and (
            before is None
            or before.available != after.available
            or self._told(self.household, before) != self.told
        )
