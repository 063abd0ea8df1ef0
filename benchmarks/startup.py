"""How long starting takes: the integration's modules, a Home Assistant with and without it, the demo."""

import argparse
import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
import os
from pathlib import Path
import platform
import re
import signal
import statistics
import subprocess
import sys
from tempfile import TemporaryDirectory
import time

from demo.home import Home
from demo.link import link, register_app
from demo.ports import any_port, free_port

ROOT = Path(__file__).parent.parent
RUNS = 5

IMPORT = """
import importlib, pathlib, sys, time
sys.path.insert(0, {root!r})
# What any Home Assistant with a media player and a conversation has imported before.
import homeassistant.bootstrap, homeassistant.components.conversation, homeassistant.components.media_player
import homeassistant.components.recorder, homeassistant.helpers.config_entry_oauth2_flow
root = pathlib.Path({root!r})
names = [".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
         for path in sorted((root / "custom_components" / "encore").rglob("*.py"))]
begun = time.perf_counter()
for name in names: importlib.import_module(name)
print(time.perf_counter() - begun)
"""
"""Imports every module of the integration, over those that any Home Assistant has imported before."""


def figure(name: str, seconds: list[float]) -> None:
    """Print one line: the median, and the range that the runs had."""
    median, low, high = statistics.median(seconds), min(seconds), max(seconds)
    runs = f"{low:.2f} to {high:.2f}, {len(seconds)} runs" if seconds[1:] else "1 run"
    print(f"  {name:<58} {median:7.2f} s   ({runs})", flush=True)


def imports() -> None:
    """Measure importing all of the integration's modules, each time in a new interpreter."""
    command = [sys.executable, "-c", IMPORT.format(root=str(ROOT))]
    seconds = [
        float(
            subprocess.run(command, capture_output=True, text=True, check=True).stdout
        )
        for _ in range(RUNS)
    ]
    figure("import of all of Encore's modules", seconds)


async def boots() -> None:
    """Measure Home Assistant from its start until everything is set up, without and with linked accounts."""
    with TemporaryDirectory(prefix="encore-bench-") as scratch:
        folder = Path(scratch)
        async with Home(
            config=folder / "config",
            spotify=folder / "spotify",
            port=free_port(18423),
            simulator_port=free_port(19390),
        ) as home:
            await home.start_simulators()
            await home.start_home_assistant(("Alva", "Ben"))
            figure("Home Assistant, no account linked", await _repeat(home))
            await register_app(home.api)
            for person in ("alva", "ben"):
                await link(home.api, person)
            figure("Home Assistant, two accounts linked", await _repeat(home))


async def _repeat(home: Home) -> list[float]:
    async def boot() -> None:
        await home.home_assistant.start()
        await home.home_assistant.started(home.api)

    seconds = []
    for _ in range(RUNS):
        await home.home_assistant.stop()
        seconds.append(await _timed(boot))
    return seconds


async def _timed(act: Callable[[], Awaitable[None]]) -> float:
    begun = time.perf_counter()
    await act()
    return time.perf_counter() - begun


def demos(root: Path, environment: dict[str, str], *, kind: str) -> None:
    """Measure `script/demo` in `root` from the command to the ready home: a first run, and a second."""
    with TemporaryDirectory(prefix="encore-bench-") as folder:
        for run in ("first", "second"):
            with demo(root, environment, Path(folder, "demo")) as ready:
                figure(f"script/demo, {run} run, {kind}", [ready])


@contextmanager
def demo(root: Path, environment: dict[str, str], folder: Path) -> Iterator[float]:
    """Run the demo; yield how long it took until it was ready (s). It is stopped afterwards."""
    port = str(any_port())
    command = ["script/demo", "--no-browser", "--port", port, "--folder", str(folder)]
    begun = time.perf_counter()
    with subprocess.Popen(
        command,
        cwd=root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout is not None
        said = []
        try:
            for line in process.stdout:
                said.append(line)
                if re.search(r"is ready, after \d+ s", line):
                    yield time.perf_counter() - begun
                    break
            else:
                raise RuntimeError(f"The demo did not start:\n{''.join(said)}")
        finally:
            process.send_signal(signal.SIGINT)
            process.stdout.read()
            process.wait()


def clean_clone() -> None:
    """Measure the first run of all: a clean clone, and nothing downloaded before."""
    with TemporaryDirectory(prefix="encore-bench-") as scratch:
        clone, home = Path(scratch, "encore"), Path(scratch, "home")
        home.mkdir()
        subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        environment = {
            name: value
            for name, value in os.environ.items()
            if name not in ("VIRTUAL_ENV", "UV_CACHE_DIR", "XDG_CACHE_HOME")
        }
        demos(clone, {**environment, "HOME": str(home)}, kind="clean clone")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument(
        "--clean-clone",
        action="store_true",
        help="measure the demo from a clean clone instead, with nothing downloaded before",
    )
    options = parser.parse_args()
    print(
        f"Start-up: Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}"
    )
    if options.clean_clone:
        clean_clone()
        return
    imports()
    asyncio.run(boots())
    demos(ROOT, dict(os.environ), kind="everything installed")


if __name__ == "__main__":
    main()
