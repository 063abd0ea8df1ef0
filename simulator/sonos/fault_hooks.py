"""What goes wrong with speakers, and what their owners do to them, as hooks."""

from typing import TYPE_CHECKING, Final

from .faults import Refusal
from .services import SERVICE_PATHS
from .speaker import POWERED_OFF

if TYPE_CHECKING:
    from collections.abc import Callable

    from .app_hooks import Given
    from .speaker import Speaker


def _upnp_off(speaker: Speaker, given: Given) -> None:
    """Answer 403 everywhere, as the setting "UPnP" of the Sonos app does."""
    speaker.faults.upnp_enabled = False


def _upnp_on(speaker: Speaker, given: Given) -> None:
    speaker.faults.upnp_enabled = True


def _offline(speaker: Speaker, given: Given) -> None:
    """Be without network for `secs` seconds, unnoticed by the others; `silent` swallows calls instead of refusing."""
    speaker.faults.is_silent = bool(given.get("silent", False))
    speaker.faults.away_for(round(float(given.get("secs", 5)) * 1000))


def _reboot(speaker: Speaker, given: Given) -> None:
    """Reboot: away for `secs` seconds, subscriptions lost, BootSeq counted up."""
    speaker.reboot(round(float(given.get("secs", 2)) * 1000))


def _vanish(speaker: Speaker, given: Given) -> None:
    """Lose power, so that the others miss the speaker, for `reason`."""
    speaker.vanish(given.get("reason", POWERED_OFF))


def _appear(speaker: Speaker, given: Given) -> None:
    """Come back after a loss of power."""
    speaker.appear()


def _drop_subscriptions(speaker: Speaker, given: Given) -> None:
    """Forget the subscriptions, so that their renewal meets a 412."""
    speaker.subscriptions.clear()


def _mute_events(speaker: Speaker, given: Given) -> None:
    """Accept subscriptions and send nothing, as behind a firewall; `on` false sends again."""
    speaker.faults.events_blocked = bool(given.get("on", True))


def _lose_events(speaker: Speaker, given: Given) -> None:
    """Let the next `times` events get lost on their way."""
    speaker.faults.events_to_lose = int(given.get("times", 1))


def _fail(speaker: Speaker, given: Given) -> None:
    """Let the next `times` calls of `action` meet fault `code`."""
    speaker.faults.refusals.append(
        Refusal(given["action"], int(given["code"]), int(given.get("times", 1)))
    )


def _answer_empty(speaker: Speaker, given: Given) -> None:
    """Answer every action and say nothing in it; `on` false speaks again."""
    speaker.faults.answers_empty = bool(given.get("on", True))


def _answer_html(speaker: Speaker, given: Given) -> None:
    """Answer every action with HTML and HTTP 500; `on` false answers as it should."""
    speaker.faults.answers_html = bool(given.get("on", True))


def _answer_oddly(speaker: Speaker, given: Given) -> None:
    """Answer `action` with `value` under `name`, instead of the truth; without a value tell the truth again."""
    odd, key = speaker.faults.odd_answers, (given["action"], given["name"])
    odd.pop(key, None)
    if (value := given.get("value")) is not None:
        odd[key] = str(value)


def _comment_events(speaker: Speaker, given: Given) -> None:
    """Put XML comments and instructions into events; `on` false leaves them out."""
    speaker.faults.events_commented = bool(given.get("on", True))


def _refuse_events(speaker: Speaker, given: Given) -> None:
    """Refuse to tell of `service`, or of all, with HTTP `status` (412); `on` false takes a SUBSCRIBE again."""
    services = [given["service"]] if "service" in given else SERVICE_PATHS.values()
    for service in services:
        speaker.faults.refused_events.pop(service, None)
        if given.get("on", True):
            speaker.faults.refused_events[service] = int(given.get("status", 412))


def _locate(speaker: Speaker, given: Given) -> None:
    """Name `host` as where the speaker is, in the topology; an empty one is its address again."""
    speaker.faults.location_host = str(given["host"])
    speaker.household.topology_changed()


def _take_long(speaker: Speaker, given: Given) -> None:
    """Be in transition for `secs` at each start, skip and seek."""
    speaker.transport.transition_ms = round(float(given["secs"]) * 1000)


def _slow(speaker: Speaker, given: Given) -> None:
    """Answer everything `secs` seconds late."""
    speaker.faults.answer_delay_s = float(given.get("secs", 1))


def _stale(speaker: Speaker, given: Given) -> None:
    """Let the household tell the old groups for `secs` seconds after each change."""
    seconds = float(given.get("secs", 2))
    speaker.household.topology_delay_ms = round(seconds * 1000)


def _late_transports(speaker: Speaker, given: Given) -> None:
    """Let all speakers tell what they play `secs` seconds after it changed, and so after the change of groups behind it."""
    seconds = float(given.get("secs", 0.5))
    speaker.household.transports_late_ms = round(seconds * 1000)


def _late_position(speaker: Speaker, given: Given) -> None:
    """Tell the start as the position for `secs` seconds after the speaker took over what another one played."""
    speaker.transport.new_leader_ms = round(float(given.get("secs", 1)) * 1000)


def _unlink_spotify(speaker: Speaker, given: Given) -> None:
    """Take Spotify out of the household's music services, or with `linked` true put it back."""
    speaker.household.spotify_linked = bool(given.get("linked", False))


def _battery(speaker: Speaker, given: Given) -> None:
    """Set the battery's `level`, and its `power_source`."""
    if speaker.battery is None:
        raise KeyError("battery")
    speaker.battery.level = int(given.get("level", speaker.battery.level))
    speaker.battery.power_source = given.get(
        "power_source", speaker.battery.power_source
    )
    speaker.battery_changed()


FAULT_HOOKS: Final[dict[str, Callable[[Speaker, Given], None]]] = {
    "upnp_off": _upnp_off,
    "upnp_on": _upnp_on,
    "offline": _offline,
    "reboot": _reboot,
    "vanish": _vanish,
    "appear": _appear,
    "drop_subs": _drop_subscriptions,
    "mute_events": _mute_events,
    "lose_events": _lose_events,
    "fail": _fail,
    "answer_empty": _answer_empty,
    "answer_html": _answer_html,
    "answer_oddly": _answer_oddly,
    "comment_events": _comment_events,
    "refuse_events": _refuse_events,
    "locate": _locate,
    "take_long": _take_long,
    "slow": _slow,
    "stale": _stale,
    "late_transports": _late_transports,
    "late_position": _late_position,
    "unlink_spotify": _unlink_spotify,
    "battery": _battery,
}
"""By the name under which a test, the demo or a person posts it."""
