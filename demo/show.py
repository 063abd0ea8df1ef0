"""The demo from the first step to the last: start, furnish, play, tell what to try, stop."""

import asyncio
import os
import sys
import time
import webbrowser

from .assistants import ASSISTANTS, let_encore_answer, set_up_assistants
from .dashboard import OF_ITS_OWN, hang_up
from .folder import Child, DemoFolder
from .home import Home
from .listeners import ALVA, BEN, INHABITANTS, make_music, move_in
from .onboarding import HOME
from .rooms import furnish_rooms
from .steps import step

QUESTIONS = (
    "What did I listen to last night?",
    "Which artists did Ben listen to most last month?",
    "What was playing at 8 pm yesterday?",
    "What were my top albums in 2023?",
)


async def open_home(
    folder: DemoFolder, *, port: int, simulator_port: int, browser: bool
) -> None:
    """Run the demo until it is cancelled; both ports are free loopback ports."""
    begun = time.monotonic()
    print("Encore demo")
    home = Home(
        config=folder.config,
        spotify=folder.spotify,
        port=port,
        simulator_port=simulator_port,
        token=folder.token,
    )
    try:
        await settle_in(home, folder)
        _tell(home, time.monotonic() - begun)
        if browser and _has_screen():
            await asyncio.to_thread(webbrowser.open, home.url)
        await home.watch(lambda: _note_children(home, folder))
    finally:
        print("\n", end="")
        with step("Stopping Home Assistant and the simulators"):
            await home.stop()


async def settle_in(home: Home, folder: DemoFolder) -> None:
    """Start a home, and make it the demo's as far as earlier runs have not."""
    await _start(home, folder)
    listens = [await move_in(home, folder, one) for one in INHABITANTS]
    rooms = await furnish_rooms(home)
    with step("Setting up voice assistants for four other languages"):
        await set_up_assistants(home.api)
        await let_encore_answer(home.api)
    with step("Hanging up the dashboard"):
        asked = (*QUESTIONS, *(each.question for each in ASSISTANTS))
        await hang_up(home.api, listens, asked, rooms)


async def _start(home: Home, folder: DemoFolder) -> None:
    with step("Starting the Spotify simulator") as line:
        await home.start_simulators()
        line.outcome = home.simulators.url
    _note_children(home, folder)
    with step("Putting on music"):
        # Before Home Assistant looks: it looks at an idle player only every few minutes.
        await make_music(home, ALVA)
        await make_music(home, BEN, paused=True)
    with step("Starting Home Assistant") as line:
        await home.start_home_assistant(tuple(one.name for one in INHABITANTS))
        line.outcome = home.url
    _note_children(home, folder)
    if home.token:
        folder.keep_token(home.token)


def _note_children(home: Home, folder: DemoFolder) -> None:
    """Note which processes run now."""
    running = {
        home.simulators.process.pid: folder.spotify,
        home.home_assistant.process.pid: folder.config,
    }
    folder.note_children(
        [Child(pid, str(sign)) for pid, sign in running.items() if pid is not None]
    )


def _tell(home: Home, seconds: float) -> None:
    """Print where to go, how to get in, and what to try."""
    things = "\n".join(
        f"  {number}. {thing}" for number, thing in enumerate(_things(home), 1)
    )
    print(f"""
{HOME} is ready, after {seconds:.0f} s.

    {home.url}
    User name  {home.owner.username}
    Password   {home.owner.password}

Things to try:
{things}

Ctrl-C stops the house; the next run continues where it was, and --fresh starts over.
""")


def _things(home: Home) -> list[str]:
    """Return what to try."""
    return [
        "Watch Alva's player on the dashboard; pause it, skip, choose another device.",
        f"Open Assist (top right, or press a) and ask: {QUESTIONS[0]}",
        *(f"Ask: {question}" for question in QUESTIONS[1:3]),
        *(
            ["Group the rooms on the dashboard, and turn them up and down."]
            if home.simulators.speakers
            else []
        ),
        f"Look through the dashboard that Encore makes by itself: {home.url}/{OF_ITS_OWN}",
        f"See what was linked and added at {home.url}/config/integrations/integration/encore",
    ]


def _has_screen() -> bool:
    """Whether a browser window could open; a text browser would take the terminal."""
    return sys.platform == "darwin" or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
