"""What is missing at a start takes nothing else with it: Spotify, or a library."""

from demo.house import House
from demo.link import entries

from .conftest import watched
from .evening import MOST, Account, asked, until_loaded
from .log import complaints
from .waiting import until


async def test_an_outage_of_spotify_leaves_the_history(
    house: House, alva: Account
) -> None:
    """While Spotify is away at a start, history answers as before; the account comes back by itself."""
    before = await asked(house, MOST)
    await house.simulators.stop()
    await house.restart_home_assistant()

    async def retrying() -> bool:
        states = {one["title"]: one["state"] for one in await entries(house.api)}
        return states == {
            "Alva Lindqvist": "setup_retry",
            "Listening history": "loaded",
        }

    await until(retrying, what="another try at the account")
    assert await asked(house, MOST) == before
    await house.simulators.start()
    await until_loaded(house)

    async def plays_again() -> bool:
        return bool((await house.api.state(alva.player))["state"] != "unavailable")

    await until(plays_again)


async def test_spotify_and_history_work_without_soco(
    house: House, alva: Account
) -> None:
    """On a machine where SoCo cannot be imported, everything but Sonos is as it was."""
    before = await asked(house, MOST)
    folder = house.home_assistant.folder.parent
    await house.home_assistant.stop()
    house.home_assistant.process.environment.update(watched(folder, without="soco"))
    said_before = len(complaints(house.home_assistant.process.log))
    await house.home_assistant.start()
    await house.home_assistant.started(house.api)
    await until_loaded(house)
    assert await asked(house, MOST) == before
    assert len(complaints(house.home_assistant.process.log)) == said_before
