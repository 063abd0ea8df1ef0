"""The household's alarms: kept, and rung."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from ..clock import Appointment, SimulatedClock
from .didl import quoted, seconds_of
from .groups import Groups
from .member import Home, Member
from .radio import station_of
from .soap import ALARM_EXISTS, ILLEGAL_TYPE, NO_SUCH_OBJECT, UPnPFault
from .tracks import SonosTrack

_ATTRIBUTES: Final = (
    "Duration",
    "Recurrence",
    "Enabled",
    "RoomUUID",
    "ProgramURI",
    "ProgramMetaData",
    "PlayMode",
    "Volume",
    "IncludeLinkedZones",
)
_BUZZER: Final = "x-rincon-buzzer:"
_RADIO: Final = ("x-sonosapi-", "x-rincon-mp3radio:", "aac:", "hls-radio:")


class Alarms[S: Member]:
    """Alarms by id, each as the arguments that made it."""

    def __init__(
        self, household: Home, groups: Groups[S], clock: SimulatedClock
    ) -> None:
        """Begin with none."""
        self.version = 1
        self.runs = 0
        self._household = household
        self._groups = groups
        self._clock = clock
        self._alarms: dict[str, dict[str, str]] = {}
        self._next = 1
        self._due: dict[str, Appointment] = {}
        self._rings_by_clock = False

    def create(self, alarm: dict[str, str]) -> str:
        """Add an alarm and return its id; fault 801 if that speaker has one at that time."""
        self._refuse_second(alarm, "")
        alarm_id = str(self._next)
        self._next += 1
        self._alarms[alarm_id] = dict(alarm)
        self._changed(alarm_id)
        return alarm_id

    def update(self, alarm_id: str, alarm: dict[str, str]) -> None:
        """Change an alarm; fault 701 if there is none, 801 if that speaker has another at that time."""
        self.known(alarm_id)
        self._refuse_second(alarm, alarm_id)
        self._alarms[alarm_id] = alarm
        self._changed(alarm_id)

    def destroy(self, alarm_id: str) -> None:
        """Remove an alarm; fault 701 if there is none."""
        self.known(alarm_id)
        del self._alarms[alarm_id]
        self._changed(alarm_id)

    def known(self, alarm_id: str) -> dict[str, str]:
        """Return the arguments that made an alarm; fault 701 if there is none."""
        if (alarm := self._alarms.get(alarm_id)) is None:
            raise UPnPFault(NO_SUCH_OBJECT)
        return dict(alarm)

    def listing(self) -> str:
        """Return all alarms as XML."""
        alarms = "".join(
            f'<Alarm ID="{alarm_id}" StartTime="{alarm["StartLocalTime"]}" '
            + " ".join(f'{name}="{quoted(alarm[name])}"' for name in _ATTRIBUTES)
            + "/>"
            for alarm_id, alarm in self._alarms.items()
        )
        return f"<Alarms>{alarms}</Alarms>"

    @property
    def list_version(self) -> str:
        """The version as events report it."""
        return f"{self._household.speakers[0].uid}:{self.version}"

    def ring_by_clock(self) -> None:
        """Ring from now on when the simulated clock, in UTC, comes to an alarm's time."""
        self._rings_by_clock = True
        for alarm_id in self._alarms:
            self._schedule(alarm_id)

    def ring(self, alarm_id: str) -> None:
        """Ring an alarm now; fault 701 if there is none. Its speaker leaves its group unless the alarm is for all."""
        alarm = self.known(alarm_id)
        speaker = self._groups.known(alarm["RoomUUID"])
        if alarm["IncludeLinkedZones"] != "1":
            self._groups.leave(speaker)
        leader = speaker.coordinator
        self._load(leader, alarm)
        for one in leader.members if leader is speaker else [speaker]:
            one.change_volume(int(alarm["Volume"]))
            one.sound_changed()
        leader.transport.play()
        leader.transport.alarm_running = True
        self.runs += 1
        if alarm["Duration"]:
            ends_ms = self._clock.now_ms() + seconds_of(alarm["Duration"]) * 1000
            self._clock.at(ends_ms, lambda: self._quiet(leader))
        self._household.topology_changed()

    def _load(self, leader: Member, alarm: Mapping[str, str]) -> None:
        uri, metadata = alarm["ProgramURI"], alarm["ProgramMetaData"]
        transport = leader.transport
        if uri.startswith(_RADIO):
            transport.load_station(uri, metadata, station_of(uri))
        elif uri.startswith(_BUZZER):
            transport.load_track(uri, metadata, SonosTrack(uri, title="Sonos Chime"))
        else:
            tracks = self._household.resolve(uri, metadata)
            if not tracks:
                raise UPnPFault(ILLEGAL_TYPE)
            transport.load_queue(f"x-rincon-queue:{leader.uid}#0", "")
            transport.queue.replace(tracks)
            transport.queue.mode = alarm["PlayMode"]

    @staticmethod
    def _quiet(leader: Member) -> None:
        if leader.transport.alarm_running:
            leader.transport.stop()

    def _schedule(self, alarm_id: str) -> None:
        if (known := self._due.pop(alarm_id, None)) is not None:
            known.cancel()
        alarm = self._alarms.get(alarm_id)
        if not self._rings_by_clock or alarm is None or alarm["Enabled"] != "1":
            return
        now = datetime.fromtimestamp(self._clock.now_ms() / 1000, UTC)
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        at = midnight + timedelta(seconds=seconds_of(alarm["StartLocalTime"]))
        while at <= now or not rings_on(alarm["Recurrence"], at):
            at += timedelta(days=1)
        self._due[alarm_id] = self._clock.at(
            round(at.timestamp() * 1000), lambda: self._come(alarm_id)
        )

    def _come(self, alarm_id: str) -> None:
        self.ring(alarm_id)
        if self._alarms[alarm_id]["Recurrence"] == "ONCE":
            self._alarms[alarm_id]["Enabled"] = "0"
            self._changed(alarm_id)
        self._schedule(alarm_id)

    def _refuse_second(self, alarm: Mapping[str, str], own_id: str) -> None:
        place = (alarm["StartLocalTime"], alarm["RoomUUID"])
        for alarm_id, known in self._alarms.items():
            if alarm_id != own_id:
                if (known["StartLocalTime"], known["RoomUUID"]) == place:
                    raise UPnPFault(ALARM_EXISTS)

    def _changed(self, alarm_id: str) -> None:
        self.version += 1
        self._schedule(alarm_id)
        self._household.everyone("AlarmClock")


def rings_on(recurrence: str, day: datetime) -> bool:
    """Return whether an alarm rings on a day: `DAILY`, `ONCE`, `WEEKDAYS`, `WEEKENDS` or `ON_0…6`, Sunday first."""
    weekday = day.isoweekday() % 7
    days = {
        "WEEKDAYS": "12345",
        "WEEKENDS": "06",
        "DAILY": "0123456",
        "ONCE": "0123456",
    }
    return str(weekday) in days.get(recurrence, recurrence.removeprefix("ON_"))
