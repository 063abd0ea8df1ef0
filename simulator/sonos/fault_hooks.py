"""What goes wrong with speakers, and what their owners do to them, as hooks."""

from typing import TYPE_CHECKING, Final

from .faults import Refusal
from .services import SERVICE_PATHS
from .speaker import POWERED_OFF

if TYPE_CHECKING:
    from collections.abc import Callable

    from .app_hooks import Parameters
    from .speaker import Speaker


def _upnp_off(speaker: Speaker, parameters: Parameters) -> None:
    """Answer 403 everywhere, as the setting "UPnP" of the Sonos app does."""
    speaker.faults.upnp_enabled = False


def _upnp_on(speaker: Speaker, parameters: Parameters) -> None:
    speaker.faults.upnp_enabled = True


def _offline(speaker: Speaker, parameters: Parameters) -> None:
    """Be without network for `secs` seconds, unnoticed by the others; `silent` swallows calls instead of refusing."""
    speaker.faults.is_silent = bool(parameters.get("silent", False))
    speaker.faults.away_for(round(float(parameters.get("secs", 5)) * 1000))


def _reboot(speaker: Speaker, parameters: Parameters) -> None:
    """Reboot: away for `secs` seconds, subscriptions lost, BootSeq counted up."""
    speaker.reboot(round(float(parameters.get("secs", 2)) * 1000))


def _vanish(speaker: Speaker, parameters: Parameters) -> None:
    """Lose power, so that the others miss the speaker, for `reason`."""
    speaker.vanish(parameters.get("reason", POWERED_OFF))


def _appear(speaker: Speaker, parameters: Parameters) -> None:
    """Come back after a loss of power."""
    speaker.appear()


def _drop_subscriptions(speaker: Speaker, parameters: Parameters) -> None:
    """Forget the subscriptions, so that their renewal meets a 412."""
    speaker.subscriptions.clear()


def _mute_events(speaker: Speaker, parameters: Parameters) -> None:
    """Accept subscriptions and send nothing, as behind a firewall; `on` false sends again."""
    speaker.faults.events_blocked = bool(parameters.get("on", True))


def _lose_events(speaker: Speaker, parameters: Parameters) -> None:
    """Let the next `times` events get lost on their way."""
    speaker.faults.events_to_lose = int(parameters.get("times", 1))


def _fail(speaker: Speaker, parameters: Parameters) -> None:
    """Let the next `times` calls of `action` meet fault `code`."""
    speaker.faults.refusals.append(
        Refusal(
            parameters["action"],
            int(parameters["code"]),
            int(parameters.get("times", 1)),
        )
    )


def _answer_empty(speaker: Speaker, parameters: Parameters) -> None:
    """Answer every action and say nothing in it; `on` false speaks again."""
    speaker.faults.answers_empty = bool(parameters.get("on", True))


def _answer_html(speaker: Speaker, parameters: Parameters) -> None:
    """Answer every action with HTML and HTTP 500; `on` false answers as it should."""
    speaker.faults.answers_html = bool(parameters.get("on", True))


def _answer_oddly(speaker: Speaker, parameters: Parameters) -> None:
    """Answer `action` with `value` under `name`, instead of the truth; without a value tell the truth again."""
    odd, key = speaker.faults.odd_answers, (parameters["action"], parameters["name"])
    odd.pop(key, None)
    if (value := parameters.get("value")) is not None:
        odd[key] = str(value)


def _comment_events(speaker: Speaker, parameters: Parameters) -> None:
    """Put XML comments and instructions into events; `on` false leaves them out."""
    speaker.faults.events_commented = bool(parameters.get("on", True))


def _refuse_events(speaker: Speaker, parameters: Parameters) -> None:
    """Refuse to tell of `service`, or of all, with HTTP `status` (412); `on` false takes a SUBSCRIBE again."""
    services = (
        [parameters["service"]] if "service" in parameters else SERVICE_PATHS.values()
    )
    for service in services:
        speaker.faults.refused_events.pop(service, None)
        if parameters.get("on", True):
            speaker.faults.refused_events[service] = int(parameters.get("status", 412))


def _locate(speaker: Speaker, parameters: Parameters) -> None:
    """Name `host` as where the speaker is, in the topology; an empty one is its address again."""
    speaker.faults.location_host = str(parameters["host"])
    speaker.household.topology_changed()


def _take_long(speaker: Speaker, parameters: Parameters) -> None:
    """Be in transition for `secs` at each start, skip and seek."""
    speaker.transport.transition_ms = round(float(parameters["secs"]) * 1000)


def _slow(speaker: Speaker, parameters: Parameters) -> None:
    """Answer everything `secs` seconds late."""
    speaker.faults.answer_delay_s = float(parameters.get("secs", 1))


def _stale(speaker: Speaker, parameters: Parameters) -> None:
    """Let the household tell the old groups for `secs` seconds after each change."""
    seconds = float(parameters.get("secs", 2))
    speaker.household.topology_delay_ms = round(seconds * 1000)


def _late_transports(speaker: Speaker, parameters: Parameters) -> None:
    """Let all speakers tell what they play `secs` seconds after it changed, and so after the change of groups behind it."""
    seconds = float(parameters.get("secs", 0.5))
    speaker.household.transport_delay_ms = round(seconds * 1000)


def _late_position(speaker: Speaker, parameters: Parameters) -> None:
    """Tell the start as the position for `secs` seconds after the speaker took over what another one played."""
    speaker.transport.new_leader_ms = round(float(parameters.get("secs", 1)) * 1000)


def _unlink_spotify(speaker: Speaker, parameters: Parameters) -> None:
    """Take Spotify out of the household's music services, or with `linked` true put it back."""
    speaker.household.spotify_linked = bool(parameters.get("linked", False))


def _battery(speaker: Speaker, parameters: Parameters) -> None:
    """Set the battery's `level`, and its `power_source`."""
    if speaker.battery is None:
        raise KeyError("battery")
    speaker.battery.level = int(parameters.get("level", speaker.battery.level))
    speaker.battery.power_source = parameters.get(
        "power_source", speaker.battery.power_source
    )
    speaker.battery_changed()


FAULT_HOOKS: Final[dict[str, Callable[[Speaker, Parameters], None]]] = {
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
