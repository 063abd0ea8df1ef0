"""The walk through the rooms: what sounded where is remembered once, with its listener, and told when asked."""

from collections import Counter
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
import time

from playwright.async_api import Locator, Page, expect
import pytest
import pytest_asyncio

from simulator.sonos.radio import STATIONS
from tests.loopback import own_network

from .browser import visitor
from .conftest import allow_loopback, reached
from .evening import asked
from .log import complaints
from .rooms_evening import (
    ALVA,
    ROOMS,
    SETTLED_S,
    Rooms,
    RoomsEvening,
    Sounded,
    as_played,
    as_remembered,
    playing_at,
    rooms_home,
    spend,
)
from .waiting import until

MOST_TABS = 20
LATE_S = 0.7
"""How much later than it happens a page hears of it, over a slow connection."""
NEAR_S = 3
"""How far off what was watched may be; a restart of Home Assistant is not felt."""


@dataclass(frozen=True, slots=True)
class Walked:
    """The home after the walk, and what was heard in it."""

    rooms: Rooms
    evening: RoomsEvening


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def walked(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Walked]:
    """Walk through a home of its own."""
    network = own_network(2)
    allow_loopback(network)
    folder = tmp_path_factory.mktemp("rooms")
    async with rooms_home(folder, network) as rooms:
        yield Walked(rooms, await spend(rooms))


async def test_each_thing_played_is_one_play(walked: Walked) -> None:
    """With its listener and its rooms; the track that came twice is two plays."""
    assert as_remembered(walked.evening.before) == as_played(walked.evening.heard)


async def test_an_import_of_the_same_changes_nothing(walked: Walked) -> None:
    """What speakers and accounts told is one with what the export tells; rooms and listeners stay."""
    assert as_remembered(walked.evening.after) == as_played(walked.evening.heard)
    ledger = await walked.rooms.home.truth.heard("alva")
    assert walked.evening.total == len(ledger)


async def test_a_play_is_as_long_as_it_sounded(walked: Walked) -> None:
    """Also the one in which Home Assistant restarted, and before the export says how long it was."""
    reported = {
        (one.title, one.listener, round(one.seconds)) for one in walked.evening.heard
    }
    for play in walked.evening.before:
        assert any(
            title == play["title"]
            and listener == play["listener"]
            and abs(seconds - play["seconds_played"]) <= NEAR_S
            for title, listener, seconds in reported
        ), play


async def test_what_was_playing_in_a_room_follows_its_groups(walked: Walked) -> None:
    """Shortly after and shortly before each change, every room is asked about."""
    margin = round(SETTLED_S * 1000)
    edges = {
        edge
        for one in walked.evening.heard
        for span in one.rooms.values()
        for edge in span
    }
    for moment in sorted(
        {edge + margin for edge in edges} | {edge - margin for edge in edges}
    ):
        if any(abs(edge - moment) < margin - 100 for edge in edges):
            continue
        # The last change may have been a moment ago.
        if moment > time.time() * 1000:
            continue
        for room in ROOMS:
            said = await playing_at(walked.rooms.home, room, moment)
            assert [play["title"] for play in said] == sounding(
                walked.evening.heard, room, moment
            ), (room, moment)


async def test_assist_says_what_was_playing_in_a_room(walked: Walked) -> None:
    """“What was playing in the kitchen at 9?”, of each room, by the clock on the wall."""
    minute = walked.evening.minute
    at = f"{minute.hour % 12 or 12}:{minute:%M} {'am' if minute.hour < 12 else 'pm'}"
    moment = round(minute.timestamp() * 1000)
    for room in ROOMS:
        said = await asked(
            walked.rooms.home, f"What was playing in the {room.casefold()} at {at}?"
        )
        truth = sounding(walked.evening.heard, room, moment)
        for title in truth:
            assert f"“{title}”" in said
        if not truth:
            assert "nothing was playing" in said.casefold()


async def test_assist_says_where_most_was_played(walked: Walked) -> None:
    """“Where did we listen most this week?” ranks the rooms; the study had no music."""
    answer = await walked.rooms.home.api.act(
        "encore.get_top",
        {
            "of": "rooms",
            "time_range": "last_hour",
            "by": "minutes",
            "minimum_played": 0,
        },
        answer=True,
    )
    ranked = [entry["name"] for entry in answer["top"]]
    sounded = Counter[str]()
    for one in walked.evening.heard:
        for room, (start, end) in one.rooms.items():
            sounded[room] += end - start
    assert sorted(ranked) == sorted(sounded)
    # What the speakers tell of Alva's last track is not counted while that may be resumed.
    last = max(
        (one for one in walked.evening.heard if one.listener == ALVA),
        key=lambda one: one.started_at,
    )
    near = NEAR_S * 1000 + last.ended_at - last.started_at
    for more, less in pairwise(ranked):
        assert sounded[more] > sounded[less] - near
    said = await asked(walked.rooms.home, "Where did we listen most this week?")
    assert "kitchen" in said.casefold()
    assert "study" not in said.casefold()


async def test_rooms_are_grouped_on_the_page_now(
    walked: Walked, artifacts: Path
) -> None:
    """By dragging one onto what plays and back among the quiet ones, and by keyboard from a list; the speakers do so.

    The page hears of everything late, as over a slow connection: by then the speakers play together.
    """
    allow_loopback(own_network(2))
    rooms = walked.rooms
    await rooms.app.press("Kitchen", "radio", title=STATIONS[0].title)
    async with visitor(rooms.home.url, rooms.home.owner, artifacts) as guest:
        page = guest.page
        # Where a room comes from and goes to are both on the screen.
        await page.set_viewport_size({"width": 1360, "height": 1200})
        await guest.hears_late(LATE_S)
        await guest.opens_panel("now")
        playing = page.locator("encore-now-group", has_text="Kitchen")
        quiet = page.locator("encore-now .silent")
        await expect(playing).to_be_visible()

        await quiet.locator("li", has_text="Study").drag_to(playing)
        await until_together(rooms, "Kitchen", "Study", so=True)
        study = playing.get_by_role("list", name="Rooms").locator(
            "li", has_text="Study"
        )
        await expect(study).to_be_visible()
        await guest.take_picture("panel-now-grouped")
        # A room is taken by its name: beside it is the slider of its volume.
        await study.locator(".name").drag_to(quiet)
        await until_together(rooms, "Kitchen", "Study", so=False)
        await expect(quiet).to_contain_text("Study")

        for so in (True, False):
            await page.keyboard.press("Escape")
            await playing.get_by_role("button", name="Choose rooms").focus()
            await page.keyboard.press("Enter")
            chooser = page.locator("encore-grouping-dialog")
            study = chooser.get_by_role("checkbox", name="Study")
            await expect(study).to_be_checked(checked=not so)
            await tab_to(page, study)
            await page.keyboard.press("Space")
            await tab_to(page, chooser.get_by_role("button", name="Group", exact=True))
            await page.keyboard.press("Enter")
            await until_together(rooms, "Kitchen", "Study", so=so)
            await expect(chooser).to_have_count(0)
    await rooms.app.press("Kitchen", "stop")


async def tab_to(page: Page, goal: Locator) -> None:
    """Press Tab until something has the focus."""
    await expect(goal).to_be_visible()
    for _ in range(MOST_TABS):
        if await goal.evaluate("goal => goal.matches(':focus')"):
            return
        await page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {goal}")


async def until_together(rooms: Rooms, one: str, other: str, *, so: bool) -> None:
    """Wait until the speakers of two rooms play in one group, or in two."""

    async def as_reported() -> bool:
        groups = [(await rooms.app.state(room))["coordinator"] for room in (one, other)]
        return (groups[0] == groups[1]) is so

    await until(as_reported, what=f"{one} and {other} together: {so}")


def test_the_walk_left_no_complaint(walked: Walked) -> None:
    """Nothing in the log names Encore or its libraries, and nobody wanted to leave the machine."""
    log = walked.rooms.home.home_assistant.process.log
    assert complaints(log) == []
    assert complaints(log, about="soco") == []
    assert reached(walked.rooms.home) == []


def sounding(played: list[Sounded], room: str, moment: int) -> list[str]:
    """Return the titles of what truly sounded in a room at a moment (UTC ms)."""
    return [
        one.title
        for one in played
        if room in one.rooms and one.rooms[room][0] <= moment < one.rooms[room][1]
    ]
