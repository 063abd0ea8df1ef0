"""Query context of a caller: who they are, what is recorded, what plays."""

from collections.abc import Collection, Iterable, Iterator
from itertools import chain

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
)
from homeassistant.util import dt as dt_util

from ..access.policy import Caller
from ..access.visibility import hidden_listeners
from ..history.model import Listener, Play, Room
from ..history.records.recording_coverage import Recorded, Unrecorded
from ..history.time_ranges.local_clock import Clock
from ..listeners.linked_listeners import (
    account_entries,
    linked_listeners,
    listener_zones,
    listeners_of,
    visible_birthdays,
)
from ..listeners.listener_groups import visible_groups
from ..players.tracking_lifecycle import async_room_collectors
from ..questions.base.query_context import QueryContext
from ..questions.naming.listener_choice import birthdays_of
from ..settings.options import async_first_weekday
from ..spotify.tracking.collector import Collector
from ..tracking.merged_active_plays import together


@callback
def async_query_context(
    hass: HomeAssistant,
    caller: Caller,
    *,
    language: str | None = None,
    here: Room | None = None,
) -> QueryContext:
    """Return the circumstances in which a caller asks."""
    now = int(dt_util.utcnow().timestamp() * 1000)
    hidden = hidden_listeners(hass, caller.user_id)
    recorded, unrecorded = _recorded(hass, now, hidden)
    me = tuple(_visible(listeners_of(hass, caller), hidden))
    birthdays = visible_birthdays(hass, hidden)
    return QueryContext(
        clock=Clock(
            now,
            dt_util.get_default_time_zone(),
            async_first_weekday(hass),
            southern=hass.config.latitude < 0,
            birthdays=birthdays_of(me, birthdays),
        ),
        language=language or hass.config.language,
        me=me,
        here=here,
        listeners=tuple(_visible(linked_listeners(hass), hidden)),
        groups=visible_groups(hass, hidden),
        rooms=tuple(
            Room(area.id, area.name) for area in ar.async_get(hass).async_list_areas()
        ),
        under_way=tuple(
            play for play in active_plays(hass, now) if play.listener.key not in hidden
        ),
        zones=listener_zones(hass),
        birthdays=birthdays,
        recorded=recorded,
        unrecorded=unrecorded,
        hidden=hidden,
    )


def _visible(
    listeners: Iterable[Listener], hidden: Collection[str]
) -> Iterator[Listener]:
    """Yield the listeners whom the caller may see."""
    return (listener for listener in listeners if listener.key not in hidden)


def _collectors(hass: HomeAssistant) -> list[Collector]:
    """Return what collects the plays of the accounts that are loaded."""
    return [
        entry.runtime_data.collector
        for entry in account_entries(hass)
        if entry.state is ConfigEntryState.LOADED
    ]


def active_plays(hass: HomeAssistant, now: int) -> tuple[Play, ...]:
    """Return what accounts and rooms that are recorded are playing `now` (UTC ms) or have yet to store, each thing once."""
    plays: list[Play] = []
    for collector in _collectors(hass):
        plays += collector.active_plays(now)
    for rooms in async_room_collectors(hass):
        plays += rooms.under_way(now)
    return tuple(together(plays))


def _recorded(
    hass: HomeAssistant, now: int, hidden: Collection[str]
) -> tuple[tuple[Recorded, ...], tuple[Unrecorded, ...]]:
    """Return when accounts and rooms whom the caller may see were recorded until `now` (UTC ms) and when not, beyond what the history has."""
    accounts = [collector.recording(now) for collector in _collectors(hass)]
    accounts += [rooms.recording(now) for rooms in async_room_collectors(hass)]

    def seen[N: (Recorded, Unrecorded)](
        noted: Iterable[tuple[N, ...]],
    ) -> tuple[N, ...]:
        everything = chain.from_iterable(noted)
        return tuple(each for each in everything if each.listener.key not in hidden)

    return (
        seen(account.recorded for account in accounts),
        seen(account.unrecorded for account in accounts),
    )


@callback
def room_of(
    hass: HomeAssistant, satellite_id: str | None, device_id: str | None
) -> Room | None:
    """Return the room that a voice satellite (an entity) or a device stands in."""
    area_id = None
    if satellite_id and (entity := er.async_get(hass).async_get(satellite_id)):
        area_id, device_id = entity.area_id, entity.device_id or device_id
    if area_id is None and device_id:
        device = dr.async_get(hass).async_get(device_id)
        area_id = device.area_id if device else None
    if area_id is None or not (area := ar.async_get(hass).async_get_area(area_id)):
        return None
    return Room(area.id, area.name)
