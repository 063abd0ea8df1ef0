"""The household's alarms."""

from typing import TYPE_CHECKING

from .didl import quoted
from .soap import ALARM_EXISTS, NO_SUCH_OBJECT, UPnPFault

if TYPE_CHECKING:
    from .household import Household

_ATTRIBUTES = (
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


class Alarms:
    """Alarms by id, each as the arguments that made it."""

    def __init__(self, household: Household) -> None:
        """Begin with none."""
        self._household = household
        self._alarms: dict[str, dict[str, str]] = {}
        self._next = 1
        self.version = 1

    def create(self, alarm: dict[str, str]) -> str:
        """Add an alarm and return its id; fault 801 if that speaker has one at that time."""
        place = (alarm["StartLocalTime"], alarm["RoomUUID"])
        if any(
            (known["StartLocalTime"], known["RoomUUID"]) == place
            for known in self._alarms.values()
        ):
            raise UPnPFault(ALARM_EXISTS)
        alarm_id = str(self._next)
        self._next += 1
        self._alarms[alarm_id] = dict(alarm)
        self._changed()
        return alarm_id

    def update(self, alarm_id: str, alarm: dict[str, str]) -> None:
        """Change an alarm; fault 701 if there is none."""
        if alarm_id not in self._alarms:
            raise UPnPFault(NO_SUCH_OBJECT)
        self._alarms[alarm_id] = alarm
        self._changed()

    def destroy(self, alarm_id: str) -> None:
        """Remove an alarm; fault 701 if there is none."""
        if self._alarms.pop(alarm_id, None) is None:
            raise UPnPFault(NO_SUCH_OBJECT)
        self._changed()

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

    def _changed(self) -> None:
        self.version += 1
        self._household.everyone("AlarmClock")
