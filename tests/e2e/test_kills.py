"""Kills around token refreshes: the account works after each, or asks for one login, and never loops. And a kill of the tests."""

import asyncio
from collections.abc import AsyncGenerator
import random
import subprocess
import sys

import pytest
import pytest_asyncio

from demo.api import Json
from demo.home import Home
from demo.link import FLOW, NotLinked, go_through, link, register_app
from demo.ports import any_port, is_free

from .conftest import allow_loopback, watched
from .waiting import until

KILLS = 20
SWALLOWED_EVERY = 7
"""So often an answer of the token endpoint is swallowed: the token is rotated, and nobody learns of it."""
ALL_REQUESTS = "20000"
"""More than one start makes, its backfill included."""
OPENS_CHROMIUM = """
import asyncio, sys
from tests.e2e.browser import open_chromium
async def main():
    async with open_chromium(f"--remote-debugging-port={sys.argv[1]}"):
        print("open", flush=True)
        await asyncio.sleep(600)
asyncio.run(main())
"""
LIFETIME_S = 302
"""Refreshed five minutes ahead, a token that lives that long is replaced every two seconds."""


@pytest_asyncio.fixture(loop_scope="session")
async def fragile(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Home]:
    """Run a home of its own, whose simulator hands out tokens that have to be refreshed all the time."""
    allow_loopback()
    folder = tmp_path_factory.mktemp("kills")
    async with Home(
        config=folder / "config",
        spotify=folder / "spotify",
        port=any_port(),
        simulator_port=any_port(),
        environment=watched(folder),
    ) as home:
        await home.start_simulators()
        await home.start_home_assistant(("Alva",))
        yield home


async def token_requests(home: Home) -> int:
    """Return how often the token endpoint was asked, with success or not."""
    counts = (await home.truth.ask("GET", "requests"))["counts"]
    return sum(one["count"] for one in counts if one["endpoint"] == "/api/token")


async def logins_asked_for(home: Home) -> list[Json]:
    """Return the reauth flows that wait for the person."""
    flows = await home.api.command("config_entries/flow/progress")
    return [flow for flow in flows if flow["context"]["source"] == "reauth"]


async def log_in_again(home: Home, flow: Json) -> None:
    """Do what the reauth flow asks the person for."""
    step = await home.api.get(f"{FLOW}/{flow['flow_id']}")
    with pytest.raises(NotLinked, match="reauth_successful"):
        await go_through(home.api, step, "alva", access="control")


@pytest.mark.timeout(1200)
async def test_twenty_kills_around_refreshes_lose_no_account(fragile: Home) -> None:
    """At each start after a kill the account works, or one login is asked for that the kill explains."""
    chance = random.Random(20)
    await register_app(fragile.api)
    await fragile.truth.do("lifetime", seconds=LIFETIME_S)
    await link(fragile.api, "alva")
    # Home Assistant saves accounts and credentials seconds later; that is not what is killed here.
    await fragile.home_assistant.stop()
    excused = False
    for kill in range(KILLS):
        if swallowed := kill % SWALLOWED_EVERY == SWALLOWED_EVERY - 1:
            await fragile.truth.do("faults", kind="answer_lost", match="/api/token")
        await start_and_refresh(fragile, excused=excused or swallowed)
        await asyncio.sleep(chance.choice((0, 0.01, 0.05, chance.uniform(0, 1.5))))
        await fragile.home_assistant.kill()
        excused = not await answer_was_stored(fragile)
    await start_and_refresh(fragile, excused=excused)


async def answer_was_stored(home: Home) -> bool:
    """Whether the newest token was on disk before the kill."""
    asked = await home.truth.ask("GET", "requests", params={"last": ALL_REQUESTS})
    issued = max(
        one["at_ms"] for one in asked["last"] if one["endpoint"] == "/api/token"
    )
    journal = home.home_assistant.folder / ".storage" / "encore.tokens"
    return journal.exists() and journal.stat().st_mtime * 1000 >= issued


async def start_and_refresh(home: Home, *, excused: bool) -> None:
    """Start Home Assistant, and hold it to its promise.

    `excused` says that an answer was lost, so that a login may be asked for.
    """
    issued = len(await home.truth.tokens())
    asked = await token_requests(home)
    await home.home_assistant.start()

    async def refreshed_or_asks() -> bool:
        return len(await home.truth.tokens()) > issued or bool(
            await logins_asked_for(home)
        )

    await until(refreshed_or_asks, within=120, what="a refresh, or a login asked for")
    if logins := await logins_asked_for(home):
        assert excused, "a login was asked for though no answer was lost"
        assert len(logins) == 1
        await log_in_again(home, logins[0])
        # One refusal, the code of the login, and a refresh of its short-lived token.
        assert await token_requests(home) <= asked + 3, (
            "it kept asking with a dead token"
        )


async def test_chromium_ends_with_the_tests_that_are_killed() -> None:
    """As the processes of a home do."""
    port = any_port()
    tests = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", OPENS_CHROMIUM, str(port)), stdout=subprocess.PIPE
    )
    assert tests.stdout
    assert await tests.stdout.readline() == b"open\n"
    assert not is_free(port)
    tests.kill()
    await tests.wait()

    async def has_left() -> bool:
        return is_free(port)

    await until(has_left)
