"""A real Home Assistant process with a configuration folder of its own, on loopback only."""

import asyncio
from collections.abc import Mapping
import json
import os
from pathlib import Path
import sys

import aiohttp

from .api import HomeAssistantApi
from .ports import LOOPBACK
from .process import ChildProcess

REPOSITORY = Path(__file__).parent.parent
INTEGRATION = REPOSITORY / "custom_components" / "encore"
BROUGHT = REPOSITORY / ".setup" / "house"
"""What script/setup brought for it where the machine has none: FFmpeg in `bin`, libturbojpeg in `lib`."""

CONFIGURATION = """\
# Written by the demo. Everything of default_config that stays on this machine:
# no my, cloud, dhcp, ssdp, zeroconf, bluetooth or usb.
homeassistant:
  media_dirs:
    local: !env_var ENCORE_DEMO_MEDIA

assist_pipeline:
conversation:
history:
logbook:
media_source:
"""

STARTS_WITHIN_S = 180
"""A first start on a slow machine compiles every module."""


class HomeAssistantProcess:
    """One Home Assistant: its folder, its process, its address."""

    def __init__(
        self,
        folder: Path,
        *,
        port: int,
        environment: Mapping[str, str],
        python: Path = Path(sys.executable),
    ) -> None:
        """Take the configuration folder, which is made when absent, and a free loopback port.

        `python` runs it, and has it installed.
        """
        self.folder = folder
        self.log = folder / "home-assistant.log"
        self.media = folder / "media"
        """Actions may read files from here."""
        self.url = f"http://{LOOPBACK}:{port}"
        self._port = port
        self.process = ChildProcess(
            "Home Assistant",
            "homeassistant",
            [
                *("--config", str(folder)),
                *("--log-file", str(self.log), "--log-no-color"),
            ],
            python=python,
            # Not the repository: Python would find `custom_components` there first.
            folder=folder,
            log=folder / "output.log",
            environment={
                # Home Assistant looks for uv beside the Python that runs it.
                "VIRTUAL_ENV": str(python.parent.parent),
                # In a container its media folder would be outside of its own.
                "ENCORE_DEMO_MEDIA": str(self.media),
                "PATH": _before(BROUGHT / "bin", "PATH"),
                "LD_LIBRARY_PATH": _before(BROUGHT / "lib", "LD_LIBRARY_PATH"),
                **environment,
            },
        )

    async def start(self) -> None:
        """Write what is needed before the first start, start, and wait until it answers."""
        await asyncio.to_thread(self._prepare)
        await self.process.start()
        await self.process.until(self._answers, within=STARTS_WITHIN_S)

    async def started(self, api: HomeAssistantApi) -> None:
        """Wait until every integration was set up."""

        async def running() -> bool:
            return str((await api.get("/api/config"))["state"]) == "RUNNING"

        await self.process.until(running, within=STARTS_WITHIN_S)

    async def stop(self) -> None:
        """Stop Home Assistant as its own restart does, so that everything is saved."""
        await self.process.stop()

    async def kill(self) -> None:
        """End it at once, as a power cut would."""
        await self.process.kill()

    async def _answers(self) -> bool:
        try:
            async with (
                aiohttp.ClientSession() as session,
                session.get(f"{self.url}/manifest.json") as response,
            ):
                return response.status == 200
        except aiohttp.ClientConnectionError:
            return False

    def _prepare(self) -> None:
        storage = self.folder / ".storage"
        storage.mkdir(parents=True, exist_ok=True)
        self.media.mkdir(exist_ok=True)
        configuration = self.folder / "configuration.yaml"
        if not configuration.exists():
            configuration.write_text(CONFIGURATION)
        _write_store(storage / "http", 2, 2, _http(self._port))
        if not (storage / "onboarding").exists():
            # The steps after the owner's account reach out to the internet: they
            # look up the place and set up weather, radio and a cloud voice.
            done = ["core_config", "analytics", "integration"]
            _write_store(storage / "onboarding", 4, 1, {"done": done})
        link = self.folder / "custom_components" / INTEGRATION.name
        link.parent.mkdir(exist_ok=True)
        if not link.exists():
            link.unlink(missing_ok=True)
            link.symlink_to(INTEGRATION, target_is_directory=True)


def _before(folder: Path, variable: str) -> str:
    """Return a list of folders of the environment with one more at its head."""
    there = os.environ.get(variable)
    return os.pathsep.join([str(folder), *([there] if there else [])])


def _http(port: int) -> dict[str, object]:
    """Return the store of Home Assistant's web server.

    `http:` in YAML would be a trial of five minutes that then reverts to all interfaces.
    """
    return {
        "stable": {
            "server_port": port,
            "server_host": [LOOPBACK],
            "cors_allowed_origins": [],
            "login_attempts_threshold": -1,
            "ip_ban_enabled": True,
            "ssl_profile": "modern",
            "use_x_frame_options": True,
            "created_at": "2026-01-01T00:00:00+00:00",
            "error": None,
            "error_message": None,
        },
        "pending": None,
        "yaml_migration_done": True,
    }


def _write_store(path: Path, version: int, minor_version: int, data: object) -> None:
    store = {
        "version": version,
        "minor_version": minor_version,
        "key": path.name,
        "data": data,
    }
    path.write_text(json.dumps(store, indent=2))
    path.chmod(0o600)
