"""The hooks of tests and of the demo: what people do, what goes wrong, and what is truly the case.

Each speaker has them below `/__sim__/` on its own address, reachable even while the speaker is not.
"""

from collections.abc import Awaitable, Callable
import json
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web

from .app_hooks import APP_HOOKS, Parameters
from .fault_hooks import FAULT_HOOKS
from .soap import UPnPFault

if TYPE_CHECKING:
    from .speaker import Speaker

HOOKS: Final = APP_HOOKS | FAULT_HOOKS

type Mover = Callable[[Speaker, str], Awaitable[None]]


def press(speaker: Speaker, hook: str, parameters: Parameters) -> None:
    """Do what a hook stands for. Raises KeyError for one that is none or lacks a detail, UPnPFault if refused."""
    HOOKS[hook](speaker, parameters)


def add_hooks(
    app: web.Application,
    path: str,
    meant: Callable[[web.Request], Speaker],
    move: Mover,
) -> None:
    """Serve the hooks below a path. `meant` tells whose hook a request is; `move` gives a speaker another address."""

    async def state(request: web.Request) -> web.Response:
        return web.json_response(speaker_state(meant(request)))

    async def household(request: web.Request) -> web.Response:
        speakers = meant(request).household.speakers
        return web.json_response([speaker_state(speaker) for speaker in speakers])

    async def moving(request: web.Request) -> web.Response:
        parameters = await _parameters(request)
        await move(meant(request), str(parameters["address"]))
        return web.json_response({"ok": True})

    async def run(request: web.Request) -> web.Response:
        speaker, hook = meant(request), request.match_info["hook"]
        if hook not in HOOKS:
            raise web.HTTPNotFound(text=f"Hooks: move, {', '.join(HOOKS)}")
        try:
            press(speaker, hook, await _parameters(request))
        except KeyError as err:
            raise web.HTTPBadRequest(text=f"{hook} wants {err}") from err
        except UPnPFault as err:
            answer = {"error": err.code}
            return web.json_response(answer, status=web.HTTPConflict.status_code)
        return web.json_response({"ok": True})

    app.router.add_get(f"{path}/state", state)
    app.router.add_get(f"{path}/household", household)
    app.router.add_post(f"{path}/move", moving)
    app.router.add_post(f"{path}/{{hook}}", run)


async def _parameters(request: web.Request) -> Parameters:
    body = await request.text()
    parameters: Parameters = json.loads(body) if body else {}
    return parameters


def speaker_state(speaker: Speaker) -> dict[str, Any]:
    """Return what is truly the case with a speaker."""
    transport = speaker.transport
    group = speaker.household.groups.of(speaker)
    return {
        "uid": speaker.uid,
        "name": speaker.name,
        "address": speaker.address,
        "visible": speaker.is_visible,
        "state": transport.state,
        "uri": transport.uri,
        "index": transport.queue.index,
        "queue": [track.title for track in transport.queue.tracks],
        "title": transport.track.title if transport.track else None,
        "stream_content": transport.radio.content if transport.radio else None,
        "position_s": transport.position_s,
        "volume": speaker.sound.volume,
        "mute": speaker.sound.mute,
        "mode": transport.queue.mode,
        "coordinator": group.coordinator,
        "members": group.members,
        "subscriptions": [
            {"service": one.service, "sid": one.sid, "callback": one.callback}
            for one in speaker.subscriptions.values()
        ],
    }
