"""`python -m demo`: one command to a playing, remembering, answering Home Assistant."""

import argparse
import asyncio
from pathlib import Path
import signal
import sys

from .errors import DemoError
from .folder import DemoFolder
from .ports import exactly, free_port
from .show import open_home

PORT = 8123
SIMULATOR_PORT = 9090
FOLDER = Path(__file__).parent.parent / ".demo"


def main() -> int:
    """Run the demo until Ctrl-C; return the exit code."""
    options = _options()
    try:
        with DemoFolder(options.folder.resolve()) as folder:
            for child in folder.stop_leftovers():
                print(
                    f"  Stopped process {child.pid}, which a killed run had left behind."
                )
            if options.fresh:
                folder.empty()
            port = free_port(PORT) if options.port is None else exactly(options.port)
            asyncio.run(
                _until_interrupted(
                    folder,
                    port=port,
                    simulator_port=free_port(SIMULATOR_PORT),
                    browser=options.browser,
                )
            )
    except DemoError as err:
        print(f"\n{err}", file=sys.stderr)
        return 1
    return 0


async def _until_interrupted(
    folder: DemoFolder, *, port: int, simulator_port: int, browser: bool
) -> None:
    """Run the demo; Ctrl-C, or its terminal going away, ends it in good order."""
    show = asyncio.create_task(
        open_home(folder, port=port, simulator_port=simulator_port, browser=browser)
    )
    loop = asyncio.get_running_loop()
    stopping = False

    def stop() -> None:
        nonlocal stopping
        if stopping:
            print("  Still stopping: Home Assistant is saving.", flush=True)
            return
        stopping = True
        show.cancel()

    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(name, stop)
    try:
        await show
    except asyncio.CancelledError:
        if not stopping:
            raise


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="script/demo",
        description="Start a demo house: a real Home Assistant with Encore, on simulated "
        "Spotify accounts, on this machine only. Ctrl-C stops it; the next run continues.",
    )
    parser.add_argument(
        "--port",
        type=int,
        help=f"Home Assistant's port (default: {PORT}, or the next free one)",
    )
    parser.add_argument(
        "--fresh", action="store_true", help="forget earlier runs and start over"
    )
    parser.add_argument(
        "--browser",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="open the house in a browser once it is ready",
    )
    parser.add_argument(
        "--folder",
        type=Path,
        default=FOLDER,
        help="where the demo keeps its state (.demo)",
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
