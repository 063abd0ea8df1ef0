"""Base of room entities that exist only on speakers with the feature."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, override

from homeassistant.core import callback
from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import slugify

from ..sonos.household import Household, SonosConfigEntry
from ..sonos.model import Zone
from .base_entities import SonosZoneEntity

type Value[T] = Callable[[Household, Zone], T | None]
"""From a zone to the value of an entity; None for what the speaker does not have or did not report."""


@dataclass(frozen=True, kw_only=True)
class RoomDescription(EntityDescription):
    """What an entity of a room is, and what it shows."""

    value: Value[Any]


@callback
def async_add_as_offered(
    entry: SonosConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
    offers: Iterable[tuple[type[RoomDetail[Any]], RoomDescription]],
) -> None:
    """Add to each room the entities for what its speaker has, and for what it turns out to have later."""
    household = entry.runtime_data
    offered = list(offers)
    added: set[tuple[str, str]] = set()

    def add(_before: Zone | None, zone: Zone) -> None:
        new = [
            offer
            for offer in offered
            if (zone.uid, offer[1].key) not in added
            and offer[1].value(household, zone) is not None
        ]
        added.update((zone.uid, description.key) for _, description in new)
        if new:
            async_add_entities([made(household, zone.uid, what) for made, what in new])

    for zone in list(household.zones.values()):
        add(None, zone)
    entry.async_on_unload(household.async_listen(add))


class RoomDetail[T](SonosZoneEntity):
    """One value of a room."""

    domain: ClassVar[str]
    """Home Assistant's word for what kind of entity it is."""
    entity_description: RoomDescription

    def __init__(
        self, household: Household, uid: str, description: RoomDescription
    ) -> None:
        """Show what the description says."""
        super().__init__(household, uid)
        self.entity_description = description
        # Else it were `kitchen_kitchen_bass`: the device has the name of its area.
        self.entity_id = (
            f"{self.domain}.{slugify(f'{self.zone.name} {description.key}')}"
        )
        self._attr_unique_id = f"{uid}_{description.key}"

    @property
    def current(self) -> T | None:
        """What it shows now."""
        return self._value_of(self.zone)

    @property
    @override
    def available(self) -> bool:
        """Whether the speaker is there, and still has it."""
        return super().available and self.current is not None

    @override
    def _is_news(self, before: Zone | None, after: Zone) -> bool:
        return after.uid == self.uid and (
            before is None
            or before.available != after.available
            or self._value_of(before) != self.current
        )

    def _value_of(self, zone: Zone) -> T | None:
        value: T | None = self.entity_description.value(self.household, zone)
        return value
