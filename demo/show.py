"""The demo from the first step to the last: start, furnish, play, tell what to try, stop."""

import asyncio
import os
import sys
import time
import webbrowser

from .assistants import ASSISTANTS, let_encore_answer, set_up_assistants
from .dashboard import OF_ITS_OWN, hang_up
from .folder import Child, DemoFolder
from .house import House
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


async def open_house(
    folder: DemoFolder, *, port: int, simulator_port: int, browser: bool
) -> None:
    """Run the demo until it is cancelled; both ports are free loopback ports."""
    begun = time.monotonic()
    print("Encore demo")
    house = House(
        config=folder.config,
        spotify=folder.spotify,
        port=port,
        simulator_port=simulator_port,
        token=folder.token,
    )
    try:
        await settle_in(house, folder)
        _tell(house, time.monotonic() - begun)
        if browser and _has_screen():
            await asyncio.to_thread(webbrowser.open, house.url)
        await house.watch(lambda: _note_children(house, folder))
    finally:
        print("\n", end="")
        with step("Stopping Home Assistant and the simulators"):
            await house.stop()


async def settle_in(house: House, folder: DemoFolder) -> None:
    """Start a house, and make it the demo's as far as earlier runs have not."""
    await _start(house, folder)
    listens = [await move_in(house, folder, one) for one in INHABITANTS]
    rooms = await furnish_rooms(house)
    with step("Setting up voice assistants for four other languages"):
        await set_up_assistants(house.api)
        await let_encore_answer(house.api)
    with step("Hanging up the dashboard"):
        asked = (*QUESTIONS, *(each.question for each in ASSISTANTS))
        await hang_up(house.api, listens, asked, rooms)


async def _start(house: House, folder: DemoFolder) -> None:
    with step("Starting the Spotify simulator") as line:
        await house.start_simulators()
        line.outcome = house.simulators.url
    _note_children(house, folder)
    with step("Putting on music"):
        # Before Home Assistant looks: it looks at an idle player only every few minutes.
        await make_music(house, ALVA)
        await make_music(house, BEN, paused=True)
    with step("Starting Home Assistant") as line:
        await house.start_home_assistant(tuple(one.name for one in INHABITANTS))
        line.outcome = house.url
    _note_children(house, folder)
    if house.token:
        folder.keep_token(house.token)


def _note_children(house: House, folder: DemoFolder) -> None:
    """Note which processes run now."""
    running = {
        house.simulators.process.pid: folder.spotify,
        house.home_assistant.process.pid: folder.config,
    }
    folder.note_children(
        [Child(pid, str(sign)) for pid, sign in running.items() if pid is not None]
    )


def _tell(house: House, seconds: float) -> None:
    """Print where to go, how to get in, and what to try."""
    things = "\n".join(
        f"  {number}. {thing}" for number, thing in enumerate(_things(house), 1)
    )
    print(f"""
{HOME} is ready, after {seconds:.0f} s.

    {house.url}
    User name  {house.owner.username}
    Password   {house.owner.password}

Things to try:
{things}

Ctrl-C stops the house; the next run continues where it was, and --fresh starts over.
""")


def _things(house: House) -> list[str]:
    """Return what to try."""
    return [
        "Watch Alva's player on the dashboard; pause it, skip, choose another device.",
        f"Open Assist (top right, or press a) and ask: {QUESTIONS[0]}",
        *(f"Ask: {question}" for question in QUESTIONS[1:3]),
        *(
            ["Group the rooms on the dashboard, and turn them up and down."]
            if house.simulators.speakers
            else []
        ),
        f"Look through the dashboard that Encore makes by itself: {house.url}/{OF_ITS_OWN}",
        f"See what was linked and added at {house.url}/config/integrations/integration/encore",
    ]


def _has_screen() -> bool:
    """Whether a browser window could open; a text browser would take the terminal."""
    return sys.platform == "darwin" or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")
    )
