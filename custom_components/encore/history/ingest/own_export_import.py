"""Imports plays of Encore's own export."""

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from functools import cache
from typing import Final

from sqlalchemy import Connection

from ..merge.field_resolution import TIMES_FROM
from ..model import HOUSEHOLD, Device, Listener, Observation, Room, Source
from .ingest import ALONE, DUPLICATE, FORGOTTEN, Ingest
from .play_with_sources import ExportedItem, ExportedObservation, ExportedPlay


def import_own_plays(
    connection: Connection,
    ingest: Ingest,
    listener: Listener,
    plays: Sequence[ExportedPlay],
) -> list[int]:
    """Store what sources said of a listener's plays, and return the fate of each play.

    That is DUPLICATE where all of it was known, FORGOTTEN where the rest is blocked, ALONE, or
    the best source that had the play. The names of rooms and devices do not change.
    """
    items = {item: None for play in plays for item in _items(play)}
    back = _Named(connection, ingest, listener)
    observations = [
        back.observation(one, one.item or play.item)
        for play in plays
        for one in play.observations
    ]
    taken = ingest.store(
        observations, [item.described for item in items], postpone=True
    )
    fates = []
    at = 0
    for play in plays:
        after = at + len(play.observations)
        known = 0
        for place in range(at, after):
            known |= taken.together[place]
        fates.append(_fate(play, taken.fates[at:after], known))
        at = after
    return fates


def _items(play: ExportedPlay) -> list[ExportedItem]:
    return [play.item, *(one.item for one in play.observations if one.item)]


def _fate(play: ExportedPlay, fates: Sequence[int], together: int) -> int:
    """Return the fate of a play whose observations met these, `together` with sources as bits."""
    new = 0
    for one, fate in zip(play.observations, fates, strict=True):
        if fate not in {DUPLICATE, FORGOTTEN}:
            new |= 1 << Source[one.source.upper()]
    if not new:
        return FORGOTTEN if FORGOTTEN in fates else DUPLICATE
    before = together & ~new
    return next((int(s) for s in TIMES_FROM if before & 1 << s), ALONE)


_SAID_ALIKE: Final = (
    {field.name for field in fields(Observation)}
    & {*ExportedObservation.__struct_fields__}
) - {"source", "item", "device", "rooms", "volumes"}
"""What an export says of an observation in the same words."""


class _Named:
    """Turns the exported observations of a listener into observations again."""

    def __init__(
        self, connection: Connection, ingest: Ingest, listener: Listener
    ) -> None:
        """Give unnamed ears, rooms and devices the names that the store has for them."""
        self._registers = ingest.registers
        self._listener = listener
        self._household = self._registers.listeners.named(
            Listener(HOUSEHOLD, "Household")
        )
        rooms, devices = self._registers.rooms, self._registers.devices
        self._room: Callable[[Room], Room] = cache(rooms.named)
        self._device: Callable[[Device], Device] = cache(devices.named)

    def observation(self, one: ExportedObservation, item: ExportedItem) -> Observation:
        """Return an observation of an item."""
        return Observation(
            source=Source[one.source.upper()],
            listener=self._household if one.household else self._listener,
            item=item.item,
            device=None if one.device is None else self._device(one.device),
            rooms=tuple(
                replace(span, room=self._room(span.room)) for span in one.rooms
            ),
            offline_timestamp=one.offline_at,
            volumes=tuple(
                replace(each, room=self._room(each.room)) for each in one.volumes
            ),
            **{name: getattr(one, name) for name in _SAID_ALIKE},
        )
