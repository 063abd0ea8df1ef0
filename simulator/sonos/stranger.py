"""A host that answers where a speaker is expected, and is none."""

from aiohttp import web

_PAGE = (
    "<!doctype html><html><head><title>Router</title></head><body>Log in</body></html>"
)


class Stranger:
    """A router's web server on a speaker's port: the same page for everything, or 404 for everything."""

    def __init__(
        self, address: str, port: int = 1400, *, refuses: bool = False
    ) -> None:
        """Take a loopback address; with `refuses` nothing is found there."""
        self._address = address
        self._port = port
        self._refuses = refuses
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None)

    async def start(self) -> None:
        """Listen; OSError if the address is taken."""
        await self._runner.setup()
        await web.TCPSite(self._runner, self._address, self._port).start()

    async def stop(self) -> None:
        """Listen no longer."""
        await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        if self._refuses:
            raise web.HTTPNotFound
        return web.Response(text=_PAGE, content_type="text/html")
