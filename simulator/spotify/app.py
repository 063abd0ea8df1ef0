"""One simulated Spotify: its world, its accounts service, its Web API and its faults, on one origin."""

import asyncio
from collections.abc import Callable, Mapping
import contextlib
from email.utils import formatdate
import json
import os
from pathlib import Path
from typing import Final

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler, Middleware
from yarl import URL

from ..clock import SimulatedClock
from ..closing import stop_listening
from .accounts import Accounts
from .accounts_web import AccountsWeb
from .admin import Admin
from .covers import Covers
from .faults import Faults
from .manners import Manners
from .request_log import Asked, RequestLog
from .shapes import COVER_SIZES
from .web_api import WebApi, answer_refusals, bearer_token
from .world import SpotifyWorld

_SAVE_EVERY_S: Final = 10
_TOKENS_FILE: Final = "accounts.json"
_LOGGED: Final = ("/v1/", "/api/", "/authorize")


class SpotifySimulator:
    """A Spotify of our own on loopback: start it, use `url`, look at what it knows, stop it.

    `world` is what is true, `accounts` who let whom in, `manners` how it answers, `faults` what shall go wrong,
    `requests` who asked for what. With a `state_dir` the world and the accounts outlive the process, a kill included.
    """

    def __init__(
        self,
        seed: int = 7,
        clock: SimulatedClock | None = None,
        *,
        state_dir: Path | None = None,
        past_days: int | None = None,
    ) -> None:
        """Make the world of `seed`, or load the one in `state_dir`; `past_days` shortens everyone's past."""
        self._state_dir = state_dir
        if state_dir:
            state_dir.mkdir(parents=True, exist_ok=True)
        self.clock = clock or SimulatedClock()
        self.world = SpotifyWorld(seed, self.clock, state_dir, past_days=past_days)
        self.manners = Manners()
        self.accounts = Accounts(
            self.clock.now_ms,
            self.world.people,
            manners=self.manners,
            saved=self._save_accounts,
        )
        self.faults = Faults(self.clock.now_ms)
        self.requests = RequestLog()
        self.answered: list[Callable[[Asked, bytes], None]] = []
        """Whoever wants to see each answer with its body, whole or not, as it is sent."""
        self._covers = Covers(state_dir / "covers" if state_dir else None)
        self._api = WebApi(self.world, self.accounts, self._covers, self.manners)
        self._runner: web.AppRunner | None = None
        self._saving: asyncio.Task[None] | None = None
        self.url = ""
        """Where it listens, such as `http://127.0.0.1:9090`, without a trailing slash; empty before `start`."""
        self._load_accounts()

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; port 0 is any free one. Raises OSError when the port is taken."""
        app = web.Application(
            middlewares=[self._note(), self._fail_to_order(), answer_refusals]
        )
        app.on_response_prepare.append(self._date)
        app.add_routes(AccountsWeb(self.accounts, self._people_shown).routes())
        app.add_routes(self._api.routes())
        app.add_routes(Admin(self).routes())
        app.add_routes([web.get("/image/{image_id}", self._image)])
        # Whoever hangs up ends its request: a command that waits in a stall is not carried out afterwards.
        runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=1
        )
        await runner.setup()
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError:
            await runner.cleanup()
            raise
        self._runner = runner
        address = runner.addresses[0]
        self.url = str(URL.build(scheme="http", host=address[0], port=address[1]))
        self.clock.attach()
        if self._state_dir:
            self._saving = asyncio.create_task(self._save_regularly())

    async def stop(self) -> None:
        """Stop listening, end every stall, and save."""
        if self._runner is None:
            return
        if self._saving:
            self._saving.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._saving
            self._saving = None
        self.faults.clear()
        await stop_listening(self._runner.sites)
        await self._runner.cleanup()
        self._runner = None
        self.clock.detach()
        self.save()

    def save(self) -> None:
        """Write everything to the state dir; nothing without one."""
        self.world.save()
        self._save_accounts()

    async def _save_regularly(self) -> None:
        while True:
            await asyncio.sleep(_SAVE_EVERY_S)
            self.clock.catch_up()
            self.save()

    def _load_accounts(self) -> None:
        if self._state_dir and (file := self._state_dir / _TOKENS_FILE).exists():
            self.accounts.restore(json.loads(file.read_text(encoding="utf-8")))

    def _save_accounts(self) -> None:
        """Write every token atomically and to the disk, before anybody learns of a new one."""
        if not self._state_dir:
            return
        file = self._state_dir / _TOKENS_FILE
        fresh = file.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as out:
            json.dump(self.accounts.as_state(), out)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)

    def _people_shown(self) -> Mapping[str, tuple[str, str]]:
        return {
            person.key: (
                person.display_name,
                "not registered with this app"
                if not person.allowlisted
                else "Premium"
                if person.premium
                else "Free",
            )
            for person in self.world.people.values()
        }

    async def _image(self, request: web.Request) -> web.Response:
        image_id, _, size = request.match_info["image_id"].partition("-")
        biggest = COVER_SIZES[0]
        pixels = int(size) if size.isdecimal() and int(size) <= biggest else biggest
        body, media_type = self._covers.image(image_id, pixels or biggest)
        return web.Response(
            body=body,
            content_type=media_type,
            headers={"Cache-Control": "public, max-age=86400"},
        )

    async def _date(self, _: web.Request, answer: web.StreamResponse) -> None:
        """Say what time it is by Spotify's clock."""
        now_s = (self.clock.now_ms() + self.manners.clock_ms) / 1000
        answer.headers[hdrs.DATE] = formatdate(now_s, usegmt=True)

    # What every request passes, outermost first.

    def _note(self) -> Middleware:
        @web.middleware
        async def note(request: web.Request, handler: Handler) -> web.StreamResponse:
            """Bring the world up to now, and note who asked for what and what they got."""
            self.clock.catch_up()
            if not request.path.startswith(_LOGGED):
                return await handler(request)
            # Now: a refresh makes the token that says who asks an old one, and a test may withdraw it.
            person = await self._person(request)
            status, body = 0, b""
            try:
                answer = await handler(request)
                status = answer.status if not _cut_off(request) else 0
                body = _body(answer)
            except web.HTTPException as error:
                status = error.status
                raise
            finally:
                asked = _asked(request, self.clock.now_ms(), person, status)
                self.requests.add(asked)
                for listener in self.answered:
                    listener(asked, body)
            return answer

        return note

    def _fail_to_order(self) -> Middleware:
        @web.middleware
        async def fail(request: web.Request, handler: Handler) -> web.StreamResponse:
            """Let a request run into a waiting fault."""
            if not request.path.startswith(_LOGGED) or not self.faults.waiting:
                return await handler(request)
            person = await self._person(request)
            fault = self.faults.take(request.method, request.path, person)
            if fault is None:
                return await handler(request)
            return await self.faults.strike(fault, request, handler)

        return fail

    async def _person(self, request: web.Request) -> str | None:
        """Return whose token or code a request carries, good or not."""
        if request.path == "/api/token" and request.method == "POST":
            form = await request.post()
            secret = form.get("refresh_token") or form.get("code") or ""
            return self.accounts.person_of(str(secret))
        return self.accounts.person_of(bearer_token(request))


def _cut_off(request: web.Request) -> bool:
    return request.transport is None or request.transport.is_closing()


def _body(answer: web.StreamResponse) -> bytes:
    body = answer.body if isinstance(answer, web.Response) else None
    return body if isinstance(body, bytes) else b""


def _asked(request: web.Request, now_ms: int, person: str | None, status: int) -> Asked:
    resource = request.match_info.route.resource
    route = resource.canonical if resource else request.path
    return Asked(
        at_ms=now_ms,
        person=person,
        method=request.method,
        endpoint=route.rstrip("/"),
        path=request.path,
        query=request.query_string,
        status=status,
    )
