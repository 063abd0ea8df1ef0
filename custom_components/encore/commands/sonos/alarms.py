"""The commands that list, create, update and delete Sonos alarms."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from typing import Annotated, Final, Self, override

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er

from ...access.policy import AccessLevel
from ...const import DOMAIN
from ...dispatch.command import Command, ReadCommand, Result, SupervisedCommand
from ...dispatch.request_context import RequestContext
from ...history.time_ranges.ranges import WEEKDAYS
from ...questions.base.operation import NO_ACTION
from ...questions.base.parameters import Described, Form, Parameters
from ...sonos.errors import OtherHousehold, UnknownSonosSource
from ...sonos.household import Household
from ...sonos.playback.alarms import CHIME, EVERY_DAY, Alarm
from ..errors import BadDays, BadTime, NoHousehold, UnknownAlarm, WhichAlarm
from .sonos_rooms import ROOMS, RoomParameters, async_households, room_of, rooms_of

_DAYS: Final[Mapping[str, frozenset[int]]] = {
    "once": frozenset(),
    "daily": EVERY_DAY,
    "weekdays": frozenset(range(5)),
    "weekends": frozenset({5, 6}),
}
LONGEST_MINUTES: Final = 1439

ALARM: Final = Described(
    Form.TEXT,
    "The alarm's switch, or the alarm ID that the switch has as an attribute.",
    "switch.bedroom_alarm_3",
)
AT: Final = Described(Form.TEXT, "The time, by the clock of the Sonos system.", "06:45")
DAYS: Final = Described(
    Form.TEXT,
    "The days: once, daily, weekdays, weekends, or names such as monday, thursday. Default for a new alarm: once.",
    "weekdays",
)
VOLUME: Final = Described(
    Form.COUNT,
    "The volume in percent. Default for a new alarm: 20.",
    15,
    most=100,
    least=0,
)
MINUTES: Final = Described(
    Form.COUNT,
    "The maximum duration in minutes. Default for a new alarm: 60.",
    60,
    most=LONGEST_MINUTES,
    title="Duration",
)
PLAYS: Final = Described(
    Form.TEXT,
    "What to play: the title of a favorite in the Sonos app, or chime. Default for a new alarm: chime.",
    "Harbour FM",
)
GROUPED: Final = Described(
    Form.FLAG,
    "Rings in all rooms of the group.",
    example=True,
    is_rare=True,
    title="Include grouped rooms",
)
ENABLED: Final = Described(Form.FLAG, "Turns the alarm on or off.", example=False)
OTHER_ROOM: Final = Described(
    Form.DEVICE,
    "The new Sonos room of the alarm: an area, a speaker or its entity.",
    "bedroom",
)
SOME_ROOMS: Final = replace(
    ROOMS, description="Only alarms in these Sonos rooms. Default: all."
)


class AlarmsParameters(Parameters):
    """Of which rooms."""

    rooms: Annotated[tuple[str, ...] | None, SOME_ROOMS] = None


class CreateAlarmParameters(RoomParameters):
    """Where and when it rings, how loud, and what."""

    at: Annotated[str, AT]
    days: Annotated[str, DAYS] = "once"
    volume: Annotated[int, VOLUME] = 20
    minutes: Annotated[int, MINUTES] = 60
    plays: Annotated[str | None, PLAYS] = None
    grouped: Annotated[bool, GROUPED] = False
    enabled: Annotated[bool, ENABLED] = True


class AlarmParameters(Parameters):
    """Which alarm."""

    alarm: Annotated[str, ALARM]


class ChangeAlarmParameters(AlarmParameters):
    """Which alarm, and what of it; what is left out stays."""

    room: Annotated[str | None, OTHER_ROOM] = None
    at: Annotated[str | None, AT] = None
    days: Annotated[str | None, DAYS] = None
    volume: Annotated[int | None, VOLUME] = None
    minutes: Annotated[int | None, MINUTES] = None
    plays: Annotated[str | None, PLAYS] = None
    grouped: Annotated[bool | None, GROUPED] = None
    enabled: Annotated[bool | None, ENABLED] = None


class Recurrence(str):
    """How often something rings, as it is asked for."""

    __slots__ = ("days",)

    days: tuple[int, ...]
    """On which days of the week; Monday is 0."""

    @classmethod
    def of(cls, days: frozenset[int]) -> Self:
        """Return the recurrence on days of the week."""
        in_order = tuple(sorted(days))
        named = next((name for name, each in _DAYS.items() if each == days), None)
        found = cls(named or ", ".join(WEEKDAYS[day] for day in in_order))
        found.days = in_order
        return found

    @property
    def names(self) -> list[str]:
        """On which days of the week, in English."""
        return [WEEKDAYS[day] for day in self.days]


class AlarmResult(Result, kw_only=True):
    """An alarm, as it is now or was until it was removed."""

    alarm: str
    """Its id."""
    room: str
    time: str
    """Such as 06:45."""
    days: Recurrence
    enabled: bool
    volume: int
    minutes: int | None
    media: str | None
    grouped: bool

    @classmethod
    def of(cls, room: str, alarm: Alarm) -> Self:
        """Return an alarm in a room of a name."""
        return cls(
            alarm=alarm.id,
            room=room,
            time=f"{alarm.at:%H:%M}",
            days=Recurrence.of(alarm.days),
            enabled=alarm.enabled,
            volume=alarm.volume,
            minutes=alarm.minutes,
            media=alarm.title,
            grouped=alarm.grouped,
        )


class AlarmsResult(Result):
    """Alarms, the earliest of a day first."""

    alarms: tuple[AlarmResult, ...]

    @property
    def on(self) -> list[AlarmResult]:
        """Those that ring."""
        return [each for each in self.alarms if each.enabled]


class Alarms(ReadCommand[AlarmsParameters, AlarmsResult]):
    """What rings when."""

    action = "get_alarms"
    description = "Returns the Sonos alarms: room, time, volume and what they play."
    interfaces = NO_ACTION
    stays_home = True

    @override
    async def async_run(
        self, asked: AlarmsParameters, context: RequestContext
    ) -> AlarmsResult:
        rooms = asked.rooms and rooms_of(context, asked.rooms)
        wanted = {room.zone.uid for room in rooms} if rooms else None
        found = []
        for household in _households(context):
            await household.alarms.async_read()
            found += [
                (alarm.at, _result(context.hass, household, alarm))
                for alarm in household.alarms.known.values()
                if wanted is None or alarm.uid in wanted
            ]
        return AlarmsResult(
            tuple(result for _, result in sorted(found, key=lambda each: each[0]))
        )


class CreateAlarm(SupervisedCommand[CreateAlarmParameters, AlarmResult]):
    """Something to wake up to."""

    description = "Adds an alarm to a Sonos room."
    adds = True
    stays_home = True

    @override
    async def async_run(
        self, asked: CreateAlarmParameters, context: RequestContext
    ) -> AlarmResult:
        room = room_of(context, asked.room)
        uri, metadata = _program(room.household, asked.plays)
        alarm = Alarm(
            id="",
            uid=room.zone.uid,
            at=_time(asked.at),
            days=_days(asked.days),
            enabled=asked.enabled,
            volume=asked.volume,
            minutes=asked.minutes,
            uri=uri,
            metadata=metadata,
            grouped=asked.grouped,
        )
        made = await room.household.alarms.async_create(alarm)
        return _result(context.hass, room.household, made)


class ChangeAlarm(SupervisedCommand[ChangeAlarmParameters, AlarmResult]):
    """Another time, another day."""

    action = "update_alarm"
    description = "Changes a Sonos alarm: room, time, days, volume, duration, media, or whether it is on."
    repeatable = True
    stays_home = True

    @override
    async def async_run(
        self, asked: ChangeAlarmParameters, context: RequestContext
    ) -> AlarmResult:
        household, alarm = await _async_alarm(context, asked.alarm)
        changed = replace(
            alarm,
            at=alarm.at if asked.at is None else _time(asked.at),
            days=alarm.days if asked.days is None else _days(asked.days),
            volume=alarm.volume if asked.volume is None else asked.volume,
            minutes=alarm.minutes if asked.minutes is None else asked.minutes,
            grouped=alarm.grouped if asked.grouped is None else asked.grouped,
            enabled=alarm.enabled if asked.enabled is None else asked.enabled,
        )
        if asked.plays is not None:
            uri, metadata = _program(household, asked.plays)
            changed = replace(changed, uri=uri, metadata=metadata)
        if asked.room is not None:
            room = room_of(context, asked.room)
            if room.household is not household:
                raise OtherHousehold(entity=room.entity_id or room.name)
            changed = replace(changed, uid=room.zone.uid)
        await household.alarms.async_change(changed)
        return _result(context.hass, household, changed)


class RemoveAlarm(Command[AlarmParameters, AlarmResult]):
    """An alarm less."""

    action = "delete_alarm"
    description = "Deletes a Sonos alarm. To keep it, turn off its switch instead."
    access_level = AccessLevel.AUTONOMOUS
    repeatable = True
    stays_home = True

    @override
    async def async_run(
        self, asked: AlarmParameters, context: RequestContext
    ) -> AlarmResult:
        household, alarm = await _async_alarm(context, asked.alarm)
        await household.alarms.async_remove(alarm)
        return _result(context.hass, household, alarm)


def _households(context: RequestContext) -> list[Household]:
    """Return the households. Raises NoHousehold."""
    if not (households := async_households(context.hass)):
        raise NoHousehold
    return households


async def _async_alarm(context: RequestContext, named: str) -> tuple[Household, Alarm]:
    """Return the alarm of an id or a switch. Raises UnknownAlarm, WhichAlarm, NoHousehold and SonosError."""
    hass, households = context.hass, _households(context)
    wanted = named
    if (switch := er.async_get(hass).async_get(named.lower())) is not None:
        of = switch.config_entry_id
        if its := [each for each in households if each.entry.entry_id == of]:
            # Each household counts its alarms from 1.
            households, wanted = its, switch.unique_id.rpartition("_")[2]
    for household in households:
        await household.alarms.async_read()
    there = [
        (household, alarm)
        for household in households
        for alarm in household.alarms.known.values()
    ]
    found = [(household, alarm) for household, alarm in there if alarm.id == wanted]
    if len(found) == 1:
        return found[0]
    known = ", ".join(
        f"{alarm.id} ({_result(hass, household, alarm).room}, {alarm.at:%H:%M})"
        for household, alarm in found or there
    )
    if found:
        raise WhichAlarm(alarm=named, known=known)
    raise UnknownAlarm(alarm=named, known=known or "–")


def _result(hass: HomeAssistant, household: Household, alarm: Alarm) -> AlarmResult:
    """Return an alarm with the name of its room, which may be away since before the start."""
    zone = household.zones.get(alarm.uid)
    if zone is not None and zone.name:
        return AlarmResult.of(zone.name, alarm)
    device = dr.async_get(hass).async_get_device_by_identifier(
        (DOMAIN, alarm.uid), household.entry.entry_id
    )
    name = (device.name_by_user or device.name) if device else None
    return AlarmResult.of(name or alarm.uid, alarm)


def _time(text: str) -> time:
    """Return the time of a text such as 6:45 or 06:45:30. Raises BadTime."""
    try:
        at = time.fromisoformat(text if text[1:2].isdigit() else f"0{text}")
    except ValueError as err:
        raise BadTime(time=text) from err
    if at.tzinfo is not None:
        raise BadTime(time=text)
    return at.replace(microsecond=0)


def _days(text: str) -> frozenset[int]:
    """Return the weekdays of a text, none for once. Raises BadDays."""
    wanted = text.strip().casefold()
    if (days := _DAYS.get(wanted)) is not None:
        return days
    found = set()
    for word in wanted.replace(",", " ").split():
        named = [
            number
            for number, day in enumerate(WEEKDAYS)
            if len(word) > 2 and day.startswith(word)
        ]
        if not named:
            raise BadDays(days=text)
        found.update(named)
    if not found:
        raise BadDays(days=text)
    return frozenset(found)


def _program(household: Household, title: str | None) -> tuple[str, str]:
    """Return URI and metadata of a favourite, or of the chime. Raises UnknownSonosSource."""
    if title is None or title.casefold() == "chime":
        return CHIME, ""
    wanted = title.casefold()
    named = [
        one for one in household.favourites.known if one.title.casefold() == wanted
    ]
    if len(named) != 1:
        names = ", ".join(one.title for one in household.favourites.known) or "–"
        raise UnknownSonosSource(source=title, sources=names)
    return named[0].uri, named[0].metadata
