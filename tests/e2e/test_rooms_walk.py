"""The walk through the rooms: what sounded where is remembered once, with its listener, and told when asked."""

from collections import Counter
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from itertools import pairwise
import time

import pytest
import pytest_asyncio

from tests.loopback import own_network

from .conftest import allow_loopback, reached
from .evening import asked
from .log import complaints
from .rooms_evening import (
    ROOMS,
    SETTLED_S,
    Rooms,
    RoomsEvening,
    Sounded,
    as_heard,
    as_remembered,
    playing_at,
    rooms_house,
    spend,
)

NEAR_S = 3
"""How far off what was watched may be; a restart of Home Assistant is not felt."""


@dataclass(frozen=True, slots=True)
class Walked:
    """The house after the walk, and what was heard in it."""

    rooms: Rooms
    evening: RoomsEvening


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def walked(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Walked]:
    """Walk through a house of its own."""
    network = own_network(2)
    allow_loopback(network)
    folder = tmp_path_factory.mktemp("rooms")
    async with rooms_house(folder, network) as rooms:
        yield Walked(rooms, await spend(rooms))


async def test_each_thing_heard_is_one_play(walked: Walked) -> None:
    """With its listener and its rooms; the track that came twice is two plays."""
    assert as_remembered(walked.evening.before) == as_heard(walked.evening.heard)


async def test_an_import_of_the_same_changes_nothing(walked: Walked) -> None:
    """What speakers and accounts told is one with what the export tells; rooms and listeners stay."""
    assert as_remembered(walked.evening.after) == as_heard(walked.evening.heard)
    ledger = await walked.rooms.house.truth.heard("alva")
    assert walked.evening.total == len(ledger)


async def test_a_play_is_as_long_as_it_sounded(walked: Walked) -> None:
    """Also the one in which Home Assistant restarted, and before the export says how long it was."""
    told = {
        (one.title, one.listener, round(one.seconds)) for one in walked.evening.heard
    }
    for play in walked.evening.before:
        assert any(
            title == play["title"]
            and listener == play["listener"]
            and abs(seconds - play["seconds_played"]) <= NEAR_S
            for title, listener, seconds in told
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
            said = await playing_at(walked.rooms.house, room, moment)
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
            walked.rooms.house, f"What was playing in the {room.casefold()} at {at}?"
        )
        truth = sounding(walked.evening.heard, room, moment)
        for title in truth:
            assert f"“{title}”" in said
        if not truth:
            assert "nothing was playing" in said.casefold()


async def test_assist_says_where_most_was_heard(walked: Walked) -> None:
    """“Where did we listen most this week?” ranks the rooms; the kitchen had music the longest, the study none."""
    answer = await walked.rooms.house.api.act(
        "encore.top",
        {"of": "rooms", "window": "last_hour", "by": "minutes", "minimum_played": 0},
        answer=True,
    )
    ranked = [entry["name"] for entry in answer["top"]]
    sounded = Counter[str]()
    for one in walked.evening.heard:
        for room, (start, end) in one.rooms.items():
            sounded[room] += end - start
    assert ranked[0] == "Kitchen"
    assert sorted(ranked) == sorted(sounded)
    for more, less in pairwise(ranked):
        assert sounded[more] > sounded[less] - NEAR_S * 1000
    said = await asked(walked.rooms.house, "Where did we listen most this week?")
    assert "kitchen" in said.casefold()
    assert "study" not in said.casefold()


def test_the_walk_left_no_complaint(walked: Walked) -> None:
    """Nothing in the log names Encore or its libraries, and nobody wanted to leave the machine."""
    log = walked.rooms.house.home_assistant.process.log
    assert complaints(log) == []
    assert complaints(log, about="soco") == []
    assert reached(walked.rooms.house) == []


def sounding(heard: list[Sounded], room: str, moment: int) -> list[str]:
    """Return the titles of what truly sounded in a room at a moment (UTC ms)."""
    return [
        one.title
        for one in heard
        if room in one.rooms and one.rooms[room][0] <= moment < one.rooms[room][1]
    ]
