"""What is missing at a start takes nothing else with it: Spotify, or a library."""

from demo.home import Home
from demo.link import entries

from .conftest import watched
from .evening import MOST, Account, asked, until_loaded
from .log import complaints
from .waiting import until


async def test_an_outage_of_spotify_leaves_the_history(
    home: Home, alva: Account
) -> None:
    """While Spotify is away at a start, history answers as before; the account comes back by itself."""
    before = await asked(home, MOST)
    await home.simulators.stop()
    await home.restart_home_assistant()

    async def retrying() -> bool:
        states = {one["title"]: one["state"] for one in await entries(home.api)}
        return states == {
            "Alva Lindqvist": "setup_retry",
            "Listening history": "loaded",
        }

    await until(retrying, what="another try at the account")
    assert await asked(home, MOST) == before
    await home.simulators.start()
    await until_loaded(home)

    async def plays_again() -> bool:
        return bool((await home.api.state(alva.player))["state"] != "unavailable")

    await until(plays_again)


async def test_spotify_and_history_work_without_soco(home: Home, alva: Account) -> None:
    """On a machine where SoCo cannot be imported, everything but Sonos is as it was."""
    before = await asked(home, MOST)
    folder = home.home_assistant.folder.parent
    await home.home_assistant.stop()
    home.home_assistant.process.environment.update(watched(folder, without="soco"))
    said_before = len(complaints(home.home_assistant.process.log))
    await home.home_assistant.start()
    await home.home_assistant.started(home.api)
    await until_loaded(home)
    assert await asked(home, MOST) == before
    assert len(complaints(home.home_assistant.process.log)) == said_before
