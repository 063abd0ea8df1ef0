"""AlarmClock: the household's alarms."""

from typing import TYPE_CHECKING, Final

from ..actions import action
from ..soap import Arguments, Results

if TYPE_CHECKING:
    from ..speaker import Speaker

SERVICE: Final = "AlarmClock"


@action(SERVICE, "ListAlarms")
def list_alarms(speaker: Speaker, arguments: Arguments) -> Results:
    """Report all alarms."""
    alarms = speaker.household.alarms
    return {
        "CurrentAlarmList": alarms.listing(),
        "CurrentAlarmListVersion": alarms.list_version,
    }


@action(SERVICE, "CreateAlarm")
def create_alarm(speaker: Speaker, arguments: Arguments) -> Results:
    """Add an alarm."""
    return {"AssignedID": speaker.household.alarms.create(arguments)}


@action(SERVICE, "UpdateAlarm")
def update_alarm(speaker: Speaker, arguments: Arguments) -> None:
    """Change an alarm."""
    changed = {name: value for name, value in arguments.items() if name != "ID"}
    speaker.household.alarms.update(arguments["ID"], changed)


@action(SERVICE, "DestroyAlarm")
def destroy_alarm(speaker: Speaker, arguments: Arguments) -> None:
    """Remove an alarm."""
    speaker.household.alarms.destroy(arguments["ID"])
