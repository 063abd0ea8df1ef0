"""Hooks of tests and of the demo: faults, sources and volumes, as JSON posted to a speaker."""

from collections.abc import Callable
import json
from typing import TYPE_CHECKING, Any, Final
import uuid

from aiohttp import web

from .didl import didl
from .soap import perform
from .speaker import InjectedFault
from .tracks import MUSIC_TRACK, SonosTrack

if TYPE_CHECKING:
    from .speaker import Speaker

type Hook = Callable[[Speaker, dict[str, Any]], None]

_RADIO: Final = "x-sonosapi-stream:s99999?sid=254&flags=8224&sn=0"
_RADIO_METADATA: Final = didl(
    '<item id="R:0/0/0" parentID="R:0/0" restricted="true"><dc:title>Harbour FM</dc:title>'
    "<upnp:class>object.item.audioItem.audioBroadcast</upnp:class></item>"
)


class AirPlay:
    """A session of a phone on a speaker; the phone is out of reach, so its buttons do nothing."""

    def pause(self) -> None:
        """Do nothing."""

    resume = next = previous = end = pause

    def seek(self, position_ms: int) -> None:
        """Do nothing."""


def _upnp_off(speaker: Speaker, given: dict[str, Any]) -> None:
    """Answer 403 everywhere, as the setting "UPnP" of the Sonos app does."""
    speaker.upnp_enabled = False


def _upnp_on(speaker: Speaker, given: dict[str, Any]) -> None:
    speaker.upnp_enabled = True


def _offline(speaker: Speaker, given: dict[str, Any]) -> None:
    """Drop connections for `secs` seconds."""
    down_ms = round(float(given.get("secs", 5)) * 1000)
    speaker.down_until_ms = speaker.clock.now_ms() + down_ms


def _reboot(speaker: Speaker, given: dict[str, Any]) -> None:
    """Reboot: away for `secs` seconds, subscriptions lost, BootSeq counted up."""
    speaker.reboot(round(float(given.get("secs", 2)) * 1000))


def _drop_subscriptions(speaker: Speaker, given: dict[str, Any]) -> None:
    """Forget the subscriptions, so that their renewal meets a 412."""
    speaker.subscriptions.clear()


def _mute_events(speaker: Speaker, given: dict[str, Any]) -> None:
    """Accept subscriptions and send nothing, as behind a firewall."""
    speaker.events_blocked = bool(given.get("on", True))


def _fail(speaker: Speaker, given: dict[str, Any]) -> None:
    """Let the next `times` calls of `action` meet fault `code`."""
    speaker.failures.append(
        InjectedFault(given["action"], int(given["code"]), int(given.get("times", 1)))
    )


def _slow(speaker: Speaker, given: dict[str, Any]) -> None:
    """Answer each action `secs` seconds late."""
    speaker.answer_delay_s = float(given.get("secs", 1))


def _volume(speaker: Speaker, given: dict[str, Any]) -> None:
    """Turn the volume at the speaker."""
    speaker.change_volume(int(given["volume"]))
    speaker.sound_changed()


def _airplay(speaker: Speaker, given: dict[str, Any]) -> None:
    """Begin an AirPlay session."""
    uri = f"x-sonos-vli:{speaker.uid}:1,airplay:{uuid.uuid4().hex}"
    track = SonosTrack(
        uri,
        "AirPlay Song",
        "AirPlay Artist",
        "AirPlay Album",
        180,
        upnp_class=MUSIC_TRACK,
    )
    speaker.transport.show_direct(
        AirPlay(), uri, "", track, playing=True, position_ms=0
    )


def _play_source(uri: str, metadata: str = "") -> Hook:
    def play(speaker: Speaker, given: dict[str, Any]) -> None:
        """Switch to a source and play it."""
        arguments = {
            "CurrentURI": uri.format(uid=speaker.uid),
            "CurrentURIMetaData": metadata,
        }
        perform(speaker, "AVTransport", "SetAVTransportURI", arguments)
        perform(speaker, "AVTransport", "Play", {})

    return play


_HOOKS: Final[dict[str, Hook]] = {
    "upnp_off": _upnp_off,
    "upnp_on": _upnp_on,
    "offline": _offline,
    "reboot": _reboot,
    "drop_subs": _drop_subscriptions,
    "mute_events": _mute_events,
    "fail": _fail,
    "slow": _slow,
    "volume": _volume,
    "airplay": _airplay,
    "radio": _play_source(_RADIO, _RADIO_METADATA),
    "tv": _play_source("x-sonos-htastream:{uid}:spdif"),
    "linein": _play_source("x-rincon-stream:{uid}"),
}


def add_hooks(app: web.Application, path: str, speaker: Speaker) -> None:
    """Serve the hooks of a speaker below a path."""

    async def state(request: web.Request) -> web.Response:
        return web.json_response(_state(speaker))

    async def run(request: web.Request) -> web.Response:
        if (hook := _HOOKS.get(request.match_info["hook"])) is None:
            raise web.HTTPNotFound(text=f"Hooks: {', '.join(_HOOKS)}")
        body = await request.text()
        hook(speaker, json.loads(body) if body else {})
        return web.json_response({"ok": True})

    app.router.add_get(f"{path}/state", state)
    app.router.add_post(f"{path}/{{hook}}", run)


def _state(speaker: Speaker) -> dict[str, object]:
    group = speaker.household.group_of(speaker)
    return {
        "uid": speaker.uid,
        "name": speaker.name,
        "state": speaker.transport.state,
        "uri": speaker.transport.uri,
        "index": speaker.transport.index,
        "queue": [track.title for track in speaker.transport.queue],
        "position_s": speaker.transport.position_s,
        "volume": speaker.sound.volume,
        "mode": speaker.transport.mode,
        "coordinator": group.coordinator,
        "members": group.members,
        "subscriptions": [
            {"service": one.service, "sid": one.sid, "callback": one.callback}
            for one in speaker.subscriptions.values()
        ],
    }
