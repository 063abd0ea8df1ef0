"""Reads and changes the alarms of a household."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import time
from typing import Final, final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback

from ...const import LOGGER
from ...runtime.supervision import async_cancel, attend
from ..errors import AlarmExists, AlarmGone, SonosError, SpeakerUnreachable
from ..household_speakers import HouseholdSpeakers
from ..soco_speaker import SpeakerSoCo
from ..xml_reading import Unreadable, Variables, parse, read_didl

CHIME: Final = "x-rincon-buzzer:0"
"""What rings where nothing else was chosen."""
EVERY_DAY: Final = frozenset(range(7))
_WEEKDAYS: Final = frozenset(range(5))
_KEYWORDS: Final[Mapping[str, frozenset[int]]] = {
    "ONCE": frozenset(),
    "DAILY": EVERY_DAY,
    "WEEKDAYS": _WEEKDAYS,
    "WEEKENDS": EVERY_DAY - _WEEKDAYS,
}
_REFUSALS: Final = {"701": AlarmGone, "801": AlarmExists}


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm. The time is that of the household, which the Sonos app sets."""

    id: str
    uid: str
    """Of the speaker that rings."""
    at: time
    days: frozenset[int]
    """On which weekdays it rings, Monday is 0; empty for once."""
    enabled: bool
    volume: int
    minutes: int | None = None
    """How long it rings at the most; None for until somebody ends it."""
    uri: str = CHIME
    metadata: str = ""
    play_mode: str = "SHUFFLE_NOREPEAT"
    grouped: bool = False
    """Whether it rings in the whole group."""

    @property
    def title(self) -> str | None:
        """What it plays; None for the chime."""
        about = read_didl(self.metadata)
        return about.title if about else None

    @property
    def recurrence(self) -> str:
        """When it rings, in UPnP's words: `DAILY`, `ONCE`, or `ON_` with weekdays of which Sunday is 0."""
        for keyword, days in _KEYWORDS.items():
            if days == self.days:
                return keyword
        return "ON_" + "".join(sorted(str((day + 1) % 7) for day in self.days))


_RETRY_S: Final = 1
_RETRY_AT_MOST_S: Final = 300
"""Waits after reads that failed; at a start no speaker may be known to be there yet."""


@final
class Alarms:
    """Follows the alarms of a household, and changes them. Everything here belongs to the event loop."""

    def __init__(self, hass: HomeAssistant, household: HouseholdSpeakers) -> None:
        """Know none yet; events of the speakers trigger reading."""
        self.known: Mapping[str, Alarm] = {}
        """By id, in the order of their times."""
        self.is_read = False
        """Whether it is known which there are."""
        self._hass = hass
        self._household = household
        self._version: str | None = None
        self._again = False
        self._reading: asyncio.Task[None] | None = None
        self._listeners: list[Callable[[], None]] = []
        household.async_listen_service("AlarmClock", self._event_received)

    @callback
    def async_listen(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Call back when an alarm comes, changes or goes. Returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def async_read(self) -> None:
        """Ask which alarms there are. Raises SonosError."""
        known = await self._household.async_call(self._somebody(), _ask)
        before, self.known, self.is_read = (
            (self.is_read, self.known),
            {alarm.id: alarm for alarm in known},
            True,
        )
        if before != (True, self.known):
            for listener in list(self._listeners):
                listener()

    async def async_create(self, alarm: Alarm) -> Alarm:
        """Add an alarm, and return it with its id. Raises SonosError: AlarmExists where the speaker has one at that time."""
        answer = await self._async_send(alarm, "CreateAlarm", _arguments(alarm))
        return replace(alarm, id=answer["AssignedID"])

    async def async_change(self, alarm: Alarm) -> None:
        """Change the alarm of an id. Raises SonosError: AlarmGone, and AlarmExists as above."""
        await self._async_send(
            alarm, "UpdateAlarm", [("ID", alarm.id), *_arguments(alarm)]
        )

    async def async_remove(self, alarm: Alarm) -> None:
        """Remove an alarm. Raises SonosError: AlarmGone where somebody else did."""
        await self._async_send(alarm, "DestroyAlarm", [("ID", alarm.id)])

    async def async_close(self) -> None:
        """End what is under way."""
        await async_cancel(self._reading)

    @callback
    def async_look(self) -> None:
        """Read the alarms soon, because no event would report the change, or none was understood."""
        self._again = True
        if self._reading is None or self._reading.done():
            what = "encore: the alarms of a Sonos household"
            self._reading = attend(self._hass, what, self._async_look, again=True)

    def _somebody(self) -> str:
        """Return the uid of a speaker that is there: all know all alarms. Raises SpeakerUnreachable."""
        for zone in self._household.zones.values():
            if zone.available:
                return zone.uid
        raise SpeakerUnreachable(speaker=self._household.entry.title)

    async def _async_send(
        self, alarm: Alarm, action: str, arguments: list[tuple[str, object]]
    ) -> dict[str, str]:
        """Send a change to the speaker that rings, which knows best whether it can; to another while that one is away."""
        zone = self._household.zones.get(alarm.uid)
        answer: dict[str, str] = await self._household.async_call(
            alarm.uid if zone is not None and zone.available else self._somebody(),
            lambda soco: soco.alarmClock.send_command(action, arguments),
            refusals=_REFUSALS,
        )
        await self.async_read()
        return answer

    async def _async_look(self) -> None:
        # Also where it begins again after an error in the middle.
        self._again = True
        wait_s = _RETRY_S
        while self._again:
            self._again = False
            try:
                await self.async_read()
            except SonosError as err:
                LOGGER.debug("The alarms of Sonos are not known: %s", err)
                self._version = None
                await asyncio.sleep(wait_s)
                wait_s = min(2 * wait_s, _RETRY_AT_MOST_S)
                self._again = True

    def _event_received(self, _uid: str, variables: Variables) -> None:
        version = variables.get("AlarmListVersion")
        # RINCON_…:<number>. Every speaker reports it.
        if version is not None and version != self._version:
            self._version = version
            self.async_look()


def _ask(soco: SpeakerSoCo) -> list[Alarm]:
    answer = soco.alarmClock.send_command("ListAlarms", [])
    return read_alarms(answer["CurrentAlarmList"])


def read_alarms(text: str) -> list[Alarm]:
    """Return the alarms of a `CurrentAlarmList`, the earliest of a day first. Raises Unreadable."""
    found = []
    for element in parse(text).iter("Alarm"):
        attributes = element.attrib
        try:
            found.append(
                Alarm(
                    id=attributes["ID"],
                    uid=attributes["RoomUUID"],
                    at=time.fromisoformat(
                        attributes.get("StartTime") or attributes["StartLocalTime"]
                    ),
                    days=_days(attributes["Recurrence"]),
                    enabled=attributes["Enabled"] == "1",
                    volume=int(attributes["Volume"]),
                    minutes=_minutes(attributes.get("Duration", "")),
                    uri=attributes["ProgramURI"],
                    metadata=attributes.get("ProgramMetaData", ""),
                    play_mode=attributes.get("PlayMode", "NORMAL"),
                    grouped=attributes.get("IncludeLinkedZones") == "1",
                )
            )
        except (KeyError, ValueError) as err:
            raise Unreadable(f"an alarm: {err}") from err
    return sorted(found, key=lambda alarm: (alarm.at, alarm.id))


def _days(recurrence: str) -> frozenset[int]:
    if recurrence in _KEYWORDS:
        return _KEYWORDS[recurrence]
    return frozenset((int(day) - 1) % 7 for day in recurrence.removeprefix("ON_"))


def _minutes(duration: str) -> int | None:
    if not duration:
        return None
    length = time.fromisoformat(duration)
    return length.hour * 60 + length.minute


def _arguments(alarm: Alarm) -> list[tuple[str, object]]:
    minutes = alarm.minutes
    return [
        ("StartLocalTime", alarm.at.isoformat(timespec="seconds")),
        ("Duration", f"{minutes // 60:02d}:{minutes % 60:02d}:00" if minutes else ""),
        ("Recurrence", alarm.recurrence),
        ("Enabled", int(alarm.enabled)),
        ("RoomUUID", alarm.uid),
        ("ProgramURI", alarm.uri),
        ("ProgramMetaData", alarm.metadata),
        ("PlayMode", alarm.play_mode),
        ("Volume", alarm.volume),
        ("IncludeLinkedZones", int(alarm.grouped)),
    ]
